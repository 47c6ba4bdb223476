#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>

#include "util.h"

#include "text/md.h"
#include "text/text.h"

/* Lines joined by |. */
static char *shown(const char *prose, int indent, int width)
{
	struct lines l = { 0 };
	struct buf b = { 0 };

	md_lines(&l, prose, indent, width);
	for (int i = 0; i < l.n; i++)
		buf_addf(&b, "%s%s", i ? "|" : "", l.line[i].text);
	lines_release(&l);
	return buf_detach(&b);
}

static void check(const char *prose, int indent, int width, const char *want)
{
	char *got = shown(prose, indent, width);

	assert_string_equal(got, want);
	free(got);
}

/* ---- blocks ---- */

static void paragraphs_stand_apart(void **state UNUSED)
{
	check("one\n\ntwo\nmore\n", 0, 40, "one||two more");
	check("", 0, 40, "");
	check("\n\n  \n", 0, 40, "");
	check("one", 4, 40, "    one");
	check("a  \nb\n", 0, 40, "a|b");
	check("a\\\nb\n", 0, 40, "a|b");
}

static void headings_stand_apart_and_are_no_stops(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l, "text\n\n## Head\n\nmore\n", 0, 40);
	assert_int_equal(l.n, 5);
	assert_string_equal(l.line[2].text, "Head");
	assert_int_equal(l.line[2].stop, -1);
	assert_int_equal(l.line[2].span[0].face, FACE_HEADING);
	assert_int_equal(l.nstop, 2);
	assert_int_equal(l.stop[1].line, 4);
	lines_release(&l);
}

static void lists_are_tight_or_loose_as_they_are_written(void **state UNUSED)
{
	check("x\n\n- a\n- b\n\ny\n", 0, 40, "x||- a|- b||y");
	check("- a\n\n- b\n", 0, 40, "- a||- b");
	check("* a\n  b\n", 0, 40, "- a b");
}

static void ordered_lists_count_from_their_number(void **state UNUSED)
{
	check("1. a\n1. b\n1. c\n", 0, 40, "1. a|2. b|3. c");
	check("9) a\n9) b\n", 0, 40, "9. a|10. b");
	check("999999999. a\n", 0, 40, "999999999. a");
}

static void lists_inside_lists_are_indented(void **state UNUSED)
{
	check("- a\n  - b\n    - c\n- d\n", 0, 40, "- a|  - b|    - c|- d");
	check("1. a\n   - b\n2. c\n", 0, 40, "1. a|  - b|2. c");
	check("- a\n  1. b\n  2. c\n- d\n", 0, 40, "- a|  1. b|  2. c|- d");
}

static void items_wrap_under_their_text(void **state UNUSED)
{
	check("- aaa bbb ccc\n", 0, 7, "- aaa|  bbb|  ccc");
	check("10. aaa bbb\n", 0, 8, "10. aaa|    bbb");
	check("- aaa bbb\n", 2, 7, "  - aaa|    bbb");
}

static void a_second_paragraph_of_an_item_stands_under_the_first(void **state UNUSED)
{
	check("- a\n\n  b\n\n- c\n", 0, 40, "- a||  b||- c");
}

static void quotes_are_indented(void **state UNUSED)
{
	check("> a\n> b\n\nc\n", 0, 40, "  a b||c");
}

static void code_is_shown_line_by_line(void **state UNUSED)
{
	check("```\na = *b*;\n<c>\n```\n", 0, 40, "a = *b*;|<c>");
	check("text\n\n    code\n", 0, 40, "text||code");
	check("use `a*b` here\n", 0, 40, "use a*b here");
}

static void code_keeps_its_indentation(void **state UNUSED)
{
	check("```\nif:\n  then: x\n```\n", 0, 40, "if:|  then: x");
}

static void code_keeps_its_blank_lines(void **state UNUSED)
{
	check("```\na\n\nb\n```\n", 0, 40, "a||b");
}

static void html_is_shown_as_the_text_that_it_is(void **state UNUSED)
{
	check("<script>alert(1)</script>\n", 0, 60, "<script>alert(1)</script>");
	check("a <b>bold</b> c\n", 0, 60, "a <b>bold</b> c");
	check("&lt;b&gt; &amp; &#65;\n", 0, 60, "<b> & A");
	check("<!-- hidden -->\n\nx\n", 0, 60, "<!-- hidden -->||x");
}

static void an_empty_item_lends_its_marker_to_nobody(void **state UNUSED)
{
	check("-\n\nfoo\n", 0, 40, "foo");
	check("1.\n\n# foo\n", 0, 40, "foo");
}

/* ---- faces and links ---- */

static enum face face_at(const struct line *line, const char *word)
{
	const char *at = strstr(line->text, word);

	assert_non_null(at);
	for (int i = 0; i < line->nspan; i++)
		if (at - line->text >= line->span[i].from &&
		    at - line->text < line->span[i].from + line->span[i].n)
			return line->span[i].face;
	return FACE_TEXT;
}

static void marks_become_faces(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l, "pl *em* **st** `co` [li](paas) end\n", 0, 60);
	assert_string_equal(l.line[0].text, "pl em st co li end");
	assert_int_equal(face_at(&l.line[0], "pl"), FACE_TEXT);
	assert_int_equal(face_at(&l.line[0], "em"), FACE_EMPHASIS);
	assert_int_equal(face_at(&l.line[0], "st"), FACE_STRONG);
	assert_int_equal(face_at(&l.line[0], "co"), FACE_CODE);
	assert_int_equal(face_at(&l.line[0], "li"), FACE_LINK);
	assert_int_equal(face_at(&l.line[0], "end"), FACE_TEXT);
	lines_release(&l);
}

static void what_follows_a_mark_in_a_heading_is_still_the_heading(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l, "# one *two* three\n", 0, 60);
	assert_int_equal(face_at(&l.line[0], "one"), FACE_HEADING);
	assert_int_equal(face_at(&l.line[0], "three"), FACE_HEADING);
	lines_release(&l);
}

static void a_block_leads_to_its_first_own_link(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l,
	         "see [w](https://x.org) and [a](azure:paas) or "
	         "[b](topic/b)\n\n[w](https://x.org)\n\nnone\n",
	         0, 60);
	assert_int_equal(l.nstop, 3);
	assert_string_equal(l.stop[0].link, "azure:paas");
	assert_null(l.stop[1].link);
	assert_null(l.stop[2].link);
	lines_release(&l);
}

static void a_link_is_ours_without_a_scheme_that_we_know(void **state UNUSED)
{
	assert_true(md_is_ours("azure:paas/os"));
	assert_true(md_is_ours("practice/mfa"));
	assert_true(md_is_ours("javascript:alert(1)"));
	assert_false(md_is_ours("https://x.org"));
	assert_false(md_is_ours("http://x.org"));
	assert_false(md_is_ours("mailto:a@x.org"));
	assert_false(md_is_ours("#section"));
	assert_false(md_is_ours(""));
}

struct seen {
	struct buf text;
};

static void see(void *ctx, const char *link, int line)
{
	buf_addf(&((struct seen *)ctx)->text, "%d:%s ", line, link);
}

static void check_links(const char *prose, const char *want)
{
	struct seen s = { { 0 } };

	md_links(prose, see, &s);
	assert_string_equal(buf_str(&s.text), want);
	buf_release(&s.text);
}

static void every_link_is_seen_with_the_line_of_its_block(void **state UNUSED)
{
	check_links("", "");
	check_links("[a](x) [b](https://y)\n", "1:x 1:https://y ");
	check_links("one\n\n- [a](x)\n- [b](y)\n\n[c](z)\n", "3:x 4:y 6:z ");
	check_links("# h [a](x)\n\n> [b](y)\n", "1:x 3:y ");
	check_links("[a][r]\n\n[r]: x\n", "1:x ");
	check_links("`[a](x)` \\[b](y)\n", "");
	check_links("```\n[a](x)\n```\n", "");
	check_links("*[a](x)* **[b](y)**\n", "1:x 1:y ");
}

/* ---- plain ---- */

static void plain_text_has_no_marks_and_a_line_a_block(void **state UNUSED)
{
	struct buf b = { 0 };

	md_plain(&b, "# H\n\na *b* `c` [d](e)\n\n- f\n- g\n\n```\nh\n```\n");
	assert_string_equal(buf_str(&b), "H\na b c d\nf\ng\nh\n");
	buf_release(&b);
}

/* ---- any prose ---- */

static void check_stops(const struct lines *l)
{
	for (int i = 0; i < l->nstop; i++) {
		assert_in_range(l->stop[i].n, 1, l->n);
		assert_in_range(l->stop[i].line, 0, l->n - l->stop[i].n);
		for (int k = 0; k < l->stop[i].n; k++)
			assert_int_equal(l->line[l->stop[i].line + k].stop, i);
	}
}

static void a_link_without_text_makes_no_stop_without_a_line(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l, "[](azure:paas)\n", 0, 40);
	check_stops(&l);
	lines_release(&l);
}

static void a_blank_line_of_code_makes_no_stop_without_a_line(void **state UNUSED)
{
	struct lines l = { 0 };

	md_lines(&l, "```\na\n\nb\n```\n", 0, 40);
	check_stops(&l);
	lines_release(&l);
}

static const char sample[] =
	"# A heading with *emphasis* and words\n\n"
	"A paragraph with a [link](azure:paas/os), **strong text** and "
	"`code` that is long enough to wrap.\n\n1. first item of a list\n2. second\n"
	"   - nested *one*\n   - two\n\n"
	"> quoted text of some length\n\n<b>html</b> inline\n\nlast\n";

static int hang(const char *line)
{
	size_t n = strspn(line, " "), digits = strspn(line + n, "0123456789");

	if (!strncmp(line + n, "- ", 2))
		return (int)n + 2;
	return (int)(digits && !strncmp(line + n + digits, ". ", 2) ? n + digits + 2 : n);
}

static void no_line_is_wider_than_it_must_be(void **state UNUSED)
{
	for (int width = -1; width < 120; width++) {
		struct lines l = { 0 };
		md_lines(&l, sample, 0, width);
		for (int i = 0; i < l.n; i++) {
			int least = hang(l.line[i].text) + 1;
			assert_in_range(text_columns(l.line[i].text), 0,
			                width > least ? width : least);
		}
		check_stops(&l);
		lines_release(&l);
	}
}

static void spans_lie_inside_their_lines_one_after_the_other(void **state UNUSED)
{
	for (int width = 1; width < 80; width++) {
		struct lines l = { 0 };
		md_lines(&l, sample, 2, width);
		for (int i = 0; i < l.n; i++)
			for (int k = 0, at = 0; k < l.line[i].nspan; k++) {
				assert_in_range(l.line[i].span[k].from, at, strlen(l.line[i].text));
				assert_in_range(l.line[i].span[k].n, 1, strlen(l.line[i].text));
				at = l.line[i].span[k].from + l.line[i].span[k].n;
				assert_in_range(at, 0, strlen(l.line[i].text));
			}
		lines_release(&l);
	}
}

static void deep_nesting_does_no_harm(void **state UNUSED)
{
	static const char *const parts[] = { "> ", "- ", "1. ", "*", "[", "**a", "![" };

	for (int i = 0; i < COUNT(parts); i++) {
		struct lines l = { 0 };
		struct buf b = { 0 };
		for (int k = 0; k < 300; k++)
			buf_add(&b, parts[i]);
		buf_add(&b, "x");
		md_lines(&l, buf_str(&b), 0, 40);
		assert_in_range(l.n, 1, 1000);
		lines_release(&l);
		buf_release(&b);
	}
}

static void random_prose_gives_lines_and_plain_text(void **state UNUSED)
{
	static const char *const parts[] = { "a",   " ",      "\n",      "\n\n",     "- ",
		                             "1. ", "> ",     "    ",    "```\n",    "*",
		                             "**",  "[a](b)", "<b>",     "# ",       "`",
		                             "\\",  "---\n",  "![i](u)", "\303\251", "\n  " };

	util_seed();
	for (int i = 0; i < 1500; i++) {
		struct buf b = { 0 }, plain = { 0 };
		struct lines l = { 0 };
		for (uint32_t k = util_random(25); k; k--)
			buf_add(&b, parts[util_random(COUNT(parts))]);
		md_lines(&l, buf_str(&b), (int)util_random(4), (int)util_random(40));
		md_plain(&plain, buf_str(&b));
		for (int k = 0; k < l.n; k++)
			util_assert_tame(l.line[k].text, false);
		lines_release(&l);
		buf_release(&b);
		buf_release(&plain);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_stand_apart),
		cmocka_unit_test(headings_stand_apart_and_are_no_stops),
		cmocka_unit_test(lists_are_tight_or_loose_as_they_are_written),
		cmocka_unit_test(ordered_lists_count_from_their_number),
		cmocka_unit_test(lists_inside_lists_are_indented),
		cmocka_unit_test(items_wrap_under_their_text),
		cmocka_unit_test(a_second_paragraph_of_an_item_stands_under_the_first),
		cmocka_unit_test(quotes_are_indented),
		cmocka_unit_test(code_is_shown_line_by_line),
		cmocka_unit_test(code_keeps_its_indentation),
		cmocka_unit_test(code_keeps_its_blank_lines),
		cmocka_unit_test(html_is_shown_as_the_text_that_it_is),
		cmocka_unit_test(an_empty_item_lends_its_marker_to_nobody),
		cmocka_unit_test(marks_become_faces),
		cmocka_unit_test(what_follows_a_mark_in_a_heading_is_still_the_heading),
		cmocka_unit_test(a_block_leads_to_its_first_own_link),
		cmocka_unit_test(a_link_is_ours_without_a_scheme_that_we_know),
		cmocka_unit_test(every_link_is_seen_with_the_line_of_its_block),
		cmocka_unit_test(plain_text_has_no_marks_and_a_line_a_block),
		cmocka_unit_test(a_link_without_text_makes_no_stop_without_a_line),
		cmocka_unit_test(a_blank_line_of_code_makes_no_stop_without_a_line),
		cmocka_unit_test(no_line_is_wider_than_it_must_be),
		cmocka_unit_test(spans_lie_inside_their_lines_one_after_the_other),
		cmocka_unit_test(deep_nesting_does_no_harm),
		cmocka_unit_test(random_prose_gives_lines_and_plain_text),
	};

	util_start();
	text_init();
	return UTIL_RUN("Markdown: prose as lines, as plain text, and its links", tests);
}
