#include "config.h"
#include "store/store.h"

#include <stdarg.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/path.h"
#include "store/store_in.h"

enum {
	CHECK_MAX = 50 << 20,   /* bytes: a larger file is checked once a day, for its backup */
	A_MOMENT = 200          /* ms */
};

static const struct sql_def statements[STORE__COUNT] = {
#define SQL(id, ...) { #id, __VA_ARGS__ },
#include "store/sql.def"
#undef SQL
};

int store_sql(struct sql **db, const char *path, enum sql_mode mode, struct err *e)
{
	struct sql_open how = { path, mode, statements, STORE__COUNT, STATUS_DATA,
		"onus note --backups lists what could take its place" };

	return sql_open(db, &how, e);
}

void store_tell(struct store *s, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	free(s->notice);
	s->notice = xstrdup(text);
}

const char *store_notice(const struct store *s)
{
	return s->notice;
}

static bool has_tables(struct sql *db)
{
	struct query *q = sql_query(db, STORE_TABLES, "");
	bool any = query_row(q) && query_int(q, 0) > 0;
	struct err e;

	return query_end(q, &e) || any;
}

int store_identify(struct sql *db, const char *path, int *version, struct err *e)
{
	int application = 0;
	bool filled = has_tables(db);   /* first: whoever makes it now writes all at once */

	*version = 0;
	if (sql_identity(db, &application, version, e)) {
		if (sql_harm(db) == SQL_FOREIGN)
			return err_set(e, STATUS_DATA, "%s is not a database, and was not changed; move it "
				       "away, or put a backup in its place (onus note --backups)", path);
		return -1;
	}
	if (application != STORE_APPLICATION && (application || *version || filled))
		return err_set(e, STATUS_DATA, "%s is a database, but not one of the notes of onus; it was "
			       "not changed; move it away", path);
	if (*version > STORE_VERSION)
		return err_set(e, STATUS_DATA, "%s was written by a newer onus (its format is %d, this one "
			       "knows %d); it was not changed", path, *version, STORE_VERSION);
	return 0;
}

/* A file that is there: connect, look who wrote it, bring it up to date. */
static int connect(struct store *s, struct err *e)
{
	int version;

	if (store_sql(&s->db, s->path, SQL_OWN, e))
		return -1;
	if (s->how == STORE_HURRY)
		sql_patience(s->db, A_MOMENT);
	if (store_identify(s->db, s->path, &version, e) || sql_settle(s->db, e))
		return -1;
	if (version == STORE_VERSION)
		return 0;
	switch (store_upgrade(s, store_step, ARRAY_LEN(store_step), e)) {
	case 0:
		return 0;
	case 1:
		store_tell(s, "the database of your notes was brought from format %d to %d, after a backup",
			   version, STORE_VERSION);
		return 0;
	default:
		return -1;
	}
}

static int mended_or_failed(struct store *s, struct err *e)
{
	return store_mend(s, e) ? 0 : -1;
}

/* An empty file beside backups had something in it once; else it is one that is being made. */
static bool is_emptied(int64_t size)
{
	struct backups b;
	struct err e;
	bool any = !size && !store_backups(&b, &e);

	if (any) {
		any = b.n > 0;
		backups_release(&b);
	}
	return any;
}

static int open_file(struct store *s, int64_t size, bool emptied, struct err *e)
{
	if (emptied) {
		s->mended = true;
		return store_recover(s, e) ? -1 : connect(s, e);
	}
	if (connect(s, e))
		return mended_or_failed(s, e);
	if (s->how == STORE_WRITE && size <= CHECK_MAX && sql_check(s->db, false, e))
		return mended_or_failed(s, e);
	return 0;
}

/* A backup that cannot be made is no reason not to save. */
static void back_up(struct store *s, bool is_new)
{
	struct err e;

	if (!is_new && !store_has_backup_of_today(s->path) && store_backup(s->db, s->path, false, &e) &&
	    !s->notice)
		store_tell(s, "there is no backup of today: %s", e.msg);
}

/* Somebody else may have made it in this moment. */
static int make(const char *path, struct err *e)
{
	struct err none;
	int64_t size;

	return store_make_file(path, e) && store_file(path, &size, &none) <= 0 ? -1 : 0;
}

/* The file of s->path: 0, 1 where there is none, -1. */
static int open_or_make(struct store *s, struct err *e)
{
	int64_t size;
	int there = store_file(s->path, &size, e);
	bool emptied = there > 0 && is_emptied(size);

	if (there < 0)
		return -1;
	if (s->how != STORE_WRITE && !size && !emptied)
		return 1;
	if (s->how == STORE_WRITE) {
		if (path_writable(s->path, e) || (!there && make(s->path, e)))
			return -1;
		chmod(s->path, 0600);
	}
	if (open_file(s, size, emptied, e))
		return -1;
	if (s->how == STORE_WRITE)
		back_up(s, !size);
	return 0;
}

int store_open(struct store **out, enum store_how how, struct err *e)
{
	struct store *s = xcalloc(1, sizeof *s);
	struct buf path = { 0 };
	char *dir;
	int rc = store_folder(&dir, how == STORE_WRITE, e);

	*out = NULL;
	s->how = how;
	if (rc > 0) {
		buf_addf(&path, "%s/user.db", dir);
		s->path = buf_detach(&path);
		rc = open_or_make(s, e);
		if (!rc)
			*out = s;
	} else if (!rc) {
		rc = 1;
	}
	free(dir);
	if (!*out)
		store_close(s);
	return rc < 0 ? -1 : 0;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	sql_close(s->db);
	free(s->path);
	free(s->notice);
	free(s);
}

bool store_mend(struct store *s, struct err *e)
{
	if (!s->db || s->mended || sql_harm(s->db) != SQL_DAMAGED)
		return false;
	s->mended = true;
	sql_rollback(s->db);
	sql_close(s->db);
	s->db = NULL;
	return !store_recover(s, e) && !connect(s, e);
}

int store_ready(struct store *s, struct err *e)
{
	if (s->db && !sql_moved(s->db))
		return 0;
	sql_close(s->db);
	s->db = NULL;
	if (!connect(s, e) || store_mend(s, e))
		return 0;
	sql_close(s->db);
	s->db = NULL;
	return -1;
}

int store_begin(struct store *s, struct err *e)
{
	for (int i = 0; i < 2; i++) {
		if (store_ready(s, e) || sql_begin(s->db, e))
			return -1;
		if (!sql_moved(s->db))
			return 0;
		sql_rollback(s->db);
	}
	return err_set(e, STATUS_DATA, "the database %s is being replaced again and again; try once more",
		       s->path);
}

int store_end(struct store *s, int rc, struct err *e)
{
	if (!rc)
		return sql_commit(s->db, e);
	sql_rollback(s->db);
	return rc;
}
