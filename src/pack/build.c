/* From a set without faults to the tables. */
#include "config.h"
#include "pack/pack.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "pack/build_in.h"
#include "pack/cover.h"
#include "pack/lint.h"
#include "pack/schema.h"

static const struct sql_def statements[PACK__COUNT] = {
#define SQL(id, ...) { #id, __VA_ARGS__ },
#include "pack/sql.def"
#undef SQL
};

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
static void put_part(struct build *b, const struct set_matrix *m, const struct shape *shape,
                     const struct yaml *y, int64_t id, const char *kind, const char *prefix)
{
	struct made made = { .id = id,
			     .kind = kind,
			     .title = shape_text(y, "full"),
			     .summary = shape_text(y, "summary"),
			     .body = shape_text(y, "text"),
			     .shape = shape,
			     .y = y,
			     .pack = m->item->pack };
	struct buf link = { 0 };

	buf_addf(&link, "%s:%s%s", m->item->id, prefix, shape_text(y, "id"));
	made.link = buf_str(&link);
	add_word(&made.text, shape_text(y, "medium"));
	add_word(&made.text, shape_text(y, "short"));
	put_entry(b, &made);
	put_name(b, id, shape_text(y, "medium"));
	put_name(b, id, shape_text(y, "short"));
	buf_release(&link);
}

static void put_parts(struct build *b, const struct set_matrix *m)
{
	for (int i = 0; i < m->models->n; i++) {
		const struct yaml *y = m->models->item[i];
		put_part(b, m, &shape_model, y, m->first_model + i, "model", "");
		RUN(b, PACK_MODEL, "iidtttt", m->first_model + i, m->id, i, shape_text(y, "id"),
		    shape_text(y, "full"), shape_text(y, "medium"), shape_text(y, "short"));
	}
	for (int i = 0; i < m->layers->n; i++) {
		const struct yaml *y = m->layers->item[i];
		put_part(b, m, &shape_layer, y, m->first_layer + i, "layer", "layer/");
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
			     .kind = item_word[ITEM_MATRIX],
			     .shape = m->item->shape,
			     .link = m->item->link,
			     .title = shape_text(y, "title"),
			     .summary = shape_text(y, "summary"),
			     .body = shape_text(y, "text"),
			     .y = y,
			     .pack = m->item->pack };

	add_word(&made.text, shape_text(y, "edition"));
	add_word(&made.text, shape_text(y, "publisher"));
	put_entry(b, &made);
	RUN(b, PACK_MATRIX, "ittttdd", m->id, m->item->id, shape_text(y, "edition"),
	    shape_text(y, "publisher"), shape_text(y, "date"), m->layers->n, m->models->n);
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
		    source_id(b, shape_text(y, "source")));
		put_duty_text(b, m, y);
	}
}

/* The cell as an entry; where the pack does not write it, it has a title and what its matrix cites. */
static void put_cell_entry(struct build *b, const struct set_matrix *m, int y, int x,
			   const struct item *cell)
{
	static const struct yaml nothing = { .kind = YAML_MAP };
	const struct target *target = set_cell_target(b->set, m, y, x);
	struct made made = { .id = target->id, .kind = item_word[ITEM_CELL], .link = target->link, .body = "",
		.summary = cell ? shape_text(cell->y, "summary") : "", .y = cell ? cell->y : &nothing,
		.shape = cell ? cell->shape : NULL, .pack = cell ? cell->pack : m->item->pack };

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
	put_entries(b);
	RUN(b, PACK_OPTIMIZE, "");
	RUN(b, PACK_OPTIMIZE_PARTS, "");
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
