#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>

#include "util.h"

#include "text/face.h"
#include "text/lines.h"
#include "text/text.h"
#include "text/words.h"

#define E_ACUTE "\303\251"              /* U+00E9 */
#define ACUTE "\314\201"                /* U+0301, combining */
#define HAN "\346\274\242"              /* U+6F22, wide */
#define EMOJI "\360\237\230\200"        /* U+1F600, wide */
#define BAD "\357\277\275"              /* U+FFFD */

static void encode(struct buf *b, uint32_t cp)
{
	if (cp < 0x80)
		buf_addc(b, (char)cp);
	else if (cp < 0x800)
		buf_addf(b, "%c%c", (int)(0xc0 | cp >> 6), (int)(0x80 | (cp & 0x3f)));
	else if (cp < 0x10000)
		buf_addf(b, "%c%c%c", (int)(0xe0 | cp >> 12), (int)(0x80 | (cp >> 6 & 0x3f)),
		         (int)(0x80 | (cp & 0x3f)));
	else
		buf_addf(b, "%c%c%c%c", (int)(0xf0 | cp >> 18), (int)(0x80 | (cp >> 12 & 0x3f)),
		         (int)(0x80 | (cp >> 6 & 0x3f)), (int)(0x80 | (cp & 0x3f)));
}

/* ---- decode, columns ---- */

static void a_code_point_is_decoded_with_its_length(void **state UNUSED)
{
	static const struct {
		const char *s; uint32_t cp; int n;
	} cases[] = { { "", 0, 0 },
		      { "a", 'a', 1 },
		      { "\x7f", 0x7f, 1 },
		      { "\302\200", 0x80, 2 },
		      { "\337\277", 0x7ff, 2 },
		      { "\340\240\200", 0x800, 3 },
		      { HAN "x", 0x6f22, 3 },
		      { "\357\277\277", 0xffff, 3 },
		      { "\360\220\200\200", 0x10000, 4 },
		      { "\364\217\277\277", 0x10ffff, 4 },
		      { "\n", '\n', 1 } };
	uint32_t cp;

	for (int i = 0; i < COUNT(cases); i++) {
		assert_int_equal(text_decode(cases[i].s, &cp), cases[i].n);
		assert_int_equal(cp, cases[i].cp);
	}
}

static const char *const wrong[] = {
	"\200", "\277", "\300\257", "\301\277", "\340\200\257", "\340\237\277", "\360\200\200\257",
	"\360\217\277\277",                             /* overlong */
	"\355\240\200", "\355\277\277",                 /* surrogates */
	"\302", "\342\202", "\360\237\230",             /* cut short */
	"\364\220\200\200", "\365\200\200\200", "\376", "\377", "\370\210\200\200\200" };

static void every_kind_of_bad_byte_moves_on_and_counts(void **state UNUSED)
{
	uint32_t cp;

	for (int i = 0; i < COUNT(wrong); i++) {
		const char *s = wrong[i];
		int n = text_decode(s, &cp);
		assert_int_equal(cp, 0xfffd);
		assert_in_range(n, 1, strlen(s));
		assert_in_range(text_columns(s), 1, strlen(s));
		assert_in_range(text_fit(s, strlen(s), 99), strlen(s), strlen(s));
	}
}

static void a_bad_byte_does_not_swallow_what_follows(void **state UNUSED)
{
	char text[16];
	uint32_t cp;

	for (int i = 0; i < COUNT(wrong); i++) {
		const char *s = text;
		bool seen = false;
		snprintf(text, sizeof text, "%sx", wrong[i]);
		for (int n; (n = text_decode(s, &cp)); s += n)
			seen = seen || cp == 'x';
		assert_true(seen);
	}
}

static void columns_are_those_of_a_terminal(void **state UNUSED)
{
	assert_int_equal(text_columns(""), 0);
	assert_int_equal(text_columns("abc"), 3);
	assert_int_equal(text_columns("e" ACUTE), 1);
	assert_int_equal(text_columns(E_ACUTE), 1);
	assert_int_equal(text_columns(HAN EMOJI "a"), 5);
	assert_int_equal(text_columns_n("abcdef", 4), 4);
	assert_int_equal(text_columns_n("ab", 99), 2);
	assert_int_equal(text_columns_n("ab", 0), 0);
	assert_int_equal(text_cp_columns(0x301), 0);
	assert_int_equal(text_cp_columns(0x6f22), 2);
	assert_int_equal(text_cp_columns('a'), 1);
}

static void what_fits_takes_its_marks_along_and_never_half_a_character(void **state UNUSED)
{
	static const struct {
		const char *s; int columns; size_t n;
	} cases[] = { { "abc", 0, 0 },   { "abc", 2, 2 },     { "abc", 3, 3 },
		      { "abc", 9, 3 },   { "abc", -1, 0 },    { "e" ACUTE "x", 1, 3 },
		      { HAN HAN, 1, 0 }, { HAN HAN, 2, 3 },   { HAN HAN, 3, 3 },
		      { HAN "a", 3, 4 }, { ACUTE "a", 0, 2 }, { "", 5, 0 } };

	for (int i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_fit(cases[i].s, SIZE_MAX, cases[i].columns), cases[i].n);
	assert_int_equal(text_fit("abcdef", 2, 5), 2);
}

static void what_fits_is_never_more_than_the_bytes_there_are(void **state UNUSED)
{
	static const char text[] = "a" E_ACUTE HAN EMOJI "z";

	for (size_t n = 0; n < sizeof text; n++)
		assert_in_range(text_fit(text, n, 99), 0, n);
}

static void check_clip(const char *s, int columns, const char *want)
{
	struct buf b = { 0 };

	buf_add(&b, "|");
	text_clip(&b, s, columns);
	assert_string_equal(buf_str(&b) + 1, want);
	buf_release(&b);
}

static void a_text_that_is_too_long_ends_in_a_tilde(void **state UNUSED)
{
	check_clip("abcdef", 6, "abcdef");
	check_clip("abcdef", 5, "abcd~");
	check_clip("abcdef", 1, "~");
	check_clip("abcdef", 0, "");
	check_clip("abcdef", -4, "");
	check_clip("", 3, "");
	check_clip(HAN HAN, 4, HAN HAN);
	check_clip(HAN HAN, 3, HAN "~");
	check_clip(HAN HAN, 2, "~");
	check_clip("ae" ACUTE "b", 2, "a~");
	check_clip("abe" ACUTE, 3, "abe" ACUTE);
}

static void a_padded_text_has_exactly_its_columns(void **state UNUSED)
{
	static const char *const texts[] = { "",       "a",         "abcdef",
		                             HAN,      HAN HAN HAN, "e" ACUTE "e" ACUTE,
		                             EMOJI "x" };

	for (int i = 0; i < COUNT(texts); i++)
		for (int columns = 0; columns < 12; columns++) {
			struct buf b = { 0 };
			buf_add(&b, HAN);
			text_pad(&b, texts[i], columns);
			assert_int_equal(text_columns(buf_str(&b)), 2 + columns);
			buf_release(&b);
		}
}

/* ---- clean, bad ---- */

static char *clean(const char *s, size_t n, bool lines)
{
	struct buf b = { 0 };

	text_clean(&b, s, n, lines);
	return buf_detach(&b);
}

static void check_clean(const char *s, size_t n)
{
	for (int lines = 0; lines < 2; lines++) {
		char *once = clean(s, n, lines), *twice = clean(once, strlen(once), lines);
		util_assert_tame(once, lines);
		assert_string_equal(once, twice);
		assert_int_equal(text_bad(once, strlen(once), lines), strlen(once));
		assert_int_equal(text_bad(s, n, lines) == n,
		                 strlen(once) == n && !memcmp(once, s, n));
		free(once);
		free(twice);
	}
}

static void no_code_point_gets_through_that_acts(void **state UNUSED)
{
	for (uint32_t cp = 0; cp <= 0x10ffff; cp += cp < 0x3000 || cp >= 0xd700 ? 1 : 7) {
		struct buf b = { 0 };
		if (cp == 0x30000)
			cp = 0xdfff0;
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		buf_addc(&b, 'a');
		encode(&b, cp);
		buf_addc(&b, 'z');
		check_clean(b.data, b.len);
		buf_release(&b);
	}
}

static void no_pair_of_bytes_gets_through_that_acts(void **state UNUSED)
{
	for (int i = 0; i < 0x10000; i += i < 0x8000 ? 3 : 1) {
		char s[3] = { (char)(i >> 8), (char)i, 'z' };
		check_clean(s, sizeof s);
	}
}

static void random_bytes_are_cleaned(void **state UNUSED)
{
	char s[60];

	util_seed();
	for (int i = 0; i < 3000; i++) {
		size_t n = util_random(sizeof s);
		for (size_t k = 0; k < n; k++)
			s[k] = (char)(util_random(3) ? 0x80 + util_random(128) : util_random(128));
		char *once = clean(s, n, true), *twice = clean(once, strlen(once), true);
		util_assert_tame(once, true);
		assert_string_equal(once, twice);
		free(once);
		free(twice);
	}
}

static void bad_bytes_become_replacement_characters(void **state UNUSED)
{
	for (int i = 0; i < COUNT(wrong); i++) {
		char *s = clean(wrong[i], strlen(wrong[i]), false);
		assert_int_equal(strlen(s) % 3, 0);
		assert_in_range(strlen(s), 3, 3 * strlen(wrong[i]));
		assert_memory_equal(s, BAD, 3);
		assert_int_equal(text_bad(wrong[i], strlen(wrong[i]), true), 0);
		free(s);
	}
}

static void check_cleaned(const char *s, size_t n, bool lines, const char *want)
{
	char *out = clean(s, n, lines);

	assert_string_equal(out, want);
	free(out);
}

static void tabs_newlines_and_escapes_have_their_fates(void **state UNUSED)
{
	check_cleaned("a\tb\nc", 5, true, "a b\nc");
	check_cleaned("a\tb\nc", 5, false, "a b c");
	check_cleaned("\033[2J", 4, true, BAD "[2J");
	check_cleaned("a\0b", 3, true, "a" BAD "b");
	check_cleaned("a\rb\x7f", 4, true, "a" BAD "b" BAD);
	check_cleaned("\302\233" "2J", 4, true, BAD "2J");
	check_cleaned("\342\200\256abc", 6, false, BAD "abc");
	check_cleaned("", 0, false, "");
	check_cleaned("gr\303\274n " HAN, 9, false, "gr\303\274n " HAN);
}

static void joiners_and_variation_selectors_go_without_a_trace(void **state UNUSED)
{
	check_cleaned("a\342\200\215b", 5, false, "ab");
	check_cleaned("a\357\270\217b", 5, false, "ab");
	check_cleaned("so\302\255ft", 6, false, "soft");
}

static void at_most_four_marks_combine(void **state UNUSED)
{
	struct buf b = { 0 };
	char *s;

	buf_add(&b, "Z");
	for (int i = 0; i < 200; i++)
		buf_add(&b, ACUTE);
	buf_add(&b, "x" ACUTE);
	s = clean(b.data, b.len, false);
	assert_string_equal(s, "Z" ACUTE ACUTE ACUTE ACUTE "x" ACUTE);
	free(s);
	buf_release(&b);
}

static void what_goes_does_not_let_more_marks_combine(void **state UNUSED)
{
	static const char *const between[] = { "\302\255", "\342\200\215", "\357\270\217",
		                               "\315\217" };

	for (int i = 0; i < COUNT(between); i++) {
		struct buf b = { 0 };
		char *s;
		buf_add(&b, "Z");
		for (int k = 0; k < 5; k++)
			buf_addf(&b, ACUTE ACUTE ACUTE "%s", between[i]);
		s = clean(b.data, b.len, false);
		assert_in_range(strlen(s), 1, 1 + 4 * strlen(ACUTE));
		free(s);
		buf_release(&b);
	}
}

static void too_many_marks_are_bad_where_cleaning_changes_them(void **state UNUSED)
{
	static const char four[] = "Z" ACUTE ACUTE ACUTE ACUTE,
			  five[] = "Z" ACUTE ACUTE ACUTE ACUTE ACUTE;

	assert_int_equal(text_bad(four, strlen(four), true), strlen(four));
	assert_int_equal(text_bad(five, strlen(five), true), strlen(four));
}

static void the_first_bad_byte_is_found(void **state UNUSED)
{
	static const struct {
		const char *s; bool lines; size_t at;
	} cases[] = { { "plain", false, 5 },
		      { "a\nb", true, 3 },
		      { "a\nb", false, 1 },
		      { "a\tb", true, 1 },
		      { "a\rb", true, 1 },
		      { HAN "\377", true, 3 },
		      { HAN "\342\202", true, 3 },
		      { "ab\342\200\256", true, 2 },
		      { "", true, 0 },
		      { "\357\273\277id", true, 0 },
		      { "ok\356\200\200", true, 2 },
		      { "x\177", true, 1 } };

	for (int i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_bad(cases[i].s, strlen(cases[i].s), cases[i].lines),
		                 cases[i].at);
	assert_int_equal(text_bad("a\0b", 3, true), 1);
}

/* ---- ascii ---- */

static void check_ascii(const char *s, const char *want)
{
	struct buf b = { 0 };

	text_ascii(&b, s);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void text_in_ascii_uses_the_nearest_kin(void **state UNUSED)
{
	check_ascii("", "");
	check_ascii("plain ~", "plain ~");
	check_ascii("\342\200\234a\342\200\235 \342\200\223 b\342\200\246", "\"a\" - b...");
	check_ascii(E_ACUTE "\303\204\303\237", "eAss");
	check_ascii("e" ACUTE, "e");
	check_ascii(HAN "x", "??x");
	check_ascii("\320\266", "?");
	check_ascii("\342\206\222", "->");
}

static void a_letter_with_two_marks_keeps_its_letter(void **state UNUSED)
{
	check_ascii("\341\272\277", "e");       /* e with circumflex and acute */
	check_ascii("Vi\341\273\207t", "Viet");
}

static void text_in_ascii_holds_nothing_else(void **state UNUSED)
{
	for (uint32_t cp = 0x20; cp < 0x30000; cp += cp < 0x3000 ? 1 : 13) {
		struct buf in = { 0 }, out = { 0 };
		encode(&in, cp);
		text_ascii(&out, buf_str(&in));
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.data[i] < 0x80);
		buf_release(&in);
		buf_release(&out);
	}
}

static void a_word_is_made_of_letters_digits_and_marks(void **state UNUSED)
{
	assert_true(text_is_word('a'));
	assert_true(text_is_word('7'));
	assert_true(text_is_word(0xe9));
	assert_true(text_is_word(0x301));
	assert_true(text_is_word(0x6f22));
	assert_false(text_is_word(' '));
	assert_false(text_is_word('-'));
	assert_false(text_is_word('"'));
	assert_false(text_is_word('_'));
	assert_false(text_is_word(0xfffd));
}

/* ---- fold ---- */

static void check_fold(const char *s, const char *want)
{
	struct buf b = { 0 };

	text_fold(&b, s);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void folding_takes_upper_case_and_marks_away(void **state UNUSED)
{
	check_fold("", "");
	check_fold("Azure SQL 2.0 (new)", "azure sql 2.0 (new)");
	check_fold(E_ACUTE "\303\211e" ACUTE "E" ACUTE ACUTE, "eeee");
	check_fold("\341\272\276\341\273\207", "ee");       /* with two marks each */
	check_fold("Stra\303\237e", "strasse");
	check_fold("\316\243\317\202", "\317\203\317\203");  /* both sigmas are one */
	check_fold("\320\226", "\320\266");
	check_fold(HAN EMOJI, HAN EMOJI);
	check_fold(ACUTE, "");
}

static void folding_appends_and_folds_a_second_time_to_the_same(void **state UNUSED)
{
	struct buf once = { 0 }, twice = { 0 };

	buf_add(&once, "A");
	for (uint32_t cp = 0xc0; cp < 0x2000; cp++) {
		struct buf one = { 0 };
		encode(&one, cp);
		text_fold(&once, buf_str(&one));
		buf_release(&one);
	}
	text_fold(&twice, buf_str(&once) + 1);
	assert_int_equal(once.data[0], 'A');
	assert_string_equal(buf_str(&twice), buf_str(&once) + 1);
	buf_release(&once);
	buf_release(&twice);
}

static void a_long_text_is_folded_whole(void **state UNUSED)
{
	struct buf in = { 0 }, out = { 0 };

	for (int i = 0; i < 50000; i++)
		buf_add(&in, "A" E_ACUTE);
	text_fold(&out, buf_str(&in));
	assert_int_equal(out.len, 100000);
	assert_int_equal(strspn(buf_str(&out), "ae"), 100000);
	buf_release(&in);
	buf_release(&out);
}

static void folding_does_not_lose_what_stands_beside_bad_bytes(void **state UNUSED)
{
	for (int i = 0; i < COUNT(wrong); i++) {
		struct buf in = { 0 }, out = { 0 };
		buf_addf(&in, "Before%s After", wrong[i]);
		text_fold(&out, buf_str(&in));
		assert_non_null(strstr(buf_str(&out), "before"));
		assert_non_null(strstr(buf_str(&out), "after"));
		buf_release(&in);
		buf_release(&out);
	}
}

/* ---- wrap ---- */

static int wrapped(const char *s, int columns, char line[][200], int max)
{
	struct wrap w;
	int n = 0;

	for (wrap_start(&w, s, strlen(s)); wrap_next(&w, columns);) {
		assert_true(w.to > w.from);
		assert_in_range(w.to - w.from, 1, 199);
		assert_true(n < max);
		snprintf(line[n++], 200, "%.*s", (int)(w.to - w.from), s + w.from);
	}
	wrap_release(&w);
	return n;
}

static void check_wrap(const char *s, int columns, const char *want)
{
	char line[64][200];
	struct buf b = { 0 };
	int n = wrapped(s, columns, line, COUNT(line));

	for (int i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i ? "|" : "", line[i]);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void lines_break_at_blanks(void **state UNUSED)
{
	check_wrap("the quick brown fox", 10, "the quick|brown fox");
	check_wrap("the quick brown fox", 9, "the quick|brown fox");
	check_wrap("the quick brown fox", 8, "the|quick|brown|fox");
	check_wrap("the quick brown fox", 19, "the quick brown fox");
	check_wrap("", 10, "");
	check_wrap("   ", 10, "");
	check_wrap("   a  b   ", 3, "a|b");
	check_wrap("   a  b   ", 4, "a  b");
	check_wrap("as in .NET and", 7, "as|in .NET|and");
}

static void a_word_that_is_too_long_is_broken(void **state UNUSED)
{
	check_wrap("abcdefgh", 3, "abc|def|gh");
	check_wrap("a abcdefgh", 3, "a|abc|def|gh");
	check_wrap("abc", 1, "a|b|c");
	check_wrap("abc", 0, "a|b|c");
	check_wrap("abc", -5, "a|b|c");
	check_wrap("ae" ACUTE "b", 1, "a|e" ACUTE "|b");
}

static void wide_characters_break_anywhere_and_never_in_half(void **state UNUSED)
{
	check_wrap(HAN HAN HAN, 4, HAN HAN "|" HAN);
	check_wrap(HAN HAN HAN, 5, HAN HAN "|" HAN);
	check_wrap(HAN HAN, 1, HAN "|" HAN);
}

static void a_newline_ends_its_line(void **state UNUSED)
{
	check_wrap("a\nb", 10, "a|b");
	check_wrap("a b\nc d", 2, "a|b|c|d");
	check_wrap("one\n", 10, "one");
	check_wrap("one \n two", 10, "one|two");
}

static void a_line_that_is_just_full_is_not_broken_before_its_newline(void **state UNUSED)
{
	check_wrap("aaa bbb\nccc", 7, "aaa bbb|ccc");
	check_wrap("aaa\nb", 3, "aaa|b");
}

static void a_hyphen_and_a_slash_may_end_a_line(void **state UNUSED)
{
	check_wrap("well-known", 6, "well-|known");
	check_wrap("no\302\240break", 6, "no\302\240bre|ak");
}

static int without_blanks(const char *s, char *out)
{
	int n = 0;

	for (; *s; s++)
		if (*s != ' ' && *s != '\n')
			out[n++] = *s;
	out[n] = '\0';
	return n;
}

static void random_text(char *s, int n)
{
	static const char *const parts[] = { "a", "bc", " ",       "  ",  "\n",   "-",
		                             "/", HAN,  ("e" ACUTE), EMOJI, "word", "\302\240",
		                             ".", ",",  "(",       "\"" };
	int at = 0;

	while (at < n - 8)
		at += snprintf(s + at, 8, "%s", parts[util_random(COUNT(parts))]);
}

static void wrapping_loses_nothing_but_blanks_and_every_line_fits(void **state UNUSED)
{
	char text[80], all[80], joined[80], line[80][200];

	util_seed();
	for (int i = 0; i < 4000; i++) {
		int columns = (int)util_random(30), n, at = 0;
		random_text(text, (int)sizeof text);
		n = wrapped(text, columns, line, COUNT(line));
		for (int k = 0; k < n; k++) {
			if (text_columns(line[k]) > (columns < 1 ? 1 : columns))
				assert_int_equal(text_columns(line[k]), 2); /* one wide character */
			at += without_blanks(line[k], joined + at);
		}
		without_blanks(text, all);
		assert_string_equal(joined, all);
	}
}

/* ---- rich, lines ---- */

static void runs_of_the_same_face_join(void **state UNUSED)
{
	struct rich r = { .n = 0 };

	rich_add(&r, "a", FACE_LINK);
	rich_add(&r, "b", FACE_LINK);
	rich_add(&r, "c", FACE_TEXT);
	rich_add(&r, "", FACE_CODE);
	rich_add(&r, "d", FACE_LINK);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.span[0].from, 0);
	assert_int_equal(r.span[0].n, 2);
	assert_int_equal(r.span[1].from, 3);
	rich_clear(&r);
	assert_int_equal(r.n, 0);
	assert_string_equal(buf_str(&r.text), "");
	rich_release(&r);
}

static void lines_hang_under_the_text_behind_the_marker(void **state UNUSED)
{
	struct rich r = { .n = 0 };
	struct lines l = { 0 };

	rich_add(&r, "the quick brown", FACE_TEXT);
	lines_add(&l, &r, 1, "- ", 9, true, "paas");
	assert_int_equal(l.n, 3);
	assert_string_equal(l.line[0].text, " - the");
	assert_string_equal(l.line[1].text, "   quick");
	assert_string_equal(l.line[2].text, "   brown");
	assert_int_equal(l.nstop, 1);
	assert_int_equal(l.stop[0].line, 0);
	assert_int_equal(l.stop[0].n, 3);
	assert_string_equal(l.stop[0].link, "paas");
	assert_string_equal(l.stop[0].text, "the quick brown");
	assert_int_equal(l.line[2].stop, 0);
	rich_release(&r);
	lines_release(&l);
}

static void a_line_without_a_stop_has_none(void **state UNUSED)
{
	struct rich r = { .n = 0 };
	struct lines l = { 0 };

	rich_add(&r, "heading", FACE_HEADING);
	lines_add(&l, &r, 0, "", 20, false, NULL);
	assert_int_equal(l.nstop, 0);
	assert_int_equal(l.line[0].stop, -1);
	assert_int_equal(l.line[0].nspan, 1);
	assert_int_equal(l.line[0].span[0].n, 7);
	rich_release(&r);
	lines_release(&l);
}

/* Each byte of the paragraph has the same face in its line, wherever lines break. */
static void spans_stay_with_their_bytes_at_every_width(void **state UNUSED)
{
	struct rich r = { .n = 0 };

	rich_add(&r, "UPPER CASE", FACE_STRONG);
	rich_add(&r, " lower " E_ACUTE " case ", FACE_TEXT);
	rich_add(&r, "UP", FACE_STRONG);
	rich_add(&r, "PER AGAIN", FACE_STRONG);
	for (int width = 1; width < 50; width++) {
		struct lines l = { 0 };
		lines_add(&l, &r, 2, "* ", width, true, NULL);
		for (int i = 0; i < l.n; i++)
			for (int k = 0; k < l.line[i].nspan; k++) {
				const struct span *p = &l.line[i].span[k];
				assert_in_range(p->from, 4, strlen(l.line[i].text) - 1);
				assert_in_range(p->from + p->n, 5, strlen(l.line[i].text));
				assert_int_equal(strspn(l.line[i].text + p->from, "UPERCASGIN ") >=
				                         (size_t)p->n,
				                 1);
			}
		lines_release(&l);
	}
	rich_release(&r);
}

static void a_gap_is_one_blank_line_and_never_the_first(void **state UNUSED)
{
	struct rich r = { .n = 0 };
	struct lines l = { 0 };

	lines_gap(&l);
	assert_int_equal(l.n, 0);
	rich_add(&r, "a", FACE_TEXT);
	lines_add(&l, &r, 0, "", 9, true, NULL);
	lines_gap(&l);
	lines_gap(&l);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.line[1].text, "");
	assert_int_equal(l.line[1].stop, -1);
	rich_release(&r);
	lines_release(&l);
}

static void a_stop_always_has_a_line_of_its_own(void **state UNUSED)
{
	struct rich r = { .n = 0 };
	struct lines l = { 0 };

	lines_add(&l, &r, 0, "", 9, true, "paas");
	rich_add(&r, "  ", FACE_TEXT);
	lines_add(&l, &r, 0, "", 9, true, NULL);
	for (int i = 0; i < l.nstop; i++) {
		assert_in_range(l.stop[i].n, 1, l.n);
		assert_in_range(l.stop[i].line, 0, l.n - l.stop[i].n);
	}
	rich_release(&r);
	lines_release(&l);
}

static void every_face_has_a_name_of_its_own(void **state UNUSED)
{
	for (int i = 0; i < FACE__COUNT; i++)
		assert_int_equal(face_of(face_name[i]), i);
	assert_int_equal(face_of("no such face"), FACE_OTHER);
	assert_int_equal(face_of(""), FACE_OTHER);
}

static void markup_has_no_mark_and_only_letters_of_xml(void **state UNUSED)
{
	struct buf b = { 0 };

	text_markup(&b, "");
	assert_string_equal(buf_str(&b), "");
	text_markup(&b, "a<b>&\"'\tc\n");
	assert_string_equal(buf_str(&b), "a&lt;b&gt;&amp;&quot;&#39;\tc\n");
	buf_clear(&b);
	text_markup(&b, "\1\33\303\274\377\357\277\277\355\240\200x");
	assert_null(strpbrk(buf_str(&b), "\1\33"));
	assert_null(strstr(buf_str(&b), "\357\277\277"));
	assert_null(strstr(buf_str(&b), "\355\240"));
	assert_non_null(strstr(buf_str(&b), "\303\274\357\277\275"));
	assert_int_equal(buf_str(&b)[b.len - 1], 'x');
	buf_release(&b);
}

/* ---- words that are searched for ---- */

/* A text with [] around the words where they stand. */
static void check_marked_as(const char *typed, bool inside, bool like, const char *text, const char *want)
{
	struct buf out = { 0 };
	struct rich r = { 0 };
	struct words w;
	int at = 0;

	words_init(&w, typed);
	w.inside = inside;
	w.like = like;
	words_mark(&w, &r, text, FACE_STRONG);
	assert_string_equal(buf_str(&r.text), text);
	for (int i = 0; i < r.n; i++) {
		assert_int_equal(r.span[i].face, FACE_STRONG);
		buf_addf(&out, "%.*s[%.*s]", r.span[i].from - at, text + at, r.span[i].n,
		         text + r.span[i].from);
		at = r.span[i].from + r.span[i].n;
	}
	buf_add(&out, text + at);
	assert_string_equal(buf_str(&out), want);
	assert_int_equal(words_in(&w, text) != 0, r.n > 0);
	buf_release(&out);
	rich_release(&r);
	words_release(&w);
}

static void check_marked(const char *typed, bool inside, const char *text, const char *want)
{
	check_marked_as(typed, inside, false, text, want);
}

static void words_are_marked_where_they_stand(void **state)
{
	(void)state;
	check_marked("pat gue", false, "Patch a guest, repatch.", "[Pat]ch a [gue]st, repatch.");
	check_marked("pat", true, "Patch, repatch", "[Pat]ch, re[pat]ch");
	check_marked("p pat", false, "a patch", "a [pat]ch");
	check_marked("Pat", false, "patch Patch PATCH", "patch [Pat]ch PATCH");
	check_marked("cafe", false, "Caf" E_ACUTE " cafe" ACUTE "s", "[Caf" E_ACUTE "] [cafe" ACUTE "]s");
	check_marked("CAFE", false, "CAF\303\211 caf" E_ACUTE, "[CAF\303\211] caf" E_ACUTE);
	check_marked("caf" E_ACUTE, false, "Cafe", "[Cafe]");
	check_marked("strasse", false, "Stra\303\237e", "[Stra\303\237e]");
	check_marked(HAN, false, HAN HAN, "[" HAN "]" HAN);
	check_marked("pv-6", false, "PV-6, 6v", "[PV]-[6], [6]v");
	check_marked("", false, "text", "text");
	check_marked("* \" (", false, "text \"*(", "text \"*(");
	check_marked("ab", false, "a\377b ab\377", "a\377b [ab]\377");
	check_marked("b", false, E_ACUTE "b b" HAN "b \377b", E_ACUTE "b [b]" HAN "b \377[b]");
}

static void words_are_marked_without_their_ending(void **state)
{
	(void)state;
	check_marked_as("rotation", false, true, "rotates, Rotated, rot", "[rotat]es, [Rotat]ed, rot");
	check_marked_as("key rotation", false, true, "rotates keys", "[rotat]es [key]s");
	check_marked_as("Rotation", false, true, "rotated Rotated", "rotated [Rotat]ed");
	check_marked_as("ROTATION", false, true, "Rotated ROTATES", "Rotated [ROTAT]ES");
	check_marked_as("policies", false, true, "a policy", "a [polic]y");
	check_marked_as("r" E_ACUTE "sum" E_ACUTE "ing", false, true, "Resumed", "[Resume]d");
	check_marked_as("rotation", false, false, "rotates", "rotates");
}

/* How many bytes of a word similar ones do without. */
static int ending(const char *typed)
{
	struct words w;
	int n;

	words_init(&w, typed);
	n = (int)w.word[0].ending;
	assert_int_equal(words_ending(&w), n > 0);
	words_release(&w);
	return n;
}

static void a_long_word_has_an_ending_if_enough_stays(void **state)
{
	static const struct { const char *typed; int n; } words[] = {
		{ "rotation", 3 }, { "rotations", 4 }, { "rotates", 2 }, { "rotated", 2 }, { "configuration", 5 },
		{ "configurations", 6 }, { "authenticated", 4 }, { "patching", 3 }, { "deployments", 5 },
		{ "owners", 1 }, { "managers", 3 }, { "server", 0 }, { "safely", 2 }, { "keys", 0 }, { "bring", 0 },
		{ "strings", 4 - 3 }, { "rotat" E_ACUTE "s", 1 }, { "sch\303\274tzing", 3 }, { "abc\303\274ing", 3 },
		{ "ab\303\274ing", 0 }, { "kernel", 0 },
	};

	(void)state;
	for (int i = 0; i < COUNT(words); i++)
		if (ending(words[i].typed) != words[i].n)
			fail_msg("%s: %d, not %d", words[i].typed, ending(words[i].typed), words[i].n);
}

static void a_set_of_words_says_which_stand_in_a_text(void **state)
{
	struct buf many = { 0 };
	struct words w;

	(void)state;
	words_init(&w, "one Two three one");
	assert_int_equal(w.n, 3);
	assert_int_equal(words_all(&w), 7);
	assert_int_equal(words_cased(&w), 2);
	assert_int_equal(words_in(&w, "three, one, two"), 5);
	assert_int_equal(words_in(&w, "Two"), 2);
	assert_int_equal(words_in(&w, ""), 0);
	words_release(&w);
	for (int i = 0; i < 40; i++)
		buf_addf(&many, "w%d ", i);
	words_init(&w, buf_str(&many));
	assert_int_equal(w.n, WORDS_MAX);
	assert_int_equal(words_all(&w), UINT32_MAX);
	assert_int_equal(words_in(&w, "w31 w32"), 0x80000008);
	words_release(&w);
	words_init(&w, ACUTE " \377 ,");
	assert_int_equal(w.n, 0);
	assert_int_equal(words_all(&w), 0);
	words_release(&w);
	buf_release(&many);
}

static void check_excerpt(const char *typed, const char *text, const char *want)
{
	struct buf out = { 0 };
	struct words w;

	words_init(&w, typed);
	words_excerpt(&w, words_all(&w), text, &out);
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
	words_release(&w);
}

static void an_excerpt_begins_a_little_before_a_word(void **state)
{
	struct buf text = { 0 }, out = { 0 };
	struct words w;

	(void)state;
	check_excerpt("two", "one two three", "one two three");
	check_excerpt("four", "one two and three and then four", "...three and then four");
	check_excerpt("x", "one two", "one two");
	check_excerpt("b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa-b", "...b");
	check_excerpt("a", "", "");
	for (int i = 0; i < 999; i++)
		buf_add(&text, E_ACUTE);
	words_init(&w, "e");
	words_excerpt(&w, 1, buf_str(&text), &out);
	assert_in_range(out.len, 300, 500);
	assert_int_equal(text_bad(buf_str(&out), out.len, false), out.len);
	words_release(&w);
	buf_release(&text);
	buf_release(&out);
}

static void a_name_is_compared_by_its_words(void **state)
{
	static const char *const pairs[][2] = { { "Azure  AD", "azure ad" }, { "PV-6", "pv 6" },
		                                { "IaaS (own model)", "iaas own model" },
		                                { "Caf" E_ACUTE, "cafe" }, { " ,", "" }, { "", "" } };

	(void)state;
	for (int i = 0; i < COUNT(pairs); i++) {
		struct buf key = { 0 };
		words_key(&key, pairs[i][0]);
		assert_string_equal(buf_str(&key), pairs[i][1]);
		buf_release(&key);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_point_is_decoded_with_its_length),
		cmocka_unit_test(every_kind_of_bad_byte_moves_on_and_counts),
		cmocka_unit_test(a_bad_byte_does_not_swallow_what_follows),
		cmocka_unit_test(columns_are_those_of_a_terminal),
		cmocka_unit_test(what_fits_takes_its_marks_along_and_never_half_a_character),
		cmocka_unit_test(what_fits_is_never_more_than_the_bytes_there_are),
		cmocka_unit_test(a_text_that_is_too_long_ends_in_a_tilde),
		cmocka_unit_test(a_padded_text_has_exactly_its_columns),
		cmocka_unit_test(no_code_point_gets_through_that_acts),
		cmocka_unit_test(no_pair_of_bytes_gets_through_that_acts),
		cmocka_unit_test(random_bytes_are_cleaned),
		cmocka_unit_test(bad_bytes_become_replacement_characters),
		cmocka_unit_test(tabs_newlines_and_escapes_have_their_fates),
		cmocka_unit_test(joiners_and_variation_selectors_go_without_a_trace),
		cmocka_unit_test(at_most_four_marks_combine),
		cmocka_unit_test(what_goes_does_not_let_more_marks_combine),
		cmocka_unit_test(too_many_marks_are_bad_where_cleaning_changes_them),
		cmocka_unit_test(the_first_bad_byte_is_found),
		cmocka_unit_test(text_in_ascii_uses_the_nearest_kin),
		cmocka_unit_test(a_letter_with_two_marks_keeps_its_letter),
		cmocka_unit_test(text_in_ascii_holds_nothing_else),
		cmocka_unit_test(a_word_is_made_of_letters_digits_and_marks),
		cmocka_unit_test(folding_takes_upper_case_and_marks_away),
		cmocka_unit_test(folding_appends_and_folds_a_second_time_to_the_same),
		cmocka_unit_test(a_long_text_is_folded_whole),
		cmocka_unit_test(folding_does_not_lose_what_stands_beside_bad_bytes),
		cmocka_unit_test(lines_break_at_blanks),
		cmocka_unit_test(a_word_that_is_too_long_is_broken),
		cmocka_unit_test(wide_characters_break_anywhere_and_never_in_half),
		cmocka_unit_test(a_newline_ends_its_line),
		cmocka_unit_test(a_line_that_is_just_full_is_not_broken_before_its_newline),
		cmocka_unit_test(a_hyphen_and_a_slash_may_end_a_line),
		cmocka_unit_test(wrapping_loses_nothing_but_blanks_and_every_line_fits),
		cmocka_unit_test(runs_of_the_same_face_join),
		cmocka_unit_test(lines_hang_under_the_text_behind_the_marker),
		cmocka_unit_test(a_line_without_a_stop_has_none),
		cmocka_unit_test(spans_stay_with_their_bytes_at_every_width),
		cmocka_unit_test(a_gap_is_one_blank_line_and_never_the_first),
		cmocka_unit_test(a_stop_always_has_a_line_of_its_own),
		cmocka_unit_test(every_face_has_a_name_of_its_own),
		cmocka_unit_test(markup_has_no_mark_and_only_letters_of_xml),
		cmocka_unit_test(words_are_marked_where_they_stand),
		cmocka_unit_test(words_are_marked_without_their_ending),
		cmocka_unit_test(a_long_word_has_an_ending_if_enough_stays),
		cmocka_unit_test(a_set_of_words_says_which_stand_in_a_text),
		cmocka_unit_test(an_excerpt_begins_a_little_before_a_word),
		cmocka_unit_test(a_name_is_compared_by_its_words),
	};

	util_start();
	text_init();
	return UTIL_RUN("the text: columns, cleaning, wrapping and lines", tests);
}
