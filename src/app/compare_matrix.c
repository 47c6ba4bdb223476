/* Two matrices, of any size: heads a few hundred at a time, cells some models at a time. */
#include "config.h"
#include "app/compare_in.h"

#include "base/alloc.h"

enum { HEADS = 256, MODELS = 64 };

/* A matrix, and all layers of some of its models. */
struct strip {
	struct kb_matrix matrix;
	struct side_layers layers;
	struct cell *cell;      /* of models left..left+wide-1, layer by layer */
	int left, wide;
};

/* ---- which layers and models are the same ---- */

typedef int read_heads(struct kb *kb, int64_t matrix, int from, int n, struct head *head, struct err *e);
typedef void take_head(struct compare *c, struct strip *s, int side, int at, const struct head *h);

static int each_head(struct compare *c, struct strip strip[2], int side, int n, read_heads *read,
                     take_head *take, struct err *e)
{
	struct head head[HEADS];
	int rc = 0;

	for (int from = 0; from < n && !rc; from += HEADS) {
		memset(head, 0, sizeof head);
		rc = read(c->kb, strip[side].matrix.id, from, min_int(HEADS, n - from), head, e);
		for (int i = 0; i < HEADS; i++) {
			if (head[i].slug && !rc)
				take(c, &strip[side], side, from + i, &head[i]);
			head_release(&head[i]);
		}
	}
	return rc;
}

static void take_layer(struct compare *c UNUSED, struct strip *s, int side UNUSED, int at,
                       const struct head *h)
{
	side_layers_add(&s->layers, h->id, h->slug, h->label);
	s->layers.layer[s->layers.n - 1].at = at;
}

static void take_model(struct compare *c, struct strip *s UNUSED, int side, int at, const struct head *h)
{
	struct compare_model *m = NULL;

	if (at < c->nmodel && !strcmp(c->model[at].slug, h->slug))      /* most often the same */
		m = &c->model[at];
	for (int i = 0; i < c->nmodel && side && !m; i++)
		if (!strcmp(c->model[i].slug, h->slug))
			m = &c->model[i];
	if (!m) {
		m = GROW(c->model, c->nmodel, c->model_cap);
		*m = (struct compare_model){ xstrdup(h->slug), xstrdup(head_label(h, 1000)), { -1, -1 } };
	}
	m->at[side] = at;
}

/* ---- what differs ---- */

/* See to it that a model is in the strip, and as many as can be of those that will come. */
static int move_to(struct compare *c, struct strip *s, int model, struct err *e)
{
	if (model < 0 || (model >= s->left && model < s->left + s->wide))
		return 0;
	s->wide = min_int(MODELS, s->matrix.models);
	s->left = clamp_int(model < s->left ? model - s->wide + 1 : model, 0, s->matrix.models - s->wide);
	free(s->cell);
	s->cell = xcalloc((size_t)s->matrix.layers * (size_t)s->wide, sizeof *s->cell);
	return kb_cells(c->kb, s->matrix.id, 0, s->matrix.layers, s->left, s->wide, s->cell, e);
}

static int holder_at(const struct strip *s, int layer, int model)
{
	return layer < 0 || model < 0 ? 0 : s->cell[layer * s->wide + model - s->left].holder;
}

static int compare_model(struct compare *c, struct strip strip[2], int model, struct err *e)
{
	const int *at = c->model[model].at;

	if (move_to(c, &strip[0], at[0], e) || move_to(c, &strip[1], at[1], e))
		return -1;
	for (int i = 0; i < c->nlayer; i++) {
		int from = holder_at(&strip[0], c->layer[i].at[0], at[0]);
		int to = holder_at(&strip[1], c->layer[i].at[1], at[1]);
		if (from || to)
			compare_add(c, i, model, from, to);
	}
	return 0;
}

static int load(struct compare *c, struct strip *s, int side, struct err *e)
{
	const char *slug = strchr(c->side[side].link, '/') + 1;
	int rc = kb_matrix(c->kb, slug, &s->matrix, e);

	return rc > 0 ? 0 : rc ? -1 : kb_no_matrix(c->kb, slug, e);
}

int compare_matrices(struct compare *c, struct err *e)
{
	struct strip strip[2] = { { .left = 0 }, { .left = 0 } };
	int rc = load(c, &strip[0], 0, e) || load(c, &strip[1], 1, e) ? -1 : 0;

	for (int side = 0; side < 2 && !rc; side++)
		if (each_head(c, strip, side, strip[side].matrix.layers, kb_layers, take_layer, e) ||
		    each_head(c, strip, side, strip[side].matrix.models, kb_models, take_model, e))
			rc = -1;
	if (!rc) {
		const struct side_layers layers[2] = { strip[0].layers, strip[1].layers };
		rc = compare_pair(c, layers, e);
	}
	for (int i = 0; i < c->nmodel && !rc; i++)
		rc = compare_model(c, strip, i, e);
	for (int side = 0; side < 2; side++) {
		free(strip[side].cell);
		side_layers_release(&strip[side].layers);
		kb_matrix_release(&strip[side].matrix);
	}
	return rc;
}
