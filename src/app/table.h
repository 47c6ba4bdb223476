/* table: heads of rows and columns, and cells, of which only a window is in memory: a matrix of 40
 * cells and one of 1,000,000 are the same thing.
 *
 *	struct table *t = table_matrix(kb, "azure", &e);
 *	table_fill(t, 0, 10, 0, 4, &e);                 rows 0..9, columns 0..3
 *	table_cell(t, 3, 1)->holder
 *	table_free(t);
 */
#ifndef APP_TABLE_H
#define APP_TABLE_H

#include "kb/kb.h"

struct filter;
struct stack;
struct table;

/* Who reads a table that is no matrix of the database: heads from..from+n-1 into zeroed ones, cells row by
 * row into zeroed ones. */
struct table_source {
	int (*rows)(struct table *t, int from, int n, struct head *head, struct err *e);
	int (*cols)(struct table *t, int from, int n, struct head *head, struct err *e);
	int (*cells)(struct table *t, int top, int high, int left, int wide, struct cell *cell,
	             struct err *e);
	void (*free)(struct table *t);
};

struct table {
	struct kb *kb;
	const struct table_source *source;      /* with what it reads: */
	void *of;
	struct kb_matrix matrix;
	int nrows, ncols;
	struct band *band;
	int nband;
	struct tally *tally;
	int ntally;
	/* the window */
	int top, high, left, wide;
	struct head *row, *col;
	struct cell *cell;      /* high * wide */
	bool whole;             /* the window is all of it, and stays */
	const char *row_word, *col_word, *col_head;     /* "layers", "models", "Model" */
	const char *differs_word;       /* what the mark of a cell that differs can mean */
	char **reason;          /* of a whole table: why a cell differs, or NULL; nrows * ncols */
	const char *tail_word;  /* above what stands behind the rows (head.tail); NULL: nothing does */
	char *foot;             /* below it, or NULL: then the tally */
	struct stack *stack;    /* NULL but for a stack */
	struct filter *filter;  /* which cells are wanted; NULL: all */
};

/* The matrix of a slug (NULL: the first one).  NULL and STATUS_LINK where there is none. */
struct table *table_matrix(struct kb *kb, const char *slug, struct err *e) MUST_USE;
void table_free(struct table *t);       /* NULL is fine */

/* See to it that the window is in memory; what is there already is kept.  The window is cut to the
 * table.  0, or -1. */
int table_fill(struct table *t, int top, int high, int left, int wide, struct err *e) MUST_USE;

/* Inside the window; borrowed until the next table_fill().  Outside of it, and where the database has
 * a hole: an empty head and a cell without holder. */
const struct head *table_row(const struct table *t, int row);
const struct head *table_col(const struct table *t, int col);
const struct cell *table_cell(const struct table *t, int row, int col);

/* The holder of a cell, as it is printed: where a comparison has none on one side, one with the words "no
 * such layer", and where the filter does not keep it, one with an empty id and the word "-". */
const struct holder *table_holder(const struct table *t, int row, int col);
/* The same, whether the filter keeps it or not. */
const struct holder *table_whose(const struct table *t, int row, int col);
/* What is said of a cell that differs: "editions differ"; "" of one that does not. */
const char *table_differs(const struct table *t, int row, int col);
/* What stands behind a row; "" where nothing does. */
const char *table_tail(const struct table *t, int row);

/* The next cell with a reason, from cell *at on (0 to begin with), row by row; *at is behind it then.
 * False: no more.  All borrowed. */
struct why {
	const char *row, *col;  /* the longest labels */
	const char *reason;
};
bool table_next_reason(const struct table *t, int *at, struct why *w);

/* The row or column of an id, or -1.  May read heads, and moves the window. */
int table_find_row(struct table *t, const char *slug);
int table_find_col(struct table *t, const char *slug);

/* Append "10 layers", "1 service": a number of rows or columns and their word. */
void table_count(struct buf *out, int n, const char *word);

/* The longest of the three labels that fits; the shortest where none does.  Never NULL. */
const char *head_label(const struct head *h, int columns);

#endif
