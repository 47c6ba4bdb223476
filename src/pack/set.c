#include "config.h"
#include "pack/set.h"

#include "base/alloc.h"

static void add_target(struct set *s, const char *link, const char *kind)
{
	*GROW(s->target, s->ntarget, s->target_cap) = (struct target){ link, s->next++, kind };
}

/* With a link that no file has; the set keeps it. */
static void add_made(struct set *s, char *link, const char *kind)
{
	*GROW(s->made, s->nmade, s->made_cap) = link;
	add_target(s, link, kind);
}

static void add_parts(struct set *s, const struct yaml *list, const char *kind, const char *prefix,
                      const char *matrix)
{
	for (int i = 0; i < list->n; i++) {
		struct buf link = { 0 };
		buf_addf(&link, "%s:%s%s", matrix, prefix, shape_text(list->item[i], "id"));
		add_made(s, buf_detach(&link), kind);
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
		add_target(s, item->link, item_word[item->kind]);
	}
	for (int i = 0; i < s->nmatrix; i++) {
		s->matrix[i].first_model = s->next;
		add_parts(s, s->matrix[i].models, "model", "", s->matrix[i].item->id);
	}
	for (int i = 0; i < s->nmatrix; i++) {
		s->matrix[i].first_layer = s->next;
		add_parts(s, s->matrix[i].layers, "layer", "layer/", s->matrix[i].item->id);
	}
}

static int by_link(const void *a, const void *b)
{
	return strcmp(((const struct target *)a)->link, ((const struct target *)b)->link);
}

const struct item *set_item(const struct set *s, const char *link)
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
	const struct item *item = set_item(s, link);

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
				add_made(s, cell_link(&s->matrix[i], y, x), "cell");
}

/* "benchmark/ID" as a control: of a benchmark that there is, and an id that could be one. */
static bool control_of(const struct set *s, const char *text, struct set_control *c)
{
	struct buf link = { 0 };
	size_t n = strcspn(text, "/");

	*c = (struct set_control){ .y = NULL };
	buf_addf(&link, "benchmark/%.*s", (int)n, text);
	c->benchmark = text[n] ? set_item(s, buf_str(&link)) : NULL;
	c->id = text + n + !!text[n];
	buf_release(&link);
	return c->benchmark && is_code(c->id);
}

static void add_control(struct set *s, struct set_control c)
{
	struct buf link = { 0 };

	buf_addf(&link, "control/%s/%s", c.benchmark->id, c.id);
	*GROW(s->made, s->nmade, s->made_cap) = buf_detach(&link);
	c.link = s->made[s->nmade - 1];
	*GROW(s->control, s->ncontrol, s->control_cap) = c;
}

/* As their benchmark lists them; those that it does not list, behind, in the order of their numbers. */
static int by_control(const void *a, const void *b)
{
	const struct set_control *x = a, *y = b;
	int order = strcmp(x->benchmark->id, y->benchmark->id);

	if (!order && x->y && y->y)
		order = x->y->at.line != y->y->at.line ? x->y->at.line - y->y->at.line
						       : x->y->at.column - y->y->at.column;
	if (!order)
		order = (y->y != NULL) - (x->y != NULL);
	return order ? order : strverscmp(x->id, y->id);
}

static int by_control_link(const void *a, const void *b)
{
	const struct set_control *x = a, *y = b;
	int order = strcmp(x->link, y->link);

	return order ? order : (y->y != NULL) - (x->y != NULL);
}

/* Each once, the listed one first. */
static void keep_one(struct set *s)
{
	int kept = 0;

	if (s->ncontrol)
		qsort(s->control, (size_t)s->ncontrol, sizeof *s->control, by_control_link);
	for (int i = 0; i < s->ncontrol; i++)
		if (!kept || strcmp(s->control[kept - 1].link, s->control[i].link))
			s->control[kept++] = s->control[i];
	s->ncontrol = kept;
	if (kept)
		qsort(s->control, (size_t)kept, sizeof *s->control, by_control);
}

static void add_controls(struct set *s)
{
	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		const struct yaml *list = shape_list(item->y, "controls");
		for (int k = 0; item->kind == ITEM_BENCHMARK && k < list->n; k++) {
			const struct yaml *y = list->item[k], *maps = shape_list(y, "maps");
			struct set_control one = { .benchmark = item, .id = shape_text(y, "id"), .y = y };
			struct set_control other;
			add_control(s, one);
			for (int m = 0; m < maps->n; m++)
				if (control_of(s, maps->item[m]->text, &other))
					add_control(s, other);
		}
	}
	keep_one(s);
	for (int i = 0; i < s->ncontrol; i++) {
		s->control[i].entry = s->next;
		add_target(s, s->control[i].link, "control");
	}
}

static void add_words(struct set *s)
{
	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		const struct yaml *also = shape_list(item->y, "also");
		if (item->kind != ITEM_TERM || !strcmp(shape_text(item->y, "auto"), "no"))
			continue;
		*GROW(s->word, s->nword, s->word_cap) =
			(struct md_word){ shape_text(item->y, "term"), item->link };
		for (int k = 0; k < also->n; k++)
			*GROW(s->word, s->nword, s->word_cap) =
				(struct md_word){ also->item[k]->text, item->link };
	}
	md_words_sort(s->word, s->nword);
}

void set_init(struct set *s, struct packs *packs)
{
	*s = (struct set){ .packs = packs, .next = 1 };
	for (int i = 0; i < packs->n; i++)
		if (packs->item[i].kind == ITEM_HOLDER)
			*GROW(s->holder, s->nholder, s->holder_cap) = &packs->item[i];
	add_matrices(s);
	add_cells(s);
	for (enum item_kind kind = ITEM_BENCHMARK; kind < ITEM__COUNT; kind++)
		for (int i = 0; i < packs->n; i++)
			if (packs->item[i].kind == kind)
				add_target(s, packs->item[i].link, item_word[kind]);
	add_controls(s);
	add_words(s);
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
	free(s->control);
	free(s->word);
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

struct same {
	const struct set *set;
	const char *holder;
	const struct item *found;
};

/* A counterpart that answers in the same way and says what is done. */
static void see_same(void *ctx, const struct set_place *other)
{
	struct same *s = ctx;

	if (!s->found && !strcmp(set_cell_holder(other->m, other->layer, other->model), s->holder))
		s->found = set_cell(s->set, other->m, other->layer, other->model);
}

const struct item *set_cell_or_same(const struct set *s, const struct set_matrix *m, int layer, int model)
{
	struct same same = { s, set_cell_holder(m, layer, model), set_cell(s, m, layer, model) };

	if (!same.found)
		set_counterparts(s, m, layer, model, see_same, &same);
	return same.found;
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

static void see_named(const struct set *s, const struct field *f, const struct yaml *at,
                      void (*see)(void *ctx, const struct named *n), void *ctx)
{
	bool link = f->type == FIELD_LINK || f->type == FIELD_LINKS;
	struct named n = { f, at, link ? set_find(s, at->text) : set_find_id(s, f->of, at->text) };

	see(ctx, &n);
}

void set_named(const struct set *s, const struct shape *shape, const struct yaml *y, bool deep,
               void (*see)(void *ctx, const struct named *n), void *ctx)
{
	for (int i = 0; i < shape->n; i++) {
		const struct field *f = &shape->field[i];
		const struct yaml *value = yaml_get(y, f->key);
		bool one = f->type == FIELD_LINK || (f->type == FIELD_SLUG && f->of);
		bool ids = f->type == FIELD_SLUGS || f->type == FIELD_LINES;
		bool many = f->type == FIELD_LINKS || (ids && f->of);

		if (!value)
			continue;
		if (one)
			see_named(s, f, value, see, ctx);
		for (int k = 0; many && k < value->n; k++)
			see_named(s, f, value->item[k], see, ctx);
		for (int k = 0; deep && f->type == FIELD_SHAPES && k < value->n; k++)
			set_named(s, f->shape, value->item[k], true, see, ctx);
	}
}

void set_prose(const struct set *s, const char *prose, const char *self, struct buf *out)
{
	md_link_words(out, prose, s->word, s->nword, self);
}
