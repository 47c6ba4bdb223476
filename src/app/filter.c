#include "config.h"
#include "app/filter.h"

#include "base/alloc.h"
#include "text/text.h"

static struct filter *make(enum filter_how how, const char *words)
{
	struct filter *f = xcalloc(1, sizeof *f);

	f->how = how;
	f->words = xstrdup(words);
	return f;
}

struct filter *filter_holder(const struct table *t, int holder)
{
	struct filter *f = make(FILTER_HOLDER, kb_holder(t->kb, holder)->word);

	f->holder = holder;
	return f;
}

struct filter *filter_ours(void)
{
	return make(FILTER_OURS, "what is ours");
}

struct filter *filter_band(const struct table *t, int band)
{
	struct filter *f = make(FILTER_BAND, t->band[band].shorter);

	f->band = band;
	return f;
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	free(f->spot);
	free(f->words);
	free(f);
}

/* ---- what a page is about ---- */

static int by_place(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->col > y->col) - (x->col < y->col);
}

/* The place of a link in the matrix of the table, if it has one there. */
static int add_link(struct filter *f, const struct table *t, const char *link, struct err *e)
{
	struct kb_place place = { NULL, -1, -1 };
	struct kb_entry entry;
	int rc = kb_entry(t->kb, link, &entry, e);

	if (rc > 0 && entry.kind != KIND_MATRIX)
		rc = kb_place(t->kb, entry.id, &place, e);
	if (rc > 0 && place.matrix && !strcmp(place.matrix, t->matrix.slug))
		*GROW(f->spot, f->n, f->cap) =
			(struct spot){ place.layer, t->stack ? -1 : place.model };
	free(place.matrix);
	kb_entry_release(&entry);
	return rc < 0 ? -1 : 0;
}

/* Of a page that names cells the cells alone: the models and layers beside them would be all of it. */
static bool names_cells(const struct page *p)
{
	for (int i = 0; i < p->nsection; i++)
		for (int k = 0; k < p->section[i].refs.n; k++)
			if (p->section[i].refs.ref[k].kind == KIND_CELL)
				return true;
	return false;
}

/* What a page is called in a few words: its title, or its id. */
static const char *short_name(const struct page *p)
{
	enum { MOST = 24 };
	const char *slash = strrchr(p->entry.link, '/');

	return text_columns(p->entry.title) <= MOST || !slash ? p->entry.title : slash + 1;
}

struct filter *filter_page(const struct table *t, const struct page *p, struct err *e)
{
	struct filter *f = make(FILTER_SPOTS, short_name(p));
	bool cells = names_cells(p);
	int rc = p->form ? 0 : add_link(f, t, p->entry.link, e);

	for (int i = 0; i < p->nsection && !f->n && !rc; i++) {
		struct refs *refs = &p->section[i].refs;
		if (!strcmp(p->section[i].name, "part-of"))
			continue;
		for (int k = 0; k < refs->n && !rc; k++)
			if (refs->ref[k].kind == KIND_CELL ||
			    (!cells && (refs->ref[k].kind == KIND_LAYER || refs->ref[k].kind == KIND_MODEL)))
				rc = add_link(f, t, refs->ref[k].link, e);
	}
	if (!rc && !f->n)
		rc = err_set(e, STATUS_LINK, "%s is about no cell of %s", p->entry.title, t->matrix.title);
	if (rc) {
		filter_free(f);
		return NULL;
	}
	qsort(f->spot, (size_t)f->n, sizeof *f->spot, by_place);
	return f;
}

/* ---- words ---- */

struct filter *filter_of(const struct table *t, const char *word, struct err *e)
{
	struct filter *f = NULL;
	struct kb_link to;
	struct page *p;

	if (!strcmp(word, "ours"))
		return filter_ours();
	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		if (!strcmp(kb_holder(t->kb, h)->slug, word))
			return filter_holder(t, h);
	for (int i = 0; i < t->nband; i++)
		if (!strcmp(t->band[i].slug, word))
			return filter_band(t, i);
	if (kb_resolve(t->kb, word, t->matrix.slug, &to, e))
		return NULL;
	p = page_load(t->kb, to.link, e);
	if (p)
		f = filter_page(t, p, e);
	page_free(p);
	kb_link_release(&to);
	return f;
}

/* ---- cells ---- */

/* Spots with a row of their own stand by place; those of whole columns come before them. */
static bool has_spot(const struct filter *f, int row, int col)
{
	const int rows[] = { -1, row }, cols[] = { -1, col };

	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++) {
			struct spot s = { rows[i], cols[k] };
			if (bsearch(&s, f->spot, (size_t)f->n, sizeof s, by_place))
				return true;
		}
	return false;
}

bool filter_keeps(const struct table *t, int row, int col)
{
	const struct filter *f = t->filter;
	const struct holder *h;

	if (!f)
		return true;
	switch (f->how) {
	case FILTER_HOLDER:
		return table_cell(t, row, col)->holder == f->holder;
	case FILTER_OURS:
		h = kb_holder(t->kb, table_cell(t, row, col)->holder);
		return h->face == FACE_CUSTOMER || h->pattern == PATTERN_HALF;
	case FILTER_BAND:
		return table_row(t, row)->band == f->band;
	default:
		return has_spot(f, row, col);
	}
}
