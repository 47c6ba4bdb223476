/* t-monkey: any keys at any size in the views of tables, stacks, comparisons, lists, marks and of what is
 * typed, with an own database: whatever comes, the screen is tame, and all that a view can tell, print and
 * come back to works.
 *
 * ONUS_TEST_KEYS asks for more keys than usual, ONUS_TEST_SEED for others. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "ui/ui.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/text.h"
#include "ui/place.h"
#include "util.h"

struct desk {
	char *dir;
	struct kb *kb;
	struct own own;
	struct ui ui;
	struct canvas canvas;
};

static int setup(void **state)
{
	struct desk *d = xcalloc(1, sizeof *d);
	struct err e;

	d->dir = util_dir();
	setenv("XDG_DATA_HOME", d->dir, 1);
	setenv("ONUS_RESTRICTED", "1", 1);
	d->kb = util_open(util_db());
	ui_init(&d->ui, d->kb);
	d->ui.own = &d->own;
	d->ui.clip.way = "osc52";
	canvas_init(&d->canvas, 80, 24);
	if (ui_start(&d->ui, &(struct kb_link){ .link = NULL }, &e))
		fail_msg("%s", e.msg);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	ui_release(&d->ui);
	own_close(&d->own);
	canvas_release(&d->canvas);
	kb_close(d->kb);
	unsetenv("ONUS_RESTRICTED");
	unsetenv("XDG_DATA_HOME");
	util_remove(d->dir);
	free(d);
	return 0;
}

/* What is typed at once, so that one gets deep: \r is Enter, \033 Esc, \t Tab, \b Backspace. */
static const char *const phrases[] = {
	"S", "a", "d", "i", "K", "o", "A", "C", "cs", "cp", "ci", "co", "fc", "fs", "fm", "fu", "fb", "fx",
	"fz", "F", "vc", "L", "M", "''", "-", "[", "]", "\b", "'a", "'b", "'c", "n", "N", "gg", "G", "7G",
	"99999999G", "99999999j", "yy", "yl", "ym", "e", "w", "?", "q", "\033", "\r", " ", "\t", "x", "b",
	"s", "1", "3", "9", "j", "k", "l", "h", "0", "$", "gs", "gp", "gi", "go", "Sv\r", "avm\r", "aaks\r",
	"afun\r", "lifun\r", "liarc\r", "Kmine\r", "Kin mine\r", "o\r", "/key\r", "/patch", "/zz\r", ":",
	":vm\r", ":stack vm aks\r", ":stack vm..aks functions\r", ":stack/vm/os#vm\r", ":stack vm ++\r",
	":compare iaas paas\r", ":compare azure azure-ai\r", ":compare azure-2026 azure-classic\r",
	":compare vm aks\r", ":azure-ai\r", ":azure-classic\r", ":azure\r", ":azure-2026\r", ":services\r",
	":iaas..paas#layer/os\r", ":stack-keep\r", ":stack-swap\r", ":only m\r", ":go-mark a\r",
	":paas/os\r", ":service/aks\r", ":notes\r", ":go stack/@mine\r", ":..\r", ":stack/\r",
	"\xc3\xa9\xe2\x80\xae\xf0\x9f\x98\x80",
};
static const int keys[] = {
	K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN, K_ENTER, K_ESC, K_BACKSPACE, K_DELETE,
	K_TAB, K_BACKTAB, K_SPACE, K_F1, K_ALT_LEFT, K_ALT_RIGHT, 'u' & 0x1f, 'w' & 0x1f, 'n' & 0x1f,
	'p' & 0x1f, 'c' & 0x1f, 'l' & 0x1f, 'z' & 0x1f, 0, 1, 0x7f, 0x9b, 0x202e, 0x301, 0x6f22, 0xd800,
	0x10ffff, 0x110000, -1,
};

static int key_of(uint32_t cp)
{
	return cp == '\r' ? K_ENTER : cp == 033 ? K_ESC : cp == '\t' ? K_TAB : cp == '\b' ? K_BACKSPACE
	       : cp == ' ' ? K_SPACE : (int)cp;
}

/* Returns how many keys that were. */
static int press_some(struct desk *d)
{
	uint32_t cp, how = util_random(100);
	int n = 1;

	if (how < 55) {
		const char *s = phrases[util_random(COUNT(phrases))];
		for (n = 0; text_decode(s, &cp); n++, s += text_decode(s, &cp)) {
			ui_key(&d->ui, key_of(cp));
			d->ui.done = false;
		}
	} else if (how < 80) {
		ui_key(&d->ui, keys[util_random(COUNT(keys))]);
	} else if (how < 97) {
		ui_key(&d->ui, (int)(' ' + util_random(95)));
	} else if (how < 98) {
		ui_key(&d->ui, 'm');
		ui_key(&d->ui, (int)('a' + util_random(4)));
	} else {
		ui_paste(&d->ui, keys[util_random(COUNT(keys))]);
	}
	d->ui.done = d->ui.suspend = false;
	return n;
}

static void check_canvas(const struct canvas *c)
{
	struct buf row = { 0 };

	assert_true(c->cursor_x >= 0 && c->cursor_x < c->w);
	assert_true(c->cursor_y >= 0 && c->cursor_y < c->h);
	for (int y = 0; y < c->h; y++) {
		buf_clear(&row);
		canvas_row(c, y, &row);
		util_assert_tame(buf_str(&row), false);
	}
	buf_release(&row);
}

static void draw(struct desk *d)
{
	static const struct { int w, h; } sizes[] = { { 1, 1 }, { 80, 24 }, { 120, 40 }, { 20, 4 }, { 40, 12 },
						      { 500, 200 }, { 3, 60 }, { 200, 2 } };
	uint32_t n = util_random(COUNT(sizes) * 2);
	int w = 1 + (int)util_random(130), h = 1 + (int)util_random(45);

	if (n < COUNT(sizes))
		w = sizes[n].w, h = sizes[n].h;
	canvas_resize(&d->canvas, w, h);
	ui_draw(&d->ui, &d->canvas);
	check_canvas(&d->canvas);
	util_assert_tame(d->ui.message, false);
}

/* What linear mode, w, y and a mark do of a view. */
static void ask_view(struct desk *d)
{
	static const struct format *const formats[] = { &format_text, &format_plain, &format_csv, &format_json,
							&format_md, &format_html, &format_svg };
	const struct format *f = formats[util_random(COUNT(formats))];
	struct view *v = ui_top(&d->ui);
	struct place_was here = place_here(&d->ui), again;
	struct buf text = { 0 }, kept = { 0 };
	struct sink s = { .width = 80 };
	struct err e;
	char *printed = NULL;
	size_t n;

	v->ops->tell(v, &text);
	v->ops->say(v, &text);
	for (int i = -1; i < 3; i++)
		v->ops->item(v, i * 7, &text);
	if (v->ops->selected)
		v->ops->selected(v, &text);
	util_assert_tame(buf_str(&text), true);
	place_text(&here, &kept);
	if (place_parse(&again, buf_str(&kept), &e))
		fail_msg("%s: %s", e.msg, buf_str(&kept));
	s.out = open_memstream(&printed, &n);
	assert_int_equal(kb_content(d->kb, &s.content, &e), 0);
	/* Marks alone are not printed. */
	if (v->ops->print && format_has(f, v->use) && v->ops->print(v, f, &s, &e) && strcmp(v->link, "mark/") != 0)
		fail_msg("%s cannot be printed as %s: %s", v->link, f->name, e.msg);
	fclose(s.out);
	free(printed);
	place_release(&here);
	place_release(&again);
	buf_release(&text);
	buf_release(&kept);
}

static void choose(struct desk *d)
{
	struct view *v = ui_top(&d->ui);
	struct buf text = { 0 };
	int n = (int)util_random(12);

	if (v->ops->item(v, n, &text))
		v->ops->choose(v, n, util_random(2) ? "" : "vm");
	buf_release(&text);
}

static void any_keys_at_any_size_do_no_harm(void **state)
{
	struct desk *d = *state;
	const char *asked = getenv("ONUS_TEST_KEYS");
	long most = asked ? atol(asked) : 12000;

	util_seed();
	for (long n = 0; n < most; ) {
		n += press_some(d);
		if (!util_random(3))
			draw(d);
		if (!util_random(50))
			ask_view(d);
		if (!util_random(200))
			choose(d);
	}
}

/* ---- places that a file names ---- */

static void any_place_of_a_file_does_no_harm(void **state)
{
	static const char *const views[] = {
		"grid", "page", "help", "list", "search", "compare", "stack", "pick", "palette", "",
	};
	static const char *const links[] = {
		"", "azure", "azure-ai", "nothing", "azure:paas/os", "paas/os", "service/aks", "services",
		"service/", "index", "mark/", "note/", "matrix/", "stack/", "stack/vm", "stack/vm+aks",
		"stack/vm..functions+aks", "stack/vm/os", "stack/vm#vm", "stack/nothing", "stack/+",
		"stack/vm++aks", "stack/@mine", "azure:iaas..azure:paas", "azure:iaas..azure:paas#layer/os",
		"iaas..paas", "azure:iaas", "..", "matrix/azure..matrix/azure-ai",
		"matrix/azure..azure:iaas", "service/vm..service/aks", "key", "a/b/c", "azure:iaas..",
		"..azure:iaas", "source/ms-diagram", "term/iaas", "index..index", "\"*:^ -", "key vault",
	};
	static const long long marks[] = {
		0, 1, 7, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffff00000000,
		0x7fffffffffffffff, 0x500000003,
	};
	struct desk *d = *state;
	struct err e;
	int good = 0;

	util_seed();
	for (int n = 0; n < 800; n++) {
		struct buf text = { 0 };
		struct place_was p;
		buf_addf(&text, "grid %lld %s\n", marks[util_random(COUNT(marks))],
			 util_random(4) ? "azure" : links[util_random(COUNT(links))]);
		for (uint32_t i = util_random(4); i; i--)
			buf_addf(&text, "%s %lld %s\n", views[util_random(COUNT(views))],
				 marks[util_random(COUNT(marks))], links[util_random(COUNT(links))]);
		if (!place_parse(&p, buf_str(&text), &e)) {
			good++;
			if (util_random(2))
				ui_go_place(&d->ui, &p);
			else
				place_restore(&d->ui, &p);
			place_release(&p);
			if (util_random(2))
				draw(d);
			for (uint32_t i = util_random(3); i; i--)
				press_some(d);
			draw(d);
			ask_view(d);
		}
		buf_release(&text);
	}
	assert_true(good > 250);
}

static void a_mark_comes_back_however_deep_it_was_made(void **state)
{
	struct desk *d = *state;

	for (int i = 0; i < 100; i++)
		ui_open(&d->ui, i % 2 ? "azure:iaas/os" : "azure:paas/os");
	ui_key(&d->ui, 'm');
	ui_key(&d->ui, 'a');
	ui_to_root(&d->ui);
	ui_key(&d->ui, '\'');
	ui_key(&d->ui, 'a');
	assert_string_equal(ui_top(&d->ui)->link, "azure:iaas/os");
	assert_true(d->ui.depth > 20);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(any_keys_at_any_size_do_no_harm, setup, teardown),
		cmocka_unit_test_setup_teardown(a_mark_comes_back_however_deep_it_was_made, setup, teardown),
		cmocka_unit_test_setup_teardown(any_place_of_a_file_does_no_harm, setup, teardown),
	};

	text_init();
	return UTIL_RUN("keys that nobody would press", tests);
}
