/* The user's own database: what is saved is there, whatever happens; what is not ours is left alone. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <sqlite3.h>

#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"
#include "store/store_in.h"

enum { DAY = 86400, TODAY = 1795305600 };       /* 2026-11-22, a Sunday */

static void set_day(int days)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)TODAY + (long long)days * DAY);
	setenv("SOURCE_DATE_EPOCH", text, 1);
}

static int setup(void **state)
{
	util_setup(state);
	setenv("XDG_DATA_HOME", *state, 1);
	unsetenv("HOME");
	set_day(0);
	return 0;
}

static const char *file_of(const char *name)
{
	char rest[256];

	snprintf(rest, sizeof rest, "onus/%s", name);
	return util_path(getenv("XDG_DATA_HOME"), rest);
}

static struct store *opened(enum store_how how)
{
	struct store *s = NULL;
	struct err e = { 0 };

	if (store_open(&s, how, &e))
		fail_msg("%s", e.msg);
	return s;
}

static void put(struct store *s, const char *link, const char *text)
{
	struct buf was = { 0 };
	struct err e = { 0 };
	int64_t rev;

	if (store_note(s, link, &was, &rev, &e) < 0 || store_note_put(s, link, text, rev, &e))
		fail_msg("%s", e.msg);
	buf_release(&was);
}

static void put_one(const char *link, const char *text)
{
	struct store *s = opened(STORE_WRITE);

	put(s, link, text);
	store_close(s);
}

/* What a note says; NULL where there is none.  Yours. */
static char *note(struct store *s, const char *link)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	int64_t rev;
	int rc = store_note(s, link, &text, &rev, &e);

	if (rc < 0)
		fail_msg("%s", e.msg);
	assert_int_equal(rev > 0, rc);
	if (rc)
		return buf_detach(&text);
	assert_string_equal(buf_str(&text), "");
	buf_release(&text);
	return NULL;
}

static void is(struct store *s, const char *link, const char *text)
{
	char *has = note(s, link);

	if (text) {
		assert_non_null(has);
		assert_string_equal(has, text);
	} else {
		assert_null(has);
	}
	free(has);
}

static void is_in_file(const char *link, const char *text)
{
	struct store *s = opened(STORE_READ);

	assert_non_null(s);
	is(s, link, text);
	store_close(s);
}

static void refused(enum store_how how, const char *part)
{
	struct store *s = NULL;
	struct err e = { 0 };

	assert_int_equal(store_open(&s, how, &e), -1);
	assert_null(s);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
	if (!strstr(e.msg, part))
		fail_msg("\"%s\" does not speak of \"%s\"", e.msg, part);
}

static int mode_of(const char *file)
{
	struct stat st;

	assert_int_equal(lstat(file, &st), 0);
	return st.st_mode & 07777;
}

/* Statements by SQLite itself, past the store. */
static void run_sql(const char *file, const char *sql)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(db);
}

static void see_ok(void *ctx, const char *line)
{
	*(bool *)ctx = !strcmp(line, "ok");
}

static void is_whole(const char *file)
{
	bool ok = false;
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		see_ok(&ok, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	assert_true(ok);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO note_search(note_search) VALUES('integrity-check')",
				      NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* ---- notes ---- */

static void a_note_is_there_when_it_was_saved(void **state)
{
	struct store *s = opened(STORE_WRITE);

	(void)state;
	is(s, "azure:paas/os", NULL);
	put(s, "azure:paas/os", "Ask Ada\nabout patches.\n");
	is(s, "azure:paas/os", "Ask Ada\nabout patches.\n");
	put(s, "azure:paas/os", "Done.");
	put(s, "azure:iaas/os", "\033[2J raw \xff");
	store_close(s);
	is_in_file("azure:paas/os", "Done.");
	is_in_file("azure:iaas/os", "\033[2J raw \xff");
	is_whole(file_of("user.db"));
	put_one("azure:paas/os", "");
	is_in_file("azure:paas/os", NULL);
}

static void reading_makes_nothing(void **state)
{
	struct store *s = (struct store *)state;
	struct backups b;
	struct err e;

	assert_int_equal(store_open(&s, STORE_READ, &e), 0);
	assert_null(s);
	assert_int_equal(store_backups(&b, &e), 0);
	assert_int_equal(b.n, 0);
	assert_int_equal(util_count(*state), 0);
	put_one("a", "text");
	chmod(file_of("user.db"), 0400);
	is_in_file("a", "text");
	assert_int_equal(util_count(util_path(*state, "onus")), 2);     /* and an empty journal */
	assert_int_equal(mode_of(file_of("user.db")), 0400);
}

static void nobody_writes_over_what_he_has_not_read(void **state)
{
	struct store *one = opened(STORE_WRITE), *two = opened(STORE_WRITE);
	struct err e = { 0 };

	(void)state;
	assert_int_equal(store_note_put(one, "a", "from one", 0, &e), 0);
	assert_int_equal(store_note_put(two, "a", "from two", 0, &e), 1);
	is(two, "a", "from one");
	assert_int_equal(store_note_put(two, "a", "from two", 1, &e), 0);
	assert_int_equal(store_note_put(one, "a", "", 1, &e), 1);
	is(one, "a", "from two");
	/* to try the same again is no conflict */
	assert_int_equal(store_note_put(two, "a", "from two", 1, &e), 0);
	store_close(one);
	store_close(two);
}

static void what_is_too_long_is_refused(void **state)
{
	struct store *s = opened(STORE_WRITE);
	char *text = malloc(NOTE_MAX + 2), link[1030];
	struct err e = { 0 };

	(void)state;
	memset(text, 'x', NOTE_MAX + 1);
	text[NOTE_MAX + 1] = '\0';
	assert_int_equal(store_note_put(s, "a", text, 0, &e), -1);
	util_assert_sentence(e.msg);
	assert_int_equal(store_put(s, STORE_MARK, "a", text, &e), -1);
	util_assert_sentence(e.msg);
	text[NOTE_MAX] = '\0';
	put(s, "a", text);
	is(s, "a", text);
	memset(link, 'l', sizeof link);
	link[sizeof link - 1] = '\0';
	assert_int_equal(store_note_put(s, link, "x", 0, &e), -1);
	assert_int_equal(store_note_put(s, "", "x", 0, &e), -1);
	free(text);
	store_close(s);
}

static void list(struct store *s, const char *want)
{
	struct notes notes;
	struct buf got = { 0 };
	struct err e;

	assert_int_equal(store_notes(s, &notes, &e), 0);
	for (int i = 0; i < notes.n; i++)
		buf_addf(&got, "%s=%s@%s;", notes.note[i].link, notes.note[i].text, notes.note[i].changed);
	assert_string_equal(buf_str(&got), want);
	buf_release(&got);
	notes_release(&notes);
}

static void notes_come_by_link_and_clean(void **state)
{
	struct store *s = opened(STORE_WRITE);

	(void)state;
	list(s, "");
	put(s, "b", "two\nlines");
	set_day(1);
	put(s, "a", "bell \a");
	list(s, "a=bell \xef\xbf\xbd@2026-11-23;b=two\nlines@2026-11-22;");
	store_close(s);
}

static void find(struct store *s, const char *words, const char *want)
{
	struct notes notes;
	struct buf got = { 0 };
	struct err e = { 0 };

	if (store_find(s, words, 10, &notes, &e))
		fail_msg("%s", e.msg);
	for (int i = 0; i < notes.n; i++)
		buf_addf(&got, "%s ", notes.note[i].link);
	assert_string_equal(buf_str(&got), want);
	buf_release(&got);
	notes_release(&notes);
}

static void words_are_found_and_none_is_syntax(void **state)
{
	struct store *s = opened(STORE_WRITE);

	(void)state;
	put(s, "one", "Ask Ren\xc3\xa9 about the firewall");
	set_day(1);
	put(s, "two", "the firewall is fine; ask nobody");
	find(s, "fire", "two one ");
	find(s, "rene", "one ");
	find(s, "ask fire", "two one ");
	find(s, "Ask", "one ");
	find(s, "wall", "");
	find(s, "\" OR * NEAR( - ^ text:", "");
	find(s, "\"fire\"*", "two one ");
	find(s, "fire NOT fine", "");
	find(s, "", "");
	put(s, "two", "nothing");
	find(s, "fire", "one ");
	put(s, "one", "");
	find(s, "fire", "");
	find(s, "noth", "two ");
	store_close(s);
	is_whole(file_of("user.db"));
}

static void words_of_a_note_that_is_gone_are_not_in_the_file(void **state)
{
	size_t n;
	char *data;

	(void)state;
	put_one("a", "kryptonite");
	put_one("b", "other");
	put_one("a", "");
	data = util_read(file_of("user.db"), &n);
	assert_null(memmem(data, n, "kryptonite", 10));
	free(data);
}

static void names_keep_a_text(void **state)
{
	struct store *s = opened(STORE_WRITE);
	struct buf text = { 0 };
	struct keeps keeps;
	struct err e;

	(void)state;
	assert_int_equal(store_get(s, STORE_MARK, "a", &text, &e), 0);
	assert_int_equal(store_put(s, STORE_MARK, "b", "grid azure 3", &e), 0);
	assert_int_equal(store_put(s, STORE_MARK, "a", "one\ntwo", &e), 0);
	assert_int_equal(store_put(s, STORE_PLACE, "a", "other", &e), 0);
	assert_int_equal(store_put(s, STORE_MARK, "b", "grid azure 4", &e), 0);
	assert_int_equal(store_get(s, STORE_MARK, "a", &text, &e), 1);
	assert_string_equal(buf_str(&text), "one\ntwo");
	assert_int_equal(store_list(s, STORE_MARK, &keeps, &e), 0);
	assert_int_equal(keeps.n, 2);
	assert_string_equal(keeps.kept[0].name, "a");
	assert_string_equal(keeps.kept[1].text, "grid azure 4");
	assert_string_equal(keeps.kept[1].changed, "2026-11-22");
	keeps_release(&keeps);
	assert_int_equal(store_put(s, STORE_MARK, "a", NULL, &e), 0);
	assert_int_equal(store_get(s, STORE_MARK, "a", &text, &e), 0);
	assert_string_equal(buf_str(&text), "");
	assert_int_equal(store_get(s, STORE_PLACE, "a", &text, &e), 1);
	buf_release(&text);
	store_close(s);
}

static void see_plan(void *ctx, const char *line)
{
	if (!strncmp(line, "SCAN", 4) && !strstr(line, "VIRTUAL TABLE") && !strstr(line, "CONSTANT"))
		*(int *)ctx += 1;
}

/* What is asked for while somebody waits is sought; what lists or rescues all has to scan. */
static void one_thing_is_sought_not_scanned(void **state)
{
	static const int sought[] = { STORE_NOTE, STORE_NOTE_DROP, STORE_WORDS_PUT, STORE_WORDS_DROP, STORE_FIND,
				      STORE_GET, STORE_DROP, STORE_LIST, STORE_NOTE_ONE, STORE_KEPT_HAS };
	struct store *s = opened(STORE_WRITE);
	struct err e = { 0 };
	int scans = 0;

	(void)state;
	for (int i = 0; i < COUNT(sought); i++) {
		assert_int_equal(sql_explain(s->db, sought[i], see_plan, &scans, &e), 0);
		if (scans)
			fail_msg("statement %d scans", sought[i]);
	}
	assert_int_equal(sql_explain(s->db, STORE_NOTES, see_plan, &scans, &e), 0);
	assert_int_equal(scans, 1);
	for (int i = 0; i < STORE__COUNT; i++)  /* and all of them can be prepared */
		if (sql_explain(s->db, i, see_plan, &scans, &e))
			fail_msg("%s", e.msg);
	store_close(s);
}

/* ---- where it is ---- */

static void files_are_private(void **state)
{
	mode_t was = umask(0);

	(void)state;
	put_one("a", "x");
	set_day(1);
	put_one("a", "y");
	umask(was);
	assert_int_equal(mode_of(file_of("")), 0700);
	assert_int_equal(mode_of(file_of("user.db")), 0600);
	assert_int_equal(mode_of(file_of("user.db-journal")), 0600);
	assert_int_equal(mode_of(file_of("backup")), 0700);
	assert_int_equal(mode_of(file_of("backup/2026-11-23.db")), 0600);
	chmod(file_of("user.db"), 0644);
	put_one("a", "z");
	assert_int_equal(mode_of(file_of("user.db")), 0600);
}

static void the_folder_is_that_of_xdg(void **state)
{
	struct err e = { 0 };
	char *path;

	(void)state;
	setenv("HOME", "/home/x", 1);
	path = store_path(&e);
	assert_string_equal(path, file_of("user.db"));
	free(path);
	setenv("XDG_DATA_HOME", "relative", 1);
	path = store_path(&e);
	assert_string_equal(path, "/home/x/.local/share/onus/user.db");
	free(path);
	setenv("HOME", "", 1);
	assert_null(store_path(&e));
	util_assert_sentence(e.msg);
	refused(STORE_READ, "HOME");
	refused(STORE_WRITE, "HOME");
}

static void folders_above_are_made(void **state)
{
	char *home = strdup(util_path(*state, "new/home"));

	unsetenv("XDG_DATA_HOME");
	setenv("HOME", home, 1);
	put_one("a", "x");
	is_in_file("a", "x");
	assert_int_equal(mode_of(util_path(home, ".local/share/onus")), 0700);
	free(home);
}

static void a_folder_that_others_can_write_to_is_not_used(void **state)
{
	put_one("a", "x");
	chmod(file_of(""), 0770);
	refused(STORE_READ, "others can write");
	refused(STORE_WRITE, "others can write");
	chmod(file_of(""), 0702);
	refused(STORE_WRITE, "others can write");
	chmod(file_of(""), 0755);
	is_in_file("a", "x");
	if (geteuid())
		return;
	assert_int_equal(chown(file_of(""), 65534, 65534), 0);
	refused(STORE_READ, "somebody else");
	refused(STORE_WRITE, "somebody else");
	assert_int_equal(chown(file_of(""), 0, 0), 0);
	assert_int_equal(chown(file_of("user.db"), 65534, 65534), 0);
	refused(STORE_READ, "somebody else");
	refused(STORE_WRITE, "somebody else");
	(void)state;
}

static void no_link_is_followed(void **state)
{
	char *there = strdup(util_path(*state, "there")), *db = strdup(file_of("user.db"));

	put_one("a", "x");
	assert_int_equal(rename(db, there), 0);
	assert_int_equal(symlink(there, db), 0);
	refused(STORE_READ, "link");
	refused(STORE_WRITE, "link");
	unlink(db);
	assert_int_equal(symlink(util_path(*state, "nowhere"), db), 0);
	refused(STORE_WRITE, "link");
	assert_int_equal(access(util_path(*state, "nowhere"), F_OK), -1);
	unlink(db);
	assert_int_equal(rename(there, db), 0);
	is_in_file("a", "x");
	assert_int_equal(rename(file_of(""), there), 0);
	assert_int_equal(symlink(there, util_path(*state, "onus")), 0);
	refused(STORE_READ, "not a folder");
	refused(STORE_WRITE, "not a folder");
	free(there);
	free(db);
}

static void a_link_above_the_folder_is_fine(void **state)
{
	assert_int_equal(mkdir(util_path(*state, "real"), 0700), 0);
	assert_int_equal(symlink("real", util_path(*state, "home")), 0);
	setenv("XDG_DATA_HOME", util_path(*state, "home"), 1);
	put_one("a", "x");
	is_in_file("a", "x");
	assert_int_equal(access(util_path(*state, "real/onus/user.db"), F_OK), 0);
}

static void what_is_no_file_is_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir(file_of(""), 0700), 0);
	assert_int_equal(mkdir(file_of("user.db"), 0700), 0);
	refused(STORE_READ, "regular file");
	refused(STORE_WRITE, "regular file");
	rmdir(file_of("user.db"));
	assert_int_equal(mkfifo(file_of("user.db"), 0600), 0);
	refused(STORE_READ, "regular file");
	refused(STORE_WRITE, "regular file");
}

/* ---- files that are not ours to change ---- */

static void is_left_alone(const char *part)
{
	char *db = strdup(file_of("user.db")), *copy = strdup(util_path(getenv("XDG_DATA_HOME"), "copy"));
	int files;

	util_copy(db, copy);
	files = util_count(file_of(""));
	refused(STORE_READ, part);
	refused(STORE_WRITE, part);
	assert_true(util_same(db, copy));
	assert_int_equal(util_count(file_of("")), files);
	free(db);
	free(copy);
}

static void what_is_no_database_is_left_alone(void **state)
{
	(void)state;
	util_write_text(file_of("user.db"), "This is a shopping list, and has been one for a long time.\n");
	is_left_alone("not a database");
}

static void a_database_of_others_is_left_alone(void **state)
{
	(void)state;
	util_write_text(file_of("user.db"), "");
	run_sql(file_of("user.db"), "CREATE TABLE shopping(list)");
	is_left_alone("not one of the notes");
	run_sql(file_of("user.db"), "PRAGMA application_id = 1");
	is_left_alone("not one of the notes");
}

static void a_newer_one_is_left_alone(void **state)
{
	(void)state;
	put_one("a", "x");
	run_sql(file_of("user.db"), "PRAGMA user_version = 2");
	is_left_alone("newer onus");
}

static void an_empty_file_is_begun(void **state)
{
	struct store *s = NULL;
	struct err e;

	(void)state;
	util_write_text(file_of("user.db"), "");
	assert_int_equal(store_open(&s, STORE_READ, &e), 0);
	assert_null(s);
	put_one("a", "x");
	is_in_file("a", "x");
}

/* ---- other versions ---- */

static const struct step two_steps[] = {
	{ 1, "this one was taken long ago" },
	{ 2, "ALTER TABLE note ADD COLUMN colour TEXT; UPDATE note SET colour = 'red';" },
}, bad_steps[] = {
	{ 2, "ALTER TABLE note ADD COLUMN colour TEXT;" },
	{ 3, "UPDATE nowhere SET x = 1;" },
}, breaking_steps[] = {
	{ 2, "CREATE TABLE of(note INTEGER REFERENCES note); INSERT INTO of VALUES(77);" },
};

static void an_older_one_is_backed_up_and_brought_up_to_date(void **state)
{
	struct store *s;
	struct backups b;
	struct err e = { 0 };

	(void)state;
	put_one("a", "x");
	s = opened(STORE_READ);
	for (int i = 0; i < 2; i++)
		if (store_upgrade(s, two_steps, COUNT(two_steps), &e) != 1)
			fail_msg("%s", e.msg);
	is(s, "a", "x");
	store_close(s);
	run_sql(file_of("user.db"), "UPDATE note SET colour = 'blue' WHERE colour = 'red'");
	refused(STORE_READ, "its format is 2, this one knows 1");
	assert_int_equal(store_backups(&b, &e), 0);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.backup[0].notes, 1);
	assert_int_equal(b.backup[1].notes, -1);        /* a newer one */
	backups_release(&b);
}

static void a_step_that_fails_changes_nothing(void **state)
{
	struct store *s;
	struct err e = { 0 };

	(void)state;
	put_one("a", "x");
	s = opened(STORE_WRITE);
	assert_int_equal(store_upgrade(s, bad_steps, COUNT(bad_steps), &e), -1);
	assert_int_equal(store_upgrade(s, breaking_steps, COUNT(breaking_steps), &e), -1);
	util_assert_sentence(e.msg);
	store_close(s);
	is_in_file("a", "x");
	run_sql(file_of("user.db"), "ALTER TABLE note ADD COLUMN colour TEXT");
}

/* ---- backups ---- */

static void days(const char *want)
{
	struct buf got = { 0 };
	struct backups b;
	struct err e;

	assert_int_equal(store_backups(&b, &e), 0);
	for (int i = 0; i < b.n; i++)
		buf_addf(&got, "%s=%d ", b.backup[i].date + 5, (int)b.backup[i].notes);
	assert_string_equal(buf_str(&got), want);
	buf_release(&got);
	backups_release(&b);
}

static void the_first_write_of_a_day_makes_a_backup(void **state)
{
	(void)state;
	put_one("a", "x");
	days("");
	put_one("b", "x");
	days("11-22=1 ");
	put_one("c", "x");
	days("11-22=1 ");
	set_day(1);
	put_one("d", "x");
	days("11-23=3 11-22=1 ");
}

static void seven_days_and_four_weeks_stay(void **state)
{
	(void)state;
	put_one("a", "x");
	for (int day = 0; day <= 60; day++) {
		set_day(day);
		put_one("a", day % 2 ? "even" : "odd");
	}
	/* 2027-01-21 is a Thursday: from there seven days, and the Sundays of the weeks before */
	days("01-21=1 01-20=1 01-19=1 01-18=1 01-17=1 01-16=1 01-15=1 01-10=1 01-03=1 12-27=1 12-20=1 ");
	assert_int_equal(util_count(file_of("backup")), 11);
}

static void what_is_no_backup_stays_and_what_was_left_goes(void **state)
{
	char name[64];
	pid_t gone = fork();

	(void)state;
	if (!gone)
		_exit(0);
	waitpid(gone, NULL, 0);
	put_one("a", "x");
	snprintf(name, sizeof name, "backup/2026-11-20.db.%ld.new", (long)gone);
	util_write_text(file_of(name), "half");
	util_write_text(file_of("backup/mine.txt"), "mine");
	snprintf(name, sizeof name, "backup/2026-11-21.db.%ld.new", (long)getpid());
	util_write_text(file_of(name), "being written");
	set_day(1);
	put_one("a", "y");
	assert_int_equal(util_count(file_of("backup")), 3);
	assert_int_equal(access(file_of(name), F_OK), 0);
}

static void a_backup_takes_the_place(void **state)
{
	struct store *open;
	struct err e = { 0 };

	(void)state;
	put_one("a", "old");
	put_one("a", "new");                    /* after a backup with the old one */
	open = opened(STORE_WRITE);
	is(open, "a", "new");
	assert_int_equal(store_restore("2026-11-22.db", &e), 0);
	is(open, "a", "old");                   /* who had it open sees it */
	put(open, "b", "more");
	store_close(open);
	is_in_file("a", "old");
	is_in_file("b", "more");
	days("11-22 00:00:00=1 11-22=1 ");      /* what was there is kept */
	assert_int_equal(store_restore("2026-11-22T000000.db", &e), 0);
	is_in_file("a", "new");
	is_whole(file_of("user.db"));
	assert_int_equal(mode_of(file_of("user.db")), 0600);
}

static void what_is_no_backup_does_not(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(store_restore("2026-11-22.db", &e), -1);
	util_assert_sentence(e.msg);
	put_one("a", "x");
	util_write_text(file_of("backup/2026-11-20.db"), "no database");
	util_write_text(file_of("backup/2026-11-19.db"), "");
	assert_int_equal(store_restore("2026-11-20.db", &e), -1);
	util_assert_sentence(e.msg);
	assert_int_equal(store_restore("2026-11-19.db", &e), -1);
	util_assert_sentence(e.msg);
	assert_int_equal(store_restore("2026-11-18.db", &e), -1);
	util_assert_sentence(e.msg);
	days("11-20=-1 11-19=-1 ");
	is_in_file("a", "x");
	assert_int_equal(util_count(file_of("")), 3);
}

/* ---- damage ---- */

enum { MANY = 300, PAGE = 4096 };

static void put_many(void)
{
	struct store *s = opened(STORE_WRITE);
	struct err e = { 0 };
	char link[32], text[400];

	for (int i = 0; i < MANY; i++) {
		snprintf(link, sizeof link, "azure:%03d", i);
		snprintf(text, sizeof text, "note %d %0*d end", i, i % 300, i);
		assert_int_equal(store_note_put(s, link, text, 0, &e), 0);
	}
	assert_int_equal(store_put(s, STORE_MARK, "a", "here", &e), 0);
	store_close(s);
}

/* Open a file in which something is wrong: how many notes it has now, each as it was; -1 where it was
 * refused, with a sentence.  *told: there was a notice. */
static int open_damaged(bool *told, bool exact)
{
	struct store *s = NULL;
	struct notes notes = { 0 };
	struct err e = { 0 };
	char text[400];
	int n = -1;

	*told = false;
	if (!store_open(&s, STORE_WRITE, &e) && s && !store_notes(s, &notes, &e)) {
		n = notes.n;
		*told = store_notice(s) != NULL;
		if (*told)
			util_assert_sentence(store_notice(s));
		for (int i = 0; exact && i < notes.n; i++) {
			int k = (int)strtol(notes.note[i].link + 6, NULL, 10);
			snprintf(text, sizeof text, "note %d %0*d end", k, k % 300, k);
			assert_string_equal(notes.note[i].text, text);
		}
	} else {
		util_assert_sentence(e.msg);
		assert_int_equal(e.status, STATUS_DATA);
	}
	notes_release(&notes);
	store_close(s);
	return n;
}

static void clear_folder(void)
{
	char *dir = strdup(file_of(""));

	util_remove(dir);
}

static void a_cut_file_is_never_taken_for_a_whole_one(void **state)
{
	char *keep = strdup(util_path(*state, "keep")), *data;
	size_t size;
	int pages = 0, some = 0, refusals = 0;
	bool told;

	put_many();
	util_copy(file_of("user.db"), keep);
	data = util_read(keep, &size);
	assert_true(size % PAGE == 0 && size / PAGE > 20);
	for (size_t at = PAGE; at < size; at += PAGE, pages++) {
		int n;
		clear_folder();
		util_write(file_of("user.db"), data, at);
		n = open_damaged(&told, true);
		assert_true(n < 0 || told);
		if (n < 0) {
			refusals++;
			assert_int_equal(util_count(file_of("")), 1);
		} else {
			some += n > 0 && n < MANY;
			is_whole(file_of("user.db"));
		}
	}
	print_message("# %d cuts: %d with a part of the notes, %d refused\n", pages, some, refusals);
	assert_true(some > 0);
	free(data);
	free(keep);
}

static void a_damaged_page_costs_what_stood_on_it(void **state)
{
	char *keep = strdup(util_path(*state, "keep")), *data;
	size_t size;
	int least = MANY, mended = 0, refusals = 0;
	bool told;

	put_many();
	util_copy(file_of("user.db"), keep);
	data = util_read(keep, &size);
	for (size_t at = PAGE; at < size; at += PAGE) {
		char page[PAGE];
		int n;
		memcpy(page, data + at, PAGE);
		memset(data + at, 0xa5, PAGE);
		clear_folder();
		util_write(file_of("user.db"), data, size);
		memcpy(data + at, page, PAGE);
		n = open_damaged(&told, true);
		refusals += n < 0;
		if (n < 0)
			continue;
		assert_true(told || n == MANY);
		mended += told;
		least = n < least ? n : least;
		is_whole(file_of("user.db"));
	}
	print_message("# %d pages: %d mended, at least %d of %d notes, %d refused\n", (int)(size / PAGE) - 1,
		      mended, least, MANY, refusals);
	assert_true(mended > 10);
	free(data);
	free(keep);
}

static void flipped_bytes_end_in_notes_or_a_sentence(void **state)
{
	char *keep = strdup(util_path(*state, "keep")), *data;
	int refusals = 0, mended = 0;
	size_t size;
	bool told;

	util_seed();
	put_many();
	util_copy(file_of("user.db"), keep);
	data = util_read(keep, &size);
	for (int i = 0; i < 400; i++) {
		char *bad = malloc(size);
		memcpy(bad, data, size);
		for (int k = 1 + (int)util_random(8); k; k--)
			bad[util_random(4) ? util_random((uint32_t)size) : util_random(200)] =
				(char)util_random(256);
		clear_folder();
		util_write(file_of("user.db"), bad, size);
		refusals += open_damaged(&told, false) < 0;
		mended += told;
		free(bad);
	}
	print_message("# 400 damaged files: %d mended, %d refused\n", mended, refusals);
	assert_true(mended > 0 && refusals < 300);
	free(data);
	free(keep);
}

static void damage_met_while_reading_is_mended(void **state)
{
	struct store *s;
	char *data;
	size_t size;
	struct notes notes;
	struct err e = { 0 };

	(void)state;
	put_many();
	data = util_read(file_of("user.db"), &size);
	memset(data + 12 * PAGE, 0, PAGE);
	util_write(file_of("user.db"), data, size);
	free(data);
	s = opened(STORE_READ);
	assert_int_equal(store_notes(s, &notes, &e), 0);
	assert_non_null(store_notice(s));
	assert_non_null(strstr(store_notice(s), "recovered"));
	assert_true(notes.n > MANY / 2 && notes.n < MANY);
	notes_release(&notes);
	store_close(s);
	is_whole(file_of("user.db"));
	assert_int_equal(util_count(file_of("")), 3);   /* the damaged one and its journal too */
}

static void the_notice_counts(void **state)
{
	struct store *s;
	char *data, want[64];
	size_t size;
	struct notes notes;
	struct err e = { 0 };

	(void)state;
	put_many();
	data = util_read(file_of("user.db"), &size);
	for (size_t at = PAGE; at < size; at += PAGE)   /* a leaf of a table that begins with a note */
		if (data[at] == 13 && memmem(data + at, PAGE, "note 150 ", 9)) {
			memset(data + at, 0, PAGE);
			break;
		}
	util_write(file_of("user.db"), data, size);
	free(data);
	s = opened(STORE_WRITE);
	assert_non_null(store_notice(s));
	assert_int_equal(store_notes(s, &notes, &e), 0);
	assert_true(notes.n < MANY);
	snprintf(want, sizeof want, "recovered %d of %d notes;", notes.n, MANY);
	assert_non_null(strstr(store_notice(s), want));
	assert_non_null(strstr(store_notice(s), "user.db.corrupt-20261122T000000"));
	notes_release(&notes);
	store_close(s);
}

static void where_nothing_can_be_read_the_newest_good_backup_comes(void **state)
{
	struct store *s;

	(void)state;
	put_one("a", "first");
	put_one("a", "second");
	set_day(1);
	put_one("a", "third");
	util_write_text(file_of("backup/2026-11-24.db"), "no database");
	truncate(file_of("user.db"), 1024);
	s = opened(STORE_WRITE);
	is(s, "a", "second");
	assert_non_null(store_notice(s));
	assert_non_null(strstr(store_notice(s), "2026-11-23"));
	store_close(s);
	truncate(file_of("user.db"), 0);
	s = opened(STORE_READ);
	is(s, "a", "second");
	assert_non_null(store_notice(s));
	store_close(s);
}

static void where_there_is_no_backup_nothing_is_changed(void **state)
{
	(void)state;
	put_one("a", "first");
	truncate(file_of("user.db"), 1024);
	refused(STORE_WRITE, "move it away");
	refused(STORE_READ, "move it away");
	assert_int_equal(util_count(file_of("")), 2);
	unlink(file_of("user.db"));
	put_one("a", "anew");
	is_in_file("a", "anew");
}

/* ---- many at once ---- */

static void writers_side_by_side_lose_nothing(void **state)
{
	enum { WRITERS = 6, EACH = 15 };
	pid_t pid[WRITERS];
	struct store *s;
	struct notes notes;
	struct err e;

	(void)state;
	for (int w = 0; w < WRITERS; w++) {
		pid[w] = fork();
		if (pid[w])
			continue;
		for (int i = 0; i < EACH; i++) {
			struct store *own = NULL;
			struct buf text = { 0 };
			char link[32];
			int64_t rev;
			int rc;
			snprintf(link, sizeof link, "%d/%d", w, i);
			if (store_open(&own, STORE_WRITE, &e) || store_note_put(own, link, "x", 0, &e))
				die(STATUS_FAILED, "%s", e.msg);
			do {            /* and all together write on one; no two would write the same */
				if (store_note(own, "count", &text, &rev, &e) < 0)
					die(STATUS_FAILED, "%s", e.msg);
				buf_addc(&text, (char)('a' + w));
				rc = store_note_put(own, "count", buf_str(&text), rev, &e);
			} while (rc == 1);
			if (rc)
				die(STATUS_FAILED, "%s", e.msg);
			buf_release(&text);
			store_close(own);
		}
		_exit(0);
	}
	for (int w = 0; w < WRITERS; w++) {
		int status;
		assert_int_equal(waitpid(pid[w], &status, 0), pid[w]);
		assert_int_equal(status, 0);
	}
	s = opened(STORE_READ);
	assert_int_equal(store_notes(s, &notes, &e), 0);
	assert_int_equal(notes.n, WRITERS * EACH + 1);
	assert_int_equal(strlen(notes.note[notes.n - 1].text), WRITERS * EACH);
	notes_release(&notes);
	store_close(s);
	is_whole(file_of("user.db"));
}

/* ---- a file system that fails ---- */

/* Every call of SQLite that opens, writes, cuts, syncs or deletes counts; one of them fails, or that one and
 * all behind it. */
static struct {
	sqlite3_vfs vfs, *real;
	sqlite3_io_methods io[2];       /* of databases, which are locked, and of journals, which are not */
	const sqlite3_io_methods *real_io;      /* of either: what fails here is the same */
	int calls, at, rc;
	bool for_good, hit;
} faulty;

static bool fails(void)
{
	faulty.calls++;
	if (!faulty.at || faulty.calls < faulty.at || (faulty.calls > faulty.at && !faulty.for_good))
		return false;
	faulty.hit = true;
	return true;
}

static int faulty_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	if (!fails())
		return faulty.real_io->xWrite(f, p, n, at);
	if (n > 1 && faulty.rc == SQLITE_FULL)          /* a part of it may have got there */
		faulty.real_io->xWrite(f, p, n / 2, at);
	return faulty.rc == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int faulty_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return fails() ? SQLITE_IOERR_TRUNCATE : faulty.real_io->xTruncate(f, size);
}

static int faulty_sync(sqlite3_file *f, int flags)
{
	return fails() ? SQLITE_IOERR_FSYNC : faulty.real_io->xSync(f, flags);
}

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	sqlite3_io_methods *io;
	int rc;

	(void)vfs;
	f->pMethods = NULL;
	if (fails())
		return SQLITE_CANTOPEN;
	rc = faulty.real->xOpen(faulty.real, name, f, flags, out);
	if (rc == SQLITE_OK && f->pMethods) {
		faulty.real_io = f->pMethods;
		io = &faulty.io[(flags & SQLITE_OPEN_MAIN_DB) != 0];
		*io = *f->pMethods;
		io->xWrite = faulty_write;
		io->xTruncate = faulty_truncate;
		io->xSync = faulty_sync;
		f->pMethods = io;
	}
	return rc;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	return fails() ? SQLITE_IOERR_DELETE : faulty.real->xDelete(faulty.real, name, sync);
}

static void install_faulty(void)
{
	faulty.real = sqlite3_vfs_find(NULL);
	faulty.vfs = *faulty.real;
	faulty.vfs.zName = "faulty";
	faulty.vfs.xOpen = faulty_open;
	faulty.vfs.xDelete = faulty_delete;
	assert_int_equal(sqlite3_vfs_register(&faulty.vfs, 1), SQLITE_OK);
}

/* Save with the fault at call `at`.  True where it was reached. */
static bool save_with_fault(int at, bool for_good, int rc)
{
	struct store *s = NULL;
	struct err e = { 0 };
	int saved;

	faulty.calls = 0, faulty.at = at, faulty.rc = rc, faulty.for_good = for_good, faulty.hit = false;
	saved = store_open(&s, STORE_WRITE, &e);
	if (!saved)
		saved = store_note_put(s, "a", "new", 1, &e);
	store_close(s);
	faulty.at = 0;
	if (saved)
		util_assert_sentence(e.msg);
	assert_int_not_equal(saved, 1);
	is_whole(file_of("user.db"));
	s = opened(STORE_READ);
	assert_null(store_notice(s));
	if (saved) {
		char *is_now = note(s, "a");
		assert_non_null(is_now);
		assert_true(!strcmp(is_now, "old") || !strcmp(is_now, "new"));
		free(is_now);
	} else {
		is(s, "a", "new");
	}
	is(s, "b", "other");
	store_close(s);
	return faulty.hit;
}

static void whatever_call_fails_nothing_is_lost(void **state)
{
	static const int codes[] = { SQLITE_FULL, SQLITE_IOERR };
	int runs = 0, files;

	(void)state;
	install_faulty();
	for (int c = 0; c < COUNT(codes); c++)
		for (int for_good = 0; for_good < 2; for_good++)
			for (int at = 1, hit = 1; hit; at++, runs++) {
				clear_folder();
				put_one("a", "old");
				put_one("b", "other");
				unlink(file_of("backup/2026-11-22.db"));
				hit = save_with_fault(at, for_good, codes[c]);
				files = util_count(file_of("backup"));
				assert_in_range(files, 0, 1);
			}
	print_message("# %d faults\n", runs);
	assert_true(runs > 80);
	sqlite3_vfs_unregister(&faulty.vfs);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, setup, util_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(a_note_is_there_when_it_was_saved),
		IN_DIR(reading_makes_nothing),
		IN_DIR(nobody_writes_over_what_he_has_not_read),
		IN_DIR(what_is_too_long_is_refused),
		IN_DIR(notes_come_by_link_and_clean),
		IN_DIR(words_are_found_and_none_is_syntax),
		IN_DIR(words_of_a_note_that_is_gone_are_not_in_the_file),
		IN_DIR(names_keep_a_text),
		IN_DIR(one_thing_is_sought_not_scanned),
		IN_DIR(files_are_private),
		IN_DIR(the_folder_is_that_of_xdg),
		IN_DIR(folders_above_are_made),
		IN_DIR(a_folder_that_others_can_write_to_is_not_used),
		IN_DIR(no_link_is_followed),
		IN_DIR(a_link_above_the_folder_is_fine),
		IN_DIR(what_is_no_file_is_refused),
		IN_DIR(what_is_no_database_is_left_alone),
		IN_DIR(a_database_of_others_is_left_alone),
		IN_DIR(a_newer_one_is_left_alone),
		IN_DIR(an_empty_file_is_begun),
		IN_DIR(an_older_one_is_backed_up_and_brought_up_to_date),
		IN_DIR(a_step_that_fails_changes_nothing),
		IN_DIR(the_first_write_of_a_day_makes_a_backup),
		IN_DIR(seven_days_and_four_weeks_stay),
		IN_DIR(what_is_no_backup_stays_and_what_was_left_goes),
		IN_DIR(a_backup_takes_the_place),
		IN_DIR(what_is_no_backup_does_not),
		IN_DIR(a_cut_file_is_never_taken_for_a_whole_one),
		IN_DIR(a_damaged_page_costs_what_stood_on_it),
		IN_DIR(flipped_bytes_end_in_notes_or_a_sentence),
		IN_DIR(damage_met_while_reading_is_mended),
		IN_DIR(the_notice_counts),
		IN_DIR(where_nothing_can_be_read_the_newest_good_backup_comes),
		IN_DIR(where_there_is_no_backup_nothing_is_changed),
		IN_DIR(writers_side_by_side_lose_nothing),
		IN_DIR(whatever_call_fails_nothing_is_lost),
	};

	return UTIL_RUN("the user's own database", tests);
}
