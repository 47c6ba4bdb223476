/* filter: which cells of a table somebody wants to see: those of a holder, of a band, or those that something
 * is about.  The others are still there, and shown as such. */
#ifndef APP_FILTER_H
#define APP_FILTER_H

#include "app/page.h"
#include "app/table.h"

enum filter_how { FILTER_HOLDER, FILTER_OURS, FILTER_BAND, FILTER_SPOTS };

struct spot {
	int row, col;           /* -1: all of that column, or row */
};

struct filter {
	enum filter_how how;
	int holder, band;
	struct spot *spot;      /* by row, then column */
	int n, cap;
	char *words;            /* what is kept: "Customer", "MCSB v1 PV-6" */
};

/* Cells of a holder; those in which the customer has a part (neither other parties' nor nobody's); of a
 * band of the table.  Yours; t->filter takes it, and table_free() frees it. */
struct filter *filter_holder(const struct table *t, int holder) MUST_USE;
struct filter *filter_ours(void) MUST_USE;
struct filter *filter_band(const struct table *t, int band) MUST_USE;
/* The cells that a page is about: those that it links to, whole rows and columns for layers and models, in
 * the matrix of the table; in a stack, whose columns are services, whole rows.  NULL and *e (STATUS_LINK)
 * where it is about none of them. */
struct filter *filter_page(const struct table *t, const struct page *p, struct err *e) MUST_USE;
/* What a word means: the id of a holder or of a band, "ours", or a link.  NULL and *e (STATUS_LINK). */
struct filter *filter_of(const struct table *t, const char *word, struct err *e) MUST_USE;
void filter_free(struct filter *f);     /* NULL is fine */

/* Whether a table, whose row and column are in memory, shows a cell as one that is wanted. */
bool filter_keeps(const struct table *t, int row, int col);

#endif
