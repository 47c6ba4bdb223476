#include "config.h"
#include "app/compare.h"

#include "base/alloc.h"

/* One side: the column of a model or service. */
struct side {
	struct kb_entry entry;
	int64_t model, service;         /* service 0: it is a model */
	struct column column;
};

static void side_release(struct side *s)
{
	kb_entry_release(&s->entry);
	column_release(&s->column);
}

static int side_load(struct kb *kb, const char *link, struct side *s, struct err *e)
{
	int rc = kb_entry(kb, link, &s->entry, e);

	if (rc == 0)
		return err_set(e, STATUS_LINK, "there is no %s", link);
	if (rc > 0 && s->entry.kind == KIND_SERVICE) {
		s->service = s->entry.id;
		rc = kb_service_model(kb, s->service, &s->model, e);
	} else {
		s->model = s->entry.id;
	}
	return rc < 0 ? -1 : kb_column(kb, s->model, s->service, &s->column, e);
}

/* The row of a column that is the layer of another one, or -1. */
static int counterpart(struct kb *kb, const struct column_row *row, const struct column *other,
                       struct err *e)
{
	int64_t *same = NULL;
	int n = 0, found = -1;

	for (int i = 0; i < other->n; i++)
		if (other->row[i].layer == row->layer)
			return i;
	if (kb_same(kb, row->layer, &same, &n, e))
		return -2;
	for (int i = 0; i < other->n && found < 0; i++)
		for (int k = 0; k < n; k++)
			if (other->row[i].layer == same[k])
				found = i;
	free(same);
	return found;
}

static struct change *add_change(struct compare *c, const struct column_row *row, const char *model, int from,
                                 int to)
{
	struct change *ch = GROW(c->change, c->nchange, c->cap);

	*ch = (struct change){ xstrdup(row->slug), xstrdup(row->label), model ? xstrdup(model) : NULL, from,
			       to, { 0 }, { 0 } };
	return ch;
}

/* Two rows, either of them perhaps NULL. */
static int compare_rows(struct compare *c, const struct side *side, const struct column_row *a,
                        const struct column_row *b, const char *model, struct err *e)
{
	int from = a ? a->holder : 0, to = b ? b->holder : 0;
	struct change *ch;

	if (a && b && from == to) {
		c->same++;
		return 0;
	}
	ch = add_change(c, a ? a : b, model, from, to);
	if (model)
		return 0;
	return (a && page_duties(c->kb, side[0].service, a, &ch->before, e)) ||
			       (b && page_duties(c->kb, side[1].service, b, &ch->after, e))
		       ? -1
		       : 0;
}

/* All rows of the first side, then those that only the second has. */
static int compare_sides(struct compare *c, const struct side side[2], const char *model, struct err *e)
{
	const struct column *a = &side[0].column, *b = &side[1].column;
	bool *used = xcalloc((size_t)b->n, sizeof *used);
	int rc = 0;

	for (int i = 0; i < a->n && !rc; i++) {
		int at = counterpart(c->kb, &a->row[i], b, e);
		if (at < -1)
			rc = -1;
		if (at >= 0)
			used[at] = true;
		rc = rc ? rc : compare_rows(c, side, &a->row[i], at >= 0 ? &b->row[at] : NULL, model, e);
	}
	for (int i = 0; i < b->n && !rc; i++)
		if (!used[i])
			rc = compare_rows(c, side, NULL, &b->row[i], model, e);
	free(used);
	return rc;
}

/* The models of two matrices with the same id; one that the other has not stands alone. */
static int compare_model(struct compare *c, const char *from, const char *to, const char *model,
                         struct err *e)
{
	const char *const matrix[2] = { from, to };
	struct side side[2] = { { .model = 0 }, { .model = 0 } };
	int rc = 0;

	for (int i = 0; i < 2 && !rc; i++) {
		struct buf link = { 0 };
		buf_addf(&link, "%s:%s", matrix[i], model);
		if (side_load(c->kb, buf_str(&link), &side[i], e))
			rc = e->status == STATUS_LINK ? 0 : -1;
		buf_release(&link);
	}
	if (!rc)
		rc = compare_sides(c, side, model, e);
	side_release(&side[0]);
	side_release(&side[1]);
	return rc;
}

static int add_models(struct kb *kb, const char *matrix, struct refs *models, struct err *e)
{
	struct kb_matrix m;
	int rc = kb_matrix(kb, matrix, &m, e);
	struct head *head = rc > 0 ? xcalloc((size_t)m.models, sizeof *head) : NULL;

	if (rc > 0)
		rc = kb_models(kb, m.id, 0, m.models, head, e) ? -1 : 1;
	for (int i = 0; rc > 0 && i < m.models; i++) {
		bool there = !head[i].slug;
		for (int k = 0; k < models->n && !there; k++)
			there = !strcmp(models->ref[k].link, head[i].slug);
		if (!there)
			*GROW(models->ref, models->n, models->cap) = (struct ref){
				.link = xstrdup(head[i].slug), .title = xstrdup(""), .summary = xstrdup("") };
	}
	for (int i = 0; head && i < m.models; i++)
		head_release(&head[i]);
	free(head);
	kb_matrix_release(&m);
	return rc > 0 ? 0 : -1;
}

static int compare_matrices(struct compare *c, struct err *e)
{
	const char *from = strchr(c->link[0], '/') + 1, *to = strchr(c->link[1], '/') + 1;
	struct refs models = { 0 };
	int rc = add_models(c->kb, from, &models, e) || add_models(c->kb, to, &models, e) ? -1 : 0;

	for (int i = 0; i < models.n && !rc; i++)
		rc = compare_model(c, from, to, models.ref[i].link, e);
	refs_release(&models);
	return rc;
}

static int compare_columns(struct compare *c, struct err *e)
{
	struct side side[2] = { { .model = 0 }, { .model = 0 } };
	int rc = 0;

	for (int i = 0; i < 2 && !rc; i++)
		rc = side_load(c->kb, c->link[i], &side[i], e);
	if (!rc)
		rc = compare_sides(c, side, NULL, e);
	side_release(&side[0]);
	side_release(&side[1]);
	return rc;
}

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
		c->link[i] = xstrdup(link[i]);
		form[i] = form_of(kb, link[i], &c->title[i], e);
	}
	c->matrices = form[0] == 'm';
	if (form[0] < 0 || form[1] < 0)
		rc = -1;
	else if (!form[0] || form[0] != form[1])
		rc = err_set(e, STATUS_USAGE, "%s and %s cannot be compared; name two models or services, or "
		                              "two matrices", from, to);
	else
		rc = c->matrices ? compare_matrices(c, e) : compare_columns(c, e);
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
		free(c->link[i]);
		free(c->title[i]);
	}
	for (int i = 0; i < c->nchange; i++) {
		free(c->change[i].layer);
		free(c->change[i].title);
		free(c->change[i].model);
		duties_release(&c->change[i].before);
		duties_release(&c->change[i].after);
	}
	free(c->change);
	free(c);
}

/* ---- as a page ---- */

static const struct duty *duty_in(const struct duties *d, const char *slug, int party)
{
	for (int i = 0; i < d->n; i++)
		if (!strcmp(d->duty[i].slug, slug) && (!party || d->duty[i].party == party))
			return &d->duty[i];
	return NULL;
}

static void add_line(struct section *s, const char *label, const struct kb *kb, const struct duty *d)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s %s %s%s", kb_holder(kb, d->party)->word, d->verb, d->text, d->high ? " [high]" : "");
	*GROW(s->lines.pair, s->lines.n, s->lines.cap) = (struct pair){ xstrdup(label), buf_detach(&b) };
}

/* What goes, what passes to somebody else, what comes, what stays. */
static void add_moves(struct section *s, const struct kb *kb, const struct change *ch)
{
	for (int i = 0; i < ch->before.n; i++) {
		const struct duty *d = &ch->before.duty[i], *other = duty_in(&ch->after, d->slug, 0);
		if (!other)
			add_line(s, "No longer:", kb, d);
		else if (other->party != d->party)
			add_line(s, "Passes on:", kb, other);
	}
	for (int i = 0; i < ch->after.n; i++)
		if (!duty_in(&ch->before, ch->after.duty[i].slug, 0))
			add_line(s, "New:", kb, &ch->after.duty[i]);
	for (int i = 0; i < ch->after.n; i++)
		if (duty_in(&ch->before, ch->after.duty[i].slug, ch->after.duty[i].party))
			add_line(s, "As before:", kb, &ch->after.duty[i]);
}

static const char *word_of(const struct kb *kb, int holder)
{
	return holder ? kb_holder(kb, holder)->word : "no such layer";
}

static void add_section(struct page *p, const struct compare *c, const struct change *ch)
{
	struct section *s = GROW(p->section, p->nsection, p->section_cap);
	struct buf name = { 0 }, heading = { 0 };

	buf_addf(&name, "layer/%s%s%s", ch->layer, ch->model ? "/" : "", ch->model ? ch->model : "");
	buf_addf(&heading, "%s%s%s: %s -> %s", ch->title, ch->model ? ", " : "", ch->model ? ch->model : "",
	         word_of(c->kb, ch->from), word_of(c->kb, ch->to));
	s->name = buf_detach(&name);
	s->heading = buf_detach(&heading);
	s->tasks = true;
	add_moves(s, c->kb, ch);
}

struct page *compare_page(const struct compare *c)
{
	struct page *p = xcalloc(1, sizeof *p);
	struct buf link = { 0 }, title = { 0 }, summary = { 0 };

	buf_addf(&link, "%s..%s", c->link[0], c->link[1]);
	buf_addf(&title, "%s -> %s", c->title[0], c->title[1]);
	buf_addf(&summary, "%d %s differ%s, %d %s the same", c->nchange, c->matrices ? "cells" : "layers",
	         c->nchange == 1 ? "s" : "", c->same, c->same == 1 ? "is" : "are");
	p->kb = c->kb;
	p->form = "comparison";
	p->entry = (struct kb_entry){ .kind = KIND_TOPIC, .link = buf_detach(&link),
		.title = buf_detach(&title), .summary = buf_detach(&summary), .body = xstrdup("") };
	for (int i = 0; i < c->nchange; i++)
		add_section(p, c, &c->change[i]);
	return p;
}
