#include "config.h"
#include "pack/lint.h"

#include "text/md.h"

struct lint {
	const struct set *set;
	struct faults *faults;
	const struct item *item;        /* whose prose is read */
	struct place prose;             /* of its first line */
};

static void twice(const struct yaml *list, const char *what, struct faults *f)
{
	for (int i = 0; i < list->n; i++) {
		const char *id = shape_text(list->item[i], "id");
		int first = set_index(list, id);
		if (first < i)
			fault_add(f, list->item[i]->at,
				  "the id %s is there twice among the %s; the other one is in line %d",
				  id, what, list->item[first]->at.line);
	}
}

static void see_link(void *ctx, const char *link, int line)
{
	struct lint *l = ctx;
	struct place at = l->prose;

	at.line += line - 1;
	if (md_is_ours(link) && !set_find(l->set, link))
		fault_add(l->faults, at, "the link %s leads nowhere", link);
}

/* A block scalar begins on the line below its key. */
static void check_prose(struct lint *l, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (!y)
		return;
	l->prose = (struct place){ y->at.file, y->at.line + y->block, 1 };
	md_links(y->text, see_link, l);
}

static void check_sources(struct lint *l, const struct yaml *map)
{
	const struct yaml *list = shape_list(map, "sources");

	for (int i = 0; i < list->n; i++)
		if (!set_find_id(l->set, "source", list->item[i]->text))
			fault_add(l->faults, list->item[i]->at, "there is no source %s in sources.yaml",
				  list->item[i]->text);
}

static void check_links(struct lint *l, const struct yaml *map, const char *key)
{
	const struct yaml *list = shape_list(map, key);

	for (int i = 0; i < list->n; i++) {
		const struct target *t = set_find(l->set, list->item[i]->text);
		if (!t)
			fault_add(l->faults, list->item[i]->at, "the link %s leads nowhere",
				  list->item[i]->text);
		else if (!strcmp(key, "cells") && t->kind != ITEM_CELL)
			fault_add(l->faults, list->item[i]->at,
				  "%s is no cell; write MATRIX:MODEL/LAYER", t->link);
	}
}

static void check_ids(struct lint *l, const struct yaml *map, const char *key, const char *kind)
{
	const struct yaml *list = shape_list(map, key);

	for (int i = 0; i < list->n; i++)
		if (!set_find_id(l->set, kind, list->item[i]->text))
			fault_add(l->faults, list->item[i]->at, "there is no %s %s", kind,
				  list->item[i]->text);
}

static void check_holder(struct lint *l, const struct yaml *map, const char *key, bool party)
{
	const struct yaml *y = yaml_get(map, key);
	const struct item *holder = y ? set_holder_item(l->set, set_holder(l->set, y->text)) : NULL;

	if (y && !holder)
		fault_add(l->faults, y->at, "there is no holder %s in holders.yaml", y->text);
	else if (y && party && strcmp(shape_text(holder->y, "party"), "yes"))
		fault_add(l->faults, y->at, "%s is no party, so it cannot have duties", y->text);
}

struct same {
	const struct set *set;
	const char *holder;
	bool found;
};

/* A counterpart that answers in the same way and says what is done. */
static void see_same(void *ctx, const struct set_place *other)
{
	struct same *s = ctx;

	s->found |= !strcmp(set_cell_holder(other->m, other->layer, other->model), s->holder) &&
	            set_cell(s->set, other->m, other->layer, other->model);
}

/* A cell may leave its duties to a counterpart, but only where the holder is the same. */
static void check_written(struct lint *l, const struct set_matrix *m, int layer, int model)
{
	struct same s = { l->set, set_cell_holder(m, layer, model), false };
	const char *id = shape_text(m->models->item[model], "id");
	const char *row = shape_text(m->layers->item[layer], "id");

	if (set_cell(l->set, m, layer, model))
		return;
	set_counterparts(l->set, m, layer, model, see_same, &s);
	if (!s.found)
		fault_add(
			l->faults, m->layers->item[layer]->at,
			"the cell %s:%s/%s is missing; write it in cell/%s/%s.yaml, as no counterpart has "
			"the same holder and duties",
			m->item->id, id, row, m->item->id, row);
}

/* MATRIX:LAYER, of another matrix. */
static void check_same(struct lint *l, const struct set_matrix *m, const struct yaml *layer)
{
	const struct yaml *same = shape_list(layer, "same");

	for (int i = 0; i < same->n; i++) {
		const char *text = same->item[i]->text;
		const struct target *t = set_find_layer(l->set, text);
		if (!t)
			fault_add(l->faults, same->item[i]->at,
				  "there is no layer %s; write MATRIX:LAYER", text);
		else if (t->id >= m->first_layer && t->id < m->first_layer + m->layers->n)
			fault_add(l->faults, same->item[i]->at, "%s is in this matrix itself", text);
	}
}

static void check_layer(struct lint *l, const struct set_matrix *m, int at)
{
	const struct yaml *layer = m->layers->item[at], *holders = shape_list(layer, "holders");
	const struct yaml *band = yaml_get(layer, "band");

	check_same(l, m, layer);
	if (band && set_index(m->bands, band->text) < 0)
		fault_add(l->faults, band->at, "there is no band %s in this matrix", band->text);
	if (!band && m->bands->n)
		fault_add(l->faults, layer->at, "this layer needs a band, since the matrix has bands");
	for (int i = 0; i < holders->n; i++) {
		if (set_index(m->models, holders->key[i]->text) < 0)
			fault_add(l->faults, holders->key[i]->at, "there is no model %s in this matrix",
				  holders->key[i]->text);
		check_holder(l, holders, holders->key[i]->text, false);
	}
	for (int x = 0; x < m->models->n; x++) {
		const char *model = shape_text(m->models->item[x], "id");
		if (!yaml_get(holders, model))
			fault_add(l->faults, holders->at, "the holder of %s is missing", model);
		else
			check_written(l, m, at, x);
	}
}

/* The layers of a band stand together, and bands follow each other as they are listed. */
static void check_band_order(struct lint *l, const struct set_matrix *m)
{
	int last = -1;

	for (int y = 0; y < m->layers->n; y++) {
		int band = set_index(m->bands, shape_text(m->layers->item[y], "band"));
		if (band >= 0 && band < last)
			fault_add(l->faults, m->layers->item[y]->at,
				  "the layers of a band must stand together, in the "
				  "order of the bands");
		last = band > last ? band : last;
	}
}

static void check_bands(struct lint *l, const struct set_matrix *m)
{
	for (int i = 0; i < m->bands->n; i++) {
		bool used = false;
		for (int y = 0; y < m->layers->n; y++)
			used |= set_index(m->bands, shape_text(m->layers->item[y], "band")) == i;
		if (!used)
			fault_add(l->faults, m->bands->item[i]->at, "no layer is in the band %s",
			          shape_text(m->bands->item[i], "id"));
	}
}

static void check_matrix(struct lint *l, const struct set_matrix *m)
{
	const struct yaml *list[] = { m->models, m->layers };
	int layer = set_index(m->models, "layer");

	twice(m->models, "models", l->faults);
	twice(m->layers, "layers", l->faults);
	twice(m->bands, "bands", l->faults);
	if (layer >= 0)                 /* its cells would have the links of layers */
		fault_add(l->faults, m->models->item[layer]->at, "layer cannot be the id of a model");
	for (int i = 0; i < m->parties->n; i++) {
		const struct item *h =
			set_holder_item(l->set, set_holder(l->set, m->parties->item[i]->text));
		if (!h || strcmp(shape_text(h->y, "party"), "yes"))
			fault_add(l->faults, m->parties->item[i]->at, "%s is no holder that can be a party",
			          m->parties->item[i]->text);
	}
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < list[k]->n; i++) {
			check_sources(l, list[k]->item[i]);
			check_prose(l, list[k]->item[i], "text");
		}
	for (int y = 0; y < m->layers->n; y++)
		check_layer(l, m, y);
	check_band_order(l, m);
	check_bands(l, m);
}

static bool has_duty(const struct yaml *duties, const char *party)
{
	for (int i = 0; i < duties->n; i++)
		if (!strcmp(shape_text(duties->item[i], "party"), party))
			return true;
	return false;
}

/* Whoever answers for a cell does something there; where it is shared, every party of the matrix does. */
static void check_sides(struct lint *l, const struct set_matrix *m, const struct item *cell,
			const char *holder)
{
	const struct yaml *duties = shape_list(cell->y, "duties");
	const struct item *h = set_holder_item(l->set, set_holder(l->set, holder));

	if (h && !strcmp(shape_text(h->y, "party"), "yes") && !has_duty(duties, holder))
		fault_add(l->faults, cell->at, "this cell is of %s, but %s has no duty in it", holder,
			  holder);
	if (!strcmp(holder, "model-dependent") && !yaml_get(cell->y, "depends"))
		fault_add(l->faults, cell->at,
			  "this cell depends on the model; say on what, in the field depends");
	for (int i = 0; !strcmp(holder, "shared") && i < m->parties->n; i++)
		if (!has_duty(duties, m->parties->item[i]->text))
			fault_add(l->faults, cell->at, "this cell is shared, but %s has no duty in it",
			          m->parties->item[i]->text);
}

static void check_duties(struct lint *l, const struct item *cell)
{
	const struct yaml *duties = shape_list(cell->y, "duties");

	twice(duties, "duties of this cell", l->faults);
	for (int i = 0; i < duties->n; i++) {
		const struct yaml *source = yaml_get(duties->item[i], "source");
		check_holder(l, duties->item[i], "party", true);
		if (source && !set_find_id(l->set, "source", source->text))
			fault_add(l->faults, source->at, "there is no source %s in sources.yaml",
				  source->text);
	}
}

static void check_cell(struct lint *l, const struct item *cell)
{
	size_t colon = strcspn(cell->link, ":"), slash = strcspn(cell->link, "/");
	struct buf matrix = { 0 }, model = { 0 };
	const struct set_matrix *m;
	int x, y;

	buf_addn(&matrix, cell->link, colon);
	buf_addn(&model, cell->link + colon + 1, slash - colon - 1);
	m = set_matrix(l->set, buf_str(&matrix));
	x = m ? set_index(m->models, buf_str(&model)) : -1;
	y = m ? set_index(m->layers, cell->link + slash + 1) : -1;
	if (!m)
		fault_add(l->faults, cell->at, "there is no matrix %s", buf_str(&matrix));
	else if (x < 0 || y < 0)
		fault_add(l->faults, cell->at, "the matrix %s has no %s %s", m->item->id,
			  x < 0 ? "model" : "layer", x < 0 ? buf_str(&model) : cell->link + slash + 1);
	else
		check_sides(l, m, cell, set_cell_holder(m, y, x));
	check_duties(l, cell);
	buf_release(&matrix);
	buf_release(&model);
}

static void check_page(struct lint *l, const struct item *item)
{
	const char *fault = shape_text(item->y, "fault");

	check_links(l, item->y, "cells");
	check_links(l, item->y, "see");
	check_ids(l, item->y, "practices", "practice");
	check_ids(l, item->y, "aliases", "alias");
	check_holder(l, item->y, "action", false);
	if (strcmp(fault, "none"))
		check_holder(l, item->y, "fault", false);
	l->prose = (struct place){ item->at.file, item->body_line, 1 };
	md_links(item->body, see_link, l);
}

void lint(const struct set *s, struct faults *f)
{
	struct lint l = { .set = s, .faults = f };

	for (int i = 0; i < s->nmatrix; i++)
		check_matrix(&l, &s->matrix[i]);
	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		l.item = item;
		check_sources(&l, item->y);
		check_prose(&l, item->y, "text");
		if (item->kind == ITEM_CELL)
			check_cell(&l, item);
		else
			check_page(&l, item);
	}
	if (!s->nmatrix && s->packs->n)
		fault_add(f, (struct place){ s->packs->item[0].at.file, 0, 0 },
			  "there is no matrix in any pack");
}
