/* view_help: the commands of the view below with their keys; Enter does one. */
#include "config.h"
#include "ui/ui.h"

#include "base/alloc.h"
#include "ui/reader.h"

struct help_view {
	struct view view;
	struct reader reader;
	enum cmd_where where;           /* the view below */
	enum cmd_id row[CMD__COUNT];    /* the command of each stop */
	int rows;
};

static struct help_view *of(struct view *v) { return (struct help_view *)v; }
static const struct help_view *const_of(const struct view *v) { return (const struct help_view *)v; }

static void help_close(struct view *v)
{
	reader_release(&of(v)->reader);
	view_release(v);
	free(v);
}

static struct view *help_open(struct ui *ui, const char *link, struct err *e UNUSED)
{
	struct help_view *h = xcalloc(1, sizeof *h);

	h->where = ui->depth ? ui_top(ui)->ops->where : IN_GRID;
	view_init(&h->view, &view_help, ui, link, "Keys");
	return &h->view;
}

/* A command: its keys, and behind them, hanging, what it does. */
static void add_command(struct help_view *h, enum cmd_id cmd, int width)
{
	struct rich r = { 0 };
	struct buf keys = { 0 };
	int column = clamp_int(width / 3, 8, 26);

	cmd_all_keys(&keys, cmd);
	buf_fill(&keys, ' ', column - (int)keys.len);
	if ((int)keys.len > column)
		buf_addc(&keys, ' ');
	rich_add(&r, cmd_table[cmd].help, FACE_TEXT);
	lines_add(&h->reader.lines, &r, 0, buf_str(&keys), max_int(width, (int)keys.len + 12), true, NULL);
	h->row[h->rows++] = cmd;
	rich_release(&r);
	buf_release(&keys);
}

static void add_commands(struct help_view *h, const char *title, bool own, int width)
{
	struct rich r = { 0 };

	lines_gap(&h->reader.lines);
	rich_add(&r, title, FACE_HEADING);
	lines_add(&h->reader.lines, &r, 0, "", width, false, NULL);
	rich_release(&r);
	for (int i = 0; i < CMD__COUNT; i++)
		if ((cmd_table[i].where & h->where) && (cmd_table[i].where != IN_ANY) == own)
			add_command(h, (enum cmd_id)i, width);
}

static int help_fit(struct view *v, int w, int height, struct err *e UNUSED)
{
	struct help_view *h = of(v);

	if (reader_fit(&h->reader, w, 1, ui_body(height) - 1)) {
		h->rows = 0;
		add_commands(h, "Keys of this view", true, reader_width(&h->reader));
		add_commands(h, "Keys everywhere", false, reader_width(&h->reader));
	}
	reader_scroll(&h->reader);
	return 0;
}

static void help_draw(const struct view *v, struct canvas *c)
{
	const struct help_view *h = const_of(v);

	ui_draw_path(v->ui, c, 0, "Enter does it");
	reader_draw(&h->reader, c);
	ui_draw_status(v->ui, c);
}

/* The view below does it, as if its key had been typed there. */
static void do_selected(struct help_view *h)
{
	struct ui *ui = h->view.ui;
	enum cmd_id cmd = h->row[h->reader.sel];
	const char *keys = cmd_table[cmd].keys;
	int sequence[CMD_KEYS_MAX], n = cmd_next_keys(&keys, sequence);

	ui_drop(ui);
	if (cmd != CMD_HELP)
		ui_command(ui, cmd, 0, n ? sequence[n - 1] : 0);
}

static bool help_command(struct view *v, enum cmd_id cmd, int count UNUSED, int key UNUSED)
{
	struct help_view *h = of(v);

	if (cmd == CMD_OPEN)
		do_selected(h);
	else if (cmd == CMD_CLOSE || cmd == CMD_CANCEL || cmd == CMD_HELP)
		ui_drop(v->ui);         /* looking at the keys is no place in the history */
	else
		return reader_command(&h->reader, cmd);
	return true;
}

static bool help_item(const struct view *v, int n, struct buf *text)
{
	const struct help_view *h = const_of(v);

	if (n < 0 || n >= h->rows)
		return false;
	cmd_all_keys(text, h->row[n]);
	buf_addf(text, ": %s", cmd_table[h->row[n]].help);
	return true;
}

static void help_tell(const struct view *v, struct buf *text)
{
	view_tell_items(v, ".", text);
}

static void help_choose(struct view *v, int n, const char *words UNUSED)
{
	of(v)->reader.sel = n;
	do_selected(of(v));
}

static void help_say(const struct view *v, struct buf *text)
{
	help_item(v, const_of(v)->reader.sel, text);
	buf_addc(text, '.');
}

static int64_t help_mark(const struct view *v)
{
	return const_of(v)->reader.sel;
}

static void help_seek(struct view *v, int64_t mark)
{
	reader_seek(&of(v)->reader, mark);
}

const struct view_ops view_help = {
	.name = "help",
	.where = IN_HELP,
	.open = help_open,
	.close = help_close,
	.fit = help_fit,
	.draw = help_draw,
	.command = help_command,
	.tell = help_tell,
	.item = help_item,
	.choose = help_choose,
	.say = help_say,
	.mark = help_mark,
	.seek = help_seek,
};
