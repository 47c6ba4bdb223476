/* The rows behind the numbers of a stack, as pages. */
#include "config.h"
#include "app/stack.h"

#include "base/alloc.h"

static void add_duty(struct section *s, const char *label, const struct duty *d)
{
	page_add_line(s, label, "%s %s%s", d->verb, d->text, d->high ? " [high]" : "");
}

/* ---- a layer, service by service ---- */

static int add_service(struct page *p, const struct table *t, int row, int x, struct err *e)
{
	const struct stack_service *s = &t->stack->service[x];
	const struct column_row *r = &s->column.row[row];
	const char *reason = t->reason[row * t->ncols + x];
	struct duties d = { 0 };
	struct buf heading = { 0 };
	struct section *section;
	int rc = page_duties(t->kb, s->id, r, &d, e);

	buf_addf(&heading, "%s: %s", s->title, kb_holder(t->kb, r->holder)->word);
	section = page_add(p, table_col(t, x)->slug, buf_str(&heading));
	if (reason)
		page_add_line(section, "Why", "%s", reason);
	for (int i = 0; i < d.n; i++)
		add_duty(section, kb_holder(t->kb, d.duty[i].party)->word, &d.duty[i]);
	buf_release(&heading);
	duties_release(&d);
	return rc;
}

static bool has_ref(const struct refs *refs, const char *link)
{
	for (int i = 0; i < refs->n; i++)
		if (!strcmp(refs->ref[i].link, link))
			return true;
	return false;
}

/* The entries that these links name, each once. */
static int add_ref(struct page *p, struct refs *refs, const char *link, int holder, struct err *e)
{
	struct kb_entry entry;
	int rc = has_ref(refs, link) ? 0 : kb_entry(p->kb, link, &entry, e);

	if (rc <= 0)
		return rc;
	*GROW(refs->ref, refs->n, refs->cap) = (struct ref){ .kind = entry.kind, .link = xstrdup(link),
		.title = xstrdup(entry.title), .summary = xstrdup(entry.summary), .holder = holder };
	kb_entry_release(&entry);
	return 0;
}

static int add_links(struct page *p, const struct table *t, int row, struct err *e)
{
	struct section *s = page_add(p, "cells", "Cells");
	int rc = 0;

	for (int x = 0; x < t->ncols && row >= 0 && !rc; x++) {
		const struct column_row *r = &t->stack->service[x].column.row[row];
		rc = add_ref(p, &s->refs, r->link, 0, e);
	}
	s = page_add(p, "services", "Services");
	for (int x = 0; x < t->ncols && !rc; x++)
		rc = add_ref(p, &s->refs, t->stack->service[x].link, 0, e);
	return rc;
}

static struct page *layer_page(const struct table *t, int row, struct err *e)
{
	struct buf link = { 0 }, title = { 0 };
	struct page *p;
	int rc = 0;

	buf_addf(&link, "%s/%s", t->matrix.link, table_row(t, row)->slug);
	buf_addf(&title, "%s in your stack", head_label(table_row(t, row), 1000));
	p = page_new(t->kb, "stack", buf_str(&link), buf_str(&title), table_tail(t, row));
	for (int x = 0; x < t->ncols && !rc; x++)
		rc = row < t->stack->service[x].column.n ? add_service(p, t, row, x, e) : 0;
	rc = rc || add_links(p, t, row, e);
	buf_release(&link);
	buf_release(&title);
	if (!rc)
		return p;
	page_free(p);
	return NULL;
}

/* ---- all of it, party by party ---- */

static int add_cell(struct section *s, const struct table *t, int row, int x, int party, struct err *e)
{
	const struct stack_service *service = &t->stack->service[x];
	struct duties d = { 0 };
	struct buf label = { 0 };
	int rc = page_duties(t->kb, service->id, &service->column.row[row], &d, e);

	buf_addf(&label, "%s, %s", head_label(table_row(t, row), 1000), table_col(t, x)->slug);
	for (int i = 0; i < d.n; i++)
		if (kb_holder(t->kb, d.duty[i].party)->id == party)
			add_duty(s, buf_str(&label), &d.duty[i]);
	buf_release(&label);
	duties_release(&d);
	return rc;
}

static int add_party(struct page *p, const struct table *t, const struct holder *h, struct err *e)
{
	struct buf heading = { 0 };
	struct section *s;
	int n = t->stack->duties[h->id], rc = 0;

	buf_addf(&heading, "%s: %d dut%s", h->word, n, n == 1 ? "y" : "ies");
	s = page_add(p, h->slug, buf_str(&heading));
	for (int y = 0; y < t->nrows && !rc; y++)
		for (int x = 0; x < t->ncols && !rc; x++)
			if (y < t->stack->service[x].column.n)
				rc = add_cell(s, t, y, x, h->id, e);
	buf_release(&heading);
	return rc;
}

/* Of a "what if": each layer that moves. */
static void add_moved(struct page *p, const struct table *t)
{
	struct section *s = page_add(p, "moves", "What moves");

	for (int x = 0; x < t->ncols; x++)
		for (int y = 0; y < t->nrows; y++) {
			const struct stack_service *now = &t->stack->service[x], *was = &t->stack->was[x];
			if (!stack_moves(t, y, x))
				continue;
			page_add_line(s, head_label(table_row(t, y), 1000), "%s with %s -> %s with %s",
			              kb_holder(t->kb, was->column.row[y].holder)->word, was->title,
			              kb_holder(t->kb, now->column.row[y].holder)->word, now->title);
		}
}

static struct page *whole_page(const struct table *t, struct err *e)
{
	struct page *p = page_new(t->kb, "stack", t->matrix.link, t->matrix.title, t->foot);
	int rc = 0;

	if (t->stack->what_if)
		add_moved(p, t);
	for (int h = 1; h <= kb_holder_count(t->kb) && !rc; h++)
		if (t->stack->duties[h])
			rc = add_party(p, t, kb_holder(t->kb, h), e);
	rc = rc || add_links(p, t, -1, e);
	if (!rc)
		return p;
	page_free(p);
	return NULL;
}

struct page *stack_page(const struct table *t, int row, struct err *e)
{
	return row < 0 ? whole_page(t, e) : layer_page(t, row, e);
}
