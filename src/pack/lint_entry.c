#include "config.h"
#include "pack/lint.h"

#include <strings.h>

#include "base/alloc.h"
#include "pack/column.h"

struct check {
	const struct set *set;
	struct faults *faults;
	int64_t self;           /* the entry whose fields are read */
	bool *reached;          /* by entry: a page leads to it, or it to one */
	bool *told;             /* by entry of a cell: an example or a practice is about it */
};

/* ---- services ---- */

static void check_drops(struct check *c, const struct item *cell, const struct yaml *override)
{
	const struct yaml *drops = shape_list(override, "drops");

	for (int i = 0; i < drops->n; i++)
		if (!cell || set_index(shape_list(cell->y, "duties"), drops->item[i]->text) < 0)
			fault_add(c->faults, drops->item[i]->at, "the cell of the model has no duty %s",
			          drops->item[i]->text);
}

static void check_override(struct check *c, const struct column *column, const struct yaml *override)
{
	int layer = column_layer(column, override), n;
	const char *holder = shape_text(override, "holder");
	const struct yaml **duties;

	lint_holder(c->set, override, "holder", false, c->faults);
	lint_duties(c->set, shape_list(override, "duties"), c->faults);
	if (layer < 0) {
		fault_add(c->faults, yaml_get(override, "layer")->at, "the matrix %s has no layer %s",
		          column->m->item->id, shape_text(override, "layer"));
		return;
	}
	check_drops(c, set_cell_or_same(c->set, column->m, layer, column->model), override);
	if (!strcmp(holder, set_cell_holder(column->m, layer, column->model)) &&
	    !shape_list(override, "duties")->n && !shape_list(override, "drops")->n)
		fault_add(c->faults, override->at, "this override changes neither the holder nor a duty");
	duties = column_duties(c->set, column, override, &n);
	lint_sides(c->set, column->m, override->at, holder, duties, n, c->faults);
	free(duties);
}

static void check_service(struct check *c, const struct item *item)
{
	struct column column = column_of(c->set, item);

	lint_twice(column.overrides, "layer", "overrides", c->faults);
	for (int i = 0; column.m && i < column.overrides->n; i++)
		check_override(c, &column, column.overrides->item[i]);
}

/* ---- controls, old names, terms ---- */

static void check_benchmark(struct check *c, const struct item *item)
{
	const struct yaml *controls = shape_list(item->y, "controls");

	lint_twice(controls, "id", "controls", c->faults);
	for (int i = 0; i < controls->n; i++) {
		const struct yaml *maps = shape_list(controls->item[i], "maps");
		for (int k = 0; k < maps->n; k++)
			if (!set_find_id(c->set, "control", maps->item[k]->text))
				fault_add(c->faults, maps->item[k]->at,
				          "%s is no control; write BENCHMARK/ID, of a benchmark in "
				          "controls.yaml", maps->item[k]->text);
	}
}

/* service/OLD opens what an old name is now: then nothing else may have that id. */
static void check_alias(struct check *c, const struct item *item)
{
	for (enum item_kind k = ITEM_BENCHMARK; k < ITEM__COUNT; k++)
		if (k != ITEM_ALIAS && k != ITEM_SOURCE && set_find_id(c->set, item_word[k], item->id))
			fault_add(c->faults, item->at, "the old name %s would hide %s/%s", item->id,
			          item_word[k], item->id);
}

static void check_words(struct check *c)
{
	for (int i = 1; i < c->set->nword; i++) {
		const struct md_word *a = &c->set->word[i - 1], *b = &c->set->word[i];
		const struct item *item = set_item(c->set, b->link);
		if (!strcasecmp(a->word, b->word))
			fault_add(c->faults, item->at, "%s is a word for %s too", b->word, a->link);
	}
}

/* ---- all together ---- */

static void see_named(void *ctx, const struct named *n)
{
	struct check *c = ctx;

	if (!n->target)
		return;
	c->reached[n->target->id] = true;
	if (strcmp(n->target->kind, "source"))          /* everything has a source: that is no way to it */
		c->reached[c->self] = true;
	if (!strcmp(n->target->kind, "cell") && c->told)
		c->told[n->target->id] = true;
}

static void see_prose_link(void *ctx, const char *link, int line UNUSED)
{
	struct check *c = ctx;
	const struct target *t = set_find(c->set, link);

	if (t)
		c->reached[t->id] = c->reached[c->self] = true;
}

static void see_prose(struct check *c, const struct item *item, const char *prose)
{
	struct buf linked = { 0 };

	set_prose(c->set, prose, item->link, &linked);
	md_links(buf_str(&linked), see_prose_link, c);
	buf_release(&linked);
}

/* The fields that are prose, also those of models and layers. */
static void see_fields(struct check *c, const struct item *item, const struct shape *shape,
                       const struct yaml *y)
{
	for (int i = 0; i < shape->n; i++) {
		const struct yaml *list = shape_list(y, shape->field[i].key);
		if (shape->field[i].type == FIELD_PROSE)
			see_prose(c, item, shape_text(y, shape->field[i].key));
		for (int k = 0; shape->field[i].type == FIELD_SHAPES && k < list->n; k++)
			see_fields(c, item, shape->field[i].shape, list->item[k]);
	}
}

static void see_item(struct check *c, const struct item *item)
{
	const struct target *self = set_find(c->set, item->link);
	bool *told = c->told;

	c->self = self ? self->id : 0;
	if (item->kind != ITEM_EXAMPLE && item->kind != ITEM_PRACTICE)
		c->told = NULL;
	set_named(c->set, item->shape, item->y, true, see_named, c);
	see_prose(c, item, item->body);
	see_fields(c, item, item->shape, item->y);
	c->told = told;
}

/* A crosswalk reaches both of its ends. */
static void see_maps(struct check *c, const struct set_control *control)
{
	const struct yaml *maps = control->y ? shape_list(control->y, "maps") : NULL;

	for (int i = 0; maps && i < maps->n; i++) {
		const struct target *t = set_find_id(c->set, "control", maps->item[i]->text);
		if (t && t->id == control->entry)
			fault_add(c->faults, maps->item[i]->at, "%s names itself", control->link);
		else if (t)
			c->reached[control->entry] = c->reached[t->id] = true;
	}
}

static void see_controls(struct check *c)
{
	const struct set *s = c->set;

	for (int i = 0; i < s->ncontrol; i++) {
		see_maps(c, &s->control[i]);
		c->reached[set_find(s, s->control[i].benchmark->link)->id] = true;
	}
	for (int i = 0; i < s->ncontrol; i++)
		if (s->control[i].y && !c->reached[s->control[i].entry])
			fault_add(c->faults, s->control[i].y->at, "no page and no crosswalk leads to %s",
			          s->control[i].link);
}

static void check_orphans(struct check *c)
{
	for (int i = 0; i < c->set->packs->n; i++) {
		const struct item *item = &c->set->packs->item[i];
		const struct target *self = set_find(c->set, item->link);
		if (item->kind >= ITEM_BENCHMARK && !c->reached[self->id])
			fault_add(c->faults, item->at, "no page leads to %s", item->link);
	}
}

/* Cells that are the first party's business, in the models that the matrix wants covered. */
static void check_covered(struct check *c, const struct set_matrix *m)
{
	const struct yaml *covered = shape_list(m->item->y, "covered");
	const char *whose = m->parties->n ? m->parties->item[0]->text : "";

	for (int i = 0; i < covered->n; i++) {
		int x = set_index(m->models, covered->item[i]->text);
		for (int y = 0; x >= 0 && y < m->layers->n; y++) {
			const char *holder = set_cell_holder(m, y, x);
			const struct target *cell = set_cell_target(c->set, m, y, x);
			if ((!strcmp(holder, whose) || !strcmp(holder, "shared")) && !c->told[cell->id])
				fault_add(c->faults, m->layers->item[y]->at,
				          "no example and no practice is about %s", cell->link);
		}
	}
}

void lint_entries(const struct set *s, struct faults *f)
{
	struct check c = { .set = s, .faults = f, .reached = xcalloc((size_t)s->next, sizeof *c.reached),
			   .told = xcalloc((size_t)s->next, sizeof *c.told) };
	static void (*const checks[ITEM__COUNT])(struct check *, const struct item *) = {
		[ITEM_SERVICE] = check_service, [ITEM_BENCHMARK] = check_benchmark,
		[ITEM_ALIAS] = check_alias };

	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		if (checks[item->kind])
			checks[item->kind](&c, item);
		see_item(&c, item);
	}
	check_words(&c);
	see_controls(&c);
	check_orphans(&c);
	for (int i = 0; i < s->nmatrix; i++)
		check_covered(&c, &s->matrix[i]);
	free(c.reached);
	free(c.told);
}
