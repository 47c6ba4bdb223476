#include "config.h"
#include "sql/sql.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

struct query {
	struct sql *db;
	sqlite3_stmt *stmt;
	const char *name;
	int rc;                 /* SQLITE_OK, SQLITE_ROW, SQLITE_DONE or what failed */
	bool used;
};

struct sql {
	sqlite3 *handle;
	char *path;
	const char *advice;
	enum status status;
	const struct sql_def *def;
	int ndef;
	struct query *query;    /* one a statement */
	enum sql_harm harm;
};

static enum sql_harm harm_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_NOTADB:
		return SQL_FOREIGN;
	case SQLITE_CORRUPT:
	case SQLITE_SCHEMA:
	case SQLITE_ERROR:      /* no such table: somebody else's database, or a part is gone */
		return SQL_DAMAGED;
	default:
		return SQL_SOUND;
	}
}

static int fail(struct sql *db, int rc, const char *doing, struct err *e)
{
	const char *why = db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc);
	int line = (int)strcspn(why, "\n");     /* it may quote the file: all that is damaged in it */
	int code = db->handle && (rc & 0xff) == SQLITE_IOERR ? sqlite3_system_errno(db->handle) : 0;

	db->harm = harm_of(rc);
	if (db->harm != SQL_SOUND)
		return err_set(e, db->status, "the database %s is damaged (%s: %.*s); %s", db->path, doing,
			       line, why, db->advice);
	return err_set(e, db->status, "the database %s cannot be used (%s: %.*s%s%s)", db->path, doing, line,
		       why, code ? ": " : "", code ? strerror(code) : "");
}

enum sql_harm sql_harm(const struct sql *db)
{
	return db->harm;
}

/* A path as a URI: what is not a plain character goes as %XX. */
static void add_uri(struct buf *out, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.~";

	buf_add(out, "file:");
	for (; *path; path++)
		if (strchr(plain, *path))
			buf_addc(out, *path);
		else
			buf_addf(out, "%%%02X", (unsigned char)*path);
}

/* True if the folder of path can be written: then somebody may replace or lock the file. */
static bool folder_is_ours(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, slash == path ? 1 : (size_t)(slash - path)) : xstrdup(".");
	bool ours = !access(dir, W_OK);

	free(dir);
	return ours;
}

static int open_handle(struct sql *db, enum sql_mode mode)
{
	static const int flags_of[] = {
		[SQL_READ] = SQLITE_OPEN_READONLY,
		[SQL_OWN] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW,
		[SQL_RESCUE] = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW,
		[SQL_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | flags_of[mode];
	struct buf uri = { 0 };
	int rc;

	add_uri(&uri, db->path);
	if (mode == SQL_READ && !folder_is_ours(db->path))
		buf_add(&uri, "?immutable=1");
	rc = sqlite3_open_v2(buf_str(&uri), &db->handle, flags, NULL);
	buf_release(&uri);
	return rc;
}

/* What a hostile file could use, off; what a text could cost, bounded. */
static void harden(sqlite3 *handle)
{
	static const struct { int what, on; } config[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};

	for (int i = 0; i < ARRAY_LEN(config); i++)
		sqlite3_db_config(handle, config[i].what, config[i].on, NULL);
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20);
	sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_busy_timeout(handle, 5000);
}

/* Go on where the file is shorter than it says, and where the schema has a part that cannot be read. */
static void condone(sqlite3 *handle)
{
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
}

/* One thread, and nobody asks how much memory SQLite has: without locks and counts it starts a tenth
 * faster.  Only before its first use; later calls are refused, and harmless. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int sql_open(struct sql **out, const struct sql_open *how, struct err *e)
{
	struct sql *db = xcalloc(1, sizeof *db);
	int rc;

	*out = NULL;
	configure();
	db->path = xstrdup(how->path);
	db->advice = how->advice;
	db->status = how->status;
	db->def = how->def;
	db->ndef = how->ndef;
	db->query = xcalloc((size_t)how->ndef, sizeof *db->query);
	rc = open_handle(db, how->mode);
	if (rc == SQLITE_OK && how->mode == SQL_CREATE)         /* before harden(), which forbids it */
		rc = sqlite3_exec(db->handle, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;",
		                  NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		harden(db->handle);
	if (rc == SQLITE_OK && how->mode == SQL_RESCUE)
		condone(db->handle);
	if (rc != SQLITE_OK) {
		fail(db, rc, "open", e);
		sql_close(db);
		return -1;
	}
	*out = db;
	return 0;
}

void sql_close(struct sql *db)
{
	if (!db)
		return;
	for (int i = 0; i < db->ndef; i++)
		sqlite3_finalize(db->query[i].stmt);
	sqlite3_close(db->handle);
	free(db->query);
	free(db->path);
	free(db);
}

static void bind(struct query *q, const char *types, va_list ap)
{
	for (int i = 0; types[i] && q->rc == SQLITE_OK; i++)
		switch (types[i]) {
		case 't':
			q->rc = sqlite3_bind_text(q->stmt, i + 1, va_arg(ap, const char *), -1,
						  SQLITE_TRANSIENT);
			break;
		case 'i':
			q->rc = sqlite3_bind_int64(q->stmt, i + 1, va_arg(ap, int64_t));
			break;
		case 'd':
			q->rc = sqlite3_bind_int(q->stmt, i + 1, va_arg(ap, int));
			break;
		default:
			q->rc = sqlite3_bind_null(q->stmt, i + 1);
		}
}

static struct query *start(struct sql *db, int id, const char *types, va_list ap)
{
	struct query *q = &db->query[id];

	assert(id >= 0 && id < db->ndef && !q->used);
	q->db = db;
	q->name = db->def[id].name;
	q->used = true;
	q->rc = q->stmt ? SQLITE_OK : sqlite3_prepare_v3(db->handle, db->def[id].text, -1,
	                                                 SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
	if (q->rc == SQLITE_OK)
		bind(q, types, ap);
	return q;
}

struct query *sql_query(struct sql *db, int id, const char *types, ...)
{
	struct query *q;
	va_list ap;

	va_start(ap, types);
	q = start(db, id, types, ap);
	va_end(ap);
	return q;
}

bool query_row(struct query *q)
{
	if (q->rc == SQLITE_OK || q->rc == SQLITE_ROW)
		q->rc = sqlite3_step(q->stmt);
	return q->rc == SQLITE_ROW;
}

int64_t query_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *query_text(struct query *q, int column, size_t *n)
{
	const char *s = (const char *)sqlite3_column_text(q->stmt, column);

	if (n)
		*n = s ? (size_t)sqlite3_column_bytes(q->stmt, column) : 0;
	return s ? s : "";
}

int query_end(struct query *q, struct err *e)
{
	int rc = q->rc;

	q->used = false;
	if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
		fail(q->db, rc, q->name, e);
	if (q->stmt) {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
	}
	return rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

int sql_run(struct sql *db, struct err *e, int id, const char *types, ...)
{
	struct query *q;
	va_list ap;

	va_start(ap, types);
	q = start(db, id, types, ap);
	va_end(ap);
	query_row(q);
	return query_end(q, e);
}

int sql_script(struct sql *db, const char *text, struct err *e)
{
	int rc = sqlite3_exec(db->handle, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : fail(db, rc, "script", e);
}

static int pragma(struct sql *db, const char *text, int *value, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->handle, text, -1, &s, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		*value = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_ROW ? 0 : fail(db, rc, "open", e);
}

int sql_identity(struct sql *db, int *application, int *version, struct err *e)
{
	return pragma(db, "PRAGMA application_id", application, e) ||
	       pragma(db, "PRAGMA user_version", version, e) ? -1 : 0;
}

/* ---- a database of one's own ---- */

int sql_settle(struct sql *db, struct err *e)
{
	return sql_script(db, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;"
			      "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
			      "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;", e);
}

void sql_patience(struct sql *db, int ms)
{
	sqlite3_busy_timeout(db->handle, ms);
}

static int run(struct sql *db, const char *text, const char *doing, struct err *e)
{
	int rc = sqlite3_exec(db->handle, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : fail(db, rc, doing, e);
}

int sql_begin(struct sql *db, struct err *e)
{
	return run(db, "BEGIN IMMEDIATE", "begin", e);
}

int sql_commit(struct sql *db, struct err *e)
{
	int rc = run(db, "COMMIT", "commit", e);

	if (rc)
		sql_rollback(db);
	return rc;
}

void sql_rollback(struct sql *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

int sql_set_version(struct sql *db, int version, struct err *e)
{
	char text[64];

	snprintf(text, sizeof text, "PRAGMA user_version = %d", version);
	return run(db, text, "version", e);
}

/* A pragma that says "ok", or has nothing to say. */
static int check(struct sql *db, const char *text, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->handle, text, -1, &s, NULL);
	bool bad = false;

	while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		const char *says = (const char *)sqlite3_column_text(s, 0);
		bad = bad || !says || strcmp(says, "ok");
		rc = SQLITE_OK;
	}
	sqlite3_finalize(s);
	if (rc != SQLITE_DONE)
		return fail(db, rc, "check", e);
	if (!bad)
		return 0;
	db->harm = SQL_DAMAGED;
	return err_set(e, db->status, "the database %s is damaged; %s", db->path, db->advice);
}

int sql_check(struct sql *db, bool deep, struct err *e)
{
	if (!deep)
		return check(db, "PRAGMA quick_check(1)", e);
	return check(db, "PRAGMA integrity_check(1)", e) || check(db, "PRAGMA foreign_key_check", e) ? -1 : 0;
}

int sql_copy(struct sql *db, const char *to, struct err *e)
{
	struct sql copy = { .path = xstrdup(to), .advice = db->advice, .status = db->status };
	sqlite3_backup *b = NULL;
	int rc = open_handle(&copy, SQL_OWN);

	if (rc == SQLITE_OK)
		rc = sqlite3_exec(copy.handle, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", NULL,
				  NULL, NULL);
	if (rc == SQLITE_OK) {
		b = sqlite3_backup_init(copy.handle, "main", db->handle, "main");
		if (b)
			sqlite3_backup_step(b, -1);
		rc = b ? sqlite3_backup_finish(b) : sqlite3_errcode(copy.handle);
	}
	if (rc != SQLITE_OK)
		fail(&copy, rc, "copy", e);
	db->harm = copy.harm;
	sqlite3_close(copy.handle);
	free(copy.path);
	return rc == SQLITE_OK ? 0 : -1;
}

bool sql_moved(struct sql *db)
{
	int moved = 0;

	return sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

int sql_explain(struct sql *db, int id, void (*see)(void *ctx, const char *line), void *ctx, struct err *e)
{
	struct buf text = { 0 };
	sqlite3_stmt *s = NULL;
	int rc;

	buf_addf(&text, "EXPLAIN QUERY PLAN %s", db->def[id].text);
	rc = sqlite3_prepare_v2(db->handle, buf_str(&text), -1, &s, NULL);
	while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		see(ctx, (const char *)sqlite3_column_text(s, 3));
	sqlite3_finalize(s);
	buf_release(&text);
	return rc == SQLITE_OK ? 0 : fail(db, rc, db->def[id].name, e);
}
