/* compare_in: what the files of compare share, and nobody else sees. */
#ifndef APP_COMPARE_IN_H
#define APP_COMPARE_IN_H

#include "app/compare.h"

/* The layers of one side, in order. */
struct side_layer {
	int64_t id;
	char *slug, *label[3];
	int at;                 /* its place there */
};
struct side_layers {
	struct side_layer *layer;
	int n, cap;
};
void side_layers_add(struct side_layers *s, int64_t id, const char *slug, char *const label[3]);
void side_layers_release(struct side_layers *s);

/* Make the layers of the comparison of those of both sides. */
int compare_pair(struct compare *c, const struct side_layers side[2], struct err *e) MUST_USE;

/* Add a change, also one that is none. */
void compare_add(struct compare *c, int layer, int model, int from, int to);

/* Compare the matrices of the sides. */
int compare_matrices(struct compare *c, struct err *e) MUST_USE;

#endif
