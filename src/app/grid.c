#include "config.h"
#include "app/grid.h"

void grid_go(struct grid *g, int row, int col)
{
	g->row = clamp_int(row, -1, g->rows - 1);
	g->col = clamp_int(col, -1, g->cols - 1);
}

void grid_move(struct grid *g, int drow, int dcol)
{
	grid_go(g, g->row + drow, g->col + dcol);
}

int64_t grid_spot(int row, int col)
{
	return (int64_t)(row + 1) * (1LL << 32) + col + 1;
}

int grid_spot_row(int64_t spot)
{
	return (int)(spot >> 32) - 1;
}

int grid_spot_col(int64_t spot)
{
	return (int)(spot & 0x7fffffff) - 1;
}

int grid_band_above(const struct grid_bands *b, int row)
{
	for (int i = 0; i < b->n; i++)
		if (b->first[i] == row)
			return i;
	return -1;
}

int grid_band_of(const struct grid_bands *b, int row)
{
	int band = -1;

	for (int i = 0; i < b->n && b->first[i] <= row; i++)
		band = i;
	return band;
}

void grid_band(struct grid *g, const struct grid_bands *b, int direction)
{
	int to = direction > 0 ? g->rows - 1 : min_int(g->row, 0);

	if (!b->n)
		to = direction > 0 ? g->row + 10 : max_int(g->row - 10, min_int(g->row, 0));
	for (int i = 0; i < b->n && direction > 0; i++)
		if (b->first[i] > g->row) {
			to = b->first[i];
			break;
		}
	for (int i = 0; i < b->n && direction < 0; i++)
		if (b->first[i] < g->row)
			to = b->first[i];
	grid_go(g, to, g->col);
}

/* Lines of rows from..to-1 with their bands. */
static int lines_of(const struct grid_bands *b, const struct grid_layout *l, int from, int to)
{
	int n = (to - from) * l->row_h;

	for (int i = 0; l->band_lines && i < b->n; i++)
		n += b->first[i] >= from && b->first[i] < to;
	return n;
}

int grid_foot(int h, int *hint, int *say)
{
	*say = h > 2 ? h - 1 : -1;
	*hint = h >= 17 ? h - 2 : -1;
	return *hint >= 0 ? *hint : *say >= 0 ? *say : h;
}

/* The last lines, the first lines, and what is left for rows and pane. */
static void fit_height(struct grid_layout *l)
{
	int end = grid_foot(l->h, &l->hint, &l->say);

	l->title = l->h >= 16 ? 0 : -1;
	l->head = l->title + 1;
	l->band_lines = l->h >= 16;
	l->body = l->head + 1;
	l->body_h = max_int(end - l->body, 0);
}

static void fit_pane(const struct grid *g, const struct grid_bands *b, struct grid_layout *l)
{
	enum { SMALLEST = 5 };
	int all;

	l->row_h = 1;
	all = lines_of(b, l, 0, min_int(g->rows, 1000));
	l->pane = g->pane_off ? PANE_NONE : l->w >= 116 && l->h >= 17 ? PANE_RIGHT :
	          l->w >= 80 && l->h >= 20 ? PANE_BELOW : PANE_NONE;
	l->grid_w = l->w;
	if (l->pane == PANE_BELOW) {
		l->pane_h = max_int(l->body_h - all, min_int(SMALLEST, l->body_h / 2));
		l->body_h -= l->pane_h;
		l->pane_y = l->body + l->body_h;
		l->pane_w = l->w;
	} else if (l->pane == PANE_RIGHT) {
		l->grid_w = l->w >= 200 && l->h >= 50 ? 100 : 80;
		l->pane_x = l->grid_w;
		l->pane_w = l->w - l->grid_w;
		l->pane_y = l->head;
		l->pane_h = l->body_h + 1;
	}
	/* Room for a line or two about each layer? */
	for (int high = 3; high > 1 && g->rows < 1000 && l->w >= 116; high--) {
		l->row_h = high;
		if (l->h >= (high == 3 ? 50 : 34) && lines_of(b, l, 0, g->rows) <= l->body_h)
			return;
	}
	l->row_h = 1;
}

/* Labels and cells of widths that leave room for as many columns as there are. */
static void fit_width(const struct grid *g, struct grid_layout *l)
{
	enum { NARROW = 24, LEAST = 8 };       /* a label that leaves room for a tail; the least of one */
	static const struct { int at_least, label, cell; } sizes[] = {
		{ 80, GRID_LABEL, 9 }, { 40, GRID_LABEL_MEDIUM, 4 }, { 0, GRID_LABEL_SHORT, 4 } };
	int size = 0, room;

	while (l->grid_w < sizes[size].at_least)
		size++;
	l->label_x = min_int(2, l->grid_w);
	l->label_w = clamp_int(l->grid_w - 9, 0, sizes[size].label);
	if (g->tail && !size)
		l->label_w = NARROW;
	l->cell_x = l->label_x + l->label_w + 1;
	l->cell_w = sizes[size].cell;
	room = max_int(l->grid_w - l->cell_x, 0);
	if (g->tail && size < 2) {
		l->tail_w = clamp_int(room - g->cols * (l->cell_w + 1) - 2, min_int(LEAST, g->tail), g->tail);
		room -= l->tail_w + 2;
	}
	if (size == 2) {                /* one model a screen; its cell takes what is left, up to a word */
		l->cols = room > 0;
		l->cell_w = clamp_int(room - 1, 1, 9);
	} else {
		l->cols = room / (l->cell_w + 1);
	}
	if (l->cols >= g->cols) {       /* wider cells rather than empty space */
		l->cols = g->cols;
		l->cell_w = g->cols ? clamp_int(room / g->cols - 1, l->cell_w, max_int(l->cell_w, 14))
				    : l->cell_w;
	}
}

/* Room at the right of the columns goes to the label, as far as it is useful. */
static void fit_label(struct grid_layout *l)
{
	int used = l->cell_x + l->cols * (l->cell_w + 1), spare;

	if (l->tail_w)
		used += l->tail_w + 2;
	spare = l->grid_w - used;

	spare = clamp_int(spare, 0, GRID_LABEL - l->label_w);
	l->label_w += spare;
	l->cell_x += spare;
	l->tail_x = l->cell_x + l->cols * (l->cell_w + 1) + 1;
}

static void scroll(struct grid *g, const struct grid_bands *b, const struct grid_layout *l)
{
	int row = max_int(g->row, 0), col = max_int(g->col, 0);

	g->left = clamp_int(g->left, col - l->cols + 1, col);
	g->left = clamp_int(g->left, 0, max_int(g->cols - l->cols, 0));
	if (row < g->top)
		g->top = row;
	while (g->top < row && lines_of(b, l, g->top, row + 1) > l->body_h) {
		/* A jump is not walked line by line. */
		g->top = max_int(g->top + 1, row - l->body_h);
	}
	while (g->top > 0 && lines_of(b, l, g->top - 1, g->rows) <= l->body_h)
		g->top--;
}

void grid_fit(struct grid *g, const struct grid_bands *b, int w, int h, struct grid_layout *l)
{
	*l = (struct grid_layout){ .w = w, .h = h };
	fit_height(l);
	fit_pane(g, b, l);
	fit_width(g, l);
	fit_label(l);
	grid_go(g, g->row, g->col);
	scroll(g, b, l);
}

int grid_rows_on(const struct grid *g, const struct grid_bands *b, const struct grid_layout *l)
{
	int n = 0;

	while (g->top + n < g->rows && n < l->body_h && lines_of(b, l, g->top, g->top + n) < l->body_h)
		n++;
	return n;
}
