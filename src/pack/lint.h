/* lint: what the shapes cannot see: whether the parts of the packs fit each other.  lint.c has what is about
 * matrices and cells, lint_entry.c what is about single entries and about all of them together. */
#ifndef PACK_LINT_H
#define PACK_LINT_H

#include "pack/set.h"

void lint(const struct set *s, struct faults *f);

/* ---- between the two files ---- */

void lint_entries(const struct set *s, struct faults *f);
/* The holder that a field names is there, and where it must be a party, it is one. */
void lint_holder(const struct set *s, const struct yaml *map, const char *key, bool party, struct faults *f);
/* No two items of a list have the same value of a key. */
void lint_twice(const struct yaml *list, const char *key, const char *what, struct faults *f);
/* The duties of one cell, as they are written. */
void lint_duties(const struct set *s, const struct yaml *duties, struct faults *f);
/* Whoever answers for a cell has a duty among n; where it is shared, each party of the matrix does. */
void lint_sides(const struct set *s, const struct set_matrix *m, struct place at, const char *holder,
                const struct yaml *const *duty, int n, struct faults *f);

#endif
