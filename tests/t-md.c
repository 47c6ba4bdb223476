#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>

#include "util.h"

#include "text/md.h"
#include "text/text.h"

#define E_ACUTE "\303\251"

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

/* ---- words that become links ---- */

static const struct md_word vocabulary[] = {
	{ "access", "term/access" },
	{ "access policy", "term/access-policy" },
	{ "conditional access", "term/conditional-access" },
	{ "control", "term/control" },
	{ "control plane", "term/control-plane" },
	{ "data path", "term/path" },
	{ "data route", "term/path" },
	{ "a b c d e", "term/five" },
	{ "v w x y z u", "term/six" },
	{ "key", "term/key-first" },
	{ "key", "term/key-second" },
	{ "Key", "term/key-third" },
	{ "pay-as-you-go", "term/payg" },
	{ "pie", "term/pie" },
	{ "PIM", "term/pim" },
	{ "SAS token", "term/sas-token" },
	{ "Zone", "term/zone" },
};

static char *linked(const char *prose, const char *self)
{
	struct md_word words[COUNT(vocabulary)];
	struct buf b = { 0 };

	for (int i = 0; i < COUNT(words); i++)  /* in an order of no meaning */
		words[i] = vocabulary[(i * 5 + 3) % COUNT(words)];
	md_words_sort(words, COUNT(words));
	md_link_words(&b, prose, words, COUNT(words), self);
	return buf_detach(&b);
}

static void check_linked(const char *prose, const char *want)
{
	char *got = linked(prose, "");

	assert_string_equal(got, want);
	free(got);
}

static void the_first_occurrence_of_a_word_becomes_a_link(void **state UNUSED)
{
	check_linked("the zone, a zone\n\nzone\n", "the [zone](term/zone), a zone\n\nzone\n");
	check_linked("zone", "[zone](term/zone)\n");
	check_linked("(zone) \"pie\".\n", "([zone](term/zone)) \"[pie](term/pie)\".\n");
	check_linked("*zone* **pie** zone\n", "*zone* **pie** [zone](term/zone)\n");
	check_linked("> zone\n", "> [zone](term/zone)\n");
	check_linked("- x\n- zone\n", "  - x\n  - [zone](term/zone)\n");
}

static void two_words_for_one_thing_become_one_link(void **state UNUSED)
{
	check_linked("the data route, or data path\n", "the [data route](term/path), or data path\n");
}

static void only_whole_words_become_links(void **state UNUSED)
{
	check_linked("ozone zoned zone1 1zone sub-zone zone-wide pies-like\n",
	             "ozone zoned zone1 1zone sub-zone zone-wide pies-like\n");
	check_linked("it is pay-as-you-go.\n", "it is [pay-as-you-go](term/payg).\n");
}

static void a_letter_with_a_mark_is_part_of_its_word(void **state UNUSED)
{
	check_linked(E_ACUTE "pie pie" E_ACUTE "\n", E_ACUTE "pie pie" E_ACUTE "\n");
}

static void the_longest_word_wins(void **state UNUSED)
{
	check_linked("the control plane\n", "the [control plane](term/control-plane)\n");
	check_linked("an access policy of conditional access\n",
	             "an [access policy](term/access-policy) of "
	             "[conditional access](term/conditional-access)\n");
	check_linked("control  plane\n", "[control](term/control)  plane\n");
	check_linked("control, plane\n", "[control](term/control), plane\n");
}

static void a_part_of_a_longer_word_is_no_word(void **state UNUSED)
{
	char *got = linked("control plane, control\n", "term/control-plane");

	check_linked("control plane, control planes\n",
	             "[control plane](term/control-plane), control planes\n");
	assert_string_equal(got, "control plane, [control](term/control)\n");
	free(got);
}

static void a_word_may_be_five_words_and_no_more(void **state UNUSED)
{
	check_linked("so a b c d e f\n", "so [a b c d e](term/five) f\n");
	check_linked("v w x y z u\n", "v w x y z u\n");
	assert_int_equal(MD_WORDS, 5);
}

static void upper_and_lower_case_are_one_but_not_in_abbreviations(void **state UNUSED)
{
	check_linked("ZONE\n", "[ZONE](term/zone)\n");
	check_linked("Control Plane\n", "[Control Plane](term/control-plane)\n");
	check_linked("pim Pim PIM\n", "pim Pim [PIM](term/pim)\n");
	check_linked("a sas token, a Sas Token\n", "a sas token, a Sas Token\n");
	check_linked("a SAS token\n", "a [SAS token](term/sas-token)\n");
}

static void a_plural_s_may_follow(void **state UNUSED)
{
	check_linked("zones\n", "[zones](term/zone)\n");
	check_linked("all PIMs and SAS tokens\n",
	             "all [PIMs](term/pim) and [SAS tokens](term/sas-token)\n");
	check_linked("accesss PIMS zoness\n", "[accesss](term/access) PIMS zoness\n");
}

static void of_equal_words_the_first_counts(void **state UNUSED)
{
	check_linked("the key, the Key, keys\n", "the [key](term/key-first), the Key, keys\n");
}

static void links_headings_images_and_code_get_no_links(void **state UNUSED)
{
	check_linked("# zone\n\npie\n", "# zone\n\n[pie](term/pie)\n");
	check_linked("zone\n----\n\n`zone` ![zone](i) <b class=\"zone\">\n\n```\nzone\n```\n",
	             "zone\n----\n\n`zone` ![zone](i) <b class=\"zone\">\n\n```\nzone\n```\n");
	check_linked("[a zone](topic/x) <https://x.org/zone> pie\n",
	             "[a zone](topic/x) <https://x.org/zone> [pie](term/pie)\n");
	check_linked("[a *zone*](topic/x), ![a zone](i), # zone\n",
	             "[a *zone*](topic/x), ![a zone](i), \\# [zone](term/zone)\n");
}

static void what_has_a_link_already_gets_no_second_one(void **state UNUSED)
{
	check_linked("[an area](term/zone) or zone, pie\n",
	             "[an area](term/zone) or zone, [pie](term/pie)\n");
}

static void a_text_has_no_link_to_itself(void **state UNUSED)
{
	char *got = linked("zone pie zones\n", "term/zone");

	assert_string_equal(got, "zone [pie](term/pie) zones\n");
	free(got);
}

static void a_text_without_a_match_stays_byte_for_byte(void **state UNUSED)
{
	static const char *const texts[] = {
		"", "\n", "x", "* a\n* b\n\n\n+ c", "a _b_  \nc\\\nd\t&amp; 1) e", "\377\300 \303",
		"Setext\n===\n", "`zone`", "a\r\nb\r\n", "    zone\n", "<b>\nzone\n</b>\n" };

	for (int i = 0; i < COUNT(texts); i++)
		check_linked(texts[i], texts[i]);
}

static void a_link_that_stood_there_already_is_no_match(void **state UNUSED)
{
	check_linked("* a [b](topic/c) _d_\n", "* a [b](topic/c) _d_\n");
}

static void no_words_or_no_prose_change_nothing(void **state UNUSED)
{
	struct buf b = { 0 };

	buf_add(&b, "before ");
	md_words_sort(NULL, 0);
	md_link_words(&b, "* a zone", NULL, 0, "");
	assert_string_equal(buf_str(&b), "before * a zone");
	buf_release(&b);
	check_linked("", "");
}

static void links_are_all_that_is_added(const char *prose)
{
	char *once = linked(prose, ""), *twice = linked(once, ""), *text[2] = { shown(prose, 0, 300), NULL };

	text[1] = shown(once, 0, 300);
	assert_string_equal(text[0], text[1]);
	assert_string_equal(once, twice);
	free(once);
	free(twice);
	free(text[0]);
	free(text[1]);
}

static void links_change_nothing_else_that_a_reader_sees(void **state UNUSED)
{
	links_are_all_that_is_added(sample);
	links_are_all_that_is_added("1. zone\n2. b\n   - c `d`\n\n   e\n\n> f\\\n> g *h*\n\n    i = *j*;\n");
	links_are_all_that_is_added("zone \\* &lt;b&gt; <i>x</i> 1\\. [r]\n\n[r]: topic/x\n");
}

static void two_lists_in_a_row_stay_two_lists(void **state UNUSED)
{
	char *got = linked("- zone\n\n\n* b\n", ""), *text = shown(got, 0, 40);

	assert_null(strstr(text, "end list"));
	free(got);
	free(text);
}

static void a_word_with_a_mark_around_and_a_letter_behind_keeps_its_mark(void **state UNUSED)
{
	char *got = linked("all **PIM**s\n", ""), *text = shown(got, 0, 40);

	assert_string_equal(text, "all PIMs");
	free(got);
	free(text);
}

static void random_prose_says_the_same_with_links(void **state UNUSED)
{
	static const char *const parts[] = { "zone",  "zones",      "PIM",     "control plane",
		                             "a b c d e", ", ",   " ",       " ",
		                             E_ACUTE, "[x](topic/x)", "`pie`", " *control* ",
		                             " access ", "policy ", " <b> ", "\n\n",
		                             "\n\n# key ", "\n\n> " };

	util_seed();
	for (int i = 0; i < 1500; i++) {
		struct buf b = { 0 };
		for (uint32_t k = util_random(20); k; k--)
			buf_add(&b, parts[util_random(COUNT(parts))]);
		buf_add(&b, "x");
		links_are_all_that_is_added(buf_str(&b));
		buf_release(&b);
	}
}

static void bad_bytes_do_no_harm_beside_a_link(void **state UNUSED)
{
	check_linked("zone \377 \303", "[zone](term/zone) \357\277\275 \357\277\275\n");
	check_linked("\377zone\300", "\377zone\300");
}

static int count(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

static void thousands_of_words_in_a_long_text_are_all_linked_once(void **state UNUSED)
{
	enum { WORDS = 5000 };
	static char word[WORDS][16], link[WORDS][24];
	struct md_word *words = calloc(WORDS, sizeof *words);
	struct buf prose = { 0 }, out = { 0 };

	assert_non_null(words);
	for (int i = 0; i < WORDS; i++) {
		snprintf(word[i], sizeof word[i], "w%dx", i);
		snprintf(link[i], sizeof link[i], "term/%d", i);
		words[i] = (struct md_word){ word[i], link[i] };
	}
	for (int i = 0; i < 4 * WORDS; i++)
		buf_addf(&prose, "%s%s", word[(i * 7) % WORDS], i % 9 ? " " : "\n");
	md_words_sort(words, WORDS);
	md_link_words(&out, buf_str(&prose), words, WORDS, "term/17");
	assert_int_equal(count(buf_str(&out), "](term/"), WORDS - 1);
	assert_null(strstr(buf_str(&out), "(term/17)"));
	buf_release(&prose);
	buf_release(&out);
	free(words);
}

static void a_word_or_a_text_of_any_length_does_no_harm(void **state UNUSED)
{
	struct buf b = { 0 }, out = { 0 };
	struct md_word one = { NULL, "term/long" };

	buf_fill(&b, 'x', 300000);
	one.word = buf_str(&b);
	md_link_words(&out, buf_str(&b), &one, 1, "");
	assert_int_equal(out.len, 300000 + strlen("[](term/long)\n"));
	buf_clear(&out);
	buf_add(&b, "y");
	one.word = "x";
	md_link_words(&out, buf_str(&b), &one, 1, "");
	assert_string_equal(buf_str(&out), buf_str(&b));
	buf_release(&b);
	buf_release(&out);
}

/* ---- as HTML ---- */

static char *known(void *ctx, const char *link)
{
	return !strcmp(link, ctx) ? strdup("#a\"b") : NULL;
}

static void check_html(const char *prose, int deeper, const char *want)
{
	struct buf b = { 0 };
	char place[] = "paas/os";

	md_html(&b, prose, deeper, known, place);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void html_has_the_same_marks(void **state UNUSED)
{
	check_html("", 0, "");
	check_html("## A *b*\n\n- c `d`\n- **e**\n", 1,
	           "<h3>A <em>b</em></h3>\n<ul>\n<li>c <code>d</code></li>\n<li><strong>e</strong></li>\n</ul>\n");
	check_html("###### x\n", 3, "<h6>x</h6>\n");
}

static void html_leads_to_known_places_and_over_https_only(void **state UNUSED)
{
	check_html("[a *b*](paas/os)", 0, "<p><a href=\"#a&quot;b\">a <em>b</em></a></p>\n");
	check_html("[a](iaas/os) b", 0, "<p>a (<code>iaas/os</code>) b</p>\n");
	check_html("[a](https://e.org/?x='&y)", 0,
	           "<p><a href=\"https://e.org/?x=&#39;&amp;y\" rel=\"noreferrer\">a</a></p>\n");
	check_html("[a](http://e.org)", 0, "<p>a (<code>http://e.org</code>)</p>\n");
	check_html("[a](javascript:x)", 0, "<p>a (<code>javascript:x</code>)</p>\n");
	check_html("[a](#x)", 0, "<p>a (<code>#x</code>)</p>\n");
	check_html("![a](https://e.org/a.png)", 0, "<p>a (<code>https://e.org/a.png</code>)</p>\n");
	check_html("[![a](b)](paas/os)", 0, "<p><a href=\"#a&quot;b\">a (<code>b</code>)</a></p>\n");
}

static void html_in_prose_is_text_in_html(void **state UNUSED)
{
	check_html("a <b>c</b>", 0, "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
	check_html("<script>\nx\n</script>\n", 0, "<p>&lt;script&gt;\nx\n&lt;/script&gt;\n</p>\n");
	check_html("a <!-- b --> & \"", 0, "<p>a &lt;!-- b --&gt; &amp; &quot;</p>\n");
}

static void random_prose_as_html_has_no_tag_but_ours(void **state UNUSED)
{
	static const char *const part[] = { "[", "](", ")", "<b>", "<!--", "-->", "`", "*", "**", "\n", "\n\n", "- ",
		"# ", "> ", "![", "javascript:", "https://e", "paas/os", "\"", "'", "&", "<", "a", " ", "```\n",
		"<script>", "<x", "on=", "\\" };
	char place[] = "paas/os";

	util_seed();
	for (int round = 0; round < 3000; round++) {
		struct buf prose = { 0 }, out = { 0 };
		for (uint32_t n = util_random(40); n; n--)
			buf_add(&prose, part[util_random(COUNT(part))]);
		md_html(&out, buf_str(&prose), 0, known, place);
		assert_null(strstr(buf_str(&out), "<script"));
		assert_null(strstr(buf_str(&out), "<x"));
		assert_null(strstr(buf_str(&out), "<b>"));
		assert_null(strstr(buf_str(&out), "<!"));
		assert_null(strstr(buf_str(&out), "<img"));
		assert_null(strstr(buf_str(&out), "href=\"java"));
		buf_release(&prose);
		buf_release(&out);
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
		cmocka_unit_test(the_first_occurrence_of_a_word_becomes_a_link),
		cmocka_unit_test(two_words_for_one_thing_become_one_link),
		cmocka_unit_test(only_whole_words_become_links),
		cmocka_unit_test(a_letter_with_a_mark_is_part_of_its_word),
		cmocka_unit_test(the_longest_word_wins),
		cmocka_unit_test(a_part_of_a_longer_word_is_no_word),
		cmocka_unit_test(a_word_may_be_five_words_and_no_more),
		cmocka_unit_test(upper_and_lower_case_are_one_but_not_in_abbreviations),
		cmocka_unit_test(a_plural_s_may_follow),
		cmocka_unit_test(of_equal_words_the_first_counts),
		cmocka_unit_test(links_headings_images_and_code_get_no_links),
		cmocka_unit_test(what_has_a_link_already_gets_no_second_one),
		cmocka_unit_test(a_text_has_no_link_to_itself),
		cmocka_unit_test(a_text_without_a_match_stays_byte_for_byte),
		cmocka_unit_test(a_link_that_stood_there_already_is_no_match),
		cmocka_unit_test(no_words_or_no_prose_change_nothing),
		cmocka_unit_test(links_change_nothing_else_that_a_reader_sees),
		cmocka_unit_test(two_lists_in_a_row_stay_two_lists),
		cmocka_unit_test(a_word_with_a_mark_around_and_a_letter_behind_keeps_its_mark),
		cmocka_unit_test(random_prose_says_the_same_with_links),
		cmocka_unit_test(bad_bytes_do_no_harm_beside_a_link),
		cmocka_unit_test(thousands_of_words_in_a_long_text_are_all_linked_once),
		cmocka_unit_test(a_word_or_a_text_of_any_length_does_no_harm),
		cmocka_unit_test(html_has_the_same_marks),
		cmocka_unit_test(html_leads_to_known_places_and_over_https_only),
		cmocka_unit_test(html_in_prose_is_text_in_html),
		cmocka_unit_test(random_prose_as_html_has_no_tag_but_ours),
	};

	util_start();
	text_init();
	return UTIL_RUN("Markdown: prose as lines, as plain text, its links and those of its words", tests);
}
