#include "config.h"
#include "store/store_in.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/day.h"
#include "base/path.h"

enum { DAILY = 7, WEEKLY = 4, WEEK = 7, MONDAY = 3 };   /* day 0 is a Thursday */

/* ---- names ---- */

/* A name in the folder backup/ beside the database; yours. */
static char *beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct buf b = { 0 };

	buf_addn(&b, path, (size_t)(slash - path));
	buf_addf(&b, "/backup%s%s", *name ? "/" : "", name);
	return buf_detach(&b);
}

static char *name_of_today(const char *path)
{
	char name[DAY_LEN + 8];

	day_text(day_now(), 0, name);
	memcpy(name + DAY_LEN, ".db", sizeof ".db");
	return beside(path, name);
}

/* One of this second; where there is one already, with a number. */
static char *name_of_moment(const char *path)
{
	char day[DAY_LEN + 1], stamp[DAY_STAMP_LEN + 1], name[64], *file = NULL;

	day_text(day_now(), 0, day);
	day_stamp(day_now(), stamp);
	for (int i = 1; !file || path_exists(file); i++) {
		free(file);
		if (i == 1)
			snprintf(name, sizeof name, "%s%s.db", day, strchr(stamp, 'T'));
		else
			snprintf(name, sizeof name, "%s%s-%d.db", day, strchr(stamp, 'T'), i);
		file = beside(path, name);
	}
	return file;
}

static bool is_backup(const char *name)
{
	size_t n = strlen(name);

	return day_number(name) >= 0 && n > DAY_LEN && !strcmp(name + n - 3, ".db");
}

bool store_has_backup_of_today(const char *path)
{
	char *file = name_of_today(path);
	bool there = path_exists(file);

	free(file);
	return there;
}

/* ---- what is there ---- */

/* The date and, where it has one, the time that a name says. */
static char *moment_of(const char *name)
{
	struct buf b = { 0 };

	buf_addn(&b, name, DAY_LEN);
	if (name[DAY_LEN] == 'T' && strspn(name + DAY_LEN + 1, "0123456789") == 6)
		buf_addf(&b, " %.2s:%.2s:%.2s", name + DAY_LEN + 1, name + DAY_LEN + 3, name + DAY_LEN + 5);
	return buf_detach(&b);
}

static int64_t count_notes(struct sql *db)
{
	struct query *q = sql_query(db, STORE_NOTE_COUNT, "");
	int64_t n = query_row(q) ? query_int(q, 0) : -1;
	struct err e;

	return query_end(q, &e) ? -1 : n;
}

/* The notes in a file that is a sound database of ours; -1 where it is none, and NULL. */
static int64_t open_sound(struct sql **db, const char *file, struct err *e)
{
	int64_t size, n = -1;
	int version, there = store_file(file, &size, e);

	*db = NULL;
	if (!there)
		err_set(e, STATUS_DATA, "there is no backup %s; onus note --backups lists those there are",
			file);
	if (there > 0 && !store_sql(db, file, SQL_OWN, e) && !store_identify(*db, file, &version, e) &&
	    !sql_check(*db, true, e)) {
		n = version ? count_notes(*db) : -1;
		if (n < 0)
			err_set(e, STATUS_DATA, "there are no notes in %s", file);
	}
	if (n < 0) {
		sql_close(*db);
		*db = NULL;
	}
	return n;
}

static int list_names(const char *path, char ***names, int *n, struct err *e)
{
	char *dir = beside(path, "");
	int rc = path_list(dir, names, n, e);

	free(dir);
	return rc;
}

int store_backups(struct backups *b, struct err *e)
{
	char *path = store_path(e), **names = NULL;
	int n = 0, rc = path ? list_names(path, &names, &n, e) : -1;

	*b = (struct backups){ 0 };
	for (int i = n - 1; !rc && i >= 0; i--)
		if (is_backup(names[i])) {
			struct sql *db;
			struct err none;
			char *file = beside(path, names[i]);
			char *real = realpath(file, NULL);
			*GROW(b->backup, b->n, b->cap) =
				(struct backup){ xstrdup(names[i]), moment_of(names[i]),
						 open_sound(&db, real ? real : file, &none) };
			sql_close(db);
			free(real);
			free(file);
		}
	if (!rc)
		path_free_list(names, n);
	free(path);
	return rc;
}

void backups_release(struct backups *b)
{
	for (int i = 0; i < b->n; i++) {
		free(b->backup[i].file);
		free(b->backup[i].date);
	}
	free(b->backup);
	*b = (struct backups){ 0 };
}

int store_newest(const char *path, const char *to, char **name, struct err *e)
{
	struct backups b;
	int rc = 0;

	*name = NULL;
	if (store_backups(&b, e))
		return -1;
	for (int i = 0; i < b.n && !rc; i++) {
		struct sql *db = NULL;
		char *file = beside(path, b.backup[i].file);
		if (b.backup[i].notes >= 0 && open_sound(&db, file, e) >= 0)
			rc = sql_copy(db, to, e) ? -1 : 1;
		if (rc > 0)
			*name = xstrdup(b.backup[i].date);
		sql_close(db);
		free(file);
	}
	backups_release(&b);
	return rc;
}

/* ---- making them, and letting old ones go ---- */

/* What a program that was killed has left: "NAME.PID.new". */
static bool is_left(const char *name)
{
	size_t n = strlen(name);
	const char *pid;

	if (n < 6 || strcmp(name + n - 4, ".new") != 0)
		return false;
	pid = name + n - 4;
	while (pid > name && pid[-1] != '.')
		pid--;
	return kill((pid_t)strtol(pid, NULL, 10), 0) && errno == ESRCH;
}

/* Of today all stay, of the 7 last days that have some the newest one, of the 4 weeks before likewise. */
static void rotate(const char *path)
{
	int n, days = 0, weeks = 0, day = -1, week = -1;
	char today[DAY_LEN + 1], **names;
	struct err e;

	day_text(day_now(), 0, today);
	if (list_names(path, &names, &n, &e))
		return;
	for (int i = n - 1; i >= 0; i--) {
		int is = day_number(names[i]), its_week = (is + MONDAY) / WEEK;
		bool keep = !is_backup(names[i]) ? !is_left(names[i]) : is == day_number(today);
		if (is_backup(names[i]) && is != day && days < DAILY)
			keep = true, days++, week = its_week;
		else if (is_backup(names[i]) && is != day && its_week != week && weeks < WEEKLY)
			keep = true, weeks++, week = its_week;
		day = is_backup(names[i]) ? is : day;
		if (!keep) {
			char *file = beside(path, names[i]);
			unlink(file);
			free(file);
		}
	}
	path_free_list(names, n);
}

/* A copy that was read again. */
static int copy_to(struct sql *db, const char *file, struct err *e)
{
	struct sql *copy = NULL;
	int rc;

	unlink(file);
	if (store_make_file(file, e))
		return -1;
	rc = sql_copy(db, file, e) || store_sql(&copy, file, SQL_OWN, e) || sql_check(copy, false, e);
	sql_close(copy);
	if (rc)
		unlink(file);
	return rc ? -1 : 0;
}

int store_backup(struct sql *db, const char *path, bool moment, struct err *e)
{
	char *dir = beside(path, ""), *file = moment ? name_of_moment(path) : name_of_today(path);
	char *temporary = path_temporary(file);
	int rc = store_subfolder(dir, e);

	if (!rc)
		rc = copy_to(db, temporary, e) || path_commit(temporary, file, e) ? -1 : 0;
	if (!rc)
		rotate(path);
	free(temporary);
	free(file);
	free(dir);
	return rc ? err_prefix(e, "cannot make a backup") : 0;
}

/* ---- one of them in the place of the database ---- */

/* With the database kept, and nobody writing to it meanwhile. */
static int put_in_place(const char *temporary, const char *path, struct err *e)
{
	struct sql *was = NULL, *hold = NULL;
	struct err none;
	int rc = 0;

	if (!path_exists(path))
		return path_commit(temporary, path, e);
	if (open_sound(&was, path, &none) >= 0)
		rc = store_sql(&hold, path, SQL_OWN, e) || sql_begin(hold, e) ||
		     store_backup(was, path, true, e) ? -1 : 0;
	else
		rc = store_keep_damaged(path, NULL, e);
	if (!rc)
		rc = path_commit(temporary, path, e);
	sql_close(was);
	sql_close(hold);
	return rc;
}

int store_restore(const char *name, struct err *e)
{
	char *dir, *file, *temporary;
	struct buf path = { 0 };
	struct sql *db = NULL;
	int rc, there = store_folder(&dir, false, e), lock;

	if (there <= 0)
		return there ? -1 : err_set(e, STATUS_DATA, "there are no backups yet; the first one is made "
					    "before the first change of a day");
	buf_addf(&path, "%s/user.db", dir);
	file = strchr(name, '/') ? realpath(name, NULL) : beside(buf_str(&path), name);
	if (!file)
		err_set(e, STATUS_DATA, "cannot read %s: %s", name, strerror(errno));
	temporary = path_temporary(buf_str(&path));
	lock = store_lock(buf_str(&path));
	rc = !file || open_sound(&db, file, e) < 0 || copy_to(db, temporary, e) ||
	     put_in_place(temporary, buf_str(&path), e) ? -1 : 0;
	sql_close(db);
	if (rc)
		unlink(temporary);
	if (lock >= 0)
		close(lock);
	free(temporary);
	free(file);
	free(dir);
	buf_release(&path);
	return rc;
}
