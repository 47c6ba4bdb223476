/* csv: RFC 4180, lines ended by a newline.  What a spreadsheet would run begins with an apostrophe. */
#include "config.h"
#include "app/format.h"

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
		value(s, cell_holder(t, y, x)->slug, x < t->ncols - 1 || t->count ? ',' : '\n');
	if (t->count)
		value(s, t->count[y], '\n');
	return 0;
}

static void duty(struct sink *s, const struct table *t, int y, int x, const struct duty *d)
{
	const char *const field[] = { t->matrix.slug,
				      id_of(table_row(t, y)),
				      id_of(table_col(t, x)),
				      cell_holder(t, y, x)->slug,
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
		value(s, id_of(table_col(t, x)), x < t->ncols - 1 || t->count ? ',' : '\n');
	if (t->count)
		value(s, "together", '\n');
	return each_row(t, row, s, e);
}

static const char *holder_id(const struct compare *c, int holder)
{
	return holder ? kb_holder(c->kb, holder)->slug : "";
}

static int diff(struct sink *s, const struct compare *c, struct err *e UNUSED)
{
	fputs("layer,model,from,to\n", s->out);
	for (int i = 0; i < c->nchange; i++) {
		const struct change *ch = &c->change[i];
		value(s, ch->layer, ',');
		value(s, ch->model ? ch->model : "", ',');
		value(s, holder_id(c, ch->from), ',');
		value(s, holder_id(c, ch->to), '\n');
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

const struct format format_csv = { .name = "csv", .grid = grid, .diff = diff, .notes = notes };
