#include "config.h"
#include "app/compare_in.h"

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

/* ---- what differs ---- */

void compare_add(struct compare *c, int layer, int model, int from, int to)
{
	*GROW(c->change, c->n, c->cap) = (struct change){ layer, model, from, to };
	c->nchange += from != to;
	c->same += from == to;
}

static int compare_sides(struct compare *c, struct err *e)
{
	struct side_layers side[2] = { { NULL, 0, 0 }, { NULL, 0, 0 } };
	int rc = 0;

	for (int i = 0; i < 2 && !rc; i++) {
		const struct column *column = &c->side[i].column;
		rc = side_load(c->kb, c->side[i].link, &c->side[i], e);
		for (int k = 0; k < column->n && !rc; k++)
			side_layers_add(&side[i], column->row[k].layer, column->row[k].slug,
			                column->row[k].label);
	}
	if (!rc)
		rc = compare_pair(c, side, e);
	for (int i = 0; i < c->nlayer && !rc; i++) {
		const int *at = c->layer[i].at;
		compare_add(c, i, -1, at[0] >= 0 ? c->side[0].column.row[at[0]].holder : 0,
		            at[1] >= 0 ? c->side[1].column.row[at[1]].holder : 0);
	}
	side_layers_release(&side[0]);
	side_layers_release(&side[1]);
	return rc;
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
