/* From a set without faults to the tables. */
#include "config.h"
#include "pack/pack.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "pack/cover.h"
#include "pack/lint.h"
#include "pack/schema.h"
#include "sql/sql.h"
#include "text/md.h"

enum pack_sql {
#define SQL(id, ...) PACK_##id,
#include "pack/sql.def"
#undef SQL
	PACK__COUNT
};

static const struct sql_def statements[PACK__COUNT] = {
#define SQL(id, ...) { #id, __VA_ARGS__ },
#include "pack/sql.def"
#undef SQL
};

struct build {
	const struct set *set;
	struct sql *db;
	struct err *err;
	int rc;                 /* -1 once something failed: all that follows does nothing */
};

#define RUN(b, ...) ((b)->rc = (b)->rc ? (b)->rc : sql_run((b)->db, (b)->err, __VA_ARGS__))

/* What an entry is made of, apart from its kind's own table. */
struct made {
	int64_t id;
	const char *kind, *link, *title, *summary, *body;
	const struct yaml *y;           /* its fields: links, sources */
	int pack;
	struct buf names, text;         /* for the search */
	struct buf made_title;          /* where the title is put together */
};

static void add_word(struct buf *out, const char *s)
{
	buf_add(out, s);
	buf_addc(out, '\n');
}

static void add_lines(struct buf *out, const struct yaml *list)
{
	for (int i = 0; i < list->n; i++)
		add_word(out, list->item[i]->text);
}

static void cite(struct build *b, int64_t entry, const struct yaml *y)
{
	const struct yaml *list = shape_list(y, "sources");

	for (int i = 0; i < list->n; i++)
		RUN(b, PACK_CITATION, "idi", entry, i,
		    set_find_id(b->set, "source", list->item[i]->text)->id);
}

static void link_to(struct build *b, int64_t entry, const struct target *t)
{
	if (t && t->id != entry)
		RUN(b, PACK_LINK, "ii", entry, t->id);
}

struct prose_links {
	struct build *build;
	int64_t entry;
};

static void see_link(void *ctx, const char *link, int line UNUSED)
{
	struct prose_links *p = ctx;

	link_to(p->build, p->entry, set_find(p->build->set, link));
}

static void put_links(struct build *b, const struct made *m)
{
	static const struct { const char *key, *kind; } lists[] = {
		{ "cells", NULL }, { "see", NULL }, { "practices", "practice" }, { "aliases", "alias" } };
	struct prose_links p = { b, m->id };

	for (int k = 0; k < ARRAY_LEN(lists); k++) {
		const struct yaml *list = shape_list(m->y, lists[k].key);
		for (int i = 0; i < list->n; i++)
			link_to(b, m->id,
				lists[k].kind ? set_find_id(b->set, lists[k].kind, list->item[i]->text)
					      : set_find(b->set, list->item[i]->text));
	}
	md_links(m->body, see_link, &p);
}

static const struct item *alias_item(const struct build *b, const char *id)
{
	for (int i = 0; i < b->set->packs->n; i++) {
		const struct item *item = &b->set->packs->item[i];
		if (item->kind == ITEM_ALIAS && !strcmp(item->id, id))
			return item;
	}
	return NULL;
}

static void old_names(struct build *b, const struct yaml *y, struct buf *out)
{
	const struct yaml *list = shape_list(y, "aliases");

	for (int i = 0; i < list->n; i++) {
		const struct item *alias = alias_item(b, list->item[i]->text);
		if (!alias)
			continue;
		add_word(out, shape_text(alias->y, "old"));
		add_lines(out, shape_list(alias->y, "also"));
	}
}

/* The entry, its links and sources, and what the search finds; m's buffers are released. */
static void put_entry(struct build *b, struct made *m)
{
	RUN(b, PACK_ENTRY, "itttti", m->id, m->kind, m->link, m->title, m->summary, (int64_t)m->pack + 1);
	if (*m->body)
		RUN(b, PACK_PROSE, "it", m->id, m->body);
	cite(b, m->id, m->y);
	put_links(b, m);
	old_names(b, m->y, &m->names);
	add_word(&m->text, m->summary);
	md_plain(&m->text, m->body);
	RUN(b, PACK_SEARCH, "ittt", m->id, m->title, buf_str(&m->names), buf_str(&m->text));
	buf_release(&m->names);
	buf_release(&m->text);
	buf_release(&m->made_title);
}

static void put_packs(struct build *b)
{
	for (int i = 0; i < b->set->packs->n; i++) {
		const struct item *item = &b->set->packs->item[i];
		const struct yaml *y = item->y;
		if (item->kind == ITEM_PACK)
			RUN(b, PACK_PACK, "ittttttt", (int64_t)item->pack + 1, shape_text(y, "id"),
			    shape_text(y, "title"), shape_text(y, "version"), shape_text(y, "language"),
			    shape_text(y, "licence"), shape_text(y, "attribution"),
			    b->set->packs->sha256[item->pack]);
	}
}

static void put_holders(struct build *b)
{
	for (int i = 0; i < b->set->nholder; i++) {
		const struct yaml *y = b->set->holder[i]->y;
		RUN(b, PACK_HOLDER, "dtttttdt", i + 1, shape_text(y, "id"), shape_text(y, "word"),
		    shape_text(y, "letter"), shape_text(y, "face"), shape_text(y, "pattern"),
		    (int)!strcmp(shape_text(y, "party"), "yes"), shape_text(y, "text"));
	}
}

static void put_bands(struct build *b, const struct set_matrix *m)
{
	for (int i = 0; i < m->bands->n; i++) {
		const struct yaml *y = m->bands->item[i];
		int first = 0;
		while (first < m->layers->n &&
		       strcmp(shape_text(m->layers->item[first], "band"), shape_text(y, "id")))
			first++;
		RUN(b, PACK_BAND, "idttttdt", m->id, i, shape_text(y, "id"), shape_text(y, "name"),
		    shape_text(y, "short"), shape_text(y, "letter"), first, shape_text(y, "summary"));
	}
}

/* A model or a layer: the entry, and the words of all its labels for the search. */
static void put_part(struct build *b, const struct set_matrix *m, const struct yaml *y, int64_t id,
                     const char *kind, const char *prefix)
{
	struct made made = { .id = id,
			     .kind = kind,
			     .title = shape_text(y, "full"),
			     .summary = shape_text(y, "summary"),
			     .body = shape_text(y, "text"),
			     .y = y,
			     .pack = m->item->pack };
	struct buf link = { 0 };

	buf_addf(&link, "%s:%s%s", m->item->id, prefix, shape_text(y, "id"));
	made.link = buf_str(&link);
	add_word(&made.text, shape_text(y, "medium"));
	add_word(&made.text, shape_text(y, "short"));
	put_entry(b, &made);
	buf_release(&link);
}

static void put_parts(struct build *b, const struct set_matrix *m)
{
	for (int i = 0; i < m->models->n; i++) {
		const struct yaml *y = m->models->item[i];
		put_part(b, m, y, m->first_model + i, "model", "");
		RUN(b, PACK_MODEL, "iidtttt", m->first_model + i, m->id, i, shape_text(y, "id"),
		    shape_text(y, "full"), shape_text(y, "medium"), shape_text(y, "short"));
	}
	for (int i = 0; i < m->layers->n; i++) {
		const struct yaml *y = m->layers->item[i];
		put_part(b, m, y, m->first_layer + i, "layer", "layer/");
		RUN(b, PACK_LAYER, "iidtdttt", m->first_layer + i, m->id, i, shape_text(y, "id"),
		    set_index(m->bands, shape_text(y, "band")), shape_text(y, "full"),
		    shape_text(y, "medium"), shape_text(y, "short"));
	}
}

/* The layers of all matrices have to be there first. */
static void put_same(struct build *b, const struct set_matrix *m)
{
	for (int y = 0; y < m->layers->n; y++) {
		const struct yaml *same = shape_list(m->layers->item[y], "same");
		for (int i = 0; i < same->n; i++)
			RUN(b, PACK_LAYER_SAME, "ii", m->first_layer + y,
			    set_find_layer(b->set, same->item[i]->text)->id);
	}
}

static void put_matrix(struct build *b, const struct set_matrix *m)
{
	const struct yaml *y = m->item->y;
	struct made made = { .id = m->id,
			     .kind = "matrix",
			     .link = m->item->link,
			     .title = shape_text(y, "title"),
			     .summary = shape_text(y, "summary"),
			     .body = shape_text(y, "text"),
			     .y = y,
			     .pack = m->item->pack };

	add_word(&made.text, shape_text(y, "edition"));
	add_word(&made.text, shape_text(y, "publisher"));
	put_entry(b, &made);
	RUN(b, PACK_MATRIX, "itttt", m->id, m->item->id, shape_text(y, "edition"),
	    shape_text(y, "publisher"), shape_text(y, "date"));
	for (int i = 0; i < m->parties->n; i++)
		RUN(b, PACK_PARTY, "idd", m->id, i, set_holder(b->set, m->parties->item[i]->text));
	put_bands(b, m);
	put_parts(b, m);
}

static void put_duties(struct build *b, struct made *m, const struct yaml *duties)
{
	for (int i = 0; i < duties->n; i++) {
		const struct yaml *y = duties->item[i];
		const char *severity = shape_text(y, "severity");
		int party = set_holder(b->set, shape_text(y, "party"));
		RUN(b, PACK_DUTY, "idtdttti", m->id, i, shape_text(y, "id"), party, shape_text(y, "verb"),
		    *severity ? severity : "normal", shape_text(y, "text"),
		    set_find_id(b->set, "source", shape_text(y, "source"))->id);
		buf_addf(&m->text, "%s %s %s\n", shape_text(set_holder_item(b->set, party)->y, "word"),
		         shape_text(y, "verb"), shape_text(y, "text"));
	}
}

/* The cell as an entry; where the pack does not write it, it has a title and what its matrix cites. */
static void put_cell_entry(struct build *b, const struct set_matrix *m, int y, int x,
			   const struct item *cell)
{
	static const struct yaml nothing = { .kind = YAML_MAP };
	const struct target *target = set_cell_target(b->set, m, y, x);
	struct made made = { .id = target->id, .kind = "cell", .link = target->link, .body = "",
		.summary = cell ? shape_text(cell->y, "summary") : "", .y = cell ? cell->y : &nothing,
		.pack = cell ? cell->pack : m->item->pack };

	buf_addf(&made.made_title, "%s / %s", shape_text(m->models->item[x], "full"),
	         shape_text(m->layers->item[y], "full"));
	made.title = buf_str(&made.made_title);
	if (cell)
		put_duties(b, &made, shape_list(cell->y, "duties"));
	put_entry(b, &made);
}

static void put_cell(struct build *b, const struct set_matrix *m, int y, int x)
{
	const struct item *cell = set_cell(b->set, m, y, x);

	put_cell_entry(b, m, y, x, cell);
	RUN(b, PACK_RESPONSIBILITY, "idddidt", m->id, y, x, set_holder(b->set, set_cell_holder(m, y, x)),
	    set_cell_target(b->set, m, y, x)->id, (int)set_differs(b->set, m, y, x),
	    cell ? shape_text(cell->y, "depends") : "");
}

static void put_cells(struct build *b)
{
	for (int i = 0; i < b->set->nmatrix; i++) {
		const struct set_matrix *m = &b->set->matrix[i];
		for (int y = 0; y < m->layers->n; y++)
			for (int x = 0; x < m->models->n; x++)
				put_cell(b, m, y, x);
	}
	RUN(b, PACK_TALLY, "");
}

static void put_example(struct build *b, struct made *m)
{
	add_word(&m->text, shape_text(m->y, "lesson"));
	RUN(b, PACK_EXAMPLE, "ittddt", m->id, shape_text(m->y, "type"), shape_text(m->y, "date"),
	    set_holder(b->set, shape_text(m->y, "fault")), set_holder(b->set, shape_text(m->y, "action")),
	    shape_text(m->y, "lesson"));
}

static void put_practice(struct build *b, struct made *m)
{
	const struct yaml *steps = shape_list(m->y, "steps"), *features = shape_list(m->y, "features");

	add_lines(&m->text, steps);
	add_lines(&m->text, features);
	for (int i = 0; i < steps->n; i++)
		RUN(b, PACK_STEP, "idt", m->id, i, steps->item[i]->text);
	for (int i = 0; i < features->n; i++)
		RUN(b, PACK_FEATURE, "idt", m->id, i, features->item[i]->text);
}

static void put_topic(struct build *b UNUSED, struct made *m UNUSED)
{
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

static void put_alias(struct build *b, struct made *m)
{
	const struct yaml *list = shape_list(m->y, "also");
	struct buf also = { 0 };

	for (int i = 0; i < list->n; i++)
		buf_addf(&also, "%s%s", i ? ", " : "", list->item[i]->text);
	alias_title(m->y, &m->made_title);
	m->title = buf_str(&m->made_title);
	m->body = shape_text(m->y, "text");
	add_word(&m->names, shape_text(m->y, "old"));
	add_lines(&m->names, list);
	RUN(b, PACK_ALIAS, "ittttt", m->id, shape_text(m->y, "old"), buf_str(&also),
	    shape_text(m->y, "now"), shape_text(m->y, "kind"), shape_text(m->y, "date"));
	buf_release(&also);
}

static void put_source(struct build *b, struct made *m)
{
	m->summary = shape_text(m->y, "text");
	m->body = "";
	add_word(&m->text, shape_text(m->y, "publisher"));
	RUN(b, PACK_SOURCE, "itttt", m->id, shape_text(m->y, "id"), shape_text(m->y, "publisher"),
	    shape_text(m->y, "date"), shape_text(m->y, "url"));
}

/* The kinds that are a file or a list entry each: the tables that only they fill. */
static const struct {
	enum item_kind kind;
	const char *word;
	void (*put)(struct build *b, struct made *m);
} pages[] = {
	{ ITEM_EXAMPLE, "example", put_example },
	{ ITEM_PRACTICE, "practice", put_practice },
	{ ITEM_TOPIC, "topic", put_topic },
	{ ITEM_ALIAS, "alias", put_alias },
	{ ITEM_SOURCE, "source", put_source },
};

static void put_pages(struct build *b)
{
	for (int k = 0; k < ARRAY_LEN(pages); k++)
		for (int i = 0; i < b->set->packs->n; i++) {
			const struct item *item = &b->set->packs->item[i];
			struct made m = { .kind = pages[k].word,
					  .link = item->link,
					  .y = item->y,
					  .pack = item->pack,
					  .title = shape_text(item->y, "title"),
					  .summary = shape_text(item->y, "summary"),
					  .body = item->body };
			if (item->kind != pages[k].kind)
				continue;
			m.id = set_find(b->set, item->link)->id;
			pages[k].put(b, &m);
			put_entry(b, &m);
		}
}

static int check_keys(struct build *b)
{
	struct query *q = sql_query(b->db, PACK_CHECK_KEYS, "");
	bool broken = query_row(q);

	if (query_end(q, b->err))
		return -1;
	return broken ? err_set(b->err, STATUS_FAILED,
				"the tables do not fit each other; this is a fault of onus")
		      : 0;
}

static int fill(struct build *b)
{
	b->rc = sql_script(b->db, db_schema, b->err);
	RUN(b, PACK_BEGIN, "");
	put_packs(b);
	put_holders(b);
	for (int i = 0; i < b->set->nmatrix; i++)
		put_matrix(b, &b->set->matrix[i]);
	for (int i = 0; i < b->set->nmatrix; i++)
		put_same(b, &b->set->matrix[i]);
	put_cells(b);
	put_pages(b);
	RUN(b, PACK_OPTIMIZE, "");
	RUN(b, PACK_COMMIT, "");
	return b->rc ? b->rc : check_keys(b);
}

static int write_database(const struct set *s, const char *out, struct err *e)
{
	char *temporary = path_temporary(out);
	struct sql_open how = { temporary, SQL_CREATE, statements, PACK__COUNT, STATUS_DATA,
		"is there room on the disk?" };
	struct build b = { .set = s, .err = e };
	int rc;

	unlink(temporary);
	rc = path_writable(out, e);
	if (!rc)
		rc = sql_open(&b.db, &how, e);
	if (!rc)
		rc = fill(&b);
	sql_close(b.db);
	if (!rc)
		rc = path_commit(temporary, out, e);
	else
		unlink(temporary);
	free(temporary);
	return rc;
}

/* Read and check; then write what is asked for, the database or the coverage. */
static int run_packs(const char *const dirs[], int ndirs, const char *out, struct buf *coverage,
                     struct faults *f, struct err *e)
{
	struct packs packs = { 0 };
	struct set set = { 0 };
	int rc = packs_read(&packs, dirs, ndirs, f, e);

	if (!rc && !f->total) {
		set_init(&set, &packs);
		lint(&set, f);
	}
	if (!rc && f->total)
		rc = err_set(e, STATUS_PACK, "%d fault%s; nothing was written", f->total,
			     f->total == 1 ? "" : "s");
	else if (!rc && out)
		rc = write_database(&set, out, e);
	else if (!rc && coverage)
		cover_put(&set, coverage);
	faults_sort(f);
	set_release(&set);
	packs_release(&packs);
	return rc;
}

int pack_build(const char *const dirs[], int ndirs, const char *out, struct faults *f, struct err *e)
{
	return run_packs(dirs, ndirs, out, NULL, f, e);
}

int pack_check(const char *const dirs[], int ndirs, struct buf *coverage, struct faults *f, struct err *e)
{
	return run_packs(dirs, ndirs, NULL, coverage, f, e);
}
