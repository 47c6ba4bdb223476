/* plain: sentences, one a line, for ears, grep and braille: no columns, no drawing. */
#include "config.h"
#include "app/format.h"

#include "text/md.h"
#include "text/text.h"

/* A sentence; a full stop comes where none is. */
static void sentence(struct sink *s, struct buf *b)
{
	char last = b->len ? b->data[b->len - 1] : '.';

	if (!strchr(".?!:", last))
		buf_addc(b, '.');
	sink_say(s, buf_str(b));
	fputc('\n', s->out);
	buf_clear(b);
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct sink *s = ctx;
	struct buf b = { 0 };

	for (int i = 0; i < t->nband; i++)
		if (t->band[i].first == y) {
			buf_addf(&b, "Band: %s", t->band[i].name);
			sentence(s, &b);
		}
	buf_addf(&b, "%d. %s.", y + 1, head_label(table_row(t, y), 1000));
	for (int x = 0; x < t->ncols; x++)
		buf_addf(&b, " %s: %s%s%s.", head_label(table_col(t, x), 1000), table_holder(t, y, x)->word,
		         *table_differs(t, y, x) ? ", " : "",
		         table_differs(t, y, x));
	if (t->tail_word)
		buf_addf(&b, " %s: %s.", t->tail_word, table_tail(t, y));
	sentence(s, &b);
	buf_release(&b);
	return 0;
}

/* Why cells differ, of a table that knows. */
static void reasons(struct sink *s, const struct table *t)
{
	struct buf b = { 0 };
	struct why w;

	for (int i = 0; table_next_reason(t, &i, &w); ) {
		buf_addf(&b, "%s, %s: %s", w.col, w.row, w.reason);
		sentence(s, &b);
	}
	buf_release(&b);
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	struct buf b = { 0 };
	int rc;

	buf_addf(&b, "%s, %s by %s of %s. ", t->matrix.title, t->matrix.edition, t->matrix.publisher,
	         t->matrix.date);
	table_count(&b, t->nrows, t->row_word);
	buf_add(&b, ", ");
	table_count(&b, t->ncols, t->col_word);
	buf_addc(&b, '.');
	sentence(s, &b);
	rc = each_row(t, row, s, e);
	reasons(s, t);
	if (t->foot)
		buf_add(&b, t->foot);
	for (int i = 0; i < t->ntally; i++)
		buf_addf(&b, "%s%s %lld", i ? ", " : "Cells: ", kb_holder(t->kb, t->tally[i].holder)->word,
		         (long long)t->tally[i].cells);
	sentence(s, &b);
	buf_release(&b);
	return rc;
}

struct speech {
	struct sink *sink;
	const struct page *page;
	struct buf b;
};

static void party(void *ctx, const struct holder *h, int duties)
{
	struct speech *sp = ctx;
	const struct page *p = sp->page;

	if (!duties) {
		buf_addf(&sp->b, "%s has nothing to do here", h->word);
		sentence(sp->sink, &sp->b);
	}
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		if (d->party != h->id)
			continue;
		buf_addf(&sp->b, "%s %s %s.%s", h->word, d->verb, d->text, d->high ? " Severity high." : "");
		if (page_doubt(d->source))
			buf_addf(&sp->b, " Source: %s.", page_doubt(d->source));
		sentence(sp->sink, &sp->b);
	}
}

static void body(struct speech *sp, const char *prose)
{
	struct buf plain = { 0 };

	md_plain(&plain, prose);
	for (const char *at = buf_str(&plain); *at;) {
		size_t n = strcspn(at, "\n");
		buf_addn(&sp->b, at, n);
		if (n)
			sentence(sp->sink, &sp->b);
		at += n + (at[n] == '\n');
	}
	buf_release(&plain);
}

static void section(struct speech *sp, const struct section *sec)
{
	for (int i = 0; i < sec->lines.n; i++) {
		const struct pair *line = &sec->lines.pair[i];
		if (sec->prose && *line->value)
			buf_addf(&sp->b, "%s: %s", sec->heading, line->value);
		else if (!sec->prose)
			buf_addf(&sp->b, "%s, %d: %s%s%s", sec->heading, i + 1, line->label,
			         *line->label ? " " : "", line->value);
		if (sp->b.len)
			sentence(sp->sink, &sp->b);
	}
	for (int i = 0; i < sec->refs.n; i++) {
		const struct ref *r = &sec->refs.ref[i];
		buf_addf(&sp->b, "%s, %d: %s", sec->heading, i + 1, r->title);
		if (r->holder)
			buf_addf(&sp->b, ": %s", kb_holder(sp->page->kb, r->holder)->word);
		buf_addf(&sp->b, "%s, %s", r->note ? ", unlike its model" : "", r->link);
		if (r->note && *r->note)
			buf_addf(&sp->b, ". %s", r->note);
		sentence(sp->sink, &sp->b);
	}
}

static void sources(struct speech *sp)
{
	const struct sources *list = &sp->page->sources;

	for (int i = 0; i < list->n; i++) {
		const struct source *src = &list->source[i];
		buf_addf(&sp->b, "Source, %d: %s, ", i + 1, src->title);
		page_source(src, &sp->b);
		if (*src->url)
			buf_addf(&sp->b, ", %s", src->url);
		sentence(sp->sink, &sp->b);
	}
}

static void pairs(struct speech *sp, const struct pairs *list)
{
	for (int i = 0; i < list->n; i++) {
		buf_addf(&sp->b, "%s: %s", list->pair[i].label, list->pair[i].value);
		sentence(sp->sink, &sp->b);
	}
}

static int page(struct sink *s, const struct page *p, struct err *e UNUSED)
{
	struct speech sp = { .sink = s, .page = p };
	struct buf badge = { 0 };

	buf_addf(&sp.b, "%s: %s. Link: %s", p->entry.title,
		 p->entry.kind == KIND_CELL ? kb_holder(p->kb, p->holder)->word : page_kind(p),
		 p->entry.link);
	sentence(s, &sp.b);
	if (*p->entry.summary) {
		buf_add(&sp.b, p->entry.summary);
		sentence(s, &sp.b);
	}
	pairs(&sp, &p->warnings);
	pairs(&sp, &p->fields);
	for (int i = 0; i < p->nsection; i++)
		if (p->section[i].prose)
			section(&sp, &p->section[i]);
	for (int i = 0; i < p->as_in.n; i++) {
		buf_addf(&sp.b, "Duties as in %s, %s", p->as_in.ref[i].title, p->as_in.ref[i].link);
		sentence(s, &sp.b);
	}
	if (p->entry.kind == KIND_CELL)
		page_parties(p, party, &sp);
	body(&sp, p->entry.body);
	for (int i = 0; i < p->nsection; i++)
		if (!p->section[i].prose)
			section(&sp, &p->section[i]);
	sources(&sp);
	buf_release(&badge);
	buf_release(&sp.b);
	return 0;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	struct buf b = { 0 };

	buf_addf(&b, "%lld found", (long long)h->total);
	if (h->total > h->n)
		buf_addf(&b, ", the best %d follow", h->n);
	sentence(s, &b);
	for (int i = 0; i < h->n; i++) {
		buf_addf(&b, "%d. %s, %s, %s. %s", i + 1, kind_table[h->hit[i].kind].word,
		         h->hit[i].title, h->hit[i].link, h->hit[i].snippet);
		sentence(s, &b);
	}
	buf_release(&b);
	return 0;
}

static int diff(struct sink *s, const struct compare *c, struct err *e)
{
	return diff_page(&format_plain, s, c, e);
}

static int notes(struct sink *s, const struct notes *n, struct err *e UNUSED)
{
	struct buf b = { 0 };

	for (int i = 0; i < n->n; i++) {
		buf_addf(&b, "%d. Note on %s, of %s: ", i + 1, n->note[i].link, n->note[i].changed);
		text_clean(&b, n->note[i].text, strlen(n->note[i].text), false);
		while (b.len && b.data[b.len - 1] == ' ')
			buf_cut(&b, b.len - 1);
		sentence(s, &b);
	}
	buf_release(&b);
	return 0;
}

const struct format format_plain = {
	.name = "plain", .grid = grid, .page = page, .hits = hits, .diff = diff, .notes = notes };
