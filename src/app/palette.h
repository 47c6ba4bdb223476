/* palette: what the line behind `:` offers: the commands that work in a view, those with arguments, and
 * places: lists, models and layers, matrices, and what a search finds for the words, the best first.
 *
 *	palette_open(&p, kb, "azure", IN_GRID, &e);
 *	palette_find(&p, "vm", &e);                     p.offer[0..p.n-1]
 *	palette_close(&p);
 *
 * The cost of finding does not grow with the number of entries. */
#ifndef APP_PALETTE_H
#define APP_PALETTE_H

#include "app/cmd.h"
#include "kb/kb.h"
#include "text/fuzzy.h"

enum offer_does {
	OFFER_COMMAND,          /* give cmd, with count and key */
	OFFER_LINK,             /* open link, as it was typed or as it is */
	OFFER_MATRIX,           /* change the grid to the matrix with the id link */
	OFFER_ASK               /* nothing yet: its name and a blank, and more has to follow */
};

struct offer {
	enum offer_does does;
	enum cmd_id cmd;
	int count, key;
	char *link;             /* or NULL */
	char *name;             /* typed into the line, it leads here again */
	char *about, *right;    /* what it is; keys or kind */
	bool exact;             /* it is what was typed, and no other is */
	int score, order;
};

struct palette {
	struct kb *kb;                  /* borrowed */
	unsigned where;                 /* the view below */
	struct kb_matrix matrix;
	struct head *layer, *model;     /* the first ones of the matrix */
	int nlayer, nmodel;
	struct refs matrices;
	struct fuzzy fuzzy;             /* what was typed */
	struct offer *offer;
	int n, cap;
};

/* For a view (of enum cmd_where) above the grid of a matrix.  0, or -1 and nothing is open. */
int palette_open(struct palette *p, struct kb *kb, const char *matrix, unsigned where, struct err *e)
	MUST_USE;
void palette_close(struct palette *p);

/* Fill offer[].  Where nothing is typed: the commands of the view, those of every view, the lists. */
int palette_find(struct palette *p, const char *typed, struct err *e) MUST_USE;

#endif
