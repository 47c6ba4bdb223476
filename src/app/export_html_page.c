/* Pages of an HTML document: an article each, with a list of them in front where there are several. */
#include "config.h"
#include "app/html.h"

#include "text/md.h"
#include "text/text.h"

struct writing {
	struct sink *sink;
	const struct page *page;
	int level;              /* of headings of sections */
};

static void title_of(struct kb *kb, const char *link, struct buf *out)
{
	struct kb_entry entry = { 0 };
	struct err e;           /* whoever opens the page will say it */

	if (kb_list_kind(link) < KIND__COUNT)
		buf_add(out, kind_table[kb_list_kind(link)].heading);
	else
		buf_add(out, kb_entry(kb, link, &entry, &e) > 0 ? entry.title : link);
	kb_entry_release(&entry);
}

/* #address of a page, in a tag. */
static void open_link(struct sink *s, const char *link, const char *section)
{
	struct buf to = { 0 };

	html_fragment(&to, link);
	if (section) {
		buf_add(&to, "%23");
		html_fragment(&to, section);
	}
	fputs("<a href=\"#", s->out);
	sink_markup(s, buf_str(&to));
	fputs("\">", s->out);
	buf_release(&to);
}

static void contents(struct sink *s, struct kb *kb)
{
	fputs("<nav aria-label=\"Pages\">\n<ol>\n", s->out);
	for (int i = 0; i < s->nlink; i++) {
		const struct kb_link *l = &s->link[i];
		struct buf title = { 0 };
		title_of(kb, l->link, &title);
		fputs("<li>", s->out);
		open_link(s, l->link, l->section);
		sink_markup(s, buf_str(&title));
		fputs("</a> <code>", s->out);
		sink_markup(s, l->link);
		if (l->section) {
			fputc('#', s->out);
			sink_markup(s, l->section);
		}
		fputs("</code></li>\n", s->out);
		buf_release(&title);
	}
	fputs("</ol>\n</nav>\n", s->out);
}

int html_pages_open(struct sink *s, struct kb *kb, struct err *e UNUSED)
{
	struct buf title = { 0 };

	if (s->nlink == 1)
		title_of(kb, s->link[0].link, &title);
	else
		buf_addf(&title, "Shared responsibility: %d pages", s->nlink);
	html_open(s, buf_str(&title));
	if (s->nlink > 1) {
		fputs("<header>\n<h1>", s->out);
		sink_markup(s, buf_str(&title));
		fputs("</h1>\n", s->out);
		contents(s, kb);
		fputs("</header>\n", s->out);
	}
	buf_release(&title);
	return 0;
}

/* ---- parts of a page ---- */

/* A link of ours: to the page where the document has it, else its text and what to type. */
static void own_link(struct sink *s, const char *link, const char *text)
{
	bool here = sink_has(s, link);

	if (here)
		open_link(s, link, NULL);
	sink_markup(s, text);
	if (here) {
		fputs("</a>", s->out);
		return;
	}
	fputs(" <code>", s->out);
	sink_markup(s, link);
	fputs("</code>", s->out);
}

static char *place(void *ctx, const char *link)
{
	struct sink *s = ctx;
	struct buf page = { 0 }, to = { 0 };

	buf_addn(&page, link, strcspn(link, "#"));
	if (sink_has(s, buf_str(&page))) {
		buf_addc(&to, '#');
		html_fragment(&to, buf_str(&page));
	}
	buf_release(&page);
	return to.len ? buf_detach(&to) : NULL;
}

static void heading(struct writing *w, const char *name, const char *text)
{
	struct sink *s = w->sink;

	fputs("<section", s->out);
	if (name)
		html_id(s, w->page->entry.link, name);
	fprintf(s->out, ">\n<h%d>", w->level);
	sink_markup(s, text);
	fprintf(s->out, "</h%d>\n", w->level);
}

static void doubt(struct sink *s, const char *source)
{
	if (page_doubt(source))
		fprintf(s->out, " <em>(%s)</em>", page_doubt(source));
}

static void party(void *ctx, const struct holder *h, int duties)
{
	struct writing *w = ctx;
	struct sink *s = w->sink;
	const struct duties *d = &w->page->duties;

	heading(w, h->slug, h->word);
	fputs(duties ? "<ul>\n" : "<p>Has nothing to do here.</p>\n", s->out);
	for (int i = 0; i < d->n; i++) {
		if (d->duty[i].party != h->id)
			continue;
		fputs("<li><strong>", s->out);
		sink_markup(s, d->duty[i].verb);
		fputs("</strong> ", s->out);
		sink_markup(s, d->duty[i].text);
		fputs(d->duty[i].high ? " <strong class=\"high\">[high]</strong>" : "", s->out);
		doubt(s, d->duty[i].source);
		fputs("</li>\n", s->out);
	}
	fputs(duties ? "</ul>\n</section>\n" : "</section>\n", s->out);
}

static void ref(struct writing *w, const struct ref *r)
{
	struct sink *s = w->sink;

	fputs("<li>", s->out);
	own_link(s, r->link, r->title);
	if (r->holder) {
		const struct holder *h = kb_holder(w->page->kb, r->holder);
		fprintf(s->out, ": <span class=\"swatch %s\"></span> <strong>", html_look(h));
		sink_markup(s, h->word);
		fputs("</strong>", s->out);
	}
	fputs(r->note ? "<abbr title=\"Unlike its model\">*</abbr>" : "", s->out);
	if (r->note && *r->note) {
		fputs(" ", s->out);
		sink_markup(s, r->note);
	}
	fputs("</li>\n", s->out);
}

/* A name can come twice: the first one is what a link means. */
static bool named_before(const struct page *p, const char *name, int n)
{
	for (int k = 0; k < n; k++)
		if (!strcmp(p->section[k].name, name) &&
		    (p->section[k].refs.n || p->section[k].lines.n))
			return true;
	return false;
}

static void section(struct writing *w, int n)
{
	const struct section *sec = &w->page->section[n];
	const char *list = sec->prose ? "div" : sec->numbered ? "ol" : "ul";
	const char *item = sec->prose ? "p" : "li";
	struct sink *s = w->sink;

	if (!sec->lines.n && !sec->refs.n)
		return;
	heading(w, named_before(w->page, sec->name, n) ? NULL : sec->name, sec->heading);
	fprintf(s->out, "<%s>\n", list);
	for (int i = 0; i < sec->lines.n; i++) {
		const struct pair *line = &sec->lines.pair[i];
		if (sec->prose && !*line->value)
			continue;
		fprintf(s->out, "<%s>", item);
		if (*line->label) {
			fputs("<strong>", s->out);
			sink_markup(s, line->label);
			fputs("</strong> ", s->out);
		}
		sink_markup(s, line->value);
		fprintf(s->out, "</%s>\n", item);
	}
	for (int i = 0; i < sec->refs.n; i++)
		ref(w, &sec->refs.ref[i]);
	fprintf(s->out, "</%s>\n</section>\n", list);
}

/* Outwards only over https. */
static void source(struct sink *s, const struct source *src)
{
	struct buf rest = { 0 };
	bool safe = !strncmp(src->url, "https://", 8);

	fputs("<li>", s->out);
	if (safe) {
		fputs("<a href=\"", s->out);
		sink_markup(s, src->url);
		fputs("\" rel=\"noreferrer\">", s->out);
	}
	sink_markup(s, src->title);
	fputs(safe ? "</a>, " : ", ", s->out);
	page_source(src, &rest);
	sink_markup(s, buf_str(&rest));
	buf_release(&rest);
	if (*src->url) {
		fputs(" <code class=\"url\">", s->out);
		sink_markup(s, src->url);
		fputs("</code>", s->out);
	}
	fputs("</li>\n", s->out);
}

static void sources(struct writing *w)
{
	const struct sources *list = &w->page->sources;

	if (!list->n)
		return;
	heading(w, named_before(w->page, "sources", w->page->nsection) ? NULL : "sources", "Sources");
	fputs("<ul>\n", w->sink->out);
	for (int i = 0; i < list->n; i++)
		source(w->sink, &list->source[i]);
	fputs("</ul>\n</section>\n", w->sink->out);
}

static void pairs(struct sink *s, const struct pairs *list, const char *class)
{
	if (!list->n)
		return;
	fprintf(s->out, "<dl class=\"%s\">\n", class);
	for (int i = 0; i < list->n; i++) {
		fputs("<dt>", s->out);
		sink_markup(s, list->pair[i].label);
		fputs("</dt> <dd>", s->out);
		sink_markup(s, list->pair[i].value);
		fputs("</dd>\n", s->out);
	}
	fputs("</dl>\n", s->out);
}

static void as_in(struct writing *w)
{
	const struct refs *list = &w->page->as_in;

	for (int i = 0; i < list->n; i++) {
		fputs("<p>Duties as in ", w->sink->out);
		own_link(w->sink, list->ref[i].link, list->ref[i].title);
		fputs(".</p>\n", w->sink->out);
	}
}

static void head(struct writing *w)
{
	const struct page *p = w->page;
	struct sink *s = w->sink;

	fprintf(s->out, "<h%d>", w->level - 1);
	sink_markup(s, p->entry.title);
	if (p->entry.kind == KIND_CELL) {
		const struct holder *h = kb_holder(p->kb, p->holder);
		fprintf(s->out, ": <span class=\"swatch %s\"></span> ", html_look(h));
		sink_markup(s, h->word);
	}
	fprintf(s->out, "</h%d>\n<p class=\"link\">%s <code>", w->level - 1, page_kind(p));
	sink_markup(s, p->entry.link);
	fputs("</code></p>\n", s->out);
	if (*p->entry.summary) {
		fputs("<p class=\"summary\">", s->out);
		sink_markup(s, p->entry.summary);
		fputs("</p>\n", s->out);
	}
	pairs(s, &p->warnings, "warnings");
	pairs(s, &p->fields, "fields");
}

/* The id is the page's, or that of its first section where several of them stand in one document. */
static bool has_id(const struct sink *s)
{
	for (int i = 0; i < s->at; i++)
		if (!strcmp(s->link[i].link, s->link[s->at].link))
			return false;
	return true;
}

int html_page_with(struct sink *s, const struct page *p, struct table *t, struct err *e)
{
	struct writing w = { s, p, s->nlink > 1 ? 3 : 2 };

	fputs(s->nlink > 1 ? "<article" : "<main", s->out);
	if (has_id(s))
		html_id(s, p->entry.link, NULL);
	fputs(">\n", s->out);
	head(&w);
	if (t && html_table(s, t, e))
		return -1;
	for (int i = 0; i < p->nsection; i++)
		if (p->section[i].prose)
			section(&w, i);
	as_in(&w);
	if (p->entry.kind == KIND_CELL)
		page_parties(p, party, &w);
	if (*p->entry.body) {
		struct buf body = { 0 };
		md_html(&body, p->entry.body, w.level - 2, place, s);   /* prose begins with ## */
		fputs(buf_str(&body), s->out);
		buf_release(&body);
	}
	for (int i = 0; i < p->nsection; i++)
		if (!p->section[i].prose)
			section(&w, i);
	sources(&w);
	fputs(s->nlink > 1 ? "</article>\n" : "</main>\n", s->out);
	return 0;
}

int html_page(struct sink *s, const struct page *p, struct err *e)
{
	return html_page_with(s, p, NULL, e);
}
