/* html: one file that needs no other and runs nothing.  The grid, and what grid and pages share; the pages
 * are in export_html_page.c.  Ids are links: id="azure:paas/os". */
#include "config.h"
#include "app/html.h"

#include "text/text.h"

const char *html_look(const struct holder *h)
{
	static const char *const look[LOOK__COUNT] = { [LOOK_CUSTOMER] = "customer",
		[LOOK_MICROSOFT] = "microsoft", [LOOK_HALF] = "half", [LOOK_NONE] = "nobody",
		[LOOK_OTHER] = "other" };

	return look[holder_look(h)];
}

void html_open(struct sink *s, const char *title)
{
	fprintf(s->out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '%s'; "
		"base-uri 'none'; form-action 'none'\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"generator\" content=\"%s\">\n<title>",
		html_style_hash, PACKAGE_STRING);
	sink_markup(s, title);
	fprintf(s->out, "</title>\n<style>%s</style>\n</head>\n<body>\n", html_style);
}

void html_close(struct sink *s)
{
	fprintf(s->out, "<footer><p>Made by %s from <code>", PACKAGE_STRING);
	sink_markup(s, s->content);
	fputs("</code></p></footer>\n</body>\n</html>\n", s->out);
}

void html_id(struct sink *s, const char *link, const char *section)
{
	fputs(" id=\"", s->out);
	sink_markup(s, link);
	if (section) {
		fputc('#', s->out);
		sink_markup(s, section);
	}
	fputc('"', s->out);
}

void html_fragment(struct buf *out, const char *link)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_~";

	for (; *link; link++)
		if (strchr(plain, *link))
			buf_addc(out, *link);
		else
			buf_addf(out, "%%%02X", (unsigned char)*link);
}

/* ---- the grid ---- */

struct writing {
	struct sink s;          /* first: each_row() asks it */
	bool inside;            /* a tbody */
};

static void part_id(struct sink *s, const struct table *t, const char *model, const char *layer)
{
	struct buf link = { 0 };

	buf_addf(&link, "%s:%s%s%s", t->matrix.slug, model, *model && *layer ? "/" : "", layer);
	html_id(s, buf_str(&link), NULL);
	buf_release(&link);
}

static void band(struct writing *w, const struct table *t, int y)
{
	bool begins = !w->inside;

	for (int i = 0; i < t->nband; i++)
		begins |= t->band[i].first == y;
	if (!begins)
		return;
	fputs(w->inside ? "</tbody>\n<tbody>\n" : "<tbody>\n", w->s.out);
	w->inside = true;
	for (int i = 0; i < t->nband; i++)
		if (t->band[i].first == y) {
			fprintf(w->s.out, "<tr class=\"band\"><th scope=\"rowgroup\" colspan=\"%d\">",
				t->ncols + 1 + (t->tail_word != NULL));
			sink_markup(&w->s, t->band[i].name);
			fputs("</th></tr>\n", w->s.out);
		}
}

static void cell(struct sink *s, struct table *t, int y, int x)
{
	const struct holder *h = table_holder(t, y, x);
	const struct head *layer = table_row(t, y), *model = table_col(t, x);

	fputs("<td", s->out);
	if (layer->slug && model->slug)
		part_id(s, t, model->slug, layer->slug);
	fprintf(s->out, " class=\"%s\" data-holder=\"", html_look(h));
	sink_markup(s, h->slug);
	fputs("\"><span>", s->out);
	sink_markup(s, h->word);
	fputs("</span>", s->out);
	if (table_cell(t, y, x)->differs) {
		fputs("<abbr title=\"", s->out);
		sink_markup(s, t->reason ? t->reason[y * t->ncols + x] : t->differs_word);
		fputs("\">*</abbr>", s->out);
	}
	fputs("</td>", s->out);
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct writing *w = ctx;
	const struct head *layer = table_row(t, y);

	band(w, t, y);
	fputs("<tr><th scope=\"row\"", w->s.out);
	if (layer->slug) {
		struct buf part = { 0 };
		buf_addf(&part, "layer/%s", layer->slug);
		part_id(&w->s, t, "", buf_str(&part));
		buf_release(&part);
	}
	fputc('>', w->s.out);
	sink_markup(&w->s, head_label(layer, 1000));
	fputs("</th>", w->s.out);
	for (int x = 0; x < t->ncols; x++)
		cell(&w->s, t, y, x);
	if (t->tail_word) {
		fputs("<td class=\"tail\">", w->s.out);
		sink_markup(&w->s, table_tail(t, y));
		fputs("</td>", w->s.out);
	}
	fputs("</tr>\n", w->s.out);
	return 0;
}

static void heads(struct sink *s, struct table *t)
{
	fputs("<thead>\n<tr><th scope=\"col\">Layer</th>", s->out);
	for (int x = 0; x < t->ncols; x++) {
		const struct head *model = table_col(t, x);
		fputs("<th scope=\"col\"", s->out);
		if (model->slug)
			part_id(s, t, model->slug, "");
		fputc('>', s->out);
		sink_markup(s, head_label(model, 1000));
		fputs("</th>", s->out);
	}
	if (t->tail_word)
		fprintf(s->out, "<th scope=\"col\">%s</th>", t->tail_word);
	fputs("</tr>\n</thead>\n", s->out);
}

static void legend(struct sink *s, struct table *t)
{
	fputs("<ul class=\"legend\">\n", s->out);
	for (int i = 0; i < t->ntally; i++) {
		const struct holder *h = kb_holder(t->kb, t->tally[i].holder);
		fprintf(s->out, "<li><span class=\"swatch %s\"></span> <strong>", html_look(h));
		sink_markup(s, h->word);
		fprintf(s->out, "</strong> %lld", (long long)t->tally[i].cells);
		if (*h->summary) {
			fputs(": ", s->out);
			sink_markup(s, h->summary);
		}
		fputs("</li>\n", s->out);
	}
	fprintf(s->out, "<li><strong>*</strong> %s</li>\n</ul>\n", t->differs_word);
}

/* Why cells differ, of a table that knows, and what stands below it. */
static void reasons(struct sink *s, const struct table *t)
{
	struct why w;

	fputs("<ul>\n", s->out);
	for (int i = 0; table_next_reason(t, &i, &w); ) {
		fputs("<li>* <strong>", s->out);
		sink_markup(s, w.col);
		fputs(", ", s->out);
		sink_markup(s, w.row);
		fputs("</strong>: ", s->out);
		sink_markup(s, w.reason);
		fputs("</li>\n", s->out);
	}
	fputs("</ul>\n<p>", s->out);
	sink_markup(s, t->foot ? t->foot : "");
	fputs("</p>\n", s->out);
}

int html_table(struct sink *s, struct table *t, struct err *e)
{
	struct writing w = { .s = *s };

	if (table_fill(t, 0, 1, 0, t->ncols, e))
		return -1;
	fputs("<div class=\"wide\">\n<table>\n<caption>", s->out);
	sink_markup(s, t->matrix.edition);
	fputs(", ", s->out);
	sink_markup(s, t->matrix.publisher);
	fputs(", ", s->out);
	sink_markup(s, t->matrix.date);
	fprintf(s->out, ": who is responsible for each layer in %s</caption>\n",
		t->stack ? "each service" : t->reason || t->ntally ? "each model" : "each of the two");
	heads(s, t);
	if (each_row(t, row, &w, e))
		return -1;
	fputs(w.inside ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n", s->out);
	return 0;
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	html_open(s, t->matrix.title);
	fputs("<main", s->out);
	html_id(s, t->matrix.link, NULL);
	fputs(">\n<h1>", s->out);
	sink_markup(s, t->matrix.title);
	fputs("</h1>\n", s->out);
	if (html_table(s, t, e))
		return -1;
	if (t->reason)
		reasons(s, t);
	else
		legend(s, t);
	fputs("</main>\n", s->out);
	html_close(s);
	return 0;
}

/* The two side by side, and what happens to the duties. */
static int diff(struct sink *s, const struct compare *c, struct err *e)
{
	struct page *p = compare_page(c, e);
	struct table *t = p ? compare_table(c, e) : NULL;
	int rc = -1;

	if (t) {
		html_open(s, p->entry.title);
		rc = html_page_with(s, p, t, e);
		html_close(s);
	}
	table_free(t);
	page_free(p);
	return rc;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	html_open(s, "Search");
	fprintf(s->out, "<main>\n<h1>Search</h1>\n<p>%lld found</p>\n<ol>\n", (long long)h->total);
	for (int i = 0; i < h->n; i++) {
		fprintf(s->out, "<li>%s <strong>", kind_table[h->hit[i].kind].word);
		sink_markup(s, h->hit[i].title);
		fputs("</strong> <code>", s->out);
		sink_markup(s, h->hit[i].link);
		fputs("</code>: ", s->out);
		sink_markup(s, h->hit[i].snippet);
		fputs("</li>\n", s->out);
	}
	fputs("</ol>\n</main>\n", s->out);
	html_close(s);
	return 0;
}

const struct format format_html = {
	.name = "html", .grid = grid, .diff = diff, .hits = hits, .page = html_page, .open = html_pages_open,
	.close = html_close };
