#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "ui/picker.h"

#include "base/alloc.h"
#include "text/text.h"
#include "util.h"

/* The explorer without a terminal: keys in, a canvas out. */
struct desk {
	struct kb *kb;
	struct ui ui;
	struct canvas canvas;
	char taken[64];         /* what ui_pick() gave */
	int times;
};

static int setup(void **state)
{
	struct desk *d = xcalloc(1, sizeof *d);
	struct err e;

	d->kb = util_open(util_db());
	ui_init(&d->ui, d->kb);
	canvas_init(&d->canvas, 80, 24);
	if (ui_start(&d->ui, &(struct kb_link){ .link = NULL }, &e))
		fail_msg("%s", e.msg);
	ui_draw(&d->ui, &d->canvas);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	ui_release(&d->ui);
	canvas_release(&d->canvas);
	kb_close(d->kb);
	free(d);
	return 0;
}

static void press(struct desk *d, int key, int times)
{
	while (times-- > 0)
		ui_key(&d->ui, key);
}

static void type(struct desk *d, const char *s)
{
	for (; *s; s++)
		ui_key(&d->ui, *s == ' ' ? K_SPACE : (unsigned char)*s);
}

/* A line of the screen, from the top, or with a negative number from the bottom. */
static const char *line(struct desk *d, int y)
{
	static char text[4][400];
	static int next;
	struct buf b = { 0 };

	ui_draw(&d->ui, &d->canvas);
	canvas_row(&d->canvas, y < 0 ? d->canvas.h + y : y, &b);
	next = (next + 1) % COUNT(text);
	snprintf(text[next], sizeof text[next], "%s", buf_str(&b));
	buf_release(&b);
	return text[next];
}

static void shows(struct desk *d, int y, const char *what)
{
	const char *text = line(d, y);

	if (!strstr(text, what))
		fail_msg("line %d is \"%s\", without \"%s\"", y, text, what);
}

/* ---- one of some entries ---- */

static void taken(struct ui *ui, const char *link, void *ctx)
{
	struct desk *d = ctx;

	assert_ptr_equal(ui, &d->ui);
	snprintf(d->taken, sizeof d->taken, "%s", link);
	d->times++;
}

static int pick_service(struct desk *d)
{
	struct refs refs = { 0 };
	struct err e = { 0 };
	int n;

	assert_int_equal(kb_of_kind(d->kb, KIND_SERVICE, &refs, &e), 0);
	assert_int_equal(ui_pick(&d->ui, "Add a service", &refs, taken, d, &e), 0);
	n = refs.n;
	refs_release(&refs);            /* they are copied */
	return n;
}

static void letters_narrow_and_enter_takes(void **state)
{
	struct desk *d = *state;
	char count[32];

	snprintf(count, sizeof count, " 1/%d ", pick_service(d));
	shows(d, 0, "> Add a service");
	shows(d, -1, " Add a service: ");
	shows(d, -1, count);
	type(d, "vi mac");
	shows(d, 1, "> Azure Virtual Machines");
	press(d, K_ENTER, 1);
	assert_string_equal(d->taken, "service/vm");
	assert_int_equal(d->times, 1);
	assert_int_equal(d->ui.depth, 1);
	assert_int_equal(d->ui.npast, 0);
}

static void an_id_finds_its_entry_and_so_does_its_link(void **state)
{
	struct desk *d = *state;

	pick_service(d);
	type(d, "aks");
	shows(d, 1, "> Azure Kubernetes Service");
	press(d, 'u' & 0x1f, 1);
	type(d, "service/key-vault");
	shows(d, 1, "> Azure Key Vault");
	press(d, K_ENTER, 1);
	assert_string_equal(d->taken, "service/key-vault");
}

static void keys_move_and_pages_turn(void **state)
{
	struct desk *d = *state;
	int n = pick_service(d), page = d->canvas.h - 3;
	char count[32];

	assert_true(n > page + 3);
	press(d, K_UP, 1);
	shows(d, 1, ">");
	press(d, K_DOWN, 1);
	press(d, 'n' & 0x1f, 1);
	shows(d, 3, ">");
	press(d, 'p' & 0x1f, 1);
	press(d, K_UP, 1);
	shows(d, 1, ">");
	press(d, K_PGDN, 1);
	snprintf(count, sizeof count, " %d/%d ", page, n);
	shows(d, -1, count);
	press(d, K_PGDN, n);
	shows(d, -3, ">");
	snprintf(count, sizeof count, " %d/%d ", n, n);
	shows(d, -1, count);
	press(d, K_PGUP, n);
	shows(d, 1, ">");
	press(d, K_DOWN, 3);
	type(d, "a");           /* what is left begins with the best */
	shows(d, 1, ">");
}

static void esc_and_backspace_on_an_empty_line_leave(void **state)
{
	struct desk *d = *state;

	pick_service(d);
	press(d, K_BACKSPACE, 1);
	assert_int_equal(d->ui.depth, 1);
	pick_service(d);
	type(d, "a");
	press(d, K_BACKSPACE, 1);
	assert_int_equal(d->ui.depth, 2);
	press(d, K_ESC, 1);
	assert_int_equal(d->ui.depth, 1);
	assert_int_equal(d->times, 0);
}

static void where_nothing_is_left_enter_says_so(void **state)
{
	struct desk *d = *state;

	pick_service(d);
	type(d, "qqqq");
	shows(d, 1, "nothing has these letters");
	press(d, K_ENTER, 1);
	shows(d, -2, "nothing has these letters");
	shows(d, -1, "qqqq");
	press(d, 'u' & 0x1f, 1);
	shows(d, -2, "Enter take");
	shows(d, 1, "> ");
	assert_int_equal(d->times, 0);
}

static void a_small_screen_has_the_line_and_the_selection(void **state)
{
	struct desk *d = *state;

	pick_service(d);
	canvas_resize(&d->canvas, 20, 4);
	type(d, "virtual mac");
	shows(d, 1, "> Azure Virtual Ma~");
	shows(d, 3, "> virtual mac");
	press(d, K_DOWN, 1);
	shows(d, 2, "> ");
	assert_int_equal(d->canvas.cursor_y, 3);
	for (int w = 1; w < 30; w++)
		for (int h = 1; h < 8; h++) {
			canvas_resize(&d->canvas, w, h);
			ui_draw(&d->ui, &d->canvas);
		}
}

static void letters_that_fit_are_marked(void **state)
{
	struct desk *d = *state;

	pick_service(d);
	type(d, "vm");
	shows(d, 1, "> Azure Virtual Machines");
	assert_int_equal(d->canvas.cell[80 + 2].face, FACE_TEXT);
	assert_int_equal(d->canvas.cell[80 + 8].face, FACE_STRONG);
	assert_int_equal(d->canvas.cell[80 + 9].face, FACE_TEXT);
	assert_int_equal(d->canvas.cell[80 + 16].face, FACE_STRONG);
}

static void without_a_screen_it_is_told_and_chosen_by_number(void **state)
{
	struct desk *d = *state;
	struct buf text = { 0 }, item = { 0 };
	struct view *v;
	int n = pick_service(d);

	v = ui_top(&d->ui);
	v->ops->tell(v, &text);
	assert_true(strstr(buf_str(&text), "Add a service.\n1. ") == buf_str(&text));
	assert_true(v->ops->item(v, n - 1, &item));
	assert_non_null(strstr(buf_str(&text), buf_str(&item)));
	assert_false(v->ops->item(v, n, &item));
	assert_false(v->ops->item(v, -1, &item));
	v->ops->choose(v, 2, "");
	assert_int_equal(d->times, 1);
	assert_int_equal(strncmp(d->taken, "service/", 8), 0);
	buf_release(&text);
	buf_release(&item);
}

#define DESK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		DESK(letters_narrow_and_enter_takes),
		DESK(an_id_finds_its_entry_and_so_does_its_link),
		DESK(keys_move_and_pages_turn),
		DESK(esc_and_backspace_on_an_empty_line_leave),
		DESK(where_nothing_is_left_enter_says_so),
		DESK(a_small_screen_has_the_line_and_the_selection),
		DESK(letters_that_fit_are_marked),
		DESK(without_a_screen_it_is_told_and_chosen_by_number),
	};

	text_init();
	return UTIL_RUN("lists that are narrowed by typing", tests);
}
