/* csv: RFC 4180, lines ended by a newline.  What a spreadsheet would run begins with an apostrophe. */
#include "config.h"
#include "app/format.h"

#include "text/md.h"

static void value(struct sink *s, const char *text, char end)
{
	bool quote = text[strcspn(text, ",\"\r\n")] != '\0', run = *text && strchr("=+-@\t\r", *text);

	if (quote || run)
		fputc('"', s->out);
	if (run)
		fputc('\'', s->out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', s->out);
		fputc(*text, s->out);
	}
	if (quote || run)
		fputc('"', s->out);
	fputc(end, s->out);
}

static const char *id_of(const struct head *h)
{
	return h->slug ? h->slug : "";
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct sink *s = ctx;

	value(s, id_of(table_row(t, y)), ',');
	for (int x = 0; x < t->ncols; x++)
		value(s, table_holder(t, y, x)->slug, x < t->ncols - 1 || t->tail_word ? ',' : '\n');
	if (t->tail_word)
		value(s, table_tail(t, y), '\n');
	return 0;
}

static void duty(struct sink *s, const struct table *t, int y, int x, const struct duty *d)
{
	const char *const field[] = { t->matrix.slug,
				      id_of(table_row(t, y)),
				      id_of(table_col(t, x)),
				      table_holder(t, y, x)->slug,
				      d->slug,
				      kb_holder(t->kb, d->party)->slug,
				      d->verb,
				      d->high ? "high" : "normal",
				      d->text,
				      d->source };

	for (int i = 0; i < ARRAY_LEN(field); i++)
		value(s, field[i], i < ARRAY_LEN(field) - 1 ? ',' : '\n');
}

static int duties_row(void *ctx, struct table *t, int y, struct err *e)
{
	for (int x = 0; x < t->ncols; x++) {
		struct buf link = { 0 };
		struct page *p;
		buf_addf(&link, "%s:%s/%s", t->matrix.slug, id_of(table_col(t, x)), id_of(table_row(t, y)));
		p = page_load_brief(t->kb, buf_str(&link), e);
		buf_release(&link);
		for (int i = 0; p && i < p->duties.n; i++)
			duty(ctx, t, y, x, &p->duties.duty[i]);
		if (!p)
			return -1;
		page_free(p);
	}
	return 0;
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	if (s->lengthy) {
		fputs("matrix,layer,model,holder,duty,party,verb,severity,text,source\n", s->out);
		return each_row(t, duties_row, s, e);
	}
	if (table_fill(t, 0, 1, 0, t->ncols, e))
		return -1;
	value(s, "layer", t->ncols ? ',' : '\n');
	for (int x = 0; x < t->ncols; x++)
		value(s, id_of(table_col(t, x)), x < t->ncols - 1 || t->tail_word ? ',' : '\n');
	if (t->tail_word)
		value(s, "together", '\n');
	return each_row(t, row, s, e);
}

static const char *holder_id(const struct compare *c, int holder)
{
	return holder ? kb_holder(c->kb, holder)->slug : "";
}

static int diff(struct sink *s, const struct compare *c, struct err *e UNUSED)
{
	const struct change *ch;

	fputs("layer,model,from,to\n", s->out);
	for (int at = 0; (ch = compare_next(c, &at)); ) {
		value(s, c->layer[ch->layer].slug, ',');
		value(s, ch->model >= 0 ? c->model[ch->model].slug : "", ',');
		value(s, holder_id(c, ch->from), ',');
		value(s, holder_id(c, ch->to), '\n');
	}
	return 0;
}

/* ---- pages: a line of a section a row ---- */

static int open_pages(struct sink *s, struct kb *kb UNUSED, struct err *e UNUSED)
{
	fputs("link,section,label,text,target\n", s->out);
	return 0;
}

static void line(struct sink *s, const struct page *p, const char *section, const char *label,
                 const char *text, const char *target)
{
	const char *const field[] = { p->entry.link, section, label, text, target };

	for (int i = 0; i < ARRAY_LEN(field); i++)
		value(s, field[i], i < ARRAY_LEN(field) - 1 ? ',' : '\n');
}

static void pairs(struct sink *s, const struct page *p, const char *section, const struct pairs *list)
{
	for (int i = 0; i < list->n; i++)
		line(s, p, section, list->pair[i].label, list->pair[i].value, "");
}

static void refs(struct sink *s, const struct page *p, const char *section, const struct refs *list)
{
	for (int i = 0; i < list->n; i++) {
		const struct ref *r = &list->ref[i];
		line(s, p, section, r->holder ? kb_holder(p->kb, r->holder)->slug : "", r->title, r->link);
	}
}

static int page(struct sink *s, const struct page *p, struct err *e UNUSED)
{
	line(s, p, "", p->holder ? kb_holder(p->kb, p->holder)->slug : page_kind(p), p->entry.title, "");
	if (*p->entry.summary)
		line(s, p, "summary", "", p->entry.summary, "");
	pairs(s, p, "warnings", &p->warnings);
	pairs(s, p, "fields", &p->fields);
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		struct buf text = { 0 };
		buf_addf(&text, "%s %s", d->verb, d->text);
		line(s, p, kb_holder(p->kb, d->party)->slug, d->high ? "high" : "normal", buf_str(&text), "");
		buf_release(&text);
	}
	if (*p->entry.body) {
		struct buf text = { 0 };
		md_plain(&text, p->entry.body);
		line(s, p, "text", "", buf_str(&text), "");
		buf_release(&text);
	}
	for (int i = 0; i < p->nsection; i++) {
		pairs(s, p, p->section[i].name, &p->section[i].lines);
		refs(s, p, p->section[i].name, &p->section[i].refs);
	}
	for (int i = 0; i < p->sources.n; i++)
		line(s, p, "sources", p->sources.source[i].date, p->sources.source[i].title,
		     p->sources.source[i].url);
	return 0;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	fputs("link,kind,title,snippet\n", s->out);
	for (int i = 0; i < h->n; i++) {
		value(s, h->hit[i].link, ',');
		value(s, kind_table[h->hit[i].kind].word, ',');
		value(s, h->hit[i].title, ',');
		value(s, h->hit[i].snippet, '\n');
	}
	return 0;
}

static int notes(struct sink *s, const struct notes *n, struct err *e UNUSED)
{
	fputs("link,changed,text\n", s->out);
	for (int i = 0; i < n->n; i++) {
		value(s, n->note[i].link, ',');
		value(s, n->note[i].changed, ',');
		value(s, n->note[i].text, '\n');
	}
	return 0;
}

const struct format format_csv = {
	.name = "csv", .grid = grid, .page = page, .hits = hits, .diff = diff, .notes = notes,
	.open = open_pages };
