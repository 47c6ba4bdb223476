/* Entries: what all of them have, and what only one kind has. */
#include "config.h"
#include "pack/build_in.h"

#include "base/alloc.h"
#include "pack/column.h"
#include "text/text.h"
#include "text/words.h"

void add_word(struct buf *out, const char *s)
{
	buf_add(out, s);
	buf_addc(out, '\n');
}

void add_lines(struct buf *out, const struct yaml *list)
{
	for (int i = 0; i < list->n; i++)
		add_word(out, list->item[i]->text);
}

int64_t source_id(const struct build *b, const char *id)
{
	return set_find_id(b->set, "source", id)->id;
}

void put_duty_text(struct build *b, struct made *m, const struct yaml *duty)
{
	int party = set_holder(b->set, shape_text(duty, "party"));

	buf_addf(&m->text, "%s %s %s\n", shape_text(set_holder_item(b->set, party)->y, "word"),
	         shape_text(duty, "verb"), shape_text(duty, "text"));
}

/* ---- what an entry names ---- */

struct naming {
	struct build *build;
	struct made *made;
	int cited;
};

static void cite(struct naming *n, int64_t source)
{
	struct build *b = n->build;

	RUN(b, PACK_CITATION, "idi", n->made->id, n->cited++, source);
}

static void link_to(struct build *b, int64_t entry, const struct target *t)
{
	if (t && t->id != entry)
		RUN(b, PACK_LINK, "ii", entry, t->id);
}

static void see_named(void *ctx, const struct named *named)
{
	struct naming *n = ctx;
	const struct item *item = set_item(n->build->set, named->target->link);

	if (!strcmp(named->target->kind, item_word[ITEM_SOURCE])) {
		cite(n, named->target->id);
		return;
	}
	link_to(n->build, n->made->id, named->target);
	if (item && item->kind == ITEM_ALIAS) {         /* who looks for the old name finds this */
		add_word(&n->made->names, shape_text(item->y, "old"));
		add_lines(&n->made->names, shape_list(item->y, "also"));
	}
}

static void see_prose_link(void *ctx, const char *link, int line UNUSED)
{
	struct naming *n = ctx;

	link_to(n->build, n->made->id, set_find(n->build->set, link));
}

static void put_named(struct build *b, struct made *m, const char *body)
{
	static const struct field sources = { "sources", FIELD_SLUGS, true, 0, "source", NULL, NULL };
	static const struct shape only_sources = { "", &sources, 1 };
	struct naming n = { b, m, 0 };
	const struct yaml *overrides = shape_list(m->y, "overrides");

	set_named(b->set, m->shape ? m->shape : &only_sources, m->y, false, see_named, &n);
	for (int i = 0; m->shape && i < overrides->n; i++) {
		const struct yaml *duties = shape_list(overrides->item[i], "duties");
		cite(&n, source_id(b, shape_text(overrides->item[i], "source")));
		for (int k = 0; k < duties->n; k++)
			cite(&n, source_id(b, shape_text(duties->item[k], "source")));
	}
	md_links(body, see_prose_link, &n);
}

void put_name(struct build *b, int64_t entry, const char *name)
{
	struct buf key = { 0 };

	words_key(&key, name);
	if (key.len)
		RUN(b, PACK_NAME, "ti", buf_str(&key), entry);
	buf_release(&key);
}

/* The names of an entry, a line each. */
static void put_own_names(struct build *b, int64_t entry, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, "\n");
		char *name = xstrndup(names, n);
		put_name(b, entry, name);
		free(name);
		names += n + 1;         /* each ends with a newline */
	}
}

static void put_parts(struct build *b, const struct made *m)
{
	struct buf parts = { 0 };

	text_fold(&parts, m->title);
	buf_addc(&parts, '\n');
	text_fold(&parts, buf_str(&m->names));
	RUN(b, PACK_PART, "it", m->id, buf_str(&parts));
	buf_release(&parts);
}

void put_entry(struct build *b, struct made *m)
{
	struct buf body = { 0 };

	set_prose(b->set, m->body, m->link, &body);
	RUN(b, PACK_ENTRY, "itttti", m->id, m->kind, m->link, m->title, m->summary, (int64_t)m->pack + 1);
	if (body.len)
		RUN(b, PACK_PROSE, "it", m->id, buf_str(&body));
	put_name(b, m->id, m->title);
	if (!strchr(m->link, ':'))
		put_name(b, m->id, strrchr(m->link, '/') + 1);
	put_own_names(b, m->id, buf_str(&m->names));
	put_named(b, m, buf_str(&body));
	add_word(&m->text, m->summary);
	md_plain(&m->text, m->body);
	if (!strcmp(m->kind, "service"))        /* its id, vm or aks, is what people call it */
		add_word(&m->text, strrchr(m->link, '/') + 1);
	RUN(b, PACK_SEARCH, "ittt", m->id, m->title, buf_str(&m->names), buf_str(&m->text));
	put_parts(b, m);
	buf_release(&m->names);
	buf_release(&m->text);
	buf_release(&m->made_title);
	buf_release(&body);
}

/* ---- kinds ---- */

static void put_override(struct build *b, struct made *m, const struct column *c, const struct yaml *y)
{
	const struct target *cell = set_cell_target(b->set, c->m, column_layer(c, y), c->model);
	int n;
	const struct yaml **duty = column_duties(b->set, c, y, &n);

	RUN(b, PACK_OVERRIDE, "iidti", m->id, cell->id, set_holder(b->set, shape_text(y, "holder")),
	    shape_text(y, "reason"), source_id(b, shape_text(y, "source")));
	add_word(&m->text, shape_text(y, "reason"));
	link_to(b, m->id, cell);
	for (int i = 0; i < n; i++) {
		const char *severity = shape_text(duty[i], "severity");
		RUN(b, PACK_OVERRIDE_DUTY, "iidtdttti", m->id, cell->id, i, shape_text(duty[i], "id"),
		    set_holder(b->set, shape_text(duty[i], "party")), shape_text(duty[i], "verb"),
		    *severity ? severity : "normal", shape_text(duty[i], "text"),
		    source_id(b, shape_text(duty[i], "source")));
		put_duty_text(b, m, duty[i]);
	}
	free(duty);
}

static void put_service(struct build *b, struct made *m, const struct item *item)
{
	struct column c = column_of(b->set, item);
	const char *variant = shape_text(m->y, "variant-of");
	const struct target *of = set_find_id(b->set, "service", variant);

	RUN(b, PACK_SERVICE, "iiitt", m->id, c.m->first_model + c.model, of ? of->id : (int64_t)0,
	    shape_text(m->y, "access"), shape_text(m->y, "retires"));
	for (int i = 0; i < c.overrides->n; i++)
		put_override(b, m, &c, c.overrides->item[i]);
}

static void put_example(struct build *b, struct made *m, const struct item *item UNUSED)
{
	add_word(&m->text, shape_text(m->y, "lesson"));
	RUN(b, PACK_EXAMPLE, "ittddt", m->id, shape_text(m->y, "type"), shape_text(m->y, "date"),
	    set_holder(b->set, shape_text(m->y, "fault")), set_holder(b->set, shape_text(m->y, "action")),
	    shape_text(m->y, "lesson"));
}

static void put_practice(struct build *b, struct made *m, const struct item *item UNUSED)
{
	const struct yaml *steps = shape_list(m->y, "steps"), *features = shape_list(m->y, "features");

	add_lines(&m->text, steps);
	add_lines(&m->text, features);
	for (int i = 0; i < steps->n; i++)
		RUN(b, PACK_STEP, "idt", m->id, i, steps->item[i]->text);
	for (int i = 0; i < features->n; i++)
		RUN(b, PACK_FEATURE, "idt", m->id, i, features->item[i]->text);
}

static void put_term(struct build *b UNUSED, struct made *m, const struct item *item UNUSED)
{
	m->title = shape_text(m->y, "term");
	m->body = shape_text(m->y, "text");
	add_lines(&m->names, shape_list(m->y, "also"));
}

/* The title of an old name says where it leads. */
static void alias_title(const struct yaml *y, struct buf *out)
{
	static const struct { const char *kind, *between, *key; } forms[] = {
		{ "rename", ", now ", "now" }, { "successor", ", followed by ", "now" },
		{ "retirement", ", retirement ", "date" }, { "not-renamed", ", not renamed", "" } };

	buf_add(out, shape_text(y, "old"));
	for (int i = 0; i < ARRAY_LEN(forms); i++)
		if (!strcmp(shape_text(y, "kind"), forms[i].kind))
			buf_addf(out, "%s%s", forms[i].between, shape_text(y, forms[i].key));
}

static void put_alias(struct build *b, struct made *m, const struct item *item UNUSED)
{
	const struct yaml *list = shape_list(m->y, "also");
	const struct target *to = set_find(b->set, shape_text(m->y, "to"));
	struct buf also = { 0 };

	for (int i = 0; i < list->n; i++)
		buf_addf(&also, "%s%s", i ? ", " : "", list->item[i]->text);
	alias_title(m->y, &m->made_title);
	m->title = buf_str(&m->made_title);
	m->body = shape_text(m->y, "text");
	add_word(&m->names, shape_text(m->y, "old"));
	add_lines(&m->names, list);
	if (to)
		put_own_names(b, to->id, buf_str(&m->names));
	RUN(b, PACK_ALIAS, "ittttti", m->id, shape_text(m->y, "old"), buf_str(&also),
	    shape_text(m->y, "now"), shape_text(m->y, "kind"), shape_text(m->y, "date"),
	    to ? to->id : (int64_t)0);
	buf_release(&also);
}

static void put_source(struct build *b, struct made *m, const struct item *item UNUSED)
{
	m->summary = shape_text(m->y, "text");
	m->body = "";
	add_word(&m->text, shape_text(m->y, "publisher"));
	RUN(b, PACK_SOURCE, "itttt", m->id, shape_text(m->y, "id"), shape_text(m->y, "publisher"),
	    shape_text(m->y, "date"), shape_text(m->y, "url"));
}

static void put_item(struct build *b, const struct item *item)
{
	/* What only they have; misconceptions, topics and benchmarks have no more than every entry. */
	static void (*const put[ITEM__COUNT])(struct build *b, struct made *m, const struct item *item) = {
		[ITEM_SERVICE] = put_service, [ITEM_EXAMPLE] = put_example, [ITEM_PRACTICE] = put_practice,
		[ITEM_TERM] = put_term, [ITEM_ALIAS] = put_alias, [ITEM_SOURCE] = put_source };
	struct made m = { .id = set_find(b->set, item->link)->id,
			  .kind = item_word[item->kind],
			  .link = item->link,
			  .shape = item->shape,
			  .y = item->y,
			  .pack = item->pack,
			  .title = shape_text(item->y, "title"),
			  .summary = shape_text(item->y, "summary"),
			  .body = item->body };

	if (put[item->kind])
		put[item->kind](b, &m, item);
	put_entry(b, &m);
}

/* One that its benchmark does not list is known by its number only. */
static void put_control(struct build *b, const struct set_control *c)
{
	struct made m = { .id = c->entry, .kind = "control", .link = c->link, .summary = "", .body = "",
			  .y = c->benchmark->y, .pack = c->benchmark->pack };
	const char *title = c->y ? shape_text(c->y, "title") : "";
	int64_t benchmark = set_find(b->set, c->benchmark->link)->id;

	buf_addf(&m.made_title, "%s %s%s%s", shape_text(c->benchmark->y, "short"), c->id, *title ? ": " : "",
	         title);
	m.title = buf_str(&m.made_title);
	add_word(&m.names, c->id);
	put_entry(b, &m);
	RUN(b, PACK_CONTROL, "iit", c->entry, benchmark, c->y ? shape_text(c->y, "domain") : "");
	RUN(b, PACK_LINK, "ii", c->entry, benchmark);
}

static void put_crosswalk(struct build *b, const struct set_control *c)
{
	const struct yaml *maps = c->y ? shape_list(c->y, "maps") : NULL;

	for (int i = 0; maps && i < maps->n; i++)
		RUN(b, PACK_CROSSWALK, "ii", c->entry,
		    set_find_id(b->set, "control", maps->item[i]->text)->id);
}

void put_entries(struct build *b)
{
	const struct set *s = b->set;

	for (enum item_kind kind = ITEM_BENCHMARK; kind < ITEM__COUNT; kind++)
		for (int i = 0; i < s->packs->n; i++)
			if (s->packs->item[i].kind == kind)
				put_item(b, &s->packs->item[i]);
	for (int i = 0; i < s->ncontrol; i++)
		put_control(b, &s->control[i]);
	for (int i = 0; i < s->ncontrol; i++)
		put_crosswalk(b, &s->control[i]);
}
