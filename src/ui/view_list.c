/* view_list: lists that are chosen from: the matrices, of which Enter changes the grid to one, the kinds of
 * entries, all entries of a kind, and the marks.  / keeps those in which all typed words stand. */
#include "config.h"
#include "ui/ui.h"

#include "app/grid.h"
#include "app/page.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/mark.h"
#include "ui/prompt.h"
#include "ui/reader.h"

struct list_view {
	struct view view;
	struct refs listed;             /* where it is the list of matrices or marks; else */
	struct page *page;              /* the page of the list, with one section */
	const struct refs *refs;
	int *shown, nshown;             /* those that the filter leaves, as indexes of refs */
	struct prompt filter;
	struct reader reader;
};

static struct list_view *of(struct view *v) { return (struct list_view *)v; }
static const struct list_view *const_of(const struct view *v) { return (const struct list_view *)v; }

static void list_close(struct view *v)
{
	struct list_view *l = of(v);

	refs_release(&l->listed);
	page_free(l->page);
	free(l->shown);
	prompt_release(&l->filter);
	reader_release(&l->reader);
	view_release(v);
	free(v);
}

static bool of_marks(const struct list_view *l)
{
	return !strcmp(l->view.link, MARKS_LINK);
}

static bool of_matrices(const struct list_view *l)
{
	return !l->page && !of_marks(l);
}

/* ---- the filter ---- */

/* Whether each word of folded words stands in a folded text. */
static bool has_words(const char *text, const char *words)
{
	while (*(words += strspn(words, " "))) {
		size_t n = strcspn(words, " ");
		char *word = xstrndup(words, n);
		bool there = strstr(text, word) != NULL;
		free(word);
		if (!there)
			return false;
		words += n;
	}
	return true;
}

static void filter(struct list_view *l)
{
	struct buf words = { 0 }, text = { 0 };

	text_fold(&words, buf_str(&l->filter.text));
	l->nshown = 0;
	for (int i = 0; i < l->refs->n; i++) {
		buf_clear(&text);
		text_fold(&text, l->refs->ref[i].title);
		buf_addc(&text, ' ');
		text_fold(&text, l->refs->ref[i].summary);
		buf_addc(&text, ' ');
		text_fold(&text, l->refs->ref[i].link);
		if (has_words(buf_str(&text), buf_str(&words)))
			l->shown[l->nshown++] = i;
	}
	reader_release(&l->reader);
	l->reader = (struct reader){ 0 };
	buf_release(&words);
	buf_release(&text);
}

static void drop_filter(struct list_view *l)
{
	l->filter.open = false;
	prompt_clear(&l->filter);
	filter(l);
}

/* While it is typed, all keys are its own, but for those that end it and those that walk the list. */
static bool list_key(struct view *v, int key)
{
	struct list_view *l = of(v);

	if (!l->filter.open)
		return false;
	if (key == K_ENTER)
		l->filter.open = false;
	else if (key == K_ESC || (key == K_BACKSPACE && !l->filter.text.len))
		drop_filter(l);
	else if (prompt_key(&l->filter, key))
		filter(l);
	else
		return !prompt_leaves(key);
	return true;
}

static const struct prompt *list_line(const struct view *v)
{
	return &const_of(v)->filter;
}

/* ---- the view ---- */

static const struct ref *shown(const struct list_view *l, int n)
{
	return n >= 0 && n < l->nshown ? &l->refs->ref[l->shown[n]] : NULL;
}

static struct view *list_open(struct ui *ui, const char *link, struct err *e)
{
	struct list_view *l = xcalloc(1, sizeof *l);
	bool marks = !strcmp(link, MARKS_LINK);
	int rc = 0;

	if (marks)
		rc = ui_marks(ui, &l->listed, e);
	else if (!*link)
		rc = kb_refs(ui->kb, LIST_MATRICES, 0, &l->listed, e);
	else if (!(l->page = page_load(ui->kb, link, e)))
		rc = -1;
	view_init(&l->view, &view_list, ui, link,
		  l->page ? l->page->entry.title : marks ? "Your marks" : "Matrices");
	l->refs = l->page ? &l->page->section[0].refs : &l->listed;
	if (rc) {
		list_close(&l->view);
		return NULL;
	}
	l->shown = xcalloc((size_t)l->refs->n, sizeof *l->shown);
	filter(l);
	return &l->view;
}

static void add(struct list_view *l, const struct ref *ref)
{
	struct rich r = { 0 };

	rich_add(&r, ref->title, FACE_LINK);
	if (of_matrices(l)) {           /* of others the sentence at the bottom has the summary */
		lines_gap(&l->reader.lines);
		rich_add(&r, ". ", FACE_TEXT);
		rich_add(&r, ref->summary, FACE_TEXT);
	}
	lines_add(&l->reader.lines, &r, 0, "> ", reader_width(&l->reader), true, ref->link);
	rich_release(&r);
}

static int list_fit(struct view *v, int w, int h, struct err *e UNUSED)
{
	struct list_view *l = of(v);

	if (reader_fit(&l->reader, w, 1, ui_body(h) - 1))
		for (int i = 0; i < l->nshown; i++)
			add(l, shown(l, i));
	reader_scroll(&l->reader);
	return 0;
}

static void draw_filter(const struct list_view *l, struct canvas *c)
{
	struct buf count = { 0 };
	int hint, say;

	grid_foot(c->h, &hint, &say);
	buf_addf(&count, "%d of %d", l->nshown, l->refs->n);
	if (say >= 0)
		prompt_draw(&l->filter, c, say, "/", buf_str(&count));
	buf_release(&count);
}

static void list_draw(const struct view *v, struct canvas *c)
{
	const struct list_view *l = const_of(v);
	struct buf where = { 0 };

	reader_where(&l->reader, &where);
	ui_draw_path(v->ui, c, 0, of_matrices(l) ? "Enter changes the grid" : buf_str(&where));
	reader_draw(&l->reader, c);
	if (!l->nshown)
		canvas_text(c, 1, 1, c->w - 2, FACE_FAINT, of_marks(l) && !l->refs->n ?
			    "there are no marks; m and a letter makes one" :
			    "nothing has these words; Esc shows all");
	ui_draw_status(v->ui, c);
	if (l->filter.open || (l->filter.text.len && !*v->ui->message))
		draw_filter(l, c);
	buf_release(&where);
}

static void list_choose(struct view *v, int n, const char *words UNUSED)
{
	struct ui *ui = v->ui;
	const struct ref *ref = shown(of(v), n);
	char *link = xstrdup(ref->link);

	if (of_matrices(of(v))) {
		ui_drop(ui);
		ui_change_matrix(ui, strchr(link, '/') + 1);
	} else if (of_marks(of(v))) {
		ui_go_mark(ui, link[sizeof MARKS_LINK - 1]);
	} else {
		of(v)->reader.sel = n;
		ui_open(ui, link);
	}
	free(link);
}

static const struct ref *selected_ref(const struct list_view *l)
{
	return shown(l, l->reader.sel);
}

static void show_cells(struct ui *ui, const char *link)
{
	struct err e;
	struct page *p = page_load(ui->kb, link, &e);

	if (p)
		ui_show_cells(ui, p);
	else
		ui_message(ui, "%s", e.msg);
	page_free(p);
}

static bool list_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	struct list_view *l = of(v);
	bool leaves = cmd == CMD_CLOSE || cmd == CMD_CANCEL || (cmd == CMD_MATRICES && of_matrices(l));

	if (cmd == CMD_OPEN && selected_ref(l))
		list_choose(v, l->reader.sel, "");
	else if (cmd == CMD_COMPARE_WITH && selected_ref(l))
		ui_compare(v->ui, selected_ref(l)->link, selected_ref(l)->kind);
	else if (cmd == CMD_SHOW_CELLS && selected_ref(l))
		show_cells(v->ui, selected_ref(l)->link);
	else if (cmd == CMD_ADD_TO_STACK && selected_ref(l) && selected_ref(l)->kind == KIND_SERVICE)
		ui_add_service(v->ui, selected_ref(l)->link);
	else if (cmd == CMD_FILTER)
		l->filter.open = true;
	else if (cmd == CMD_CANCEL && l->filter.text.len)
		drop_filter(l);
	else if (leaves && of_matrices(l))
		ui_drop(v->ui);
	else
		return reader_command(&l->reader, cmd);
	return true;
}

static bool list_item(const struct view *v, int n, struct buf *text)
{
	const struct ref *ref = shown(const_of(v), n);

	if (!ref)
		return false;
	buf_addf(text, "%s%s%s", ref->title, *ref->summary ? ". " : "", ref->summary);
	return true;
}

static void list_tell(const struct view *v, struct buf *text)
{
	buf_addf(text, "%s.\n", v->title);
	view_tell_items(v, "", text);
}

static void list_say(const struct view *v, struct buf *text)
{
	list_item(v, const_of(v)->reader.sel, text);
}

static void list_selected(const struct view *v, struct buf *link)
{
	const struct ref *ref = shown(const_of(v), const_of(v)->reader.sel);

	if (ref && !of_marks(const_of(v)))
		buf_add(link, ref->link);
}

static bool is_shown(const struct list_view *l, const char *link)
{
	for (int n = 0; n < l->nshown; n++)
		if (!strcmp(shown(l, n)->link, link))
			return true;
	return false;
}

static void leave_shown(const struct list_view *l, struct refs *refs)
{
	struct refs all = *refs;

	*refs = (struct refs){ 0 };
	for (int i = 0; i < all.n; i++)
		if (is_shown(l, all.ref[i].link)) {
			*GROW(refs->ref, refs->n, refs->cap) = all.ref[i];
			all.ref[i] = (struct ref){ .link = NULL };
		}
	refs_release(&all);
}

/* The page of the list, without what the filter has left out. */
static int list_print(const struct view *v, const struct format *f, struct sink *s, struct err *e)
{
	const struct list_view *l = const_of(v);
	struct page *p;
	int rc;

	if (of_marks(l))
		return err_set(e, STATUS_USAGE, "marks are places in this explorer; they are not written");
	p = page_load(v->ui->kb, of_matrices(l) ? "matrix/" : v->link, e);
	if (!p)
		return -1;
	leave_shown(l, &p->section[0].refs);
	rc = print_page(f, s, p, e);
	page_free(p);
	return rc;
}

static int64_t list_mark(const struct view *v)
{
	return const_of(v)->reader.sel;
}

static void list_seek(struct view *v, int64_t mark)
{
	reader_seek(&of(v)->reader, mark);
}

const struct view_ops view_list = {
	.name = "list", .where = IN_LIST,
	.open = list_open, .close = list_close, .fit = list_fit, .draw = list_draw, .key = list_key,
	.line = list_line, .command = list_command, .tell = list_tell, .item = list_item,
	.choose = list_choose,
	.say = list_say, .use = FORMAT_PAGE, .print = list_print, .selected = list_selected,
	.mark = list_mark, .seek = list_seek,
};
