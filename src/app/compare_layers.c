/* Which layers of two sides are the same.  A layer that is the same as several of the other side stands with
 * each of them, and is called by both names. */
#include "config.h"
#include "app/compare_in.h"

#include "base/alloc.h"

struct couple {
	int first, second;      /* -1: alone */
};
struct couples {
	struct couple *couple;
	int n, cap;
};

struct by_id {
	int64_t id;
	int n;
};

static int by_id(const void *a, const void *b)
{
	const struct by_id *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int by_first(const void *a, const void *b)
{
	const struct couple *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->second > y->second) - (x->second < y->second);
}

/* Pair a layer of the second side with that of an id, if the first has it. */
static bool add_couple(struct couples *f, const struct by_id *index, int n, int64_t id, int second)
{
	const struct by_id key = { id, 0 }, *found = bsearch(&key, index, (size_t)n, sizeof key, by_id);

	if (found)
		*GROW(f->couple, f->n, f->cap) = (struct couple){ found->n, second };
	return found != NULL;
}

static int find_couples(struct compare *c, const struct side_layers side[2], const struct by_id *index,
                      struct couples *f, struct err *e)
{
	for (int i = 0; i < side[1].n; i++) {
		int64_t *same = NULL;
		int n = 0;
		if (add_couple(f, index, side[0].n, side[1].layer[i].id, i))
			continue;
		if (kb_same(c->kb, side[1].layer[i].id, &same, &n, e))
			return -1;
		for (int k = 0; k < n; k++)
			add_couple(f, index, side[0].n, same[k], i);
		free(same);
	}
	if (f->n)
		qsort(f->couple, (size_t)f->n, sizeof *f->couple, by_first);
	return 0;
}

/* ---- as layers of the comparison ---- */

/* Either may be NULL; both: by two names, and by the id of the second. */
static void add_layer(struct compare *c, const struct side_layer *first, const struct side_layer *second,
                      bool both)
{
	const struct side_layer *name = first && !both ? first : second;
	struct compare_layer *l = GROW(c->layer, c->nlayer, c->layer_cap);

	*l = (struct compare_layer){ .slug = xstrdup(name->slug), .at = { first ? first->at : -1,
		second ? second->at : -1 } };
	for (int i = 0; i < 3; i++) {
		struct buf label = { 0 };
		if (both)
			buf_addf(&label, "%s / ", first->label[i]);
		buf_add(&label, name->label[i]);
		l->label[i] = buf_detach(&label);
	}
	l->own[0] = first ? xstrdup(first->slug) : NULL;
	l->own[1] = second ? xstrdup(second->slug) : NULL;
}

static void add_layers(struct compare *c, const struct side_layers side[2], const struct couples *f)
{
	bool *taken = xcalloc((size_t)side[1].n, sizeof *taken);
	int at = 0;

	for (int i = 0; i < side[0].n; i++) {
		int from = at;
		while (at < f->n && f->couple[at].first == i)
			at++;
		if (at == from)
			add_layer(c, &side[0].layer[i], NULL, false);
		for (int k = from; k < at; k++) {
			taken[f->couple[k].second] = true;
			add_layer(c, &side[0].layer[i], &side[1].layer[f->couple[k].second], at - from > 1);
		}
	}
	for (int i = 0; i < side[1].n; i++)
		if (!taken[i])
			add_layer(c, NULL, &side[1].layer[i], false);
	free(taken);
}

int compare_pair(struct compare *c, const struct side_layers side[2], struct err *e)
{
	struct by_id *index = xcalloc((size_t)side[0].n, sizeof *index);
	struct couples found = { 0 };
	int rc;

	for (int i = 0; i < side[0].n; i++)
		index[i] = (struct by_id){ side[0].layer[i].id, i };
	if (side[0].n)
		qsort(index, (size_t)side[0].n, sizeof *index, by_id);
	rc = find_couples(c, side, index, &found, e);
	if (!rc)
		add_layers(c, side, &found);
	free(index);
	free(found.couple);
	return rc;
}

void side_layers_add(struct side_layers *s, int64_t id, const char *slug, char *const label[3])
{
	struct side_layer *l = GROW(s->layer, s->n, s->cap);

	*l = (struct side_layer){ .id = id, .slug = xstrdup(slug), .at = s->n - 1 };
	for (int i = 0; i < 3; i++)
		l->label[i] = xstrdup(label[i]);
}

void side_layers_release(struct side_layers *s)
{
	for (int i = 0; i < s->n; i++) {
		free(s->layer[i].slug);
		for (int k = 0; k < 3; k++)
			free(s->layer[i].label[k]);
	}
	free(s->layer);
	*s = (struct side_layers){ 0 };
}
