#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>

#include "util.h"

#include "base/buf.h"
#include "text/text.h"
#include "text/yaml.h"

static struct yaml *read_at(const char *s, int line, struct faults *f)
{
	return yaml_tree_read(s, strlen(s), "f.yaml", line, f);
}

static struct yaml *good(const char *s)
{
	struct faults f = { .n = 0 };
	struct yaml *y = read_at(s, 1, &f);

	if (!y)
		fail_msg("%d:%d: %s", f.list[0].line, f.list[0].column, f.list[0].text);
	assert_int_equal(f.total, 0);
	return y;
}

static void check_fault(const char *s, int line, int column, const char *sentence)
{
	struct faults f = { .n = 0 };
	struct yaml *y = read_at(s, 1, &f);

	assert_null(y);
	assert_int_equal(f.total, 1);
	assert_string_equal(f.list[0].text, sentence);
	assert_int_equal(f.list[0].line, line);
	assert_int_equal(f.list[0].column, column);
	assert_string_equal(f.list[0].file, "f.yaml");
	faults_release(&f);
}

/* ---- trees ---- */

static void a_map_gives_its_values_by_their_keys(void **state UNUSED)
{
	struct yaml *y = good("id: paas\nlist: [a, b]\nmap:\n  k: v\n");

	assert_int_equal(y->kind, YAML_MAP);
	assert_int_equal(y->n, 3);
	assert_string_equal(yaml_get(y, "id")->text, "paas");
	assert_int_equal(yaml_get(y, "list")->kind, YAML_LIST);
	assert_int_equal(yaml_get(y, "list")->n, 2);
	assert_string_equal(yaml_get(y, "list")->item[1]->text, "b");
	assert_string_equal(yaml_get(yaml_get(y, "map"), "k")->text, "v");
	assert_null(yaml_get(y, "k"));
	assert_null(yaml_get(yaml_get(y, "list"), "a"));
	assert_null(yaml_get(yaml_get(y, "id"), "id"));
	yaml_tree_free(y);
}

static void check_place(const struct yaml *y, int line, int column)
{
	assert_int_equal(y->at.line, line);
	assert_int_equal(y->at.column, column);
	assert_string_equal(y->at.file, "f.yaml");
}

static void every_node_knows_its_place(void **state UNUSED)
{
	struct yaml *y = good("id: paas\nlist:\n  - a\n  -   \303\244b\n  - \303\244: z\n");
	struct yaml *list = yaml_get(y, "list");

	check_place(y, 1, 1);
	check_place(y->key[0], 1, 1);
	check_place(y->item[0], 1, 5);
	check_place(list, 3, 3);
	check_place(list->item[0], 3, 5);
	check_place(list->item[1], 4, 7);
	check_place(list->item[2]->item[0], 5, 8);      /* characters, not bytes */
	yaml_tree_free(y);
}

static void places_count_from_the_line_where_the_text_begins(void **state UNUSED)
{
	struct faults f = { .n = 0 };
	struct yaml *y = read_at("a: 1\nb: 2\n", 12, &f);

	check_place(yaml_get(y, "b"), 13, 4);
	yaml_tree_free(y);
	assert_null(read_at("a: 1\nb: &x 2\n", 12, &f));
	assert_int_equal(f.list[0].line, 13);
	faults_release(&f);
}

static void every_scalar_is_text(void **state UNUSED)
{
	struct yaml *y =
		good("a: yes\nb: 1.0\nc: ~\nd:\ne: \"x\\u00e9y\"\nf: 'it''s'\ng: |\n  l1\n  l2\n"
	             "h: >-\n  w1\n  w2\n");
	static const char *const want[] = { "yes",  "1.0",  "~",        "",
		                            "x\303\251y", "it's", "l1\nl2\n", "w1 w2" };

	assert_int_equal(y->n, COUNT(want));
	for (int i = 0; i < y->n; i++) {
		assert_int_equal(y->item[i]->kind, YAML_SCALAR);
		assert_string_equal(y->item[i]->text, want[i]);
	}
	yaml_tree_free(y);
}

static void nothing_is_an_empty_map(void **state UNUSED)
{
	static const char *const nothing[] = { "", "\n", "# only a comment\n", "   \n\n" };

	for (int i = 0; i < COUNT(nothing); i++) {
		struct yaml *y = good(nothing[i]);
		assert_int_equal(y->kind, YAML_MAP);
		assert_int_equal(y->n, 0);
		yaml_tree_free(y);
	}
}

static void a_document_may_be_a_scalar_or_a_list(void **state UNUSED)
{
	struct yaml *scalar = good("word"), *list = good("- a\n- [b, c]\n");

	assert_string_equal(scalar->text, "word");
	assert_int_equal(list->n, 2);
	assert_int_equal(list->item[1]->n, 2);
	yaml_tree_free(scalar);
	yaml_tree_free(list);
	yaml_tree_free(NULL);
}

static void a_large_file_becomes_a_large_tree(void **state UNUSED)
{
	struct buf b = { 0 };
	struct yaml *y;

	for (int i = 0; i < 2000; i++)
		buf_addf(&b, "k%d: v%d\n", i, i);
	y = good(buf_str(&b));
	assert_int_equal(y->n, 2000);
	assert_string_equal(yaml_get(y, "k1999")->text, "v1999");
	yaml_tree_free(y);
	buf_release(&b);
}

/* ---- faults ---- */

static void nested(struct buf *b, const char *open, int depth, const char *shut)
{
	buf_clear(b);
	for (int i = 0; i < depth; i++)
		buf_add(b, open);
	for (int i = 0; i < depth; i++)
		buf_add(b, shut);
}

static void sixteen_levels_are_allowed_and_one_more_is_not(void **state UNUSED)
{
	struct buf b = { 0 };

	nested(&b, "[", YAML_DEPTH, "]");
	yaml_tree_free(good(buf_str(&b)));
	nested(&b, "[", YAML_DEPTH + 1, "]");
	check_fault(buf_str(&b), 1, 17, "this is nested deeper than 16 levels");
	nested(&b, "{a: ", YAML_DEPTH + 1, "}");
	check_fault(buf_str(&b), 1, 65, "this is nested deeper than 16 levels");
	buf_release(&b);
}

static void a_hundred_thousand_levels_are_refused_like_seventeen(void **state UNUSED)
{
	struct buf b = { 0 };

	nested(&b, "[", 100000, "");
	check_fault(buf_str(&b), 1, 17, "this is nested deeper than 16 levels");
	nested(&b, "- ", 60000, "");
	check_fault(buf_str(&b), 1, 33, "this is nested deeper than 16 levels");
	buf_release(&b);
}

static void anchors_aliases_and_tags_are_refused(void **state UNUSED)
{
	check_fault("a: &x b\n", 1, 4, "anchors are not allowed; put the text in quotes");
	check_fault("a:\n  - &x [b]\n", 2, 5, "anchors are not allowed; put the text in quotes");
	check_fault("&x {a: b}\n", 1, 1, "anchors are not allowed; put the text in quotes");
	check_fault("a: *x\n", 1, 4, "aliases are not allowed; put the text in quotes");
	check_fault("a: !!str b\n", 1, 4, "tags are not allowed; put the text in quotes");
	check_fault("a: !x [b]\n", 1, 4, "tags are not allowed; put the text in quotes");
	check_fault("- !!map {a: b}\n", 1, 3, "tags are not allowed; put the text in quotes");
	check_fault("&k a: b\n", 1, 1, "anchors are not allowed; put the text in quotes");
}

static void signs_in_quotes_are_text(void **state UNUSED)
{
	struct yaml *y = good("a: \"&x\"\nb: '*y'\nc: \"!z\"\nd: \"%w\"\n");

	assert_string_equal(yaml_get(y, "a")->text, "&x");
	assert_string_equal(yaml_get(y, "b")->text, "*y");
	assert_string_equal(yaml_get(y, "c")->text, "!z");
	yaml_tree_free(y);
}

static void a_key_that_repeats_is_refused_where_it_repeats(void **state UNUSED)
{
	check_fault("a: 1\nb: 2\na: 3\n", 3, 1, "the key a stands here twice");
	check_fault("x: {a: 1, b: 2, a: 3}\n", 1, 17, "the key a stands here twice");
}

static void each_key_that_repeats_is_a_fault_of_its_own(void **state UNUSED)
{
	struct faults f = { .n = 0 };

	assert_null(read_at("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", 1, &f));
	assert_int_equal(f.total, 3);
	faults_release(&f);
}

static void the_same_key_in_two_maps_is_fine(void **state UNUSED)
{
	yaml_tree_free(good("- {a: 1}\n- {a: 2}\n- {b: {a: 1}, a: 2}\n"));
}

static void a_second_document_is_refused(void **state UNUSED)
{
	check_fault("a: 1\n---\nb: 2\n", 2, 1, "a file holds one document only");
	check_fault("---\na: 1\n...\n---\nb: 2\n", 4, 1, "a file holds one document only");
	yaml_tree_free(good("---\na: 1\n...\n"));
}

static void directives_are_refused(void **state UNUSED)
{
	check_fault("%YAML 1.1\n---\na: 1\n", 1, 1, "directives are not allowed");
	check_fault("%TAG ! tag:x,2000:\n---\na: 1\n", 1, 1, "directives are not allowed");
}

static void a_key_that_is_no_scalar_is_refused(void **state UNUSED)
{
	check_fault("? [a, b]\n: c\n", 1, 3, "a key must be a word");
	check_fault("{{a: b}: c}\n", 1, 2, "a key must be a word");
}

static void what_is_no_yaml_has_a_place(void **state UNUSED)
{
	static const struct {
		const char *s; int line;
	} cases[] = { { "a: [b\n", 2 },  { "a: b: c\n", 1 },   { "a: 1\n\tb: 2\n", 2 },
		      { "a: \"b\n", 2 }, { "a: @b\n", 1 },     { "- a\nb: c\n", 2 },
		      { "a: {b\n", 2 },  { "a: \"\\q\"\n", 1 } };

	for (int i = 0; i < COUNT(cases); i++) {
		struct faults f = { .n = 0 };
		assert_null(read_at(cases[i].s, 1, &f));
		assert_int_equal(f.total, 1);
		assert_int_equal(f.list[0].line, cases[i].line);
		assert_in_range(f.list[0].column, 1, 20);
		util_assert_sentence(f.list[0].text);
		faults_release(&f);
	}
}

static void control_characters_written_as_escapes_are_refused(void **state UNUSED)
{
	static const char *const escapes[] = { "\\e[2J", "\\u202e",     "\\0",  "\\x9b",
		                               "\\t",    "\\U000e0041", "\\x7f" };
	static const char sentence[] =
		"a control character is written here, which no text may hold";

	for (int i = 0; i < COUNT(escapes); i++) {
		char text[60];
		snprintf(text, sizeof text, "a: x\nb: \"y%sz\"\n", escapes[i]);
		check_fault(text, 2, 4, sentence);
	}
}

static void bytes_that_are_no_utf8_are_refused(void **state UNUSED)
{
	static const char *const bad[] = { "a: \377\n", "a: \300\257\n", "a: \355\240\200\n",
		                           "a: \342\202", "\001" };

	for (int i = 0; i < COUNT(bad); i++) {
		struct faults f = { .n = 0 };
		assert_null(read_at(bad[i], 1, &f));
		assert_int_equal(f.total, 1);
		faults_release(&f);
	}
}

/* ---- hostile input ---- */

static const char sample[] =
	"title: \"A \\u00e9 title\"\nlist: [a, {b: c}, [d]]\ntext: |\n  line 1\n   line 2\n"
	"fold: >-\n  x\n  y\n"
	"deep:\n  - id: one\n    also:\n      - p\n      - q\n  - id: two\n    also: []\n"
	"last: 'it''s'\n";

static void survives(const char *s, size_t n)
{
	struct faults f = { .n = 0 };
	struct yaml *y = yaml_tree_read(s, n, "f", 1, &f);

	assert_int_equal(y == NULL, f.total > 0);
	yaml_tree_free(y);
	faults_release(&f);
}

static void a_file_cut_anywhere_is_a_tree_or_a_fault(void **state UNUSED)
{
	for (size_t n = 0; n < sizeof sample; n++) {
		char *copy = malloc(n + 1);     /* exact, so that a read behind it is seen */
		memcpy(copy, sample, n);
		survives(copy, n);
		free(copy);
	}
}

static void a_file_with_changed_bytes_is_a_tree_or_a_fault(void **state UNUSED)
{
	static const char signs[] = "&*!|>%@`\"'{}[],:?-#\n\t \0\377\303~<=0a";

	util_seed();
	for (int i = 0; i < 4000; i++) {
		char copy[sizeof sample];
		memcpy(copy, sample, sizeof copy);
		for (uint32_t k = util_random(4) + 1; k; k--)
			copy[util_random(sizeof copy - 1)] = signs[util_random(sizeof signs - 1)];
		survives(copy, sizeof copy - 1);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_gives_its_values_by_their_keys),
		cmocka_unit_test(every_node_knows_its_place),
		cmocka_unit_test(places_count_from_the_line_where_the_text_begins),
		cmocka_unit_test(every_scalar_is_text),
		cmocka_unit_test(nothing_is_an_empty_map),
		cmocka_unit_test(a_document_may_be_a_scalar_or_a_list),
		cmocka_unit_test(a_large_file_becomes_a_large_tree),
		cmocka_unit_test(sixteen_levels_are_allowed_and_one_more_is_not),
		cmocka_unit_test(a_hundred_thousand_levels_are_refused_like_seventeen),
		cmocka_unit_test(anchors_aliases_and_tags_are_refused),
		cmocka_unit_test(signs_in_quotes_are_text),
		cmocka_unit_test(a_key_that_repeats_is_refused_where_it_repeats),
		cmocka_unit_test(each_key_that_repeats_is_a_fault_of_its_own),
		cmocka_unit_test(the_same_key_in_two_maps_is_fine),
		cmocka_unit_test(a_second_document_is_refused),
		cmocka_unit_test(directives_are_refused),
		cmocka_unit_test(a_key_that_is_no_scalar_is_refused),
		cmocka_unit_test(what_is_no_yaml_has_a_place),
		cmocka_unit_test(control_characters_written_as_escapes_are_refused),
		cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
		cmocka_unit_test(a_file_cut_anywhere_is_a_tree_or_a_fault),
		cmocka_unit_test(a_file_with_changed_bytes_is_a_tree_or_a_fault),
	};

	util_start();
	text_init();
	return UTIL_RUN("YAML: a tree in which every node knows its place", tests);
}
