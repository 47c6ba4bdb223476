#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>
#include <sqlite3.h>

#include "app/format.h"
#include "app/when.h"
#include "base/buf.h"
#include "text/text.h"
#include "util.h"

enum { ROWS = 60, COLS = 50 };

static struct table *open_table(struct kb *kb, const char *slug)
{
	struct err e = { 0 };
	struct table *t = table_matrix(kb, slug, &e);

	if (!t)
		fail_msg("%s", e.msg);
	return t;
}

/* ---- a table of 60 rows and 50 columns, made by SQL ---- */

static const char fill[] =
	"BEGIN;"
	"INSERT INTO pack VALUES (1, 'p', 'P', '1', 'en', 'l', 'a', 'sum');"
	"INSERT INTO holder VALUES (1, 'h1', 'One', 'A', 'customer', 'solid', 1, ''),"
	" (2, 'h2', 'Two', 'B', 'microsoft', 'light', 1, ''), (3, 'h3', 'Three', 'D', 'shared', "
        "'half', 0, '');"
	"CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c "
        "WHERE i < 59)"
	" SELECT i FROM c;"
	"INSERT INTO entry VALUES (1, 'matrix', 'matrix/m', 'M', '', 1);"
	"INSERT INTO matrix VALUES (1, 'm', 'e', 'p', '2026', 60, 50);"
	"INSERT INTO entry SELECT 100 + i, 'model', 'm:c' || i, 'C', 's', 1 FROM n WHERE i < "
        "50;"
	"INSERT INTO model SELECT 100 + i, 1, i, 'c' || i, 'Column ' || i, 'Col ' || i, 'C' || i "
        "FROM n WHERE i < 50;"
	"INSERT INTO entry SELECT 200 + i, 'layer', 'm:layer/r' || i, 'R', 's', 1 FROM n;"
	"INSERT INTO layer SELECT 200 + i, 1, i, 'r' || i, NULL, 'Row ' || i, 'Row ' || i, 'R' || "
        "i FROM n;"
	"INSERT INTO entry SELECT 1000 + y.i * 50 + x.i, 'cell', 'm:c' || x.i || '/r' || y.i, 'T', "
        "'s', 1"
	" FROM n y, n x WHERE x.i < 50;"
	"INSERT INTO responsibility SELECT 1, y.i, x.i, (y.i * 7 + x.i * 5) % 3 + 1, 1000 + y.i * "
        "50 + x.i, 0, ''"
	" FROM n y, n x WHERE x.i < 50 AND (y.i + x.i) % 11;"
	"INSERT INTO tally SELECT matrix, holder, count(*) FROM responsibility GROUP BY 1, 2;"
	"COMMIT;";

static int holder_at(int row, int col)
{
	return (row + col) % 11 ? (row * 7 + col * 5) % 3 + 1 : 0;
}

struct big {
	char *dir, file[1024];
	struct kb *kb;
	struct table *t;
};

static int setup_big(void **state)
{
	struct big *b = calloc(1, sizeof *b);
	char *schema = util_read(util_path(util_srcdir(), "db/schema.sql"), NULL);

	b->dir = util_dir();
	snprintf(b->file, sizeof b->file, "%s", util_path(b->dir, "big.db"));
	util_sql(b->file, schema);
	util_sql(b->file, fill);
	free(schema);
	b->kb = util_open(b->file);
	b->t = open_table(b->kb, NULL);
	*state = b;
	return 0;
}

static int teardown_big(void **state)
{
	struct big *b = *state;

	table_free(b->t);
	kb_close(b->kb);
	util_remove(b->dir);
	free(b);
	return 0;
}

static void fill_table(struct table *t, int top, int high, int left, int wide)
{
	struct err e = { 0 };

	if (table_fill(t, top, high, left, wide, &e))
		fail_msg("%s", e.msg);
}

static void check_head(const struct head *h, char letter, int at)
{
	char want[16];

	snprintf(want, sizeof want, "%c%d", letter, at);
	assert_string_equal(h->slug, want);
}

/* The window holds what the whole table would. */
static void check_window(const struct table *t)
{
	for (int y = -1; y <= ROWS; y++) {
		bool row = y >= t->top && y < t->top + t->high;
		if (row)
			check_head(table_row(t, y), 'r', y);
		else
			assert_null(table_row(t, y)->slug);
		for (int x = -1; x <= COLS; x++) {
			bool in = row && x >= t->left && x < t->left + t->wide;
			assert_int_equal(table_cell(t, y, x)->holder, in ? holder_at(y, x) : 0);
		}
	}
	for (int x = t->left; x < t->left + t->wide; x++)
		check_head(table_col(t, x), 'c', x);
	assert_null(table_col(t, t->left - 1)->slug);
	assert_null(table_col(t, t->left + t->wide)->slug);
}

static void a_table_knows_its_size_before_it_reads_a_cell(void **state)
{
	struct big *b = *state;

	assert_int_equal(b->t->nrows, ROWS);
	assert_int_equal(b->t->ncols, COLS);
	assert_int_equal(b->t->high, 0);
	assert_int_equal(b->t->nband, 0);
	assert_int_equal(b->t->ntally, 3);
	assert_null(table_row(b->t, 0)->slug);
	assert_int_equal(table_row(b->t, 0)->band, -1);
	assert_int_equal(table_cell(b->t, 0, 1)->holder, 0);
}

static void a_full_read_holds_every_cell(void **state)
{
	struct big *b = *state;

	fill_table(b->t, 0, ROWS, 0, COLS);
	check_window(b->t);
}

static void a_window_is_cut_to_the_table(void **state)
{
	static const int asked[][8] = {
		{ -5, 100, -5, 100, 0, 60, 0, 50 },
		{ 55, 100, 45, 100, 55, 5, 45, 5 },
		{ 99, 5, 99, 5, 60, 0, 50, 0 },
		{ 3, -1, 4, -1, 3, 0, 4, 0 },
		{ 0, 0, 0, 10, 0, 0, 0, 10 },
		{ INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX, 60, 0, 50, 0 }
	};
	struct big *b = *state;

	for (int i = 0; i < COUNT(asked); i++) {
		const int *a = asked[i];
		fill_table(b->t, a[0], a[1], a[2], a[3]);
		assert_int_equal(b->t->top, a[4]);
		assert_int_equal(b->t->high, a[5]);
		assert_int_equal(b->t->left, a[6]);
		assert_int_equal(b->t->wide, a[7]);
		check_window(b->t);
	}
}

static void windows_that_move_agree_with_a_full_read(void **state)
{
	struct big *b = *state;
	int top = 20, left = 20, high = 10, wide = 8;

	util_seed();
	for (int i = 0; i < 400; i++) {
		switch (util_random(6)) {
		case 0: top += (int)util_random(7) - 3; break;
		case 1: left += (int)util_random(7) - 3; break;
		case 2: high = (int)util_random(25); break;
		case 3: wide = (int)util_random(25); break;
		case 4: top = (int)util_random(70) - 5; break;
		default: left = (int)util_random(60) - 5; break;
		}
		fill_table(b->t, top, high, left, wide);
		check_window(b->t);
	}
}

/* What was read before keeps its old holder, what is read after has the new one. */
static void check_read_again(const struct table *t, int from, int to)
{
	for (int y = t->top; y < t->top + t->high; y++)
		for (int x = t->left; x < t->left + t->wide; x++)
			if (holder_at(y, x))
				assert_int_equal(table_cell(t, y, x)->holder,
				                 y >= from && y < to ? 2 : holder_at(y, x));
}

static void down_and_up_only_the_new_rows_are_read(void **state)
{
	static const int tops[][3] = { { 12, 20, 22 }, { 8, 8, 10 }, { 11, 20, 21 }, { 9, 9, 10 } };

	for (int i = 0; i < COUNT(tops); i++) {
		struct big *b = *state;
		fill_table(b->t, 0, 0, 0, 0);
		fill_table(b->t, 10, 10, 5, 6);
		util_sql(b->file, "UPDATE responsibility SET holder = 2");
		fill_table(b->t, tops[i][0], 10, 5, 6);
		check_read_again(b->t, tops[i][1], tops[i][2]);
		util_sql(b->file,
		         "UPDATE responsibility SET holder = (layer * 7 + model * 5) % 3 + 1");
	}
}

static void heads_that_stay_are_not_read_again(void **state)
{
	struct big *b = *state;

	fill_table(b->t, 10, 10, 10, 10);
	util_sql(
		b->file,
		"UPDATE model SET slug = 'x' || position; UPDATE layer SET slug = 'y' || position");
	fill_table(b->t, 10, 10, 12, 10);
	for (int x = 12; x < 22; x++)
		check_head(table_col(b->t, x), x < 20 ? 'c' : 'x', x);
	check_head(table_row(b->t, 10), 'r', 10);
	fill_table(b->t, 8, 10, 12, 10);
	for (int y = 8; y < 18; y++)
		check_head(table_row(b->t, y), y < 10 ? 'y' : 'r', y);
}

static void the_same_window_reads_nothing(void **state)
{
	struct big *b = *state;

	fill_table(b->t, 10, 10, 5, 6);
	util_sql(b->file, "DELETE FROM responsibility; UPDATE layer SET slug = 'gone' || position");
	fill_table(b->t, 10, 10, 5, 6);
	check_window(b->t);
}

static void rows_and_columns_are_found_by_their_ids(void **state)
{
	struct big *b = *state;

	assert_int_equal(table_find_row(b->t, "r0"), 0);
	assert_int_equal(table_find_row(b->t, "r59"), 59);
	assert_int_equal(table_find_col(b->t, "c49"), 49);
	assert_int_equal(table_find_row(b->t, "c1"), -1);
	assert_int_equal(table_find_col(b->t, ""), -1);
	fill_table(b->t, 3, 4, 5, 6);
	check_window(b->t);
}

static void a_hole_in_the_heads_moves_no_name(void **state)
{
	struct big *b = *state;

	util_sql(b->file, "DELETE FROM layer WHERE position = 12");
	fill_table(b->t, 10, 10, 0, 2);
	check_head(table_row(b->t, 11), 'r', 11);
	assert_null(table_row(b->t, 12)->slug);
	check_head(table_row(b->t, 19), 'r', 19);
}

static void a_matrix_that_is_not_there_is_an_unknown_link(void **state)
{
	struct big *b = *state;
	struct err e = { 0 };

	assert_null(table_matrix(b->kb, "none", &e));
	assert_int_equal(e.status, STATUS_LINK);
	util_assert_sentence(e.msg);
	assert_non_null(strstr(e.msg, "none"));
	table_free(NULL);
}

static void the_longest_label_that_fits_is_taken(void **state)
{
	struct big *b = *state;

	fill_table(b->t, 0, 2, 0, 2);
	assert_string_equal(head_label(table_col(b->t, 1), 99), "Column 1");
	assert_string_equal(head_label(table_col(b->t, 1), 8), "Column 1");
	assert_string_equal(head_label(table_col(b->t, 1), 7), "Col 1");
	assert_string_equal(head_label(table_col(b->t, 1), 4), "C1");
	assert_string_equal(head_label(table_col(b->t, 1), 0), "C1");
	assert_string_equal(head_label(table_col(b->t, 99), 9), "");
}

/* ---- dates ---- */

/* From here on it is this second of that day, in UTC, for what asks app/when.h. */
static void today(int year, int month, int day, int second)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_sec = second };
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)timegm(&tm));
	setenv("SOURCE_DATE_EPOCH", text, 1);
}

static void check_end(const char *date, enum when want)
{
	if (when_ends(date) != want)
		fail_msg("%s ends %d, not %d", date, when_ends(date), want);
}

static void check_old(const char *date, bool want)
{
	if (when_is_old(date) != want)
		fail_msg("%s is %sold", date, want ? "not " : "");
}

static void an_end_is_past_within_a_year_or_later(void **state UNUSED)
{
	today(2026, 7, 1, 0);
	check_end("1999-12-31", WHEN_PAST);
	check_end("2026-06-30", WHEN_PAST);
	check_end("2026-07-01", WHEN_SOON);
	check_end("2027-07-01", WHEN_SOON);
	check_end("2027-07-02", WHEN_LATER);
	check_end("", WHEN_LATER);
}

static void a_month_or_a_year_ends_with_its_last_day(void **state UNUSED)
{
	today(2026, 6, 30, 0);
	check_end("2026-05", WHEN_PAST);
	check_end("2026-06", WHEN_SOON);
	check_end("2027-05", WHEN_SOON);
	check_end("2027-07", WHEN_LATER);
	check_end("2025", WHEN_PAST);
	check_end("2026", WHEN_SOON);
	check_end("2027", WHEN_LATER);
	today(2026, 12, 31, 0);
	check_end("2026", WHEN_SOON);
	check_end("2026-12", WHEN_SOON);
	check_end("2027", WHEN_SOON);
	today(2027, 1, 1, 0);
	check_end("2026", WHEN_PAST);
	check_end("2026-12", WHEN_PAST);
}

static void what_is_more_than_a_year_ago_is_old(void **state UNUSED)
{
	today(2026, 7, 1, 0);
	check_old("2025-07-01", false);
	check_old("2025-06-30", true);
	check_old("2025-07", false);
	check_old("2025-06", true);
	check_old("2025", false);
	check_old("2024", true);
	check_old("2030-01-01", false);
	check_old("", false);
}

static void a_year_from_the_day_that_other_years_lack_ends_with_february(void **state UNUSED)
{
	today(2028, 2, 29, 0);
	check_end("2028-02-28", WHEN_PAST);
	check_end("2028-02", WHEN_SOON);
	check_end("2029-02-28", WHEN_SOON);
	check_end("2029-03-01", WHEN_LATER);
	check_old("2027-02-28", true);
	check_old("2027-03-01", false);
}

static void a_day_is_that_of_utc_wherever_one_is(void **state UNUSED)
{
	static const char *const zones[] = { "UTC", "EAST-14", "WEST+12" };

	for (int i = 0; i < COUNT(zones); i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		today(2026, 7, 1, 0);
		check_end("2026-06-30", WHEN_PAST);
		check_end("2026-07-01", WHEN_SOON);
		today(2026, 7, 1, 86399);
		check_end("2026-07-01", WHEN_SOON);
		today(2026, 7, 1, 86400);
		check_end("2026-07-01", WHEN_PAST);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void without_a_day_of_its_own_it_is_that_of_the_clock(void **state UNUSED)
{
	for (int i = 0; i < 2; i++) {
		if (i)
			setenv("SOURCE_DATE_EPOCH", "", 1);
		else
			unsetenv("SOURCE_DATE_EPOCH");
		check_end("2025-01-01", WHEN_PAST);
		check_end("9000", WHEN_LATER);
		check_old("2020", true);
		check_old("9000", false);
	}
}

static void a_day_that_is_none_does_no_harm(void **state UNUSED)
{
	static const char *const epochs[] = { "x", "-1", "-99999999999", "253402300800", "67768036191676799",
		                              "9223372036854775807", "99999999999999999999999", "1e9", " " };

	for (int i = 0; i < COUNT(epochs); i++) {
		setenv("SOURCE_DATE_EPOCH", epochs[i], 1);
		assert_in_range(when_ends("2026-07-01"), WHEN_LATER, WHEN_PAST);
		assert_in_range(when_is_old("2026-07-01"), 0, 1);
		assert_in_range(when_ends("no date at all"), WHEN_LATER, WHEN_PAST);
		check_old("", false);
	}
	unsetenv("SOURCE_DATE_EPOCH");
}

/* ---- a small knowledge base with every kind of page, made by SQL; there it is 2026-07-01 ---- */

static const char small[] =
	"BEGIN;"
	"INSERT INTO pack VALUES (1, 'p', 'P', '1', 'en', 'l', 'a', 'sum');"
	"INSERT INTO holder VALUES (1, 'customer', 'Customer', 'C', 'customer', 'solid', 1, ''),"
	" (2, 'microsoft', 'Microsoft', 'M', 'microsoft', 'light', 1, ''),"
	" (3, 'shared', 'Shared', 'S', 'shared', 'half', 0, '');"
	"INSERT INTO entry VALUES"
	" (1, 'matrix', 'matrix/a', 'A', '', 1), (2, 'matrix', 'matrix/b', 'B', '', 1),"
	" (10, 'model', 'a:m', 'Model', 'Of a.', 1), (11, 'model', 'b:m', 'Model', 'Of b.', 1),"
	" (20, 'layer', 'a:layer/top', 'Top', '', 1), (21, 'layer', 'a:layer/low', 'Low', '', 1),"
	" (22, 'layer', 'b:layer/top', 'Top', '', 1),"
	" (30, 'cell', 'a:m/top', 'Model / Top', 'A cell.', 1),"
	" (31, 'cell', 'a:m/low', 'Model / Low', '', 1),"
	" (32, 'cell', 'b:m/top', 'Model / Top', '', 1),"
	" (40, 'service', 'service/s', 'Service S', 'What it is.', 1),"
	" (41, 'service', 'service/v', 'Service V', 'A variant.', 1),"
	" (50, 'benchmark', 'benchmark/x', 'Benchmark X', 'A list.', 1),"
	" (51, 'control', 'control/x/1', 'X 1: Keep copies', '', 1),"
	" (52, 'control', 'control/x/2', 'X 2', '', 1),"
	" (60, 'practice', 'practice/p', 'Practice', 'Do it.', 1),"
	" (61, 'misconception', 'misconception/w', 'All is done', 'It is not.', 1),"
	" (70, 'term', 'term/t', 'Term', 'What it means.', 1),"
	" (80, 'alias', 'alias/old', 'Old thing', '', 1),"
	" (81, 'alias', 'alias/was', 'Was, now Service S', '', 1),"
	" (90, 'source', 'source/ours', 'Our own', '', 1),"
	" (91, 'source', 'source/recalled', 'Recalled', '', 1),"
	" (92, 'source', 'source/doc', 'Document', '', 1);"
	"INSERT INTO source VALUES (90, 'ours', 'us', '2025-06', ''), (91, 'recalled', 'us', '', ''),"
	" (92, 'doc', 'Publisher', '2025-07-01', 'https://x.org/d');"
	"INSERT INTO matrix VALUES (1, 'a', 'e', 'p', '2026', 2, 1), (2, 'b', 'e', 'p', '2025', 1, 1);"
	"INSERT INTO party VALUES (1, 0, 1), (1, 1, 2), (2, 0, 1);"
	"INSERT INTO model VALUES (10, 1, 0, 'm', 'Model', 'M', 'M'), (11, 2, 0, 'm', 'Model', 'M', 'M');"
	"INSERT INTO layer VALUES (20, 1, 0, 'top', NULL, 'Top', 'T', 'T'),"
	" (21, 1, 1, 'low', NULL, 'Low', 'L', 'L'), (22, 2, 0, 'top', NULL, 'Top', 'T', 'T');"
	"INSERT INTO layer_same VALUES (20, 22), (22, 20);"
	"INSERT INTO responsibility VALUES (1, 0, 0, 1, 30, 0, ''), (1, 1, 0, 2, 31, 0, ''),"
	" (2, 0, 0, 1, 32, 0, '');"
	"INSERT INTO duty VALUES (30, 0, 'd1', 1, 'patches', 'high', 'the system', 90),"
	" (30, 1, 'd2', 2, 'runs', 'normal', 'the hosts', 91),"
	" (30, 2, 'd3', 1, 'tests', 'normal', 'it all', 92);"
	"INSERT INTO service VALUES (40, 10, NULL, 'read', '2027-07-01'), (41, 10, 40, 'full', '');"
	"INSERT INTO override VALUES (40, 31, 3, 'Both look after it.', 90);"
	"INSERT INTO override_duty VALUES (40, 31, 0, 'o1', 2, 'publishes', 'high', 'images', 92),"
	" (40, 31, 1, 'o2', 1, 'applies', 'normal', 'them', 91);"
	"INSERT INTO control VALUES (51, 50, 'Backup'), (52, 50, '');"
	"INSERT INTO crosswalk VALUES (51, 52), (52, 51);"
	"INSERT INTO step VALUES (60, 0, 'Begin'), (60, 1, 'End');"
	"INSERT INTO alias VALUES (80, 'Old thing', '', 'nothing', 'retirement', '2026-06-30', NULL),"
	" (81, 'Was', '', 'Service S', 'rename', '2020', 40);"
	"INSERT INTO prose VALUES (40, 'Prose about a [term](term/t).');"
	"INSERT INTO citation VALUES (40, 0, 92), (51, 0, 92), (32, 0, 92);"
	"INSERT INTO link VALUES (31, 40), (40, 31), (40, 60), (40, 70), (40, 80), (40, 81), (50, 51),"
	" (50, 52), (51, 50), (52, 50), (51, 60), (60, 51), (60, 30), (60, 40), (30, 60), (61, 30), (61, 40),"
	" (70, 30), (70, 32), (70, 40), (70, 80), (30, 80), (60, 80);"
	"COMMIT;";

struct small {
	char *dir;
	struct kb *kb;
};

static int setup_small(void **state)
{
	struct small *s = calloc(1, sizeof *s);
	char *schema = util_read(util_path(util_srcdir(), "db/schema.sql"), NULL);
	const char *file;

	s->dir = util_dir();
	file = util_path(s->dir, "small.db");
	util_sql(file, schema);
	util_sql(file, small);
	free(schema);
	s->kb = util_open(file);
	today(2026, 7, 1, 0);
	*state = s;
	return 0;
}

static int teardown_small(void **state)
{
	struct small *s = *state;

	unsetenv("SOURCE_DATE_EPOCH");
	kb_close(s->kb);
	util_remove(s->dir);
	free(s);
	return 0;
}

/* ---- pages ---- */

static struct page *open_page(struct kb *kb, const char *link)
{
	struct err e = { 0 };
	struct page *p = page_load(kb, link, &e);

	if (!p)
		fail_msg("%s: %s", link, e.msg);
	return p;
}

static const struct section *section(const struct page *p, const char *name)
{
	for (int i = 0; i < p->nsection; i++)
		if (!strcmp(p->section[i].name, name))
			return &p->section[i];
	return NULL;
}

static void check_page(void *ctx, const char *link)
{
	struct page *p = open_page(ctx, link);

	assert_string_equal(p->entry.link, link);
	assert_in_range(strlen(p->entry.title), 1, 200);
	for (int i = 0; i < p->nsection; i++) {
		assert_true(*p->section[i].name && *p->section[i].heading);
		for (int k = 0; k < i; k++)
			if (p->section[i].refs.n && p->section[k].refs.n)
				assert_string_not_equal(p->section[i].name, p->section[k].name);
	}
	if (p->entry.kind != KIND_SOURCE) {     /* every fact cites something */
		assert_in_range(p->sources.n, 1, 60);
		/* A control has nothing but its title: its text is its publisher's.  A cell that has its
		 * duties from another edition says so instead. */
		if (p->entry.kind == KIND_CONTROL)
			assert_in_range(p->fields.n, 1, 2);
		else if (!p->as_in.n)
			assert_in_range(strlen(p->entry.summary) + strlen(p->entry.body), 10, 200000);
	}
	page_free(p);
}

static void every_entry_has_a_page(void **state)
{
	util_each(util_db(), "SELECT link FROM entry", check_page, *state);
}

static void check_linked(void *ctx, const char *link)
{
	struct page *p = open_page(ctx, link);

	for (int i = 0; i < p->nsection; i++)
		for (int k = 0; k < p->section[i].refs.n; k++) {
			struct kb_entry entry;
			struct err e = { 0 };
			assert_string_not_equal(p->section[i].refs.ref[k].link, link);
			assert_int_equal(kb_entry(ctx, p->section[i].refs.ref[k].link, &entry, &e),
			                 1);
			kb_entry_release(&entry);
		}
	page_free(p);
}

static void every_link_of_a_page_leads_to_a_page(void **state)
{
	util_each(util_db(), "SELECT link FROM entry WHERE kind <> 'source'", check_linked, *state);
}

static void a_link_that_leads_nowhere_is_no_page(void **state)
{
	struct err e = { 0 };

	assert_null(page_load(*state, "azure:paas/nix", &e));
	assert_int_equal(e.status, STATUS_LINK);
	assert_non_null(strstr(e.msg, "azure:paas/nix"));
	assert_null(page_load(*state, "", &e));
	page_free(NULL);
}

static void see_party(void *ctx, const struct holder *party, int duties)
{
	buf_addf(ctx, "%s:%s ", party->slug, duties ? "some" : "none");
}

static void a_cell_says_what_each_party_does(void **state)
{
	static const char *const cases[][2] = {
		{ "azure:paas/identity", "customer:some microsoft:some " },
		{ "azure:onprem/datacenter", "customer:some microsoft:none " }
	};

	for (int i = 0; i < COUNT(cases); i++) {
		struct page *p = open_page(*state, cases[i][0]);
		struct buf b = { 0 };
		page_parties(p, see_party, &b);
		assert_string_equal(buf_str(&b), cases[i][1]);
		buf_release(&b);
		page_free(p);
	}
}

static void a_badge_is_the_holder_or_the_kind(void **state)
{
	static const char *const cases[][2] = { { "azure:paas/identity", "SHARED" },
		                                { "azure:saas/os", "MICROSOFT" },
		                                { "azure:paas", "MODEL" },
		                                { "topic/compliance", "TOPIC" } };

	for (int i = 0; i < COUNT(cases); i++) {
		struct page *p = open_page(*state, cases[i][0]);
		struct buf b = { 0 };
		assert_string_equal(page_badge(p, &b), cases[i][1]);
		buf_release(&b);
		page_free(p);
	}
}

static void sections_have_what_their_kind_promises(void **state)
{
	static const struct {
		const char *link, *section; int least;
	} cases[] = { { "azure:iaas/os", "examples", 1 },
		      { "azure:iaas/os", "practices", 1 },
		      { "azure:iaas/os", "part-of", 2 },
		      { "azure:layer/os", "cells", 4 },
		      { "azure:paas", "cells", 10 },
		      { "matrix/azure", "models", 4 },
		      { "matrix/azure", "layers", 10 },
		      { "matrix/azure", "topics", 3 },
		      { "practice/patch-guest-os", "cells", 1 },
		      { "service/aks", "column", 10 },
		      { "service/aks", "practices", 1 },
		      { "control/cis-v8/1.1", "crosswalk", 1 },
		      { "benchmark/cis-v8", "controls", 50 },
		      { "misconception/aks-is-plain-paas", "services", 1 },
		      { "misconception/aks-is-plain-paas", "cells", 1 },
		      { "term/access-review", "practices", 1 },
		      { "example/unpatched-guest-os", "practices", 4 } };

	for (int i = 0; i < COUNT(cases); i++) {
		struct page *p = open_page(*state, cases[i].link);
		const struct section *s = section(p, cases[i].section);
		if (!s || s->refs.n < cases[i].least)
			fail_msg("%s lacks %s", cases[i].link, cases[i].section);
		page_free(p);
	}
}

static void a_practice_has_numbered_steps(void **state)
{
	struct page *p = open_page(*state, "practice/patch-guest-os");
	const struct section *s = section(p, "steps");

	assert_non_null(s);
	assert_true(s->numbered);
	assert_in_range(s->lines.n, 2, 20);
	page_free(p);
}

static void a_brief_page_has_the_same_duties_without_sources(void **state)
{
	struct err e = { 0 };
	struct page *p = open_page(*state, "azure:iaas/os"),
		    *brief = page_load_brief(*state, "azure:iaas/os", &e);

	assert_non_null(brief);
	assert_int_equal(brief->duties.n, p->duties.n);
	assert_int_equal(brief->holder, p->holder);
	assert_string_equal(brief->entry.title, p->entry.title);
	assert_int_equal(brief->sources.n, 0);
	assert_null(section(brief, "part-of"));
	page_free(brief);
	page_free(p);
}

static void a_page_can_be_cut_to_a_section(void **state)
{
	static const char *const names[] = { "examples", "sources", "microsoft" };
	struct err e = { 0 };

	for (int i = 0; i < COUNT(names); i++) {
		struct page *p = open_page(*state, "azure:paas/identity");
		struct lines l = { 0 };
		struct mark mark[20];
		assert_int_equal(page_only(p, names[i], &e), 0);
		assert_int_equal(page_lines(p, &l, 80, mark, COUNT(mark)), 1);
		assert_string_equal(mark[0].name, names[i]);
		lines_release(&l);
		page_free(p);
	}
}

static void a_section_that_a_page_has_not_is_an_unknown_link(void **state)
{
	struct page *p = open_page(*state, "topic/compliance");
	struct err e = { 0 };

	assert_int_equal(page_only(p, "steps", &e), -1);
	assert_int_equal(e.status, STATUS_LINK);
	util_assert_sentence(e.msg);
	page_free(p);
}

/* Columns of the blanks and the marker that a line begins with. */
static int hang(const char *s)
{
	int n = (int)strspn(s, " "), digits = (int)strspn(s + n, "0123456789");

	if ((s[n] == '-' || s[n] == '>') && s[n + 1] == ' ')
		return n + 2;
	return digits && !strncmp(s + n + digits, ". ", 2) ? n + digits + 2 : n;
}

static void check_lines(const struct lines *l, int width)
{
	for (int i = 0; i < l->n; i++) {
		const char *s = l->line[i].text;
		int most = width > hang(s) + 2 ? width : hang(s) + 2;
		if (text_columns(s) > most)
			fail_msg("%d columns in %d: %s", text_columns(s), width, s);
		util_assert_tame(s, false);
		assert_in_range(l->line[i].stop + 1, 0, l->nstop);
	}
	for (int i = 0; i < l->nstop; i++) {
		assert_in_range(l->stop[i].n, 1, l->n);
		assert_in_range(l->stop[i].line, 0, l->n - l->stop[i].n);
	}
}

static void check_widths(void *ctx, const char *link)
{
	static const int widths[] = { 1, 5, 20, 40, 80, 200 };
	struct page *p = open_page(ctx, link);

	for (int i = 0; i < COUNT(widths); i++) {
		struct lines l = { 0 };
		struct mark mark[20] = { { .line = 0 } };
		int n = page_lines(p, &l, widths[i], mark, COUNT(mark)), at = -1;
		check_lines(&l, widths[i]);
		for (int k = 0; k < n; k++) {
			assert_in_range(mark[k].line, at + 1, l.n - 1);
			at = mark[k].line;
			assert_int_equal(l.line[at].stop, -1);
		}
		lines_release(&l);
	}
	page_free(p);
}

static void every_page_fits_every_width(void **state)
{
	util_each(util_db(),
	          "SELECT link FROM entry WHERE id % 3 = 0 OR kind IN ('model', 'topic')",
	          check_widths, *state);
}

static void marks_are_no_more_than_there_is_room_for(void **state)
{
	struct page *p = open_page(*state, "azure:iaas/os");
	struct mark mark[3] = { { .line = 0 }, { .line = 0 }, { .name = "guard" } };
	struct lines l = { 0 };

	assert_int_equal(page_lines(p, &l, 80, mark, 2), 2);
	assert_string_equal(mark[2].name, "guard");
	lines_release(&l);
	page_free(p);
}

/* ---- formats ---- */

static const char *const all_formats[] = { "text", "plain", "csv", "json", "md", "html", "svg" };

/* What a format prints of a table, a page or hits (one of the three). */
static char *print(const char *name, bool lengthy, struct table *t, const struct page *p,
                   const struct hits *h)
{
	const struct format *f = format_of(name);
	char *text = NULL;
	size_t n;
	struct sink s = { .out = open_memstream(&text, &n),
		          .content = "azure 1 sum",
		          .width = 80,
		          .lengthy = lengthy };
	struct err e = { 0 };

	assert_non_null(f);
	assert_int_equal(t ? f->grid(&s, t, &e) : p ? f->page(&s, p, &e) : f->hits(&s, h, &e), 0);
	fclose(s.out);
	util_assert_tame(text, true);
	return text;
}

static json_t *parse(char *text)
{
	json_error_t why;
	json_t *j = json_loads(text, JSON_REJECT_DUPLICATES, &why);

	if (!j)
		fail_msg("no JSON: %s in %.200s", why.text, text);
	assert_int_equal(text[strlen(text) - 1], '\n');
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	assert_int_equal(json_integer_value(json_object_get(j, "schema")), 1);
	assert_string_equal(json_string_value(json_object_get(j, "content")), "azure 1 sum");
	free(text);
	return j;
}

static const char *text_of(const json_t *j, const char *key)
{
	const json_t *value = json_object_get(j, key);

	if (!json_is_string(value))
		fail_msg("%s is no text", key);
	return json_string_value(value);
}

static void formats_are_known_by_their_names(void **state UNUSED)
{
	static const char *const names[] = { "text plain csv json md html svg",
		                             "text plain csv json md html", "text plain csv json md html" };

	for (int i = 0; i < COUNT(all_formats); i++)
		assert_string_equal(format_of(all_formats[i])->name, all_formats[i]);
	assert_null(format_of("xml"));
	assert_null(format_of(""));
	for (int use = FORMAT_GRID; use <= FORMAT_HITS; use++) {
		char *list = format_names((enum format_use)use);
		assert_string_equal(list, names[use]);
		free(list);
	}
	assert_false(format_has(format_of("svg"), FORMAT_PAGE));
}

static void csv_has_a_row_a_layer(void **state)
{
	struct table *t = open_table(*state, NULL);
	char *text = print("csv", false, t, NULL, NULL);

	assert_int_equal(
		strncmp(text,
	                "layer,saas,paas,iaas,onprem\ndata,customer,customer,customer,customer\n",
	                69),
		0);
	assert_non_null(strstr(text, "\nidentity,shared,shared,customer,customer\n"));
	assert_non_null(strstr(text, "\ndatacenter,microsoft,microsoft,microsoft,customer\n"));
	free(text);
	table_free(t);
}

/* The fields of one record; s goes on behind it. */
static int fields(char **s, char *field[], int max)
{
	int n = 0;

	for (bool more = true; more;) {
		bool quoted = **s == '"';
		char *out = *s += quoted;
		assert_true(n < max);
		field[n++] = out;
		for (; quoted ? **s != '"' || (*s)[1] == '"' : **s != ',' && **s != '\n'; (*s)++) {
			assert_true(**s && (quoted || **s != '"'));
			*s += quoted && **s == '"';
			*out++ = **s;
		}
		*s += quoted;
		more = **s == ',';
		assert_true(more || **s == '\n');
		(*s)++;
		*out = '\0';
	}
	return n;
}

static void see_number(void *ctx, const char *n)
{
	*(int *)ctx = (int)strtol(n, NULL, 10);
}

static void long_csv_has_a_row_a_duty(void **state)
{
	struct table *t = open_table(*state, NULL);
	char *text = print("csv", true, t, NULL, NULL), *at = text, *field[12];
	int rows = 0, duties = -1;

	assert_int_equal(fields(&at, field, COUNT(field)), 10);
	assert_string_equal(field[4], "duty");
	assert_string_equal(field[9], "source");
	for (; *at; rows++) {
		assert_int_equal(fields(&at, field, COUNT(field)), 10);
		assert_string_equal(field[0], "azure");
		assert_true(!strcmp(field[7], "high") || !strcmp(field[7], "normal"));
		assert_in_range(strlen(field[8]), 5, 1000);
	}
	util_each(util_db(), "SELECT count(*) FROM duty d JOIN entry e ON e.id = d.entry "
	          "WHERE e.link LIKE 'azure:%'", see_number, &duties);
	assert_int_equal(rows, duties);
	free(text);
	table_free(t);
}

static void csv_quotes_and_disarms_what_it_must(void **state)
{
	struct big *b = *state;
	char *text, *at, *field[60];

	table_free(b->t);
	util_sql(b->file, "UPDATE holder SET slug = '=1+1' WHERE id = 1; UPDATE holder SET slug = "
	                  "'a,\"b\"' WHERE id = 2;"
	                  "UPDATE holder SET slug = '@x' WHERE id = 3; UPDATE layer SET slug = "
	                  "'-r' || position;"
	                  "UPDATE model SET slug = '+c' || position");
	kb_close(b->kb);
	b->kb = util_open(b->file);
	b->t = open_table(b->kb, NULL);
	at = text = print("csv", false, b->t, NULL, NULL);
	assert_int_equal(fields(&at, field, COUNT(field)), 1 + COLS);
	assert_string_equal(field[50], "'+c49");
	for (int y = 0; y < ROWS; y++) {
		assert_int_equal(fields(&at, field, COUNT(field)), 1 + COLS);
		assert_int_equal(strncmp(field[0], "'-r", 3), 0);
		for (int x = 0; x < COLS; x++) {
			static const char *const want[] = { "unknown", "'=1+1", "a,\"b\"", "'@x" };
			assert_string_equal(field[x + 1], want[holder_at(y, x)]);
		}
	}
	assert_int_equal(*at, '\0');
	free(text);
}

static void json_of_a_grid_has_its_shape(void **state)
{
	struct table *t = open_table(*state, NULL);
	json_t *j = parse(print("json", false, t, NULL, NULL)),
	       *layers = json_object_get(j, "layers");
	json_t *matrix = json_object_get(j, "matrix"), *os = json_array_get(layers, 6);

	assert_string_equal(text_of(matrix, "id"), "azure");
	assert_string_equal(text_of(matrix, "date"), "2026-01-12");
	assert_in_range(strlen(text_of(matrix, "title")), 5, 100);
	assert_int_equal(strncmp(text_of(matrix, "source"), "https://", 8), 0);
	assert_int_equal(json_array_size(json_object_get(j, "models")), 4);
	assert_string_equal(text_of(json_array_get(json_object_get(j, "models"), 1), "id"), "paas");
	assert_int_equal(json_array_size(layers), 10);
	assert_string_equal(text_of(os, "id"), "os");
	assert_in_range(strlen(text_of(os, "band")), 1, 100);
	assert_int_equal(json_object_size(json_object_get(os, "cells")), 4);
	assert_string_equal(text_of(json_object_get(os, "cells"), "saas"), "microsoft");
	json_decref(j);
	table_free(t);
}

static void json_of_a_matrix_without_bands_and_sources_has_null(void **state)
{
	struct big *b = *state;
	json_t *j = parse(print("json", false, b->t, NULL, NULL));

	assert_true(json_is_null(
		json_object_get(json_array_get(json_object_get(j, "layers"), 0), "band")));
	assert_true(json_is_null(json_object_get(json_object_get(j, "matrix"), "source")));
	assert_int_equal(json_array_size(json_object_get(j, "layers")), ROWS);
	json_decref(j);
}

static void json_of_a_cell_has_its_shape(void **state)
{
	static const char *const lists[] = { "duties",         "examples", "practices", "services",
		                             "misconceptions", "sources",  "editions" };
	struct page *p = open_page(*state, "azure:paas/identity");
	json_t *j = parse(print("json", false, NULL, p, NULL)),
	       *duty = json_array_get(json_object_get(j, "duties"), 0);

	assert_string_equal(text_of(j, "link"), "azure:paas/identity");
	assert_string_equal(text_of(j, "kind"), "cell");
	assert_string_equal(text_of(j, "holder"), "shared");
	for (int i = 0; i < COUNT(lists); i++)
		assert_true(json_is_array(json_object_get(j, lists[i])));
	assert_int_equal(json_array_size(json_object_get(j, "duties")), p->duties.n);
	for (int i = 0; i < 5; i++)
		text_of(duty,
		        (const char *const[]){ "id", "party", "verb", "severity", "text" }[i]);
	assert_int_equal(json_object_size(duty), 5);
	json_decref(j);
	page_free(p);
}

static void check_json_page(void *ctx, const char *link)
{
	struct page *p = open_page(ctx, link);
	json_t *j = parse(print("json", false, NULL, p, NULL)), *value;
	const char *key;

	assert_string_equal(text_of(j, "link"), link);
	text_of(j, "title");
	text_of(j, "text");
	assert_true(json_is_array(json_object_get(j, "sources")));
	if (strcmp(text_of(j, "kind"), "cell")) {
		assert_true(json_is_object(json_object_get(j, "sections")));
		json_object_foreach(json_object_get(j, "sections"), key, value)
			assert_true(json_is_array(value));
	}
	json_decref(j);
	page_free(p);
}

static void json_of_every_page_parses(void **state)
{
	util_each(util_db(), "SELECT link FROM entry", check_json_page, *state);
}

static void check_all_formats(void *ctx, const char *link)
{
	struct page *p = open_page(ctx, link);

	for (int i = 0; i < COUNT(all_formats); i++) {
		char *text;
		if (!format_has(format_of(all_formats[i]), FORMAT_PAGE))
			continue;
		text = print(all_formats[i], false, NULL, p, NULL);
		assert_non_null(strstr(text, link));
		free(text);
	}
	page_free(p);
}

static void every_format_prints_every_page_without_control_bytes(void **state)
{
	util_each(util_db(), "SELECT link FROM entry", check_all_formats, *state);
}

static void every_format_prints_the_grid_with_all_its_cells(void **state)
{
	for (int i = 0; i < COUNT(all_formats); i++) {
		struct table *t = open_table(*state, NULL);
		char *text = print(all_formats[i], false, t, NULL, NULL);
		int customer = 0;
		for (char *c = text; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		for (const char *at = text; (at = strstr(at, "customer")); at++)
			customer++;
		if (strstr(text, "<svg") || strstr(text, "<html"))      /* names of classes too, titles */
			assert_in_range(customer, 46, 100);
		else
			assert_in_range(customer, 23, 26);      /* 23 cells, a count, the name of a band */
		free(text);
		table_free(t);
	}
}

static void lines_of_text_fit_an_ordinary_terminal(void **state)
{
	struct table *t = open_table(*state, NULL);
	char *text = print("text", false, t, NULL, NULL), *at = text;

	for (char *end; (end = strchr(at, '\n')); at = end + 1) {
		*end = '\0';
		assert_in_range(text_columns(at), 0, 84);
	}
	assert_string_equal(at, "");
	free(text);
	table_free(t);
}

static void plain_text_is_made_of_sentences(void **state)
{
	struct page *p = open_page(*state, "azure:paas/identity");
	char *text = print("plain", false, NULL, p, NULL);

	for (const char *at = text, *end; (end = strchr(at, '\n')); at = end + 1) {
		assert_true(end > at);
		assert_non_null(strchr(".?!:", end[-1]));
	}
	assert_non_null(strstr(text, "Shared. Link: azure:paas/identity."));
	free(text);
	page_free(p);
}

static void the_shipped_pack_prints_as_ascii(void **state)
{
	struct page *p = open_page(*state, "topic/compliance");
	char *text = print("plain", false, NULL, p, NULL);

	for (const char *c = text; *c; c++)
		assert_true((unsigned char)*c < 0x80);
	free(text);
	page_free(p);
}

static struct hits search(struct kb *kb, const char *words, int max)
{
	struct hits h;
	struct err e = { 0 };

	assert_int_equal(kb_search(kb, words, max, &h, &e), 0);
	return h;
}

static void json_of_hits_has_its_shape(void **state)
{
	struct hits h = search(*state, "patch", 3);
	json_t *j = parse(print("json", false, NULL, NULL, &h)),
	       *hit = json_array_get(json_object_get(j, "hits"), 0);

	assert_int_equal(json_array_size(json_object_get(j, "hits")), 3);
	assert_int_equal(json_integer_value(json_object_get(j, "total")), h.total);
	assert_string_equal(text_of(hit, "link"), h.hit[0].link);
	assert_true(kind_of(text_of(hit, "kind")) < KIND__COUNT);
	text_of(hit, "title");
	text_of(hit, "snippet");
	json_decref(j);
	hits_release(&h);
}

static void no_hits_are_printed_as_none(void **state)
{
	struct hits h = search(*state, "zzzzzz", 3);

	for (int i = 0; i < COUNT(all_formats); i++) {
		char *text;
		if (!format_has(format_of(all_formats[i]), FORMAT_HITS))
			continue;
		text = print(all_formats[i], false, NULL, NULL, &h);
		assert_non_null(strstr(text, !strcmp(all_formats[i], "json")  ? "\"hits\":[],\"total\":0"
					     : !strcmp(all_formats[i], "csv") ? "link,kind,title,snippet\n"
									      : "0 found"));
		free(text);
	}
	hits_release(&h);
}

/* ---- pages of the small knowledge base, in all formats ---- */

static const char *const page_formats[] = { "text", "plain", "md", "json" };

/* A page in the four formats in turn, each with its part; NULL: nothing is asked of that format. */
static void check_formats(const struct small *s, const char *link, const char *const want[4])
{
	struct page *p = open_page(s->kb, link);

	for (int i = 0; i < COUNT(page_formats); i++) {
		char *text = print(page_formats[i], false, NULL, p, NULL);
		if (want[i] && !strstr(text, want[i]))
			fail_msg("%s as %s lacks \"%s\":\n%s", link, page_formats[i], want[i], text);
		free(text);
	}
	page_free(p);
}

#define IN_FORMATS(s, link, ...) check_formats(s, link, (const char *const[4]){ __VA_ARGS__ })

/* Names of a page's sections in JSON, in order, those without anything too. */
static void check_sections(const struct small *s, const char *link, const char *want)
{
	struct page *p = open_page(s->kb, link);
	json_t *j = parse(print("json", false, NULL, p, NULL)), *value, *item;
	struct buf names = { 0 };
	const char *key;
	size_t i;

	json_object_foreach(j, key, value)
		buf_addf(&names, "%s ", key);
	assert_string_equal(buf_str(&names), "schema content link kind title text sections sources ");
	buf_clear(&names);
	json_object_foreach(json_object_get(j, "sections"), key, value) {
		buf_addf(&names, "%s:%zu ", key, json_array_size(value));
		json_array_foreach(value, i, item) {
			assert_int_equal(json_object_size(item), json_object_get(item, "holder") ? 3 : 2);
			assert_true(json_is_null(json_object_get(item, "link")) || *text_of(item, "link"));
			assert_in_range(strlen(text_of(item, "title")), 1, 1000);
		}
	}
	assert_string_equal(buf_str(&names), want);
	buf_release(&names);
	json_decref(j);
	page_free(p);
}

static void pages_of_each_kind_have_their_sections(void **state)
{
	check_sections(*state, "service/s", "column:2 layer/low:3 practices:1 terms:1 aliases:2 part-of:0 ");
	check_sections(*state, "service/v", "column:2 part-of:0 ");
	check_sections(*state, "control/x/1", "practices:1 benchmarks:1 cells:1 crosswalk:1 ");
	check_sections(*state, "benchmark/x", "controls:2 ");
	check_sections(*state, "term/t", "cells:2 services:1 aliases:1 ");
	check_sections(*state, "misconception/w", "cells:1 services:1 ");
	check_sections(*state, "practice/p", "steps:2 features:0 cells:1 services:1 controls:1 aliases:1 ");
	check_sections(*state, "service/", "services:2 ");
	check_sections(*state, "example/", "examples:0 ");
}

static void a_service_shows_its_column_and_where_it_leaves_it(void **state)
{
	IN_FORMATS(*state, "service/s", "Layer by layer\n > Top: Customer\n > Low: Shared*\n",
	           "Layer by layer, 1: Top: Customer, a:m/top.\n"
	           "Layer by layer, 2: Low: Shared, unlike its model, a:m/low.\n",
	           "## Layer by layer\n\n- Top: Customer (`a:m/top`)\n- Low: Shared\\* (`a:m/low`)\n",
	           "\"column\":[{\"link\":\"a:m/top\",");
	IN_FORMATS(*state, "service/s",
	           "Low: Shared\n - Both look after it. (ours)\n - Customer applies them (from memory)\n"
	           " - Microsoft publishes images [high]\n",
	           "Low: Shared, 1: Both look after it. (ours).\n"
	           "Low: Shared, 2: Customer applies them (from memory).\n"
	           "Low: Shared, 3: Microsoft publishes images [high].\n",
	           "## Low: Shared\n\n- Both look after it. (ours)\n"
	           "- **Customer** applies them (from memory)\n"
	           "- **Microsoft** publishes images \\[high\\]\n",
	           "\"layer/low\":[{\"link\":null,\"title\":\"Both look after it. (ours)\"},"
	           "{\"link\":null,\"title\":\"Customer applies them (from memory)\"},");
}

static void a_service_says_model_access_and_variant(void **state)
{
	IN_FORMATS(*state, "service/s",
	           "\nModel: Model\nAccess to the system: the customer can read it, not change it\n",
	           "\nModel: Model.\nAccess to the system: the customer can read it, not change it.\n",
	           "\n- **Model**: Model\n- **Access to the system**: ",
	           "\\nModel: Model\\nAccess to the system: the customer can read it, not change it"
	           "\\n\\nProse");
	IN_FORMATS(*state, "service/v", "\nVariant of: Service S\n", "\nVariant of: Service S.\n",
	           "\n- **Variant of**: Service S\n", "\\nVariant of: Service S\\n");
}

static void a_cell_says_which_services_leave_it_and_why(void **state)
{
	IN_FORMATS(*state, "a:m/low", "Services\n > Service S: Shared* Both look after it.\n",
	           "Services, 1: Service S: Shared, unlike its model, service/s. Both look after it.\n",
	           "- Service S: Shared\\* (`service/s`): Both look after it.\n",
	           "\"services\":[{\"link\":\"service/s\",\"holder\":\"shared\","
	           "\"reason\":\"Both look after it.\"}]");
}

static void a_control_says_benchmark_domain_and_crosswalk(void **state)
{
	IN_FORMATS(*state, "control/x/1", "\nBenchmark: Benchmark X\nDomain: Backup\n",
	           "\nBenchmark: Benchmark X.\nDomain: Backup.\n",
	           "\n- **Benchmark**: Benchmark X\n- **Domain**: Backup\n",
	           "\"text\":\"Benchmark: Benchmark X\\nDomain: Backup\"");
	IN_FORMATS(*state, "control/x/1", "Mapped to\n > X 2\n", "Mapped to, 1: X 2, control/x/2.\n",
	           "## Mapped to\n\n- X 2 (`control/x/2`)\n",
	           "\"crosswalk\":[{\"link\":\"control/x/2\",\"title\":\"X 2\"}]");
	IN_FORMATS(*state, "control/x/1", "Cells\n > Model / Top: Customer\n",
	           "Cells, 1: Model / Top: Customer, a:m/top.\n", "- Model / Top: Customer (`a:m/top`)\n",
	           "\"cells\":[{\"link\":\"a:m/top\"");
	IN_FORMATS(*state, "a:m/top", "Controls\n > X 1: Keep copies\n",
	           "Controls, 1: X 1: Keep copies, control/x/1.\n",
	           "- X 1: Keep copies (`control/x/1`)\n", NULL);
}

static void terms_misconceptions_and_benchmarks_have_their_summary_and_links(void **state)
{
	IN_FORMATS(*state, "term/t", "Term: TERM   term/t\n\nWhat it means.\n",
	           "Term: term. Link: term/t.\nWhat it means.\n", "# Term\n\n`term/t`\n\nWhat it means.\n",
	           "\"kind\":\"term\",\"title\":\"Term\",\"text\":\"What it means.\",");
	IN_FORMATS(*state, "misconception/w", "Services\n > Service S\n",
	           "Services, 1: Service S, service/s.\n",
	           "- Service S (`service/s`)\n", "\"services\":[{\"link\":\"service/s\"");
	IN_FORMATS(*state, "benchmark/x", "Controls\n > X 1: Keep copies\n > X 2\n",
	           "Controls, 2: X 2, control/x/2.\n",
	           "- X 2 (`control/x/2`)\n", "\"controls\":[{\"link\":\"control/x/1\",");
}

static void equal_titles_of_two_matrices_are_told_apart(void **state)
{
	IN_FORMATS(*state, "term/t", " > Model / Top: Customer\n > Model / Top (b): Customer\n",
	           "Cells, 2: Model / Top (b): Customer, b:m/top.\n",
	           "- Model / Top (b): Customer (`b:m/top`)\n",
	           "\"title\":\"Model / Top\",\"holder\":\"customer\"},"
	           "{\"link\":\"b:m/top\",\"title\":\"Model / Top (b)\",\"holder\":\"customer\"}");
}

/* ---- what ends ---- */

static void check_warnings(const struct small *s, const char *link, const char *want)
{
	struct page *p = open_page(s->kb, link);
	struct buf b = { 0 };

	for (int i = 0; i < p->warnings.n; i++)
		buf_addf(&b, "%s: %s; ", p->warnings.pair[i].label, p->warnings.pair[i].value);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	page_free(p);
}

static void a_page_warns_of_what_ends_and_of_nothing_else(void **state)
{
	check_warnings(*state, "service/s", "Retired: Old thing, 2026-06-30; Retires soon: 2027-07-01; ");
	check_warnings(*state, "alias/old", "Retired: 2026-06-30; ");
	check_warnings(*state, "practice/p", "Retired: Old thing, 2026-06-30; ");
	check_warnings(*state, "alias/was", "");
	check_warnings(*state, "a:m/top", "");
	check_warnings(*state, "service/v", "");
	check_warnings(*state, "term/t", "");
	check_warnings(*state, "service/", "");
}

static void a_warning_goes_with_the_day(void **state)
{
	today(2026, 6, 30, 0);
	check_warnings(*state, "service/s", "Retires soon: Old thing, 2026-06-30; Retires: 2027-07-01; ");
	today(2025, 6, 29, 0);
	check_warnings(*state, "service/s", "Retires: Old thing, 2026-06-30; Retires: 2027-07-01; ");
	today(2027, 7, 2, 0);
	check_warnings(*state, "service/s", "Retired: Old thing, 2026-06-30; Retired: 2027-07-01; ");
}

static void every_format_warns_before_all_other_fields(void **state)
{
	IN_FORMATS(*state, "service/s", "\nRetired: Old thing, 2026-06-30\nRetires soon: 2027-07-01\n\nModel",
	           "\nRetired: Old thing, 2026-06-30.\nRetires soon: 2027-07-01.\nModel",
	           "\n- **Retired**: Old thing, 2026-06-30\n- **Retires soon**: 2027-07-01\n- **Model**",
	           "What it is.\\nRetired: Old thing, 2026-06-30\\nRetires soon: 2027-07-01\\nModel");
}

/* ---- doubts and sources ---- */

static void a_doubt_is_known_by_its_source(void **state UNUSED)
{
	assert_string_equal(page_doubt("ours"), "ours");
	assert_string_equal(page_doubt("recalled"), "from memory");
	assert_null(page_doubt("our"));
	assert_null(page_doubt("Ours"));
	assert_null(page_doubt("mcsb-v1"));
	assert_null(page_doubt(""));
}

static void a_duty_says_where_it_is_in_doubt(void **state)
{
	IN_FORMATS(*state, "a:m/top", " - patches the system [high] (ours)\n - tests it all\n",
	           "Customer patches the system. Severity high. Source: ours.\nCustomer tests it all.\n",
	           "- **patches** the system (high) (ours)\n- **tests** it all\n", "\"text\":\"the system\"");
	IN_FORMATS(*state, "a:m/top", " - runs the hosts (from memory)\n",
	           "Microsoft runs the hosts. Source: from memory.\n",
	           "- **runs** the hosts (from memory)\n", NULL);
}

static void check_source(const char *date, const char *want)
{
	char publisher[] = "Publisher", text[16];
	struct source s = { .publisher = publisher, .date = text };
	struct buf b = { 0 };

	snprintf(text, sizeof text, "%s", date);
	buf_add(&b, "by ");
	page_source(&s, &b);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void a_source_has_publisher_date_and_age(void **state UNUSED)
{
	today(2026, 7, 1, 0);
	check_source("", "by Publisher");
	check_source("2026-07", "by Publisher, 2026-07");
	check_source("2025-07-01", "by Publisher, 2025-07-01");
	check_source("2025-06-30", "by Publisher, 2025-06-30 (over a year old)");
	check_source("2024", "by Publisher, 2024 (over a year old)");
	unsetenv("SOURCE_DATE_EPOCH");
}

static void sources_are_printed_with_their_age(void **state)
{
	IN_FORMATS(*state, "a:m/top", " > Our own, us, 2025-06 (over a year old)\n > Recalled, us\n",
	           "Source, 1: Our own, us, 2025-06 (over a year old).\nSource, 2: Recalled, us.\n"
	           "Source, 3: Document, Publisher, 2025-07-01, https://x.org/d.\n",
	           "- Our own, us, 2025-06 (over a year old)\n- Recalled, us\n"
	           "- Document, Publisher, 2025-07-01, <https://x.org/d>\n",
	           "{\"id\":\"recalled\",\"title\":\"Recalled\",\"url\":null,\"date\":null},{\"id\":\"doc\","
	           "\"title\":\"Document\",\"url\":\"https://x.org/d\",\"date\":\"2025-07-01\"}");
}

/* ---- sections alone ---- */

static void check_only(const struct small *s, const char *link, const char *section_name, int sections)
{
	struct page *p = open_page(s->kb, link);
	struct lines l = { 0 };
	struct mark mark[20];
	struct err e = { 0 };

	assert_int_equal(page_only(p, section_name, &e), sections ? 0 : -1);
	assert_int_equal(page_lines(p, &l, 80, mark, COUNT(mark)), sections);
	if (sections) {
		assert_string_equal(mark[0].name, section_name);
		assert_int_equal(mark[0].line, 0);
	} else {
		assert_int_equal(e.status, STATUS_LINK);
		util_assert_sentence(e.msg);
	}
	lines_release(&l);
	page_free(p);
}

static void a_section_alone_has_neither_warnings_nor_fields_nor_prose(void **state)
{
	static const char *const names[] = { "column", "layer/low", "practices", "terms", "aliases", "sources" };

	for (int i = 0; i < COUNT(names); i++)
		check_only(*state, "service/s", names[i], 1);
	check_only(*state, "service/s", "part-of", 0);
	check_only(*state, "service/s", "top", 0);
	check_only(*state, "service/s", "customer", 0);
	check_only(*state, "service/v", "sources", 0);
	check_only(*state, "control/x/1", "crosswalk", 1);
	check_only(*state, "service/", "services", 1);
	check_only(*state, "index", "index", 1);
}

static void duties_of_another_edition_go_with_their_cell(void **state)
{
	IN_FORMATS(*state, "b:m/top", "Duties as in\n > A, Top: Customer\n",
	           "Duties as in A, Top, a:m/top.\n", "\nDuties as in A, Top (`a:m/top`).\n",
	           "\"editions\":[{\"link\":\"a:m/top\",\"holder\":\"customer\"}]");
}

static void a_section_alone_does_not_say_where_its_duties_are_from(void **state)
{
	check_only(*state, "b:m/top", "sources", 1);
}

/* ---- lists ---- */

static void check_list(struct kb *kb, const char *link, int n)
{
	struct page *p = open_page(kb, link);

	assert_string_equal(p->entry.link, link);
	assert_int_equal(p->nsection, 1);
	assert_int_equal(p->section[0].refs.n, n);
	assert_int_equal(p->sources.n, 0);
	for (int i = 0; i < n; i++)
		page_free(open_page(kb, p->section[0].refs.ref[i].link));
	page_free(p);
}

static void every_kind_has_a_list_of_all_that_there_is(void **state)
{
	const struct small *s = *state;
	static const int want[KIND__COUNT] = { [KIND_MATRIX] = 2, [KIND_MODEL] = 2, [KIND_LAYER] = 3,
		[KIND_CELL] = 3, [KIND_SERVICE] = 2, [KIND_PRACTICE] = 1, [KIND_MISCONCEPTION] = 1,
		[KIND_BENCHMARK] = 1, [KIND_CONTROL] = 2, [KIND_TERM] = 1, [KIND_ALIAS] = 2,
		[KIND_SOURCE] = 3 };
	char link[40];
	int kinds = 0;

	for (int k = 0; k < KIND__COUNT; k++) {
		snprintf(link, sizeof link, "%s/", kind_table[k].word);
		check_list(s->kb, link, want[k]);
		kinds += want[k] > 0;
	}
	check_list(s->kb, "index", kinds);
}

static void the_index_counts_each_kind(void **state)
{
	IN_FORMATS(*state, "index", " > Services: 2\n", "Kinds, 7: Services: 2, service/.\n",
	           "- Services: 2 (`service/`)\n", "{\"link\":\"service/\",\"title\":\"Services: 2\"}");
}

static void a_list_shows_its_kind_in_every_format(void **state)
{
	IN_FORMATS(*state, "service/",
	           "Services: LIST   service/\n\nServices\n > Service S\n > Service V\n",
	           "Services: list. Link: service/.\nServices, 1: Service S, service/s.\n",
	           "# Services\n\n`service/`\n",
	           "\"link\":\"service/\",\"kind\":\"list\",\"title\":\"Services\",\"text\":\"\"");
	IN_FORMATS(*state, "cell/", " > Model / Top: Customer\n",
	           "Cells, 2: Model / Low: Microsoft, a:m/low.\n",
	           "- Model / Low: Microsoft (`a:m/low`)\n", NULL);
}

static void a_list_of_no_kind_is_no_page(void **state)
{
	static const char *const links[] = { "thing/", "/", "services/", "service//", "index/", "indexes",
		                             "service" };
	const struct small *s = *state;

	for (int i = 0; i < COUNT(links); i++) {
		struct err e = { 0 };
		assert_null(page_load(s->kb, links[i], &e));
		assert_int_equal(e.status, STATUS_LINK);
		assert_non_null(strstr(e.msg, links[i]));
	}
}

static void lists_of_the_shipped_pack_hold_every_entry(void **state)
{
	struct page *index = open_page(*state, "index");
	int n = 0, all = -1;

	for (int i = 0; i < index->section[0].refs.n; i++) {
		struct page *p = open_page(*state, index->section[0].refs.ref[i].link);
		n += p->section[0].refs.n;
		page_free(p);
	}
	util_each(util_db(), "SELECT count(*) FROM entry", see_number, &all);
	assert_int_equal(n, all);
	page_free(index);
}

/* ---- a hostile database ---- */

static void check_hostile(void *ctx, const char *link)
{
	struct err e = { 0 };
	struct page *p = page_load(ctx, link, &e);
	struct lines l = { 0 };

	assert_non_null(p);
	for (int i = 0; i < COUNT(all_formats); i++)
		if (format_has(format_of(all_formats[i]), FORMAT_PAGE))
			free(print(all_formats[i], false, NULL, p, NULL));
	page_lines(p, &l, 40, NULL, 0);
	for (int i = 0; i < l.n; i++)
		util_assert_tame(l.line[i].text, false);
	lines_release(&l);
	page_free(p);
}

#define BAD " || char(27, 91, 50, 74, 7, 10, 13, 155, 8238, 917569, 65279, 96, 62, 34, 44, 124)"

static void no_format_lets_through_what_a_hostile_database_holds(void **state)
{
	const char *file = util_path(*state, "x.db");
	struct kb *kb;
	struct table *t;

	util_copy(util_db(), file);
	util_sql(file,
	         "UPDATE entry SET title = title" BAD ", summary = summary" BAD
	         "; UPDATE prose SET text = text" BAD ";"
	         "UPDATE duty SET text = text" BAD ", verb = verb" BAD
	         "; UPDATE holder SET word = word" BAD ";"
	         "UPDATE source SET url = url" BAD ", publisher = publisher" BAD ", date = date" BAD
	         ";"
	         "UPDATE layer SET full = full" BAD ", short = short" BAD
	         "; UPDATE band SET name = name" BAD ";"
	         "UPDATE matrix SET edition = edition" BAD "; UPDATE step SET text = text" BAD ";"
	         "UPDATE feature SET name = name" BAD "; UPDATE example SET lesson = lesson" BAD
	         ", date = date" BAD);
	kb = util_open(file);
	util_each(file, "SELECT link FROM entry WHERE id % 2", check_hostile, kb);
	t = open_table(kb, NULL);
	for (int i = 0; i < COUNT(all_formats); i++)
		free(print(all_formats[i], i % 2 == 0, t, NULL, NULL));
	table_free(t);
	kb_close(kb);
}

#define SHIPPED(test) cmocka_unit_test_setup_teardown(test, util_open_shipped, util_close)
#define SMALL(test) cmocka_unit_test_setup_teardown(test, setup_small, teardown_small)
#define BIG(test) cmocka_unit_test_setup_teardown(test, setup_big, teardown_big)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		BIG(a_table_knows_its_size_before_it_reads_a_cell),
		BIG(a_full_read_holds_every_cell),
		BIG(a_window_is_cut_to_the_table),
		BIG(windows_that_move_agree_with_a_full_read),
		BIG(down_and_up_only_the_new_rows_are_read),
		BIG(heads_that_stay_are_not_read_again),
		BIG(the_same_window_reads_nothing),
		BIG(rows_and_columns_are_found_by_their_ids),
		BIG(a_hole_in_the_heads_moves_no_name),
		BIG(a_matrix_that_is_not_there_is_an_unknown_link),
		BIG(the_longest_label_that_fits_is_taken),
		cmocka_unit_test(an_end_is_past_within_a_year_or_later),
		cmocka_unit_test(a_month_or_a_year_ends_with_its_last_day),
		cmocka_unit_test(what_is_more_than_a_year_ago_is_old),
		cmocka_unit_test(a_year_from_the_day_that_other_years_lack_ends_with_february),
		cmocka_unit_test(a_day_is_that_of_utc_wherever_one_is),
		cmocka_unit_test(without_a_day_of_its_own_it_is_that_of_the_clock),
		cmocka_unit_test(a_day_that_is_none_does_no_harm),
		SHIPPED(every_entry_has_a_page),
		SHIPPED(every_link_of_a_page_leads_to_a_page),
		SHIPPED(a_link_that_leads_nowhere_is_no_page),
		SHIPPED(a_cell_says_what_each_party_does),
		SHIPPED(a_badge_is_the_holder_or_the_kind),
		SHIPPED(sections_have_what_their_kind_promises),
		SHIPPED(a_practice_has_numbered_steps),
		SHIPPED(a_brief_page_has_the_same_duties_without_sources),
		SHIPPED(a_page_can_be_cut_to_a_section),
		SHIPPED(a_section_that_a_page_has_not_is_an_unknown_link),
		SHIPPED(every_page_fits_every_width),
		SHIPPED(marks_are_no_more_than_there_is_room_for),
		cmocka_unit_test(formats_are_known_by_their_names),
		SHIPPED(csv_has_a_row_a_layer),
		SHIPPED(long_csv_has_a_row_a_duty),
		BIG(csv_quotes_and_disarms_what_it_must),
		SHIPPED(json_of_a_grid_has_its_shape),
		BIG(json_of_a_matrix_without_bands_and_sources_has_null),
		SHIPPED(json_of_a_cell_has_its_shape),
		SHIPPED(json_of_every_page_parses),
		SHIPPED(every_format_prints_every_page_without_control_bytes),
		SHIPPED(every_format_prints_the_grid_with_all_its_cells),
		SHIPPED(lines_of_text_fit_an_ordinary_terminal),
		SHIPPED(plain_text_is_made_of_sentences),
		SHIPPED(the_shipped_pack_prints_as_ascii),
		SHIPPED(json_of_hits_has_its_shape),
		SHIPPED(no_hits_are_printed_as_none),
		SMALL(pages_of_each_kind_have_their_sections),
		SMALL(a_service_shows_its_column_and_where_it_leaves_it),
		SMALL(a_service_says_model_access_and_variant),
		SMALL(a_cell_says_which_services_leave_it_and_why),
		SMALL(a_control_says_benchmark_domain_and_crosswalk),
		SMALL(terms_misconceptions_and_benchmarks_have_their_summary_and_links),
		SMALL(equal_titles_of_two_matrices_are_told_apart),
		SMALL(a_page_warns_of_what_ends_and_of_nothing_else),
		SMALL(a_warning_goes_with_the_day),
		SMALL(every_format_warns_before_all_other_fields),
		cmocka_unit_test(a_doubt_is_known_by_its_source),
		SMALL(a_duty_says_where_it_is_in_doubt),
		cmocka_unit_test(a_source_has_publisher_date_and_age),
		SMALL(sources_are_printed_with_their_age),
		SMALL(a_section_alone_has_neither_warnings_nor_fields_nor_prose),
		SMALL(duties_of_another_edition_go_with_their_cell),
		SMALL(a_section_alone_does_not_say_where_its_duties_are_from),
		SMALL(every_kind_has_a_list_of_all_that_there_is),
		SMALL(the_index_counts_each_kind),
		SMALL(a_list_shows_its_kind_in_every_format),
		SMALL(a_list_of_no_kind_is_no_page),
		SHIPPED(lists_of_the_shipped_pack_hold_every_entry),
		cmocka_unit_test_setup_teardown(
			no_format_lets_through_what_a_hostile_database_holds, util_setup,
			util_teardown),
	};

	util_start();
	text_init();
	return UTIL_RUN("what the program knows: tables, pages and formats", tests);
}
