/* compare: what is different between two models, two services, a model and a service, or two matrices: layer
 * by layer whose it is, and what each party does no longer, from now on, or as before.
 *
 * Layers are the same if they are one, or if one of them names the other (`same`); models of two matrices if
 * they have the same id.  A duty is the same if it has the same id. */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

#include "app/page.h"

/* A layer that differs; of two matrices, in a model. */
struct change {
	char *layer, *title;            /* id and label; of the first side that has it */
	char *model;                    /* id; NULL unless two matrices are compared */
	int from, to;                   /* holders; 0: that side has no such layer */
	struct duties before, after;    /* of a comparison of matrices: none */
};

struct compare {
	struct kb *kb;                  /* borrowed */
	char *link[2], *title[2];
	bool matrices;
	struct change *change;
	int nchange, cap;
	int same;                       /* layers (of matrices: cells) that do not differ */
};

/* Of exact links.  NULL and *e (STATUS_USAGE where the two cannot be compared). */
struct compare *compare_load(struct kb *kb, const char *from, const char *to, struct err *e) MUST_USE;
/* Of "A..B", the link of a comparison. */
struct compare *compare_of(struct kb *kb, const char *link, struct err *e) MUST_USE;
void compare_free(struct compare *c);   /* NULL is fine */

/* The comparison as a page: a section for each change. */
struct page *compare_page(const struct compare *c) MUST_USE;

#endif
