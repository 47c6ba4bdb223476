/* store_in: what the files of store share. */
#ifndef STORE_STORE_IN_H
#define STORE_STORE_IN_H

#include "sql/sql.h"
#include "store/store.h"

enum {
#define SQL(id, text) STORE_##id,
#include "store/sql.def"
#undef SQL
	STORE__COUNT
};

struct store {
	struct sql *db;
	char *path;             /* absolute, without links */
	enum store_how how;
	char *notice;
	bool mended;            /* once is enough */
};

/* ---- folder.c: where it is, and whether that is safe ---- */

/* A folder of ours in there, made where it is missing. */
int store_subfolder(const char *dir, struct err *e) MUST_USE;
/* Whether a file is there (1, and its size) or not (0); -1 where it is a link, no file, or not ours. */
int store_file(const char *path, int64_t *size, struct err *e) MUST_USE;
/* Make an empty file that only its owner may read. */
int store_make_file(const char *path, struct err *e) MUST_USE;
/* Wait until nobody else puts another file in the place of one of a folder; give it to close(), which ends
 * it.  -1 where that cannot be had: then it goes without. */
int store_lock(const char *path);

/* ---- store.c ---- */

/* A connection with our statements. */
int store_sql(struct sql **db, const char *path, enum sql_mode mode, struct err *e) MUST_USE;
/* -1 and a sentence where a database is not ours, or newer than this program. */
int store_identify(struct sql *db, const char *path, int *version, struct err *e) MUST_USE;
/* At the beginning of whatever asks it: look at the file that has the name now. */
int store_ready(struct store *s, struct err *e) MUST_USE;
/* The same, and begin to write. */
int store_begin(struct store *s, struct err *e) MUST_USE;
/* End it: 0, or -1 and nothing has changed. */
int store_end(struct store *s, int rc, struct err *e) MUST_USE;
/* True where what went wrong was a damage that is mended now: try again. */
bool store_mend(struct store *s, struct err *e) MUST_USE;
void store_tell(struct store *s, const char *fmt, ...) PRINTF(2, 3);

/* ---- migrate.c ---- */

struct step {
	int version;            /* to which it leads */
	const char *sql;
};
extern const struct step store_step[STORE_VERSION];

/* Go through the steps that a database has not taken yet, in one transaction, with a last look before the
 * end of it. */
int store_migrate(struct sql *db, const struct step *step, int n, struct err *e) MUST_USE;
/* The same after a backup, where there is something to back up; 1: it was an older one. */
int store_upgrade(struct store *s, const struct step *step, int n, struct err *e) MUST_USE;

/* ---- recover.c ---- */

/* Put what can be read of a damaged database in its place, else the newest good backup. */
int store_recover(struct store *s, struct err *e) MUST_USE;
/* Give a damaged file, and its journal, a second name with the date, which is appended to kept (or NULL). */
int store_keep_damaged(const char *path, struct buf *kept, struct err *e) MUST_USE;

/* ---- backup.c ---- */

/* Make one: of today, or (moment) of this second; old ones go. */
int store_backup(struct sql *db, const char *path, bool moment, struct err *e) MUST_USE;
bool store_has_backup_of_today(const char *path);
/* Copy the newest backup that is sound to a file: 1, and its name is yours; 0: there is none. */
int store_newest(const char *path, const char *to, char **name, struct err *e) MUST_USE;

#endif
