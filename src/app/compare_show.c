/* A comparison as a page and as a table. */
#include "config.h"
#include "app/compare.h"

#include "base/alloc.h"

void compare_section(const struct compare *c, const struct change *ch, struct buf *name)
{
	if (ch->model >= 0)
		buf_add(name, c->model[ch->model].slug);
	else
		buf_addf(name, "layer/%s", c->layer[ch->layer].slug);
}

/* "IaaS -> PaaS" */
static char *title_of(const struct compare *c)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s -> %s", c->side[0].title, c->side[1].title);
	return buf_detach(&b);
}

static char *link_of(const struct compare *c)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s..%s", c->side[0].link, c->side[1].link);
	return buf_detach(&b);
}

/* ---- as a page ---- */

static const char *word_of(const struct kb *kb, int holder)
{
	return holder ? kb_holder(kb, holder)->word : "no such layer";
}

/* Of two matrices, the cells on both sides. */
static void add_cells(struct section *s, const struct compare *c, const struct change *ch)
{
	const int holder[2] = { ch->from, ch->to };

	for (int side = 0; side < 2 && c->matrices; side++) {
		struct buf link = { 0 }, title = { 0 };
		if (!compare_cell(c, ch, side, &link))
			continue;
		buf_addf(&title, "%s, %s: %s", c->side[side].title, c->model[ch->model].title,
		         kb_holder(c->kb, holder[side])->word);
		*GROW(s->refs.ref, s->refs.n, s->refs.cap) = (struct ref){ .kind = KIND_CELL,
			.link = buf_detach(&link), .title = buf_detach(&title), .summary = xstrdup("") };
	}
}

static int add_moves(struct section *s, const struct compare *c, const struct change *ch, struct err *e)
{
	struct moves moves;
	int rc = compare_moves(c, ch, &moves, e);

	add_cells(s, c, ch);
	for (int i = 0; i < moves.n; i++) {
		const struct duty *d = &moves.move[i].duty;
		page_add_line(s, move_word(moves.move[i].how), "%s %s %s%s",
		              kb_holder(c->kb, d->party)->word, d->verb, d->text, d->high ? " [high]" : "");
	}
	moves_release(&moves);
	return rc;
}

/* "Customer -> Microsoft" */
static void add_holders(const struct compare *c, const struct change *ch, struct buf *out)
{
	buf_add(out, word_of(c->kb, ch->from));
	if (ch->from == ch->to)
		buf_add(out, ", as before");
	else
		buf_addf(out, " -> %s", word_of(c->kb, ch->to));
}

/* "Operating system: Customer -> Microsoft" */
static void add_heading(const struct compare *c, const struct change *ch, struct buf *out)
{
	buf_addf(out, "%s%s%s: ", c->layer[ch->layer].label[0], ch->model >= 0 ? ", " : "",
	         ch->model >= 0 ? c->model[ch->model].slug : "");
	add_holders(c, ch, out);
}

static int add_section(struct page *p, const struct compare *c, const struct change *ch, struct err *e)
{
	struct buf name = { 0 }, heading = { 0 };
	struct section *s;
	int rc;

	compare_section(c, ch, &name);
	add_heading(c, ch, &heading);
	s = page_add(p, buf_str(&name), buf_str(&heading));
	buf_release(&name);
	buf_release(&heading);
	rc = add_moves(s, c, ch, e);
	s->tasks = s->lines.n > 0;
	if (!rc && !s->tasks)           /* what is empty is not shown */
		page_add_line(s, "Duties", "none is known");
	return rc;
}

/* Of matrices: a line in the section of its model, which leads to the cell on the second side, or where that
 * has none on the first. */
static void add_line(struct page *p, const struct compare *c, const struct change *ch)
{
	const struct compare_model *m = &c->model[ch->model];
	struct section *s = p->nsection ? &p->section[p->nsection - 1] : NULL;
	struct buf title = { 0 }, link = { 0 };

	if (!s || strcmp(s->name, m->slug))
		s = page_add(p, m->slug, m->title);
	buf_addf(&title, "%s: ", c->layer[ch->layer].label[0]);
	add_holders(c, ch, &title);
	if (!compare_cell(c, ch, 1, &link))
		compare_cell(c, ch, 0, &link);
	*GROW(s->refs.ref, s->refs.n, s->refs.cap) = (struct ref){ .kind = KIND_CELL,
		.link = buf_detach(&link), .title = buf_detach(&title), .summary = xstrdup("") };
}

struct page *compare_change_page(const struct compare *c, const struct change *ch, struct err *e)
{
	char *both = link_of(c);
	struct buf link = { 0 }, title = { 0 };
	struct page *p;
	int rc;

	buf_addf(&link, "%s#", both);
	compare_section(c, ch, &link);
	add_heading(c, ch, &title);
	p = page_new(c->kb, "comparison", buf_str(&link), buf_str(&title), "");
	rc = add_moves(page_add(p, c->matrices ? "cells" : "duties", c->matrices ? "Cells" : "Duties"), c,
	               ch, e);
	free(both);
	buf_release(&link);
	buf_release(&title);
	if (!rc)
		return p;
	page_free(p);
	return NULL;
}

struct page *compare_page(const struct compare *c, struct err *e)
{
	char *link = link_of(c), *title = title_of(c);
	struct buf summary = { 0 };
	const struct change *ch;
	struct page *p;
	int rc = 0;

	buf_addf(&summary, "%d %s%s, %d %s the same", c->nchange, c->matrices ? "cell" : "layer",
	         c->nchange == 1 ? " differs" : "s differ", c->same, c->same == 1 ? "is" : "are");
	p = page_new(c->kb, "comparison", link, title, buf_str(&summary));
	for (int at = 0; !rc && (ch = compare_next(c, &at)); )
		if (c->matrices)
			add_line(p, c, ch);
		else
			rc = add_section(p, c, ch, e);
	free(link);
	free(title);
	buf_release(&summary);
	if (!rc)
		return p;
	page_free(p);
	return NULL;
}

/* ---- as a table ---- */

struct shown {
	const struct compare *compare;
	const struct change **row;
};

const struct change *compare_row(const struct table *t, int row)
{
	return row >= 0 && row < t->nrows ? ((const struct shown *)t->of)->row[row] : NULL;
}

static const struct compare *compared(const struct table *t)
{
	return ((const struct shown *)t->of)->compare;
}

/* "no longer 2, new 1", and shorter "-2 +1": what stands behind a layer. */
static int add_tail(const struct compare *c, const struct change *ch, struct head *h, struct err *e)
{
	static const char sign[MOVE__COUNT] = "->+=";
	struct buf words = { 0 }, signs = { 0 };
	struct moves m;
	int rc = c->matrices ? 0 : compare_moves(c, ch, &m, e);

	if (c->matrices)
		return 0;
	for (int how = 0; how < MOVE__COUNT; how++)
		if (m.count[how]) {
			buf_addf(&words, "%s%s %d", words.len ? ", " : "", move_word((enum move_how)how),
			         m.count[how]);
			buf_addf(&signs, "%s%c%d", signs.len ? " " : "", sign[how], m.count[how]);
		}
	h->tail[0] = buf_detach(&words);
	h->tail[1] = buf_detach(&signs);
	moves_release(&m);
	return rc;
}

static int band_of(const struct table *t, int row)
{
	int band = t->nband - 1;

	while (band >= 0 && t->band[band].first > row)
		band--;
	return band;
}

static int compare_rows(struct table *t, int from, int n, struct head *head, struct err *e)
{
	const struct compare *c = compared(t);

	for (int i = 0; i < n; i++) {
		const struct change *ch = compare_row(t, from + i);
		head[i].band = band_of(t, from + i);
		for (int k = 0; k < 3; k++)
			head[i].label[k] = xstrdup(c->layer[ch->layer].label[k]);
		if (add_tail(c, ch, &head[i], e))
			return -1;
	}
	return 0;
}

/* The title of a side, and what its link ends with where that is too long. */
static int compare_cols(struct table *t, int from, int n, struct head *head, struct err *e UNUSED)
{
	for (int i = 0; i < n; i++) {
		const struct compare_side *s = &compared(t)->side[from + i];
		const char *id = s->link + strlen(s->link);
		while (id > s->link && !strchr(":/", id[-1]))
			id--;
		head[i].band = -1;
		head[i].label[0] = xstrdup(s->title);
		head[i].label[1] = xstrdup(id);
		head[i].label[2] = xstrdup(id);
	}
	return 0;
}

static int compare_cells(struct table *t, int top, int high, int left, int wide, struct cell *cell,
                         struct err *e UNUSED)
{
	for (int i = 0; i < high * wide; i++) {
		const struct change *ch = compare_row(t, top + i / wide);
		bool second = left + i % wide == 1;
		cell[i].holder = second ? ch->to : ch->from;
		cell[i].differs = second && compared(t)->all && ch->from != ch->to;
	}
	return 0;
}

static void free_shown(struct table *t)
{
	struct shown *s = t->of;

	free(s->row);
	free(s);
}

static const struct table_source of_compare = { compare_rows, compare_cols, compare_cells, free_shown };

/* A band for each model that has a row. */
static void add_bands(struct table *t)
{
	const struct compare *c = compared(t);
	int cap = 0;

	for (int i = 0; i < t->nrows && c->matrices; i++) {
		const struct compare_model *m = &c->model[compare_row(t, i)->model];
		if (i && compare_row(t, i)->model == compare_row(t, i - 1)->model)
			continue;
		*GROW(t->band, t->nband, cap) = (struct band){ .slug = xstrdup(m->slug),
			.name = xstrdup(m->title), .shorter = xstrdup(m->slug), .letter = m->title[0],
			.first = i };
	}
}

/* The matrix of a side: that which it is, or in which it is a column. */
static int side_matrix(const struct compare *c, int side, struct kb_matrix *m, struct err *e)
{
	const struct compare_side *s = &c->side[side];
	struct kb_place place = { NULL, 0, 0 };
	int rc = c->matrices ? 1 : kb_place(c->kb, s->model, &place, e);

	*m = (struct kb_matrix){ .slug = NULL };
	if (rc > 0)
		rc = kb_matrix(c->kb, c->matrices ? strchr(s->link, '/') + 1 : place.matrix, m, e);
	free(place.matrix);
	return rc < 0 ? -1 : rc ? 0 : err_set(e, STATUS_LINK, "%s is in no matrix", s->link);
}

/* What a table says of where it is from: of both matrices, where they are two. */
static int name_table(struct table *t, struct err *e)
{
	const struct compare *c = compared(t);
	struct kb_matrix other;
	int rc = side_matrix(c, 0, &other, e) || side_matrix(c, 1, &t->matrix, e) ? -1 : 0;

	if (!rc && strcmp(other.slug, t->matrix.slug)) {
		struct buf b = { 0 };
		buf_addf(&b, "%s of %s -> %s", other.edition, other.date, t->matrix.edition);
		free(t->matrix.edition);
		t->matrix.edition = buf_detach(&b);
	}
	free(t->matrix.title);
	free(t->matrix.link);
	t->matrix.title = title_of(c);
	t->matrix.link = link_of(c);
	kb_matrix_release(&other);
	return rc;
}

/* What stands side by side, in a word for both. */
static void name_columns(struct table *t)
{
	static const char *const words[] = { "models", "columns", "services", "matrices" };
	static const char *const heads[] = { "Model", "Column", "Service", "Matrix" };
	const struct compare *c = compared(t);
	int n = c->matrices ? 3 : (c->side[0].service != 0) + (c->side[1].service != 0);

	t->col_word = words[n];
	t->col_head = heads[n];
}

struct table *compare_table(const struct compare *c, struct err *e)
{
	struct table *t = xcalloc(1, sizeof *t);
	struct shown *s = xcalloc(1, sizeof *s);
	const struct change *ch;

	s->compare = c;
	s->row = xcalloc((size_t)c->n, sizeof *s->row);
	t->kb = c->kb;
	t->source = &of_compare;
	t->of = s;
	for (int at = 0; (ch = compare_next(c, &at)); )
		s->row[t->nrows++] = ch;
	t->ncols = 2;
	t->row_word = c->matrices ? "cells" : "layers";
	name_columns(t);
	t->differs_word = c->all ? "differs" : NULL;    /* else all of them do, and none is marked */
	t->tail_word = c->matrices ? NULL : "Duties";
	add_bands(t);
	if (!name_table(t, e))
		return t;
	table_free(t);
	return NULL;
}
