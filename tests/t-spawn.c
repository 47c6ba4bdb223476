#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "util.h"

#include "base/spawn.h"

enum { SOON = 5000, LONG = 60000 };     /* ms */

/* Run a script of sh: $0 is the file "out" of the folder of the test. */
static int run(void **state, const char *script, const char *text, size_t n, int ms, struct err *e)
{
	const char *const argv[] = { "sh", "-c", script, util_path(*state, "out"), NULL };

	return spawn_feed(argv, text, n, ms, e);
}

#define runs(state, script) \
	do { \
		struct err run_e; \
		if (run(state, script, "", 0, SOON, &run_e)) \
			fail_msg("%s", run_e.msg); \
	} while (0)

static char *out(void **state)
{
	return util_read(util_path(*state, "out"), NULL);
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Whether a process is there and not dead: one whose parent is gone may wait to be reaped. */
static bool lives(long pid)
{
	char path[64], line[256] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	f = fopen(path, "r");
	if (!f)
		return false;
	if (!fgets(line, sizeof(line), f))
		line[0] = '\0';
	fclose(f);
	return *line && !strstr(line, ") Z ");
}

static void check_dies(long pid)
{
	long long end = now() + SOON;

	assert_true(pid > 1);
	while (lives(pid) && now() < end)
		poll(NULL, 0, 2);
	assert_false(lives(pid));
}

/* The numbers that a script has written. */
static void pids(void **state, long *pid, int n)
{
	char *text = out(state), *at = text;

	for (int i = 0; i < n; i++)
		pid[i] = strtol(at, &at, 10);
	free(text);
}

/* ---- what it gets ---- */

static void arguments_arrive_as_they_are(void **state)
{
	const char *const argv[] = { "sh", "-c", "printf '<%s>' \"$@\" >\"$0\"", util_path(*state, "out"),
		"", " a  b ", "$HOME `id` $(id)", "'\"\\", "*", "-n", "; rm -rf x", "\303\251\n\t", "%s", NULL };
	struct err e;
	char *got;

	assert_int_equal(spawn_feed(argv, "", 0, SOON, &e), 0);
	got = out(state);
	assert_string_equal(got, "<>< a  b ><$HOME `id` $(id)><'\"\\><*><-n><; rm -rf x><\303\251\n\t><%s>");
	free(got);
}

static void a_text_of_any_length_arrives_whole(void **state)
{
	static const size_t lengths[] = { 0, 1, 4096, 65536, 65537, 3000000 };

	for (int i = 0; i < COUNT(lengths); i++) {
		char *text = malloc(lengths[i] + 1), *got;
		struct err e;
		size_t n;
		for (size_t k = 0; k < lengths[i]; k++)
			text[k] = (char)(k * 7 + k / 256);
		assert_int_equal(run(state, "cat >\"$0\"", text, lengths[i], SOON, &e), 0);
		got = util_read(util_path(*state, "out"), &n);
		assert_int_equal(n, lengths[i]);
		assert_memory_equal(got, text, n);
		free(text);
		free(got);
	}
}

static void what_it_prints_goes_nowhere(void **state)
{
	char *got;

	runs(state, "echo x; echo y >&2; a=$(readlink /proc/$$/fd/1) b=$(readlink /proc/$$/fd/2); echo $a $b >\"$0\"");
	got = out(state);
	assert_string_equal(got, "/dev/null /dev/null\n");
	free(got);
}

static void it_gets_no_file_of_ours_and_leaves_us_none(void **state)
{
	int theirs = open("/dev/null", O_RDONLY), before, high;
	char *got;

	high = fcntl(theirs, F_DUPFD, 40);
	assert_true(theirs >= 0 && high >= 40);
	before = util_count("/proc/self/fd");
	for (int i = 0; i < 20; i++)
		runs(state, "exec ls /proc/self/fd >\"$0\"");  /* which opens one itself */
	assert_int_equal(util_count("/proc/self/fd"), before);
	got = out(state);
#ifdef HAVE_POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP
	assert_string_equal(got, "0\n1\n2\n3\n");
#else
	assert_non_null(strstr(got, "0\n1\n2\n"));
#endif
	free(got);
	close(theirs);
	close(high);
}

static void its_signals_are_as_a_shell_leaves_them(void **state)
{
	unsigned long long blocked, ignored, real = 0x7fffffff;         /* those behind are the library's */
	sigset_t block, was;
	char *got;

	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, &was);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	runs(state, "grep -E '^Sig(Blk|Ign)' /proc/self/status >\"$0\"");
	got = out(state);
	assert_int_equal(sscanf(got, "SigBlk: %llx SigIgn: %llx", &blocked, &ignored), 2);
	assert_int_equal(blocked & real, 0);
	assert_int_equal(ignored & real, 0);
	free(got);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGUSR2, SIG_DFL);
	sigprocmask(SIG_SETMASK, &was, NULL);
}

/* ---- how it ends ---- */

static void who_does_not_read_is_no_accident(void **state)
{
	static char text[1 << 20];
	struct err e;

	memset(text, 'x', sizeof(text));
	assert_int_equal(signal(SIGPIPE, SIG_DFL) == SIG_ERR, 0);
	assert_int_equal(run(state, "exit 0", text, sizeof(text), SOON, &e), 0);
	assert_int_equal(run(state, "exec <&-; head -c 10 </dev/zero >\"$0\"", text, sizeof(text), SOON, &e), 0);
}

static void a_failure_is_a_sentence(void **state)
{
	static const char *const missing[] = { "onus-no-such-program", "x", NULL };
	static const struct { const char *script, *want; } cases[] = {
		{ "exit 3", "sh failed with status 3" },
		{ "kill -9 $$", "sh was ended by signal 9" },
	};
	struct err e;

	for (int i = 0; i < COUNT(cases); i++) {
		assert_int_equal(run(state, cases[i].script, "text", 4, SOON, &e), -1);
		assert_int_equal(e.status, STATUS_FAILED);
		assert_string_equal(e.msg, cases[i].want);
	}
	assert_int_equal(spawn_feed(missing, "text", 4, SOON, &e), -1);
	assert_string_equal(e.msg, "cannot run onus-no-such-program: No such file or directory");
}

static void who_takes_too_long_is_killed_with_all_it_has_started(void **state)
{
	long long begin = now();
	struct err e;
	long pid[2];

	assert_int_equal(run(state, "sleep 60 & echo $$ $! >\"$0\"; wait", "", 0, 300, &e), -1);
	assert_in_range(now() - begin, 300, SOON);
	assert_string_equal(e.msg, "sh took longer than 0.3 s");
	pids(state, pid, 2);
	for (int i = 0; i < 2; i++)
		check_dies(pid[i]);
}

static void a_text_that_nobody_takes_ends_with_the_time(void **state)
{
	static char text[1 << 20];
	struct err e;

	assert_int_equal(run(state, "sleep 60", text, sizeof(text), 300, &e), -1);
	assert_string_equal(e.msg, "sh took longer than 0.3 s");
}

/* As wl-copy and xclip do: they serve what they have read until somebody else copies. */
static void what_it_leaves_in_the_background_goes_on_and_does_not_hold_us(void **state)
{
	long long begin = now();
	struct err e;
	long pid;

	assert_int_equal(run(state, "cat >/dev/null; sleep 60 & echo $! >\"$0\"", "text", 4, LONG, &e), 0);
	assert_in_range(now() - begin, 0, SOON);
	pids(state, &pid, 1);
	assert_true(lives(pid));
	assert_int_not_equal(getpgid((pid_t)pid), getpgrp());
	kill((pid_t)pid, SIGKILL);
	check_dies(pid);
}

static volatile sig_atomic_t signalled;

static void count_signal(int sig)
{
	signalled += sig;
}

static void a_signal_that_ends_us_ends_it_first(void **state)
{
	struct sigaction ours = { .sa_handler = count_signal }, was, now_is;
	long long begin = now();
	struct err e;
	long pid;

	sigaction(SIGTERM, &ours, &was);
	signalled = 0;
	assert_int_equal(run(state, "echo $$ >\"$0\"; kill -TERM $PPID; sleep 60", "", 0, LONG, &e), -1);
	assert_int_equal(signalled, SIGTERM);
	assert_in_range(now() - begin, 0, SOON);
	pids(state, &pid, 1);
	check_dies(pid);
	sigaction(SIGTERM, &was, &now_is);
	assert_true(now_is.sa_handler == count_signal);
}

static void signals_are_as_before_afterwards(void **state)
{
	static const int all[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGPIPE, SIGCHLD };
	sigset_t before, after;

	sigprocmask(SIG_BLOCK, NULL, &before);
	for (int i = 0; i < COUNT(all); i++)
		signal(all[i], i % 2 ? SIG_IGN : SIG_DFL);
	runs(state, "exit 0");
	for (int i = 0; i < COUNT(all); i++)
		assert_true(signal(all[i], SIG_DFL) == (i % 2 ? SIG_IGN : SIG_DFL));
	sigprocmask(SIG_BLOCK, NULL, &after);
	for (int sig = 1; sig < 32; sig++)
		assert_int_equal(sigismember(&after, sig), sigismember(&before, sig));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, util_setup, util_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(arguments_arrive_as_they_are),
		TEST(a_text_of_any_length_arrives_whole),
		TEST(what_it_prints_goes_nowhere),
		TEST(it_gets_no_file_of_ours_and_leaves_us_none),
		TEST(its_signals_are_as_a_shell_leaves_them),
		TEST(who_does_not_read_is_no_accident),
		TEST(a_failure_is_a_sentence),
		TEST(who_takes_too_long_is_killed_with_all_it_has_started),
		TEST(a_text_that_nobody_takes_ends_with_the_time),
		TEST(what_it_leaves_in_the_background_goes_on_and_does_not_hold_us),
		TEST(a_signal_that_ends_us_ends_it_first),
		TEST(signals_are_as_before_afterwards),
	};

	return UTIL_RUN("spawn: other programs without a shell", tests);
}
