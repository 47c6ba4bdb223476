#include "config.h"
#include "pack/lint.h"

#include "text/md.h"

struct lint {
	const struct set *set;
	struct faults *faults;
	const char *self;               /* the link of the item that is read */
	struct place prose;             /* of its first line */
};

/* The place of the first item of a list with a key of this value. */
static int first_with(const struct yaml *list, const char *key, const char *value)
{
	int i = 0;

	while (i < list->n && strcmp(shape_text(list->item[i], key), value))
		i++;
	return i;
}

void lint_twice(const struct yaml *list, const char *key, const char *what, struct faults *f)
{
	for (int i = 0; i < list->n; i++) {
		const char *value = shape_text(list->item[i], key);
		int first = first_with(list, key, value);
		if (first < i)
			fault_add(f, list->item[i]->at,
				  "the %s %s is there twice among the %s; the other one is in line %d", key,
				  value, what, list->item[first]->at.line);
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

/* What is written where something else was meant. */
static void wrong_kind(struct lint *l, const struct named *n)
{
	static const struct { const char *kind, *form; } forms[] = {
		{ "cell", "MATRIX:MODEL/LAYER" }, { "model", "MATRIX:MODEL" } };
	const char *form = "KIND/ID";

	for (int i = 0; i < ARRAY_LEN(forms); i++)
		if (!strcmp(forms[i].kind, n->field->of))
			form = forms[i].form;
	fault_add(l->faults, n->at->at, "%s is no %s; write %s", n->at->text, n->field->of, form);
}

static void see_named(void *ctx, const struct named *n)
{
	struct lint *l = ctx;
	bool link = n->field->type == FIELD_LINK || n->field->type == FIELD_LINKS;

	if (!n->target && link)
		fault_add(l->faults, n->at->at, "the link %s leads nowhere", n->at->text);
	else if (!n->target)
		fault_add(l->faults, n->at->at, "there is no %s %s%s", n->field->of, n->at->text,
		          !strcmp(n->field->of, "source") ? " in sources.yaml" : "");
	else if (link && n->field->of && strcmp(n->target->kind, n->field->of))
		wrong_kind(l, n);
	else if (!strcmp(n->target->link, l->self))
		fault_add(l->faults, n->at->at, "%s names itself", l->self);
}

/* The ids and links of all fields, and the links in its prose. */
static void check_fields(struct lint *l, const struct shape *shape, const struct yaml *y)
{
	set_named(l->set, shape, y, false, see_named, l);
	for (int i = 0; i < shape->n; i++) {
		const struct yaml *list = shape_list(y, shape->field[i].key);
		if (shape->field[i].type == FIELD_PROSE)
			check_prose(l, y, shape->field[i].key);
		for (int k = 0; shape->field[i].type == FIELD_SHAPES && k < list->n; k++)
			check_fields(l, shape->field[i].shape, list->item[k]);
	}
}

void lint_holder(const struct set *s, const struct yaml *map, const char *key, bool party, struct faults *f)
{
	const struct yaml *y = yaml_get(map, key);
	const struct item *holder = y ? set_holder_item(s, set_holder(s, y->text)) : NULL;

	if (y && !holder)
		fault_add(f, y->at, "there is no holder %s in holders.yaml", y->text);
	else if (y && party && strcmp(shape_text(holder->y, "party"), "yes"))
		fault_add(f, y->at, "%s is no party, so it cannot have duties", y->text);
}

/* A cell may leave its duties to a counterpart, but only where the holder is the same. */
static void check_written(struct lint *l, const struct set_matrix *m, int layer, int model)
{
	const char *id = shape_text(m->models->item[model], "id");
	const char *row = shape_text(m->layers->item[layer], "id");

	if (!set_cell_or_same(l->set, m, layer, model))
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
		lint_holder(l->set, holders, holders->key[i]->text, false, l->faults);
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
	const struct yaml *covered = shape_list(m->item->y, "covered");
	int layer = set_index(m->models, "layer");

	lint_twice(m->models, "id", "models", l->faults);
	lint_twice(m->layers, "id", "layers", l->faults);
	lint_twice(m->bands, "id", "bands", l->faults);
	if (layer >= 0)                 /* its cells would have the links of layers */
		fault_add(l->faults, m->models->item[layer]->at, "layer cannot be the id of a model");
	for (int i = 0; i < m->parties->n; i++) {
		const struct item *h =
			set_holder_item(l->set, set_holder(l->set, m->parties->item[i]->text));
		if (!h || strcmp(shape_text(h->y, "party"), "yes"))
			fault_add(l->faults, m->parties->item[i]->at, "%s is no holder that can be a party",
			          m->parties->item[i]->text);
	}
	for (int i = 0; i < covered->n; i++)
		if (set_index(m->models, covered->item[i]->text) < 0)
			fault_add(l->faults, covered->item[i]->at, "there is no model %s in this matrix",
			          covered->item[i]->text);
	for (int y = 0; y < m->layers->n; y++)
		check_layer(l, m, y);
	check_band_order(l, m);
	check_bands(l, m);
}

static bool has_duty(const struct yaml *const *duty, int n, const char *party)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(shape_text(duty[i], "party"), party))
			return true;
	return false;
}

void lint_sides(const struct set *s, const struct set_matrix *m, struct place at, const char *holder,
                const struct yaml *const *duty, int n, struct faults *f)
{
	const struct item *h = set_holder_item(s, set_holder(s, holder));

	if (h && !strcmp(shape_text(h->y, "party"), "yes") && !has_duty(duty, n, holder))
		fault_add(f, at, "this cell is of %s, but %s has no duty in it", holder, holder);
	for (int i = 0; !strcmp(holder, "shared") && i < m->parties->n; i++)
		if (!has_duty(duty, n, m->parties->item[i]->text))
			fault_add(f, at, "this cell is shared, but %s has no duty in it",
			          m->parties->item[i]->text);
}

void lint_duties(const struct set *s, const struct yaml *duties, struct faults *f)
{
	lint_twice(duties, "id", "duties of this cell", f);
	for (int i = 0; i < duties->n; i++)
		lint_holder(s, duties->item[i], "party", true, f);
}

/* Whoever answers for a cell does something there; where it is shared, every party of the matrix does. */
static void check_sides(struct lint *l, const struct set_matrix *m, const struct item *cell,
			const char *holder)
{
	const struct yaml *duties = shape_list(cell->y, "duties");

	lint_sides(l->set, m, cell->at, holder, (const struct yaml *const *)duties->item, duties->n,
	           l->faults);
	if (!strcmp(holder, "model-dependent") && !yaml_get(cell->y, "depends"))
		fault_add(l->faults, cell->at,
			  "this cell depends on the model; say on what, in the field depends");
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
	lint_duties(l->set, shape_list(cell->y, "duties"), l->faults);
	buf_release(&matrix);
	buf_release(&model);
}

static void check_page(struct lint *l, const struct item *item)
{
	const char *fault = shape_text(item->y, "fault");

	lint_holder(l->set, item->y, "action", false, l->faults);
	if (strcmp(fault, "none"))
		lint_holder(l->set, item->y, "fault", false, l->faults);
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
		l.self = item->link;
		check_fields(&l, item->shape, item->y);
		if (item->kind == ITEM_CELL)
			check_cell(&l, item);
		else
			check_page(&l, item);
	}
	lint_entries(s, f);
	if (!s->nmatrix && s->packs->n)
		fault_add(f, (struct place){ s->packs->item[0].at.file, 0, 0 },
			  "there is no matrix in any pack");
}
