/* What can be read of a damaged database, row by row: from the front up to the damage, from the end down to
 * it, and what the index still knows in between. */
#include "config.h"
#include "store/store_in.h"

#include <errno.h>
#include <unistd.h>

#include "base/day.h"
#include "base/path.h"

enum { ROWS_MAX = 1 << 20 };    /* a damaged file can seem to have no end */

struct table {
	int up, down, ids, ids_down, one, has, keep;
};
static const struct table tables[] = {
	{ STORE_NOTE_UP, STORE_NOTE_DOWN, STORE_NOTE_IDS, STORE_NOTE_IDS_DOWN, STORE_NOTE_ONE, STORE_NOTE_HAS,
	  STORE_NOTE_KEEP },
	{ STORE_KEPT_UP, STORE_KEPT_DOWN, STORE_KEPT_IDS, STORE_KEPT_IDS_DOWN, STORE_KEPT_ONE, STORE_KEPT_HAS,
	  STORE_KEPT_KEEP },
};

struct rescue {
	struct sql *bad, *fresh;
	int64_t notes, lost;    /* notes, lost: those of which an index knows */
	bool unsure;            /* there may have been more */
	bool broken;            /* something could not be read */
	struct err *err;        /* of the fresh one */
	int rc;
};

static void keep(struct rescue *r, const struct table *t, struct query *q)
{
	size_t n;

	if (*query_text(q, 2, &n) && *query_text(q, 3, &n))
		r->rc = sql_run(r->fresh, r->err, t->keep, "itttii", query_int(q, 0), query_text(q, 1, &n),
				query_text(q, 2, &n), query_text(q, 3, &n), query_int(q, 4), query_int(q, 5));
}

/* Keep the rows of a question: whether all of them could be read. */
static bool keep_rows(struct rescue *r, const struct table *t, struct query *q)
{
	struct err e;
	int rows = 0;

	while (!r->rc && rows++ < ROWS_MAX && query_row(q))
		keep(r, t, q);
	return !query_end(q, &e) && rows <= ROWS_MAX;
}

static bool is_kept(struct rescue *r, const struct table *t, int64_t id)
{
	struct query *q = sql_query(r->fresh, t->has, "i", id);
	bool kept = query_row(q);

	if (query_end(q, r->err))
		r->rc = -1;
	return kept;
}

/* Those that the index knows and no scan has met: whether the whole index could be read. */
static bool keep_known(struct rescue *r, const struct table *t, struct query *ids, int64_t *lost)
{
	struct err e;
	int rows = 0;

	while (!r->rc && rows++ < ROWS_MAX && query_row(ids)) {
		int64_t id = query_int(ids, 0);
		if (!is_kept(r, t, id) && !r->rc && !(keep_rows(r, t, sql_query(r->bad, t->one, "i", id)) &&
						       is_kept(r, t, id)))
			++*lost;
	}
	return !query_end(ids, &e) && rows <= ROWS_MAX;
}

static void rescue_table(struct rescue *r, const struct table *t, bool notes)
{
	bool whole = keep_rows(r, t, sql_query(r->bad, t->up, ""));
	int64_t lost = 0;
	bool known;

	if (!whole)
		keep_rows(r, t, sql_query(r->bad, t->down, ""));
	known = keep_known(r, t, sql_query(r->bad, t->ids, ""), &lost);
	if (!known)
		keep_known(r, t, sql_query(r->bad, t->ids_down, ""), &lost);
	r->broken = r->broken || !whole || lost;
	if (notes) {
		r->lost = lost;
		r->unsure = !whole && !known;
	}
}

static int count(struct rescue *r)
{
	struct query *q = sql_query(r->fresh, STORE_NOTE_COUNT, "");

	r->notes = query_row(q) ? query_int(q, 0) : 0;
	return query_end(q, r->err);
}

/* Fill a new file with what can be read of path.  1; 0: nothing can. */
static int rescue(const char *path, const char *to, struct rescue *r)
{
	struct err e;
	int version;

	if (store_sql(&r->bad, path, SQL_RESCUE, &e) ||
	    store_identify(r->bad, path, &version, &e) || !version)
		return 0;
	if (store_sql(&r->fresh, to, SQL_CREATE, r->err) ||
	    store_migrate(r->fresh, store_step, ARRAY_LEN(store_step), r->err) || sql_begin(r->fresh, r->err))
		return -1;
	for (int i = 0; i < ARRAY_LEN(tables) && !r->rc; i++)
		rescue_table(r, &tables[i], i == 0);
	if (r->rc || sql_run(r->fresh, r->err, STORE_WORDS_REBUILD, "") || count(r) ||
	    sql_commit(r->fresh, r->err))
		return -1;
	return r->notes || !r->broken;
}

int store_keep_damaged(const char *path, struct buf *kept, struct err *e)
{
	char stamp[DAY_STAMP_LEN + 1];
	struct buf name = { 0 }, journal = { 0 }, its = { 0 };
	int rc = -1;

	day_stamp(day_now(), stamp);
	for (int i = 1; rc && (i == 1 || errno == EEXIST); i++) {
		buf_clear(&name);
		buf_addf(&name, "%s.corrupt-%s", path, stamp);
		if (i > 1)
			buf_addf(&name, "-%d", i);
		rc = link(path, buf_str(&name));        /* it keeps its own name until the other one has it */
	}
	if (rc)
		rc = err_set(e, STATUS_DATA, "cannot keep the damaged %s: %s", path, strerror(errno));
	buf_addf(&journal, "%s-journal", path);
	buf_addf(&its, "%s-journal", buf_str(&name));
	if (!rc && rename(buf_str(&journal), buf_str(&its)) && errno != ENOENT)
		rc = err_set(e, STATUS_DATA, "cannot keep the damaged %s: %s", path, strerror(errno));
	if (!rc && kept)
		buf_add(kept, buf_str(&name));
	buf_release(&name);
	buf_release(&journal);
	buf_release(&its);
	return rc;
}

static void tell(struct store *s, const struct rescue *r, const char *backup, const char *kept)
{
	struct buf of = { 0 };

	if (r->lost)
		buf_addf(&of, " of %lld", (long long)(r->notes + r->lost));
	else if (!r->unsure)
		buf_addf(&of, " of %lld", (long long)r->notes);
	if (backup)
		store_tell(s, "the database of your notes was damaged, and the backup of %s has taken its "
			   "place; the damaged file is %s", backup, kept);
	else
		store_tell(s, "the database of your notes was damaged: recovered %lld%s notes%s; the damaged "
			   "file is %s", (long long)r->notes, buf_str(&of),
			   r->unsure ? ", and there may have been more" : "", kept);
	buf_release(&of);
}

/* Fill a new file with the best there is: 1, and *backup is its name where it is from one. */
static int refill(struct store *s, const char *to, struct rescue *r, char **backup, struct err *e)
{
	int rc = store_make_file(to, e) ? -1 : rescue(s->path, to, r);

	*backup = NULL;
	sql_close(r->bad);
	sql_close(r->fresh);
	if (rc)
		return rc;
	unlink(to);
	rc = store_make_file(to, e) ? -1 : store_newest(s->path, to, backup, e);
	return rc ? rc :
		    err_set(e, STATUS_DATA, "the database %s is damaged, nothing of it can be read, and "
			    "there is no backup; it was not changed; move it away to begin anew", s->path);
}

static int replace(struct store *s, struct err *e)
{
	char *to = path_temporary(s->path), *backup;
	struct rescue r = { .err = e };
	struct buf kept = { 0 };
	int rc;

	unlink(to);
	rc = refill(s, to, &r, &backup, e) > 0 ? 0 : -1;
	if (!rc)
		rc = store_keep_damaged(s->path, &kept, e) || path_commit(to, s->path, e) ? -1 : 0;
	if (rc)
		unlink(to);
	else
		tell(s, &r, backup, buf_str(&kept));
	buf_release(&kept);
	free(backup);
	free(to);
	return rc;
}

/* Somebody else may have mended it while we waited. */
static bool is_sound(const struct store *s)
{
	struct sql *db = NULL;
	struct err e;
	int version;
	bool sound = !store_sql(&db, s->path, SQL_OWN, &e) && !store_identify(db, s->path, &version, &e) &&
		     version && !sql_check(db, true, &e) && !sql_run(db, &e, STORE_WORDS_CHECK, "");

	sql_close(db);
	return sound;
}

int store_recover(struct store *s, struct err *e)
{
	int lock = store_lock(s->path);
	int rc = is_sound(s) ? 0 : replace(s, e);

	if (lock >= 0)
		close(lock);
	return rc;
}
