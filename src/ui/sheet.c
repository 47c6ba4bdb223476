#include "config.h"
#include "ui/sheet.h"

#include <ctype.h>
#include <strings.h>

#include "app/filter.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/legend.h"
#include "ui/pane.h"

enum { TAIL = 34 };             /* columns that are enough for what stands behind rows */

static void drop_page(struct sheet *s)
{
	page_free(s->page);
	lines_release(&s->lines);
	free(s->page_link);
	s->page = NULL;
	s->page_link = NULL;
}

static void drop_table(struct sheet *s)
{
	drop_page(s);
	table_free(s->table);
	free(s->band_first);
}

static void take_table(struct sheet *s, struct table *t)
{
	s->table = t;
	s->grid.rows = t->nrows, s->grid.cols = t->ncols;
	s->grid.tail = t->tail_word ? TAIL : 0;
	s->band_first = xcalloc((size_t)t->nband, sizeof *s->band_first);
	for (int i = 0; i < t->nband; i++)
		s->band_first[i] = t->band[i].first;
	s->bands = (struct grid_bands){ s->band_first, t->nband };
}

void sheet_init(struct sheet *s, const struct sheet_ops *ops, struct table *t)
{
	s->ops = ops;
	take_table(s, t);
}

void sheet_change(struct sheet *s, struct table *t)
{
	if (s->table->filter && s->table->filter->how != FILTER_BAND) { /* bands are others there */
		t->filter = s->table->filter;
		s->table->filter = NULL;
	}
	drop_table(s);
	take_table(s, t);
	grid_go(&s->grid, s->grid.row, s->grid.col);
}

void sheet_close(struct view *v)
{
	drop_table(sheet_of(v));
	view_release(v);
	free(v);
}

/* ---- the screen ---- */

static int fit_page(struct sheet *s, struct err *e)
{
	struct buf link = { 0 };
	int w = s->l.pane_w - 2, rc = 0;

	if (s->l.pane == PANE_NONE) {
		drop_page(s);
		return 0;
	}
	s->ops->selected(s, &link);
	if (!s->page || strcmp(s->page_link, buf_str(&link)) || w != s->lines_w || s->l.pane_h > s->lines_h) {
		drop_page(s);
		s->page = s->ops->detail(s, buf_str(&link), e);
		s->page_link = buf_detach(&link);
		rc = s->page ? 0 : -1;
		if (s->page && s->l.pane == PANE_RIGHT)
			page_first_lines(s->page, &s->lines, min_int(w - 1, 74), s->l.pane_h);
		s->lines_w = w, s->lines_h = s->l.pane_h;
	}
	buf_release(&link);
	return rc;
}

int sheet_fit(struct view *v, int w, int h, struct err *e)
{
	struct sheet *s = sheet_of(v);
	int rows;

	grid_fit(&s->grid, &s->bands, w, h, &s->l);
	rows = grid_rows_on(&s->grid, &s->bands, &s->l);
	if (table_fill(s->table, s->grid.top, rows, s->grid.left, s->l.cols, e))
		return -1;
	return fit_page(s, e);
}

/* The path, and at its right what the filter keeps, what the view says, or the legend. */
static void draw_title(const struct sheet *s, struct canvas *c)
{
	struct buf right = { 0 };

	if (s->table->filter) {
		buf_addf(&right, "only %s (fx: all)", s->table->filter->words);
		if (text_columns(s->view.title) + text_columns(buf_str(&right)) + 3 > c->w) {
			buf_clear(&right);
			buf_add(&right, "filtered (fx: all)");
		}
	}
	if (!right.len && s->ops->right)
		s->ops->right(s, &right);
	ui_draw_path(s->view.ui, c, s->l.title, buf_str(&right));
	if (!right.len)
		legend_draw(s->table, c, s->l.title, text_columns(s->view.title));
	buf_release(&right);
}

void sheet_draw(const struct view *v, struct canvas *c)
{
	const struct sheet *s = const_sheet_of(v);

	if (s->l.title >= 0)
		draw_title(s, c);
	sheet_draw_table(s, c);
	if (s->page && s->l.pane == PANE_BELOW)
		pane_below(s->page, c, s->l.pane_y, s->l.pane_h);
	else if (s->page && s->l.pane == PANE_RIGHT)
		pane_right(s->page, &s->lines, c, s->l.pane_x, s->l.pane_y, s->l.pane_h);
	ui_draw_status(v->ui, c);
}

/* ---- commands ---- */

static void open_selected(struct sheet *s)
{
	struct buf link = { 0 };

	s->ops->selected(s, &link);
	ui_open(s->view.ui, buf_str(&link));
	buf_release(&link);
}

static void open_section(struct sheet *s, const char *section)
{
	struct buf link = { 0 };
	bool cell = true;

	if (s->ops->cell)
		cell = s->ops->cell(s, &link);
	else
		s->ops->selected(s, &link);
	if (cell) {
		buf_addf(&link, "#%s", section);
		ui_open(s->view.ui, buf_str(&link));
	} else {
		ui_message(s->view.ui, "no cell is selected");
	}
	buf_release(&link);
}

void ui_show_cells(struct ui *ui, const struct page *p)
{
	struct sheet *root = sheet_of(ui->stack[0]);
	struct err e;
	struct filter *f = filter_page(root->table, p, &e);

	if (!f) {
		ui_message(ui, "%s", e.msg);
		return;
	}
	ui_to_root(ui);
	filter_free(root->table->filter);
	root->table->filter = f;
	grid_go(&root->grid, f->spot[0].row, f->spot[0].col);
}

static bool move(struct grid *g, const struct grid_bands *bands, enum cmd_id cmd, int count)
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

/* The filter of a letter: that of a holder of the database. */
static struct filter *filter_of_letter(struct sheet *s, int key)
{
	const struct kb *kb = s->table->kb;

	for (int h = 1; h <= kb_holder_count(kb); h++)
		if (tolower((unsigned char)kb_holder(kb, h)->letter) == key)
			return filter_holder(s->table, h);
	ui_message(s->view.ui, "no holder has the letter %c; fx shows all", key);
	return NULL;
}

static bool filter(struct sheet *s, enum cmd_id cmd, int key)
{
	struct table *t = s->table;
	int band = grid_band_of(&s->bands, s->grid.row);
	struct filter *f = NULL;

	switch (cmd) {
	case CMD_ONLY:
		f = filter_of_letter(s, key);
		if (!f)
			return true;
		break;
	case CMD_ONLY_OURS:
		f = filter_ours();
		break;
	case CMD_ONLY_BAND:
		if (band < 0) {
			ui_message(s->view.ui, "no band is selected; fx shows all");
			return true;
		}
		f = filter_band(t, band);
		break;
	case CMD_ONLY_ALL:
		break;
	default:
		return false;
	}
	filter_free(t->filter);
	t->filter = f;
	return true;
}

bool sheet_command(struct view *v, enum cmd_id cmd, int count, int key)
{
	struct sheet *s = sheet_of(v);

	if (move(&s->grid, &s->bands, cmd, count) || filter(s, cmd, key))
		return true;
	switch (cmd) {
	case CMD_PANE:
		s->grid.pane_off = !s->grid.pane_off;
		break;
	case CMD_OPEN:
		open_selected(s);
		break;
	case CMD_EXAMPLES:
	case CMD_PRACTICES:
	case CMD_SERVICES:
		open_section(s, cmd_table[cmd].name);
		break;
	default:
		return false;
	}
	return true;
}

/* ---- as sentences ---- */

/* A row a line. */
bool sheet_item(const struct view *v, int n, struct buf *text)
{
	struct table *t = const_sheet_of(v)->table;
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
		if (filter_keeps(t, n, x))
			buf_addf(text, " %s: %s.", head_label(table_col(t, x), 1000),
			         table_holder(t, n, x)->word);
	if (t->tail_word)
		buf_addf(text, " %s: %s.", t->tail_word, table_tail(t, n));
	return true;
}

void sheet_tell(const struct view *v, struct buf *text)
{
	const struct sheet *s = const_sheet_of(v);
	const struct table *t = s->table;

	buf_addf(text, "%s, %s by %s of %s. ", t->matrix.title, t->matrix.edition, t->matrix.publisher,
	         t->matrix.date);
	table_count(text, t->nrows, t->row_word);
	buf_add(text, ", ");
	table_count(text, t->ncols, t->col_word);
	buf_add(text, ".\n");
	if (t->filter)
		buf_addf(text, "Only %s.\n", t->filter->words);
	for (int n = 0; n < t->nrows; n++) {
		int band = grid_band_above(&s->bands, n);
		if (band >= 0)
			buf_addf(text, "Band: %s.\n", t->band[band].name);
		buf_addf(text, "%d. ", n + 1);
		sheet_item(v, n, text);
		buf_addc(text, '\n');
	}
	for (int i = 0; i < t->ntally; i++)
		buf_addf(text, "%s%s %lld", i ? ", " : "Cells: ", kb_holder(t->kb, t->tally[i].holder)->word,
		         (long long)t->tally[i].cells);
	if (t->foot || t->ntally)
		buf_addf(text, "%s.\n", t->foot ? t->foot : "");
}

/* "4" is a row, "4 paas" a cell of it. */
void sheet_choose(struct view *v, int n, const char *words)
{
	struct sheet *s = sheet_of(v);
	int col = -1;

	for (int x = 0; *words && x < s->table->ncols && col < 0; x++) {
		const struct head *h = table_col(s->table, x);
		if ((h->slug && !strcasecmp(h->slug, words)) || !strcasecmp(head_label(h, 1000), words))
			col = x;
	}
	if (*words && col < 0) {
		ui_message(v->ui, "none of the %s here is called %s", s->table->col_word, words);
		return;
	}
	grid_go(&s->grid, n, col);
	open_selected(s);
}

static void say_row(const struct sheet *s, struct buf *text)
{
	const struct table *t = s->table;
	const char *tail = table_tail(t, s->grid.row), *differs = table_differs(t, s->grid.row, s->grid.col);

	if (s->grid.col < 0) {
		buf_addf(text, "Layer %s.", head_label(table_row(t, s->grid.row), 1000));
	} else {
		int band = t->of ? grid_band_of(&s->bands, s->grid.row) : -1;
		buf_addf(text, "%s, %s%s%s: %s.", head_label(table_col(t, s->grid.col), 1000),
		         head_label(table_row(t, s->grid.row), 1000), band >= 0 ? ", " : "",
		         band >= 0 ? t->band[band].name : "",
		         table_whose(t, s->grid.row, s->grid.col)->word);
		if (*differs)
			buf_addf(text, " %c%s.", toupper((unsigned char)*differs), differs + 1);
	}
	if (*tail)
		buf_addf(text, " %s: %s.", t->tail_word, tail);
	buf_addf(text, " Row %d of %d.", s->grid.row + 1, t->nrows);
}

void sheet_say(const struct view *v, struct buf *text)
{
	const struct sheet *s = const_sheet_of(v);
	const struct table *t = s->table;

	if (s->grid.row >= 0) {
		say_row(s, text);
	} else if (s->grid.col >= 0) {
		buf_addf(text, "%s %s. Column %d of %d.", t->col_head,
		         head_label(table_col(t, s->grid.col), 1000), s->grid.col + 1, t->ncols);
	} else if (t->foot) {
		buf_addf(text, "%s: %s.", t->matrix.title, t->foot);
	} else {
		buf_addf(text, "%s%s, ", t->of ? "" : "Matrix ", t->matrix.title);
		table_count(text, t->nrows, t->row_word);
		buf_add(text, " and ");
		table_count(text, t->ncols, t->col_word);
		buf_addc(text, '.');
	}
}

/* The window is the screen's again afterwards. */
int sheet_print(const struct view *v, const struct format *f, struct sink *s, struct err *e)
{
	struct table *t = const_sheet_of(v)->table;
	int top = t->top, high = t->high, left = t->left, wide = t->wide;

	return f->grid(s, t, e) || table_fill(t, top, high, left, wide, e) ? -1 : 0;
}

void sheet_selected(const struct view *v, struct buf *link)
{
	const_sheet_of(v)->ops->selected(const_sheet_of(v), link);
}

int64_t sheet_mark(const struct view *v)
{
	return grid_spot(const_sheet_of(v)->grid.row, const_sheet_of(v)->grid.col);
}

void sheet_seek(struct view *v, int64_t mark)
{
	grid_go(&sheet_of(v)->grid, grid_spot_row(mark), grid_spot_col(mark));
}
