#include "config.h"
#include "app/compare.h"

#include "base/alloc.h"

/* ---- the sides ---- */

static int side_load(struct kb *kb, const char *link, struct compare_side *s, struct err *e)
{
	struct kb_entry entry;
	int rc = kb_entry(kb, link, &entry, e);

	if (rc > 0 && entry.kind == KIND_SERVICE) {
		s->service = entry.id;
		rc = kb_service_model(kb, s->service, &s->model, e) < 0 ? -1 : 1;
	} else if (rc > 0) {
		s->model = entry.id;
	}
	kb_entry_release(&entry);
	if (rc == 0)
		return err_set(e, STATUS_LINK, "there is no %s", link);
	return rc < 0 ? -1 : kb_column(kb, s->model, s->service, &s->column, e);
}

/* ---- which layers are the same ---- */

static int find_layer(const struct compare *c, int side, int64_t id, int guess)
{
	if (guess < c->nlayer && c->layer[guess].id[side] == id)
		return guess;
	for (int i = 0; i < c->nlayer; i++)
		if (c->layer[i].id[side] == id)
			return i;
	return -1;
}

static int add_layer(struct compare *c, int side, const struct column_row *row)
{
	struct compare_layer *l = GROW(c->layer, c->nlayer, c->layer_cap);

	*l = (struct compare_layer){ .slug = xstrdup(row->slug) };
	for (int i = 0; i < 3; i++)
		l->label[i] = xstrdup(row->label[i]);
	l->id[side] = row->layer;
	return c->nlayer - 1;
}

/* The layer of the other side that is the same as one of the first, or 0. */
static int counterpart(struct kb *kb, int64_t layer, const struct column *other, int64_t *found,
                       struct err *e)
{
	int64_t *same = NULL;
	int n = 0;

	*found = 0;
	for (int i = 0; i < other->n && !*found; i++)
		if (other->row[i].layer == layer)
			*found = layer;
	if (*found)
		return 0;
	if (kb_same(kb, layer, &same, &n, e))
		return -1;
	for (int i = 0; i < other->n && !*found; i++)
		for (int k = 0; k < n; k++)
			if (other->row[i].layer == same[k])
				*found = same[k];
	free(same);
	return 0;
}

/* Write into at[] of each layer where it stands in two columns; what is new is added. */
static int place_layers(struct compare *c, const struct column column[2], struct err *e)
{
	for (int i = 0; i < c->nlayer; i++)
		c->layer[i].at[0] = c->layer[i].at[1] = -1;
	for (int side = 0; side < 2; side++)
		for (int i = 0; i < column[side].n; i++) {
			const struct column_row *row = &column[side].row[i];
			int l = find_layer(c, side, row->layer, i);
			if (l < 0) {
				l = add_layer(c, side, row);
				c->layer[l].at[!side] = -1;
				if (!side && counterpart(c->kb, row->layer, &column[1], &c->layer[l].id[1],
				                         e))
					return -1;
			}
			c->layer[l].at[side] = i;
			if (!c->layer[l].own[side])
				c->layer[l].own[side] = xstrdup(row->slug);
		}
	return 0;
}

/* ---- what differs ---- */

static int compare_columns(struct compare *c, const struct column column[2], int model, struct err *e)
{
	if (place_layers(c, column, e))
		return -1;
	for (int i = 0; i < c->nlayer; i++) {
		const struct compare_layer *l = &c->layer[i];
		int from = l->at[0] >= 0 ? column[0].row[l->at[0]].holder : 0;
		int to = l->at[1] >= 0 ? column[1].row[l->at[1]].holder : 0;
		if (l->at[0] < 0 && l->at[1] < 0)
			continue;
		*GROW(c->change, c->n, c->cap) = (struct change){ i, model, from, to };
		c->nchange += from != to;
		c->same += from == to;
	}
	return 0;
}

/* A model of two matrices; one that the other has not stands alone. */
static int compare_model(struct compare *c, const char *const matrix[2], int model, struct err *e)
{
	struct column column[2] = { { NULL, 0, 0 }, { NULL, 0, 0 } };
	int rc = 0;

	for (int i = 0; i < 2 && !rc; i++) {
		struct compare_side side = { .model = 0 };
		struct buf link = { 0 };
		buf_addf(&link, "%s:%s", matrix[i], c->model[model].slug);
		if (side_load(c->kb, buf_str(&link), &side, e)) {
			rc = e->status == STATUS_LINK ? 0 : -1;
			e->msg[0] = rc ? e->msg[0] : '\0';      /* that is no fault */
		}
		column[i] = side.column;
		buf_release(&link);
	}
	if (!rc)
		rc = compare_columns(c, column, model, e);
	column_release(&column[0]);
	column_release(&column[1]);
	return rc;
}

static bool has_model(const struct compare *c, const char *slug)
{
	for (int i = 0; i < c->nmodel; i++)
		if (!strcmp(c->model[i].slug, slug))
			return true;
	return false;
}

static int add_models(struct compare *c, const char *matrix, struct err *e)
{
	struct kb_matrix m;
	int rc = kb_matrix(c->kb, matrix, &m, e);
	struct head *head = rc > 0 ? xcalloc((size_t)m.models, sizeof *head) : NULL;

	if (rc > 0)
		rc = kb_models(c->kb, m.id, 0, m.models, head, e) ? -1 : 1;
	for (int i = 0; rc > 0 && i < m.models; i++)
		if (head[i].slug && !has_model(c, head[i].slug))
			*GROW(c->model, c->nmodel, c->model_cap) = (struct compare_model){
				xstrdup(head[i].slug), xstrdup(head_label(&head[i], 1000)) };
	for (int i = 0; head && i < m.models; i++)
		head_release(&head[i]);
	free(head);
	kb_matrix_release(&m);
	return rc > 0 ? 0 : -1;
}

static int compare_matrices(struct compare *c, struct err *e)
{
	const char *const matrix[2] = { strchr(c->side[0].link, '/') + 1, strchr(c->side[1].link, '/') + 1 };
	int rc = add_models(c, matrix[0], e) || add_models(c, matrix[1], e) ? -1 : 0;

	for (int i = 0; i < c->nmodel && !rc; i++)
		rc = compare_model(c, matrix, i, e);
	return rc;
}

static int compare_sides(struct compare *c, struct err *e)
{
	struct column column[2];

	for (int i = 0; i < 2; i++) {
		if (side_load(c->kb, c->side[i].link, &c->side[i], e))
			return -1;
		column[i] = c->side[i].column;
	}
	return compare_columns(c, column, -1, e);
}

/* ---- loading ---- */

/* What a link can be compared as: 'm' a matrix, 'c' a column, 0 nothing. */
static int form_of(struct kb *kb, const char *link, char **title, struct err *e)
{
	struct kb_entry entry;
	int rc = kb_entry(kb, link, &entry, e), form = 0;

	if (rc > 0) {
		*title = xstrdup(entry.title);
		form = entry.kind == KIND_MATRIX ? 'm'
		       : entry.kind == KIND_MODEL || entry.kind == KIND_SERVICE ? 'c' : 0;
	}
	kb_entry_release(&entry);
	return rc < 0 ? -1 : form;
}

struct compare *compare_load(struct kb *kb, const char *from, const char *to, struct err *e)
{
	struct compare *c = xcalloc(1, sizeof *c);
	const char *const link[2] = { from, to };
	int form[2], rc;

	c->kb = kb;
	for (int i = 0; i < 2; i++) {
		c->side[i].link = xstrdup(link[i]);
		form[i] = form_of(kb, link[i], &c->side[i].title, e);
	}
	c->matrices = form[0] == 'm';
	if (form[0] < 0 || form[1] < 0)
		rc = -1;
	else if (!form[0] || form[0] != form[1])
		rc = err_set(e, STATUS_USAGE, "%s and %s cannot be compared; name two models or services, or "
		                              "two matrices", from, to);
	else
		rc = c->matrices ? compare_matrices(c, e) : compare_sides(c, e);
	if (!rc)
		return c;
	compare_free(c);
	return NULL;
}

struct compare *compare_of(struct kb *kb, const char *link, struct err *e)
{
	const char *dots = strstr(link, "..");
	char *from = xstrndup(link, dots ? (size_t)(dots - link) : strlen(link));
	struct compare *c = compare_load(kb, from, dots ? dots + 2 : "", e);

	free(from);
	return c;
}

void compare_free(struct compare *c)
{
	if (!c)
		return;
	for (int i = 0; i < 2; i++) {
		free(c->side[i].link);
		free(c->side[i].title);
		column_release(&c->side[i].column);
	}
	for (int i = 0; i < c->nlayer; i++) {
		free(c->layer[i].slug);
		free(c->layer[i].own[0]);
		free(c->layer[i].own[1]);
		for (int k = 0; k < 3; k++)
			free(c->layer[i].label[k]);
	}
	for (int i = 0; i < c->nmodel; i++) {
		free(c->model[i].slug);
		free(c->model[i].title);
	}
	free(c->layer);
	free(c->model);
	free(c->change);
	free(c);
}

const struct change *compare_next(const struct compare *c, int *at)
{
	while (*at < c->n && !c->all && c->change[*at].from == c->change[*at].to)
		++*at;
	return *at < c->n ? &c->change[(*at)++] : NULL;
}

bool compare_cell(const struct compare *c, const struct change *ch, int side, struct buf *link)
{
	const struct compare_layer *l = &c->layer[ch->layer];

	if (!(side ? ch->to : ch->from))
		return false;
	if (c->matrices)
		buf_addf(link, "%s:%s/%s", strchr(c->side[side].link, '/') + 1, c->model[ch->model].slug,
		         l->own[side]);
	else
		buf_add(link, c->side[side].column.row[l->at[side]].link);
	return true;
}

/* ---- what happens to duties ---- */

const char *move_word(enum move_how how)
{
	static const char *const word[MOVE__COUNT] = { "No longer", "Passes on", "New", "As before" };

	return word[how];
}

static const struct duty *duty_in(const struct duties *d, const char *slug)
{
	for (int i = 0; i < d->n; i++)
		if (!strcmp(d->duty[i].slug, slug))
			return &d->duty[i];
	return NULL;
}

/* Whether a party has a duty of that id. */
static bool does(const struct duties *d, const struct duty *duty)
{
	for (int i = 0; i < d->n; i++)
		if (!strcmp(d->duty[i].slug, duty->slug) && d->duty[i].party == duty->party)
			return true;
	return false;
}

static void add_move(struct moves *m, enum move_how how, const struct duty *d)
{
	*GROW(m->move, m->n, m->cap) = (struct move){ how, { .slug = xstrdup(d->slug),
		.verb = xstrdup(d->verb), .text = xstrdup(d->text), .source = xstrdup(d->source),
		.party = d->party, .high = d->high } };
	m->count[how]++;
}

static enum move_how how_of(const struct duties *before, const struct duty *after)
{
	return does(before, after) ? MOVE_STAYS : duty_in(before, after->slug) ? MOVE_PASSES : MOVE_NEW;
}

int compare_moves(const struct compare *c, const struct change *ch, struct moves *moves, struct err *e)
{
	struct duties d[2] = { { NULL, 0, 0 }, { NULL, 0, 0 } };
	int rc = 0;

	*moves = (struct moves){ 0 };
	for (int i = 0; i < 2 && !rc && !c->matrices; i++)
		if (c->layer[ch->layer].at[i] >= 0)
			rc = page_duties(c->kb, c->side[i].service,
			                 &c->side[i].column.row[c->layer[ch->layer].at[i]], &d[i], e);
	for (int i = 0; i < d[0].n && !rc; i++)
		if (!duty_in(&d[1], d[0].duty[i].slug))
			add_move(moves, MOVE_GONE, &d[0].duty[i]);
	for (enum move_how how = MOVE_PASSES; how < MOVE__COUNT && !rc; how++)
		for (int i = 0; i < d[1].n; i++)
			if (how_of(&d[0], &d[1].duty[i]) == how)
				add_move(moves, how, &d[1].duty[i]);
	duties_release(&d[0]);
	duties_release(&d[1]);
	return rc;
}

void moves_release(struct moves *m)
{
	for (int i = 0; i < m->n; i++)
		duty_release(&m->move[i].duty);
	free(m->move);
	*m = (struct moves){ 0 };
}
