/* view_search: all that holds the words which are typed, found as one types, grouped by kind; what has
 * exactly this name comes first.  The link of the view is the words, so that one comes back to them. */
#include "config.h"
#include "ui/ui.h"

#include "app/grid.h"
#include "app/page.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/find_line.h"
#include "ui/prompt.h"

struct row {
	int find;               /* index, or -1: a heading, of the group */
	int group;              /* its first find */
};

struct search_view {
	struct view view;
	struct prompt line;
	bool kept;              /* it is a place in the history, and so is the one below */
	bool stale;             /* what is typed was not yet looked for */
	struct words words;
	struct finds finds;
	struct line *text;      /* of each find, made when it first shows, for these columns: */
	int columns;
	struct row *row;
	int nrow, row_cap;
	int sel, top, h;        /* the selected find; the first row on the screen; rows there */
};

static struct search_view *of(struct view *v) { return (struct search_view *)v; }
static const struct search_view *const_of(const struct view *v) { return (const struct search_view *)v; }

/* ---- what is found ---- */

static void drop_texts(struct search_view *s)
{
	for (int i = 0; s->text && i < s->finds.n; i++) {
		free(s->text[i].text);
		free(s->text[i].span);
	}
	free(s->text);
	s->text = NULL;
}

static void drop(struct search_view *s)
{
	drop_texts(s);
	words_release(&s->words);
	finds_release(&s->finds);
	s->nrow = 0;
}

static bool same_group(const struct find *a, const struct find *b)
{
	return a->how == b->how && (a->how == FIND_NAMED || a->kind == b->kind);
}

static void add_rows(struct search_view *s)
{
	int group = 0;

	for (int i = 0; i < s->finds.n; i++) {
		if (!i || !same_group(&s->finds.find[i - 1], &s->finds.find[i])) {
			group = i;
			*GROW(s->row, s->nrow, s->row_cap) = (struct row){ -1, group };
		}
		*GROW(s->row, s->nrow, s->row_cap) = (struct row){ i, group };
	}
}

static void name_view(struct search_view *s)
{
	const char *typed = buf_str(&s->line.text);
	struct buf title = { 0 };

	buf_add(&title, *typed ? "Search: " : "Search");
	text_clean(&title, typed, strlen(typed), false);
	view_release(&s->view);
	view_init(&s->view, s->view.ops, s->view.ui, typed, buf_str(&title));
	buf_release(&title);
}

/* Keys that come together are looked for once. */
static int look(struct search_view *s, struct err *e)
{
	int rc = 0;

	if (s->stale) {
		s->stale = false;
		drop(s);
		name_view(s);
		rc = kb_find(s->view.ui->kb, s->view.link, &s->words, &s->finds, e) ||
		     own_finds(s->view.ui->own, s->view.ui->kb, s->view.link, &s->finds, e) ? -1 : 0;
		add_rows(s);
	}
	s->sel = clamp_int(s->sel, 0, max_int(s->finds.n - 1, 0));
	return rc;
}

static void look_or_say(struct search_view *s)
{
	struct err e;

	if (look(s, &e))
		ui_message(s->view.ui, "%s", e.msg);
}

static const struct find *selected(const struct search_view *s)
{
	return s->sel < s->finds.n ? &s->finds.find[s->sel] : NULL;
}

static void typed(struct search_view *s)
{
	s->stale = true;
	s->sel = s->top = 0;
}

/* ---- moving ---- */

static int row_of(const struct search_view *s, int find)
{
	int y = 0;

	while (y < s->nrow - 1 && s->row[y].find != find)
		y++;
	return y;
}

/* Scroll so that the selected find shows, the first of a group with its heading. */
static void scroll(struct search_view *s)
{
	int y = row_of(s, s->sel), from = y && s->row[y - 1].find < 0 && s->h > 1 ? y - 1 : y;

	s->top = clamp_int(s->top, y - s->h + 1, from);
	s->top = clamp_int(s->top, 0, max_int(s->nrow - s->h, 0));
}

static void move(struct search_view *s, int by)
{
	s->sel = clamp_int(s->sel + by, 0, max_int(s->finds.n - 1, 0));
}

static void walk(struct search_view *s, int by)
{
	int n = s->finds.n;

	if (!n) {
		ui_message(s->view.ui, "nothing has these words");
		return;
	}
	if (s->sel + by >= n)
		ui_message(s->view.ui, "search goes on at the top");
	else if (s->sel + by < 0)
		ui_message(s->view.ui, "search goes on at the end");
	s->sel = (s->sel + by + n) % n;
}

static bool moves(struct search_view *s, enum cmd_id cmd)
{
	int far = max_int(s->h - 1, 1);

	switch (cmd) {
	case CMD_DOWN:          move(s, 1); break;
	case CMD_UP:            move(s, -1); break;
	case CMD_MORE:
	case CMD_PAGE_DOWN:     move(s, far); break;
	case CMD_PAGE_UP:       move(s, -far); break;
	case CMD_FIRST:
	case CMD_TOP:           s->sel = s->top = 0; break;
	case CMD_LAST:
	case CMD_BOTTOM:        s->sel = max_int(s->finds.n - 1, 0); break;
	case CMD_NEXT_HIT:      walk(s, 1); break;
	case CMD_PREV_HIT:      walk(s, -1); break;
	default:                return false;
	}
	return true;
}

/* ---- the view ---- */

static void search_close(struct view *v)
{
	drop(of(v));
	free(of(v)->row);
	prompt_release(&of(v)->line);
	view_release(v);
	free(v);
}

static struct view *search_open(struct ui *ui, const char *link, struct err *e)
{
	struct search_view *s;

	if (kb_find_begin(ui->kb, e))
		return NULL;
	s = xcalloc(1, sizeof *s);

	view_init(&s->view, &view_search, ui, link, "Search");
	prompt_set(&s->line, link);
	s->line.open = !*link;
	s->kept = *link;
	s->stale = true;
	return &s->view;
}

static int search_fit(struct view *v, int w, int h, struct err *e)
{
	struct search_view *s = of(v);
	int rc = look(s, e);

	s->h = max_int(ui_body(h) - 1, 1);
	scroll(s);
	if (s->columns != w - 5)
		drop_texts(s);
	s->columns = w - 5;
	if (!s->text)
		s->text = xcalloc((size_t)s->finds.n, sizeof *s->text);
	for (int y = s->top; !rc && y < s->nrow && y < s->top + s->h; y++)
		if (s->row[y].find >= 0)
			rc = find_line(v->ui, &s->words, &s->finds.find[s->row[y].find], s->columns,
			               &s->text[s->row[y].find], e);
	return rc;
}

/* While the line is open, all keys are its own, but for those that walk the hits or open one. */
static bool search_key(struct view *v, int key)
{
	struct search_view *s = of(v);

	if (!s->line.open || key == K_ENTER || prompt_leaves(key))
		return false;
	if (key == K_ESC || (key == K_BACKSPACE && !s->line.text.len))
		ui_drop(v->ui);
	else if (prompt_key(&s->line, key) && strcmp(v->link, buf_str(&s->line.text)) != 0)
		typed(s);
	return true;
}

static const struct prompt *search_line(const struct view *v)
{
	return &const_of(v)->line;
}

static void open_find(struct search_view *s)
{
	const struct find *find = selected(s);
	struct found f = { .title = NULL };
	struct err e;

	s->line.open = false;
	if (!find)
		return;
	if (!s->kept)
		ui_keep_below(s->view.ui);
	s->kept = true;
	if (kb_found(s->view.ui->kb, find->id, &f, &e) < 0)
		ui_message(s->view.ui, "%s", e.msg);
	else if (f.link)
		ui_open(s->view.ui, f.link);
	found_release(&f);
}

/* In the grid, the cells that were found, or else the layers and models. */
static void show_cells(struct search_view *s)
{
	struct page *p = page_new(s->view.ui->kb, "search", "", s->view.link, "");
	struct section *section = page_add(p, "found", "Found");
	struct refs *refs = &section->refs;
	struct err e;
	int rc = 0;

	for (int i = 0; i < s->finds.n && rc >= 0; i++) {
		struct found f = { .title = NULL };
		rc = kb_found(s->view.ui->kb, s->finds.find[i].id, &f, &e);
		if (rc > 0)
			*GROW(refs->ref, refs->n, refs->cap) = (struct ref){ .kind = s->finds.find[i].kind,
				.link = xstrdup(f.link), .title = xstrdup(""), .summary = xstrdup("") };
		found_release(&f);
	}
	if (rc < 0)
		ui_message(s->view.ui, "%s", e.msg);
	else
		ui_show_cells(s->view.ui, p);
	page_free(p);
}

static bool search_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	struct search_view *s = of(v);

	look_or_say(s);
	if (cmd == CMD_OPEN)
		open_find(s);
	else if (cmd == CMD_SHOW_CELLS)
		show_cells(s);
	else if (cmd == CMD_SEARCH)
		s->line.open = true;
	else if (cmd == CMD_CLOSE || cmd == CMD_CANCEL)
		ui_drop(v->ui);         /* looking for something is no place in the history */
	else
		return moves(s, cmd);
	return true;
}

/* "3/7", "3/1000+", or nothing where nothing was typed. */
static void position(const struct search_view *s, struct buf *out)
{
	if (s->finds.n)
		buf_addf(out, "%d/%d%s", s->sel + 1, s->finds.n, s->finds.more ? "+" : "");
	else if (s->words.n)
		buf_add(out, "0");
}

/* ---- drawing ---- */

static void draw_heading(const struct search_view *s, struct canvas *c, int y, const struct row *row)
{
	const struct find *first = &s->finds.find[row->group];
	static const char *const how[] = { "Of this name", "", ", within words", ", like these words" };
	struct buf count = { 0 };
	int n = 0, x = 1, room = c->w - 1;

	while (row->group + n < s->finds.n && same_group(first, first + n))
		n++;
	buf_addf(&count, " %d%s", n, s->finds.more && row->group + n == s->finds.n ? "+" : "");
	if (first->how != FIND_NAMED)
		x += canvas_text(c, y, x, room - x, FACE_HEADING, kind_table[first->kind].heading);
	x += canvas_text(c, y, x, room - x, FACE_HEADING, how[first->how]);
	canvas_text(c, y, x, room - x, FACE_FAINT, buf_str(&count));
	buf_release(&count);
}

static void draw_rows(const struct search_view *s, struct canvas *c)
{
	canvas_cursor(c, 1, 1);
	for (int i = 0; i < s->h && s->top + i < s->nrow; i++) {
		const struct row *row = &s->row[s->top + i];
		int y = 1 + i;
		if (row->find < 0)
			draw_heading(s, c, y, row);
		else if (s->text && s->text[row->find].text)
			canvas_line(c, y, 2, c->w - 2, &s->text[row->find]);
		if (row->find != s->sel)
			continue;
		canvas_text(c, y, 0, 1, FACE_CURSOR, ">");
		canvas_cursor(c, y, 2);
	}
	if (!s->nrow)
		canvas_text(c, 1, 1, c->w - 2, FACE_FAINT, s->words.n ? "nothing has these words" :
			    "type words: everything is searched, old names and control ids too");
}

static void search_draw(const struct view *v, struct canvas *c)
{
	static const struct prompt_hint keys[] = { { "Up Down", "move" }, { "Enter", "open" },
						   { "Esc", "back" } };
	const struct search_view *s = const_of(v);
	int hint, say, skip = s->finds.n ? 0 : 2;
	struct buf where = { 0 };

	position(s, &where);
	ui_draw_path(v->ui, c, 0, s->line.open ? "" : buf_str(&where));
	draw_rows(s, c);
	grid_foot(c->h, &hint, &say);
	ui_draw_status(v->ui, c);
	if (s->line.open && hint >= 0)
		prompt_hints(c, hint, keys + skip, ARRAY_LEN(keys) - skip);
	if (s->line.open && say >= 0 && !*v->ui->message)
		prompt_draw(&s->line, c, say, "/", buf_str(&where));
	buf_release(&where);
}

/* ---- as sentences ---- */

static bool search_item(const struct view *v, int n, struct buf *text)
{
	const struct search_view *s = const_of(v);
	struct err e;

	if (n < 0 || n >= s->finds.n)
		return false;
	if (find_describe(v->ui, &s->words, &s->finds.find[n], text, &e))
		buf_add(text, e.msg);
	return true;
}

static void search_tell(const struct view *v, struct buf *text)
{
	buf_addf(text, "%s.\n", v->title);
	view_tell_items(v, "", text);
}

static void search_choose(struct view *v, int n, const char *words UNUSED)
{
	of(v)->sel = n;
	open_find(of(v));
}

static void search_say(const struct view *v, struct buf *text)
{
	const struct find *find = selected(const_of(v));

	if (find)
		buf_addf(text, "%s: ", kind_table[find->kind].word);
	search_item(v, const_of(v)->sel, text);
}

static int search_print(const struct view *v, const struct format *f, struct sink *sink, struct err *e)
{
	const struct search_view *s = const_of(v);
	struct hits hits = { 0 };
	int rc = kb_find_hits(v->ui->kb, &s->words, &s->finds, &hits, e);

	if (!rc)
		rc = f->hits(sink, &hits, e);
	hits_release(&hits);
	return rc;
}

static void search_selected(const struct view *v, struct buf *link)
{
	const struct find *find = selected(const_of(v));
	struct found f = { .link = NULL };
	struct err e;                   /* whoever opens it will say it */

	if (find && kb_found(v->ui->kb, find->id, &f, &e) > 0)
		buf_add(link, f.link);
	found_release(&f);
}

static int64_t search_mark(const struct view *v)
{
	return const_of(v)->sel;
}

static void search_seek(struct view *v, int64_t mark)
{
	of(v)->sel = (int)clamp_int((int)mark, 0, KB_FIND_MAX);
}

const struct view_ops view_search = {
	.name = "search", .where = IN_SEARCH,
	.open = search_open, .close = search_close, .fit = search_fit, .draw = search_draw,
	.key = search_key, .line = search_line, .command = search_command, .tell = search_tell,
	.item = search_item, .choose = search_choose, .say = search_say,
	.use = FORMAT_HITS, .print = search_print, .selected = search_selected,
	.mark = search_mark, .seek = search_seek,
};
