#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MS 2000 /* far more than any of these waits takes; a time-out is a failure */

/* 40x10 running script; the teardown closes it, also when the test fails */
static struct vt *run(void **state, const char *script)
{
	struct vt *vt = vt_open(40, 10, (const char *const[]) { "sh", "-c", script, NULL }, NULL);

	assert_non_null(vt);
	*state = vt;
	return vt;
}

static int teardown(void **state)
{
	vt_close(*state);
	return 0;
}

static struct vt_attr attr_of(struct vt *vt, const char *text)
{
	struct vt_attr attr = { 0 };
	int row, col;

	assert_true(vt_find(vt, text, &row, &col));
	assert_true(vt_attr(vt, row, col, &attr));
	return attr;
}

static void check_line(struct vt *vt, int row, const char *expected)
{
	char *line = vt_line(vt, row);

	assert_non_null(line);
	assert_string_equal(line, expected);
	free(line);
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Output */

static void test_text(void **state)
{
	struct vt *vt = run(state, "printf 'one\\n  two\\n'; cat");
	char *screen;
	int row, col;

	assert_true(vt_wait(vt, "one\n  two", MS));
	assert_false(vt_wait(vt, "three", 0));
	check_line(vt, 0, "one                                     ");
	check_line(vt, -10, "one                                     ");
	assert_null(vt_line(vt, 10));
	assert_null(vt_line(vt, -11));
	screen = vt_screen(vt);
	assert_string_equal(screen, "one\n  two\n\n\n\n\n\n\n\n");
	free(screen);
	assert_true(vt_find(vt, "two", &row, &col));
	assert_int_equal(row, 1);
	assert_int_equal(col, 2);
	assert_false(vt_find(vt, "three", NULL, NULL));
	assert_int_equal(vt_bytes(vt), strlen("one\r\n  two\r\n"));
}

static void test_gone(void **state)
{
	struct vt *vt = run(state, "printf word; read x; printf '\\033[2J'; cat");

	assert_true(vt_wait(vt, "word", MS));
	assert_false(vt_wait_gone(vt, "word", 0));
	vt_keys(vt, "Enter");
	assert_true(vt_wait_gone(vt, "word", MS));
}

static void test_settle(void **state)
{
	struct vt *vt = run(state, "echo ready; read x; while :; do echo more; done");

	assert_true(vt_wait(vt, "ready", MS));
	assert_true(vt_settle(vt, 20, MS));
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "more", MS));
	assert_false(vt_settle(vt, 50, 100));
}

static void test_colours(void **state)
{
	struct vt *vt = run(state, "printf 'plain\\033[1;4;31;44mred\\033[0;7mswap\\033[0m"
				   "\\033[38;5;123mpale\\033[38;2;1;2;3mrgb\\033[39mend'; cat");
	struct vt_attr a;

	assert_true(vt_wait(vt, "end", MS));
	a = attr_of(vt, "plain");
	assert_true(a.fg == VT_DEFAULT && a.bg == VT_DEFAULT && a.fg_index == -1);
	assert_false(a.bold || a.underline || a.reverse || a.italic || a.blink || a.strike);
	a = attr_of(vt, "red");
	assert_true(a.fg_index == 1 && a.bg_index == 4 && a.fg != a.bg && a.fg != VT_DEFAULT);
	assert_true(a.bold && a.underline && !a.reverse);
	a = attr_of(vt, "swap");
	assert_true(a.reverse && a.fg == VT_DEFAULT && !a.bold && !a.underline);
	a = attr_of(vt, "pale");
	assert_true(a.fg_index == 123 && a.fg == 0x87ffff);
	a = attr_of(vt, "rgb");
	assert_true(a.fg_index == -1 && a.fg == 0x010203);
	a = attr_of(vt, "end");
	assert_true(a.fg == VT_DEFAULT);
	assert_false(vt_attr(vt, 10, 0, &a));
	assert_false(vt_attr(vt, 0, 40, &a));
}

static void test_wide(void **state)
{
	struct vt *vt = run(state, "printf '日本e\\314\\201\\n日本\\rx\\n'; echo end; cat");
	struct vt_attr a;
	int col;

	assert_true(vt_wait(vt, "end", MS));
	check_line(vt, 0, "日本e\xcc\x81                                   ");
	assert_true(vt_find(vt, "本e", NULL, &col));
	assert_int_equal(col, 2);
	assert_true(vt_attr(vt, 0, 0, &a));
	assert_int_equal(a.width, 2);
	assert_true(vt_attr(vt, 0, 1, &a));
	assert_int_equal(a.width, 0);
	assert_true(vt_attr(vt, 0, 4, &a));
	assert_int_equal(a.width, 1);
	/* x took the place of half a character: the line is as wide as ever */
	check_line(vt, 1, "x 本                                    ");
}

static void test_altscreen(void **state)
{
	struct vt *vt = run(state, "echo main; printf '\\033[?1049h\\033[Halt'; read x;"
				   "printf '\\033[?1049l'; echo back; cat");

	assert_true(vt_wait(vt, "alt", MS));
	assert_true(vt_altscreen(vt));
	assert_false(vt_wait(vt, "main", 0));
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "main", MS));
	assert_true(vt_wait(vt, "back", MS));
	assert_false(vt_altscreen(vt));
	assert_false(vt_wait(vt, "alt", 0));
}

static void test_cursor(void **state)
{
	struct vt *vt = run(state, "printf '\\033[?25l\\033[3;5Hat'; read x;"
				   "printf '\\033[?25hon'; cat");
	bool visible = true;
	int row, col;

	assert_true(vt_wait(vt, "at", MS));
	vt_cursor(vt, &row, &col, &visible);
	assert_int_equal(row, 2);
	assert_int_equal(col, 6);
	assert_false(visible);
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "on", MS));
	vt_cursor(vt, NULL, NULL, &visible);
	assert_true(visible);
}

/* What ncurses relies on with TERM=xterm-256color, and a terminal may lack */
static void test_sequences(void **state)
{
	struct vt *vt = run(state, "printf 'a\\033[4b|\\n'; printf 'abc\\r\\033[2X\\n';"
				   "printf '\\033[44m\\033[K\\033[0m'; echo end; cat");
	struct vt_attr a;

	assert_true(vt_wait(vt, "aaaaa|\n  c\nend", MS));
	assert_true(vt_attr(vt, 2, 39, &a));
	assert_int_equal(a.bg_index, 4);
}

/* The terminal */

static void test_resize(void **state)
{
	struct vt *vt = run(state, "trap 'stty size' WINCH; stty size; while :; do read x; done");

	assert_true(vt_wait(vt, "10 40", MS));
	vt_resize(vt, 60, 12);
	assert_true(vt_wait(vt, "12 60", MS));
	check_line(vt, 0, "10 40                                                       ");
	vt_resize(vt, 9, 3);
	assert_true(vt_wait(vt, "3 9", MS));
	vt_resize(vt, 0, 0);
	assert_true(vt_wait(vt, "0 0", MS));
	check_line(vt, -1, "         ");
}

/* libvterm 0.1 loses the cursor, and its memory, in these */
static void test_resize_traps(void **state)
{
	struct vt *vt = run(state, "printf '\\033[9;30H\\0337\\033[?1049h\\033[5;9r\\033[4;7Hone';"
				   "read x; printf '\\0338\\n\\n\\ntwo\\n';"
				   "read x; printf '\\033[?1049lback'; cat");
	int row, col;

	assert_true(vt_wait(vt, "one", MS));
	vt_resize(vt, 20, 5);
	vt_cursor(vt, &row, &col, NULL);
	assert_int_equal(row, 3);
	assert_int_equal(col, 9);
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "two", MS));
	vt_resize(vt, 40, 2);
	vt_keys(vt, "Enter");
	assert_true(vt_wait(vt, "back", MS));
	vt_cursor(vt, &row, &col, NULL);
	assert_in_range(row, 0, 1);
}

/* A size that comes within a sequence must not break it */
static void test_resize_within(void **state)
{
	struct vt *vt = run(state, "printf 'a\\033[3'; read x; printf '1mred'; cat");

	assert_true(vt_wait(vt, "a", MS));
	vt_resize(vt, 50, 8);
	vt_type(vt, "\n", 1);
	assert_true(vt_wait(vt, "red", MS));
	assert_int_equal(attr_of(vt, "red").fg_index, 1);
	check_line(vt, -7, "red                                               ");
}

static void test_answers(void **state)
{
	struct vt *vt = run(state, "stty raw -echo; printf '\\033[6n'; exec cat -v");

	assert_true(vt_wait(vt, "^[[1;1R", MS));
}

static void test_same_tty(void **state)
{
	struct vt *vt = run(state, "old=$(stty -g); stty raw -echo; printf raw; read x; stty $old;"
				   "printf sane; read x; stty -echo; exit 1");

	assert_true(vt_same_tty(vt) || vt_wait(vt, "raw", MS));
	assert_true(vt_wait(vt, "raw", MS));
	assert_false(vt_same_tty(vt));
	vt_type(vt, "\n", 1);
	assert_true(vt_wait(vt, "sane", MS));
	assert_true(vt_same_tty(vt));
	vt_keys(vt, "Enter");
	assert_int_equal(WEXITSTATUS(vt_end(vt, MS)), 1);
	assert_false(vt_same_tty(vt));
	vt_hangup(vt);
	assert_false(vt_same_tty(vt));
}

static void test_environment(void **state)
{
	static const char *const argv[] = {
		"sh", "-c", "echo \"$TERM $LC_ALL $A [${HOME-none}] [${SECRET-none}]\"; cat", NULL
	};
	static const char *const env[] = { "A=b=c", "HOME", NULL };
	struct vt *vt;

	setenv("SECRET", "1", 1);
	*state = vt = vt_open(80, 4, argv, env);
	assert_non_null(vt);
	assert_true(vt_wait(vt, "xterm-256color C.UTF-8 b=c [none] [none]", MS));
}

/* Keys */

static void test_keys(void **state)
{
	struct vt *vt = run(state, "stty raw -echo; echo ready; exec cat -v");

	vt_resize(vt, 120, 10);
	assert_true(vt_wait(vt, "ready", MS));
	assert_true(vt_keys(vt, "Up Down*2 Home F1 F12 Del PgDn"));
	assert_true(vt_wait(vt, "^[[A^[[B^[[B^[[H^[OP^[[24~^[[3~^[[6~", MS));
	assert_true(vt_keys(vt, "BTab BS Esc Wait | q*3 text:a*b Space - * **2"));
	assert_true(vt_wait(vt, "^[[Z^?^[|qqqa*b -***", MS));
	assert_true(vt_keys(vt, "C-c Enter C-m C-@ M-x M-- C-Left | Tab C-j |"));
	assert_true(vt_wait(vt, "^C^M^M^@^[x^[-^[[1;5D|", MS));
	assert_false(vt_keys(vt, "Foo"));
	assert_false(vt_keys(vt, "F13"));
	assert_false(vt_keys(vt, "C-"));
}

static void test_application_keys(void **state)
{
	struct vt *vt = run(state, "stty raw -echo; printf '\\033[?1hready'; exec cat -v");

	assert_true(vt_wait(vt, "ready", MS));
	assert_true(vt_keys(vt, "Up Home é M-é Right"));
	assert_true(vt_wait(vt, "^[OA^[OHM-CM-)^[M-CM-)^[OC", MS));
}

/* A program that reads nothing must not stop the one that types */
static void test_type_unread(void **state)
{
	struct vt *vt = run(state, "stty raw -echo; printf ready; kill -STOP $$; wc -c");
	static char bytes[50000];
	long long start;

	assert_true(vt_wait(vt, "ready", MS));
	memset(bytes, 'x', sizeof(bytes) - 1);
	bytes[sizeof(bytes) - 1] = '\n';
	start = now();
	vt_type(vt, bytes, sizeof(bytes));
	assert_true(now() - start < 1000);
	vt_signal(vt, SIGCONT);
	assert_int_equal(vt_end(vt, 0), -1);
}

/* Ends */

static void test_end(void **state)
{
	struct vt *vt = run(state, "read x; echo last; exit 7");

	assert_int_equal(vt_end(vt, 0), -1);
	vt_keys(vt, "Enter");
	assert_int_equal(WEXITSTATUS(vt_end(vt, MS)), 7);
	assert_true(WIFEXITED(vt_end(vt, 0)));
	assert_true(vt_wait(vt, "last", 0));
	assert_false(vt_wait(vt, "never", MS));
	assert_true(vt_settle(vt, MS, MS));
	vt_keys(vt, "q");
	vt_signal(vt, SIGTERM);
}

static void test_signal(void **state)
{
	struct vt *vt = run(state, "trap 'echo got; exit 3' USR1; echo ready;"
				   "while :; do read x; done");

	assert_true(vt_wait(vt, "ready", MS));
	vt_signal(vt, SIGUSR1);
	assert_true(vt_wait(vt, "got", MS));
	assert_int_equal(WEXITSTATUS(vt_end(vt, MS)), 3);
}

static void test_hangup(void **state)
{
	struct vt *vt = run(state, "echo ready; exec cat");
	int status;

	assert_true(vt_wait(vt, "ready", MS));
	vt_hangup(vt);
	status = vt_end(vt, MS);
	assert_true(status != -1 && WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGHUP);
	assert_true(vt_wait(vt, "ready", 0));
	vt_resize(vt, 20, 5);
	vt_type(vt, "x", 1);
}

/* C-z needs a shell with jobs: alone on its terminal a program is not stopped by it */
static void test_stop(void **state)
{
	static const char *const argv[] = {
		"sh", "-m", "-c", "cat; echo stopped; fg; echo end", NULL
	};
	struct vt *vt = *state = vt_open(40, 10, argv, NULL);

	assert_non_null(vt);
	vt_keys(vt, "text:hello Enter");
	assert_true(vt_wait(vt, "hello\nhello", MS));
	vt_keys(vt, "C-z");
	/* fg says what it brings to the front */
	assert_true(vt_wait(vt, "stopped\ncat", MS));
	vt_keys(vt, "text:again Enter");
	assert_true(vt_wait(vt, "again\nagain", MS));
	vt_keys(vt, "C-d");
	assert_true(vt_wait(vt, "end", MS));
}

static void test_not_started(void **state)
{
	(void)state;
	assert_null(vt_open(40, 10, (const char *const[]) { "/nonesuch", NULL }, NULL));
	assert_int_equal(errno, ENOENT);
}

/* One that ignores every polite signal, with a job in the background that does too.  Both hold the
 * pipe's writing end; its end of file proves that they are gone, reaped or not. */
static void test_close_kills(void **state)
{
	struct pollfd end = { .events = POLLIN };
	int ends[2];
	struct vt *vt;
	pid_t pid;
	char c;

	assert_int_equal(pipe(ends), 0);
	vt = run(state, "trap '' HUP TERM INT; set -m; sh -c 'echo ready; while :; do sleep 9;"
			"done' & while :; do read x; done");
	close(ends[1]);
	end.fd = ends[0];
	assert_true(vt_wait(vt, "ready", MS));
	assert_int_equal(poll(&end, 1, 0), 0);
	pid = vt_pid(vt);
	*state = NULL;
	vt_close(vt);
	assert_true(kill(pid, 0) < 0 && errno == ESRCH);
	assert_int_equal(poll(&end, 1, MS), 1);
	assert_int_equal(read(ends[0], &c, 1), 0);
	close(ends[0]);
}

/* Two at a time: neither holds the other's terminal open */
static void test_two(void **state)
{
	struct vt *first = run(state, "echo ready; exec cat");
	struct vt *second = vt_open(20, 5, (const char *const[]) { "cat", NULL }, NULL);
	int status;

	assert_non_null(second);
	assert_true(vt_wait(first, "ready", MS));
	vt_hangup(first);
	status = vt_end(first, MS);
	vt_close(second);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP);
}

/* The picture */

static char *svg(struct vt *vt, const char *title)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_int_equal(vt_svg(vt, f, title), 0);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void test_svg(void **state)
{
	struct vt *vt = run(state, "printf 'a <b> & c\\n\\033[41;1mbold\\033[0m  日';"
				   "printf '\\033[4mx y'; cat");
	char *text;

	assert_true(vt_wait(vt, "x y", MS));
	text = svg(vt, "<t> & \xff\001");
	assert_memory_equal(text, "<svg xmlns=", 11);
	assert_non_null(strstr(text, "<title>&lt;t&gt; &amp; \xef\xbf\xbd\xef\xbf\xbd</title>"));
	assert_non_null(strstr(text, ">a &lt;b&gt; &amp; c</text>"));
	assert_non_null(strstr(text, " font-weight=\"bold\">bold</text>"));
	assert_non_null(strstr(text, "width=\"36\" height=\"17\" fill=\"#e5616a\"/>"));
	assert_non_null(strstr(text, ">日</text>"));
	assert_non_null(strstr(text, " text-decoration=\"underline\">x y</text>"));
	assert_non_null(strstr(text, "</g>\n</svg>\n"));
	free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_text, teardown),
		cmocka_unit_test_teardown(test_gone, teardown),
		cmocka_unit_test_teardown(test_settle, teardown),
		cmocka_unit_test_teardown(test_colours, teardown),
		cmocka_unit_test_teardown(test_wide, teardown),
		cmocka_unit_test_teardown(test_altscreen, teardown),
		cmocka_unit_test_teardown(test_cursor, teardown),
		cmocka_unit_test_teardown(test_sequences, teardown),
		cmocka_unit_test_teardown(test_resize, teardown),
		cmocka_unit_test_teardown(test_resize_traps, teardown),
		cmocka_unit_test_teardown(test_resize_within, teardown),
		cmocka_unit_test_teardown(test_answers, teardown),
		cmocka_unit_test_teardown(test_same_tty, teardown),
		cmocka_unit_test_teardown(test_environment, teardown),
		cmocka_unit_test_teardown(test_keys, teardown),
		cmocka_unit_test_teardown(test_application_keys, teardown),
		cmocka_unit_test_teardown(test_type_unread, teardown),
		cmocka_unit_test_teardown(test_end, teardown),
		cmocka_unit_test_teardown(test_signal, teardown),
		cmocka_unit_test_teardown(test_hangup, teardown),
		cmocka_unit_test_teardown(test_stop, teardown),
		cmocka_unit_test_teardown(test_not_started, teardown),
		cmocka_unit_test_teardown(test_close_kills, teardown),
		cmocka_unit_test_teardown(test_two, teardown),
		cmocka_unit_test_teardown(test_svg, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
