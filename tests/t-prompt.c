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
#include "text/text.h"
#include "ui/prompt.h"

#define E_ACUTE "\303\251"              /* U+00E9 */
#define ACUTE "\314\201"                /* U+0301, combining */
#define HAN "\346\274\242"              /* U+6F22, wide */

enum { CTRL_U = 'u' & 0x1f, CTRL_W = 'w' & 0x1f, MOST = 200 };

/* A prompt into which the code points of s were typed. */
static struct prompt typed(const char *s)
{
	struct prompt p = { .open = true };
	uint32_t cp;

	for (int n; (n = text_decode(s, &cp)); s += n)
		assert_true(prompt_key(&p, (int)cp));
	return p;
}

static void press(struct prompt *p, int key, int times)
{
	while (times-- > 0)
		assert_true(prompt_key(p, key));
}

/* The text with a | where the cursor is. */
static void check(const struct prompt *p, const char *want)
{
	struct buf b = { 0 };

	assert_in_range(p->at, 0, p->text.len);
	assert_int_equal(strlen(buf_str(&p->text)), p->text.len);
	buf_addf(&b, "%.*s|%s", (int)p->at, buf_str(&p->text), buf_str(&p->text) + p->at);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

/* ---- keys ---- */

static void what_is_typed_stands_in_the_line(void **state UNUSED)
{
	struct prompt p = typed("a ~" E_ACUTE HAN "e" ACUTE);

	check(&p, "a ~" E_ACUTE HAN "e" ACUTE "|");
	press(&p, K_SPACE, 1);
	press(&p, 0x1f600, 1);
	check(&p, "a ~" E_ACUTE HAN "e" ACUTE " \360\237\230\200|");
	prompt_release(&p);
}

static void the_cursor_goes_by_letters_and_stops_at_the_ends(void **state UNUSED)
{
	struct prompt p = typed("a" HAN "e" ACUTE "z");

	press(&p, K_RIGHT, 1);
	press(&p, K_LEFT, 2);
	check(&p, "a" HAN "|e" ACUTE "z");
	press(&p, K_LEFT, 1);
	check(&p, "a|" HAN "e" ACUTE "z");
	press(&p, K_LEFT, 5);
	check(&p, "|a" HAN "e" ACUTE "z");
	press(&p, K_RIGHT, 3);
	check(&p, "a" HAN "e" ACUTE "|z");
	press(&p, K_RIGHT, 5);
	check(&p, "a" HAN "e" ACUTE "z|");
	press(&p, K_HOME, 1);
	check(&p, "|a" HAN "e" ACUTE "z");
	press(&p, K_END, 1);
	check(&p, "a" HAN "e" ACUTE "z|");
	prompt_release(&p);
}

static void what_is_typed_goes_where_the_cursor_is(void **state UNUSED)
{
	struct prompt p = typed("ad");

	press(&p, K_LEFT, 1);
	press(&p, 0xe9, 1);
	press(&p, 'c', 1);
	check(&p, "a" E_ACUTE "c|d");
	press(&p, K_HOME, 1);
	press(&p, K_SPACE, 1);
	check(&p, " |a" E_ACUTE "cd");
	prompt_release(&p);
}

static void backspace_and_delete_take_a_letter_with_its_marks(void **state UNUSED)
{
	struct prompt p = typed("xe" ACUTE ACUTE HAN);

	press(&p, K_BACKSPACE, 1);
	check(&p, "xe" ACUTE ACUTE "|");
	press(&p, K_BACKSPACE, 1);
	check(&p, "x|");
	press(&p, K_BACKSPACE, 3);
	check(&p, "|");
	prompt_release(&p);
	p = typed("xe" ACUTE ACUTE HAN);
	press(&p, K_DELETE, 1);
	check(&p, "xe" ACUTE ACUTE HAN "|");
	press(&p, K_HOME, 1);
	press(&p, K_RIGHT, 1);
	press(&p, K_DELETE, 1);
	check(&p, "x|" HAN);
	press(&p, K_DELETE, 3);
	check(&p, "x|");
	prompt_release(&p);
}

static void ctrl_u_takes_all_before_the_cursor(void **state UNUSED)
{
	struct prompt p = typed("one " HAN " three");

	press(&p, K_LEFT, 5);
	press(&p, CTRL_U, 1);
	check(&p, "|three");
	press(&p, CTRL_U, 1);
	check(&p, "|three");
	press(&p, K_END, 1);
	press(&p, CTRL_U, 1);
	check(&p, "|");
	prompt_release(&p);
}

static void ctrl_w_takes_the_word_before_the_cursor(void **state UNUSED)
{
	struct prompt p = typed(" one  " HAN E_ACUTE "-x  ");

	press(&p, CTRL_W, 1);
	check(&p, " one  |");
	press(&p, CTRL_W, 1);
	check(&p, " |");
	press(&p, CTRL_W, 1);
	check(&p, "|");
	press(&p, CTRL_W, 1);
	check(&p, "|");
	prompt_release(&p);
	p = typed("one two");
	press(&p, K_LEFT, 1);
	press(&p, CTRL_W, 1);
	check(&p, "one |o");
	prompt_release(&p);
}

static void keys_that_write_nothing_are_left_to_others(void **state UNUSED)
{
	static const int keys[] = { K_UP, K_DOWN, K_PGUP, K_PGDN, K_ENTER, K_ESC, K_TAB, K_BACKTAB, K_F1,
		                    K_ALT_LEFT, K_ALT_RIGHT, KEY__FIRST, KEY__END, INT32_MAX, INT32_MIN };
	struct prompt p = typed("ab");

	press(&p, K_LEFT, 1);
	for (int i = 0; i < ARRAY_LEN(keys); i++)
		assert_false(prompt_key(&p, keys[i]));
	check(&p, "a|b");
	prompt_release(&p);
}

static void characters_that_act_are_refused(void **state UNUSED)
{
	static const int keys[] = { -1, 0x7f, 0x80, 0x9b, 0x9f, 0xad, 0x200b, 0x200d, 0x200e, 0x2028, 0x202e,
		                    0x2066, 0xd800, 0xdfff, 0xe000, 0xfe0f, 0xfeff, 0xffff, 0xe0001,
		                    0x10ffff };
	struct prompt p = typed("ab");

	press(&p, K_LEFT, 1);
	for (int key = 0; key < ' '; key++)
		if (key != CTRL_U && key != CTRL_W)
			assert_false(prompt_key(&p, key));
	for (int i = 0; i < ARRAY_LEN(keys); i++)
		assert_false(prompt_key(&p, keys[i]));
	check(&p, "a|b");
	prompt_release(&p);
}

static void what_was_typed_needs_no_cleaning(void **state UNUSED)
{
	for (int key = 0; key < KEY__FIRST; key += key < 0x3000 || key > 0xd700 ? 1 : 5) {
		struct prompt p = { .open = true };
		if (key == 0x30000)
			key = 0xdfff0;
		if (prompt_key(&p, key) && p.text.len)
			assert_int_equal(text_bad(p.text.data, p.text.len, false), p.text.len);
		prompt_release(&p);
	}
}

static void no_more_is_taken_than_there_is_room_for(void **state UNUSED)
{
	struct prompt p = { .open = true };

	press(&p, 'a', MOST - 2);
	press(&p, 0x6f22, 1);           /* three bytes do not fit, not even in part */
	assert_int_equal(p.text.len, MOST - 2);
	press(&p, 0xe9, 1);
	press(&p, 'z', 5);
	assert_int_equal(p.text.len, MOST);
	assert_string_equal(p.text.data + MOST - 2, E_ACUTE);
	press(&p, K_HOME, 1);
	press(&p, 'z', 1);
	assert_int_equal(p.at, 0);
	press(&p, K_DELETE, 1);
	press(&p, 'z', 1);
	assert_int_equal(p.text.len, MOST);
	assert_int_equal(p.text.data[0], 'z');
	prompt_release(&p);
}

static void a_cleared_prompt_is_empty_and_can_be_written_anew(void **state UNUSED)
{
	struct prompt p = typed("abc");

	prompt_clear(&p);
	check(&p, "|");
	press(&p, 'd', 1);
	check(&p, "d|");
	prompt_release(&p);
	p = (struct prompt){ 0 };
	prompt_clear(&p);
	prompt_release(&p);
}

static void any_order_of_keys_leaves_letters_whole(void **state UNUSED)
{
	static const int keys[] = { 'a', ' ', 0xe9, 0x6f22, 0x301, 0x1f600, K_LEFT, K_LEFT, K_RIGHT, K_HOME,
		                    K_END, K_BACKSPACE, K_DELETE, CTRL_W, CTRL_U };
	struct prompt p = { .open = true };
	uint32_t seed = 20261121;

	for (int i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		press(&p, keys[(seed >> 16) % ARRAY_LEN(keys)], 1);
		assert_in_range(p.at, 0, p.text.len);
		assert_in_range(p.text.len, 0, MOST);
		for (const char *s = buf_str(&p.text); *s;) {
			uint32_t cp;
			assert_true(s != p.text.data + p.at || ((unsigned char)*s & 0xc0) != 0x80);
			s += text_decode(s, &cp);
			assert_int_not_equal(cp, 0xfffd);
		}
	}
	prompt_release(&p);
}

/* ---- drawing ---- */

static struct canvas drawn(const struct prompt *p, int w, const char *label, const char *right)
{
	struct canvas c;

	canvas_init(&c, w, 3);
	for (int y = 0; y < 3; y++)
		canvas_fill(&c, y, 0, w, FACE_LINK, '#');
	canvas_cursor(&c, 2, 1);
	prompt_draw(p, &c, 1, label, right);
	return c;
}

static void check_drawn(const struct prompt *p, int w, const char *right, const char *want, int cursor)
{
	struct canvas c = drawn(p, w, "/", right);
	struct buf b = { 0 };

	canvas_row(&c, 1, &b);
	assert_string_equal(buf_str(&b), want);
	assert_int_equal(c.cursor_y, p->open ? 1 : 2);
	assert_int_equal(c.cursor_x, p->open ? cursor : 1);
	buf_clear(&b);
	canvas_row(&c, 0, &b);
	canvas_row(&c, 2, &b);
	assert_int_equal(strspn(buf_str(&b), "#"), 2 * w);
	buf_release(&b);
	canvas_release(&c);
}

static void the_line_shows_label_text_and_what_is_right(void **state UNUSED)
{
	struct prompt p = typed("ab" HAN "e" ACUTE);

	check_drawn(&p, 20, "3 of 9", " /ab" HAN "e" ACUTE "      3 of 9 ", 7);
	press(&p, K_LEFT, 1);
	check_drawn(&p, 20, "", " /ab" HAN "e" ACUTE "             ", 6);
	press(&p, K_LEFT, 1);
	check_drawn(&p, 20, "", " /ab" HAN "e" ACUTE "             ", 4);
	prompt_clear(&p);
	check_drawn(&p, 20, "3 of 9", " /           3 of 9 ", 2);
	prompt_release(&p);
}

static void a_closed_prompt_leaves_the_cursor_where_it_is(void **state UNUSED)
{
	struct prompt p = typed("ab");

	p.open = false;
	check_drawn(&p, 12, "9", " /ab      9 ", -1);
	prompt_release(&p);
}

static void what_is_right_gives_way_to_what_is_typed(void **state UNUSED)
{
	struct prompt p = typed("abcdefghi");

	check_drawn(&p, 20, "1234", " /abcdefghi    1234 ", 11);
	press(&p, 'j', 1);
	check_drawn(&p, 20, "1234", " /abcdefghij   1234 ", 12);
	press(&p, 'k', 3);
	check_drawn(&p, 20, "1234", " /abcdefghijkkk     ", 15);
	prompt_release(&p);
}

static void a_text_that_is_too_long_is_shown_around_the_cursor(void **state UNUSED)
{
	struct prompt p = typed("abcdefghijkl");

	check_drawn(&p, 10, "", " /fghijkl ", 9);
	press(&p, K_HOME, 1);
	check_drawn(&p, 10, "", " /abcdef~ ", 2);
	prompt_release(&p);
	p = typed(HAN HAN HAN HAN HAN);
	check_drawn(&p, 10, "", " /" HAN HAN HAN "  ", 8);
	prompt_release(&p);
}

static void the_cursor_stays_on_a_canvas_of_any_width(void **state UNUSED)
{
	static const char *const texts[] = { "", "a", "word word word", HAN HAN HAN HAN,
		                             "e" ACUTE "e" ACUTE };

	for (int i = 0; i < ARRAY_LEN(texts); i++)
		for (int w = 1; w < 30; w++) {
			struct prompt p = typed(texts[i]);
			for (int k = 0; k < 15; k++) {
				struct canvas c = drawn(&p, w, "Search: ", "1 of 10");
				struct buf b = { 0 };
				assert_int_equal(c.cursor_y, 1);
				assert_in_range(c.cursor_x, 0, w - 1);
				canvas_row(&c, 1, &b);
				assert_int_equal(text_columns(buf_str(&b)), w);
				buf_release(&b);
				canvas_release(&c);
				press(&p, K_LEFT, 1);
			}
			prompt_release(&p);
		}
}

static void a_canvas_of_nothing_and_a_line_outside_do_no_harm(void **state UNUSED)
{
	struct prompt p = typed("abc" HAN);
	struct canvas c;

	canvas_init(&c, 0, 0);
	prompt_draw(&p, &c, 0, "/", "right");
	canvas_release(&c);
	canvas_init(&c, 5, 1);
	prompt_draw(&p, &c, -1, "/", "right");
	prompt_draw(&p, &c, 1, "/", "right");
	assert_int_equal(c.cell[0].ch[0], ' ');
	canvas_release(&c);
	prompt_release(&p);
}

/* What a letter becomes in ASCII can have more columns than it has itself. */
static void in_ascii_the_cursor_stands_behind_what_is_shown(void **state UNUSED)
{
	struct prompt p = typed("a\303\237");   /* sharp s */
	struct buf b = { 0 };
	struct canvas c;

	canvas_init(&c, 10, 1);
	c.ascii = true;
	prompt_draw(&p, &c, 0, "/", "");
	canvas_row(&c, 0, &b);
	assert_string_equal(buf_str(&b), " /ass     ");
	assert_int_equal(c.cursor_x, 5);
	buf_release(&b);
	canvas_release(&c);
	prompt_release(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_stands_in_the_line),
		cmocka_unit_test(the_cursor_goes_by_letters_and_stops_at_the_ends),
		cmocka_unit_test(what_is_typed_goes_where_the_cursor_is),
		cmocka_unit_test(backspace_and_delete_take_a_letter_with_its_marks),
		cmocka_unit_test(ctrl_u_takes_all_before_the_cursor),
		cmocka_unit_test(ctrl_w_takes_the_word_before_the_cursor),
		cmocka_unit_test(keys_that_write_nothing_are_left_to_others),
		cmocka_unit_test(characters_that_act_are_refused),
		cmocka_unit_test(what_was_typed_needs_no_cleaning),
		cmocka_unit_test(no_more_is_taken_than_there_is_room_for),
		cmocka_unit_test(a_cleared_prompt_is_empty_and_can_be_written_anew),
		cmocka_unit_test(any_order_of_keys_leaves_letters_whole),
		cmocka_unit_test(the_line_shows_label_text_and_what_is_right),
		cmocka_unit_test(a_closed_prompt_leaves_the_cursor_where_it_is),
		cmocka_unit_test(what_is_right_gives_way_to_what_is_typed),
		cmocka_unit_test(a_text_that_is_too_long_is_shown_around_the_cursor),
		cmocka_unit_test(the_cursor_stays_on_a_canvas_of_any_width),
		cmocka_unit_test(a_canvas_of_nothing_and_a_line_outside_do_no_harm),
		cmocka_unit_test(in_ascii_the_cursor_stands_behind_what_is_shown),
	};

	text_init();
	return cmocka_run_group_tests_name("the prompt: a line that is typed", tests, NULL, NULL);
}
