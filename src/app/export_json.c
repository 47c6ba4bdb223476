/* json: one object a line, keys in a fixed order; the shapes are promised to scripts (onus(1)). */
#include "config.h"
#include "app/format.h"

#include "app/stack.h"
#include "base/alloc.h"
#include "text/json.h"
#include "text/md.h"

static void begin(struct json *j, const struct sink *s)
{
	json_open(j, NULL, '{');
	json_int(j, "schema", 1);
	json_str(j, "content", s->content);
}

struct rows {
	struct sink sink;       /* first: each_row() looks at its stream */
	struct json json;
};

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct json *j = &((struct rows *)ctx)->json;
	const struct head *h = table_row(t, y);

	json_open(j, NULL, '{');
	json_str(j, "id", h->slug ? h->slug : "");
	json_str(j, "name", head_label(h, 1000));
	json_str(j, "band", h->band >= 0 && h->band < t->nband ? t->band[h->band].slug : NULL);
	json_open(j, "cells", '{');
	for (int x = 0; x < t->ncols; x++)
		json_str(j, table_col(t, x)->slug ? table_col(t, x)->slug : "", cell_holder(t, y, x)->slug);
	json_close(j);
	json_close(j);
	return 0;
}

static int put_matrix(struct json *j, const struct table *t, struct err *e)
{
	struct sources sources = { 0 };
	int rc = kb_sources(t->kb, t->matrix.id, &sources, e);

	json_open(j, "matrix", '{');
	json_str(j, "id", t->matrix.slug);
	json_str(j, "title", t->matrix.title);
	json_str(j, "date", t->matrix.date);
	json_str(j, "source", !rc && sources.n ? sources.source[0].url : NULL);
	json_close(j);
	sources_release(&sources);
	return rc;
}

static void put_counts(struct json *j, const struct table *t, const int *count, const char *key)
{
	json_open(j, key, '{');
	for (int h = 1; h <= kb_holder_count(t->kb); h++)
		if (count[h])
			json_int(j, kb_holder(t->kb, h)->slug, count[h]);
	json_close(j);
}

static void put_stack_layer(struct json *j, const struct table *t, int y, int *count)
{
	json_open(j, NULL, '{');
	json_str(j, "id", table_row(t, y)->slug ? table_row(t, y)->slug : "");
	json_open(j, "cells", '{');
	for (int x = 0; x < t->ncols; x++) {
		json_open(j, table_col(t, x)->slug, '{');
		json_str(j, "holder", cell_holder(t, y, x)->slug);
		json_bool(j, "override", table_cell(t, y, x)->differs);
		json_str(j, "reason", t->reason[y * t->ncols + x]);
		json_close(j);
	}
	json_close(j);
	stack_count(t, y, count);
	put_counts(j, t, count, "counts");
	json_close(j);
}

static int stack(struct sink *s, const struct table *t)
{
	int *count = xcalloc((size_t)kb_holder_count(t->kb) + 1, sizeof *count);
	struct json j = { .out = s->out };

	begin(&j, s);
	json_open(&j, "services", '[');
	for (int x = 0; x < t->ncols; x++) {
		json_open(&j, NULL, '{');
		json_str(&j, "link", t->stack->service[x].link);
		json_str(&j, "model", t->stack->service[x].model);
		json_close(&j);
	}
	json_close(&j);
	json_open(&j, "layers", '[');
	for (int y = 0; y < t->nrows; y++)
		put_stack_layer(&j, t, y, count);
	json_close(&j);
	put_counts(&j, t, t->stack->duties, "duties");
	json_close(&j);
	free(count);
	return 0;
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	struct rows r = { *s, { .out = s->out } };
	struct json *j = &r.json;
	int rc;

	if (t->stack)
		return stack(s, t);
	begin(j, s);
	rc = put_matrix(j, t, e) || table_fill(t, 0, 1, 0, t->ncols, e);
	json_open(j, "models", '[');
	for (int x = 0; x < t->ncols && !rc; x++) {
		json_open(j, NULL, '{');
		json_str(j, "id", table_col(t, x)->slug ? table_col(t, x)->slug : "");
		json_str(j, "name", head_label(table_col(t, x), 1000));
		json_close(j);
	}
	json_close(j);
	json_open(j, "layers", '[');
	rc = rc ? rc : each_row(t, row, &r, e);
	json_close(j);
	json_close(j);
	return rc ? -1 : 0;
}

/* kb: with the holders of cells. */
static void put_refs(struct json *j, const char *key, const struct refs *refs, const struct kb *kb)
{
	json_open(j, key, '[');
	for (int i = 0; refs && i < refs->n; i++) {
		json_open(j, NULL, '{');
		json_str(j, "link", refs->ref[i].link);
		json_str(j, "title", refs->ref[i].title);
		if (kb && refs->ref[i].holder)
			json_str(j, "holder", kb_holder(kb, refs->ref[i].holder)->slug);
		json_close(j);
	}
	json_close(j);
}

static void put_sources(struct json *j, const struct sources *sources)
{
	json_open(j, "sources", '[');
	for (int i = 0; i < sources->n; i++) {
		const struct source *s = &sources->source[i];
		json_open(j, NULL, '{');
		json_str(j, "id", s->slug);
		json_str(j, "title", s->title);
		json_str(j, "url", *s->url ? s->url : NULL);
		json_str(j, "date", *s->date ? s->date : NULL);
		json_close(j);
	}
	json_close(j);
}

static void put_duties(struct json *j, const struct page *p)
{
	json_open(j, "duties", '[');
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		json_open(j, NULL, '{');
		json_str(j, "id", d->slug);
		json_str(j, "party", kb_holder(p->kb, d->party)->slug);
		json_str(j, "verb", d->verb);
		json_str(j, "severity", d->high ? "high" : "normal");
		json_str(j, "text", d->text);
		json_close(j);
	}
	json_close(j);
}

static const struct refs *refs_of(const struct page *p, const char *name)
{
	for (int i = 0; i < p->nsection; i++)
		if (!strcmp(p->section[i].name, name))
			return &p->section[i].refs;
	return NULL;
}

static void put_editions(struct json *j, const struct page *p)
{
	const struct refs *editions = refs_of(p, "editions");

	json_open(j, "editions", '[');
	for (int i = 0; editions && i < editions->n; i++) {
		json_open(j, NULL, '{');
		json_str(j, "link", editions->ref[i].link);
		json_str(j, "holder", kb_holder(p->kb, editions->ref[i].holder)->slug);
		json_close(j);
	}
	json_close(j);
}

/* The services that leave the column of their model here. */
static void put_services(struct json *j, const struct page *p)
{
	const struct refs *services = refs_of(p, "services");

	json_open(j, "services", '[');
	for (int i = 0; services && i < services->n; i++) {
		const struct ref *r = &services->ref[i];
		if (!r->note)
			continue;
		json_open(j, NULL, '{');
		json_str(j, "link", r->link);
		json_str(j, "holder", kb_holder(p->kb, r->holder)->slug);
		json_str(j, "reason", r->note);
		json_close(j);
	}
	json_close(j);
}

/* The user's own words, where they were asked for. */
static void put_note(struct json *j, const struct page *p)
{
	const struct section *s = p->nsection && p->section[0].prose ? &p->section[0] : NULL;
	struct buf text = { 0 };

	for (int i = 0; s && i < s->lines.n; i++)
		buf_addf(&text, "%s%s", i ? "\n" : "", s->lines.pair[i].value);
	if (s)
		json_str(j, s->name, buf_str(&text));
	buf_release(&text);
}

static void cell(struct json *j, const struct page *p)
{

	json_str(j, "holder", kb_holder(p->kb, p->holder)->slug);
	put_duties(j, p);
	put_refs(j, "examples", refs_of(p, "examples"), NULL);
	put_refs(j, "practices", refs_of(p, "practices"), NULL);
	put_services(j, p);
	put_refs(j, "misconceptions", refs_of(p, "misconceptions"), NULL);
	put_sources(j, &p->sources);
	put_editions(j, p);
	json_str(j, "title", p->entry.title);
	json_str(j, "text", p->entry.summary);
}

/* Lines without a link are titles with link null, so that all sections have one shape. */
static void put_section(struct json *j, const struct section *s, const struct kb *kb)
{
	struct buf title = { 0 };

	if (s->refs.n || !s->lines.n) {
		put_refs(j, s->name, &s->refs, kb);
		return;
	}
	json_open(j, s->name, '[');
	for (int i = 0; i < s->lines.n; i++) {
		json_open(j, NULL, '{');
		json_str(j, "link", NULL);
		buf_clear(&title);
		buf_addf(&title, "%s%s%s", s->lines.pair[i].label, *s->lines.pair[i].label ? " " : "",
		         s->lines.pair[i].value);
		json_str(j, "title", buf_str(&title));
		json_close(j);
	}
	json_close(j);
	buf_release(&title);
}

static void add_pairs(struct buf *text, const struct pairs *list)
{
	for (int i = 0; i < list->n; i++)
		buf_addf(text, "%s%s: %s", text->len ? "\n" : "", list->pair[i].label, list->pair[i].value);
}

static void other(struct json *j, const struct page *p)
{
	struct buf text = { 0 };

	buf_add(&text, p->entry.summary);
	add_pairs(&text, &p->warnings);
	add_pairs(&text, &p->fields);
	if (*p->entry.body)
		buf_addf(&text, "\n\n%s", p->entry.body);
	json_str(j, "title", p->entry.title);
	json_str(j, "text", buf_str(&text));
	json_open(j, "sections", '{');
	for (int i = 0; i < p->nsection; i++)
		if (!p->section[i].prose)
			put_section(j, &p->section[i], p->kb);
	json_close(j);
	put_sources(j, &p->sources);
	buf_release(&text);
}

static int page(struct sink *s, const struct page *p, struct err *e UNUSED)
{
	struct json j = { .out = s->out };

	begin(&j, s);
	json_str(&j, "link", p->entry.link);
	json_str(&j, "kind", page_kind(p));
	if (p->entry.kind == KIND_CELL)
		cell(&j, p);
	else
		other(&j, p);
	put_note(&j, p);
	json_close(&j);
	return 0;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	struct json j = { .out = s->out };

	begin(&j, s);
	json_open(&j, "hits", '[');
	for (int i = 0; i < h->n; i++) {
		json_open(&j, NULL, '{');
		json_str(&j, "link", h->hit[i].link);
		json_str(&j, "kind", kind_table[h->hit[i].kind].word);
		json_str(&j, "title", h->hit[i].title);
		json_str(&j, "snippet", h->hit[i].snippet);
		json_close(&j);
	}
	json_close(&j);
	json_int(&j, "total", h->total);
	json_close(&j);
	return 0;
}

static void put_side(struct json *j, const char *key, const struct compare *c, int holder)
{
	json_str(j, key, holder ? kb_holder(c->kb, holder)->slug : NULL);
}

static int diff(struct sink *s, const struct compare *c, struct err *e UNUSED)
{
	struct json j = { .out = s->out };

	begin(&j, s);
	json_str(&j, "from", c->link[0]);
	json_str(&j, "to", c->link[1]);
	json_open(&j, "changes", '[');
	for (int i = 0; i < c->nchange; i++) {
		json_open(&j, NULL, '{');
		json_str(&j, "layer", c->change[i].layer);
		json_str(&j, "model", c->change[i].model);
		put_side(&j, "from", c, c->change[i].from);
		put_side(&j, "to", c, c->change[i].to);
		json_close(&j);
	}
	json_close(&j);
	json_int(&j, "same", c->same);
	json_close(&j);
	return 0;
}

static int notes(struct sink *s, const struct notes *n, struct err *e UNUSED)
{
	struct json j = { .out = s->out };

	for (int i = 0; i < n->n; i++) {
		json_open(&j, NULL, '{');
		json_int(&j, "schema", 1);
		json_str(&j, "link", n->note[i].link);
		json_str(&j, "text", n->note[i].text);
		json_str(&j, "changed", n->note[i].changed);
		json_close(&j);
	}
	return 0;
}

const struct format format_json = {
	.name = "json", .grid = grid, .page = page, .hits = hits, .diff = diff, .notes = notes };
