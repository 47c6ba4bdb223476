/* column: what a service makes of the column of its model: the holders and duties of its layers. */
#ifndef PACK_COLUMN_H
#define PACK_COLUMN_H

#include "pack/set.h"

struct column {
	const struct set_matrix *m;     /* NULL: the model is none */
	int model;
	const struct yaml *overrides;
};

struct column column_of(const struct set *s, const struct item *service);
/* The layer of an override, or -1. */
int column_layer(const struct column *c, const struct yaml *override);
/* The duties of an overridden layer: those of the model's cell that the override neither drops nor replaces,
 * each replaced one in its place, then the new ones.  *n of them; the array is yours to free. */
const struct yaml **column_duties(const struct set *s, const struct column *c, const struct yaml *override,
                                  int *n);

#endif
