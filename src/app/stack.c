#include "config.h"
#include "app/stack.h"

#include "app/page.h"
#include "base/alloc.h"

void stack_free(struct stack *s)
{
	if (!s)
		return;
	for (int i = 0; i < s->n; i++) {
		free(s->service[i].link);
		free(s->service[i].model);
	}
	free(s->service);
	free(s->duties);
	free(s);
}

void stack_count(const struct table *t, int row, int *count)
{
	memset(count, 0, (size_t)(kb_holder_count(t->kb) + 1) * sizeof *count);
	for (int x = 0; x < t->ncols; x++)
		count[kb_holder(t->kb, table_cell(t, row, x)->holder)->id]++;
}

/* "customer 1, Microsoft 2", of counts by holder. */
static void add_counts(const struct table *t, const int *count, struct buf *out)
{
	const char *comma = "";

	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		if (count[h]) {
			buf_addf(out, "%s%s %d", comma, kb_holder(t->kb, h)->word, count[h]);
			comma = ", ";
		}
}

static char *count_words(const struct table *t, int row)
{
	int *count = xcalloc((size_t)kb_holder_count(t->kb) + 1, sizeof *count);
	struct buf b = { 0 };

	stack_count(t, row, count);
	add_counts(t, count, &b);
	free(count);
	return buf_detach(&b);
}

/* "30 duties: Customer 14, Microsoft 16" */
static char *foot_words(const struct table *t)
{
	struct buf b = { 0 };
	int all = 0;

	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		all += t->stack->duties[h];
	buf_addf(&b, "%d duties%s", all, all ? ": " : "");
	add_counts(t, t->stack->duties, &b);
	return buf_detach(&b);
}

static int add_duties(struct table *t, int64_t service, const struct column_row *row, struct err *e)
{
	struct duties d = { 0 };
	int rc = page_duties(t->kb, service, row, &d, e);

	for (int i = 0; i < d.n; i++)
		t->stack->duties[kb_holder(t->kb, d.duty[i].party)->id]++;
	duties_release(&d);
	return rc;
}

static int fill_column(struct table *t, int x, int64_t service, const struct column *c, struct err *e)
{
	int rc = 0;

	for (int y = 0; y < c->n && y < t->nrows && !rc; y++) {
		t->cell[y * t->ncols + x] = (struct cell){ c->row[y].holder, c->row[y].override };
		if (c->row[y].override)
			t->reason[y * t->ncols + x] = xstrdup(c->row[y].reason);
		rc = add_duties(t, service, &c->row[y], e);
	}
	return rc;
}

/* "service/sql-database" is sql-database in a head, and its title where there is room. */
static void make_head(struct head *h, const struct kb_entry *entry)
{
	const char *id = strchr(entry->link, '/') + 1;

	*h = (struct head){ .slug = xstrdup(id), .summary = xstrdup(entry->summary), .band = -1,
			    .label = { xstrdup(entry->title), xstrdup(id), xstrdup(id) } };
}

/* The service of a link with its model's place. */
static int load_service(struct kb *kb, const char *link, struct kb_entry *entry, struct kb_place *place,
                        int64_t *model, struct err *e)
{
	int rc = kb_entry(kb, link, entry, e);

	if (rc < 0)
		return -1;
	if (!rc || entry->kind != KIND_SERVICE)
		return err_set(e, STATUS_USAGE, "%s is no service; onus show services lists them", link);
	rc = kb_service_model(kb, entry->id, model, e);
	return rc < 0 || kb_place(kb, *model, place, e) < 0 ? -1 : 0;
}

static int add_service(struct table *t, const char *link, struct err *e)
{
	struct kb_entry entry = { 0 };
	struct kb_place place = { NULL, -1, -1 };
	struct column column = { NULL, 0, 0 };
	int64_t model = 0;
	int x = t->stack->n, rc = load_service(t->kb, link, &entry, &place, &model, e);

	if (!rc && (!place.matrix || strcmp(place.matrix, t->matrix.slug)))
		rc = err_set(e, STATUS_USAGE, "%s falls in the matrix %s, the first one in %s", link,
		             place.matrix ? place.matrix : "of no model", t->matrix.slug);
	if (!rc) {
		struct head h = { .slug = NULL };
		rc = kb_models(t->kb, t->matrix.id, place.model, 1, &h, e);
		*GROW(t->stack->service, t->stack->n, t->stack->cap) =
			(struct stack_service){ xstrdup(link), xstrdup(h.slug ? h.slug : "") };
		head_release(&h);
		make_head(&t->col[x], &entry);
	}
	rc = rc || kb_column(t->kb, model, entry.id, &column, e) ||
	     fill_column(t, x, entry.id, &column, e);
	column_release(&column);
	kb_entry_release(&entry);
	free(place.matrix);
	return rc ? -1 : 0;
}

/* The matrix in which the first service falls, as a table with room for n columns of services. */
static struct table *begin(struct kb *kb, const char *link, int n, struct err *e)
{
	struct kb_entry entry = { 0 };
	struct kb_place place = { NULL, -1, -1 };
	int64_t model;
	struct table *t = NULL;

	if (!load_service(kb, link, &entry, &place, &model, e))
		t = table_matrix(kb, place.matrix ? place.matrix : "", e);
	kb_entry_release(&entry);
	free(place.matrix);
	if (!t || table_fill(t, 0, t->nrows, 0, 0, e)) {
		table_free(t);
		return NULL;
	}
	free(t->tally), t->tally = NULL, t->ntally = 0;
	free(t->matrix.title), t->matrix.title = xstrdup("Your stack");
	free(t->cell);
	t->cell = xcalloc((size_t)t->nrows * (size_t)n, sizeof *t->cell);
	t->reason = xcalloc((size_t)t->nrows * (size_t)n, sizeof *t->reason);
	t->col = xcalloc((size_t)n, sizeof *t->col);
	t->ncols = t->wide = n;
	t->whole = true;
	t->col_word = "services", t->differs_word = "unlike its model";
	t->stack = xcalloc(1, sizeof *t->stack);
	t->stack->duties = xcalloc((size_t)kb_holder_count(kb) + 1, sizeof *t->stack->duties);
	return t;
}

struct table *stack_table(struct kb *kb, const char *const links[], int n, struct err *e)
{
	struct table *t = begin(kb, links[0], n, e);
	int rc = t ? 0 : -1;

	for (int i = 0; i < n && !rc; i++)
		rc = add_service(t, links[i], e);
	if (rc) {
		table_free(t);
		return NULL;
	}
	t->count = xcalloc((size_t)t->nrows, sizeof *t->count);
	for (int y = 0; y < t->nrows; y++)
		t->count[y] = count_words(t, y);
	t->foot = foot_words(t);
	return t;
}
