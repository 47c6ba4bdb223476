/* view_stack: the services that somebody uses, side by side, each layer counted.  Services are added, taken
 * out and, as a "what if", put in the place of others; every step is a stack with a link of its own. */
#include "config.h"
#include "ui/sheet.h"

#include "app/kept.h"
#include "app/stack.h"
#include "base/alloc.h"
#include "ui/ask.h"
#include "ui/picker.h"

/* The page of a layer, at the service of the column; of a service; of the corner all that is to be done. */
static void selected(const struct sheet *s, struct buf *link)
{
	const struct head *row = table_row(s->table, s->grid.row), *col = table_col(s->table, s->grid.col);
	int party = 1;

	if (s->grid.row >= 0) {
		buf_addf(link, "%s/%s", s->view.link, row->slug ? row->slug : "");
		if (s->grid.col >= 0)
			buf_addf(link, "#%s", col->slug);
	} else if (s->grid.col >= 0) {
		buf_add(link, s->table->stack->service[s->grid.col].link);
	} else {
		while (party < kb_holder_count(s->table->kb) && !s->table->stack->duties[party])
			party++;
		buf_addf(link, "%s#%s", s->view.link, kb_holder(s->table->kb, party)->slug);
	}
}

static struct page *detail(const struct sheet *s, const char *link, struct err *e)
{
	struct page *p;

	if (s->grid.row < 0 && s->grid.col >= 0)
		return page_load_brief(s->view.ui->kb, link, e);
	p = stack_page(s->table, s->grid.row, e);
	if (p && s->grid.row >= 0 && s->grid.col >= 0 &&
	    page_only(p, table_col(s->table, s->grid.col)->slug, e)) {
		page_free(p);
		return NULL;
	}
	return p;
}

static bool cell(const struct sheet *s, struct buf *link)
{
	const struct stack *stack = s->table->stack;
	int row = s->grid.row, col = max_int(s->grid.col, 0);

	if (row < 0 || row >= stack->service[col].column.n)
		return false;
	buf_add(link, stack->service[col].column.row[row].link);
	return true;
}

/* The sum in letters: the words are in the sentence of the corner. */
static void right(const struct sheet *s, struct buf *text)
{
	const struct stack *stack = s->table->stack;

	buf_add(text, "duties:");
	for (int h = 1; h <= kb_holder_count(s->table->kb); h++)
		if (stack->duties[h])
			buf_addf(text, " %c%d", kb_holder(s->table->kb, h)->letter, stack->duties[h]);
}

static const struct sheet_ops of_stack = {
	.selected = selected, .detail = detail, .cell = cell, .right = right };

/* From here on it is your stack. */
static void set_services(struct ui *ui, const char *link)
{
	char *mine = xstrdup(link);     /* it may be the one that goes */

	free(ui->services);
	ui->services = mine;
}

static struct view *stack_open(struct ui *ui, const char *link, struct err *e)
{
	struct table *t = stack_table(ui->kb, link, e);
	struct sheet *s;

	if (!t)
		return NULL;
	s = xcalloc(1, sizeof *s);
	sheet_init(s, &of_stack, t);
	view_init(&s->view, &view_stack, ui, link, t->matrix.title);
	set_services(ui, link);
	return &s->view;
}

/* ---- changing it ---- */

/* The stack with service n changed, in the place of this one. */
static void change(struct view *v, int n, const char *id, bool what_if)
{
	char *link = stack_with(v->link, n, id, what_if);
	int64_t mark = v->ops->mark(v);
	struct ui *ui = v->ui;

	ui_open_instead(ui, link);
	if (ui_top(ui)->ops == &view_stack)
		ui_top(ui)->ops->seek(ui_top(ui), mark);
	free(link);
}

static void drop(struct view *v)
{
	int col = sheet_of(v)->grid.col;

	if (col < 0)
		ui_message(v->ui, "go to the column of the service that is to be dropped");
	else if (stack_size(v->link) == 1)
		ui_message(v->ui, "it is the only service; a adds others");
	else
		change(v, col, "", false);
}

/* Of all services, and before them of the stacks that are kept. */
static int pick(struct ui *ui, const char *title, bool kept,
                void (*chosen)(struct ui *ui, const char *link, void *ctx), struct err *e)
{
	struct refs services = { 0 };
	int rc = (kept && kept_list(ui->own, &services, e)) ||
		 kb_of_kind(ui->kb, KIND_SERVICE, &services, e) ||
		 ui_pick(ui, title, &services, chosen, NULL, e) ? -1 : 0;

	refs_release(&services);
	return rc;
}

static void chosen_swap(struct ui *ui, const char *link, void *ctx UNUSED)
{
	struct view *v = ui_top(ui);

	change(v, sheet_of(v)->grid.col, strchr(link, '/') + 1, true);
	if (!*ui->message)
		ui_message(ui, "%s", sheet_of(ui_top(ui))->table->foot);
}

static void swap(struct view *v)
{
	struct err e;

	if (sheet_of(v)->grid.col < 0)
		ui_message(v->ui, "go to the column of the service in whose place another one is to be");
	else if (pick(v->ui, "What if", false, chosen_swap, &e))
		ui_message(v->ui, "%s", e.msg);
}

static void chosen_kept(struct ui *ui, const char *link, void *ctx UNUSED)
{
	ui_open_instead(ui, link);
}

static void open_kept(struct view *v)
{
	struct refs refs = { 0 };
	struct err e;

	if (kept_list(v->ui->own, &refs, &e))
		ui_message(v->ui, "%s", e.msg);
	else if (!refs.n)
		ui_message(v->ui, "no stack is kept; K keeps this one");
	else if (ui_pick(v->ui, "Open", &refs, chosen_kept, NULL, &e))
		ui_message(v->ui, "%s", e.msg);
	refs_release(&refs);
}

static enum asked keep(struct ui *ui, const char *name, bool sure UNUSED)
{
	struct err e;

	if (kept_put(ui->own, name, ui_top(ui)->link, &e)) {
		ui_message(ui, "%s", e.msg);
		return ASK_AGAIN;
	}
	ui_message(ui, "kept as %s", name);
	return ASK_TAKEN;
}

static bool stack_command(struct view *v, enum cmd_id cmd, int count, int key)
{
	if (cmd == CMD_STACK_DROP)
		drop(v);
	else if (cmd == CMD_STACK_SWAP)
		swap(v);
	else if (cmd == CMD_STACK_KEEP)
		ui_ask(v->ui, "Keep as: ", "", keep);
	else if (cmd == CMD_STACK_OPEN)
		open_kept(v);
	else if (cmd != CMD_STACK)
		return sheet_command(v, cmd, count, key);
	return true;
}

const struct view_ops view_stack = {
	.name = "stack", .where = IN_STACK,
	.open = stack_open, .close = sheet_close, .fit = sheet_fit, .draw = sheet_draw,
	.command = stack_command, .tell = sheet_tell, .item = sheet_item, .choose = sheet_choose,
	.say = sheet_say, .use = FORMAT_GRID, .print = sheet_print, .selected = sheet_selected,
	.mark = sheet_mark, .seek = sheet_seek,
};

/* ---- from other views ---- */

void ui_add_service(struct ui *ui, const char *link)
{
	const char *id = strchr(link, '/') + 1;
	struct table *t;
	struct err e;
	char *with;

	if (ui->services && stack_has(ui->services, id)) {
		ui_message(ui, "%s is in your stack already", id);
		return;
	}
	with = stack_with(ui->services ? ui->services : "stack/",
	                        ui->services ? stack_size(ui->services) : 0, id, false);
	t = stack_table(ui->kb, with, &e);      /* not every service goes with the others */
	if (!t) {
		ui_message(ui, "%s", e.msg);
	} else if (ui_top(ui)->ops == &view_stack) {
		ui_open_instead(ui, with);
	} else {
		set_services(ui, with);
		ui_message(ui, "%s is in your stack, number %d; S shows it", id, stack_size(with));
	}
	table_free(t);
	free(with);
}

static void chosen_add(struct ui *ui, const char *link, void *ctx UNUSED)
{
	ui_add_service(ui, link);
}

static void chosen_first(struct ui *ui, const char *link, void *ctx UNUSED)
{
	if (stack_is(link)) {
		ui_open(ui, link);
		return;
	}
	ui_add_service(ui, link);
	if (ui->services)
		ui_open(ui, ui->services);
}

void ui_pick_service(struct ui *ui)
{
	struct err e;

	if (pick(ui, "Add to your stack", false, chosen_add, &e))
		ui_message(ui, "%s", e.msg);
}

void ui_show_services(struct ui *ui)
{
	struct err e;

	if (ui->services)
		ui_open(ui, ui->services);
	else if (pick(ui, "Your stack begins with", true, chosen_first, &e))
		ui_message(ui, "%s", e.msg);
}
