#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/fuzzy.h"
#include "text/text.h"

#define E_ACUTE "\303\251"              /* U+00E9 */
#define ACUTE "\314\201"                /* U+0301, combining */
#define SHARP_S "\303\237"              /* folds to two letters */

static int score(const char *typed, const char *text)
{
	struct fuzzy f;

	fuzzy_init(&f, typed);
	return fuzzy_score(&f, &(struct fuzzy_text){ .text = text }, 1);
}

/* The letters that are marked, between brackets. */
static void check_marks(const char *typed, const char *text, const char *want)
{
	struct rich r = { 0 };
	struct buf b = { 0 };
	struct fuzzy f;
	int at = 0;

	fuzzy_init(&f, typed);
	fuzzy_mark(&f, &r, text, FACE_TEXT, FACE_STRONG);
	assert_string_equal(buf_str(&r.text), text);
	for (int i = 0; i < r.n; i++) {
		assert_int_equal(r.span[i].face, FACE_STRONG);
		buf_addn(&b, text + at, (size_t)(r.span[i].from - at));
		buf_addf(&b, "[%.*s]", r.span[i].n, text + r.span[i].from);
		at = r.span[i].from + r.span[i].n;
	}
	buf_add(&b, text + at);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
	rich_release(&r);
}

/* ---- what is better ---- */

/* Each text fits better than the next one; behind NULL those that do not fit. */
static const struct {
	const char *typed, *text[8];
} table[] = {
	/* the name itself, its beginning, the beginning of a word, within a word */
	{ "open", { "open", "opening", "to open", "reopen", NULL, "pen", "one pa" } },
	{ "model", { "model", "models", "data model", "supermodel", NULL, "mode" } },
	/* the same letters in a row, and apart */
	{ "ex", { "examples", "enter x", "index", NULL, "xe" } },
	/* beginnings of words, of parts of words, and letters anywhere */
	{ "ss", { "SaaS", "Shared state", "classes", NULL, "SaaaP" } },
	{ "as", { "AppService", "App Service", "apples", NULL, "Sa" } },
	{ "pd", { "page-down", "prepaid", NULL, "down page" } },
	/* the shorter of two that begin alike */
	{ "sql", { "SQL Database", "SQL Server on Azure Virtual Machines", NULL, "QLS" } },
	/* words in any order */
	{ "ma vi", { "Virtual Machines", "Visual Studio Machines for all", NULL, "Virtual", "Machines" } },
	/* as typed by those who know the short name */
	{ "rbac", { "RBAC", "Role-based access control", NULL, "Role-based duties" } },
	/* too far apart is by chance */
	{ "xyz", { "xyz", "x-y-z", NULL,
		   "x is a letter that stands far from a y, which stands just as far from z" } },
};

static void the_better_text_is_above_the_other(void **state UNUSED)
{
	for (int i = 0; i < ARRAY_LEN(table); i++) {
		int above = INT32_MAX, k = 0;
		for (; table[i].text[k]; k++) {
			int s = score(table[i].typed, table[i].text[k]);
			if (s <= 0 || s >= above)
				fail_msg("%s: %s has %d, the one before %d", table[i].typed,
					 table[i].text[k], s, above);
			above = s;
		}
		for (k++; k < ARRAY_LEN(table[i].text) && table[i].text[k]; k++)
			if (score(table[i].typed, table[i].text[k]))
				fail_msg("%s fits %s", table[i].typed, table[i].text[k]);
	}
}

static void case_and_marks_make_no_difference(void **state UNUSED)
{
	int same = score("resume", "resume");

	assert_true(same > 0);
	assert_int_equal(score("RESUME", "resume"), same);
	assert_int_equal(score("resume", "Resume"), same);
	assert_int_equal(score("r" E_ACUTE "sum" E_ACUTE, "resume"), same);
	assert_int_equal(score("resume", "re" ACUTE "sume" ACUTE), same);
	assert_true(score("strasse", "stra" SHARP_S "e") > 0);
	assert_true(score("stra" SHARP_S "e", "STRASSE") > 0);
}

static void where_nothing_is_typed_all_fit_alike(void **state UNUSED)
{
	assert_int_equal(score("", "one"), score("", ""));
	assert_int_equal(score("   ", "one"), score("", "another"));
	assert_true(score("", "one") > 0);
	assert_int_equal(score("a", ""), 0);
}

static void each_word_may_stand_in_a_text_of_its_own(void **state UNUSED)
{
	const struct fuzzy_text texts[] = { { .text = "Virtual Machines" }, { .text = "vm", .less = 5 },
					    { .text = "Servers of your own", .less = 20, .prose = true } };
	struct fuzzy f;
	int both, one;

	fuzzy_init(&f, "virtual own");
	both = fuzzy_score(&f, texts, 3);
	assert_true(both > 0);
	assert_int_equal(fuzzy_score(&f, texts, 2), 0);
	fuzzy_init(&f, "virtual");
	one = fuzzy_score(&f, texts, 3);
	assert_true(one > 0 && one < both);
	fuzzy_init(&f, "vm");           /* the id, exactly, is more than two letters of the title */
	assert_true(fuzzy_score(&f, texts, 2) > fuzzy_score(&f, texts, 1));
}

static void in_prose_a_word_is_found_whole(void **state UNUSED)
{
	struct fuzzy_text prose = { .text = "Go to the model at the left", .prose = true };
	struct fuzzy f;

	fuzzy_init(&f, "mod");
	assert_true(fuzzy_score(&f, &prose, 1) > 0);
	fuzzy_init(&f, "mdl");
	assert_int_equal(fuzzy_score(&f, &prose, 1), 0);
	fuzzy_init(&f, "odel");
	assert_int_equal(fuzzy_score(&f, &prose, 1), 0);
	fuzzy_init(&f, "the left mod");
	assert_true(fuzzy_score(&f, &prose, 1) > 0);
}

static void a_text_is_less_by_what_it_says(void **state UNUSED)
{
	struct fuzzy f;
	struct fuzzy_text text = { .text = "title" };
	int all;

	fuzzy_init(&f, "tit");
	all = fuzzy_score(&f, &text, 1);
	text.less = 7;
	assert_int_equal(fuzzy_score(&f, &text, 1), all - 7);
	text.less = 100000;             /* it still fits */
	assert_true(fuzzy_score(&f, &text, 1) > 0);
}

/* ---- marks ---- */

static void the_letters_that_fit_are_marked(void **state UNUSED)
{
	check_marks("", "Virtual Machines", "Virtual Machines");
	check_marks("vm", "Virtual Machines", "[V]irtual [M]achines");
	check_marks("ma vir", "Virtual Machines", "[Vir]tual [Ma]chines");
	check_marks("chi", "Virtual Machines", "Virtual Ma[chi]nes");
	check_marks("xx vir", "Virtual Machines", "[Vir]tual Machines");
	check_marks("ss", "SaaS", "[S]aa[S]");
	check_marks("rbc", "Role-based access control", "[R]ole-[b]ased access [c]ontrol");
}

static void a_letter_is_marked_with_what_combines_with_it(void **state UNUSED)
{
	check_marks("ae", "xa" "e" ACUTE ACUTE "z", "x[ae" ACUTE ACUTE "]z");
	check_marks("e", "x" E_ACUTE "z", "x[" E_ACUTE "]z");
	check_marks("s", "a" SHARP_S "z", "a[" SHARP_S "]z");
	check_marks("ss", "a" SHARP_S "z", "a[" SHARP_S "]z");
}

/* ---- what is too much, and what is no text ---- */

static void what_is_too_long_is_cut_and_does_no_harm(void **state UNUSED)
{
	struct buf typed = { 0 }, text = { 0 };
	struct rich r = { 0 };
	struct fuzzy f;

	buf_fill(&typed, 'a', 1000);
	buf_fill(&text, 'a', 1000);
	assert_true(score(buf_str(&typed), buf_str(&text)) > 0);
	buf_clear(&typed);
	for (int i = 0; i < 100; i++)
		buf_add(&typed, "a ");
	fuzzy_init(&f, buf_str(&typed));
	assert_int_equal(f.n, FUZZY_WORDS);
	assert_int_equal(f.word[FUZZY_WORDS - 1].n, 1);
	fuzzy_mark(&f, &r, buf_str(&text), FACE_TEXT, FACE_STRONG);
	assert_int_equal(r.text.len, 1000);
	buf_add(&text, "z");            /* behind what is looked at */
	assert_int_equal(score("z", buf_str(&text)), 0);
	rich_release(&r);
	buf_release(&typed);
	buf_release(&text);
}

static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 16) % below;
}

/* Whether the letters of a word stand in a text in order; and that what is marked spells it. */
static void check_order(const char *typed, const char *text)
{
	struct rich r = { 0 };
	struct buf marked = { 0 };
	const char *want = typed;
	struct fuzzy f;

	for (const char *s = text; *s && *want; s++)
		want += *s == *want;
	assert_int_equal(score(typed, text) > 0, !*want);
	fuzzy_init(&f, typed);
	fuzzy_mark(&f, &r, text, FACE_TEXT, FACE_STRONG);
	for (int i = 0; i < r.n; i++)
		buf_addn(&marked, text + r.span[i].from, (size_t)r.span[i].n);
	assert_string_equal(buf_str(&marked), *want ? "" : typed);
	buf_release(&marked);
	rich_release(&r);
}

/* Against the plainest way to say it, in texts too short for letters to be too far apart. */
static void a_word_fits_where_its_letters_stand_in_order(void **state UNUSED)
{
	uint32_t seed = 20261122;
	int fit = 0;

	for (int round = 0; round < 20000; round++) {
		char typed[8] = { 0 }, text[16] = { 0 };
		for (int i = 0; i < 1 + round % 4; i++)
			typed[i] = "abc-"[draw(&seed, 4)];
		for (int i = 0; i < 10; i++)
			text[i] = "abc- "[draw(&seed, 5)];
		check_order(typed, text);
		fit += score(typed, text) > 0;
	}
	assert_in_range(fit, 5000, 18000);
}

static void bytes_that_are_no_text_do_no_harm(void **state UNUSED)
{
	assert_int_equal(score("a", "\377\376"), 0);
	assert_true(score("\377", "\377\376") >= 0);
	check_marks("a", "\303a\200a", "\303[a]\200a");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_better_text_is_above_the_other),
		cmocka_unit_test(case_and_marks_make_no_difference),
		cmocka_unit_test(where_nothing_is_typed_all_fit_alike),
		cmocka_unit_test(each_word_may_stand_in_a_text_of_its_own),
		cmocka_unit_test(in_prose_a_word_is_found_whole),
		cmocka_unit_test(a_text_is_less_by_what_it_says),
		cmocka_unit_test(the_letters_that_fit_are_marked),
		cmocka_unit_test(a_letter_is_marked_with_what_combines_with_it),
		cmocka_unit_test(what_is_too_long_is_cut_and_does_no_harm),
		cmocka_unit_test(a_word_fits_where_its_letters_stand_in_order),
		cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
	};

	text_init();
	return cmocka_run_group_tests_name("fuzzy: what is typed fits letter by letter", tests, NULL, NULL);
}
