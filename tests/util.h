/* util: temporary folders, files, texts that must not control a terminal, seeded numbers.
 *
 * What the system refuses fails the running test.  A name that util_path() gives is good for the
 * next 15 calls.  A file that includes pack/pack.h, kb/kb.h or sqlite3.h before this one gets
 * what is below for them. */
#ifndef TESTS_UTIL_H
#define TESTS_UTIL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* A group that takes its name as a sentence; the environment is that of a user with UTF-8. */
#define UTIL_RUN(name, tests) (util_start(), cmocka_run_group_tests_name(name, tests, NULL, NULL))
void util_start(void);

/* Setup and teardown of a test that needs a folder: *state is its name. */
int util_setup(void **state);
int util_teardown(void **state);
char *util_dir(void);
void util_remove(char *dir);

const char *util_path(const char *dir, const char *name);
/* Folders above are made.  Links are replaced, not followed. */
void util_write(const char *file, const void *data, size_t n);
void util_write_text(const char *file, const char *text);
char *util_read(const char *file, size_t *n);
void util_copy(const char *from, const char *to);
bool util_same(const char *a, const char *b);
/* How many names stand in a folder, those with a dot too. */
int util_count(const char *dir);

struct util_file {
	const char *name, *text;
};
void util_tree(const char *dir, const struct util_file *file, int n);

const char *util_srcdir(void);
const char *util_db(void);

/* Whether n bytes are UTF-8 without control, bidi, tag or private characters, newlines apart. */
bool util_tame(const char *s, size_t n, bool newlines);
/* The same for a text, and a message that shows it in hexadecimal. */
void util_assert_tame(const char *s, bool newlines);
/* A sentence of struct err: some words, one line, no full stop at its end. */
void util_assert_sentence(const char *s);

/* The same numbers for the same seed, which is printed; ONUS_TEST_SEED chooses another one. */
void util_seed(void);
uint32_t util_random(uint32_t below);

#ifdef PACK_PACK_H
static inline int util_build(const char *dir, const char *out, struct faults *f, struct err *e)
{
	return out ? pack_build(&dir, 1, out, f, e) : pack_check(&dir, 1, NULL, f, e);
}
#endif

#ifdef KB_KB_H
static inline struct kb *util_open(const char *file)
{
	struct kb *kb = NULL;
	struct err e = { 0 };

	if (kb_open(&kb, file, &e))
		fail_msg("%s", e.msg);
	return kb;
}

/* Setup and teardown of a test that reads the shipped database: *state is its struct kb. */
static inline int util_open_shipped(void **state)
{
	*state = util_open(util_db());
	return 0;
}

static inline int util_close(void **state)
{
	kb_close(*state);
	return 0;
}
#endif

#ifdef SQLITE_VERSION_NUMBER
/* Run SQL on the database of a file, or make it. */
static inline void util_sql(const char *file, const char *sql)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%.200s: %s", sql, why);
	sqlite3_close(db);
}

/* Call see with each value of the first column. */
static inline void util_each(const char *file, const char *sql,
                             void (*see)(void *ctx, const char *), void *ctx)
{
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW)
		see(ctx, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(db);
}
#endif

#endif
