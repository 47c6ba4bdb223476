/* t-own: what the explorer keeps of its user: marks, the last place, notes on pages and in the search.
 *
 * ONUS names the program (./onus), ONUS_DB its database (db/onus.db). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include "util.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS 5000

static struct vt *vt;

static const char *from_env(const char *name, const char *standard)
{
	const char *value = getenv(name);

	return value && *value ? value : standard;
}

static void start(const char *dir, const char *option)
{
	const char *program = from_env("ONUS", "./onus");
	char database[4096], data[1024], options[1024];

	snprintf(database, sizeof database, "ONUS_DB=%s", from_env("ONUS_DB", "db/onus.db"));
	snprintf(data, sizeof data, "XDG_DATA_HOME=%s", dir);
	snprintf(options, sizeof options, "ASAN_OPTIONS=%s", from_env("ASAN_OPTIONS", ""));
	vt = vt_open(80, 24, (const char *const[]) { program, option, NULL },
		     (const char *const[]) { database, data, options, NULL });
	assert_non_null(vt);
}

static int setup(void **state)
{
	return util_setup(state);
}

static int teardown(void **state)
{
	vt_close(vt);
	vt = NULL;
	return util_teardown(state);
}

static void sees(const char *text)
{
	if (!vt_wait(vt, text, MS)) {
		char *screen = vt_screen(vt);
		print_message("%s\n", screen);
		free(screen);
		fail_msg("there is no \"%s\"", text);
	}
}

static void types(const char *keys, const char *then)
{
	assert_true(vt_keys(vt, keys));
	sees(then);
}

static void ends(int status)
{
	assert_int_equal(vt_end(vt, MS), status);
	vt_close(vt);
	vt = NULL;
}

/* A note, from the command line. */
static void write_note(const char *dir, const char *link, const char *text)
{
	int in[2], status;
	pid_t pid;

	assert_int_equal(pipe(in), 0);
	pid = fork();
	if (!pid) {
		setenv("XDG_DATA_HOME", dir, 1);
		setenv("ONUS_DB", from_env("ONUS_DB", "db/onus.db"), 1);
		dup2(in[0], 0);
		close(in[1]);
		execlp(from_env("ONUS", "./onus"), "onus", "note", link, NULL);
		_exit(127);
	}
	close(in[0]);
	assert_int_equal(write(in[1], text, strlen(text)), strlen(text));
	close(in[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void looking_keeps_nothing(void **state)
{
	start(*state, NULL);
	sees("Row 1 of 10.");
	types("Enter", "azure:saas/");
	types("text:'q", "there is no mark q; mq makes it");
	types("M", "there are no marks");
	assert_true(vt_keys(vt, "Q"));
	ends(0);
	assert_int_equal(util_count(*state), 0);
}

static void a_letter_brings_back_a_place(void **state)
{
	start(*state, NULL);
	sees("Row 1 of 10.");
	types("Down*4 text:ma", "marked; 'a comes back here");
	types("Down*2 Enter", "azure:saas/os");
	types("text:mb", "marked; 'b comes back here");
	types("text:'a", "Row 5 of 10.");
	types("text:''", "azure:saas/os");
	types("text:''", "Row 5 of 10.");
	types("M", "b: SaaS / Operating system");
	sees("a: Azure shared responsibility, SaaS, Applications");
	types("Down Enter", "azure:saas/os");
	types("BS", "Your marks");
	assert_true(vt_keys(vt, "Q"));
	ends(0);
	start(*state, "--fresh");
	sees("Row 1 of 10.");
	types("text:'b", "azure:saas/os");
	types("q", "Row 7 of 10.");
	types("m Esc text:'1", "'1 does nothing here");
}

static void the_last_place_is_where_one_starts(void **state)
{
	static const int signals[] = { 0, SIGTERM, SIGHUP, -1 };

	write_note(*state, "paas/os", "x");
	for (int i = 0; i < COUNT(signals); i++) {
		start(*state, "--fresh");
		sees("Row 1 of 10.");
		for (int k = 0; k < i; k++)
			assert_true(vt_keys(vt, "Down"));
		types("Enter", "azure:saas/");
		if (!signals[i])
			assert_true(vt_keys(vt, "Q"));
		else if (signals[i] > 0)
			vt_signal(vt, signals[i]);
		else
			vt_hangup(vt);
		assert_int_not_equal(vt_end(vt, MS), -1);
		vt_close(vt);
		start(*state, NULL);
		sees("back where you were, at SaaS / ");
		assert_true(vt_keys(vt, "q"));
		{
			char row[32];
			snprintf(row, sizeof row, "Row %d of 10.", i + 1);
			sees(row);
		}
		assert_true(vt_keys(vt, "Q"));
		ends(0);
	}
}

static void a_page_and_the_search_show_a_note(void **state)
{
	write_note(*state, "paas/os", "What of the zebra\ncrossing?");
	start(*state, "os/paas");
	sees("Your note");
	sees("What of the zebra");
	types("/ text:zebr", "Your notes 1");
	sees("> PaaS / Operating system: What of the zebra crossing?");
	types("Enter", "azure:paas/os");
	types("q", "Search: zebr");
	assert_true(vt_keys(vt, "Q"));
	ends(0);
}

static void what_cannot_be_used_is_a_message_and_all_else_goes_on(void **state)
{
	char *dir = strdup(util_path(*state, "onus"));

	write_note(*state, "paas/os", "x");
	assert_int_equal(chmod(dir, 0777), 0);
	start(*state, NULL);
	sees("others can write to the folder");
	types("Down", "Row 2 of 10.");
	types("Enter", "azure:saas/");
	types("text:ma", "others can write to the folder");
	assert_true(vt_keys(vt, "q q q"));
	ends(0);
	assert_int_equal(chmod(dir, 0700), 0);
	free(dir);
}

static void damage_is_told_where_it_is_met(void **state)
{
	const char *file = util_path(*state, "onus/user.db");
	size_t n;
	char *data;

	write_note(*state, "paas/os", "zebra");
	write_note(*state, "paas/os", "crossing");
	data = util_read(file, &n);
	memset(data + 4096, 0, n - 4096);
	util_write(file, data, n);
	chmod(file, 0600);
	free(data);
	start(*state, "paas/os");
	sees("backup of");
	sees("zebra");
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(looking_keeps_nothing),
		IN_DIR(a_letter_brings_back_a_place),
		IN_DIR(the_last_place_is_where_one_starts),
		IN_DIR(a_page_and_the_search_show_a_note),
		IN_DIR(what_cannot_be_used_is_a_message_and_all_else_goes_on),
		IN_DIR(damage_is_told_where_it_is_met),
	};

	return UTIL_RUN("what the explorer keeps", tests);
}
