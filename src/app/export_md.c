/* md: Markdown as forges show it, for pull requests and wikis. */
#include "config.h"
#include "app/format.h"

#include "base/alloc.h"
#include "text/md.h"

/* Text in which nothing is a mark. */
static void text(struct sink *s, const char *t)
{
	for (; *t; t++) {
		if (strchr("\\`*_[]<>|#~&", *t))
			fputc('\\', s->out);
		fputc(*t == '\n' ? ' ' : *t, s->out);
	}
}

/* Lines of text in which nothing is a mark, and which stay lines: a line begins with what is no blank and no
 * mark of a list. */
static void prose_line(struct sink *s, const char *t, size_t n, bool more)
{
	size_t digits = strspn(t, "0123456789");
	char *part = xstrndup(t, n);

	if (strchr("-+=", *part) && *part)
		fputc('\\', s->out);
	if (digits && digits < n && strchr(".)", t[digits])) {
		fprintf(s->out, "%.*s\\", (int)digits, part);
		text(s, part + digits);
	} else {
		text(s, part);
	}
	fputs(more && n ? "  \n" : "\n", s->out);
	free(part);
}

static void prose(struct sink *s, const char *t)
{
	while (*t) {
		size_t blanks = strspn(t, " \t"), n = strcspn(t + blanks, "\n");
		t += blanks;
		prose_line(s, t, n, t[n] && t[n + 1] && t[n + 1] != '\n');
		t += n + (t[n] == '\n');
	}
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct sink *s = ctx;

	fputs("| ", s->out);
	text(s, head_label(table_row(t, y), 1000));
	for (int x = 0; x < t->ncols; x++) {
		fputs(" | ", s->out);
		text(s, cell_holder(t, y, x)->word);
		fputs(table_cell(t, y, x)->differs ? " \\*" : "", s->out);
	}
	if (t->count) {
		fputs(" | ", s->out);
		text(s, t->count[y]);
	}
	fputs(" |\n", s->out);
	return 0;
}

/* Why cells differ, of a table that knows, and what stands below it. */
static void reasons(struct sink *s, const struct table *t)
{
	struct why w;

	fputs(t->reason ? "\n" : "", s->out);
	for (int i = 0; table_next_reason(t, &i, &w); ) {
		fputs("- \\* **", s->out);
		text(s, w.col);
		fputs(", ", s->out);
		text(s, w.row);
		fputs("**: ", s->out);
		text(s, w.reason);
		fputc('\n', s->out);
	}
	if (t->foot) {
		fputc('\n', s->out);
		text(s, t->foot);
		fputc('\n', s->out);
	}
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	fputs("# ", s->out);
	text(s, t->matrix.title);
	fputs("\n\n", s->out);
	text(s, t->matrix.edition);
	fputs(", ", s->out);
	text(s, t->matrix.publisher);
	fprintf(s->out, ", %s\n\n", t->matrix.date);
	if (table_fill(t, 0, 1, 0, t->ncols, e))
		return -1;
	fputs("| Layer", s->out);
	for (int x = 0; x < t->ncols; x++) {
		fputs(" | ", s->out);
		text(s, head_label(table_col(t, x), 1000));
	}
	fputs(t->count ? " | Together |\n| :--" : " |\n| :--", s->out);
	for (int x = 0; x < t->ncols + (t->count != NULL); x++)
		fputs(" | :--", s->out);
	fputs(" |\n", s->out);
	if (each_row(t, row, s, e))
		return -1;
	if (!t->reason)
		fputs("\n\\* Editions differ here.\n", s->out);
	reasons(s, t);
	return 0;
}

struct writing {
	struct sink *sink;
	const struct page *page;
};

static void heading(struct sink *s, const char *t)
{
	fputs("\n## ", s->out);
	text(s, t);
	fputs("\n\n", s->out);
}

static void party(void *ctx, const struct holder *h, int duties)
{
	struct writing *w = ctx;
	const struct page *p = w->page;
	struct sink *s = w->sink;

	heading(s, h->word);
	if (!duties)
		fputs("Has nothing to do here.\n", s->out);
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		if (d->party != h->id)
			continue;
		fputs("- **", s->out);
		text(s, d->verb);
		fputs("** ", s->out);
		text(s, d->text);
		fputs(d->high ? " (high)" : "", s->out);
		if (page_doubt(d->source))
			fprintf(s->out, " (%s)", page_doubt(d->source));
		fputc('\n', s->out);
	}
}

static void section(struct writing *w, const struct section *sec)
{
	struct sink *s = w->sink;

	if (!sec->lines.n && !sec->refs.n)
		return;
	heading(s, sec->heading);
	for (int i = 0; i < sec->lines.n && sec->prose; i++) {
		const char *line = sec->lines.pair[i].value;
		line += strspn(line, " \t");
		prose_line(s, line, strlen(line),
			   i < sec->lines.n - 1 && *line && *sec->lines.pair[i + 1].value);
	}
	for (int i = 0; i < sec->lines.n && !sec->prose; i++) {
		if (sec->numbered)
			fprintf(s->out, "%d. ", i + 1);
		else
			fputs(sec->tasks ? "- [ ] " : "- ", s->out);
		if (*sec->lines.pair[i].label) {
			fputs("**", s->out);
			text(s, sec->lines.pair[i].label);
			fputs("** ", s->out);
		}
		text(s, sec->lines.pair[i].value);
		fputc('\n', s->out);
	}
	for (int i = 0; i < sec->refs.n; i++) {
		const struct ref *r = &sec->refs.ref[i];
		fputs("- ", s->out);
		text(s, r->title);
		if (r->holder) {
			fputs(": ", s->out);
			text(s, kb_holder(w->page->kb, r->holder)->word);
		}
		fprintf(s->out, "%s (`%s`)", r->note ? "\\*" : "", r->link);
		if (r->note && *r->note) {
			fputs(": ", s->out);
			text(s, r->note);
		}
		fputc('\n', s->out);
	}
}

static void sources(struct sink *s, const struct sources *list)
{
	if (list->n)
		heading(s, "Sources");
	for (int i = 0; i < list->n; i++) {
		const struct source *src = &list->source[i];
		struct buf rest = { 0 };
		fputs("- ", s->out);
		text(s, src->title);
		fputs(", ", s->out);
		page_source(src, &rest);
		text(s, buf_str(&rest));
		buf_release(&rest);
		if (*src->url)
			fprintf(s->out, ", <%s>", src->url);
		fputc('\n', s->out);
	}
}

static void pairs(struct sink *s, const struct pairs *list)
{
	for (int i = 0; i < list->n; i++) {
		fputs("- **", s->out);
		text(s, list->pair[i].label);
		fputs("**: ", s->out);
		text(s, list->pair[i].value);
		fputc('\n', s->out);
	}
}

static int page(struct sink *s, const struct page *p, struct err *e UNUSED)
{
	struct writing w = { s, p };

	fputs("# ", s->out);
	text(s, p->entry.title);
	if (p->entry.kind == KIND_CELL) {
		fputs(": ", s->out);
		text(s, kb_holder(p->kb, p->holder)->word);
	}
	fprintf(s->out, "\n\n`%s`\n", p->entry.link);
	if (*p->entry.summary) {
		fputc('\n', s->out);
		text(s, p->entry.summary);
		fputc('\n', s->out);
	}
	if (p->warnings.n || p->fields.n)
		fputc('\n', s->out);
	pairs(s, &p->warnings);
	pairs(s, &p->fields);
	for (int i = 0; i < p->nsection; i++)
		if (p->section[i].prose)
			section(&w, &p->section[i]);
	for (int i = 0; i < p->as_in.n; i++) {
		fputs("\nDuties as in ", s->out);
		text(s, p->as_in.ref[i].title);
		fprintf(s->out, " (`%s`).\n", p->as_in.ref[i].link);
	}
	if (p->entry.kind == KIND_CELL)
		page_parties(p, party, &w);
	if (*p->entry.body) {
		struct buf body = { 0 };
		md_export(&body, p->entry.body, 1);
		fprintf(s->out, "\n%s", buf_str(&body));
		buf_release(&body);
	}
	for (int i = 0; i < p->nsection; i++)
		if (!p->section[i].prose)
			section(&w, &p->section[i]);
	sources(s, &p->sources);
	return 0;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	for (int i = 0; i < h->n; i++) {
		fputs("- ", s->out);
		text(s, h->hit[i].title);
		fputs(h->hit[i].kind == KIND_NOTE ? ", your note" : "", s->out);
		fprintf(s->out, " (`%s`): ", h->hit[i].link);
		text(s, h->hit[i].snippet);
		fputc('\n', s->out);
	}
	fprintf(s->out, "\n%lld found\n", (long long)h->total);
	return 0;
}

static int diff(struct sink *s, const struct compare *c, struct err *e)
{
	return diff_page(&format_md, s, c, e);
}

static int notes(struct sink *s, const struct notes *n, struct err *e UNUSED)
{
	for (int i = 0; i < n->n; i++) {
		fprintf(s->out, "%s## `%s`\n\n%s\n\n", i ? "\n" : "", n->note[i].link, n->note[i].changed);
		prose(s, n->note[i].text);
	}
	return 0;
}

const struct format format_md = {
	.name = "md", .grid = grid, .page = page, .hits = hits, .diff = diff, .notes = notes };
