/* t-pty: the program itself on a pseudo-terminal: what it shows, what its keys do, and how it ends.
 *
 * ONUS names the program (./onus), ONUS_DB its database (db/onus.db).  Reports of sanitizers go
 * into files of a folder of ours, and one in it fails the test that made it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define MS 5000         /* for what happens at once on any machine */
#define PROMISE 1000    /* within this, a signal or a lost terminal ends the program */
#define LEN(a) ((int)(sizeof(a) / sizeof((a)[0])))

#define START "SaaS, Information and data: Customer. Row 1 of 10."
#define PAAS_OS "PaaS, Operating system: Microsoft. Row 7 of 10."
#define FENCE "Z does nothing here"

static char scratch[] = "/tmp/onus-pty-XXXXXX";
static char program[PATH_MAX];

/* ---- running it ---- */

/* ncurses forgets some memory where newterm() fails; it is not ours to free. */
#define LEAKS "leaks.txt"

static int make_scratch(void **state)
{
	const char *name = getenv("ONUS");
	struct rlimit none = { 0, 0 };
	char path[PATH_MAX];
	FILE *f = NULL;

	(void)state;
	setrlimit(RLIMIT_CORE, &none);
	if (!realpath(name && *name ? name : "./onus", program)) {
		fprintf(stderr, "ONUS names no program: %s\n", name ? name : "./onus");
		return -1;
	}
	if (mkdtemp(scratch)) {
		snprintf(path, sizeof(path), "%s/" LEAKS, scratch);
		f = fopen(path, "w");
	}
	if (f)
		fputs("leak:new_prescr\n", f);
	return f ? fclose(f) : -1;
}

static int remove_scratch(void **state)
{
	char path[PATH_MAX];
	DIR *dir = opendir(scratch);

	(void)state;
	for (struct dirent *d; dir && (d = readdir(dir));) {
		snprintf(path, sizeof(path), "%s/%s", scratch, d->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	return rmdir(scratch);
}

static const char *database(void)
{
	const char *name = getenv("ONUS_DB");

	return name && *name ? name : "db/onus.db";
}

/* "NAME=what the developer set:ours" */
static char *sanitizer(const char *name, const char *ours)
{
	const char *set = getenv(name);
	char *s;

	if (asprintf(&s, "%s=%s%slog_path=%s/report:suppressions=%s/%s:%s", name, set ? set : "",
		     set && *set ? ":" : "", scratch, scratch, LEAKS, ours) < 0)
		abort();
	return s;
}

static struct vt *open_with(int cols, int rows, const char *const argv[], const char *const extra[])
{
	char *asan = sanitizer("ASAN_OPTIONS", "suppressions=:quarantine_size_mb=1");
	char *lsan = sanitizer("LSAN_OPTIONS", "print_suppressions=0");
	char *ubsan = sanitizer("UBSAN_OPTIONS", "suppressions=:print_stacktrace=1");
	char onus[PATH_MAX + 8], db[PATH_MAX + 8];
	char folder[64];
	/* Whatever is typed here, it writes no file, runs no editor and keeps nothing. */
	const char *env[16] = { asan, lsan, ubsan, onus, db, folder, "HOME=/dev/null", "ONUS_RESTRICTED=1" };
	struct vt *vt;

	snprintf(folder, sizeof(folder), "SCRATCH=%s", scratch);
	snprintf(onus, sizeof(onus), "ONUS=%s", program);
	snprintf(db, sizeof(db), "ONUS_DB=%s", database());
	for (int i = 0; extra && extra[i]; i++) {
		assert_true(i + 8 < LEN(env) - 1);
		env[i + 8] = extra[i];
	}
	vt = vt_open(cols, rows, argv, env);
	assert_non_null(vt);
	free(asan);
	free(lsan);
	free(ubsan);
	return vt;
}

static struct vt *run_at(int cols, int rows, const char *link)
{
	return open_with(cols, rows, (const char *const[]) { program, link, NULL }, NULL);
}

/* What most tests begin with: the grid at 80x24, complete. */
static struct vt *run(void **state)
{
	struct vt *vt = run_at(80, 24, NULL);

	*state = vt;
	assert_true(vt_wait(vt, START, MS));
	return vt;
}

/* 80x24 and a shell command; the program is "$ONUS" in it. */
static struct vt *run_sh(void **state, const char *script)
{
	struct vt *vt = open_with(80, 24, (const char *const[]) { "sh", "-c", script, NULL }, NULL);

	*state = vt;
	return vt;
}

static void check_no_report(void)
{
	char path[PATH_MAX], line[400];
	DIR *dir = opendir(scratch);
	bool any = false;

	for (struct dirent *d; dir && (d = readdir(dir));) {
		FILE *f;
		if (strncmp(d->d_name, "report", 6) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", scratch, d->d_name);
		any = true;
		for (f = fopen(path, "r"); f && fgets(line, sizeof(line), f);)
			fputs(line, stderr);
		if (f)
			fclose(f);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	assert_false(any);
}

/* A program that is still there leaves by C-c, so that a leak checker has its say too. */
static int teardown(void **state)
{
	if (*state && vt_end(*state, 0) < 0) {
		vt_type(*state, "\003", 1);
		vt_end(*state, 500);
	}
	vt_close(*state);
	*state = NULL;
	check_no_report();
	return 0;
}

/* ---- looking at it ---- */

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Type keys and wait for what they lead to. */
#define leads_to(vt, keys, text) \
	do { \
		assert_true(vt_keys(vt, keys)); \
		if (!vt_wait(vt, text, MS)) \
			fail_shown(vt, keys, text); \
	} while (0)

#define fail_shown(vt, keys, text) \
	do { \
		char *shown = vt_screen(vt); \
		fprintf(stderr, "no \"%s\" after %s:\n%s\n", text, keys, shown); \
		free(shown); \
		fail(); \
	} while (0)

/* All typed before has been done and drawn. */
static void fence(struct vt *vt)
{
	leads_to(vt, "Z", FENCE);
	leads_to(vt, "C-l", "?");
	assert_true(vt_wait_gone(vt, FENCE, MS));
	assert_true(vt_settle(vt, 15, MS));
}

static bool shows(struct vt *vt, const char *text)
{
	return vt_find(vt, text, NULL, NULL);
}

/* The screen with its colours, as a picture, and the cursor. */
static char *frame(struct vt *vt)
{
	char *picture = NULL;
	size_t len;
	FILE *f = open_memstream(&picture, &len);
	bool visible;
	int row, col;

	assert_non_null(f);
	vt_cursor(vt, &row, &col, &visible);
	vt_svg(vt, f, "");
	fprintf(f, "cursor %d,%d %d", row, col, visible);
	fclose(f);
	return picture;
}

#define same_frame(vt, other) \
	do { \
		char *screen_a = vt_screen(vt), *screen_b = vt_screen(other); \
		char *frame_a = frame(vt), *frame_b = frame(other); \
		assert_string_equal(screen_a, screen_b); \
		assert_string_equal(frame_a, frame_b); \
		free(screen_a), free(screen_b), free(frame_a), free(frame_b); \
	} while (0)

/* What a shell would show as its status. */
static int code_of(int status)
{
	return status < 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void check_restored(struct vt *vt)
{
	bool visible;

	vt_cursor(vt, NULL, NULL, &visible);
	assert_true(vt_same_tty(vt));
	assert_false(vt_altscreen(vt));
	assert_true(visible);
}

static void check_ends(struct vt *vt, int code)
{
	assert_int_equal(code_of(vt_end(vt, PROMISE)), code);
	check_restored(vt);
}

/* A number behind a name in /proc/PID/status; -1: the process is gone. */
static long proc(pid_t pid, const char *name)
{
	char path[64], line[256];
	long value = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)) && line[strlen(name)] == ':')
			value = strtol(line + strlen(name) + 1, NULL, 10);
	if (f)
		fclose(f);
	return value;
}

/* The time a process has used, in ticks of 10 ms; -1: it is gone, or dead and not yet reaped. */
static long ticks(pid_t pid)
{
	char path[64], text[1024], state, *end;
	unsigned long user = 0, sys = 0;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return -1;
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	end = strrchr(text, ')');
	if (!end || sscanf(end + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &state,
			   &user, &sys) != 3 || state == 'Z')
		return -1;
	return (long)(user + sys);
}

/* The onus in the session of vt, below a shell. */
static pid_t onus_below(struct vt *vt)
{
	DIR *dir = opendir("/proc");
	char path[300], name[32] = "";
	pid_t found = -1;
	const char *base = strrchr(program, '/') + 1;

	for (struct dirent *d; dir && (d = readdir(dir));) {
		pid_t pid = (pid_t)strtol(d->d_name, NULL, 10);
		FILE *f;
		if (pid < 2 || getsid(pid) != vt_pid(vt))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
		f = fopen(path, "r");
		if (f && fgets(name, sizeof(name), f) && !strncmp(name, base, strlen(base)))
			found = pid;
		if (f)
			fclose(f);
	}
	closedir(dir);
	return found;
}

static void check_gone(pid_t pid)
{
	long long end = now() + PROMISE;

	while (ticks(pid) >= 0 && now() < end)
		poll(NULL, 0, 2);
	if (ticks(pid) < 0)
		return;
	print_error("process %d is still there, having used %ld ms\n", (int)pid, 10 * ticks(pid));
	kill(pid, SIGKILL);
	fail();
}

static long children_ms(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
		(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* Numbers that are the same everywhere. */
static uint32_t seed;

static int any(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

/* ---- the first frame ---- */

static void the_first_frame_shows_the_whole_diagram(void **state)
{
	static const char *const all[] = {
		"Information and data", "Devices (mobile and PCs)", "Accounts and identities",
		"Identity and directory infrastructure", "Applications", "Network controls",
		"Operating system", "Physical hosts", "Physical network", "Physical datacenter",
		"SaaS      PaaS      IaaS     On-prem", "Customer 23  Microsoft 13  Shared 4",
		"Responsibility always retained by the customer", "Responsibility varies by type",
		"Responsibility transfers to cloud provider",
		"SaaS / Information and data: CUSTOMER",
	};
	struct vt *vt = run(state);
	char *hints, *sentence;

	assert_true(vt_settle(vt, 15, MS));
	for (int i = 0; i < LEN(all); i++)
		assert_true(shows(vt, all[i]));
	hints = vt_line(vt, -2);
	sentence = vt_line(vt, -1);
	assert_non_null(strstr(hints, "hjkl move"));
	assert_non_null(strstr(hints, "? help"));
	assert_non_null(strstr(sentence, START));
	free(hints);
	free(sentence);
	assert_true(vt_altscreen(vt));
}

enum paint { CUSTOMER, MICROSOFT, NO_PAINT };

static enum paint paint_of(const struct vt_attr *a)
{
	if (a->fg == 0xffffff && a->bg == 0x005faf)
		return CUSTOMER;
	if (a->fg == 0x000000 && a->bg == 0x5fd7ff)
		return MICROSOFT;
	return NO_PAINT;
}

/* The nine columns of the selected cell, where the cursor stands. */
static void check_cell(struct vt *vt, const char *word)
{
	struct vt_attr a;
	int y, x, left = !strcmp(word, "Microsoft") ? 0 : !strcmp(word, "Shared") ? 4 : 9;
	bool visible;
	char *line;

	vt_cursor(vt, &y, &x, &visible);
	assert_true(visible);
	line = vt_line(vt, y);
	assert_true(line[x - 1] == '[' && line[x + 9] == ']');
	assert_non_null(strstr(line + x, word));
	assert_true(strstr(line + x, word) < line + x + 9);
	free(line);
	for (int i = 0; i < 9; i++) {
		assert_true(vt_attr(vt, y, x + i, &a));
		assert_int_equal(paint_of(&a), i < left ? CUSTOMER : MICROSOFT);
	}
}

static void every_cell_has_the_cursor_the_word_and_the_colours_of_its_holder(void **state)
{
	static const char *const model[] = { "SaaS", "PaaS", "IaaS", "On-premises" };
	static const char *const holders[] = { "CCCC", "CCCC", "CCCC", "SSCC", "MSCC", "MSCC",
		"MMCC", "MMMC", "MMMC", "MMMC" };
	static const char *const differs[] = { "....", "*...", "**..", "....", "*...", ".**.",
		"..*.", "..*.", "....", "...." };
	struct vt *vt = run(state);
	char text[80];

	for (int row = 0; row < 10; row++) {
		for (int col = 0; col < 4; col++) {
			char letter = holders[row][col];
			const char *word = letter == 'C' ? "Customer" : letter == 'M' ?
				"Microsoft" : "Shared";
			snprintf(text, sizeof(text), ": %s.%s Row %d of 10.", word, differs[row][col] == '*' ?
				" Editions differ." : "", row + 1);
			if (col)
				assert_true(vt_keys(vt, "l"));
			assert_true(vt_wait(vt, text, MS));
			snprintf(text, sizeof(text), "\n %s, ", model[col]);
			assert_true(vt_wait(vt, text, MS));
			assert_true(vt_settle(vt, 3, MS));
			check_cell(vt, word);
		}
		leads_to(vt, "0 j", "\n SaaS, ");
	}
}

static void no_color_leaves_attributes_only(void **state)
{
	struct vt *vt = *state = open_with(80, 24, (const char *const[]) { program, NULL },
		(const char *const[]) { "NO_COLOR=1", NULL });
	struct vt_attr a;
	int y, x;

	assert_true(vt_wait(vt, START, MS));
	assert_true(vt_settle(vt, 15, MS));
	for (int i = 0; i < 24 * 80; i++) {
		assert_true(vt_attr(vt, i / 80, i % 80, &a));
		assert_true(a.fg == VT_DEFAULT && a.bg == VT_DEFAULT);
	}
	assert_true(vt_find(vt, "[Customer", &y, &x));
	assert_true(vt_attr(vt, y, x + 1, &a) && a.reverse);
	assert_true(vt_find(vt, "Shared    Shared", &y, &x));
	assert_true(vt_attr(vt, y, x, &a) && a.reverse);
	assert_true(vt_attr(vt, y, x + 5, &a) && !a.reverse);
	assert_true(vt_find(vt, "Microsoft Microsoft Customer", &y, &x));
	assert_true(vt_attr(vt, y, x + 1, &a) && !a.reverse);
}

/* ---- moving in the grid ---- */

static void arrows_move_in_both_encodings_and_so_does_hjkl(void **state)
{
	static const char *const keys[][4] = {
		{ "\033[B", "\033[C", "\033[A", "\033[D" },
		{ "\033OB", "\033OC", "\033OA", "\033OD" },
		{ "j", "l", "k", "h" },
	};
	static const char *const after[] = { "SaaS, Devices", "PaaS, Devices", "PaaS, Information",
		"SaaS, Information" };
	struct vt *vt = run(state);

	for (int i = 0; i < LEN(keys); i++)
		for (int k = 0; k < 4; k++) {
			vt_type(vt, keys[i][k], strlen(keys[i][k]));
			assert_true(vt_wait(vt, after[k], MS));
		}
}

static void home_and_end_come_in_four_encodings(void **state)
{
	static const char *const end[] = { "\033[F", "\033OF", "\033[4~", "\033[8~" };
	static const char *const home[] = { "\033[H", "\033OH", "\033[1~", "\033[7~" };
	struct vt *vt = run(state);

	for (int i = 0; i < LEN(end); i++) {
		vt_type(vt, end[i], strlen(end[i]));
		assert_true(vt_wait(vt, "On-premises, Information", MS));
		vt_type(vt, home[i], strlen(home[i]));
		assert_true(vt_wait(vt, "SaaS, Information", MS));
	}
}

static void motions_and_counts_go_where_they_say(void **state)
{
	static const struct { const char *keys, *at; } steps[] = {
		{ "3 j", "SaaS, Identity" }, { "2 l", "IaaS, Identity" },
		{ "$", "On-premises, Identity" },
		{ "^", "SaaS, Identity" }, { "G", "SaaS, Physical datacenter" },
		{ "2 G", "SaaS, Devices" },
		{ "End", "On-premises, Devices" }, { "Home", "SaaS, Devices" },
		{ "g g", "SaaS, Information" }, { "PgDn", "SaaS, Identity" },
		{ "PgDn", "SaaS, Physical hosts" },
		{ "PgDn", "SaaS, Physical datacenter" }, { "PgUp", "SaaS, Physical hosts" },
		{ "PgUp", "SaaS, Identity" }, { "C-u", "SaaS, Information" },
		{ "C-d", "SaaS, Identity" },
		{ "1 0 G", "SaaS, Physical datacenter" }, { "9 9 k", "Model SaaS" },
		{ "9 9 j", "SaaS, Physical datacenter" }, { "g i", "IaaS, Physical datacenter" },
		{ "g o", "On-premises, Physical" }, { "g p", "PaaS, Physical" },
		{ "g s", "SaaS, Physical" },
		{ "9 9 9 9 9 9 9 9 9 9 9 9 l", "On-premises, Physical" }, { "0", "SaaS, Physical" },
		{ "2 0 k", "Model SaaS" }, { "1 0 0 G", "SaaS, Physical datacenter" },
	};
	struct vt *vt = run(state);

	for (int i = 0; i < LEN(steps); i++)
		leads_to(vt, steps[i].keys, steps[i].at);
}

static void a_count_is_shown_and_esc_drops_it(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "4", "\n 4\n");
	leads_to(vt, "2", "\n 42\n");
	leads_to(vt, "Esc", "hjkl move");
	leads_to(vt, "j", "SaaS, Devices");
	leads_to(vt, "g", "\n g   g first   s p i o model\n");
	leads_to(vt, "Esc", "hjkl move");
	leads_to(vt, "g g", START);
}

static void the_heads_are_places_with_pages_of_their_own(void **state)
{
	struct vt *vt = run(state);
	int y, x;

	leads_to(vt, "k", "Model SaaS. Column 1 of 4.");
	vt_cursor(vt, &y, &x, NULL);
	assert_true(y == 1 && x == 40);
	leads_to(vt, "Enter", "SaaS: MODEL");
	leads_to(vt, "Esc", "Model SaaS. Column 1 of 4.");
	leads_to(vt, "l", "Model PaaS. Column 2 of 4.");
	leads_to(vt, "2 h", "Matrix Azure shared responsibility, 10 layers and 4 models.");
	leads_to(vt, "Enter", "Azure shared responsibility: MATRIX");
	leads_to(vt, "q", "Matrix Azure");
	leads_to(vt, "j", "Layer Information and data. Row 1 of 10.");
	assert_true(vt_settle(vt, 5, MS));
	vt_cursor(vt, &y, &x, NULL);
	assert_true(y == 3 && x == 2);
	leads_to(vt, "Enter", "Information and data: LAYER");
	leads_to(vt, "Esc", "Layer Information and data. Row 1 of 10.");
	leads_to(vt, "l", START);
}

static void page_up_at_the_heads_never_goes_down(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "k", "Model SaaS");
	leads_to(vt, "PgUp Z", FENCE);
	leads_to(vt, "C-l", "Model SaaS. Column 1 of 4.");
}

static void a_move_at_an_edge_stays(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "G $", "On-premises, Physical datacenter");
	assert_true(vt_keys(vt, "j*3 l*3"));
	fence(vt);
	assert_true(shows(vt, "On-premises, Physical datacenter"));
	leads_to(vt, "k*15 h*9", "Matrix Azure");
	assert_true(vt_keys(vt, "k*3 h*3"));
	fence(vt);
	assert_true(shows(vt, "Matrix Azure"));
}

static void space_hides_the_pane_and_shows_it_again(void **state)
{
	struct vt *vt = run(state);
	char *before, *after;

	fence(vt);
	before = vt_screen(vt);
	assert_true(vt_keys(vt, "Space"));
	assert_true(vt_wait_gone(vt, "CUSTOMER", MS));
	leads_to(vt, "j l", "PaaS, Devices");
	assert_false(shows(vt, "Enter opens"));
	leads_to(vt, "Space", "PaaS / Devices (mobile and PCs): CUSTOMER");
	leads_to(vt, "k h", START);
	fence(vt);
	after = vt_screen(vt);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

/* ---- views: in, out and back in time ---- */

static void enter_goes_in_and_esc_and_q_come_out(void **state)
{
	static const char *const out[] = { "Esc", "q", "BS", "C-h", "[" };
	struct vt *vt = run(state);

	leads_to(vt, "7 G g p", PAAS_OS);
	for (int i = 0; i < LEN(out); i++) {
		leads_to(vt, "Enter", "azure:paas/os");
		assert_true(shows(vt, "Azure shared responsibility > PaaS / Operating system"));
		leads_to(vt, out[i], PAAS_OS);
	}
}

static void the_path_grows_with_each_view_and_shrinks_again(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "x", "> SaaS / Information and data");
	assert_true(vt_wait(vt, "\n Examples: ", MS));
	leads_to(vt, "Enter", ": EXAMPLE");
	leads_to(vt, "Esc", "\n Examples: ");
	assert_true(shows(vt, "azure:saas/data"));
	leads_to(vt, "q", START);
}

static void esc_never_quits_and_says_how_to(void **state)
{
	struct vt *vt = run(state);

	for (int i = 0; i < 5; i++) {
		leads_to(vt, "Esc", "\n q quits");
		fence(vt);
	}
	assert_int_equal(vt_end(vt, 0), -1);
}

static void q_at_the_root_asks_once_more(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "q", "q once more quits");
	assert_true(vt_keys(vt, "q"));
	check_ends(vt, 0);
}

/* Whatever was typed in between, a q after it asks again. */
static void check_forgets(void **state, const char *between)
{
	struct vt *vt = run(state);

	leads_to(vt, "q", "q once more quits");
	assert_true(vt_keys(vt, between));
	vt_settle(vt, 60, MS);
	assert_true(vt_keys(vt, "q"));
	if (vt_end(vt, 60) >= 0)
		print_error("q %s q has quit\n", between);
	assert_int_equal(vt_end(vt, 0), -1);
	assert_true(vt_wait(vt, "q once more quits", MS));
	teardown(state);
}

static void a_key_between_two_q_forgets_the_first(void **state)
{
	check_forgets(state, "j");
	check_forgets(state, "Z");
	check_forgets(state, "Esc");
	check_forgets(state, "? Esc");
	check_forgets(state, "g Esc");
	check_forgets(state, "C-l");
}

static void a_count_between_two_q_forgets_the_first(void **state)
{
	check_forgets(state, "3 Esc");
	check_forgets(state, "3");
}

static void capital_q_quits_from_anywhere_with_0(void **state)
{
	static const char *const at[] = { "Z", "Enter", "?", "x Enter", "Enter ?" };

	for (int i = 0; i < LEN(at); i++) {
		struct vt *vt = run(state);
		assert_true(vt_keys(vt, at[i]));
		assert_true(vt_keys(vt, "Q"));
		check_ends(vt, 0);
		teardown(state);
	}
}

static void control_c_quits_from_anywhere_with_130(void **state)
{
	static const char *const at[] = { "Z", "Enter", "?" };

	for (int i = 0; i < LEN(at); i++) {
		struct vt *vt = run(state);
		assert_true(vt_keys(vt, at[i]));
		assert_true(vt_keys(vt, "C-c"));
		check_ends(vt, 130);
		teardown(state);
	}
}

static void history_goes_back_and_forward_in_time(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "[", "there is no other place to go to");
	leads_to(vt, "]", "there is no other place to go to");
	leads_to(vt, "-", "there is no other place to go to");
	leads_to(vt, "j Enter", "azure:saas/devices");
	leads_to(vt, "Esc", "SaaS, Devices");
	leads_to(vt, "j Enter", "azure:saas/accounts");
	leads_to(vt, "[", "SaaS, Accounts");
	leads_to(vt, "[", "azure:saas/devices");
	leads_to(vt, "C-o", "SaaS, Devices");
	leads_to(vt, "[", "there is no other place to go to");
	leads_to(vt, "]", "azure:saas/devices");
	leads_to(vt, "]", "SaaS, Accounts");
	leads_to(vt, "]", "azure:saas/accounts");
	leads_to(vt, "]", "there is no other place to go to");
	leads_to(vt, "-", "SaaS, Accounts");
	leads_to(vt, "-", "azure:saas/accounts");
	leads_to(vt, "Esc", "SaaS, Accounts");
}

static void back_in_time_finds_the_line_where_one_was(void **state)
{
	struct vt *vt = run(state);
	char *before, *after;

	leads_to(vt, "b", "\n Practices: ");
	assert_true(vt_keys(vt, "j*2"));
	fence(vt);
	before = vt_line(vt, -1);
	leads_to(vt, "Enter", ": PRACTICE");
	leads_to(vt, "BS", "azure:saas/data");
	fence(vt);
	after = vt_line(vt, -1);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void alt_left_and_alt_right_are_keys_of_history(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "j Enter", "azure:saas/devices");
	leads_to(vt, "M-Left", "SaaS, Devices");
	leads_to(vt, "M-Right", "azure:saas/devices");
}

static void x_and_b_go_to_examples_and_practices(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "g i 7 G x", "\n Examples: ");
	assert_true(shows(vt, "azure:iaas/os"));
	leads_to(vt, "b", "\n Practices: ");
	leads_to(vt, "x", "\n Examples: ");
	leads_to(vt, "Esc", "IaaS, Operating system");
	leads_to(vt, "b", "\n Practices: ");
	leads_to(vt, "Tab", "\n ");
	leads_to(vt, "Home BTab Tab", "\n Customer: ");
	leads_to(vt, "Tab", "\n Microsoft: ");
	leads_to(vt, "2", "\n Microsoft: ");
	leads_to(vt, "1", "\n Customer: ");
}

/* ---- help ---- */

static void the_help_lists_the_keys_of_the_view(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "?", "Keys of this view");
	assert_true(shows(vt, "Hide or show the detail pane"));
	leads_to(vt, "G", "? F1: Show the keys of this view.");
	leads_to(vt, "Esc", START);
	vt_type(vt, "\033OP", 3);
	assert_true(vt_wait(vt, "Keys of this view", MS));
	leads_to(vt, "?", START);
	leads_to(vt, "Enter ?", "> Keys");
	leads_to(vt, "Home", "Go to the section before");
	assert_false(shows(vt, "Hide or show"));
	leads_to(vt, "q", "azure:saas/data");
}

/* Move to the line of the help that says text, and do it. */
static void do_in_help(struct vt *vt, const char *text, const char *result)
{
	leads_to(vt, "?", "Keys of this view");
	for (int i = 0; i < 120; i++) {
		char *line;
		bool there;
		fence(vt);
		line = vt_line(vt, -1);
		there = strstr(line, text) != NULL;
		free(line);
		if (there) {
			leads_to(vt, "Enter", result);
			return;
		}
		assert_true(vt_keys(vt, "j"));
	}
	fail_msg("no line of the help says %s", text);
}

static void enter_in_the_help_does_the_command(void **state)
{
	struct vt *vt = run(state);

	do_in_help(vt, "Go to the column at the right", "PaaS, Information");
	do_in_help(vt, "Go to the examples", "\n Examples: ");
	do_in_help(vt, "Close the view and", "PaaS, Information");
	do_in_help(vt, "Close the view and", "q once more quits");
	do_in_help(vt, "Quit at once", "");
	check_ends(vt, 0);
}

/* ---- pages ---- */

static void a_long_page_is_read_to_its_end_and_back(void **state)
{
	struct vt *vt = *state = run_at(80, 24, "saas/data"), *end = run_at(80, 24, "saas/data");
	struct vt *top = run_at(80, 24, "saas/data");

	assert_true(vt_wait(top, "azure:saas/data", MS));
	fence(top);
	leads_to(end, "End", "100%");
	fence(end);
	leads_to(vt, "j*300", "100%");
	fence(vt);
	same_frame(vt, end);
	leads_to(vt, "k*300", "azure:saas/data");
	fence(vt);
	same_frame(vt, top);
	leads_to(vt, "Space*60", "100%");
	fence(vt);
	same_frame(vt, end);
	assert_true(vt_keys(vt, "PgUp*60"));
	fence(vt);
	same_frame(vt, top);
	leads_to(vt, "G", "100%");
	fence(vt);
	same_frame(vt, end);
	assert_true(vt_keys(vt, "g g"));
	fence(vt);
	same_frame(vt, top);
	vt_close(end);
	vt_close(top);
}

/* Without its first two columns, which hold the mark of the selection. */
static bool line_is_in(const char *line, char *const seen[], int n)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(seen[i] + 2, line + 2))
			return true;
	return false;
}

/* Append the text lines of the screen, 3 to -3. */
static int add_lines(struct vt *vt, char **seen, int n, int max)
{
	for (int row = 3;; row++) {
		char *line = vt_line(vt, row), *behind = vt_line(vt, row + 2);
		if (!behind || n == max) {
			free(line);
			free(behind);
			return n;
		}
		seen[n++] = line;
		free(behind);
	}
}

static void space_skips_no_line_of_a_page(void **state)
{
	enum { MAX = 2000 };
	static char *all[MAX], *seen[MAX];
	struct vt *vt = *state = run_at(80, 24, "iaas/os"), *tall = run_at(80, 200, "iaas/os");
	int n, m = 0;

	assert_true(vt_wait(tall, "azure:iaas/os", MS));
	fence(tall);
	n = add_lines(tall, all, 0, MAX);
	assert_true(vt_wait(vt, "azure:iaas/os", MS));
	for (int i = 0; i < 60 && !shows(vt, "100%"); i++) {
		fence(vt);
		m = add_lines(vt, seen, m, MAX);
		assert_true(vt_keys(vt, "Space"));
	}
	fence(vt);
	assert_true(shows(vt, "100%"));
	m = add_lines(vt, seen, m, MAX);
	for (int i = 0; i < n; i++) {
		if (!line_is_in(all[i], seen, m))
			print_error("not seen: %s\n", all[i]);
		assert_true(line_is_in(all[i], seen, m));
	}
	while (n)
		free(all[--n]);
	while (m)
		free(seen[--m]);
	vt_close(tall);
}

static void a_link_opens_its_page_with_the_grid_below(void **state)
{
	struct vt *vt = *state = run_at(80, 24, "os/paas");

	assert_true(vt_wait(vt, "azure:paas/os", MS));
	leads_to(vt, "Esc", PAAS_OS);
	leads_to(vt, "Enter", "azure:paas/os");
	assert_true(vt_keys(vt, "Q"));
	check_ends(vt, 0);
	teardown(state);
	vt = *state = run_at(80, 24, "layer/network");
	assert_true(vt_wait(vt, "Network controls: LAYER", MS));
	leads_to(vt, "Esc", "Layer Network controls. Row 6 of 10.");
	teardown(state);
	vt = *state = run_at(80, 24, "iaas/os#practices");
	assert_true(vt_wait(vt, "\n Practices: ", MS));
	leads_to(vt, "q", "IaaS, Operating system");
}

static void control_l_repairs_a_screen_that_others_wrote_on(void **state)
{
	struct vt *vt = run(state), *clean = run_at(80, 24, NULL);
	char path[64];
	int fd;

	assert_true(vt_wait(clean, START, MS));
	assert_true(vt_settle(clean, 15, MS));
	snprintf(path, sizeof(path), "/proc/%d/fd/1", (int)vt_pid(vt));
	fd = open(path, O_WRONLY | O_NOCTTY);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "\033[H\033[31mgarbage\033[K\r\ngarbage\033[K", 30), 30);
	close(fd);
	assert_true(vt_wait(vt, "garbage\ngarbage", MS));
	assert_true(vt_keys(vt, "C-l"));
	assert_true(vt_wait_gone(vt, "garbage", MS));
	assert_true(vt_settle(vt, 15, MS));
	same_frame(vt, clean);
	vt_close(clean);
}

/* ---- sizes ---- */

static const struct { int cols, rows; } sizes[] = {
	{ 1, 1 }, { 2, 1 }, { 1, 2 }, { 5, 3 }, { 20, 4 }, { 40, 12 }, { 80, 24 }, { 120, 40 },
	{ 200, 60 }, { 300, 100 }, { 120, 40 }, { 80, 17 }, { 40, 12 }, { 20, 4 }, { 5, 3 },
	{ 1, 2 },
	{ 2, 1 }, { 1, 1 }, { 80, 24 },
};

/* Back at 80x24, the frame is that of a program that has never seen another size. */
static void check_like_fresh(struct vt *vt, const char *link, const char *keys)
{
	struct vt *fresh = run_at(80, 24, link);

	vt_resize(vt, 80, 24);
	fence(vt);
	assert_true(vt_keys(vt, keys));
	fence(vt);
	assert_true(vt_wait(fresh, link ? "? help" : START, MS));
	assert_true(vt_keys(fresh, keys));
	fence(fresh);
	same_frame(vt, fresh);
	vt_close(fresh);
}

static void a_resize_draws_for_the_new_size_at_once(void **state)
{
	struct vt *vt = run(state);

	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "IaaS     On-prem", MS));
	assert_true(vt_wait(vt, "│", MS));
	vt_resize(vt, 40, 12);
	assert_true(vt_wait(vt, "A>Information, data[###C]", MS));
	vt_resize(vt, 80, 24);
	assert_true(vt_wait(vt, "Customer 23  Microsoft 13  Shared 4", MS));
	assert_true(vt_wait(vt, START, MS));
	assert_true(vt_settle(vt, 100, MS));
	leads_to(vt, "j", "SaaS, Devices");
}

static void after_any_size_the_grid_is_as_before(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "7 G g p", PAAS_OS);
	for (int i = 0; i < LEN(sizes); i++) {
		vt_resize(vt, sizes[i].cols, sizes[i].rows);
		vt_settle(vt, 10, MS);
		if (sizes[i].cols >= 80 && sizes[i].rows >= 17)
			assert_true(vt_wait(vt, PAAS_OS, MS));
	}
	check_like_fresh(vt, NULL, "7 G g p");
}

static void after_any_size_a_page_is_as_before(void **state)
{
	struct vt *vt = *state = run_at(80, 24, "paas/os");

	assert_true(vt_wait(vt, "azure:paas/os", MS));
	for (int i = 0; i < LEN(sizes); i++) {
		vt_resize(vt, sizes[i].cols, sizes[i].rows);
		vt_keys(vt, i % 2 ? "Down*3" : "End");
		vt_settle(vt, 10, MS);
	}
	check_like_fresh(vt, "paas/os", "g g");
}

static void after_a_storm_of_sizes_and_keys_all_is_as_before(void **state)
{
	static const char *const keys[] = { "j", "k", "l", "h", "Enter", "x", "b", "Esc", "G",
		"g g",
		"PgDn", "PgUp", "[", "]", "-", "? Esc", "Tab", "3", "Home", "End", "C-l",
		"Down*9" };
	struct vt *vt = run(state);

	seed = 1;
	for (int i = 0; i < 200; i++) {
		vt_resize(vt, 1 + any(i % 4 ? 130 : 12), 1 + any(i % 3 ? 45 : 6));
		assert_true(vt_keys(vt, keys[any(LEN(keys))]));
		if (i % 8 == 0)
			vt_settle(vt, 2, MS);
	}
	vt_resize(vt, 80, 24);
	fence(vt);
	assert_true(vt_settle(vt, 30, MS));
	for (int i = 0; i < 200 && !shows(vt, "Space detail"); i++) {
		assert_true(vt_keys(vt, "Esc"));
		fence(vt);
	}
	leads_to(vt, "g g 0", START);
	check_like_fresh(vt, NULL, "j k");
}

static void it_starts_at_any_size(void **state)
{
	for (int i = 0; i < LEN(sizes); i++) {
		const char *link = i % 2 ? "paas/os" : NULL;
		struct vt *vt = *state = run_at(sizes[i].cols, sizes[i].rows, link);
		vt_resize(vt, sizes[i].cols, sizes[i].rows);
		assert_true(vt_settle(vt, 30, MS));
		assert_int_equal(vt_end(vt, 0), -1);
		vt_resize(vt, 80, 24);
		assert_true(vt_wait(vt, i % 2 ? "azure:paas/os" : START, MS));
		assert_true(vt_keys(vt, "Q"));
		check_ends(vt, 0);
		teardown(state);
	}
}

static void a_terminal_that_says_0_by_0_is_taken_as_80_by_24(void **state)
{
	struct vt *vt = run(state);

	vt_resize(vt, 120, 40);
	assert_true(vt_wait(vt, "│", MS));
	vt_resize(vt, 80, 24);
	assert_true(vt_wait(vt, "Customer 23", MS));
	vt_resize(vt, 0, 0);
	leads_to(vt, "j", "SaaS, Devices");
	teardown(state);
	vt = run_sh(state, "stty cols 0 rows 0; exec \"$ONUS\"");
	assert_true(vt_wait(vt, START, MS));
}

/* ---- signals ---- */

static const struct { const char *link, *keys, *shown; } places[] = {
	{ NULL, "j", "SaaS, Devices" }, { "paas/os", "j", "azure:paas/os" },
	{ NULL, "?", "> Keys" },
};

/* At place i. */
static struct vt *run_place(void **state, int i)
{
	struct vt *vt = *state = run_at(80, 24, places[i].link);

	assert_true(vt_wait(vt, "? help", MS));
	leads_to(vt, places[i].keys, places[i].shown);
	return vt;
}

static void a_signal_ends_it_within_a_second_and_the_terminal_is_as_before(void **state)
{
	static const int sig[] = { SIGTERM, SIGINT, SIGQUIT, SIGHUP };

	for (int i = 0; i < LEN(places) * LEN(sig); i++) {
		struct vt *vt = run_place(state, i % LEN(places));
		vt_signal(vt, sig[i / LEN(places)]);
		check_ends(vt, 128 + sig[i / LEN(places)]);
		teardown(state);
	}
}

static void a_signal_ends_it_at_once_after_a_resize(void **state)
{
	struct vt *vt = run(state);

	vt_resize(vt, 100, 30);
	assert_true(vt_settle(vt, 30, MS));
	vt_signal(vt, SIGTERM);
	check_ends(vt, 128 + SIGTERM);
}

/* More keys than are done in seconds: half a second of them, the others wait in the terminal. */
static void flood(struct vt *vt)
{
	enum { N = 1000000 };
	char *keys = malloc(N);

	assert_non_null(keys);
	for (int i = 0; i < N; i++)
		keys[i] = i % 5000 < 2500 ? 'j' : 'k';
	vt_type(vt, keys, N);
	free(keys);
}

static void a_signal_ends_it_while_keys_keep_coming(void **state)
{
	struct vt *vt = run(state);

	flood(vt);
	vt_signal(vt, SIGTERM);
	check_ends(vt, 128 + SIGTERM);
}

/* Not reaped, so that reading what it has to say cannot help it. */
static bool has_ended(pid_t pid, int ms)
{
	long long end = now() + ms;

	while (ticks(pid) >= 0 && now() < end)
		poll(NULL, 0, 2);
	return ticks(pid) < 0;
}

static void a_signal_ends_it_while_nobody_reads_the_terminal(void **state)
{
	struct vt *vt = run(state);
	long long end = now() + MS;
	char path[64], where[64] = "";
	bool stuck = false;

	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)vt_pid(vt));
	for (int i = 0; i < 40; i++)
		vt_keys(vt, "C-l");
	for (; now() < end && !stuck; poll(NULL, 0, 2)) {
		FILE *f;
		vt_keys(vt, "C-l");     /* 5 kB each; the terminal takes some 20 and then no more */
		f = fopen(path, "r");
		stuck = f && fgets(where, sizeof(where), f) && !strncmp(where, "20 ", 3);
		if (f)
			fclose(f);
		if (!f)
			break;
	}
	vt_signal(vt, SIGTERM);
	assert_true(has_ended(vt_pid(vt), PROMISE));
	assert_int_equal(code_of(vt_end(vt, PROMISE)), 128 + SIGTERM);
	assert_true(vt_same_tty(vt));
}

static void a_crash_leaves_the_terminal_as_it_was(void **state)
{
	static const int sig[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

	for (int i = 0; i < LEN(sig); i++) {
		struct vt *vt = run_place(state, i % LEN(places));
		int status;
		vt_signal(vt, sig[i]);
		status = vt_end(vt, PROMISE);
		assert_true(status >= 0 && WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), sig[i]);
		check_restored(vt);
		teardown(state);
	}
}

/* ---- the terminal goes away ---- */

static void a_hang_up_ends_it_without_spinning(void **state)
{
	for (int i = 0; i < LEN(places); i++) {
		long before = children_ms();
		struct vt *vt = run_place(state, i);
		vt_hangup(vt);
		assert_int_equal(code_of(vt_end(vt, PROMISE)), 129);
		assert_in_range(children_ms() - before, 0, 700);
		teardown(state);
	}
}

static void a_hang_up_ends_it_also_where_its_signal_is_ignored(void **state)
{
	for (int i = 0; i < LEN(places); i++) {
		long before = children_ms();
		struct vt *vt = run_sh(state, "trap '' HUP; exec \"$ONUS\" paas/os");
		assert_true(vt_wait(vt, "azure:paas/os", MS));
		leads_to(vt, i == 0 ? "Esc" : i == 1 ? "j" : "?", "? help");
		vt_hangup(vt);
		assert_int_equal(code_of(vt_end(vt, PROMISE)), 129);
		assert_in_range(children_ms() - before, 0, 700);
		teardown(state);
	}
}

static void a_hang_up_ends_it_also_in_a_session_of_its_own(void **state)
{
	struct vt *vt = run_sh(state,
		"setsid -w sh -c 'echo $$ >\"$SCRATCH/pid\"; exec \"$ONUS\"'");
	char path[PATH_MAX];
	int pid = 0;
	FILE *f;

	assert_true(vt_wait(vt, START, MS));
	leads_to(vt, "j", "SaaS, Devices");
	snprintf(path, sizeof(path), "%s/pid", scratch);
	f = fopen(path, "r");
	assert_true(f && fscanf(f, "%d", &pid) == 1);
	fclose(f);
	vt_hangup(vt);
	check_gone(pid);
}

static void with_stdin_at_its_end_it_reads_the_terminal(void **state)
{
	struct vt *vt = run_sh(state, "exec \"$ONUS\" </dev/null");

	assert_true(vt_wait(vt, START, MS));
	leads_to(vt, "j", "SaaS, Devices");
	assert_true(vt_keys(vt, "Q"));
	check_ends(vt, 0);
	teardown(state);
	vt = run_sh(state, "echo garbage | \"$ONUS\"");
	assert_true(vt_wait(vt, START, MS));
	vt_hangup(vt);
	assert_true(vt_end(vt, PROMISE) >= 0);
}

/* In linear mode (0), which ends with its input, or without it (5). */
static void without_any_terminal_for_keys_it_says_so_and_ends(void **state)
{
	static const char *const stdins[] = { "</dev/null", "<&-", "<\"$SCRATCH/leaks.txt\"" };
	char script[120];

	for (int i = 0; i < LEN(stdins); i++) {
		struct vt *vt;
		int code;
		snprintf(script, sizeof(script), "exec setsid -w \"$ONUS\" %s", stdins[i]);
		vt = *state = open_with(80, 80, (const char *const[]) { "sh", "-c", script, NULL },
			NULL);
		code = code_of(vt_end(vt, PROMISE));
		if (code != 0 && code != 5)
			print_error("with stdin %s its status is %d\n", stdins[i], code);
		assert_true(code == 0 || code == 5);
		check_restored(vt);
		assert_true(shows(vt, "onus: there is no terminal to read keys from"));
		teardown(state);
	}
}

/* ---- stop and go on ---- */

/* An interactive shell with job control. */
static struct vt *run_shell(void **state)
{
	struct vt *vt = *state = open_with(80, 24, (const char *const[]) { "sh", "-i", NULL },
		(const char *const[]) { "PS1=ready> ", NULL });

	assert_true(vt_wait(vt, "ready>", MS));
	vt_keys(vt, "text:\"$ONUS\" Enter");
	assert_true(vt_wait(vt, START, MS));
	leads_to(vt, "j l", "PaaS, Devices");
	return vt;
}

static void check_stopped(struct vt *vt)
{
	assert_true(vt_wait(vt, "Stopped", MS));
	assert_true(vt_wait(vt, "\nready>\n\n", MS));
	vt_type(vt, "echo it is $((40 + 2))\r", 23);
	assert_true(vt_wait(vt, "\nit is 42\nready>\n\n", MS));
	assert_false(vt_altscreen(vt));
}

static void check_goes_on(struct vt *vt)
{
	vt_type(vt, "fg\r", 3);
	assert_true(vt_wait(vt, "PaaS, Devices", MS));
	assert_true(vt_wait_gone(vt, "it is 42", MS));
	assert_true(vt_settle(vt, 50, MS));
	assert_true(vt_altscreen(vt));
	leads_to(vt, "j", "PaaS, Accounts");
	leads_to(vt, "k", "PaaS, Devices");
}

static void control_z_stops_it_and_fg_goes_on(void **state)
{
	struct vt *vt = run_shell(state);
	pid_t pid;

	for (int i = 0; i < 3; i++) {
		assert_true(vt_keys(vt, "C-z"));
		check_stopped(vt);
		check_goes_on(vt);
	}
	pid = onus_below(vt);
	assert_true(vt_keys(vt, "Q"));
	check_gone(pid);
	assert_true(vt_wait(vt, "\nready>\n\n", MS));
	vt_type(vt, "echo status $?\r", 15);
	assert_true(vt_wait(vt, "\nstatus 0\n", MS));
	check_restored(vt);
}

static void sigtstp_stops_it_and_sigcont_goes_on_at_the_new_size(void **state)
{
	struct vt *vt = run_shell(state);

	assert_int_equal(kill(onus_below(vt), SIGTSTP), 0);
	check_stopped(vt);
	vt_resize(vt, 120, 40);
	check_goes_on(vt);
	assert_true(vt_wait(vt, "│", MS));
}

static void after_going_on_it_uses_no_time(void **state)
{
	struct vt *vt = run_shell(state);
	long before;

	assert_true(vt_keys(vt, "C-z"));
	check_stopped(vt);
	vt_type(vt, "fg\r", 3);
	assert_true(vt_wait(vt, "PaaS, Devices", MS));
	assert_true(vt_settle(vt, 30, MS));
	before = ticks(onus_below(vt));
	vt_settle(vt, 200, MS);
	assert_in_range(ticks(onus_below(vt)) - before, 0, 3);
}

static void stopped_in_a_terminal_that_goes_away_it_ends(void **state)
{
	struct vt *vt = run_shell(state);
	pid_t pid = onus_below(vt);

	assert_true(vt_keys(vt, "C-z"));
	check_stopped(vt);
	vt_hangup(vt);
	check_gone(pid);
}

static void sent_to_the_background_it_stops_and_does_not_spin(void **state)
{
	struct vt *vt = run_shell(state);
	pid_t pid = onus_below(vt);
	long before = ticks(pid);

	assert_true(vt_keys(vt, "C-z"));
	check_stopped(vt);
	vt_type(vt, "bg\r", 3);
	vt_settle(vt, 200, MS);
	assert_in_range(ticks(pid) - before, 0, 5);
	check_goes_on(vt);
	vt_hangup(vt);
	check_gone(pid);
}

static void control_z_does_nothing_where_stopping_is_ignored(void **state)
{
	struct vt *vt = *state = open_with(80, 24, (const char *const[]) { "sh", "-i", NULL },
		(const char *const[]) { "PS1=ready> ", NULL });

	assert_true(vt_wait(vt, "ready>", MS));
	vt_keys(vt, "text:(trap Space text:''");
	vt_type(vt, " TSTP; exec \"$ONUS\")\r", 21);
	assert_true(vt_wait(vt, START, MS));
	assert_true(vt_keys(vt, "C-z"));
	vt_settle(vt, 50, MS);
	assert_false(shows(vt, "Stopped"));
	leads_to(vt, "j", "SaaS, Devices");
}

/* A shell between us and it dies, another one has the terminal now: reading it is an error. */
static void orphaned_in_the_background_it_does_not_spin(void **state)
{
	struct vt *vt = *state = open_with(80, 24, (const char *const[]) { "sh", "-m", "-c",
		"sh -mc '\"$ONUS\"; :'; exec sleep 60", NULL }, NULL);
	pid_t pid;
	long before;

	assert_true(vt_wait(vt, START, MS));
	pid = onus_below(vt);
	assert_int_equal(kill((pid_t)proc(pid, "PPid"), SIGKILL), 0);
	assert_true(vt_wait(vt, "Killed", MS));
	before = ticks(pid);
	vt_type(vt, "word\r", 5);
	vt_settle(vt, 400, MS);
	assert_true(ticks(pid) < 0 || ticks(pid) - before < 10);
}

/* ---- garbage ---- */

static void a_thousand_keys_in_one_write_are_all_done(void **state)
{
	static const char moves[] = "hjkl";
	static const char *const model[] = { "SaaS", "PaaS", "IaaS", "On-premises" };
	struct vt *vt = run(state);
	char keys[1000], expected[80];
	int row = 0, col = 0;

	seed = 7;
	for (int i = 0; i < (int)sizeof(keys) || row < 0 || col < 0; i++) {
		int m = i < (int)sizeof(keys) - 20 ? any(4) : i % 2 ? 1 : 3;
		if (i >= (int)sizeof(keys))
			fail();
		keys[i] = moves[m];
		row += (m == 1) - (m == 2);
		col += (m == 3) - (m == 0);
		row = row < -1 ? -1 : row > 9 ? 9 : row;
		col = col < -1 ? -1 : col > 3 ? 3 : col;
	}
	vt_type(vt, keys, sizeof(keys));
	snprintf(expected, sizeof(expected), "\n %s, ", model[col]);
	assert_true(vt_wait(vt, expected, MS));
	snprintf(expected, sizeof(expected), "Row %d of 10.", row + 1);
	assert_true(vt_wait(vt, expected, MS));
}

/* A key, a sequence or a piece of nonsense; how many bytes.  No q, Q, ^C, ^Z, ^\: they end it. */
static int garbage(char *out)
{
	static const char *const sequences[] = { "\033[A", "\033[B", "\033OC", "\033[D", "\033[5~",
		"\033[6~", "\033[H", "\033[F", "\033[Z", "\033[1;3D", "\033[1;5C", "\033[200~",
		"\033[201~",
		"\033[M !!", "\033[<0;10;5M", "\033[<64;1;1M", "\033[I", "\033[O", "\033]0;x\a",
		"\033P+q\033\\",
		"\033[?1;2c", "\033[24;80R", "\033", "\033[", "\033O", "\033[9999999999;1H",
		"\033OP",
		"\033[15~", "\033[1;2P", "\033\033[A" };
	static const char *const odd[] = { "\xff", "\xc0\xaf", "\xe2\x82", "\xf0\x9f\x98\x80",
		"\xed\xa0\x80", "\x80", "\xc3\xa9", "\xe6\x97\xa5", "e\xcc\x81",
		"\xf4\x90\x80\x80", "\xe2\x80\xae", "\xc2\x9b" };
	int kind = any(100), c;

	if (kind >= 75)
		return snprintf(out, 32, "%s", kind < 90 ? sequences[any(LEN(sequences))] :
				odd[any(LEN(odd))]);
	do {
		c = kind < 60 ? ' ' + any(95) : kind < 73 ? any(32) : '\r';
	} while (c == 'q' || c == 'Q' || c == 3 || c == 26 || c == 28);
	*out = (char)c;
	return 1;
}

/* Through its help it may have been told to quit. */
static struct vt *again(void **state, struct vt *vt)
{
	int code = code_of(vt_end(vt, 0));

	if (code < 0)
		return vt;
	if (code != 0 && code != 130)
		print_error("garbage, seed now %u, has ended it with %d\n", seed, code);
	assert_true(code == 0 || code == 130);
	check_restored(vt);
	teardown(state);
	return run(state);
}

/* ---- search ---- */

#define TYPE(vt, keys) vt_type(vt, keys, sizeof(keys) - 1)

static void words_typed_at_speed_are_searched_for(void **state)
{
	struct vt *vt = run(state);

	TYPE(vt, "/azure ad\r");
	assert_true(vt_wait(vt, "service/entra-id", MS));
	leads_to(vt, "BS", "Search: azure ad");
	leads_to(vt, "n", " 2/");
	leads_to(vt, "N N", "search goes on at the end");
	leads_to(vt, "n", "search goes on at the top");
	leads_to(vt, "/ C-u text:zzz", "nothing has these words");
	leads_to(vt, "Esc", START);
	for (int i = 0; i < 40; i++)
		TYPE(vt, "/encryption\025data guest\177\177\177\177\177\033[A\033[B\027\027");
	leads_to(vt, "C-u text:pv Space 6", "MCSB v1 PV-6");
	leads_to(vt, "Enter", "control/mcsb-v1/PV-6");
	leads_to(vt, "q", "Search: pv 6");
	leads_to(vt, "q", START);
}

static void a_found_word_is_marked_without_a_colour(void **state)
{
	struct vt_attr a;
	struct vt *vt = open_with(80, 24, (const char *const[]) { program, NULL },
				  (const char *const[]) { "NO_COLOR=1", NULL });
	int row, col;

	*state = vt;
	assert_true(vt_wait(vt, START, MS));
	leads_to(vt, "/ text:encrypt Space text:rest", "Encrypt data at rest");
	assert_true(vt_find(vt, "Encrypt data at rest", &row, &col));
	assert_true(vt_attr(vt, row, col, &a));
	assert_true(a.bold);
	assert_true(vt_attr(vt, row, col + 8, &a));
	assert_false(a.bold);
	assert_true(vt_attr(vt, row, col + 16, &a));
	assert_true(a.bold);
	assert_int_equal(a.fg, VT_DEFAULT);
}

static void a_search_from_a_page_goes_back_to_it(void **state)
{
	struct vt *vt = run_at(80, 24, "paas/os");

	*state = vt;
	assert_true(vt_wait(vt, "azure:paas/os", MS));
	leads_to(vt, "/ text:mfa", "Search: mfa");
	leads_to(vt, "Esc", "azure:paas/os");
	assert_false(shows(vt, "Search"));
	leads_to(vt, "/ text:mfa Enter", "term/mfa");
	leads_to(vt, "BS", "Search: mfa");
	leads_to(vt, "]", "term/mfa");
	leads_to(vt, "[ [", "azure:paas/os");
	leads_to(vt, "Esc", PAAS_OS);
}

/* It draws when asked to, within a second.  Some bytes may be in the middle of something. */
static void check_answers(struct vt *vt)
{
	size_t before;
	long long end;

	vt_type(vt, "\033\033\033[201~", 8);
	vt_settle(vt, 60, MS);
	/* Out of searches and lists, whose screens may be empty, to the grid. */
	for (int i = 0; i < 100 && !shows(vt, "q quits") && vt_end(vt, 0) < 0; i++) {
		vt_type(vt, "\033", 1);
		vt_settle(vt, 60, MS);
	}
	if (vt_end(vt, 0) >= 0)                 /* a key told it to; again() sees how */
		return;
	before = vt_bytes(vt);
	vt_type(vt, "\f\f\f\f", 4);
	for (end = now() + PROMISE; now() < end && vt_bytes(vt) < before + 300;)
		vt_settle(vt, 5, 50);
	assert_true(vt_bytes(vt) >= before + 300);
}

static void garbage_does_nothing_bad(void **state)
{
	enum { TOTAL = 100000, PIECE = 1000 };
	struct vt *vt = run(state);
	char bytes[PIECE + 64];
	long rss = 0;

	seed = 42;
	for (int sent = 0; sent < TOTAL; sent += PIECE) {
		int n = 0;
		while (n < PIECE)
			n += garbage(bytes + n);
		vt_type(vt, bytes, (size_t)n);
		vt_settle(vt, 3, MS);
		vt = again(state, vt);
		if (sent % (PIECE * 20) == 0) {
			vt_settle(vt, 60, MS);  /* a Ctrl-C may be on its way yet */
			vt = again(state, vt);
			check_answers(vt);
			vt = again(state, vt);
		}
		if (!rss)
			rss = proc(vt_pid(vt), "VmRSS");
	}
	vt_settle(vt, 60, MS);
	vt = again(state, vt);
	check_answers(vt);
	assert_in_range(proc(vt_pid(vt), "VmRSS") - rss + 100000, 0, 100000 + 20000);
}

static void broken_utf_8_takes_no_other_key_with_it(void **state)
{
	static const char *const odd[] = { "\xff", "\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x98",
		"\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80" };
	struct vt *vt = run(state);
	char bytes[16];

	for (int i = 0; i < LEN(odd); i++) {
		int n = snprintf(bytes, sizeof(bytes), "%s2G", odd[i]);
		vt_type(vt, bytes, (size_t)n);
		assert_true(vt_wait(vt, "SaaS, Devices", MS));
		leads_to(vt, "g g", START);
	}
}

static void a_character_may_come_in_pieces(void **state)
{
	struct vt *vt = run(state);

	vt_type(vt, "\xe2", 1);
	vt_settle(vt, 20, MS);
	vt_type(vt, "\x82", 1);
	vt_settle(vt, 20, MS);
	vt_type(vt, "\xac" "j", 2);
	assert_true(vt_wait(vt, "SaaS, Devices", MS));
}

static void a_key_that_does_nothing_is_called_by_its_name(void **state)
{
	struct vt *vt = run(state);

	leads_to(vt, "C-a", "Ctrl-a does nothing here");
	leads_to(vt, "C-_", "Ctrl-_ does nothing here");
	leads_to(vt, "C-]", "Ctrl-] does nothing here");
	leads_to(vt, "é", "é does nothing here");
	leads_to(vt, "F5", "does nothing here");
	assert_false(shows(vt, "Ctrl-`"));
}

static void a_paste_does_nothing(void **state)
{
	static const char paste[] = "\033[200~jjQqq\r?Enter\rx\033[B\r3G\303\251\xff\003\033[201~";
	struct vt *vt = run(state);

	vt_type(vt, paste, sizeof(paste) - 1);
	vt_settle(vt, 60, MS);
	assert_int_equal(vt_end(vt, 0), -1);
	assert_true(vt_keys(vt, "C-l"));
	assert_true(vt_wait(vt, START, MS));
	leads_to(vt, "j", "SaaS, Devices");
}

/* All that the program writes to its terminal, as script(1) logs it. */
static char *raw_output(void **state, const char *keys, size_t *len)
{
	char path[PATH_MAX], *text = calloc(1, 1 << 16);
	struct vt *vt;
	FILE *f;

	snprintf(path, sizeof(path), "%s/typescript", scratch);
	vt = *state = open_with(80, 24, (const char *const[]) { "script", "-q", "-c", program, path,
		NULL }, NULL);
	assert_true(vt_wait(vt, START, MS));
	vt_keys(vt, keys);
	assert_true(vt_end(vt, MS) >= 0);
	f = fopen(path, "r");
	assert_non_null(f);
	*len = fread(text, 1, (1 << 16) - 1, f);
	fclose(f);
	return text;
}

static void it_asks_for_pastes_to_be_marked_and_takes_that_back(void **state)
{
	size_t len;
	char *out = raw_output(state, "j Q", &len), *on, *off = NULL;

	on = memmem(out, len, "\033[?2004h", 8);
	if (on)
		off = memmem(on, len - (size_t)(on - out), "\033[?2004l", 8);
	free(out);
	assert_non_null(on);
	assert_non_null(off);
}

static void unknown_sequences_do_nothing(void **state)
{
	static const char *const unknown[] = { "\033[1;7D", "\033[99~", "\033[<0;10;5M", "\033[I",
		"\033[O", "\033[27;5;9~", "\033[57399u", "\033[?62;22c", "\033[24;80R" };
	struct vt *vt = *state = run_at(80, 24, "paas/os");

	assert_true(vt_wait(vt, "azure:paas/os", MS));
	for (int i = 0; i < LEN(unknown); i++) {
		vt_type(vt, unknown[i], strlen(unknown[i]));
		vt_settle(vt, 50, MS);
		if (!shows(vt, "azure:paas/os"))
			print_error("ESC%s has left the page\n", unknown[i] + 1);
		assert_true(shows(vt, "azure:paas/os"));
	}
}

static void the_numeric_keypad_types_digits(void **state)
{
	struct vt *vt = run(state);

	vt_type(vt, "\033Oq\033OpG", 7);        /* 1 0 G */
	assert_true(vt_wait(vt, "SaaS, Physical datacenter", MS));
	leads_to(vt, "g g", START);
	vt_type(vt, "\033OM", 3);
	assert_true(vt_wait(vt, "azure:saas/data", MS));
}

static void opening_pages_from_pages_costs_little(void **state)
{
	struct vt *vt = run(state);
	long before;

	leads_to(vt, "Enter", "azure:saas/data");
	before = proc(vt_pid(vt), "VmRSS");
	for (int i = 0; i < 50; i++)
		assert_true(vt_keys(vt, "x Enter b Enter x Enter b Enter x Enter b Enter"));
	fence(vt);
	assert_in_range(proc(vt_pid(vt), "VmRSS") - before, 0, 30000);
	assert_true(vt_keys(vt, "Esc*400"));
	assert_true(vt_wait(vt, "\n q quits", MS));
}

/* ---- terminals ---- */

static void every_kind_of_terminal_shows_the_same_text(void **state)
{
	static const char *const terms[] = { "TERM=vt100", "TERM=linux", "TERM=screen",
		"TERM=tmux-256color", "TERM=xterm-direct", "TERM=xterm",
		"TERM=xterm-without-an-entry" };
	struct vt *reference = run_at(80, 24, NULL), *vt;
	char *expected, *screen;

	assert_true(vt_wait(reference, START, MS));
	vt_settle(reference, 15, MS);
	expected = vt_screen(reference);
	for (int i = 0; i < LEN(terms); i++) {
		vt = *state = open_with(80, 24, (const char *const[]) { program, NULL },
			(const char *const[]) { terms[i], NULL });
		assert_true(vt_wait(vt, START, MS));
		assert_true(vt_settle(vt, 15, MS));
		screen = vt_screen(vt);
		assert_string_equal(screen, expected);
		free(screen);
		vt_type(vt, "\033OB\033[C", 6);
		assert_true(vt_wait(vt, "PaaS, Devices", MS));
		assert_true(vt_keys(vt, "Q"));
		check_ends(vt, 0);
		teardown(state);
	}
	free(expected);
	vt_close(reference);
}

/* One sentence and status 5. */
static void check_refused(struct vt *vt)
{
	char *screen;
	int lines = 0;

	check_ends(vt, 5);
	screen = vt_screen(vt);
	for (const char *s = screen; *s; s++)
		lines += *s == '\n' && s[1] && s[1] != '\n';
	assert_memory_equal(screen, "onus: the terminal type", 23);
	assert_in_range(lines, 0, 1);
	free(screen);
}

/* Text line by line, with no use of the terminal's abilities, until the input ends. */
static void check_linear(struct vt *vt, bool notice)
{
	struct vt_attr a;

	assert_true(vt_wait(vt, "\n10. Physical datacenter. SaaS: Microsoft.", MS));
	assert_true(vt_settle(vt, 15, MS));
	check_restored(vt);
	for (int i = 0; i < 60 * 80; i++) {
		assert_true(vt_attr(vt, i / 80, i % 80, &a));
		assert_true(a.fg == VT_DEFAULT && a.bg == VT_DEFAULT && !a.bold && !a.reverse);
	}
	if (notice) {
		char *line = vt_line(vt, 0);
		assert_memory_equal(line, "onus: the terminal type", 23);
		free(line);
	}
	vt_type(vt, "\004", 1);
	check_ends(vt, 0);
}

static void where_the_terminal_cannot_be_used_there_is_no_mess(void **state)
{
	static const char *const terms[] = { "TERM=dumb", "TERM=nonsense", "TERM", "TERM=",
		"TERM=../../etc/passwd", "TERM=vt52-\033[31mx" };

	for (int i = 0; i < LEN(terms); i++) {
		struct vt *vt = *state = open_with(80, 60, (const char *const[]) { program, NULL },
			(const char *const[]) { terms[i], NULL });
		if (vt_wait(vt, "Physical datacenter", MS))
			check_linear(vt, i > 0);
		else
			check_refused(vt);
		teardown(state);
	}
}

static void a_large_terminal_is_filled(void **state)
{
	struct vt *vt = *state = run_at(300, 100, NULL);

	assert_true(vt_wait(vt, START, MS));
	assert_true(shows(vt, "Customer 23  Microsoft 13  Shared 4"));
	assert_true(shows(vt, "SaaS / Information and data: CUSTOMER"));
	leads_to(vt, "Enter", "azure:saas/data");
	leads_to(vt, "Esc", START);
}

/* ---- the database ---- */

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	size_t n;

	assert_true(in && out);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

enum harm { REMOVED, REPLACED, EMPTIED, CUT, OVERWRITTEN };

static void do_harm(enum harm harm, const char *path)
{
	struct stat st;
	FILE *f;

	assert_int_equal(stat(path, &st), 0);
	if (harm == REMOVED || harm == REPLACED)
		assert_int_equal(unlink(path), 0);
	if (harm == EMPTIED || harm == CUT)
		assert_int_equal(truncate(path, harm == CUT ? st.st_size / 3 : 0), 0);
	if (harm == REPLACED || harm == OVERWRITTEN) {
		f = fopen(path, harm == REPLACED ? "w" : "r+");
		assert_non_null(f);
		for (long i = 0; i < st.st_size; i++)
			putc(any(256), f);
		fclose(f);
	}
}

static void a_database_that_is_harmed_meanwhile_is_survived(void **state)
{
	char path[PATH_MAX], env[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/copy.db", scratch);
	snprintf(env, sizeof(env), "ONUS_DB=%s", path);
	for (int harm = REMOVED; harm <= OVERWRITTEN; harm++) {
		struct vt *vt;
		copy_file(database(), path);
		vt = *state = open_with(80, 24, (const char *const[]) { program, NULL },
			(const char *const[]) { env, NULL });
		assert_true(vt_wait(vt, START, MS));
		do_harm((enum harm)harm, path);
		for (int i = 0; i < 10; i++)
			assert_true(vt_keys(vt, "j l Enter x j Enter b Enter Esc*3 [ ] k ? Esc"));
		vt_resize(vt, 120, 40);
		vt_settle(vt, 20, MS);
		vt_resize(vt, 80, 24);
		check_answers(vt);
		assert_true(vt_keys(vt, "Q"));
		check_ends(vt, 0);
		teardown(state);
	}
	unlink(path);
}

/* ---- idle ---- */

static void idle_it_writes_nothing_and_never_wakes_up(void **state)
{
	for (int i = 0; i < 2; i++) {
		struct vt *vt = *state = run_at(80, 24, i ? "paas/os" : NULL);
		long wakes, forced;
		size_t bytes;
		assert_true(vt_wait(vt, "? help", MS));
		leads_to(vt, "j", i ? "azure:paas/os" : "SaaS, Devices");
		assert_true(vt_settle(vt, 30, MS));
		wakes = proc(vt_pid(vt), "voluntary_ctxt_switches");
		forced = ticks(vt_pid(vt));
		bytes = vt_bytes(vt);
		assert_true(vt_settle(vt, i ? 300 : 1000, MS));
		assert_int_equal(vt_bytes(vt), bytes);
		assert_int_equal(proc(vt_pid(vt), "voluntary_ctxt_switches"), wakes);
		assert_int_equal(ticks(vt_pid(vt)), forced);
		teardown(state);
	}
}

static void idle_after_a_resize_it_never_wakes_up_either(void **state)
{
	struct vt *vt = run(state);
	long wakes, used;

	vt_resize(vt, 100, 30);
	assert_true(vt_settle(vt, 50, MS));
	wakes = proc(vt_pid(vt), "voluntary_ctxt_switches");
	used = ticks(vt_pid(vt));
	vt_settle(vt, 200, MS);
	assert_int_equal(proc(vt_pid(vt), "voluntary_ctxt_switches"), wakes);
	assert_int_equal(ticks(vt_pid(vt)), used);
}

#define T(name) cmocka_unit_test_teardown(name, teardown)

static const struct CMUnitTest tests[] = {
	T(the_first_frame_shows_the_whole_diagram),
	T(every_cell_has_the_cursor_the_word_and_the_colours_of_its_holder),
	T(no_color_leaves_attributes_only),
	T(arrows_move_in_both_encodings_and_so_does_hjkl),
	T(home_and_end_come_in_four_encodings),
	T(motions_and_counts_go_where_they_say),
	T(a_count_is_shown_and_esc_drops_it),
	T(the_heads_are_places_with_pages_of_their_own),
	T(page_up_at_the_heads_never_goes_down),
	T(a_move_at_an_edge_stays),
	T(space_hides_the_pane_and_shows_it_again),
	T(enter_goes_in_and_esc_and_q_come_out),
	T(the_path_grows_with_each_view_and_shrinks_again),
	T(esc_never_quits_and_says_how_to),
	T(q_at_the_root_asks_once_more),
	T(a_key_between_two_q_forgets_the_first),
	T(a_count_between_two_q_forgets_the_first),
	T(capital_q_quits_from_anywhere_with_0),
	T(control_c_quits_from_anywhere_with_130),
	T(history_goes_back_and_forward_in_time),
	T(back_in_time_finds_the_line_where_one_was),
	T(alt_left_and_alt_right_are_keys_of_history),
	T(x_and_b_go_to_examples_and_practices),
	T(the_help_lists_the_keys_of_the_view),
	T(enter_in_the_help_does_the_command),
	T(a_long_page_is_read_to_its_end_and_back),
	T(space_skips_no_line_of_a_page),
	T(a_link_opens_its_page_with_the_grid_below),
	T(control_l_repairs_a_screen_that_others_wrote_on),
	T(a_resize_draws_for_the_new_size_at_once),
	T(after_any_size_the_grid_is_as_before),
	T(after_any_size_a_page_is_as_before),
	T(after_a_storm_of_sizes_and_keys_all_is_as_before),
	T(it_starts_at_any_size),
	T(a_terminal_that_says_0_by_0_is_taken_as_80_by_24),
	T(a_signal_ends_it_within_a_second_and_the_terminal_is_as_before),
	T(a_signal_ends_it_at_once_after_a_resize),
	T(a_signal_ends_it_while_keys_keep_coming),
	T(a_signal_ends_it_while_nobody_reads_the_terminal),
	T(a_crash_leaves_the_terminal_as_it_was),
	T(a_hang_up_ends_it_without_spinning),
	T(a_hang_up_ends_it_also_where_its_signal_is_ignored),
	T(a_hang_up_ends_it_also_in_a_session_of_its_own),
	T(with_stdin_at_its_end_it_reads_the_terminal),
	T(without_any_terminal_for_keys_it_says_so_and_ends),
	T(control_z_stops_it_and_fg_goes_on),
	T(sigtstp_stops_it_and_sigcont_goes_on_at_the_new_size),
	T(after_going_on_it_uses_no_time),
	T(stopped_in_a_terminal_that_goes_away_it_ends),
	T(sent_to_the_background_it_stops_and_does_not_spin),
	T(control_z_does_nothing_where_stopping_is_ignored),
	T(orphaned_in_the_background_it_does_not_spin),
	T(a_thousand_keys_in_one_write_are_all_done),
	T(words_typed_at_speed_are_searched_for),
	T(a_found_word_is_marked_without_a_colour),
	T(a_search_from_a_page_goes_back_to_it),
	T(garbage_does_nothing_bad),
	T(broken_utf_8_takes_no_other_key_with_it),
	T(a_character_may_come_in_pieces),
	T(a_key_that_does_nothing_is_called_by_its_name),
	T(a_paste_does_nothing),
	T(it_asks_for_pastes_to_be_marked_and_takes_that_back),
	T(unknown_sequences_do_nothing),
	T(the_numeric_keypad_types_digits),
	T(opening_pages_from_pages_costs_little),
	T(every_kind_of_terminal_shows_the_same_text),
	T(where_the_terminal_cannot_be_used_there_is_no_mess),
	T(a_large_terminal_is_filled),
	T(a_database_that_is_harmed_meanwhile_is_survived),
	T(idle_it_writes_nothing_and_never_wakes_up),
	T(idle_after_a_resize_it_never_wakes_up_either),
};

int main(void)
{
	return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
