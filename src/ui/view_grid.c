/* view_grid: a matrix as Microsoft's diagram: bands, layers, models, holders, and the detail of the selected
 * cell below or at the right. */
#include "config.h"
#include "ui/sheet.h"

#include "base/alloc.h"

/* The link of the selection: a cell, a model, a layer or the matrix. */
static void selected(const struct sheet *s, struct buf *link)
{
	const struct head *row = table_row(s->table, s->grid.row), *col = table_col(s->table, s->grid.col);
	const char *matrix = s->table->matrix.slug;

	if (s->grid.row >= 0 && s->grid.col >= 0)
		buf_addf(link, "%s:%s/%s", matrix, col->slug ? col->slug : "", row->slug ? row->slug : "");
	else if (s->grid.row >= 0)
		buf_addf(link, "%s:layer/%s", matrix, row->slug ? row->slug : "");
	else if (s->grid.col >= 0)
		buf_addf(link, "%s:%s", matrix, col->slug ? col->slug : "");
	else
		buf_add(link, s->table->matrix.link);
}

static struct page *detail(const struct sheet *s, const char *link, struct err *e)
{
	return page_load_brief(s->view.ui->kb, link, e);
}

static const struct sheet_ops of_grid = { .selected = selected, .detail = detail };

static struct view *grid_open(struct ui *ui, const char *matrix, struct err *e)
{
	struct table *t = table_matrix(ui->kb, *matrix ? matrix : NULL, e);
	struct sheet *s;

	if (!t)
		return NULL;
	s = xcalloc(1, sizeof *s);
	sheet_init(s, &of_grid, t);
	view_init(&s->view, &view_grid, ui, t->matrix.slug, t->matrix.title);
	return &s->view;
}

/* ---- commands ---- */

/* The model whose id begins with a letter, as a column, or -1 and a message; its id to *slug. */
static int model_of(struct sheet *s, int key, struct buf *slug)
{
	int found = -1;

	for (int col = 0; col < s->table->ncols && col < 1000 && found < 0; col++) {
		struct head h = { 0 };
		struct err e;
		if (!kb_models(s->table->kb, s->table->matrix.id, col, 1, &h, &e) &&
		    h.slug && *h.slug == key) {
			buf_add(slug, h.slug);
			found = col;
		}
		head_release(&h);
	}
	if (found < 0)
		ui_message(s->view.ui, "this matrix has no model that begins with %c", key);
	return found;
}

static void go_model(struct sheet *s, int key)
{
	struct buf slug = { 0 };
	int col = model_of(s, key, &slug);

	if (col >= 0)
		grid_go(&s->grid, s->grid.row, col);
	buf_release(&slug);
}

/* The model of the column, compared with another one. */
static void compare_model(struct sheet *s, int key)
{
	const char *matrix = s->table->matrix.slug, *here = table_col(s->table, s->grid.col)->slug;
	struct buf slug = { 0 }, link = { 0 };

	if (s->grid.col >= 0 && here && model_of(s, key, &slug) >= 0) {
		buf_addf(&link, "%s:%s..%s:%s", matrix, here, matrix, buf_str(&slug));
		ui_open(s->view.ui, buf_str(&link));
	}
	buf_release(&slug);
	buf_release(&link);
}

static bool grid_command(struct view *v, enum cmd_id cmd, int count, int key)
{
	if (cmd == CMD_MODEL)
		go_model(sheet_of(v), key);
	else if (cmd == CMD_COMPARE)
		compare_model(sheet_of(v), key);
	else if (cmd == CMD_COMPARE_WITH)
		ui_compare(v->ui, sheet_of(v)->table->matrix.link, KIND_MATRIX);
	else
		return sheet_command(v, cmd, count, key);
	return true;
}

const struct view_ops view_grid = {
	.name = "grid", .where = IN_GRID,
	.open = grid_open, .close = sheet_close, .fit = sheet_fit, .draw = sheet_draw,
	.command = grid_command, .tell = sheet_tell, .item = sheet_item, .choose = sheet_choose,
	.say = sheet_say, .use = FORMAT_GRID, .print = sheet_print, .selected = sheet_selected,
	.mark = sheet_mark, .seek = sheet_seek,
};
