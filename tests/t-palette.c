#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "ui/picker.h"

#include "app/palette.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/prompt.h"
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

static void shows_not(struct desk *d, int y, const char *what)
{
	const char *text = line(d, y);

	if (strstr(text, what))
		fail_msg("line %d is \"%s\"", y, text);
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

/* ---- what the palette offers ---- */

static const unsigned views[] = { IN_GRID, IN_PAGE, IN_LIST, IN_SEARCH, IN_STACK, IN_COMPARE, IN_HELP };

static struct palette offers(struct desk *d, unsigned where, const char *typed)
{
	struct palette p;
	struct err e = { 0 };

	if (palette_open(&p, d->kb, "azure", where, &e) || palette_find(&p, typed, &e))
		fail_msg("%s: %s", typed, e.msg);
	return p;
}

static const struct offer *offer_of(const struct palette *p, enum cmd_id cmd)
{
	for (int i = 0; i < p->n; i++)
		if (p->offer[i].cmd == cmd)
			return &p->offer[i];
	return NULL;
}

static const struct offer *offer_to(const struct palette *p, const char *link)
{
	for (int i = 0; i < p->n; i++)
		if (p->offer[i].link && !strcmp(p->offer[i].link, link))
			return &p->offer[i];
	return NULL;
}

/* By its name it is the first one, by its other names it is there. */
static void check_reached(struct desk *d, enum cmd_id cmd, unsigned where)
{
	const struct cmd *c = &cmd_table[cmd];
	struct palette p = offers(d, where, c->name);
	char *words = xstrdup(c->synonyms), *rest = words;

	if (!p.n || p.offer[0].cmd != cmd || !p.offer[0].exact || !*p.offer[0].right)
		fail_msg("%s is not the first for its name in view %u, but %s", c->name, where,
			 p.n ? p.offer[0].name : "nothing");
	assert_int_equal(p.offer[0].does, c->by_key ? OFFER_ASK : OFFER_COMMAND);
	palette_close(&p);
	for (char *word; (word = strsep(&rest, " "));) {
		p = offers(d, where, word);
		if (*word && !offer_of(&p, cmd))
			fail_msg("%s does not lead to %s", word, c->name);
		palette_close(&p);
	}
	free(words);
}

static void every_command_is_reached_by_its_names(void **state)
{
	for (int v = 0; v < COUNT(views); v++)
		for (int i = 0; i < CMD__COUNT; i++)
			if (cmd_table[i].where & views[v])
				check_reached(*state, (enum cmd_id)i, views[v]);
}

static void a_command_of_another_view_is_not_offered(void **state)
{
	for (int v = 0; v < COUNT(views); v++)
		for (int i = 0; i < CMD__COUNT; i++) {
			struct palette p;
			if (cmd_table[i].where & views[v])
				continue;
			p = offers(*state, views[v], cmd_table[i].name);
			assert_null(offer_of(&p, (enum cmd_id)i));
			palette_close(&p);
		}
}

static void where_nothing_is_typed_commands_come_before_lists(void **state)
{
	struct palette p = offers(*state, IN_GRID, "");
	int own = 0, all = 0, lists = 0;

	for (int i = 0; i < CMD__COUNT; i++) {
		own += (cmd_table[i].where & IN_GRID) && cmd_table[i].where != IN_ANY;
		all += (cmd_table[i].where & IN_GRID) != 0;
	}
	for (int i = 0; i < p.n; i++) {
		bool command = p.offer[i].cmd < CMD__COUNT;
		assert_int_equal(command, i < all);
		if (command)
			assert_int_equal(cmd_table[p.offer[i].cmd].where == IN_ANY, i >= own);
		lists += p.offer[i].link && strchr(p.offer[i].link, '/') &&
			 !strchr(p.offer[i].link, '/')[1];
	}
	assert_int_equal(lists, KIND__COUNT);
	assert_int_equal(p.n, all + lists);
	palette_close(&p);
}

static void keys_that_each_do_something_else_are_offered_one_by_one(void **state)
{
	struct palette p = offers(*state, IN_GRID, "model ");

	for (int i = 0; i < 4; i++) {
		assert_int_equal(p.offer[i].cmd, CMD_MODEL);
		assert_int_equal(p.offer[i].does, OFFER_COMMAND);
		assert_int_equal(p.offer[i].key, "spio"[i]);
	}
	assert_string_equal(p.offer[1].name, "model paas");
	assert_string_equal(p.offer[1].right, "gp");
	palette_close(&p);
	p = offers(*state, IN_GRID, "Column iaas");     /* another name, and a capital */
	assert_int_equal(p.offer[0].key, 'i');
	assert_true(p.offer[0].exact);
	palette_close(&p);
	p = offers(*state, IN_PAGE, "section ");
	for (int i = 0; i < 9; i++)
		assert_int_equal(p.offer[i].key, '1' + i);
	palette_close(&p);
}

static void a_model_that_the_matrix_lacks_is_not_offered(void **state)
{
	struct desk *d = *state;
	struct palette p;
	struct err e;

	assert_int_equal(palette_open(&p, d->kb, "azure-ai", IN_GRID, &e), 0);
	assert_int_equal(palette_find(&p, "model ", &e), 0);
	for (int i = 0; i < p.n; i++)
		if (p.offer[i].cmd == CMD_MODEL)
			assert_int_not_equal(p.offer[i].key, 'o');
	assert_non_null(offer_of(&p, CMD_MODEL));
	palette_close(&p);
	assert_int_equal(palette_open(&p, d->kb, "nothing", IN_GRID, &e), -1);
	util_assert_sentence(e.msg);
}

static void a_service_is_found_by_its_id_with_the_model_it_falls_in(void **state)
{
	struct palette p = offers(*state, IN_GRID, "vm");

	assert_string_equal(p.offer[0].link, "service/vm");
	assert_string_equal(p.offer[1].link, "azure:iaas");
	assert_string_equal(p.offer[1].name, "IaaS");
	assert_string_equal(p.offer[1].about, "model of Azure Virtual Machines");
	palette_close(&p);
	p = offers(*state, IN_PAGE, "Azure AD");        /* an old name */
	assert_non_null(offer_to(&p, "alias/azure-ad"));
	palette_close(&p);
}

static void places_are_found_by_name_and_id(void **state)
{
	static const struct {
		const char *typed, *link;
	} cases[] = {
		{ "paas", "azure:paas" },
		{ "operating system", "azure:layer/os" },
		{ "os", "azure:layer/os" },
		{ "ident dir", "azure:layer/identity" },
		{ "misconceptions", "misconception/" },
		{ "omigod", "example/omigod" },
		{ "key vault", "service/key-vault" },
		{ "conditional access", "practice/conditional-access" },
	};

	for (int i = 0; i < COUNT(cases); i++) {
		struct palette p = offers(*state, IN_LIST, cases[i].typed);
		const struct offer *o = offer_to(&p, cases[i].link);
		if (!o)
			fail_msg("%s does not lead to %s", cases[i].typed, cases[i].link);
		assert_in_range(o - p.offer, 0, 2);
		palette_close(&p);
	}
}

static void commands_with_arguments_become_links(void **state)
{
	static const struct {
		const char *typed, *link;
	} cases[] = {
		{ "compare iaas paas", "iaas..paas" }, { "diff  vm   aks ", "vm..aks" },
		{ "stack vm aks sql-database", "stack/vm+aks+sql-database" }, { "stack vm", "stack/vm" },
		{ "go paas/os", "paas/os" }, { "show os paas", "os/paas" }, { "GO vm", "vm" },
		{ "paas/os", "paas/os" }, { "iaas..paas", "iaas..paas" }, { "azure-2026:saas", "azure-2026:saas" },
	};

	for (int i = 0; i < COUNT(cases); i++) {
		struct palette p = offers(*state, IN_PAGE, cases[i].typed);
		assert_int_equal(p.offer[0].does, OFFER_LINK);
		assert_string_equal(p.offer[0].link, cases[i].link);
		assert_true(p.offer[0].exact);
		palette_close(&p);
	}
}

static void what_lacks_its_arguments_asks_for_them(void **state)
{
	static const char *const typed[] = { "compare ", "compare iaas", "compare a b c", "stack ", "go ", "go a b c" };

	for (int i = 0; i < COUNT(typed); i++) {
		struct palette p = offers(*state, IN_PAGE, typed[i]);
		for (int k = 0; k < p.n; k++)
			assert_false(p.offer[k].exact);
		assert_int_equal(p.offer[0].does, OFFER_ASK);
		assert_int_equal(strncmp(p.offer[0].name, typed[i], strlen(p.offer[0].name)), 0);
		palette_close(&p);
	}
}

static void a_number_is_a_layer_of_a_table(void **state)
{
	struct palette p = offers(*state, IN_GRID, "7");

	assert_int_equal(p.offer[0].cmd, CMD_LAST);
	assert_int_equal(p.offer[0].count, 7);
	assert_string_equal(p.offer[0].about, "Operating system");
	palette_close(&p);
	p = offers(*state, IN_PAGE, "7");
	assert_null(offer_of(&p, CMD_LAST));
	palette_close(&p);
	p = offers(*state, IN_GRID, "11");
	assert_null(offer_of(&p, CMD_LAST));
	palette_close(&p);
	p = offers(*state, IN_GRID, "99999999999999999999");
	assert_null(offer_of(&p, CMD_LAST));
	palette_close(&p);
}

static void each_place_is_offered_once(void **state)
{
	static const char *const typed[] = { "paas", "vm", "azure", "a", "matrix", "identity", "model", "key vault" };

	for (int i = 0; i < COUNT(typed); i++) {
		struct palette p = offers(*state, IN_GRID, typed[i]);
		for (int a = 0; a < p.n; a++)
			for (int b = 0; p.offer[a].link && b < a; b++)
				if (p.offer[b].link)
					assert_string_not_equal(p.offer[a].link, p.offer[b].link);
		for (int a = 1; a < p.n; a++)
			assert_true(p.offer[a - 1].score >= p.offer[a].score);
		palette_close(&p);
	}
}

/* ---- the palette on the screen ---- */

static void run(struct desk *d, const char *typed)
{
	type(d, ":");
	type(d, typed);
	press(d, K_ENTER, 1);
}

static void start_at(struct desk *d, const char *link)
{
	while (d->ui.depth > 1)
		ui_close_view(&d->ui);
	if (*link)
		ui_open(&d->ui, link);
	ui_draw(&d->ui, &d->canvas);
}

static char *screen(struct desk *d)
{
	struct buf b = { 0 };

	ui_draw(&d->ui, &d->canvas);
	for (int y = 0; y < d->canvas.h; y++)
		canvas_row(&d->canvas, y, &b);
	buf_addf(&b, "%d,%d done %d %d, redraw %d, stop %d", d->canvas.cursor_x, d->canvas.cursor_y, d->ui.done,
		 d->ui.status, d->ui.redraw, d->ui.suspend);
	return buf_detach(&b);
}

/* What the first keys of a command do, and what its name does. */
static void check_same(enum cmd_id cmd, const char *link)
{
	const struct cmd *c = &cmd_table[cmd];
	const char *keys = c->keys;
	int sequence[CMD_KEYS_MAX], n = cmd_next_keys(&keys, sequence);
	void *one, *other;
	char *want, *have;

	setup(&one);
	setup(&other);
	start_at(one, link);
	start_at(other, link);
	for (int i = 0; i < n; i++)
		ui_key(&((struct desk *)one)->ui, sequence[i]);
	run(other, c->name);
	want = screen(one);
	have = screen(other);
	if (strcmp(have, want) != 0)
		fail_msg("%s at \"%s\" does not do what its key does:\n%s\n%s", c->name, link, want, have);
	free(want);
	free(have);
	teardown(&one);
	teardown(&other);
}

static void a_command_does_what_its_key_does(void **state UNUSED)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		if (!cmd_table[i].by_key && (cmd_table[i].where & IN_GRID))
			check_same((enum cmd_id)i, "");
		if (!cmd_table[i].by_key && (cmd_table[i].where & IN_PAGE))
			check_same((enum cmd_id)i, "paas/os");
		if (!cmd_table[i].by_key && (cmd_table[i].where & IN_LIST))
			check_same((enum cmd_id)i, "services");
	}
}

static void a_command_that_asks_waits_for_the_rest(void **state)
{
	struct desk *d = *state;

	run(d, "model");
	shows(d, -1, " :model ");
	shows(d, 1, "> model saas");
	type(d, "ia");
	press(d, K_ENTER, 1);
	assert_int_equal(d->ui.depth, 1);
	shows(d, -1, "IaaS, ");
	run(d, "go");
	press(d, K_ENTER, 1);
	shows(d, -2, "go needs LINK behind it");
	shows(d, -1, ":go ");
}

static void a_letter_behind_a_command_is_its_key(void **state)
{
	struct desk *d = *state;

	run(d, "only");
	shows(d, -1, " :only ");
	type(d, "m");
	press(d, K_ENTER, 1);
	shows(d, 0, "only Microsoft");
	run(d, "only z");
	shows(d, -1, "no holder has the letter z");
	run(d, "go-mark q");
	shows(d, -1, "there is no mark q");
}

static void each_difference_of_two_matrices_opens(void **state)
{
	struct desk *d = *state;

	start_at(d, "azure..azure-ai");
	for (int i = 1; i <= 82; i++) {
		char row[16];
		snprintf(row, sizeof row, "%dG", i);
		type(d, row);
		press(d, K_ENTER, 1);
		shows_not(d, -1, "this page has no section");
		assert_string_equal(ui_top(&d->ui)->ops->name, "page");
		press(d, K_ESC, 1);
	}
}

static void places_open_and_one_comes_back_to_where_one_was(void **state)
{
	struct desk *d = *state;

	run(d, "omigod");
	assert_string_equal(ui_top(&d->ui)->link, "example/omigod");
	assert_int_equal(d->ui.depth, 2);
	press(d, K_BACKSPACE, 1);
	assert_int_equal(d->ui.depth, 1);
	run(d, "paas/os");
	assert_string_equal(ui_top(&d->ui)->link, "azure:paas/os");
	run(d, "iaas..paas");
	assert_string_equal(ui_top(&d->ui)->link, "azure:iaas..azure:paas");
	run(d, "compare saas onprem");
	assert_string_equal(ui_top(&d->ui)->link, "azure:saas..azure:onprem");
}

static void a_matrix_changes_the_grid(void **state)
{
	struct desk *d = *state;

	run(d, "azure-2026");
	assert_int_equal(d->ui.depth, 1);
	assert_string_equal(d->ui.stack[0]->link, "azure-2026");
	run(d, "10");
	shows(d, -1, "Row 10 of 10");
}

static void what_leads_nowhere_keeps_the_line_and_says_why(void **state)
{
	struct desk *d = *state;

	run(d, "paas/nothing");
	shows(d, -2, "there is no paas/nothing");
	shows(d, -1, ":paas/nothing");
	press(d, K_BACKSPACE, 7);
	type(d, "os");
	shows_not(d, -2, "there is no");
	press(d, K_ENTER, 1);
	assert_string_equal(ui_top(&d->ui)->link, "azure:paas/os");
	run(d, "qqqqq");
	shows(d, 1, "no command and no place is called so");
	shows(d, -2, "Esc goes back");
	shows(d, -1, ":qqqqq");
	canvas_resize(&d->canvas, 20, 4);
	shows(d, -1, "no command");
	press(d, 'u' & 0x1f, 1);
	shows(d, -1, " :");
}

static void tab_completes_what_is_selected(void **state)
{
	struct desk *d = *state;

	type(d, ":pra");
	press(d, K_TAB, 1);
	shows(d, -1, " :practices ");
	press(d, 'u' & 0x1f, 1);
	type(d, "comp");
	press(d, K_TAB, 1);
	type(d, "paas");
	shows(d, -1, " :compare paas ");
	shows(d, 1, "> compare paas");
	press(d, 'u' & 0x1f, 1);
	type(d, "qqqq");
	press(d, K_TAB, 1);
	shows(d, -1, " :qqqq ");
}

static void up_brings_the_lines_of_before(void **state)
{
	struct desk *d = *state;

	type(d, ":");
	press(d, K_UP, 1);              /* there is none */
	shows(d, -1, " : ");
	press(d, K_ESC, 1);
	run(d, "pane");
	run(d, "gr");                   /* completed when it is remembered */
	start_at(d, "");
	run(d, "vm");
	start_at(d, "");
	type(d, ":");
	press(d, K_UP, 1);
	shows(d, -1, " :Azure Virtual Machines ");
	press(d, K_UP, 2);
	shows(d, -1, " :pane ");
	press(d, K_UP, 3);
	shows(d, -1, " :pane ");
	press(d, K_DOWN, 2);
	shows(d, -1, " :Azure Virtual Machines ");
	press(d, K_DOWN, 1);
	shows(d, -1, " : ");
	press(d, K_DOWN, 2);            /* from here on it is the list that moves */
	shows(d, 3, ">");
	press(d, K_UP, 2);
	shows(d, 1, ">");
	press(d, K_UP, 1);
	press(d, K_ENTER, 1);
	assert_string_equal(ui_top(&d->ui)->link, "service/vm");
}

static void no_more_lines_are_kept_than_there_is_room_for(void **state)
{
	struct desk *d = *state;
	char typed[8];

	for (int i = 0; i < 3 * UI_SAID; i++) {
		snprintf(typed, sizeof typed, "%d", i % 10 + 1);
		run(d, typed);
		run(d, typed);          /* twice the same is once */
	}
	assert_int_equal(d->ui.nsaid, UI_SAID);
	assert_string_equal(d->ui.said[UI_SAID - 1], "10");
	assert_string_equal(d->ui.said[UI_SAID - 2], "9");
}

static void while_a_line_is_typed_a_colon_is_a_colon(void **state)
{
	struct desk *d = *state;

	type(d, "/a:b");
	assert_ptr_equal(ui_top(&d->ui)->ops, &view_search);
	shows(d, -1, "/a:b");
	press(d, K_ESC, 1);
	type(d, "::q");
	shows(d, -1, "::q");
	assert_int_equal(d->ui.depth, 2);
}

static void any_keys_at_any_size_do_no_harm(void **state)
{
	static const int keys[] = { ':', 'a', 'm', 'c', 's', ' ', '/', '.', '1', K_SPACE, K_ENTER, K_ESC, K_TAB, K_UP,
				    K_DOWN, K_PGUP, K_PGDN, K_BACKSPACE, K_LEFT, K_HOME, 'n' & 0x1f, 'p' & 0x1f,
				    'u' & 0x1f, 0xe9, K_DELETE, K_BACKTAB, 'q', ':' };
	struct desk *d = *state;

	util_seed();
	for (int i = 0; i < 20000; i++) {
		ui_key(&d->ui, keys[util_random(COUNT(keys))]);
		d->ui.done = false;
		if (util_random(3))
			continue;
		canvas_resize(&d->canvas, 1 + (int)util_random(100), 1 + (int)util_random(30));
		ui_draw(&d->ui, &d->canvas);
	}
}

static void without_a_screen_the_offers_are_told(void **state)
{
	struct desk *d = *state;
	struct buf text = { 0 };
	struct view *v;

	type(d, ":vm");
	v = ui_top(&d->ui);
	ui_draw(&d->ui, &d->canvas);
	v->ops->tell(v, &text);
	assert_non_null(strstr(buf_str(&text), "\n2. IaaS: model of Azure Virtual Machines.\n"));
	v->ops->choose(v, 1, "");
	assert_string_equal(ui_top(&d->ui)->link, "azure:iaas");
	buf_release(&text);
}

/* ---- pastes ---- */

static void paste(struct desk *d, const char *s)
{
	uint32_t cp;

	for (int n; (n = text_decode(s, &cp)); s += n)
		ui_paste(&d->ui, (int)cp);
}

static void a_paste_is_written_where_a_line_is_open(void **state)
{
	static const char *const lines[] = { "/", ":", "" };
	struct desk *d = *state;

	for (int i = 0; i < COUNT(lines); i++) {
		if (*lines[i])
			type(d, lines[i]);
		else
			pick_service(d);
		paste(d, "q\033\003\rop x: \303\251");
		shows(d, -1, "qop x: \303\251 ");
		press(d, K_ESC, 1);
		assert_int_equal(d->ui.depth, 1);
	}
	ui_open(&d->ui, "services");
	type(d, "/");
	paste(d, "key vault");
	shows(d, -1, "/key vault");
	shows(d, 1, "> Azure Key Vault");
}

static void elsewhere_a_paste_does_nothing(void **state)
{
	static const char *const links[] = { "", "paas/os", "services", "index", "iaas..paas" };
	struct desk *d = *state;

	for (int i = 0; i < COUNT(links); i++) {
		start_at(d, links[i]);
		char *before = screen(d);
		paste(d, "jjQqq\r?x:lists\r/3Gg");
		char *after = screen(d);
		assert_string_equal(before, after);
		free(before);
		free(after);
	}
	start_at(d, "services");
	type(d, "/vm");
	press(d, K_ENTER, 1);           /* the line is closed, and its words stay */
	paste(d, "qq");
	shows(d, -1, "/vm ");
	assert_int_equal(d->ui.depth, 2);
	start_at(d, "");
	type(d, "g");                   /* the first key of two */
	paste(d, "p");
	shows(d, -2, " g ");
}

static void a_paste_that_is_too_long_is_cut_and_says_so(void **state)
{
	struct desk *d = *state;

	type(d, ":");
	for (int i = 0; i < 1000; i++)
		ui_paste(&d->ui, 'a');
	shows(d, -2, "the line is full");
	assert_in_range(ui_top(&d->ui)->ops->line(ui_top(&d->ui))->text.len, 100, 999);
	press(d, K_BACKSPACE, 1);
	shows_not(d, -2, "the line is full");
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
		DESK(every_command_is_reached_by_its_names),
		DESK(a_command_of_another_view_is_not_offered),
		DESK(where_nothing_is_typed_commands_come_before_lists),
		DESK(keys_that_each_do_something_else_are_offered_one_by_one),
		DESK(a_model_that_the_matrix_lacks_is_not_offered),
		DESK(a_service_is_found_by_its_id_with_the_model_it_falls_in),
		DESK(places_are_found_by_name_and_id),
		DESK(commands_with_arguments_become_links),
		DESK(what_lacks_its_arguments_asks_for_them),
		DESK(a_number_is_a_layer_of_a_table),
		DESK(each_place_is_offered_once),
		cmocka_unit_test(a_command_does_what_its_key_does),
		DESK(a_command_that_asks_waits_for_the_rest),
		DESK(a_letter_behind_a_command_is_its_key),
		DESK(each_difference_of_two_matrices_opens),
		DESK(places_open_and_one_comes_back_to_where_one_was),
		DESK(a_matrix_changes_the_grid),
		DESK(what_leads_nowhere_keeps_the_line_and_says_why),
		DESK(tab_completes_what_is_selected),
		DESK(up_brings_the_lines_of_before),
		DESK(no_more_lines_are_kept_than_there_is_room_for),
		DESK(while_a_line_is_typed_a_colon_is_a_colon),
		DESK(any_keys_at_any_size_do_no_harm),
		DESK(without_a_screen_the_offers_are_told),
		DESK(a_paste_is_written_where_a_line_is_open),
		DESK(elsewhere_a_paste_does_nothing),
		DESK(a_paste_that_is_too_long_is_cut_and_says_so),
	};

	text_init();
	return UTIL_RUN("lists that are narrowed by typing", tests);
}
