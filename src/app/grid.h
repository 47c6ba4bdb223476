/* grid: where the cursor stands in a table, and where the parts of the grid stand on a screen.
 * Arithmetic only: it knows sizes, no text, no database and no screen.
 *
 * The cursor has a row and a column; -1 is the head: (-1, 2) the name of the third model, (4, -1) the
 * name of the fifth layer, (-1, -1) the corner, which is the matrix itself. */
#ifndef APP_GRID_H
#define APP_GRID_H

#include "base/base.h"

enum { GRID_LABEL = 37, GRID_LABEL_MEDIUM = 17, GRID_LABEL_SHORT = 8 };

enum grid_pane { PANE_NONE, PANE_BELOW, PANE_RIGHT };

struct grid {
	int rows, cols;         /* of the table */
	int row, col;           /* the cursor */
	int top, left;          /* first row and column on the screen */
	bool pane_off;          /* the user closed the detail pane */
	int tail;               /* columns of what stands behind the rows; 0: nothing does */
};

/* Where the bands begin: first[i] is the first row of band i; increasing. */
struct grid_bands {
	const int *first;
	int n;
};

/* The screen of w x h, as grid_fit() divides it.  Lines are counted from 0. */
struct grid_layout {
	int w, h;
	int title, head;        /* lines; title -1: merged with the head */
	int body, body_h;       /* first line and number of lines of the rows */
	int hint, say;          /* last lines; hint -1: there is only say; say -1: nothing fits */
	bool band_lines;        /* bands are lines of their own; else letters */
	int row_h;              /* lines a row: 1 to 3 */
	int label_x, label_w;
	int cell_x, cell_w;     /* of the first column on screen; one column of gap behind each */
	int cols;               /* columns on the screen */
	int tail_x, tail_w;     /* what stands behind the rows; tail_w 0: not here */
	enum grid_pane pane;
	int pane_x, pane_y, pane_w, pane_h;     /* with the line that separates it */
	int grid_w;             /* columns that the grid takes */
};

/* Stop at the edges; the heads are reachable. */
void grid_move(struct grid *g, int drow, int dcol);
void grid_go(struct grid *g, int row, int col);
/* To the first row of the next (+1) or previous (-1) band; by ten rows where there are none. */
void grid_band(struct grid *g, const struct grid_bands *b, int direction);

/* Which of the last lines a screen of height h has for hints and for the sentence, -1 for none, in any
 * view; the value is the line behind the last one that the view has for itself. */
int grid_foot(int h, int *hint, int *say);

/* Divide the screen and scroll so that the cursor shows. */
void grid_fit(struct grid *g, const struct grid_bands *b, int w, int h, struct grid_layout *l);

/* A place of the cursor as one number, and back. */
int64_t grid_spot(int row, int col);
int grid_spot_row(int64_t spot);
int grid_spot_col(int64_t spot);

/* How many rows, from top on, show completely or in part. */
int grid_rows_on(const struct grid *g, const struct grid_bands *b, const struct grid_layout *l);
/* The band whose line stands above row, or -1. */
int grid_band_above(const struct grid_bands *b, int row);
/* The band in which a row is, or -1. */
int grid_band_of(const struct grid_bands *b, int row);

#endif
