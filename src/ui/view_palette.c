/* view_palette: a line in which a few letters of a command or of a place are typed; Enter does it in the view
 * below, or goes there. */
#include "config.h"
#include "ui/picker.h"

#include "app/palette.h"
#include "base/alloc.h"

struct palette_view {
	struct view view;
	struct picker picker;
	struct palette palette;
	int recalled;                   /* of the lines that were taken the one that stands there, or none */
};

static struct palette_view *of(struct view *v) { return (struct palette_view *)v; }
static const struct palette_view *const_of(const struct view *v) { return (const struct palette_view *)v; }

/* ---- what is offered ---- */

static int look(struct palette_view *p, struct err *e)
{
	int rc = 0;

	if (p->picker.stale) {
		p->picker.stale = false;
		rc = palette_find(&p->palette, buf_str(&p->picker.line.text), e);
		p->picker.n = p->palette.n;
	}
	return rc;
}

static void look_or_say(struct palette_view *p)
{
	struct err e;

	if (look(p, &e))
		ui_message(p->view.ui, "%s", e.msg);
}

static const struct offer *offer_at(const struct palette_view *p, int n)
{
	return n >= 0 && n < p->palette.n ? &p->palette.offer[n] : NULL;
}

/* ---- the lines that were taken ---- */

static void remember(struct ui *ui, const char *line)
{
	if (ui->nsaid && !strcmp(ui->said[ui->nsaid - 1], line))
		return;
	if (ui->nsaid == UI_SAID) {
		free(ui->said[0]);
		memmove(&ui->said[0], &ui->said[1], (UI_SAID - 1) * sizeof *ui->said);
		ui->nsaid--;
	}
	ui->said[ui->nsaid++] = xstrdup(line);
}

/* Up on an empty line, or on one that was brought so, brings the one before; Down the next one. */
static bool recall(struct palette_view *p, int key)
{
	struct ui *ui = p->view.ui;
	const char *line = buf_str(&p->picker.line.text);
	bool brought = p->recalled < ui->nsaid && !strcmp(line, ui->said[p->recalled]);

	if (!brought)
		p->recalled = ui->nsaid;
	if (p->picker.sel || (key == K_DOWN && !brought) || (key == K_UP && !brought && *line) ||
	    (key != K_UP && key != K_DOWN) || (key == K_UP && !p->recalled))
		return false;
	p->recalled += key == K_UP ? -1 : 1;
	picker_write(&p->picker, p->recalled < ui->nsaid ? ui->said[p->recalled] : "");
	return true;
}

/* ---- the view ---- */

static void palette_view_close(struct view *v)
{
	picker_release(&of(v)->picker);
	palette_close(&of(v)->palette);
	view_release(v);
	free(v);
}

static struct view *palette_view_open(struct ui *ui, const char *typed, struct err *e)
{
	struct palette_view *p = xcalloc(1, sizeof *p);

	if (palette_open(&p->palette, ui->kb, ui->stack[0]->link, ui_top(ui)->ops->where, e)) {
		free(p);
		return NULL;
	}
	view_init(&p->view, &view_palette, ui, "", "Commands");
	picker_init(&p->picker, typed);
	p->recalled = ui->nsaid;
	return &p->view;
}

static int palette_fit(struct view *v, int w UNUSED, int h, struct err *e)
{
	int rc = look(of(v), e);

	picker_fit(&of(v)->picker, h);
	return rc;
}

static void palette_row(const struct view *v, int n, struct picker_row *row)
{
	const struct offer *o = offer_at(const_of(v), n);

	fuzzy_mark(&const_of(v)->palette.fuzzy, &row->name, o->name, FACE_TEXT, FACE_STRONG);
	buf_add(&row->about, o->about);
	buf_add(&row->right, o->right ? o->right : "");
}

static void palette_draw(const struct view *v, struct canvas *c)
{
	static const struct prompt_hint hints[] = { { "Up Down", "move" }, { "Enter", "do" },
						{ "Tab", "complete" }, { "Esc", "back" } };
	const struct picker_look look = { ":", "no command and no place is called so", hints,
					  ARRAY_LEN(hints), palette_row };

	picker_draw(&const_of(v)->picker, v, &look, c);
}

/* ---- taking an offer ---- */

/* More has to follow: the line waits for it. */
static void ask(struct palette_view *p, const struct offer *o)
{
	struct buf line = { 0 };

	buf_addf(&line, "%s ", o->name);
	if (strncmp(buf_str(&p->picker.line.text), buf_str(&line), line.len) != 0)
		picker_write(&p->picker, buf_str(&line));
	else
		ui_message(p->view.ui, "%s needs %s behind it", o->name, o->right);
	buf_release(&line);
}

/* Go there from the view below; where that fails, this one stays, with what was typed and the reason. */
static void go(struct palette_view *p, const struct offer *o)
{
	struct ui *ui = p->view.ui;
	struct view *below;

	ui->depth--;
	below = ui_top(ui);
	if (o->does == OFFER_MATRIX)
		ui_change_matrix(ui, o->link);
	else
		ui_open(ui, o->link);
	if (ui_top(ui) == below) {
		*GROW(ui->stack, ui->depth, ui->cap) = &p->view;
		return;
	}
	remember(ui, o->name);
	palette_view_close(&p->view);
}

static void take(struct palette_view *p, int n)
{
	struct ui *ui = p->view.ui;
	const struct offer *o = offer_at(p, n);

	if (!o) {
		ui_message(ui, "no command and no place is called so; Esc goes back");
	} else if (o->does == OFFER_ASK) {
		ask(p, o);
	} else if (o->does == OFFER_COMMAND) {
		struct offer copy = *o;
		remember(ui, o->name);
		ui_drop(ui);
		ui_command(ui, copy.cmd, copy.count, copy.key);
	} else {
		go(p, o);
	}
}

static void complete(struct palette_view *p)
{
	const struct offer *o = offer_at(p, p->picker.sel);
	struct buf line = { 0 };

	if (o)
		buf_addf(&line, "%s%s", o->name, o->does == OFFER_ASK ? " " : "");
	if (o)
		picker_write(&p->picker, buf_str(&line));
	buf_release(&line);
}

static bool palette_key(struct view *v, int key)
{
	if (key == K_TAB || picker_moves(key))
		look_or_say(of(v));     /* else later: keys that come together are looked for once */
	if (key == K_TAB)
		complete(of(v));
	else if (!recall(of(v), key))
		return picker_key(&of(v)->picker, v->ui, key);
	return true;
}

static const struct prompt *palette_line(const struct view *v)
{
	return &const_of(v)->picker.line;
}

static bool palette_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	struct palette_view *p = of(v);

	look_or_say(p);
	if (cmd == CMD_OPEN)
		take(p, p->picker.sel);
	else if (cmd == CMD_CLOSE || cmd == CMD_CANCEL)
		ui_drop(v->ui);         /* looking for a command is no place in the history */
	else
		return picker_command(&p->picker, cmd);
	return true;
}

/* ---- as sentences ---- */

static bool palette_item(const struct view *v, int n, struct buf *text)
{
	const struct offer *o = offer_at(const_of(v), n);

	if (!o)
		return false;
	buf_addf(text, "%s%s%s", o->name, *o->about ? ": " : "", o->about);
	return true;
}

static void palette_tell(const struct view *v, struct buf *text)
{
	buf_add(text, const_of(v)->palette.n ? "Commands and places.\n" :
					       "No command and no place is called so.\n");
	view_tell_items(v, ".", text);
}

static void palette_choose(struct view *v, int n, const char *words UNUSED)
{
	take(of(v), n);
}

static void palette_say(const struct view *v, struct buf *text)
{
	palette_item(v, const_of(v)->picker.sel, text);
}

static int64_t palette_mark(const struct view *v)
{
	return const_of(v)->picker.sel;
}

static void palette_seek(struct view *v, int64_t mark)
{
	of(v)->picker.sel = (int)mark;
}

const struct view_ops view_palette = {
	.name = "palette", .where = IN_PALETTE,
	.open = palette_view_open, .close = palette_view_close, .fit = palette_fit,
	.draw = palette_draw, .key = palette_key, .line = palette_line, .command = palette_command,
	.tell = palette_tell, .item = palette_item, .choose = palette_choose, .say = palette_say,
	.mark = palette_mark, .seek = palette_seek,
};
