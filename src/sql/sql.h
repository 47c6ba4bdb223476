/* sql: one connection to one database, and statements from a table, each prepared once and kept.
 * The only place for sqlite3.h.
 *
 *	struct query *q = sql_query(db, KB_DUTIES, "i", entry);
 *	while (query_row(q))
 *		use(query_text(q, 0), query_int(q, 1));
 *	return query_end(q, e);
 *
 * A query is never NULL: what fails is kept and comes out of query_end(), which has to be called.
 * A statement is in use between the two; it cannot be started again inside itself.
 * The columns that a statement gives may hold anything, since a file may be damaged or made by an
 * enemy: a text is never NULL, but it is not cleaned. */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "base/err.h"

struct sql;
struct query;

struct sql_def {
	const char *name, *text;
};

enum sql_mode {
	SQL_READ, /* an existing file; never written, and without a lock where its folder is not ours */
	SQL_OWN, /* an existing file of one's own, read and written; no part of its path may be a link */
	SQL_RESCUE, /* a damaged one, read as far as it goes, and never written */
	SQL_CREATE /* a new file that nobody else sees yet: no journal, no sync; path_commit() does it */
};

struct sql_open {
	const char *path;
	enum sql_mode mode;
	const struct sql_def *def;
	int ndef;
	enum status status;     /* of its errors */
	const char *advice;     /* what to do where it is damaged: "reinstall the package" */
};

/* 0, or -1 and *db is NULL. */
int sql_open(struct sql **db, const struct sql_open *how, struct err *e) MUST_USE;
void sql_close(struct sql *db);         /* NULL is fine */

/* types: a letter an argument: t const char *, i int64_t, d int, n nothing (NULL). */
struct query *sql_query(struct sql *db, int id, const char *types, ...) MUST_USE;
bool query_row(struct query *q);
int64_t query_int(struct query *q, int column);
const char *query_text(struct query *q, int column, size_t *n);        /* borrowed until the next row */
int query_end(struct query *q, struct err *e) MUST_USE;                /* 0, or -1 */

/* Run a statement that gives no rows. */
int sql_run(struct sql *db, struct err *e, int id, const char *types, ...) MUST_USE;
/* Run a text of statements that stands in the program. */
int sql_script(struct sql *db, const char *text, struct err *e) MUST_USE;

/* The application_id and user_version of the file. */
int sql_identity(struct sql *db, int *application, int *version, struct err *e) MUST_USE;

/* What the last failure says about the file. */
enum sql_harm {
	SQL_SOUND,      /* nothing: no room, no right, somebody else */
	SQL_DAMAGED,    /* a part of it is not what it must be */
	SQL_FOREIGN     /* it is no database */
};
enum sql_harm sql_harm(const struct sql *db);

/* ---- for SQL_OWN ---- */

/* Once it is known that it is ours: what is committed is on the disk, also after a power cut. */
int sql_settle(struct sql *db, struct err *e) MUST_USE;
/* Wait so long for others, in milliseconds; without this it is 5 seconds. */
void sql_patience(struct sql *db, int ms);
/* A transaction that is the only one from its first moment on.  Where its
 * end fails nothing of it stays. */
int sql_begin(struct sql *db, struct err *e) MUST_USE;
int sql_commit(struct sql *db, struct err *e) MUST_USE;
void sql_rollback(struct sql *db);      /* none is fine */
int sql_set_version(struct sql *db, int version, struct err *e) MUST_USE;
/* Look at all pages; deep: and whether indexes and references fit.  -1 (SQL_DAMAGED) where something is
 * wrong. */
int sql_check(struct sql *db, bool deep, struct err *e) MUST_USE;
/* Copy it, as one moment of it, into a file that is there and empty; that has still to be made durable. */
int sql_copy(struct sql *db, const char *to, struct err *e) MUST_USE;
/* Whether the path that was opened has another file now, or none. */
bool sql_moved(struct sql *db);

/* Call see with each line of the plan of a statement. */
int sql_explain(struct sql *db, int id, void (*see)(void *ctx, const char *line), void *ctx,
                struct err *e) MUST_USE;

#endif
