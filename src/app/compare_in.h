/* compare_in: what the files of compare share, and nobody else sees. */
#ifndef APP_COMPARE_IN_H
#define APP_COMPARE_IN_H

#include "app/compare.h"

/* Add a layer that so far only one side has; borrowed until the next one. */
struct compare_layer *compare_add_layer(struct compare *c, int side, int64_t id, const char *slug,
                                        char *const label[3]);
/* Add a change, also one that is none. */
void compare_add(struct compare *c, int layer, int model, int from, int to);

/* Compare the matrices of the sides. */
int compare_matrices(struct compare *c, struct err *e) MUST_USE;

#endif
