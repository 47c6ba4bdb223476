#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "util.h"

#include "text/json.h"

static char *written;
static size_t length;

static struct json begin(void)
{
	struct json j = { .out = open_memstream(&written, &length) };

	assert_non_null(j.out);
	return j;
}

static void check(struct json *j, const char *want)
{
	fclose(j->out);
	assert_string_equal(written, want);
	free(written);
}

static json_t *parse(struct json *j)
{
	json_t *tree;

	fclose(j->out);
	tree = json_loadb(written, length, 0, NULL);
	if (!tree)
		fail_msg("this is no JSON: %s", written);
	free(written);
	return tree;
}

static void an_empty_object_and_an_empty_list_are_a_line_each(void **state UNUSED)
{
	struct json j = begin();

	json_open(&j, NULL, '{');
	json_close(&j);
	json_open(&j, NULL, '[');
	json_close(&j);
	check(&j, "{}\n[]\n");
}

static void members_are_separated_by_commas(void **state UNUSED)
{
	struct json j = begin();

	json_open(&j, NULL, '{');
	json_str(&j, "a", "x");
	json_int(&j, "b", -7);
	json_str(&j, "c", NULL);
	json_open(&j, "d", '[');
	json_str(&j, NULL, "y");
	json_int(&j, NULL, 0);
	json_str(&j, NULL, NULL);
	json_open(&j, NULL, '{');
	json_close(&j);
	json_open(&j, NULL, '[');
	json_close(&j);
	json_close(&j);
	json_str(&j, "e", "");
	json_close(&j);
	check(&j, "{\"a\":\"x\",\"b\":-7,\"c\":null,\"d\":[\"y\",0,null,{},[]],\"e\":\"\"}\n");
}

static void a_comma_is_remembered_at_each_depth(void **state UNUSED)
{
	struct json j = begin();

	json_open(&j, NULL, '[');
	for (int i = 0; i < 3; i++) {
		json_open(&j, NULL, '[');
		json_int(&j, NULL, i);
		json_int(&j, NULL, i);
		json_close(&j);
	}
	json_close(&j);
	check(&j, "[[0,0],[1,1],[2,2]]\n");
}

static void integers_keep_all_their_bits(void **state UNUSED)
{
	struct json j = begin();
	json_t *tree;

	json_open(&j, NULL, '[');
	json_int(&j, NULL, INT64_MIN);
	json_int(&j, NULL, INT64_MAX);
	json_close(&j);
	tree = parse(&j);
	assert_true(json_integer_value(json_array_get(tree, 0)) == INT64_MIN);
	assert_true(json_integer_value(json_array_get(tree, 1)) == INT64_MAX);
	json_decref(tree);
}

static const char *const texts[] = { "",
	                             "plain",
	                             "\"quoted\"",
	                             "back\\slash",
	                             "a/b",
	                             "tab\tand\nnewline\r",
	                             "\001\037\177",
	                             "\303\251 \346\274\242 \360\237\230\200",
	                             "</script>",
	                             "\342\200\250",
	                             "{\"a\":1}",
	                             "\\u0041",
	                             "\357\277\275" };

static void every_text_comes_back_as_it_was(void **state UNUSED)
{
	struct json j = begin();
	json_t *tree;

	json_open(&j, NULL, '[');
	for (int i = 0; i < COUNT(texts); i++)
		json_str(&j, NULL, texts[i]);
	json_close(&j);
	tree = parse(&j);
	assert_int_equal(json_array_size(tree), COUNT(texts));
	for (int i = 0; i < COUNT(texts); i++)
		assert_string_equal(json_string_value(json_array_get(tree, (size_t)i)), texts[i]);
	json_decref(tree);
}

static void every_text_may_be_a_key(void **state UNUSED)
{
	struct json j = begin();
	json_t *tree;

	json_open(&j, NULL, '{');
	for (int i = 0; i < COUNT(texts); i++)
		json_int(&j, texts[i], i);
	json_close(&j);
	tree = parse(&j);
	for (int i = 0; i < COUNT(texts); i++)
		assert_int_equal(json_integer_value(json_object_get(tree, texts[i])), i);
	json_decref(tree);
}

static void no_raw_control_byte_is_written_but_the_last_newline(void **state UNUSED)
{
	struct json j = begin();
	char every[33];

	for (int i = 0; i < 32; i++)
		every[i] = (char)(i + 1);
	every[32] = '\0';
	json_open(&j, NULL, '[');
	json_str(&j, NULL, every);
	json_close(&j);
	fclose(j.out);
	for (size_t i = 0; i + 1 < length; i++)
		assert_true((unsigned char)written[i] >= 0x20);
	assert_int_equal(written[length - 1], '\n');
	free(written);
}

static void sixteen_levels_can_be_open(void **state UNUSED)
{
	struct json j = begin();
	json_t *tree, *at;
	int depth = 0;

	for (int i = 0; i < JSON_DEPTH; i++)
		json_open(&j, i ? "k" : NULL, '{');
	for (int i = 0; i < JSON_DEPTH; i++)
		json_close(&j);
	tree = parse(&j);
	for (at = tree; at; at = json_object_get(at, "k"))
		depth++;
	assert_int_equal(depth, JSON_DEPTH);
	json_decref(tree);
}

static void keys_keep_the_order_in_which_they_are_written(void **state UNUSED)
{
	struct json j = begin();

	json_open(&j, NULL, '{');
	json_int(&j, "z", 1);
	json_int(&j, "a", 2);
	json_int(&j, "m", 3);
	json_close(&j);
	check(&j, "{\"z\":1,\"a\":2,\"m\":3}\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_object_and_an_empty_list_are_a_line_each),
		cmocka_unit_test(members_are_separated_by_commas),
		cmocka_unit_test(a_comma_is_remembered_at_each_depth),
		cmocka_unit_test(integers_keep_all_their_bits),
		cmocka_unit_test(every_text_comes_back_as_it_was),
		cmocka_unit_test(every_text_may_be_a_key),
		cmocka_unit_test(no_raw_control_byte_is_written_but_the_last_newline),
		cmocka_unit_test(sixteen_levels_can_be_open),
		cmocka_unit_test(keys_keep_the_order_in_which_they_are_written),
	};

	return UTIL_RUN("JSON: written as one goes", tests);
}
