#include "config.h"
#include "app/table.h"

#include "app/filter.h"
#include "app/stack.h"
#include "base/alloc.h"
#include "text/text.h"

static int matrix_rows(struct table *t, int from, int n, struct head *head, struct err *e)
{
	return kb_layers(t->kb, t->matrix.id, from, n, head, e);
}

static int matrix_cols(struct table *t, int from, int n, struct head *head, struct err *e)
{
	return kb_models(t->kb, t->matrix.id, from, n, head, e);
}

static int matrix_cells(struct table *t, int top, int high, int left, int wide, struct cell *cell,
                        struct err *e)
{
	return kb_cells(t->kb, t->matrix.id, top, high, left, wide, cell, e);
}

static const struct table_source of_matrix = { matrix_rows, matrix_cols, matrix_cells, NULL };

static int load(struct table *t, const char *slug, struct err *e)
{
	int rc = kb_matrix(t->kb, slug, &t->matrix, e);

	if (!rc)
		return kb_no_matrix(t->kb, slug ? slug : "at all", e);
	if (rc < 0)
		return -1;
	t->nrows = t->matrix.layers;
	t->ncols = t->matrix.models;
	return kb_bands(t->kb, t->matrix.id, &t->band, &t->nband, e) ||
	       kb_tally(t->kb, t->matrix.id, &t->tally, &t->ntally, e) ? -1 : 0;
}

struct table *table_matrix(struct kb *kb, const char *slug, struct err *e)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->kb = kb;
	t->source = &of_matrix;
	t->row_word = "layers", t->col_word = "models", t->col_head = "Model";
	t->differs_word = "editions differ";
	if (!load(t, slug, e))
		return t;
	table_free(t);
	return NULL;
}

static void free_heads(struct head *head, int n)
{
	for (int i = 0; i < n; i++)
		head_release(&head[i]);
	free(head);
}

void table_free(struct table *t)
{
	if (!t)
		return;
	if (t->source->free)
		t->source->free(t);
	free_heads(t->row, t->high);
	free_heads(t->col, t->wide);
	free(t->cell);
	for (int i = 0; t->reason && i < t->nrows * t->ncols; i++)
		free(t->reason[i]);
	free(t->reason);
	free(t->foot);
	stack_free(t->stack);
	filter_free(t->filter);
	kb_bands_free(t->band, t->nband);
	free(t->tally);
	kb_matrix_release(&t->matrix);
	free(t);
}

typedef int read_heads(struct table *t, int from, int n, struct head *head, struct err *e);

/* Heads from..from+n-1 in place of those of old; what both have moves, the rest is read. */
static struct head *shift_heads(struct table *t, read_heads *read, struct head *old, int old_from,
				int old_n, int from, int n, struct err *e, int *rc)
{
	struct head *head = xcalloc((size_t)n, sizeof *head);
	int low = max_int(from, old_from), high = min_int(from + n, old_from + old_n);

	if (low >= high)
		low = high = from + n;          /* nothing in common: read all, before `low` */
	for (int i = low; i < high; i++) {
		head[i - from] = old[i - old_from];
		old[i - old_from] = (struct head){ 0 };
	}
	if (low > from)
		*rc |= read(t, from, low - from, head, e);
	if (high < from + n)
		*rc |= read(t, high, from + n - high, head + (high - from), e);
	free_heads(old, old_n);
	return head;
}

static int read_cells(struct table *t, struct cell *cell, int from, int n, int top, int left, int wide,
                      struct err *e)
{
	if (n < 1 || wide < 1)
		return 0;
	return t->source->cells(t, from, n, left, wide, cell + (from - top) * wide, e);
}

/* The same for cells; they move only where the columns stay. */
static int shift_cells(struct table *t, int top, int high, int left, int wide, struct err *e)
{
	struct cell *cell = xcalloc((size_t)high * (size_t)wide, sizeof *cell);
	int low = max_int(top, t->top), end = min_int(top + high, t->top + t->high), rc;

	if (left != t->left || wide != t->wide || low >= end)
		low = end = top + high;
	else
		memcpy(cell + (low - top) * wide, t->cell + (low - t->top) * wide,
		       (size_t)(end - low) * (size_t)wide * sizeof *cell);
	rc = read_cells(t, cell, top, low - top, top, left, wide, e);
	if (!rc)
		rc = read_cells(t, cell, end, top + high - end, top, left, wide, e);
	free(t->cell);
	t->cell = cell;
	return rc;
}

int table_fill(struct table *t, int top, int high, int left, int wide, struct err *e)
{
	int rc = 0;

	if (t->whole)
		return 0;
	top = clamp_int(top, 0, t->nrows);
	left = clamp_int(left, 0, t->ncols);
	high = clamp_int(high, 0, t->nrows - top);
	wide = clamp_int(wide, 0, t->ncols - left);
	if (top == t->top && high == t->high && left == t->left && wide == t->wide)
		return 0;
	rc = shift_cells(t, top, high, left, wide, e);
	if (top != t->top || high != t->high)
		t->row = shift_heads(t, t->source->rows, t->row, t->top, t->high, top, high, e, &rc);
	if (left != t->left || wide != t->wide)
		t->col = shift_heads(t, t->source->cols, t->col, t->left, t->wide, left, wide, e, &rc);
	t->top = top, t->high = high, t->left = left, t->wide = wide;
	return rc ? -1 : 0;
}

static const struct head no_head = { .slug = NULL, .band = -1 };

const struct head *table_row(const struct table *t, int row)
{
	return row >= t->top && row < t->top + t->high ? &t->row[row - t->top] : &no_head;
}

const struct head *table_col(const struct table *t, int col)
{
	return col >= t->left && col < t->left + t->wide ? &t->col[col - t->left] : &no_head;
}

const struct cell *table_cell(const struct table *t, int row, int col)
{
	static const struct cell none = { 0 };

	if (row < t->top || row >= t->top + t->high || col < t->left || col >= t->left + t->wide)
		return &none;
	return &t->cell[(row - t->top) * t->wide + col - t->left];
}

int table_find_row(struct table *t, const char *slug)
{
	struct err e;

	for (int top = 0; top < t->nrows; top += 256) {
		if (table_fill(t, top, 256, 0, 0, &e))
			return -1;
		for (int i = 0; i < t->high; i++)
			if (t->row[i].slug && !strcmp(t->row[i].slug, slug))
				return top + i;
	}
	return -1;
}

int table_find_col(struct table *t, const char *slug)
{
	struct err e;

	for (int left = 0; left < t->ncols; left += 256) {
		if (table_fill(t, 0, 0, left, 256, &e))
			return -1;
		for (int i = 0; i < t->wide; i++)
			if (t->col[i].slug && !strcmp(t->col[i].slug, slug))
				return left + i;
	}
	return -1;
}

const struct holder *table_whose(const struct table *t, int row, int col)
{
	static char id[] = "none", word[] = "no such layer", nothing[] = "";
	static const struct holder none = { .slug = id, .word = word, .summary = nothing, .letter = '-',
		.face = FACE_FAINT, .pattern = PATTERN_NONE };
	int holder = table_cell(t, row, col)->holder;

	return holder || t->source == &of_matrix ? kb_holder(t->kb, holder) : &none;
}

const struct holder *table_holder(const struct table *t, int row, int col)
{
	static char dash[] = "-", nothing[] = "";
	static const struct holder unwanted = { .slug = nothing, .word = dash, .summary = nothing,
		.letter = '-', .face = FACE_FAINT, .pattern = PATTERN_NONE };

	return filter_keeps(t, row, col) ? table_whose(t, row, col) : &unwanted;
}

const char *table_differs(const struct table *t, int row, int col)
{
	if (!table_cell(t, row, col)->differs)
		return "";
	return t->stack ? stack_differs(t, row, col) : t->differs_word;
}

const char *table_tail(const struct table *t, int row)
{
	const char *tail = table_row(t, row)->tail[0];

	return tail ? tail : "";
}

bool table_next_reason(const struct table *t, int *at, struct why *w)
{
	for (; t->reason && *at < t->nrows * t->ncols; ++*at)
		if (t->reason[*at]) {
			*w = (struct why){ .row = head_label(table_row(t, *at / t->ncols), 1000),
				.col = head_label(table_col(t, *at % t->ncols), 1000),
				.reason = t->reason[*at] };
			++*at;
			return true;
		}
	return false;
}

void table_count(struct buf *out, int n, const char *word)
{
	buf_addf(out, "%d %.*s", n, (int)strlen(word) - (n == 1), word);
}

const char *head_label(const struct head *h, int columns)
{
	for (int i = 0; i < 3; i++)
		if (h->label[i] && (i == 2 || text_columns(h->label[i]) <= columns))
			return h->label[i];
	return "";
}
