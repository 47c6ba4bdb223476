/* Pages that stand in no database: lists, comparisons, stacks. */
#include "config.h"
#include "app/page.h"

#include "app/compare.h"
#include "app/stack.h"
#include "base/alloc.h"

struct page *page_new(struct kb *kb, const char *form, const char *link, const char *title,
                      const char *summary)
{
	struct page *p = xcalloc(1, sizeof *p);

	p->kb = kb;
	p->form = form;
	p->entry = (struct kb_entry){ .kind = KIND_TOPIC, .link = xstrdup(link), .title = xstrdup(title),
		.summary = xstrdup(summary), .body = xstrdup("") };
	return p;
}

void page_add_line(struct section *s, const char *label, const char *fmt, ...)
{
	struct buf text = { 0 }, before = { 0 };
	va_list ap;

	buf_addf(&before, "%s:", label);
	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	*GROW(s->lines.pair, s->lines.n, s->lines.cap) =
		(struct pair){ buf_detach(&before), buf_detach(&text) };
}

/* ---- lists ---- */

static int add_kinds(struct section *s, struct kb *kb, struct err *e)
{
	int64_t count[KIND__COUNT];

	if (kb_kinds(kb, count, e))
		return -1;
	for (int k = 0; k < KIND__COUNT; k++) {
		struct buf to = { 0 }, title = { 0 };
		if (!count[k])
			continue;
		buf_addf(&to, "%s/", kind_table[k].word);
		buf_addf(&title, "%s: %lld", kind_table[k].heading, (long long)count[k]);
		*GROW(s->refs.ref, s->refs.n, s->refs.cap) = (struct ref){ .kind = (enum kind)k,
			.link = buf_detach(&to), .title = buf_detach(&title), .summary = xstrdup("") };
	}
	return 0;
}

/* All kinds, or all entries of one. */
static struct page *list(struct kb *kb, const char *link, struct err *e)
{
	enum kind kind = kb_list_kind(link);
	bool index = kind == KIND__COUNT;
	struct page *p = page_new(kb, "list", link,
	                          index ? "All kinds of entries" : kind_table[kind].heading, "");
	struct section *s = page_add(p, index ? "index" : kind_table[kind].section,
	                             index ? "Kinds" : kind_table[kind].heading);
	int rc = index ? add_kinds(s, kb, e) : kb_of_kind(kb, kind, &s->refs, e);

	if (!index)
		page_tell_apart(&s->refs);
	if (!rc)
		return p;
	page_free(p);
	return NULL;
}

/* ---- "A..B" ---- */

static struct page *comparison(struct kb *kb, const char *link, struct err *e)
{
	struct compare *c = compare_of(kb, link, e);
	struct page *p = c ? compare_page(c, e) : NULL;

	compare_free(c);
	return p;
}

/* ---- "stack/A+B", "stack/A+B/LAYER" ---- */

static struct page *stack(struct kb *kb, const char *link, struct err *e)
{
	const char *layer = strchr(strchr(link, '/') + 1, '/');
	char *services = layer ? xstrndup(link, (size_t)(layer - link)) : xstrdup(link);
	struct table *t = stack_table(kb, services, e);
	int row = t && layer ? table_find_row(t, layer + 1) : -1;
	struct page *p = NULL;

	if (t && layer && row < 0)
		err_set(e, STATUS_LINK, "%s has no layer %s", services, layer + 1);
	else if (t)
		p = stack_page(t, row, e);
	table_free(t);
	free(services);
	return p;
}

bool page_is_made(const char *link)
{
	return stack_is(link) || strstr(link, "..") || !strcmp(link, "index") ||
	       kb_list_kind(link) < KIND__COUNT;
}

struct page *page_make(struct kb *kb, const char *link, struct err *e)
{
	return stack_is(link) ? stack(kb, link, e) : strstr(link, "..") ? comparison(kb, link, e) :
	       list(kb, link, e);
}
