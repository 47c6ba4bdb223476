#include "config.h"
#include "pack/set.h"

#include "base/alloc.h"

static void add_target(struct set *s, const char *link, enum item_kind kind)
{
	*GROW(s->target, s->ntarget, s->target_cap) = (struct target){ link, s->next++, kind };
}

/* With a link that no file has; the set keeps it. */
static void add_made(struct set *s, char *link, enum item_kind kind)
{
	*GROW(s->made, s->nmade, s->made_cap) = link;
	add_target(s, link, kind);
}

static void add_parts(struct set *s, const struct yaml *list, const char *prefix, const char *matrix)
{
	for (int i = 0; i < list->n; i++) {
		struct buf link = { 0 };
		buf_addf(&link, "%s:%s%s", matrix, prefix, shape_text(list->item[i], "id"));
		add_made(s, buf_detach(&link), ITEM_MATRIX);
	}
}

static void add_matrices(struct set *s)
{
	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		if (item->kind != ITEM_MATRIX)
			continue;
		*GROW(s->matrix, s->nmatrix, s->matrix_cap) =
			(struct set_matrix){ .item = item,
					     .models = shape_list(item->y, "models"),
					     .layers = shape_list(item->y, "layers"),
					     .bands = shape_list(item->y, "bands"),
					     .parties = shape_list(item->y, "parties"),
					     .id = s->next };
		add_target(s, item->link, ITEM_MATRIX);
	}
	for (int i = 0; i < s->nmatrix; i++) {
		s->matrix[i].first_model = s->next;
		add_parts(s, s->matrix[i].models, "", s->matrix[i].item->id);
	}
	for (int i = 0; i < s->nmatrix; i++) {
		s->matrix[i].first_layer = s->next;
		add_parts(s, s->matrix[i].layers, "layer/", s->matrix[i].item->id);
	}
}

static int by_link(const void *a, const void *b)
{
	return strcmp(((const struct target *)a)->link, ((const struct target *)b)->link);
}

static const struct item *item_of(const struct set *s, const char *link)
{
	int low = 0, high = s->packs->n;

	while (low < high) {
		int mid = (low + high) / 2;
		if (strcmp(s->packs->item[mid].link, link) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->packs->n && !strcmp(s->packs->item[low].link, link) ? &s->packs->item[low] : NULL;
}

static char *cell_link(const struct set_matrix *m, int layer, int model)
{
	struct buf link = { 0 };

	buf_addf(&link, "%s:%s/%s", m->item->id, shape_text(m->models->item[model], "id"),
	         shape_text(m->layers->item[layer], "id"));
	return buf_detach(&link);
}

const struct item *set_cell(const struct set *s, const struct set_matrix *m, int layer, int model)
{
	char *link = cell_link(m, layer, model);
	const struct item *item = item_of(s, link);

	free(link);
	return item;
}

const struct target *set_cell_target(const struct set *s, const struct set_matrix *m, int layer, int model)
{
	char *link = cell_link(m, layer, model);
	const struct target *t = set_find(s, link);

	free(link);
	return t;
}

const struct target *set_find_layer(const struct set *s, const char *text)
{
	size_t n = strcspn(text, ":");
	const struct target *t = NULL;
	struct buf link = { 0 };

	if (text[n]) {
		buf_addf(&link, "%.*s:layer/%s", (int)n, text, text + n + 1);
		t = set_find(s, buf_str(&link));
		buf_release(&link);
	}
	return t;
}

const char *set_cell_holder(const struct set_matrix *m, int layer, int model)
{
	return shape_text(shape_list(m->layers->item[layer], "holders"),
	                  shape_text(m->models->item[model], "id"));
}

/* Whether a layer names another one: in its list stands MATRIX:LAYER. */
static bool names(const struct yaml *layer, const struct set_matrix *m, const struct yaml *other)
{
	const struct yaml *same = shape_list(layer, "same");
	size_t n = strlen(m->item->id);

	for (int i = 0; i < same->n; i++)
		if (!strncmp(same->item[i]->text, m->item->id, n) && same->item[i]->text[n] == ':' &&
		    !strcmp(same->item[i]->text + n + 1, shape_text(other, "id")))
			return true;
	return false;
}

void set_counterparts(const struct set *s, const struct set_matrix *m, int layer, int model,
                      void (*see)(void *ctx, const struct set_place *other), void *ctx)
{
	const struct yaml *mine = m->layers->item[layer];
	const char *id = shape_text(m->models->item[model], "id");

	for (int i = 0; i < s->nmatrix; i++) {
		struct set_place p = { &s->matrix[i], 0, set_index(s->matrix[i].models, id) };
		for (; p.m != m && p.model >= 0 && p.layer < p.m->layers->n; p.layer++)
			if (names(mine, p.m, p.m->layers->item[p.layer]) ||
			    names(p.m->layers->item[p.layer], m, mine))
				see(ctx, &p);
	}
}

static void add_cells(struct set *s)
{
	for (int i = 0; i < s->nmatrix; i++)
		for (int y = 0; y < s->matrix[i].layers->n; y++)
			for (int x = 0; x < s->matrix[i].models->n; x++)
				add_made(s, cell_link(&s->matrix[i], y, x), ITEM_CELL);
}

void set_init(struct set *s, struct packs *packs)
{
	*s = (struct set){ .packs = packs, .next = 1 };
	for (int i = 0; i < packs->n; i++)
		if (packs->item[i].kind == ITEM_HOLDER)
			*GROW(s->holder, s->nholder, s->holder_cap) = &packs->item[i];
	add_matrices(s);
	add_cells(s);
	for (enum item_kind kind = ITEM_EXAMPLE; kind <= ITEM_SOURCE; kind++)
		for (int i = 0; i < packs->n; i++)
			if (packs->item[i].kind == kind)
				add_target(s, packs->item[i].link, kind);
	if (s->ntarget)
		qsort(s->target, (size_t)s->ntarget, sizeof *s->target, by_link);
}

void set_release(struct set *s)
{
	for (int i = 0; i < s->nmade; i++)
		free(s->made[i]);
	free(s->made);
	free(s->matrix);
	free(s->holder);
	free(s->target);
	*s = (struct set){ 0 };
}

const struct target *set_find(const struct set *s, const char *link)
{
	struct target key = { .link = link };

	return s->ntarget ? bsearch(&key, s->target, (size_t)s->ntarget, sizeof key, by_link) : NULL;
}

const struct target *set_find_id(const struct set *s, const char *kind, const char *id)
{
	struct buf link = { 0 };
	const struct target *t;

	buf_addf(&link, "%s/%s", kind, id);
	t = set_find(s, buf_str(&link));
	buf_release(&link);
	return t;
}

int set_holder(const struct set *s, const char *id)
{
	for (int i = 0; i < s->nholder; i++)
		if (!strcmp(s->holder[i]->id, id))
			return i + 1;
	return 0;
}

const struct item *set_holder_item(const struct set *s, int number)
{
	return number > 0 && number <= s->nholder ? s->holder[number - 1] : NULL;
}

const struct set_matrix *set_matrix(const struct set *s, const char *id)
{
	for (int i = 0; i < s->nmatrix; i++)
		if (!strcmp(s->matrix[i].item->id, id))
			return &s->matrix[i];
	return NULL;
}

int set_index(const struct yaml *list, const char *id)
{
	for (int i = 0; i < list->n; i++)
		if (!strcmp(shape_text(list->item[i], "id"), id))
			return i;
	return -1;
}

struct differs {
	const char *holder;
	bool differs;
};

static void see_holder(void *ctx, const struct set_place *other)
{
	struct differs *d = ctx;

	d->differs |= strcmp(set_cell_holder(other->m, other->layer, other->model), d->holder) != 0;
}

bool set_differs(const struct set *s, const struct set_matrix *m, int layer, int model)
{
	struct differs d = { set_cell_holder(m, layer, model), false };

	set_counterparts(s, m, layer, model, see_holder, &d);
	return d.differs;
}
