/* view_list: the matrices there are; Enter changes the grid to one. */
#include "config.h"
#include "ui/ui.h"

#include "base/alloc.h"
#include "ui/reader.h"

struct list_view {
	struct view view;
	struct refs refs;
	struct reader reader;
};

static struct list_view *of(struct view *v) { return (struct list_view *)v; }
static const struct list_view *const_of(const struct view *v) { return (const struct list_view *)v; }

static void list_close(struct view *v)
{
	refs_release(&of(v)->refs);
	reader_release(&of(v)->reader);
	view_release(v);
	free(v);
}

static struct view *list_open(struct ui *ui, const char *link, struct err *e)
{
	struct list_view *l = xcalloc(1, sizeof *l);

	view_init(&l->view, &view_list, ui, link, "Matrices");
	if (!kb_refs(ui->kb, LIST_MATRICES, 0, &l->refs, e))
		return &l->view;
	list_close(&l->view);
	return NULL;
}

static void add(struct list_view *l, const struct ref *ref)
{
	struct rich r = { 0 };

	lines_gap(&l->reader.lines);
	rich_add(&r, ref->title, FACE_LINK);
	rich_add(&r, ". ", FACE_TEXT);
	rich_add(&r, ref->summary, FACE_TEXT);
	lines_add(&l->reader.lines, &r, 0, "> ", reader_width(&l->reader), true, ref->link);
	rich_release(&r);
}

static int list_fit(struct view *v, int w, int h, struct err *e UNUSED)
{
	struct list_view *l = of(v);

	if (reader_fit(&l->reader, w, 1, ui_body(h) - 1))
		for (int i = 0; i < l->refs.n; i++)
			add(l, &l->refs.ref[i]);
	reader_scroll(&l->reader);
	return 0;
}

static void list_draw(const struct view *v, struct canvas *c)
{
	ui_draw_path(v->ui, c, 0, "Enter changes the grid");
	reader_draw(&const_of(v)->reader, c);
	ui_draw_status(v->ui, c);
}

static void list_choose(struct view *v, int n, const char *words UNUSED)
{
	struct ui *ui = v->ui;
	char *slug = xstrdup(strchr(of(v)->refs.ref[n].link, '/') + 1);

	ui_drop(ui);
	ui_change_matrix(ui, slug);
	free(slug);
}

static bool list_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	if (cmd == CMD_OPEN && of(v)->refs.n)
		list_choose(v, of(v)->reader.sel, "");
	else if (cmd == CMD_CLOSE || cmd == CMD_CANCEL || cmd == CMD_MATRICES)
		ui_drop(v->ui);
	else
		return reader_command(&of(v)->reader, cmd);
	return true;
}

static bool list_item(const struct view *v, int n, struct buf *text)
{
	const struct list_view *l = const_of(v);

	if (n < 0 || n >= l->refs.n)
		return false;
	buf_addf(text, "%s. %s", l->refs.ref[n].title, l->refs.ref[n].summary);
	return true;
}

static void list_tell(const struct view *v, struct buf *text)
{
	buf_add(text, "Matrices.\n");
	for (int n = 0; n < const_of(v)->refs.n; n++) {
		buf_addf(text, "%d. ", n + 1);
		list_item(v, n, text);
		buf_addc(text, '\n');
	}
}

static void list_say(const struct view *v, struct buf *text)
{
	list_item(v, const_of(v)->reader.sel, text);
}

static int64_t list_mark(const struct view *v)
{
	return const_of(v)->reader.sel;
}

static void list_seek(struct view *v, int64_t mark)
{
	of(v)->reader.sel = (int)mark;
}

const struct view_ops view_list = {
	.name = "list", .where = IN_LIST,
	.open = list_open, .close = list_close, .fit = list_fit, .draw = list_draw,
	.command = list_command, .tell = list_tell, .item = list_item, .choose = list_choose,
	.say = list_say, .mark = list_mark, .seek = list_seek,
};
