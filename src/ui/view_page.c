/* view_page: a page of any kind: prose, duties, lists whose entries Enter opens, sources. */
#include "config.h"
#include "ui/ui.h"

#include "app/page.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/reader.h"

enum { MARKS = 16 };            /* more than the parts of a page that are no sections */

struct page_view {
	struct view view;
	struct page *page;
	struct reader reader;
	struct mark *mark;              /* where sections begin */
	int marks, nmark;               /* how many, and for how many there is room */
	int head;                       /* line of the title; -1: none */
	char *want;                     /* section to go to once there are lines */
};

static struct page_view *of(struct view *v) { return (struct page_view *)v; }
static const struct page_view *const_of(const struct view *v) { return (const struct page_view *)v; }

static void page_close(struct view *v)
{
	struct page_view *p = of(v);

	page_free(p->page);
	reader_release(&p->reader);
	free(p->mark);
	free(p->want);
	view_release(v);
	free(p);
}

static bool is_comparison(const struct page *p)
{
	return p->form && !strcmp(p->form, "comparison");
}

static struct view *page_open(struct ui *ui, const char *link, struct err *e)
{
	struct page *page = page_load(ui->kb, link, e);
	const char *notice;
	struct page_view *p;

	if (!page)
		return NULL;
	if (page_add_note(page, ui->own, e) < 0)        /* the page is there all the same */
		ui_message(ui, "%s", e->msg);
	else if (ui->own && (notice = own_notice(ui->own)))
		ui_message(ui, "%s", notice);
	p = xcalloc(1, sizeof *p);
	p->page = page;
	p->nmark = page->nsection + MARKS;
	p->mark = xcalloc((size_t)p->nmark, sizeof *p->mark);
	view_init(&p->view, &view_page, ui, link, page->entry.title);
	if (is_comparison(page))
		p->view.use = FORMAT_DIFF;
	return &p->view;
}

static void go_section(struct page_view *p, int n)
{
	if (n >= 0 && n < p->marks)
		reader_go(&p->reader, p->mark[n].line);
	else
		ui_message(p->view.ui, "this page has %d section%s", p->marks, p->marks == 1 ? "" : "s");
}

static void go_named(struct page_view *p, const char *name)
{
	for (int i = 0; i < p->marks; i++)
		if (!strcmp(p->mark[i].name, name)) {
			go_section(p, i);
			return;
		}
	ui_message(p->view.ui, "this page has no section %s", name);
}

static void page_section(struct view *v, const char *name)
{
	struct page_view *p = of(v);

	if (p->reader.lines.n) {
		go_named(p, name);
		return;
	}
	free(p->want);
	p->want = xstrdup(name);
}

static int page_fit(struct view *v, int w, int h, struct err *e UNUSED)
{
	struct page_view *p = of(v);
	char *want = p->want;
	int body;

	p->head = h >= 12 ? 1 : -1;
	body = p->head >= 0 ? 3 : 1;
	if (reader_fit(&p->reader, w, body, ui_body(h) - body))
		p->marks = page_lines(p->page, &p->reader.lines, reader_width(&p->reader), p->mark,
				      p->nmark);
	p->want = NULL;
	if (want)
		go_named(p, want);
	free(want);
	reader_scroll(&p->reader);
	return 0;
}

static void draw_head(const struct page_view *p, struct canvas *c)
{
	struct buf badge = { 0 };
	int used, w = text_columns(p->page->entry.link);

	buf_add(&badge, ": ");
	page_badge(p->page, &badge);
	used = 1 + canvas_text(c, p->head, 1, c->w - 2, FACE_HEADING, p->page->entry.title);
	used += canvas_text(c, p->head, used, c->w - 1 - used, FACE_HEADING, buf_str(&badge));
	canvas_fill(c, p->head + 1, 0, c->w, FACE_FRAME, LINE_ACROSS);
	if (used + w + 4 < c->w) {
		canvas_text(c, p->head, c->w - 1 - w, w, FACE_FAINT, p->page->entry.link);
	} else {                        /* beside a long title there is no room: into the rule */
		canvas_text(c, p->head + 1, c->w - 2 - w, w + 1, FACE_FAINT, " ");
		canvas_text(c, p->head + 1, c->w - 1 - w, w, FACE_FAINT, p->page->entry.link);
		canvas_text(c, p->head + 1, c->w - 1, 1, FACE_FAINT, " ");
	}
	buf_release(&badge);
}

static void page_draw(const struct view *v, struct canvas *c)
{
	const struct page_view *p = const_of(v);
	struct buf where = { 0 };

	reader_where(&p->reader, &where);
	ui_draw_path(v->ui, c, 0, buf_str(&where));
	buf_release(&where);
	if (p->head >= 0)
		draw_head(p, c);
	reader_draw(&p->reader, c);
	ui_draw_status(v->ui, c);
}

/* The section in which the selection is, or -1. */
static int section_here(const struct page_view *p)
{
	const struct stop *s = reader_stop(&p->reader);
	int at = -1;

	for (int i = 0; s && i < p->marks && p->mark[i].line <= s->line; i++)
		at = i;
	return at;
}

static void prev_section(struct page_view *p)
{
	int at = section_here(p);

	if (at > 0)
		go_section(p, at - 1);
	else
		reader_command(&p->reader, CMD_TOP);
}

static void open_selected(struct page_view *p)
{
	const struct stop *s = reader_stop(&p->reader);

	if (s && s->link)
		ui_open(p->view.ui, s->link);
	else
		ui_message(p->view.ui, "nothing to open here; lines that begin with > open");
}

static bool page_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key)
{
	struct page_view *p = of(v);

	switch (cmd) {
	case CMD_NEXT_SECTION:
		if (section_here(p) < p->marks - 1)
			go_section(p, section_here(p) + 1);
		break;
	case CMD_PREV_SECTION:
		prev_section(p);
		break;
	case CMD_SECTION:
		go_section(p, key - '1');
		break;
	case CMD_OPEN:
		open_selected(p);
		break;
	case CMD_SHOW_CELLS:
		ui_show_cells(v->ui, p->page);
		break;
	case CMD_COMPARE_WITH:
		ui_compare(v->ui, p->page->entry.link, p->page->entry.kind);
		break;
	case CMD_ADD_TO_STACK:
		if (p->page->entry.kind != KIND_SERVICE)
			return false;
		ui_add_service(v->ui, p->page->entry.link);
		break;
	case CMD_EXAMPLES:
	case CMD_PRACTICES:
	case CMD_SERVICES:
		go_named(p, cmd_table[cmd].name);
		break;
	default:
		return reader_command(&p->reader, cmd);
	}
	return true;
}

/* The n-th stop that leads somewhere, or -1. */
static int linked_stop(const struct page_view *p, int n)
{
	for (int i = 0; i < p->reader.lines.nstop; i++)
		if (p->reader.lines.stop[i].link && !n--)
			return i;
	return -1;
}

static bool page_item(const struct view *v, int n, struct buf *text)
{
	int stop = n >= 0 ? linked_stop(const_of(v), n) : -1;

	if (stop >= 0)
		buf_add(text, const_of(v)->reader.lines.stop[stop].text);
	return stop >= 0;
}

static void page_choose(struct view *v, int n, const char *words UNUSED)
{
	of(v)->reader.sel = max_int(linked_stop(of(v), n), 0);
	open_selected(of(v));
}

/* A sentence ends with a full stop, and a heading with a colon. */
static void tell_line(struct buf *out, const char *s, char end)
{
	size_t n = strlen(s);

	buf_add(out, s);
	if (n && !strchr(".:?!", s[n - 1]))
		buf_addc(out, end);
	buf_addc(out, '\n');
}

static void page_tell(const struct view *v, struct buf *text)
{
	const struct page_view *p = const_of(v);
	const struct lines *l = &p->reader.lines;
	int n = 0;

	buf_addf(text, "%s: ", p->page->entry.title);
	page_badge(p->page, text);
	buf_addf(text, ". Link: %s.\n", p->page->entry.link);
	for (int i = 0; i < l->n; i++) {
		int stop = l->line[i].stop;
		if (stop < 0 && *l->line[i].text)
			tell_line(text, l->line[i].text, ':');
		if (stop < 0 || l->stop[stop].line != i)
			continue;
		if (l->stop[stop].link)
			buf_addf(text, "%d. ", ++n);
		tell_line(text, l->stop[stop].text, '.');
	}
}

static void page_say(const struct view *v, struct buf *text)
{
	const struct page_view *p = const_of(v);
	const struct stop *s = reader_stop(&p->reader);
	int section = section_here(p);

	if (!s)
		return;
	if (section >= 0)
		buf_addf(text, "%s: ", p->mark[section].heading);
	buf_add(text, s->text);
}

static int page_print(const struct view *v, const struct format *f, struct sink *s, struct err *e)
{
	const struct page *p = const_of(v)->page;
	struct compare *c;
	int rc;

	if (!is_comparison(p))          /* without the note, which is private */
		return print_pages(f, s, v->ui->kb, &(struct kb_link){ .link = v->link }, 1, e);
	c = compare_of(v->ui->kb, v->link, e);
	rc = c ? f->diff(s, c, e) : -1;
	compare_free(c);
	return rc;
}

static int64_t page_mark(const struct view *v)
{
	return const_of(v)->reader.sel;
}

static void page_seek(struct view *v, int64_t mark)
{
	reader_seek(&of(v)->reader, mark);
}

const struct view_ops view_page = {
	.name = "page",
	.where = IN_PAGE,
	.open = page_open,
	.close = page_close,
	.fit = page_fit,
	.draw = page_draw,
	.command = page_command,
	.tell = page_tell,
	.item = page_item,
	.choose = page_choose,
	.say = page_say,
	.section = page_section,
	.use = FORMAT_PAGE,
	.print = page_print,
	.mark = page_mark,
	.seek = page_seek,
};
