/* set: the items of all packs as one whole: the matrices with their parts, the order of all entries and
 * their numbers, and what a link leads to. */
#ifndef PACK_SET_H
#define PACK_SET_H

#include "pack/read.h"
#include "text/md.h"

struct set_matrix {
	const struct item *item;
	const struct yaml *models, *layers, *bands, *parties;
	int64_t id, first_model, first_layer;   /* entry numbers; those of the parts follow each other */
};

/* A control that a benchmark lists (y), or that is only known because another one is mapped to it. */
struct set_control {
	const struct item *benchmark;
	const char *link, *id;
	const struct yaml *y;           /* or NULL */
	int64_t entry;
};

/* What a link leads to. */
struct target {
	const char *link;
	int64_t id;
	const char *kind;               /* "cell", "layer", "service" */
};

struct set {
	struct packs *packs;
	struct set_matrix *matrix;
	int nmatrix, matrix_cap;
	const struct item **holder;     /* number i + 1 */
	int nholder, holder_cap;
	struct set_control *control;
	int ncontrol, control_cap;
	struct md_word *word;           /* the terms that prose becomes links to */
	int nword, word_cap;
	struct target *target;          /* sorted by link */
	int ntarget, target_cap;
	int64_t next;                   /* entry number */
	char **made;                    /* links that no file has: of models, layers, cells and controls */
	int nmade, made_cap;
};

void set_init(struct set *s, struct packs *packs);
void set_release(struct set *s);

const struct target *set_find(const struct set *s, const char *link);   /* or NULL */
/* "kind/id". */
const struct target *set_find_id(const struct set *s, const char *kind, const char *id);
/* A layer as other matrices name it: "matrix:layer". */
const struct target *set_find_layer(const struct set *s, const char *text);
/* The item with this link, or NULL; of models, layers and controls there is none. */
const struct item *set_item(const struct set *s, const char *link);
int set_holder(const struct set *s, const char *id);                    /* number, or 0 */
const struct item *set_holder_item(const struct set *s, int number);
const struct set_matrix *set_matrix(const struct set *s, const char *id);       /* or NULL */
/* The place of an id in a list of fields with "id"; -1. */
int set_index(const struct yaml *list, const char *id);
/* The link of a cell of a matrix, its item (NULL where the pack does not write it), and its holder. */
const struct target *set_cell_target(const struct set *s, const struct set_matrix *m, int layer, int model);
const struct item *set_cell(const struct set *s, const struct set_matrix *m, int layer, int model);
const char *set_cell_holder(const struct set_matrix *m, int layer, int model);
/* The item of a cell, or of the first counterpart that has the same holder, whose duties it then shows. */
const struct item *set_cell_or_same(const struct set *s, const struct set_matrix *m, int layer, int model);
/* What a field of y names: call see for each id and link in it, of whatever kind the shape says; deep: in the
 * shapes within it too. */
struct named {
	const struct field *field;
	const struct yaml *at;          /* the id or link, as it is written */
	const struct target *target;    /* NULL: there is none */
};
void set_named(const struct set *s, const struct shape *shape, const struct yaml *y, bool deep,
               void (*see)(void *ctx, const struct named *n), void *ctx);
/* Prose of an entry, in which the first occurrence of each term is a link to it. */
void set_prose(const struct set *s, const char *prose, const char *self, struct buf *out);
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
