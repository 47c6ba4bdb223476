/* t-reach: by keys alone, in 80x24, one gets to all there is: each cell from the grid, from the page of
 * some cell each example and each practice of the database, and from the lists entries of every kind.
 *
 * ONUS names the program (./onus), ONUS_DB its database (db/onus.db), which says what there is;
 * where that is shown is the program's business.  ONUS_TEST_SEED draws other entries from the lists. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <sqlite3.h>

#define MS 5000
/* The matrix that shows first; others have cells of their own. */
#define MATRIX "(SELECT id FROM matrix WHERE slug = 'azure')"
#define LINES_MAX 300   /* more than any list of a page has */
#define DRAWN 50        /* entries opened from the lists */

static struct vt *vt;
static sqlite3 *db;

struct entry {
	char *link, *title, *kind, *cell;       /* cell: the first one that it belongs to */
	bool seen;
};
static struct entry *entries;
static int nentries;

static const char *from_env(const char *name, const char *standard)
{
	const char *value = getenv(name);

	return value && *value ? value : standard;
}

static int open_all(void **state)
{
	const char *program = from_env("ONUS", "./onus"), *file = from_env("ONUS_DB", "db/onus.db");
	const char *asan = getenv("ASAN_OPTIONS");
	char database[4096], options[1024];

	(void)state;
	snprintf(database, sizeof(database), "ONUS_DB=%s", file);
	snprintf(options, sizeof(options), "ASAN_OPTIONS=%s", asan ? asan : "");
	vt = vt_open(80, 24, (const char *const[]) { program, NULL },
		(const char *const[]) { database, options, NULL });
	if (!vt || sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return -1;
	return vt_wait(vt, "Row 1 of 10.", MS) ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	for (int i = 0; i < nentries; i++) {
		free(entries[i].link);
		free(entries[i].title);
		free(entries[i].kind);
		free(entries[i].cell);
	}
	free(entries);
	sqlite3_close(db);
	vt_close(vt);
	return 0;
}

/* ---- what there is ---- */

static char *column(sqlite3_stmt *stmt, int i)
{
	const unsigned char *text = sqlite3_column_text(stmt, i);

	return text ? strdup((const char *)text) : NULL;
}

static int integer(const char *sql)
{
	sqlite3_stmt *stmt;
	int n;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static char *text_of(const char *sql, int a, int b)
{
	sqlite3_stmt *stmt;
	char *text;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_int(stmt, 1, a);
	sqlite3_bind_int(stmt, 2, b);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	text = column(stmt, 0);
	sqlite3_finalize(stmt);
	return text;
}

static void list_entries(void)
{
	static const char sql[] =
		"SELECT e.link, e.title, e.kind, (SELECT c.link FROM link l JOIN entry c"
		" ON c.link LIKE 'azure:%/%' AND c.kind = 'cell'"
		" AND (l.entry = e.id AND l.target = c.id"
		" OR l.target = e.id AND l.entry = c.id) ORDER BY c.id LIMIT 1)"
		" FROM entry e WHERE e.kind IN ('example', 'practice') ORDER BY e.id";
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		entries = realloc(entries, (size_t)(nentries + 1) * sizeof(*entries));
		assert_non_null(entries);
		entries[nentries++] = (struct entry) { column(stmt, 0), column(stmt, 1),
			column(stmt, 2), column(stmt, 3), false };
	}
	sqlite3_finalize(stmt);
	assert_true(nentries > 0);
}

/* ---- the screen ---- */

static void fail_shown(const char *what, const char *text)
{
	char *screen = vt_screen(vt);

	fprintf(stderr, "%s: %s\n%s\n", what, text, screen);
	free(screen);
	fail();
}

static void leads_to(const char *keys, const char *text)
{
	assert_true(vt_keys(vt, keys));
	if (!vt_wait(vt, text, MS))
		fail_shown(keys, text);
}

/* The sentence of the last line, without blanks around it. */
static void sentence(char *out, size_t size)
{
	char *line = vt_line(vt, -1);
	size_t n;

	snprintf(out, size, "%s", line + strspn(line, " "));
	free(line);
	for (n = strlen(out); n && out[n - 1] == ' '; n--)
		out[n - 1] = '\0';
}

/* Type keys and wait for another sentence. */
static void next_sentence(const char *keys, char *out, size_t size)
{
	char before[400], search[410];

	sentence(before, sizeof(before));
	snprintf(search, sizeof(search), "\n %s", before);
	assert_true(vt_keys(vt, keys));
	if (!vt_wait_gone(vt, search, MS))
		fail_shown(keys, "nothing happens");
	vt_settle(vt, 1, MS);
	sentence(out, size);
}

/* To the cell at row and col by keys that say so; out: the sentence there. */
static void go_to_cell(int row, int col, char *out, size_t size)
{
	char keys[64], *names = text_of("SELECT m.full || ', ' || l.full || ': '"
		" FROM model m JOIN layer l ON l.matrix = m.matrix"
		" WHERE m.matrix = " MATRIX " AND l.position = ?1 AND m.position = ?2", row, col);

	snprintf(keys, sizeof(keys), "text:%dG0", row + 1);
	if (col)
		snprintf(keys + strlen(keys), sizeof(keys) - strlen(keys), "%dl", col);
	leads_to(keys, names);
	vt_settle(vt, 2, MS);
	sentence(out, size);
	assert_memory_equal(out, names, strlen(names));
	free(names);
}

/* Wherever the test before has ended. */
static int to_the_grid(void **state)
{
	(void)state;
	for (int i = 0; i < 50 && !vt_wait(vt, "hjkl move", 50); i++)
		vt_keys(vt, "Esc");
	return vt_wait(vt, "hjkl move", MS) ? 0 : -1;
}

static char *link_of_cell(int row, int col)
{
	return text_of("SELECT e.link FROM responsibility r JOIN entry e ON e.id = r.entry"
		" WHERE r.matrix = " MATRIX " AND r.layer = ?1 AND r.model = ?2", row, col);
}

/* ---- the tests ---- */

static void every_cell_is_opened_from_the_grid_and_left_again(void **state)
{
	int rows = integer("SELECT count(*) FROM layer WHERE matrix = " MATRIX);
	int cols = integer("SELECT count(*) FROM model WHERE matrix = " MATRIX);
	char say[400], after[400];

	(void)state;
	assert_int_equal(integer("SELECT count(*) FROM responsibility WHERE matrix = " MATRIX),
		rows * cols);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			char *link = link_of_cell(row, col);
			go_to_cell(row, col, say, sizeof(say));
			leads_to("Enter", link);
			leads_to("Esc", say);
			vt_settle(vt, 1, MS);
			sentence(after, sizeof(after));
			assert_string_equal(after, say);
			free(link);
		}
}

/* The entry that the selected line is about, if we have not been there. */
static struct entry *unseen(const char *say)
{
	const char *colon = strstr(say, ": ");
	size_t n;

	if (!colon)
		return NULL;
	n = strcspn(colon + 2, "~");
	for (int i = 0; i < nentries; i++)
		if (!entries[i].seen && !strncmp(entries[i].title, colon + 2, n) &&
		    (colon[2 + n] || strlen(entries[i].title) == n))
			return &entries[i];
	return NULL;
}

/* Enter, its page, and back to the same line of the same page. */
static void visit(struct entry *e, const char *cell, const char *say)
{
	char title[100], *screen, *before = vt_screen(vt), *after;

	snprintf(title, sizeof(title), "\n %.40s", e->title);
	leads_to("Enter", title);
	vt_settle(vt, 2, MS);
	screen = vt_screen(vt);
	if (!strstr(screen, e->link))
		fail_shown("no link", e->link);
	free(screen);
	leads_to("Esc", cell);
	leads_to("C-l", say);
	vt_settle(vt, 2, MS);
	after = vt_screen(vt);
	assert_string_equal(after, before);
	free(before);
	free(after);
	e->seen = true;
}

/* Down the list of a section, into whatever we have not seen. */
static void walk(const char *key, const char *heading, const char *cell)
{
	char say[400];

	leads_to(key, heading);
	vt_settle(vt, 2, MS);
	sentence(say, sizeof(say));
	for (int i = 0; i < LINES_MAX && !strncmp(say, heading + 2, strlen(heading + 2)); i++) {
		struct entry *e = unseen(say);
		if (e)
			visit(e, cell, say);
		next_sentence("j", say, sizeof(say));
	}
}

static bool any_of(const char *kind, const char *cell)
{
	for (int i = 0; i < nentries; i++)
		if (!entries[i].seen && !strcmp(entries[i].kind, kind) && entries[i].cell &&
		    !strcmp(entries[i].cell, cell))
			return true;
	return false;
}

static void every_example_and_practice_is_reached_from_a_cell(void **state)
{
	char say[400];

	(void)state;
	list_entries();
	for (int i = 0; i < 40; i++) {
		char *cell = link_of_cell(i / 4, i % 4);
		if (any_of("example", cell) || any_of("practice", cell)) {
			go_to_cell(i / 4, i % 4, say, sizeof(say));
			leads_to("Enter", cell);
			if (any_of("example", cell))
				walk("x", "\n Examples: ", cell);
			if (any_of("practice", cell))
				walk("b", "\n Practices: ", cell);
			leads_to("Esc", say);
		}
		free(cell);
	}
	for (int i = 0; i < nentries; i++) {
		if (!entries[i].seen)
			print_error("not reached: %s\n", entries[i].link);
		assert_true(entries[i].seen);
	}
}

/* ---- lists ---- */

/* Whether each word of words stands in text, as a filter has it; the pack is ASCII. */
static bool has_words(const char *text, const char *words)
{
	char one[100];

	for (size_t n; *(words += strspn(words, " ")); words += n) {
		n = strcspn(words, " ");
		snprintf(one, sizeof(one), "%.*s", (int)n, words);
		if (!strcasestr(text, one))
			return false;
	}
	return true;
}

/* Of the entries of the kind of a link, in order: how many have all these words (NULL: any), and as
 * which of them, from 0, this one comes. */
static int place_in_list(const char *link, const char *words, int *total)
{
	static const char sql[] =
		"SELECT link, title || ' ' || summary || ' ' || link FROM entry"
		" WHERE kind = (SELECT kind FROM entry WHERE link = ?1) ORDER BY id";
	sqlite3_stmt *stmt;
	int at = -1, n = 0;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_text(stmt, 1, link, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		char *one = column(stmt, 0), *text = column(stmt, 1);
		if (!strcmp(one, link))
			at = n;
		n += !words || has_words(text, words);
		free(one);
		free(text);
	}
	sqlite3_finalize(stmt);
	*total = n;
	assert_in_range(at, 0, n - 1);
	return at;
}

/* "/" and words; the list says how many of all lines are left.  Enter, so that keys walk it. */
static void filter(const char *words, int left, int all)
{
	char count[64], line[400];

	snprintf(count, sizeof(count), " %d of %d", left, all);
	assert_true(vt_keys(vt, "/"));
	vt_type(vt, words, strlen(words));
	if (!vt_wait(vt, count, MS))
		fail_shown(words, count);
	vt_settle(vt, 2, MS);
	sentence(line, sizeof(line));
	if (*line != '/' || strcmp(line + strlen(line) - strlen(count), count))
		fail_shown(words, count);
	assert_true(vt_keys(vt, "Enter"));
}

/* From the grid to the list of a kind. */
static void open_list(const char *kind, int kinds)
{
	char words[40], *heading, *colon, *screen;

	snprintf(words, sizeof(words), "%s/", kind);
	leads_to("L", "> All kinds of entries\n");
	filter(words, 1, kinds);
	vt_settle(vt, 2, MS);
	screen = vt_screen(vt);
	heading = strstr(screen, "\n> > ");
	assert_non_null(heading);
	colon = strchr(heading, ':');
	assert_non_null(colon);
	*colon = '\0';
	leads_to("Enter", heading + 3);         /* "> Services", the last of the path */
	free(screen);
}

/* Down step by step: a filter stands where the sentence of the selected line would. */
static void step_down(int by)
{
	while (by--) {
		char *before = vt_screen(vt);
		assert_true(vt_keys(vt, "j"));
		if (!vt_wait_gone(vt, before, MS))
			fail_shown("j", "nothing happens");
		vt_settle(vt, 2, MS);
		free(before);
	}
}

/* Down at once, to the line that the last line says. */
static void go_down(int by, const char *link)
{
	char keys[32], line[80], *say;
	sqlite3_stmt *stmt;

	/* Of equal titles all but the first are followed by their matrix. */
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT title || iif(instr(link, ':') AND EXISTS(SELECT 1"
		" FROM entry o WHERE o.kind = e.kind AND o.title = e.title AND o.id < e.id),"
		" ' (' || substr(link, 1, instr(link, ':') - 1) || ')', '')"
		" || iif(summary = '', '', '. ' || summary)"
		" FROM entry e WHERE link = ?1", -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_text(stmt, 1, link, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	say = column(stmt, 0);
	sqlite3_finalize(stmt);
	snprintf(line, sizeof(line), "\n %.70s", say);
	snprintf(keys, sizeof(keys), "j*%d", by);
	leads_to(by ? keys : "C-l", line);
	vt_settle(vt, 2, MS);
	free(say);
}

/* Enter, the page with its title and its link, and back to the list as it was. */
static void there_and_back(const struct entry *e, const char *back)
{
	char title[100], *before = vt_screen(vt), *page;

	snprintf(title, sizeof(title), "\n %.60s", e->title);
	leads_to("Enter", title);
	if (!vt_wait(vt, e->link, MS))
		fail_shown("no link", e->link);
	page = vt_screen(vt);
	assert_string_not_equal(page, before);
	assert_true(vt_keys(vt, back));
	if (!vt_wait(vt, before, MS))
		fail_shown("not back from", e->link);
	free(page);
	free(before);
}

static void visit_from_list(const struct entry *e, int i, int kinds)
{
	int all, left, at = place_in_list(e->link, NULL, &all);
	const char *back = i % 4 < 2 ? "BS" : "q";
	char words[41];

	snprintf(words, sizeof(words), "%s", e->title);         /* more would hide the count */
	open_list(e->kind, kinds);
	if (i % 2) {
		at = place_in_list(e->link, words, &left);
		filter(words, left, all);
		step_down(at);
	} else {
		go_down(at, e->link);
	}
	there_and_back(e, back);
	leads_to(back, "> All kinds of entries\n");
	leads_to(back, "hjkl move");
}

/* A draw that has each kind, and each kind equally often where it has as many. */
static int draw(struct entry *drawn, int seed)
{
	static const char sql[] =
		"SELECT link, title, kind FROM (SELECT link, title, kind, row_number()"
		"  OVER (PARTITION BY kind ORDER BY (id + ?1) * 7919 % 10007) AS n FROM entry)"
		" ORDER BY n, kind LIMIT ?2";
	sqlite3_stmt *stmt;
	int n = 0;

	print_message("# seed %d\n", seed);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_int(stmt, 1, seed);
	sqlite3_bind_int(stmt, 2, DRAWN);
	for (; sqlite3_step(stmt) == SQLITE_ROW; n++)
		drawn[n] = (struct entry) { column(stmt, 0), column(stmt, 1), column(stmt, 2), NULL, false };
	sqlite3_finalize(stmt);
	return n;
}

static void fifty_entries_of_all_kinds_are_opened_from_their_lists(void **state)
{
	struct entry drawn[DRAWN];
	int kinds = integer("SELECT count(DISTINCT kind) FROM entry");

	(void)state;
	assert_int_equal(draw(drawn, (int)strtol(from_env("ONUS_TEST_SEED", "20261121"), NULL, 10)), DRAWN);
	for (int i = 0; i < DRAWN; i++) {
		visit_from_list(&drawn[i], i, kinds);
		free(drawn[i].link);
		free(drawn[i].title);
		free(drawn[i].kind);
	}
}

static void after_all_that_it_quits_with_0(void **state)
{
	int status;

	(void)state;
	leads_to("q", "q once more quits");
	vt_keys(vt, "q");
	status = vt_end(vt, MS);
	assert_true(status >= 0 && WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(vt_same_tty(vt));
}

#define T(name) cmocka_unit_test_setup(name, to_the_grid)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_cell_is_opened_from_the_grid_and_left_again),
		T(every_example_and_practice_is_reached_from_a_cell),
		T(fifty_entries_of_all_kinds_are_opened_from_their_lists),
		T(after_all_that_it_quits_with_0),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
