#include "config.h"
#include "app/format.h"

#include "base/alloc.h"
#include "text/text.h"

static const struct format *const formats[] = {
	&format_text, &format_plain, &format_csv, &format_json, &format_md, &format_html,
	&format_svg,
};

const struct format *format_of(const char *name)
{
	for (int i = 0; i < ARRAY_LEN(formats); i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

bool format_has(const struct format *f, enum format_use use)
{
	return use == FORMAT_GRID   ? f->grid != NULL
	       : use == FORMAT_PAGE ? f->page != NULL
	       : use == FORMAT_HITS ? f->hits != NULL
	       : use == FORMAT_DIFF ? f->diff != NULL
				    : f->notes != NULL;
}

char *format_names(enum format_use use)
{
	struct buf b = { 0 };

	for (int i = 0; i < ARRAY_LEN(formats); i++)
		if (format_has(formats[i], use))
			buf_addf(&b, "%s%s", b.len ? " " : "", formats[i]->name);
	return buf_detach(&b);
}

/* plain has none: it is read, not kept. */
static const struct {
	const char *name;
	const struct format *format;
} endings[] = {
	{ ".txt", &format_text }, { ".md", &format_md }, { ".csv", &format_csv },
	{ ".json", &format_json }, { ".html", &format_html }, { ".svg", &format_svg },
};

const struct format *format_of_file(const char *file)
{
	const char *ending = strrchr(file, '.');

	for (int i = 0; ending && i < ARRAY_LEN(endings); i++)
		if (!strcmp(endings[i].name, ending))
			return endings[i].format;
	return NULL;
}

char *format_endings(enum format_use use)
{
	struct buf b = { 0 };

	for (int i = 0; i < ARRAY_LEN(endings); i++)
		if (format_has(endings[i].format, use))
			buf_addf(&b, "%s%s", b.len ? " " : "", endings[i].name);
	return buf_detach(&b);
}

static int by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

bool sink_has(const struct sink *s, const char *link)
{
	return s->nlink && bsearch(&link, s->sorted, (size_t)s->nlink, sizeof *s->sorted, by_name);
}

void sink_markup(struct sink *s, const char *text)
{
	struct buf b = { 0 };

	text_markup(&b, text);
	fputs(buf_str(&b), s->out);
	buf_release(&b);
}

void sink_say(struct sink *s, const char *text)
{
	struct buf b = { 0 };

	if (text_is_utf8()) {
		fputs(text, s->out);
		return;
	}
	text_ascii(&b, text);
	fputs(buf_str(&b), s->out);
	buf_release(&b);
}

void sink_face(struct sink *s, enum face face)
{
	if (s->paint)
		s->paint(s->out, s->paints, face);
}

void sink_column(struct sink *s, const char *text, int columns, enum face face)
{
	struct buf b = { 0 };

	text_pad(&b, text, columns);
	sink_face(s, face);
	sink_say(s, buf_str(&b));
	sink_face(s, FACE_TEXT);
	buf_release(&b);
}

int each_row(struct table *t, int (*row)(void *ctx, struct table *t, int row, struct err *e), void *ctx,
             struct err *e)
{
	enum { CHUNK = 64 };

	for (int at = 0; at < t->nrows; at++) {
		if (at % CHUNK == 0 && table_fill(t, at, CHUNK, 0, t->ncols, e))
			return -1;
		if (row(ctx, t, at, e))
			return -1;
		if (ferror(((struct sink *)ctx)->out))
			return 0;       /* whoever opened the stream will say so */
	}
	return 0;
}

int diff_page(const struct format *f, struct sink *s, const struct compare *c, struct err *e)
{
	struct page *p = compare_page(c, e);
	int rc = p ? f->page(s, p, e) : -1;

	page_free(p);
	return rc;
}

enum look holder_look(const struct holder *h)
{
	if (h->pattern == PATTERN_HALF)
		return LOOK_HALF;
	if (h->pattern == PATTERN_NONE || h->face == FACE_NEUTRAL)
		return LOOK_NONE;
	return h->face == FACE_CUSTOMER  ? LOOK_CUSTOMER
	       : h->face == FACE_MICROSOFT ? LOOK_MICROSOFT
					   : LOOK_OTHER;
}

/* ---- pages as documents ---- */

static void outline(struct sink *s, const struct kb_link *link, int n)
{
	s->link = link;
	s->nlink = n;
	s->sorted = xcalloc((size_t)n, sizeof *s->sorted);
	for (int i = 0; i < n; i++)
		s->sorted[i] = link[i].link;
	qsort(s->sorted, (size_t)n, sizeof *s->sorted, by_name);
}

static void forget(struct sink *s)
{
	free(s->sorted);
	s->sorted = NULL;
	s->nlink = 0;
}

/* Where pages are one document it knows their links before it begins. */
static int begin(const struct format *f, struct sink *s, struct kb *kb, const struct kb_link *link, int n,
                 struct err *e)
{
	if (!f->open)
		return 0;
	outline(s, link, n);
	return f->open(s, kb, e);
}

static int end(const struct format *f, struct sink *s, int rc)
{
	if (f->close && !rc)
		f->close(s);
	forget(s);
	return rc;
}

int print_link(const struct format *f, struct sink *s, struct kb *kb, const struct kb_link *to, bool first,
               struct err *e)
{
	struct page *p = page_load(kb, to->link, e);
	int rc = -1;

	if (p && page_add_note(p, s->own, e) >= 0 && (!to->section || !page_only(p, to->section, e))) {
		if (!first && f != &format_json && f != &format_csv)    /* where a person reads */
			fputc('\n', s->out);
		rc = f->page(s, p, e);
	}
	page_free(p);
	return rc;
}

int print_pages(const struct format *f, struct sink *s, struct kb *kb, const struct kb_link *link, int n,
                struct err *e)
{
	int rc = begin(f, s, kb, link, n, e);

	for (s->at = 0; s->at < n && !rc; s->at++)
		rc = print_link(f, s, kb, &link[s->at], s->at == 0, e);
	return end(f, s, rc);
}

int print_page(const struct format *f, struct sink *s, const struct page *p, struct err *e)
{
	const struct kb_link self = { .link = p->entry.link };
	int rc = begin(f, s, p->kb, &self, 1, e);

	s->at = 0;
	if (!rc)
		rc = f->page(s, p, e);
	return end(f, s, rc);
}
