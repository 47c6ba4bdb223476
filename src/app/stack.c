#include "config.h"
#include "app/stack.h"

#include "base/alloc.h"

static const char prefix[] = "stack/";

/* ---- links ---- */

bool stack_is(const char *link)
{
	return !strncmp(link, prefix, sizeof prefix - 1);
}

/* The n-th service of a link: where it begins, and its length; NULL behind the last one. */
static const char *nth(const char *link, int n, size_t *len)
{
	const char *at = link + sizeof prefix - 1;

	for (;; n--) {
		*len = strcspn(at, "+/");
		if (!n)
			return *len ? at : NULL;
		if (at[*len] != '+')
			return NULL;
		at += *len + 1;
	}
}

int stack_size(const char *link)
{
	size_t len;
	int n = 0;

	while (n <= STACK_MOST && nth(link, n, &len))
		n++;
	return n;
}

int stack_check(const char *link, struct err *e)
{
	if (stack_size(link) <= STACK_MOST)
		return 0;
	return err_set(e, STATUS_USAGE, "a stack has at most %d services; divide it", STACK_MOST);
}

/* The length of the first id of "vm..functions"; of "vm" that of all. */
static size_t first_of(const char *at, size_t len)
{
	size_t first = 0;

	while (first + 1 < len && (at[first] != '.' || at[first + 1] != '.'))
		first++;
	return first + 1 < len ? first : len;
}

bool stack_has(const char *link, const char *id)
{
	const char *at;
	size_t len;

	for (int i = 0; (at = nth(link, i, &len)); i++) {
		size_t first = first_of(at, len);
		if (first < len)
			at += first + 2, len -= first + 2;
		if (len == strlen(id) && !strncmp(at, id, len))
			return true;
	}
	return false;
}

/* "vm", of "vm..functions" the first with what_if, else the last.  What takes its own place is as it was. */
static void add_changed(struct buf *out, const char *at, size_t len, const char *id, bool what_if)
{
	size_t first = first_of(at, len);

	if (what_if && (strlen(id) != first || strncmp(at, id, first) != 0)) {
		buf_addn(out, at, first);
		buf_add(out, "..");
	}
	buf_add(out, id);
}

char *stack_with(const char *link, int n, const char *id, bool what_if)
{
	struct buf b = { 0 };
	const char *at;
	size_t len;

	buf_add(&b, prefix);
	for (int i = 0; (at = nth(link, i, &len)); i++) {
		if (i == n && !*id)
			continue;
		if (b.len > sizeof prefix - 1)
			buf_addc(&b, '+');
		if (i == n)
			add_changed(&b, at, len, id, what_if);
		else
			buf_addn(&b, at, len);
	}
	if (n == stack_size(link))
		buf_addf(&b, "%s%s", n ? "+" : "", id);
	return buf_detach(&b);
}

/* ---- counts ---- */

static void release_service(struct stack_service *s)
{
	free(s->link);
	free(s->model);
	free(s->title);
	column_release(&s->column);
}

static void free_services(struct stack_service *s, int n)
{
	for (int i = 0; i < n; i++)
		release_service(&s[i]);
	free(s);
}

void stack_free(struct stack *s)
{
	if (!s)
		return;
	free_services(s->service, s->n);
	free_services(s->was, s->n);
	free(s->duties);
	free(s->were);
	free(s);
}

void stack_count(const struct table *t, int row, int *count)
{
	memset(count, 0, (size_t)(kb_holder_count(t->kb) + 1) * sizeof *count);
	for (int x = 0; x < t->ncols; x++)
		count[kb_holder(t->kb, table_cell(t, row, x)->holder)->id]++;
}

/* "Customer 1, Microsoft 2", of counts by holder; where they were others before, "Customer 1 (was 2)". */
static void add_counts(const struct table *t, const int *count, const int *were, struct buf *out)
{
	const char *comma = "";

	for (int h = 1; h <= kb_holder_count(t->kb); h++) {
		bool moved = were && were[h] != count[h];
		if (!count[h] && !moved)
			continue;
		buf_addf(out, "%s%s %d", comma, kb_holder(t->kb, h)->word, count[h]);
		if (moved)
			buf_addf(out, " (was %d)", were[h]);
		comma = ", ";
	}
}

/* The counts of a row in words, and in letters: "C1 M2". */
static void count_row(struct table *t, int row)
{
	int *count = xcalloc((size_t)kb_holder_count(t->kb) + 1, sizeof *count);
	struct buf words = { 0 }, letters = { 0 };

	stack_count(t, row, count);
	add_counts(t, count, NULL, &words);
	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		if (count[h])
			buf_addf(&letters, "%s%c%d", letters.len ? " " : "", kb_holder(t->kb, h)->letter,
			         count[h]);
	t->row[row].tail[0] = buf_detach(&words);
	t->row[row].tail[1] = buf_detach(&letters);
	free(count);
}

/* "30 duties: Customer 14, Microsoft 16" */
static char *foot_words(const struct table *t)
{
	struct buf b = { 0 };
	int all = 0;

	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		all += t->stack->duties[h];
	buf_addf(&b, "%d dut%s%s", all, all == 1 ? "y" : "ies", all ? ": " : "");
	add_counts(t, t->stack->duties, t->stack->what_if ? t->stack->were : NULL, &b);
	return buf_detach(&b);
}

static int count_duties(struct table *t, const struct stack_service *s, int *sum, struct err *e)
{
	int rc = 0;

	for (int y = 0; y < s->column.n && !rc; y++) {
		struct duties d = { 0 };
		rc = page_duties(t->kb, s->id, &s->column.row[y], &d, e);
		for (int i = 0; i < d.n; i++)
			sum[kb_holder(t->kb, d.duty[i].party)->id]++;
		duties_release(&d);
	}
	return rc;
}

/* ---- services ---- */

/* A service by its id, with its column; where its model stands to *place. */
static int load_service(struct kb *kb, const char *id, size_t len, struct stack_service *s,
                        struct kb_place *place, struct err *e)
{
	struct kb_entry entry = { 0 };
	struct buf link = { 0 };
	int64_t model = 0;
	int rc;

	buf_addf(&link, "service/%.*s", (int)len, id);
	rc = kb_entry(kb, buf_str(&link), &entry, e);
	if (!rc)
		rc = err_set(e, STATUS_USAGE, "%s is no service; onus show services lists them",
		             buf_str(&link));
	if (rc > 0)
		rc = kb_service_model(kb, entry.id, &model, e) < 0 || kb_place(kb, model, place, e) < 0 ||
		     kb_column(kb, model, entry.id, &s->column, e) ? -1 : 1;
	if (rc > 0) {
		s->id = entry.id;
		s->link = buf_detach(&link);
		s->title = xstrdup(entry.title);
	}
	kb_entry_release(&entry);
	buf_release(&link);
	return rc > 0 ? 0 : -1;
}

/* "service/sql-database" is sql-database in a head, and its title where there is room; after "what if" the
 * head says of what. */
static void make_head(struct head *h, const struct stack_service *s, const struct stack_service *was)
{
	const char *id = strchr(s->link, '/') + 1;
	struct buf full = { 0 };

	buf_add(&full, s->title);
	if (was->link)
		buf_addf(&full, " (for %s)", strchr(was->link, '/') + 1);
	*h = (struct head){ .slug = xstrdup(id), .band = -1,
			    .label = { buf_detach(&full), xstrdup(id), xstrdup(id) } };
}

bool stack_moves(const struct table *t, int row, int col)
{
	const struct stack_service *s = &t->stack->service[col], *was = &t->stack->was[col];

	return was->link && row < s->column.n && row < was->column.n &&
	       was->column.row[row].holder != s->column.row[row].holder;
}

const char *stack_differs(const struct table *t, int row, int col)
{
	const struct column *c = &t->stack->service[col].column;
	bool override = row < c->n && c->row[row].override;

	if (!stack_moves(t, row, col))
		return "unlike its model";
	return override ? "unlike its model, and moved" : "moved";
}

/* Why a cell is marked: the service leaves its model there, or the layer moves. */
static char *reason_of(const struct table *t, int x, int y)
{
	const struct stack_service *s = &t->stack->service[x], *was = &t->stack->was[x];
	struct buf b = { 0 };

	if (s->column.row[y].override)
		buf_add(&b, s->column.row[y].reason);
	if (stack_moves(t, y, x))
		buf_addf(&b, "%sIt was %s with %s.", b.len ? " " : "",
		         kb_holder(t->kb, was->column.row[y].holder)->word, was->title);
	if (b.len)
		return buf_detach(&b);
	buf_release(&b);
	return NULL;
}

static void fill_column(struct table *t, int x)
{
	const struct column *c = &t->stack->service[x].column;

	for (int y = 0; y < c->n && y < t->nrows; y++) {
		char *reason = reason_of(t, x, y);
		t->cell[y * t->ncols + x] = (struct cell){ c->row[y].holder, reason != NULL };
		t->reason[y * t->ncols + x] = reason;
	}
}

/* Layers are those of one matrix. */
static int check_matrix(const struct table *t, const struct stack_service *s, const struct kb_place *place,
			struct err *e)
{
	if (place->matrix && !strcmp(place->matrix, t->matrix.slug))
		return 0;
	return err_set(e, STATUS_USAGE,
		       "%s is of the matrix %s, the first service of %s; a stack has services of one matrix",
		       s->link, place->matrix ? place->matrix : "none", t->matrix.slug);
}

/* Service n of the link, as it is and, of a "what if", as it was. */
static int add_service(struct table *t, const char *at, size_t len, int n, struct err *e)
{
	struct stack_service *s = &t->stack->service[n], *was = &t->stack->was[n];
	struct kb_place place = { NULL, -1, -1 }, was_place = { NULL, -1, -1 };
	struct head h = { .slug = NULL };
	size_t first = first_of(at, len);
	int rc = 0;

	if (first < len) {
		rc = load_service(t->kb, at, first, was, &was_place, e);
		at += first + 2, len -= first + 2;
		t->stack->what_if = true;
	}
	if (!rc && was->link)
		rc = check_matrix(t, was, &was_place, e);
	if (!rc)
		rc = load_service(t->kb, at, len, s, &place, e);
	if (!rc)
		rc = check_matrix(t, s, &place, e);
	if (!rc)
		rc = kb_models(t->kb, t->matrix.id, place.model, 1, &h, e);
	if (!rc) {
		s->model = xstrdup(h.slug ? h.slug : "");
		make_head(&t->col[n], s, was);
		fill_column(t, n);
		rc = count_duties(t, s, t->stack->duties, e) ||
		     count_duties(t, was->link ? was : s, t->stack->were, e) ? -1 : 0;
	}
	head_release(&h);
	free(place.matrix);
	free(was_place.matrix);
	return rc;
}

/* The matrix in which the first service falls. */
static struct table *matrix_of_first(struct kb *kb, const char *link, struct err *e)
{
	struct stack_service s = { .link = NULL };
	struct kb_place place = { NULL, -1, -1 };
	struct table *t = NULL;
	size_t len;
	const char *at = nth(link, 0, &len);

	if (!at)
		err_set(e, STATUS_USAGE, "a stack needs services, such as vm app-service sql-database");
	else if (!load_service(kb, at, first_of(at, len), &s, &place, e))
		t = table_matrix(kb, place.matrix ? place.matrix : "", e);
	release_service(&s);
	free(place.matrix);
	return t;
}

/* Rows of the matrix, with room for n columns of services. */
static struct table *begin(struct kb *kb, const char *link, int n, struct err *e)
{
	struct table *t = matrix_of_first(kb, link, e);

	if (!t || table_fill(t, 0, t->nrows, 0, 0, e)) {
		table_free(t);
		return NULL;
	}
	free(t->tally), t->tally = NULL, t->ntally = 0;
	free(t->matrix.title), t->matrix.title = xstrdup("Your stack");
	free(t->matrix.link), t->matrix.link = xstrdup(link);
	free(t->cell);
	t->cell = xcalloc((size_t)t->nrows * (size_t)n, sizeof *t->cell);
	t->reason = xcalloc((size_t)t->nrows * (size_t)n, sizeof *t->reason);
	t->col = xcalloc((size_t)n, sizeof *t->col);
	t->ncols = t->wide = n;
	t->whole = true;
	t->col_word = "services", t->col_head = "Service";
	t->tail_word = "Together";
	t->stack = xcalloc(1, sizeof *t->stack);
	t->stack->n = n;
	t->stack->service = xcalloc((size_t)n, sizeof *t->stack->service);
	t->stack->was = xcalloc((size_t)n, sizeof *t->stack->was);
	t->stack->duties = xcalloc((size_t)kb_holder_count(kb) + 1, sizeof *t->stack->duties);
	t->stack->were = xcalloc((size_t)kb_holder_count(kb) + 1, sizeof *t->stack->were);
	return t;
}

struct table *stack_table(struct kb *kb, const char *link, struct err *e)
{
	int n = stack_size(link), rc;
	struct table *t = stack_check(link, e) ? NULL : begin(kb, link, n, e);
	size_t len;

	rc = t ? 0 : -1;
	for (int i = 0; i < n && !rc; i++) {
		const char *at = nth(link, i, &len);
		rc = add_service(t, at, len, i, e);
	}
	if (rc) {
		table_free(t);
		return NULL;
	}
	for (int y = 0; y < t->nrows; y++)
		count_row(t, y);
	t->differs_word = t->stack->what_if ? "unlike its model, or moved" : "unlike its model";
	t->foot = foot_words(t);
	return t;
}
