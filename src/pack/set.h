/* set: the items of all packs as one whole: the matrices with their parts, the order of all entries and
 * their numbers, and what a link leads to. */
#ifndef PACK_SET_H
#define PACK_SET_H

#include "pack/read.h"

struct set_matrix {
	const struct item *item;
	const struct yaml *models, *layers, *bands, *parties;
	int64_t id, first_model, first_layer;   /* entry numbers; those of the parts follow each other */
};

/* What a link leads to. */
struct target {
	const char *link;
	int64_t id;
	enum item_kind kind;            /* of models and layers: ITEM_MATRIX */
};

struct set {
	struct packs *packs;
	struct set_matrix *matrix;
	int nmatrix, matrix_cap;
	const struct item **holder;     /* number i + 1 */
	int nholder, holder_cap;
	struct target *target;          /* sorted by link */
	int ntarget, target_cap;
	int64_t next;                   /* entry number */
	char **made;                    /* links of models, layers and cells */
	int nmade, made_cap;
};

void set_init(struct set *s, struct packs *packs);
void set_release(struct set *s);

const struct target *set_find(const struct set *s, const char *link);   /* or NULL */
/* "kind/id". */
const struct target *set_find_id(const struct set *s, const char *kind, const char *id);
/* A layer as other matrices name it: "matrix:layer". */
const struct target *set_find_layer(const struct set *s, const char *text);
int set_holder(const struct set *s, const char *id);                    /* number, or 0 */
const struct item *set_holder_item(const struct set *s, int number);
const struct set_matrix *set_matrix(const struct set *s, const char *id);       /* or NULL */
/* The place of an id in a list of fields with "id"; -1. */
int set_index(const struct yaml *list, const char *id);
/* The link of a cell of a matrix, its item (NULL where the pack does not write it), and its holder. */
const struct target *set_cell_target(const struct set *s, const struct set_matrix *m, int layer, int model);
const struct item *set_cell(const struct set *s, const struct set_matrix *m, int layer, int model);
const char *set_cell_holder(const struct set_matrix *m, int layer, int model);
/* Call see for each cell that is the counterpart of one: in another matrix, of a layer that is the same by
 * either's word, and of the model with the same id. */
struct set_place {
	const struct set_matrix *m;
	int layer, model;
};
void set_counterparts(const struct set *s, const struct set_matrix *m, int layer, int model,
                      void (*see)(void *ctx, const struct set_place *other), void *ctx);
/* Whether a counterpart has another holder. */
bool set_differs(const struct set *s, const struct set_matrix *m, int layer, int model);

#endif
