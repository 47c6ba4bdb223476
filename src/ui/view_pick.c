/* view_pick: one of some entries is chosen, by typing letters of its title, its link or its summary. */
#include "config.h"
#include "ui/picker.h"

#include "base/alloc.h"
#include "text/fuzzy.h"

struct left {
	int ref, score;
};

struct pick_view {
	struct view view;
	struct picker picker;
	struct buf label;
	struct refs refs;
	struct fuzzy fuzzy;             /* what is typed */
	struct left *left;              /* those that fit, the best first; picker.n */
	void (*chosen)(struct ui *ui, const char *link, void *ctx);
	void *ctx;
};

static struct pick_view *of(struct view *v) { return (struct pick_view *)v; }
static const struct pick_view *const_of(const struct view *v) { return (const struct pick_view *)v; }

/* ---- what is left ---- */

/* The id behind the kind: what people know by heart. */
static const char *id_of(const struct ref *ref)
{
	const char *slash = strchr(ref->link, '/');

	return slash ? slash + 1 : ref->link;
}

static int score(const struct pick_view *p, const struct ref *ref)
{
	const struct fuzzy_text texts[] = {
		{ .text = ref->title },
		{ .text = id_of(ref), .less = 4 },
		{ .text = ref->link, .less = 8 },
		{ .text = ref->summary, .less = 40, .prose = true },
	};

	return fuzzy_score(&p->fuzzy, texts, ARRAY_LEN(texts));
}

static int best_first(const void *a, const void *b)
{
	const struct left *x = a, *y = b;

	return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : x->ref - y->ref;
}

static void narrow(struct pick_view *p)
{
	if (!p->picker.stale)
		return;
	p->picker.stale = false;
	p->picker.n = 0;
	fuzzy_init(&p->fuzzy, buf_str(&p->picker.line.text));
	for (int i = 0; i < p->refs.n; i++) {
		struct left left = { i, score(p, &p->refs.ref[i]) };
		if (left.score)
			p->left[p->picker.n++] = left;
	}
	if (p->picker.n)
		qsort(p->left, (size_t)p->picker.n, sizeof *p->left, best_first);
}

static const struct ref *ref_at(const struct pick_view *p, int n)
{
	return n >= 0 && n < p->picker.n ? &p->refs.ref[p->left[n].ref] : NULL;
}

/* ---- the view ---- */

static void pick_close(struct view *v)
{
	struct pick_view *p = of(v);

	picker_release(&p->picker);
	buf_release(&p->label);
	refs_release(&p->refs);
	free(p->left);
	view_release(v);
	free(v);
}

static void copy(struct refs *to, const struct refs *from)
{
	for (int i = 0; i < from->n; i++) {
		const struct ref *r = &from->ref[i];
		*GROW(to->ref, to->n, to->cap) =
			(struct ref){ r->kind, xstrdup(r->link), xstrdup(r->title), xstrdup(r->summary),
				      r->holder, r->note ? xstrdup(r->note) : NULL };
	}
}

int ui_pick(struct ui *ui, const char *title, const struct refs *choices,
	    void (*chosen)(struct ui *ui, const char *link, void *ctx), void *ctx, struct err *e)
{
	struct pick_view *p = xcalloc(1, sizeof *p);

	view_init(&p->view, &view_pick, ui, "", title);
	picker_init(&p->picker, "");
	buf_addf(&p->label, "%s: ", title);
	copy(&p->refs, choices);
	p->left = xcalloc((size_t)choices->n, sizeof *p->left);
	p->chosen = chosen;
	p->ctx = ctx;
	return ui_push_view(ui, &p->view, e);
}

static int pick_fit(struct view *v, int w UNUSED, int h, struct err *e UNUSED)
{
	narrow(of(v));
	picker_fit(&of(v)->picker, h);
	return 0;
}

static void pick_row(const struct view *v, int n, struct picker_row *row)
{
	const struct pick_view *p = const_of(v);
	const struct ref *ref = ref_at(p, n);

	fuzzy_mark(&p->fuzzy, &row->name, ref->title, FACE_TEXT, FACE_STRONG);
	buf_add(&row->about, ref->summary);
	buf_add(&row->right, id_of(ref));
}

static void pick_draw(const struct view *v, struct canvas *c)
{
	static const struct prompt_hint hints[] = { { "Up Down", "move" }, { "Enter", "take" },
						{ "Esc", "back" } };
	const struct picker_look look = { buf_str(&const_of(v)->label), "nothing has these letters", hints,
					  ARRAY_LEN(hints), pick_row };

	picker_draw(&const_of(v)->picker, v, &look, c);
}

static bool pick_key(struct view *v, int key)
{
	if (picker_moves(key))
		narrow(of(v));
	return picker_key(&of(v)->picker, v->ui, key);
}

static const struct prompt *pick_line(const struct view *v)
{
	return &const_of(v)->picker.line;
}

static void take(struct pick_view *p, int n)
{
	struct ui *ui = p->view.ui;
	struct pick_view copy = *p;
	const struct ref *ref = ref_at(p, n);
	char *link = ref ? xstrdup(ref->link) : NULL;

	if (!link) {
		ui_message(ui, "nothing has these letters");
		return;
	}
	ui_drop(ui);
	copy.chosen(ui, link, copy.ctx);
	free(link);
}

static bool pick_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	struct pick_view *p = of(v);

	narrow(p);
	if (cmd == CMD_OPEN)
		take(p, p->picker.sel);
	else if (cmd == CMD_CLOSE || cmd == CMD_CANCEL)
		ui_drop(v->ui);         /* choosing is no place in the history */
	else
		return picker_command(&p->picker, cmd);
	return true;
}

/* ---- as sentences ---- */

static bool pick_item(const struct view *v, int n, struct buf *text)
{
	const struct ref *ref = ref_at(const_of(v), n);

	if (!ref)
		return false;
	buf_addf(text, "%s%s%s", ref->title, *ref->summary ? ". " : "", ref->summary);
	return true;
}

static void pick_tell(const struct view *v, struct buf *text)
{
	buf_addf(text, "%s.\n", v->title);
	view_tell_items(v, "", text);
}

static void pick_choose(struct view *v, int n, const char *words UNUSED)
{
	take(of(v), n);
}

static void pick_say(const struct view *v, struct buf *text)
{
	pick_item(v, const_of(v)->picker.sel, text);
}

static int64_t pick_mark(const struct view *v)
{
	return const_of(v)->picker.sel;
}

static void pick_seek(struct view *v, int64_t mark)
{
	of(v)->picker.sel = (int)mark;
}

/* It opens with ui_pick() alone. */
const struct view_ops view_pick = {
	.name = "pick", .where = IN_PALETTE,
	.close = pick_close, .fit = pick_fit, .draw = pick_draw, .key = pick_key,
	.line = pick_line, .command = pick_command, .tell = pick_tell, .item = pick_item,
	.choose = pick_choose, .say = pick_say, .mark = pick_mark, .seek = pick_seek,
};
