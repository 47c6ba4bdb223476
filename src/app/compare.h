/* compare: what is different between two models, two services, a model and a service, or two matrices: layer
 * by layer whose it is, and what each party does no longer, from now on, or as before.
 *
 * Layers are the same if they are one, or if one of them names the other (`same`); models of two matrices if
 * they have the same id.  A duty is the same if it has the same id. */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

#include "app/page.h"
#include "app/table.h"

/* A layer of either side, or one of both that are the same; where one is the same as several, it stands with
 * each of them, under both names. */
struct compare_layer {
	char *slug, *label[3];  /* of the first side that has it, long to short */
	char *own[2];           /* the id on each side; NULL: that side has none */
	int at[2];              /* its row in the columns or matrices of the sides; -1 */
};

/* A layer in a model, on both sides, whether it differs or not. */
struct change {
	int layer;              /* in layer[] */
	int model;              /* in model[]; -1 unless two matrices are compared */
	int from, to;           /* holders; 0: that side has no such layer */
};

struct compare_side {
	char *link, *title;
	int64_t model, service; /* service 0: it is a model */
	struct column column;   /* of matrices: none */
};

struct compare {
	struct kb *kb;                  /* borrowed */
	struct compare_side side[2];
	bool matrices;
	bool all;                       /* for who shows it: also what does not differ; false to begin with */
	struct compare_layer *layer;
	int nlayer, layer_cap;
	struct compare_model {          /* of matrices */
		char *slug, *title;
		int at[2];              /* its column in either; -1 */
	} *model;
	int nmodel, model_cap;
	struct change *change;          /* layer by layer, of matrices model by model */
	int n, cap;
	int nchange, same;              /* how many of them differ, and do not */
};

/* Of exact links.  NULL and *e (STATUS_USAGE where the two cannot be compared). */
struct compare *compare_load(struct kb *kb, const char *from, const char *to, struct err *e) MUST_USE;
/* The same of "A..B". */
struct compare *compare_of(struct kb *kb, const char *link, struct err *e) MUST_USE;
void compare_free(struct compare *c);   /* NULL is fine */

/* The next change that is shown (c->all), from *at on, 0 to begin with; *at is behind it then.  NULL: no
 * more. */
const struct change *compare_next(const struct compare *c, int *at);

/* Append the link of the cell of a change on a side; false where that has none. */
bool compare_cell(const struct compare *c, const struct change *ch, int side, struct buf *link);

/* What happens to the duties of a layer; of matrices, which are compared by holders alone, nothing. */
enum move_how { MOVE_GONE, MOVE_PASSES, MOVE_NEW, MOVE_STAYS, MOVE__COUNT };
struct move {
	enum move_how how;
	struct duty duty;       /* as it is then; of one that is gone, as it was */
};
struct moves {
	struct move *move;
	int n, cap;
	int count[MOVE__COUNT];
};
/* Those of a change, how by how.  *moves is for moves_release(), also after -1. */
int compare_moves(const struct compare *c, const struct change *ch, struct moves *moves, struct err *e)
	MUST_USE;
void moves_release(struct moves *moves);
/* "No longer", "Passes on", "New", "As before". */
const char *move_word(enum move_how how);

/* The comparison as a page: a section for each change that is shown, named as compare_section() names it; of
 * matrices one for each model, with a line a change.  NULL and *e. */
struct page *compare_page(const struct compare *c, struct err *e) MUST_USE;
/* One change alone, as a page with the link of its section.  NULL and *e. */
struct page *compare_change_page(const struct compare *c, const struct change *ch, struct err *e) MUST_USE;
/* "layer/os", of matrices "paas". */
void compare_section(const struct compare *c, const struct change *ch, struct buf *name);

/* The changes that are shown as rows of a table of two columns, of matrices with a band a model.  The
 * comparison has to live as long.  NULL and *e. */
struct table *compare_table(const struct compare *c, struct err *e) MUST_USE;
/* The change of a row of such a table, or NULL. */
const struct change *compare_row(const struct table *t, int row);

#endif
