/* A page as lines of text. */
#include "config.h"
#include "app/page.h"

#include <ctype.h>

#include "app/when.h"
#include "text/md.h"

const char *page_kind(const struct page *p)
{
	return p->form ? p->form : kind_table[p->entry.kind].word;
}

const char *page_badge(const struct page *p, struct buf *out)
{
	const char *word = p->entry.kind == KIND_CELL ? kb_holder(p->kb, p->holder)->word :
	                   page_kind(p);

	for (; *word; word++)
		buf_addc(out, (char)toupper((unsigned char)*word));
	return buf_str(out);
}

const char *page_doubt(const char *source)
{
	static const struct { const char *source, *words; } doubts[] = {
		{ "ours", "ours" }, { "recalled", "from memory" } };

	for (int i = 0; i < ARRAY_LEN(doubts); i++)
		if (!strcmp(source, doubts[i].source))
			return doubts[i].words;
	return NULL;
}

void page_source(const struct source *s, struct buf *out)
{
	buf_add(out, s->publisher);
	if (*s->date)
		buf_addf(out, ", %s%s", s->date, when_age(s->date));
}

/* ---- the page as lines ---- */

struct layout {
	const struct page *page;
	struct lines *lines;
	struct rich rich;
	int width;
	struct mark *mark;
	int nmarks, marks;
	int most;               /* lines; what comes behind them is left out.  0: all */
};

static void put(struct layout *l, int indent, const char *marker, bool stop, const char *link)
{
	if (!l->most || l->lines->n < l->most)
		lines_add(l->lines, &l->rich, indent, marker, l->width, stop, link);
	rich_clear(&l->rich);
}

static void heading(struct layout *l, const char *name, const char *text)
{
	lines_gap(l->lines);
	if (l->marks < l->nmarks)
		l->mark[l->marks++] = (struct mark){ name, text, l->lines->n };
	rich_add(&l->rich, text, FACE_HEADING);
	put(l, 0, "", false, NULL);
}

static void put_party(void *ctx, const struct holder *party, int duties)
{
	struct layout *l = ctx;
	const struct page *p = l->page;

	heading(l, party->slug, party->word);
	if (!duties) {
		rich_add(&l->rich, "has nothing to do here", FACE_FAINT);
		put(l, 2, "", true, NULL);
	}
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		if (d->party != party->id)
			continue;
		rich_add(&l->rich, d->verb, FACE_STRONG);
		rich_add(&l->rich, " ", FACE_TEXT);
		rich_add(&l->rich, d->text, FACE_TEXT);
		if (d->high)
			rich_add(&l->rich, " [high]", FACE_MARK);
		if (page_doubt(d->source)) {
			rich_add(&l->rich, " (", FACE_FAINT);
			rich_add(&l->rich, page_doubt(d->source), FACE_FAINT);
			rich_add(&l->rich, ")", FACE_FAINT);
		}
		put(l, 1, "- ", true, NULL);
	}
}

static void put_fields(struct layout *l, const struct pairs *f, enum face face)
{
	if (f->n)
		lines_gap(l->lines);
	for (int i = 0; i < f->n; i++) {
		rich_add(&l->rich, f->pair[i].label, face);
		rich_add(&l->rich, ": ", face);
		rich_add(&l->rich, f->pair[i].value, FACE_TEXT);
		put(l, 0, "", true, NULL);
	}
}

static void put_ref(struct layout *l, const struct ref *r)
{
	rich_add(&l->rich, r->title, FACE_LINK);
	if (r->holder) {
		const struct holder *h = kb_holder(l->page->kb, r->holder);
		rich_add(&l->rich, ": ", FACE_TEXT);
		rich_add(&l->rich, h->word, FACE_STRONG);
	}
	if (r->note)
		rich_add(&l->rich, "*", FACE_MARK);
	if (r->note && *r->note) {
		rich_add(&l->rich, " ", FACE_TEXT);
		rich_add(&l->rich, r->note, FACE_FAINT);
	}
	put(l, 1, "> ", true, r->link);
}

static void put_as_in(struct layout *l)
{
	const struct refs *as_in = &l->page->as_in;

	if (!as_in->n)
		return;
	heading(l, "as-in", "Duties as in");
	for (int i = 0; i < as_in->n; i++)
		put_ref(l, &as_in->ref[i]);
}

static void put_section(struct layout *l, const struct section *s)
{
	char number[16];

	if (!s->refs.n && !s->lines.n)
		return;
	heading(l, s->name, s->heading);
	for (int i = 0; i < s->lines.n; i++) {
		if (s->prose && !*s->lines.pair[i].value) {
			lines_gap(l->lines);
			continue;
		}
		snprintf(number, sizeof number, "%d. ", i + 1);
		if (*s->lines.pair[i].label) {
			rich_add(&l->rich, s->lines.pair[i].label, FACE_STRONG);
			rich_add(&l->rich, " ", FACE_TEXT);
		}
		rich_add(&l->rich, s->lines.pair[i].value, FACE_TEXT);
		put(l, s->prose ? 2 : 1, s->prose ? "" : s->numbered ? number : "- ", true, NULL);
	}
	for (int i = 0; i < s->refs.n; i++)
		put_ref(l, &s->refs.ref[i]);
}

static void put_sources(struct layout *l)
{
	const struct sources *s = &l->page->sources;

	if (s->n)
		heading(l, "sources", "Sources");
	for (int i = 0; i < s->n; i++) {
		struct buf rest = { 0 };
		page_source(&s->source[i], &rest);
		rich_add(&l->rich, s->source[i].title, FACE_LINK);
		rich_add(&l->rich, ", ", FACE_FAINT);
		rich_add(&l->rich, buf_str(&rest), FACE_FAINT);
		put(l, 1, "> ", true, s->source[i].link);
		buf_release(&rest);
	}
}

static int lay_out(struct layout *l)
{
	const struct page *p = l->page;

	if (*p->entry.summary) {
		rich_add(&l->rich, p->entry.summary, FACE_TEXT);
		put(l, 0, "", true, NULL);
	}
	put_fields(l, &p->warnings, FACE_MARK);
	put_fields(l, &p->fields, FACE_STRONG);
	for (int i = 0; i < p->nsection; i++)
		if (p->section[i].prose)
			put_section(l, &p->section[i]);
	put_as_in(l);
	if (p->entry.kind == KIND_CELL)
		page_parties(p, put_party, l);
	if (*p->entry.body) {
		lines_gap(l->lines);
		md_lines(l->lines, p->entry.body, 0, l->width);
	}
	for (int i = 0; i < p->nsection; i++)
		if (!p->section[i].prose)
			put_section(l, &p->section[i]);
	put_sources(l);
	rich_release(&l->rich);
	return l->marks;
}

int page_lines(const struct page *p, struct lines *lines, int width, struct mark *mark, int nmarks)
{
	struct layout l = { .page = p, .lines = lines, .width = width, .mark = mark, .nmarks = nmarks };

	return lay_out(&l);
}

void page_first_lines(const struct page *p, struct lines *lines, int width, int most)
{
	struct layout l = { .page = p, .lines = lines, .width = width, .most = most };

	lay_out(&l);
}
