/* view_grid: a table as Microsoft's diagram: bands, layers, models, holders, and the detail of the
 * selected cell below or at the right. */
#include "config.h"
#include "ui/ui.h"

#include <strings.h>

#include "app/grid.h"
#include "app/page.h"
#include "app/table.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/legend.h"
#include "ui/pane.h"

struct grid_view {
	struct view view;
	struct table *table;
	struct grid grid;
	struct grid_layout l;
	int *band_first;
	struct grid_bands bands;
	struct page *page;              /* of the selection, while the pane shows */
	struct lines lines;             /* ... as lines of the width of the pane */
	int lines_w, lines_h;
};

static struct grid_view *of(struct view *v) { return (struct grid_view *)v; }
static const struct grid_view *const_of(const struct view *v) { return (const struct grid_view *)v; }

static void drop_page(struct grid_view *g)
{
	page_free(g->page);
	lines_release(&g->lines);
	g->page = NULL;
}

static void grid_close(struct view *v)
{
	struct grid_view *g = of(v);

	drop_page(g);
	table_free(g->table);
	free(g->band_first);
	view_release(v);
	free(g);
}

static struct view *grid_open(struct ui *ui, const char *matrix, struct err *e)
{
	struct table *t = table_matrix(ui->kb, *matrix ? matrix : NULL, e);
	struct grid_view *g;

	if (!t)
		return NULL;
	g = xcalloc(1, sizeof *g);
	g->table = t;
	g->grid = (struct grid){ .rows = t->nrows, .cols = t->ncols };
	g->band_first = xcalloc((size_t)t->nband, sizeof *g->band_first);
	for (int i = 0; i < t->nband; i++)
		g->band_first[i] = t->band[i].first;
	g->bands = (struct grid_bands){ g->band_first, t->nband };
	view_init(&g->view, &view_grid, ui, t->matrix.slug, t->matrix.title);
	return &g->view;
}

/* The link of the selection: a cell, a model, a layer or the matrix. */
static void selected(const struct grid_view *g, struct buf *link)
{
	const struct head *row = table_row(g->table, g->grid.row), *col = table_col(g->table, g->grid.col);
	const char *matrix = g->table->matrix.slug;

	if (g->grid.row >= 0 && g->grid.col >= 0)
		buf_addf(link, "%s:%s/%s", matrix, col->slug ? col->slug : "", row->slug ? row->slug : "");
	else if (g->grid.row >= 0)
		buf_addf(link, "%s:layer/%s", matrix, row->slug ? row->slug : "");
	else if (g->grid.col >= 0)
		buf_addf(link, "%s:%s", matrix, col->slug ? col->slug : "");
	else
		buf_add(link, g->table->matrix.link);
}

static int fit_page(struct grid_view *g, struct err *e)
{
	struct buf link = { 0 };
	int w = g->l.pane_w - 2, rc = 0;

	if (g->l.pane == PANE_NONE) {
		drop_page(g);
		return 0;
	}
	selected(g, &link);
	if (!g->page || strcmp(g->page->entry.link, buf_str(&link)) || w != g->lines_w ||
	    g->l.pane_h > g->lines_h) {
		drop_page(g);
		g->page = page_load_brief(g->view.ui->kb, buf_str(&link), e);
		rc = g->page ? 0 : -1;
		if (g->page && g->l.pane == PANE_RIGHT)
			page_first_lines(g->page, &g->lines, min_int(w - 1, 74), g->l.pane_h);
		g->lines_w = w, g->lines_h = g->l.pane_h;
	}
	buf_release(&link);
	return rc;
}

static int grid_view_fit(struct view *v, int w, int h, struct err *e)
{
	struct grid_view *g = of(v);
	int rows;

	grid_fit(&g->grid, &g->bands, w, h, &g->l);
	rows = grid_rows_on(&g->grid, &g->bands, &g->l);
	if (table_fill(g->table, g->grid.top, rows, g->grid.left, g->l.cols, e))
		return -1;
	return fit_page(g, e);
}

/* ---- drawing ---- */

static int cell_x(const struct grid_view *g, int col)
{
	return g->l.cell_x + (col - g->grid.left) * (g->l.cell_w + 1);
}

static void centred(struct canvas *c, int y, int x, int w, enum face face, const char *s)
{
	int columns = min_int(text_columns(s), w), before = (w - columns) / 2;

	canvas_fill(c, y, x, w, face, ' ');
	canvas_text(c, y, x + before, w - before, face, s);
}

static void brackets(struct canvas *c, int y, int x, int w)
{
	canvas_text(c, y, x - 1, 1, FACE_CURSOR, "[");
	canvas_text(c, y, x + w, 1, FACE_CURSOR, "]");
	canvas_cursor(c, y, x);
}

/* A pattern and the letter, for cells too narrow for words. */
static void letter_cell(struct canvas *c, int y, int x, int w, enum face face, const struct holder *h)
{
	char sign[2] = { h->letter, '\0' };
	int half = (w + 1) / 2;

	canvas_fill(c, y, x, w, face,
		    h->pattern == PATTERN_LIGHT  ? '.'
		    : h->pattern == PATTERN_NONE ? ' '
						 : '#');
	if (h->pattern == PATTERN_HALF)
		canvas_fill(c, y, x + half, w - half, face, '.');
	canvas_text(c, y, x + (h->pattern == PATTERN_HALF ? half : w - 1), 1, face, sign);
}

static void draw_cell(struct canvas *c, int y, int x, int w, const struct holder *h)
{
	if (!h->id)
		return;
	if (text_columns(h->word) <= w)
		centred(c, y, x, w, h->face, h->word);
	else
		letter_cell(c, y, x, w, h->face, h);
	if (h->pattern == PATTERN_HALF)
		legend_halve(c, y, x, w);
}

static void draw_heads(const struct grid_view *g, struct canvas *c)
{
	const struct table *t = g->table;
	struct buf corner = { 0 };

	if (g->l.title >= 0)
		buf_addf(&corner, "%s, %s", t->matrix.edition, t->matrix.date);
	else
		buf_add(&corner, t->matrix.title);
	canvas_text(c, g->l.head, g->l.label_x, g->l.label_w, g->l.title >= 0 ? FACE_FAINT : FACE_TITLE,
	            buf_str(&corner));
	if (g->grid.row < 0)
		canvas_text(c, g->l.head, 0, 1, FACE_CURSOR, ">");
	if (g->grid.row < 0 && g->grid.col < 0)
		brackets(c, g->l.head, g->l.label_x, min_int(text_columns(buf_str(&corner)), g->l.label_w));
	for (int x = g->grid.left; x < g->grid.left + g->l.cols; x++) {
		bool sel = g->grid.row < 0 && g->grid.col == x;
		centred(c, g->l.head, cell_x(g, x), g->l.cell_w, sel ? FACE_HEAD_SEL : FACE_HEAD,
		        head_label(table_col(t, x), g->l.cell_w));
		if (sel)
			brackets(c, g->l.head, cell_x(g, x), g->l.cell_w);
	}
	buf_release(&corner);
}

static void draw_band(const struct grid_view *g, struct canvas *c, int y, const struct band *band)
{
	int used;

	canvas_fill(c, y, 0, g->l.grid_w, FACE_FRAME, LINE_ACROSS);
	canvas_text(c, y, 2, 1, FACE_FRAME, " ");
	used = canvas_text(c, y, 3, g->l.grid_w - 6, FACE_BAND, band->name);
	canvas_text(c, y, 3 + used, 1, FACE_FRAME, " ");
}

static void draw_row(const struct grid_view *g, struct canvas *c, int y, int row)
{
	const struct head *h = table_row(g->table, row);
	bool sel = g->grid.row == row;
	int lines = min_int(g->l.row_h, g->l.body + g->l.body_h - y);
	const char *label = head_label(h, g->l.label_w);

	if (sel)
		canvas_text(c, y, g->l.band_lines ? 0 : 1, 1, FACE_CURSOR, ">");
	canvas_text(c, y, g->l.label_x, g->l.label_w, FACE_LABEL, label);
	if (sel && g->grid.col < 0)
		brackets(c, y, g->l.label_x, min_int(text_columns(label), g->l.label_w));
	for (int x = g->grid.left; x < g->grid.left + g->l.cols; x++) {
		draw_cell(c, y, cell_x(g, x), g->l.cell_w,
			  kb_holder(g->table->kb, table_cell(g->table, row, x)->holder));
		if (table_cell(g->table, row, x)->differs)
			canvas_text(c, y, cell_x(g, x) + g->l.cell_w, 1, FACE_MARK, "*");
		if (sel && g->grid.col == x)
			brackets(c, y, cell_x(g, x), g->l.cell_w);
	}
	if (lines > 1 && h->summary)
		canvas_text(c, y + 1, g->l.label_x + 2, g->l.grid_w - g->l.label_x - 4, FACE_FAINT,
			    h->summary);
}

static void draw_rows(const struct grid_view *g, struct canvas *c)
{
	int y = g->l.body, end = g->l.body + g->l.body_h;

	for (int row = g->grid.top; row < g->grid.rows && y < end; row++) {
		int band = grid_band_above(&g->bands, row);
		if (band >= 0 && g->l.band_lines)
			draw_band(g, c, y++, &g->table->band[band]);
		if (y >= end)
			break;
		band = grid_band_of(&g->bands, row);
		if (band >= 0 && !g->l.band_lines) {
			char letter[2] = { g->table->band[band].letter, '\0' };
			canvas_text(c, y, 0, 1, FACE_BAND, letter);
		}
		draw_row(g, c, y, row);
		y += g->l.row_h;
	}
}

static void grid_draw(const struct view *v, struct canvas *c)
{
	const struct grid_view *g = const_of(v);

	if (g->l.title >= 0) {
		ui_draw_path(v->ui, c, g->l.title, "");
		legend_draw(g->table, c, g->l.title, text_columns(g->view.title));
	}
	draw_rows(g, c);
	draw_heads(g, c);
	if (g->page && g->l.pane == PANE_BELOW)
		pane_below(g->page, c, g->l.pane_y, g->l.pane_h);
	else if (g->page && g->l.pane == PANE_RIGHT)
		pane_right(g->page, &g->lines, c, g->l.pane_x, g->l.pane_y, g->l.pane_h);
	ui_draw_status(v->ui, c);
}

/* ---- commands ---- */

/* The model whose id begins with a letter, as a column, or -1 and a message; its id to *slug. */
static int model_of(struct grid_view *g, int key, struct buf *slug)
{
	int found = -1;

	for (int col = 0; col < g->table->ncols && col < 1000 && found < 0; col++) {
		struct head h = { 0 };
		struct err e;
		if (!kb_models(g->table->kb, g->table->matrix.id, col, 1, &h, &e) &&
		    h.slug && *h.slug == key) {
			buf_add(slug, h.slug);
			found = col;
		}
		head_release(&h);
	}
	if (found < 0)
		ui_message(g->view.ui, "this matrix has no model that begins with %c", key);
	return found;
}

static void go_model(struct grid_view *g, int key)
{
	struct buf slug = { 0 };
	int col = model_of(g, key, &slug);

	if (col >= 0)
		grid_go(&g->grid, g->grid.row, col);
	buf_release(&slug);
}

/* The model of the column, compared with another one. */
static void compare_model(struct grid_view *g, int key)
{
	const char *matrix = g->table->matrix.slug, *here = table_col(g->table, g->grid.col)->slug;
	struct buf slug = { 0 }, link = { 0 };

	if (g->grid.col >= 0 && here && model_of(g, key, &slug) >= 0) {
		buf_addf(&link, "%s:%s..%s:%s", matrix, here, matrix, buf_str(&slug));
		ui_open(g->view.ui, buf_str(&link));
	}
	buf_release(&slug);
	buf_release(&link);
}

static void open_selected(struct grid_view *g, const char *section)
{
	struct buf link = { 0 };

	selected(g, &link);
	if (section)
		buf_addf(&link, "#%s", section);
	ui_open(g->view.ui, buf_str(&link));
	buf_release(&link);
}

static bool grid_move_command(struct grid *g, const struct grid_bands *bands, enum cmd_id cmd, int count)
{
	int n = max_int(count, 1);

	switch (cmd) {
	case CMD_LEFT:          grid_move(g, 0, -n); break;
	case CMD_RIGHT:         grid_move(g, 0, n); break;
	case CMD_UP:            grid_move(g, -n, 0); break;
	case CMD_DOWN:          grid_move(g, n, 0); break;
	case CMD_FIRST_MODEL:   grid_go(g, g->row, 0); break;
	case CMD_LAST_MODEL:    grid_go(g, g->row, g->cols - 1); break;
	case CMD_FIRST:         grid_go(g, 0, g->col); break;
	case CMD_LAST:          grid_go(g, count ? count - 1 : g->rows - 1, g->col); break;
	case CMD_PAGE_UP:       grid_band(g, bands, -1); break;
	case CMD_PAGE_DOWN:     grid_band(g, bands, 1); break;
	default:                return false;
	}
	return true;
}

static bool grid_command(struct view *v, enum cmd_id cmd, int count, int key)
{
	struct grid_view *g = of(v);

	if (grid_move_command(&g->grid, &g->bands, cmd, count))
		return true;
	switch (cmd) {
	case CMD_MODEL:
		go_model(g, key);
		break;
	case CMD_COMPARE:
		compare_model(g, key);
		break;
	case CMD_PANE:
		g->grid.pane_off = !g->grid.pane_off;
		break;
	case CMD_OPEN:
		open_selected(g, NULL);
		break;
	case CMD_EXAMPLES:
	case CMD_PRACTICES:
	case CMD_SERVICES:
		open_selected(g, cmd_table[cmd].name);
		break;
	default:
		return false;
	}
	return true;
}

/* A layer a line. */
static bool grid_item(const struct view *v, int n, struct buf *text)
{
	struct table *t = const_of(v)->table;
	struct err e;

	if (n < 0 || n >= t->nrows)
		return false;
	if ((n < t->top || n >= t->top + t->high || t->wide < t->ncols) &&
	    table_fill(t, n, 64, 0, t->ncols, &e)) {
		buf_add(text, e.msg);
		return true;
	}
	buf_addf(text, "%s.", head_label(table_row(t, n), 1000));
	for (int x = 0; x < t->ncols; x++)
		buf_addf(text, " %s: %s.", head_label(table_col(t, x), 1000),
			 kb_holder(t->kb, table_cell(t, n, x)->holder)->word);
	return true;
}

static void grid_tell(const struct view *v, struct buf *text)
{
	const struct grid_view *g = const_of(v);
	const struct table *t = g->table;

	buf_addf(text, "%s, %s by %s of %s. %d layers, %d models.\n", t->matrix.title, t->matrix.edition,
	         t->matrix.publisher, t->matrix.date, t->nrows, t->ncols);
	for (int n = 0; n < t->nrows; n++) {
		int band = grid_band_above(&g->bands, n);
		if (band >= 0)
			buf_addf(text, "Band: %s.\n", t->band[band].name);
		buf_addf(text, "%d. ", n + 1);
		grid_item(v, n, text);
		buf_addc(text, '\n');
	}
	for (int i = 0; i < t->ntally; i++)
		buf_addf(text, "%s%s %lld",
			 i ? ", " : "Cells: ", kb_holder(t->kb, t->tally[i].holder)->word,
			 (long long)t->tally[i].cells);
	buf_add(text, ".\n");
}

/* "4" is a layer, "4 paas" a cell of it. */
static void grid_choose(struct view *v, int n, const char *words)
{
	struct grid_view *g = of(v);
	int col = -1;

	for (int x = 0; *words && x < g->table->ncols && col < 0; x++) {
		const struct head *h = table_col(g->table, x);
		if ((h->slug && !strcasecmp(h->slug, words)) || !strcasecmp(head_label(h, 1000), words))
			col = x;
	}
	if (*words && col < 0) {
		ui_message(v->ui, "this matrix has no model %s", words);
		return;
	}
	grid_go(&g->grid, n, col);
	open_selected(g, NULL);
}

static void grid_say(const struct view *v, struct buf *text)
{
	const struct grid_view *g = const_of(v);
	const struct table *t = g->table;
	int row = g->grid.row, col = g->grid.col;

	if (row >= 0 && col >= 0)
		buf_addf(text, "%s, %s: %s.%s Row %d of %d.", head_label(table_col(t, col), 1000),
			 head_label(table_row(t, row), 1000),
			 kb_holder(t->kb, table_cell(t, row, col)->holder)->word,
			 table_cell(t, row, col)->differs ? " Editions differ." : "", row + 1, t->nrows);
	else if (row >= 0)
		buf_addf(text, "Layer %s. Row %d of %d.", head_label(table_row(t, row), 1000), row + 1,
			 t->nrows);
	else if (col >= 0)
		buf_addf(text, "Model %s. Column %d of %d.", head_label(table_col(t, col), 1000),
			 col + 1, t->ncols);
	else
		buf_addf(text, "Matrix %s, %d layers and %d models.", t->matrix.title, t->nrows, t->ncols);
}

/* From a table of its own: the window of the one on the screen stays. */
static int grid_print(const struct view *v, const struct format *f, struct sink *s, struct err *e)
{
	struct table *t = table_matrix(v->ui->kb, v->link, e);
	int rc = t ? f->grid(s, t, e) : -1;

	table_free(t);
	return rc;
}

static void grid_selected(const struct view *v, struct buf *link)
{
	selected(const_of(v), link);
}

static int64_t grid_mark(const struct view *v)
{
	const struct grid_view *g = const_of(v);

	return grid_spot(g->grid.row, g->grid.col);
}

static void grid_seek(struct view *v, int64_t mark)
{
	grid_go(&of(v)->grid, grid_spot_row(mark), grid_spot_col(mark));
}

const struct view_ops view_grid = {
	.name = "grid",
	.where = IN_GRID,
	.open = grid_open,
	.close = grid_close,
	.fit = grid_view_fit,
	.draw = grid_draw,
	.command = grid_command,
	.tell = grid_tell,
	.item = grid_item,
	.choose = grid_choose,
	.say = grid_say,
	.use = FORMAT_GRID,
	.print = grid_print,
	.selected = grid_selected,
	.mark = grid_mark,
	.seek = grid_seek,
};
