#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vt.h"

#define MS 5000
#define START "SaaS, Information and data"
#define PASTED(text) "\033[200~" text "\033[201~"

static char database[4200];

static int to_the_grid(void **state)
{
	const char *program = getenv("ONUS"), *db = getenv("ONUS_DB");
	struct vt *vt;

	if (!program || !db)
		fail_msg("the environment has no ONUS or no ONUS_DB");
	snprintf(database, sizeof database, "ONUS_DB=%s", db);
	vt = vt_open(80, 24, (const char *const[]) { program, NULL }, (const char *const[]) { database, NULL });
	assert_non_null(vt);
	*state = vt;
	assert_true(vt_wait(vt, START, MS));
	return 0;
}

static int to_the_end(void **state)
{
	vt_close(*state);
	return 0;
}

static void paste(struct vt *vt, const char *s, size_t n)
{
	vt_type(vt, s, n);
}
#define PASTE(vt, text) paste(vt, PASTED(text), sizeof PASTED(text) - 1)

static void a_paste_goes_into_the_line_of_the_palette(void **state)
{
	struct vt *vt = *state;

	vt_keys(vt, ":");
	assert_true(vt_wait(vt, "Tab complete", MS));
	PASTE(vt, "go\rpaas/os\033[B\003\t");   /* ends of lines are blanks, what is no text is left out */
	assert_true(vt_wait(vt, ":go paas/os ", MS));
	assert_int_equal(vt_end(vt, 0), -1);
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "azure:paas/os", MS));
}

static void a_paste_goes_into_the_line_of_a_search(void **state)
{
	struct vt *vt = *state;

	vt_keys(vt, "/");
	assert_true(vt_wait(vt, "type words", MS));
	PASTE(vt, "q? key v\303\251ult");
	assert_true(vt_wait(vt, "/q? key v\303\251ult", MS));
	vt_keys(vt, "C-u");
	PASTE(vt, "OMIGOD");
	assert_true(vt_wait(vt, "OMIGOD", MS));
}

static void a_paste_outside_of_a_line_never_opens_one(void **state)
{
	struct vt *vt = *state;

	PASTE(vt, ":lists\r/x\rQ");
	vt_keys(vt, "j");               /* whatever was pasted has been read before this */
	assert_true(vt_wait(vt, "SaaS, Devices", MS));
	assert_int_equal(vt_end(vt, 0), -1);
}

static void a_long_paste_is_cut_and_says_so(void **state)
{
	struct vt *vt = *state;
	char text[3000];

	vt_keys(vt, ":");
	assert_true(vt_wait(vt, "Tab complete", MS));
	memset(text, 'a', sizeof text);
	memcpy(text, "\033[200~", 6);
	memcpy(text + sizeof text - 6, "\033[201~", 6);
	paste(vt, text, sizeof text);
	assert_true(vt_wait(vt, "the line is full", MS));
	vt_keys(vt, "C-u text:lists Enter");
	assert_true(vt_wait(vt, "All kinds of entries", MS));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, to_the_grid, to_the_end)
	static const struct CMUnitTest tests[] = {
		T(a_paste_goes_into_the_line_of_the_palette),
		T(a_paste_goes_into_the_line_of_a_search),
		T(a_paste_outside_of_a_line_never_opens_one),
		T(a_long_paste_is_cut_and_says_so),
	};

	return cmocka_run_group_tests_name("pastes on a terminal", tests, NULL, NULL);
}
