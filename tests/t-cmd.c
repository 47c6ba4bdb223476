#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/cmd.h"

static const unsigned views[] = { IN_GRID, IN_PAGE, IN_LIST, IN_SEARCH, IN_STACK, IN_COMPARE, IN_HELP };

static const char *const names_of_keys[] = {
#define KEY(id, name) name,
#include "app/key.def"
#undef KEY
};

/* All sequences of a view, with their commands. */
struct bound {
	int keys[CMD_KEYS_MAX], n;
	enum cmd_id cmd;
};

static int bound_in(unsigned view, struct bound *b, int max)
{
	int n = 0;

	for (int i = 0; i < CMD__COUNT; i++) {
		const char *keys = cmd_table[i].keys;
		if (!(cmd_table[i].where & view))
			continue;
		for (struct bound one; (one.n = cmd_next_keys(&keys, one.keys));) {
			assert_true(n < max);
			one.cmd = (enum cmd_id)i;
			b[n++] = one;
		}
	}
	return n;
}

static void clash(unsigned view, const struct bound *a, const struct bound *b)
{
	struct buf text = { 0 };

	cmd_keys_name(&text, a->keys, a->n);
	fail_msg("in view %u %s and %s both begin with %s", view, cmd_table[a->cmd].name,
	         cmd_table[b->cmd].name, buf_str(&text));
}

static void no_sequence_is_another_one_or_its_beginning(void **state UNUSED)
{
	struct bound b[200];

	for (int v = 0; v < ARRAY_LEN(views); v++) {
		int n = bound_in(views[v], b, ARRAY_LEN(b));
		assert_in_range(n, 10, ARRAY_LEN(b));
		for (int i = 0; i < n; i++)
			for (int k = 0; k < n; k++)
				if (i != k && b[i].n <= b[k].n &&
				    !memcmp(b[i].keys, b[k].keys, (size_t)b[i].n * sizeof(int)))
					clash(views[v], &b[i], &b[k]);
	}
}

static void every_command_has_a_name_a_help_a_view_and_a_key(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		const struct cmd *c = &cmd_table[i];
		const char *keys = c->keys;
		int sequence[CMD_KEYS_MAX];
		assert_true(*c->name && !c->name[strspn(c->name, "abcdefghijklmnopqrstuvwxyz-")]);
		assert_true(c->help[0] >= 'A' && c->help[0] <= 'Z');
		assert_int_not_equal(c->help[strlen(c->help) - 1], '.');
		assert_true(c->where && !(c->where & ~(unsigned)IN_ANY));
		assert_true(cmd_next_keys(&keys, sequence) > 0);
	}
}

static void names_are_unique(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(cmd_table[i].name, cmd_table[k].name);
	for (int i = 0; i < ARRAY_LEN(names_of_keys); i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(names_of_keys[i], names_of_keys[k]);
}

static void every_view_has_help_close_and_cancel(void **state UNUSED)
{
	static const struct {
		int key; enum cmd_id cmd;
	} must[] = { { '?', CMD_HELP },  { 'q', CMD_CLOSE },   { K_ESC, CMD_CANCEL },
		     { K_F1, CMD_HELP }, { K_DOWN, CMD_DOWN }, { K_ENTER, CMD_OPEN } };
	bool more;

	for (int v = 0; v < ARRAY_LEN(views); v++)
		for (int i = 0; i < ARRAY_LEN(must); i++) {
			assert_int_equal(cmd_find(&must[i].key, 1, views[v], &more), must[i].cmd);
			assert_false(more);
		}
}

static void check_element(const struct cmd *c, int key)
{
	bool control = key > 0 && key < 0x20, character = key > ' ' && key < 0x7f;

	if (!control && !character && !(key > KEY__FIRST && key < KEY__END))
		fail_msg("%s has a key that is not known: %s", c->name, c->keys);
}

static void every_key_of_the_table_is_known(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		const char *keys = cmd_table[i].keys;
		int sequence[CMD_KEYS_MAX], n;
		while ((n = cmd_next_keys(&keys, sequence)))
			for (int k = 0; k < n; k++)
				check_element(&cmd_table[i], sequence[k]);
		assert_int_equal(*keys, '\0');
	}
}

/* Counted another way: words of the table, by their blanks. */
static void every_sequence_of_the_table_is_read(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		const char *keys = cmd_table[i].keys;
		int sequence[CMD_KEYS_MAX], read = 0, words = 0;
		while (cmd_next_keys(&keys, sequence))
			read++;
		for (const char *s = cmd_table[i].keys; *(s += strspn(s, " "));
		     s += strcspn(s, " "))
			words++;
		assert_int_equal(read, words);
	}
}

static void a_list_of_keys_is_taken_apart(void **state UNUSED)
{
	const char *keys = "  h <Left> gg <C-u> <";
	int s[CMD_KEYS_MAX];

	assert_int_equal(cmd_next_keys(&keys, s), 1);
	assert_int_equal(s[0], 'h');
	assert_int_equal(cmd_next_keys(&keys, s), 1);
	assert_int_equal(s[0], K_LEFT);
	assert_int_equal(cmd_next_keys(&keys, s), 2);
	assert_int_equal(s[1], 'g');
	assert_int_equal(cmd_next_keys(&keys, s), 1);
	assert_int_equal(s[0], 0x15);
	assert_int_equal(cmd_next_keys(&keys, s), 1);
	assert_int_equal(s[0], '<');
	assert_int_equal(cmd_next_keys(&keys, s), 0);
	keys = "";
	assert_int_equal(cmd_next_keys(&keys, s), 0);
}

static void every_sequence_is_found_in_its_view_and_in_no_other(void **state UNUSED)
{
	struct bound b[200];

	for (int v = 0; v < ARRAY_LEN(views); v++) {
		int n = bound_in(views[v], b, ARRAY_LEN(b));
		for (int i = 0; i < n; i++) {
			bool more;
			assert_int_equal(cmd_find(b[i].keys, b[i].n, views[v], &more), b[i].cmd);
			assert_false(more);
			for (int w = 0; w < ARRAY_LEN(views); w++)
				if (!(cmd_table[b[i].cmd].where & views[w]))
					assert_int_not_equal(
						cmd_find(b[i].keys, b[i].n, views[w], &more),
						b[i].cmd);
		}
	}
}

static void the_beginning_of_a_sequence_waits_for_more(void **state UNUSED)
{
	static const int g[] = { 'g', 'g' }, wrong[] = { 'g', 'z' };
	bool more;

	assert_int_equal(cmd_find(g, 1, IN_GRID, &more), CMD__COUNT);
	assert_true(more);
	assert_int_equal(cmd_find(g, 2, IN_GRID, &more), CMD_FIRST);
	assert_false(more);
	assert_int_equal(cmd_find(wrong, 2, IN_GRID, &more), CMD__COUNT);
	assert_false(more);
}

static void a_slash_filters_in_a_list_alone_and_searches_elsewhere(void **state UNUSED)
{
	static const int slash = '/';
	bool more;

	for (int v = 0; v < ARRAY_LEN(views); v++) {
		enum cmd_id want = views[v] == IN_LIST ? CMD_FILTER :
				   views[v] == IN_HELP ? CMD__COUNT : CMD_SEARCH;
		assert_int_equal(cmd_find(&slash, 1, views[v], &more), want);
	}
}

static void a_key_without_meaning_finds_nothing(void **state UNUSED)
{
	static const int keys[] = { 0, -1, 0x7f, 0x1b, 0xe4, 0x10ffff, KEY__END, KEY__FIRST, '\a' };
	bool more;

	for (int i = 0; i < ARRAY_LEN(keys); i++) {
		assert_int_equal(cmd_find(&keys[i], 1, IN_ANY, &more), CMD__COUNT);
		assert_false(more);
	}
}

static void check_key_name(int key, const char *want)
{
	struct buf b = { 0 };

	cmd_key_name(&b, key);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

static void keys_are_named_as_people_write_them(void **state UNUSED)
{
	check_key_name('a', "a");
	check_key_name('?', "?");
	check_key_name(0x15, "Ctrl-u");
	check_key_name(0x03, "Ctrl-c");
	check_key_name(K_ENTER, "Enter");
	check_key_name(K_ALT_RIGHT, "Alt-Right");
	check_key_name(0xe4, "\303\244");
}

static void every_key_of_the_key_table_has_its_name(void **state UNUSED)
{
	for (int i = 0; i < ARRAY_LEN(names_of_keys); i++)
		check_key_name(KEY__FIRST + 1 + i, names_of_keys[i]);
	assert_int_equal(KEY__FIRST + 1 + ARRAY_LEN(names_of_keys), KEY__END);
}

static void all_keys_of_a_command_are_listed(void **state UNUSED)
{
	static const struct {
		enum cmd_id cmd; const char *want;
	} cases[] = { { CMD_DOWN, "j Down" },
		      { CMD_MODEL, "gs gp gi go" },
		      { CMD_PAGE_UP, "PgUp Ctrl-u" },
		      { CMD_HELP, "? F1" } };

	for (int i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf b = { 0 };
		cmd_all_keys(&b, cases[i].cmd);
		assert_string_equal(buf_str(&b), cases[i].want);
		buf_release(&b);
	}
}

static void every_command_is_listed_in_a_group_of_its_view(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		unsigned listed = 0;
		for (int k = 0; k < cmd_ngroups; k++)
			if (cmd_in_group((enum cmd_id)i, &cmd_group[k]))
				listed |= cmd_group[k].where;
		assert_int_equal(listed & cmd_table[i].where, cmd_table[i].where);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_sequence_is_another_one_or_its_beginning),
		cmocka_unit_test(every_command_has_a_name_a_help_a_view_and_a_key),
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(every_view_has_help_close_and_cancel),
		cmocka_unit_test(every_key_of_the_table_is_known),
		cmocka_unit_test(every_sequence_of_the_table_is_read),
		cmocka_unit_test(a_list_of_keys_is_taken_apart),
		cmocka_unit_test(every_sequence_is_found_in_its_view_and_in_no_other),
		cmocka_unit_test(the_beginning_of_a_sequence_waits_for_more),
		cmocka_unit_test(a_slash_filters_in_a_list_alone_and_searches_elsewhere),
		cmocka_unit_test(a_key_without_meaning_finds_nothing),
		cmocka_unit_test(keys_are_named_as_people_write_them),
		cmocka_unit_test(every_key_of_the_key_table_has_its_name),
		cmocka_unit_test(all_keys_of_a_command_are_listed),
		cmocka_unit_test(every_command_is_listed_in_a_group_of_its_view),
	};

	return cmocka_run_group_tests_name("commands: every key means one thing", tests, NULL,
	                                   NULL);
}
