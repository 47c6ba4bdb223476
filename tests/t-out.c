/* t-out: what leaves the explorer, on a pseudo-terminal: files, the clipboard, the editor.
 *
 * Each test has a folder of its own, which is $HOME, where the program runs and where bin/ comes first in
 * PATH.  ONUS names the program (./onus), ONUS_DB its database (db/onus.db). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util.h"

#define MS 5000         /* for what happens at once on any machine */
#define START "SaaS, Information and data: Customer. Row 1 of 10."
#define CELL "azure:saas/data"

struct at {
	char *dir;              /* of the test */
	struct vt *vt;
	FILE *log;
	char *logged;
	size_t nlogged;
};

static char program[PATH_MAX], database[PATH_MAX];

static int find_program(void **state)
{
	const char *name = getenv("ONUS");

	(void)state;
	if (!realpath(name && *name ? name : "./onus", program) || !realpath(util_db(), database)) {
		fprintf(stderr, "ONUS or ONUS_DB names nothing\n");
		return -1;
	}
	return 0;
}

static int setup(void **state)
{
	struct at *at = calloc(1, sizeof(*at));

	at->dir = util_dir();
	mkdir(util_path(at->dir, "bin"), 0755);
	at->log = open_memstream(&at->logged, &at->nlogged);
	*state = at;
	return 0;
}

static int teardown(void **state)
{
	struct at *at = *state;

	vt_close(at->vt);
	fclose(at->log);
	free(at->logged);
	util_remove(at->dir);
	free(at);
	return 0;
}

/* ---- running it ---- */

static const char *in(struct at *at, const char *name)
{
	return util_path(at->dir, name);
}

static void script(struct at *at, const char *name, const char *text)
{
	util_write_text(in(at, name), text);
	chmod(in(at, name), 0755);
}

/* A tool that keeps its arguments in NAME.args and what it reads in NAME.in. */
static void tool(struct at *at, const char *name, int status)
{
	char path[64], text[256];

	snprintf(path, sizeof(path), "bin/%s", name);
	snprintf(text, sizeof(text),
		 "#!/bin/sh\nprintf '%%s|' \"$@\" >\"$HOME/%s.args\"\ncat >\"$HOME/%s.in\"\nexit %d\n", name, name,
		 status);
	script(at, path, text);
}

/* A line of sh in the folder, with these in its environment; the program is "$ONUS" in it. */
static void run_line(struct at *at, const char *line, const char *const extra[])
{
	char home[PATH_MAX + 8], path[PATH_MAX + 64], db[PATH_MAX + 16], onus[PATH_MAX + 8], all[1024];
	const char *env[16] = { home, path, db, onus };
	int n = 4;

	snprintf(home, sizeof(home), "HOME=%s", at->dir);
	snprintf(path, sizeof(path), "PATH=%s/bin:/usr/local/bin:/usr/bin:/bin", at->dir);
	snprintf(db, sizeof(db), "ONUS_DB=%s", database);
	snprintf(onus, sizeof(onus), "ONUS=%s", program);
	for (; extra && *extra; extra++)
		env[n++] = *extra;
	assert_true(n < COUNT(env));
	snprintf(all, sizeof(all), "cd \"$HOME\" && %s", line);
	vt_close(at->vt);
	at->vt = vt_open(80, 24, (const char *const[]) { "sh", "-c", all, NULL }, env);
	assert_non_null(at->vt);
	vt_log(at->vt, at->log);
}

/* The program with arguments. */
static void run(struct at *at, const char *args, const char *const extra[])
{
	char line[512];

	snprintf(line, sizeof(line), "exec \"$ONUS\" %s", args);
	run_line(at, line, extra);
}

static void run_grid(struct at *at, const char *const extra[])
{
	run(at, "", extra);
	assert_true(vt_wait(at->vt, START, MS));
}

#define leads_to(at, keys, text) \
	do { \
		assert_true(vt_keys((at)->vt, keys)); \
		if (!vt_wait((at)->vt, text, MS)) { \
			char *shown = vt_screen((at)->vt); \
			print_error("no \"%s\" after %s:\n%s\n", text, keys, shown); \
			free(shown); \
			fail(); \
		} \
	} while (0)

/* All typed before has been done and drawn. */
static void fence(struct at *at)
{
	leads_to(at, "Z", "Z does nothing here");
	assert_true(vt_keys(at->vt, "C-l"));
	assert_true(vt_wait_gone(at->vt, "Z does nothing here", MS));
}

static void write_as(struct at *at, const char *name, const char *says)
{
	char keys[256];

	leads_to(at, "w", "Write to: ");
	snprintf(keys, sizeof(keys), "C-u text:%s Enter", name);
	leads_to(at, keys, says);
}

static void check_quits(struct at *at, const char *keys)
{
	bool visible;
	int status;

	assert_true(vt_keys(at->vt, keys));
	status = vt_end(at->vt, MS);
	assert_true(status >= 0 && WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	vt_cursor(at->vt, NULL, NULL, &visible);
	assert_true(vt_same_tty(at->vt));
	assert_false(vt_altscreen(at->vt));
	assert_true(visible);
}

static bool there(struct at *at, const char *name)
{
	struct stat st;

	return !lstat(in(at, name), &st);
}

#define holds(at, name, want) \
	do { \
		char *held = util_read(in(at, name), NULL); \
		assert_string_equal(held, want); \
		free(held); \
	} while (0)

/* What a command line of the program prints. */
static char *prints(const char *args, size_t *n)
{
	char line[3 * PATH_MAX], *all = NULL;
	FILE *out, *p;

	snprintf(line, sizeof(line), "LC_ALL=C.UTF-8 TERM=dumb ONUS_DB='%s' '%s' %s", database, program, args);
	out = open_memstream(&all, n);
	p = popen(line, "r");
	for (int c; (c = getc(p)) != EOF;)
		putc(c, out);
	fclose(out);
	assert_int_equal(pclose(p), 0);
	assert_true(*n > 0);
	return all;
}

static void check_same(struct at *at, const char *name, const char *args)
{
	size_t n, m;
	char *file = util_read(in(at, name), &n), *want = prints(args, &m);

	assert_int_equal(n, m);
	assert_memory_equal(file, want, n);
	free(file);
	free(want);
}

/* ---- w ---- */

static void w_writes_what_the_command_line_prints(void **state)
{
	struct at *at = *state;

	run_grid(at, NULL);
	write_as(at, "g.txt", "wrote g.txt");
	write_as(at, "g.md", "wrote g.md");
	write_as(at, "g.csv", "wrote g.csv");
	write_as(at, "g.json", "wrote g.json");
	write_as(at, "g.html", "wrote g.html");
	write_as(at, "g.svg", "wrote g.svg");
	check_same(at, "g.txt", "grid -f text");
	check_same(at, "g.md", "grid -f md");
	check_same(at, "g.csv", "grid -f csv");
	check_same(at, "g.json", "grid -f json");
	check_same(at, "g.html", "grid -f html");
	check_same(at, "g.svg", "grid -f svg");
	leads_to(at, "Enter", "SaaS / Information and data: CUSTOMER");
	write_as(at, "p.txt", "wrote p.txt");
	write_as(at, "p.md", "wrote p.md");
	write_as(at, "~/p.json", "wrote ~/p.json");
	write_as(at, "p.html", "wrote p.html");
	check_same(at, "p.txt", "show " CELL);
	check_same(at, "p.md", "show -f md " CELL);
	check_same(at, "p.json", "show -f json " CELL);
	check_same(at, "p.html", "show -f html " CELL);
	check_quits(at, "Q");
}

static void lists_and_what_is_found_are_written_as_they_are_shown(void **state)
{
	struct at *at = *state;
	char *got;

	run(at, "service/", NULL);
	assert_true(vt_wait(at->vt, "Services", MS));
	write_as(at, "all.md", "wrote all.md");
	check_same(at, "all.md", "show -f md service/");
	assert_true(vt_keys(at->vt, "/ text:sql Enter"));
	write_as(at, "some.md", "wrote some.md");
	got = util_read(in(at, "some.md"), NULL);
	assert_non_null(strstr(got, "`service/sql-vm`"));
	assert_null(strstr(got, "`service/aks`"));
	free(got);
	check_quits(at, "Q");
	run_grid(at, NULL);
	leads_to(at, "/ text:logjam Wait BS BS BS BS BS BS text:patch", "1/");
	assert_true(vt_keys(at->vt, "Enter Wait q"));
	write_as(at, "hits.md", "wrote hits.md");
	got = util_read(in(at, "hits.md"), NULL);
	assert_non_null(strstr(got, "(`practice/patch-guest-os`)"));
	assert_non_null(strstr(got, " found\n"));
	free(got);
}

static void a_name_is_proposed_that_says_what_it_is(void **state)
{
	struct at *at = *state;

	run_grid(at, NULL);
	leads_to(at, "w", "Write to: onus-azure.md");
	leads_to(at, "Enter", "wrote onus-azure.md");
	leads_to(at, "Enter w", "Write to: onus-azure-saas-data.md");
	leads_to(at, "Enter", "wrote onus-azure-saas-data.md");
	check_same(at, "onus-azure.md", "grid -f md");
	check_same(at, "onus-azure-saas-data.md", "show -f md " CELL);
}

static void an_error_keeps_what_was_typed(void **state)
{
	struct at *at = *state;

	run(at, "paas/os", NULL);
	assert_true(vt_wait(at->vt, "MICROSOFT", MS));
	write_as(at, "x.svg", "end the name in one of .txt .md .csv .json .html");
	leads_to(at, "", "Write to: x.svg");
	leads_to(at, "BS BS BS text:md Enter", "wrote x.md");
	write_as(at, "none/x.md", "cannot write none/x.md: No such file or directory");
	leads_to(at, "Home Del Del Del Del Del text:y Enter", "wrote yx.md");
	write_as(at, "", "end the name in one of");
	leads_to(at, "Esc", "back");
	assert_true(vt_wait_gone(at->vt, "Write to:", MS));
	leads_to(at, "w", "Write to: ");
	assert_true(vt_keys(at->vt, "C-c"));
	assert_true(vt_wait_gone(at->vt, "Write to:", MS));
	fence(at);
	assert_false(there(at, "x.csv"));
	assert_int_equal(util_count(at->dir), 3);       /* and bin */
}

static void a_file_that_is_there_is_replaced_by_enter_once_more(void **state)
{
	struct at *at = *state;

	util_write_text(in(at, "a.md"), "mine\n");
	util_write_text(in(at, "b.md"), "mine\n");
	run_grid(at, NULL);
	write_as(at, "a.md", "a.md is there already; Enter once more replaces it");
	holds(at, "a.md", "mine\n");
	leads_to(at, "Home Del text:b Enter", "b.md is there already; Enter once more replaces it");
	holds(at, "a.md", "mine\n");
	holds(at, "b.md", "mine\n");
	leads_to(at, "Enter", "wrote b.md");
	holds(at, "a.md", "mine\n");
	check_same(at, "b.md", "grid -f md");
}

static void no_link_is_followed_or_replaced(void **state)
{
	struct at *at = *state;

	util_write_text(in(at, "target"), "mine\n");
	assert_int_equal(symlink("target", in(at, "a.md")), 0);
	run_grid(at, NULL);
	write_as(at, "a.md", "a.md is there, and is not a regular file");
	assert_true(vt_keys(at->vt, "Enter"));
	assert_true(vt_keys(at->vt, "Esc"));
	fence(at);
	holds(at, "target", "mine\n");
	assert_int_equal(util_count(at->dir), 3);
}

static void a_restricted_program_writes_copies_and_edits_nothing(void **state)
{
	struct at *at = *state;

	tool(at, "xclip", 0);
	script(at, "bin/ed", "#!/bin/sh\necho edited >\"$HOME/edited\"\n");
	run(at, "-y ./clip", (const char *const[]) { "ONUS_RESTRICTED=1", "DISPLAY=:0", "EDITOR=ed", NULL });
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "w", "writing files is switched off here");
	leads_to(at, "y l", "copying is switched off here");
	leads_to(at, "e", "the editor is switched off here");
	check_quits(at, "Q");
	run(at, "-y xclip", (const char *const[]) { "ONUS_RESTRICTED=1", "DISPLAY=:0", NULL });
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "xclip is switched off here");
	check_quits(at, "Q");
	run(at, "", (const char *const[]) { "ONUS_RESTRICTED=1", "DISPLAY=:0", NULL });
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "sent to the terminal's clipboard (OSC 52)");
	check_quits(at, "Q");
	assert_int_equal(util_count(at->dir), 1);       /* bin */
}

/* ---- y ---- */

static const char *const with_tmux[] = { "TMUX=/tmp/no,1,0", NULL };

static void yl_gives_tmux_the_link_alone(void **state)
{
	struct at *at = *state;

	tool(at, "tmux", 0);
	run_grid(at, with_tmux);
	leads_to(at, "y l", "link " CELL " copied to the tmux buffer");
	holds(at, "tmux.args", "load-buffer|-w|-|");
	holds(at, "tmux.in", CELL);
	leads_to(at, "Down*6 Right y l", "link azure:paas/os copied");
	holds(at, "tmux.in", "azure:paas/os");
	leads_to(at, "Enter Wait y l", "link azure:paas/os copied");
	holds(at, "tmux.in", "azure:paas/os");
	check_quits(at, "Q");
}

static void yy_and_ym_give_what_show_prints(void **state)
{
	struct at *at = *state;

	tool(at, "tmux", 0);
	run_grid(at, with_tmux);
	leads_to(at, "y y", "text of " CELL " copied to the tmux buffer");
	check_same(at, "tmux.in", "show " CELL);
	leads_to(at, "y m", "Markdown of " CELL " copied to the tmux buffer");
	check_same(at, "tmux.in", "show -f md " CELL);
	leads_to(at, "y", "y copy   l copy-link   m copy-markdown");
	check_quits(at, "Esc Q");
}

static void the_first_way_that_works_is_taken(void **state)
{
	static const char *const desktop[] = { "DISPLAY=:0", NULL };
	struct at *at = *state;

	tool(at, "xclip", 1);
	tool(at, "xsel", 0);
	run_grid(at, desktop);
	leads_to(at, "y l", "link " CELL " given to xsel");
	holds(at, "xclip.args", "-selection|clipboard|");
	holds(at, "xsel.args", "-ib|");
	holds(at, "xsel.in", CELL);
	check_quits(at, "Q");
	tool(at, "wl-copy", 0);
	run_grid(at, (const char *const[]) { "DISPLAY=:0", "WAYLAND_DISPLAY=wayland-0", NULL });
	leads_to(at, "y l", "link " CELL " given to wl-copy");
	holds(at, "wl-copy.in", CELL);
	check_quits(at, "Q");
}

static void windows_gets_its_own_encoding(void **state)
{
	struct at *at = *state;
	size_t n;
	char *got;

	tool(at, "clip.exe", 0);
	run_grid(at, (const char *const[]) { "WSL_DISTRO_NAME=Debian", NULL });
	leads_to(at, "y l", "link " CELL " given to clip.exe");
	got = util_read(in(at, "clip.exe.in"), &n);
	assert_int_equal(n, 2 + 2 * strlen(CELL));
	assert_memory_equal(got, "\377\376a\0z\0", 6);
	free(got);
}

/* What came in OSC 52 since the log began, decoded; NULL where there was none. */
static char *sent(struct at *at, size_t *n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char begin[] = "\033]52;c;";
	char *s, *out;
	unsigned bits = 0, have = 0;

	fflush(at->log);
	s = memmem(at->logged, at->nlogged, begin, strlen(begin));
	if (!s)
		return NULL;
	out = calloc(1, at->nlogged);
	*n = 0;
	for (s += strlen(begin); *s && strchr(digits, *s); s++) {
		bits = bits << 6 | (unsigned)(strchr(digits, *s) - digits);
		have += 6;
		if (have >= 8)
			out[(*n)++] = (char)(bits >> (have -= 8));
	}
	while (*s == '=')
		s++;
	assert_int_equal(*s, '\a');
	rewind(at->log);
	return out;
}

static void osc_52_carries_the_text_to_the_terminal(void **state)
{
	struct at *at = *state;
	char *got, *want;
	size_t n, m;

	tool(at, "xclip", 0);
	run_grid(at, (const char *const[]) { "DISPLAY=:0", "SSH_CONNECTION=1 2 3 4", NULL });
	leads_to(at, "y l", "link " CELL " sent to the terminal's clipboard (OSC 52)");
	got = sent(at, &n);
	assert_non_null(got);
	assert_int_equal(n, strlen(CELL));
	assert_memory_equal(got, CELL, n);
	free(got);
	leads_to(at, "y y", "text of " CELL " sent to the terminal's clipboard (OSC 52)");
	got = sent(at, &n);
	want = prints("show " CELL, &m);
	assert_non_null(got);
	assert_int_equal(n, m);
	assert_memory_equal(got, want, n);
	free(got);
	free(want);
	assert_false(there(at, "xclip.in"));
	check_quits(at, "Q");
}

static void a_console_gets_no_bytes_that_it_would_show(void **state)
{
	struct at *at = *state;
	size_t n;

	run_grid(at, (const char *const[]) { "TERM=linux", NULL });
	leads_to(at, "y l", "this terminal has no clipboard");
	fence(at);
	assert_null(sent(at, &n));
	check_quits(at, "Q");
}

static void clipboard_names_the_way(void **state)
{
	struct at *at = *state;
	size_t n;

	tool(at, "tmux", 0);
	tool(at, "xsel", 3);
	util_write_text(in(at, "clip"), "old");
	run(at, "--clipboard ./clip", with_tmux);
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "written to the file of --clipboard");
	holds(at, "clip", CELL);
	check_quits(at, "Q");
	run(at, "--clipboard off", with_tmux);
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "copying is switched off here");
	check_quits(at, "Q");
	run(at, "--clipboard xsel", with_tmux);
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "xsel failed with status 3");
	check_quits(at, "Q");
	run(at, "--clipboard pbcopy", with_tmux);
	assert_true(vt_wait(at->vt, START, MS));
	leads_to(at, "y l", "cannot run pbcopy: No such file or directory");
	check_quits(at, "Q");
	assert_false(there(at, "tmux.in"));
	assert_null(sent(at, &n));
}

static void nothing_that_is_copied_or_written_controls_a_terminal(void **state)
{
	struct at *at = *state;
	size_t n;
	char *got;

	util_copy(database, in(at, "evil.db"));
	util_sql(in(at, "evil.db"),
		 "UPDATE entry SET title = 'T' || char(27) || ']52;c;eHh4' || char(7) || char(0x9b) || '31m' ||"
		 " char(0x202e) || char(13) || title, summary = char(27) || '[2J' || summary;"
		 "UPDATE duty SET text = char(27) || 'c' || char(8) || text;");
	tool(at, "tmux", 0);
	run(at, "-d evil.db", with_tmux);
	assert_true(vt_wait(at->vt, "Row 1 of 10", MS));
	leads_to(at, "y y", "text of " CELL " copied");
	got = util_read(in(at, "tmux.in"), &n);
	assert_true(n > 500 && util_tame(got, n, true));
	free(got);
	leads_to(at, "y m", "Markdown of " CELL " copied");
	got = util_read(in(at, "tmux.in"), &n);
	assert_true(n > 500 && util_tame(got, n, true));
	free(got);
	leads_to(at, "Enter Wait w C-u text:p.txt Enter", "wrote p.txt");
	got = util_read(in(at, "p.txt"), &n);
	assert_true(n > 500 && util_tame(got, n, true));
	free(got);
}

/* ---- e ---- */

/* The text and revision of a note; NULL where there is none. */
static char *note_of(struct at *at, const char *link, int *rev)
{
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;
	char *text = NULL;

	if (!there(at, ".local/share/onus/user.db"))
		return NULL;
	assert_int_equal(sqlite3_open_v2(in(at, ".local/share/onus/user.db"), &db, SQLITE_OPEN_READONLY, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT text, rev FROM note WHERE link = ?", -1, &s, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(s, 1, link, -1, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW) {
		text = strdup((const char *)sqlite3_column_text(s, 0));
		*rev = sqlite3_column_int(s, 1);
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	return text;
}

#define note_is(at, link, want) \
	do { \
		int note_rev; \
		char *note_text = note_of(at, link, &note_rev); \
		assert_non_null(note_text); \
		assert_string_equal(note_text, want); \
		free(note_text); \
	} while (0)

/* Files that the editor has left in the user's folder. */
static int drafts(struct at *at, char name[300])
{
	DIR *d = opendir(in(at, ".local/share/onus"));
	int n = 0;

	for (struct dirent *entry; d && (entry = readdir(d));)
		if (!strncmp(entry->d_name, "note-", 5)) {
			snprintf(name, 300, ".local/share/onus/%s", entry->d_name);
			n++;
		}
	if (d)
		closedir(d);
	return n;
}

static const char *const with_editor[] = { "EDITOR=ed -x", NULL };

static void e_keeps_what_the_editor_leaves(void **state)
{
	struct at *at = *state;
	char *got, name[300];
	struct stat st;

	script(at, "bin/ed", "#!/bin/sh\nprintf '%s|' \"$@\" >\"$HOME/args\"\nstat -c %a \"$2\" >\"$HOME/mode\"\n"
	       "cp \"$2\" \"$HOME/was\"\nprintf 'My \\342\\202\\254 words\\n\\nand more\\n' >>\"$2\"\n");
	run_grid(at, with_editor);
	leads_to(at, "e", "note saved");
	note_is(at, CELL, "My \342\202\254 words\n\nand more");
	holds(at, "mode", "600\n");
	holds(at, "was", "");
	got = util_read(in(at, "args"), NULL);
	assert_memory_equal(got, "-x|/", 4);
	assert_non_null(strstr(got, "/.local/share/onus/note-azure-saas-data-"));
	assert_string_equal(got + strlen(got) - 4, ".md|");
	free(got);
	assert_int_equal(drafts(at, name), 0);
	assert_int_equal(stat(in(at, ".local/share/onus"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	leads_to(at, "Enter Wait e", "Your note");
	leads_to(at, "", "note saved");
	leads_to(at, "", "and more");
	holds(at, "was", "My \342\202\254 words\n\nand more\n");
	check_quits(at, "Q");
}

/* What the view has selected there is a part of a page. */
static void a_note_on_a_cell_of_a_stack_is_on_the_page_behind_it(void **state)
{
	struct at *at = *state;

	script(at, "bin/ed", "#!/bin/sh\necho words >\"$2\"\n");
	run(at, "stack/vm+aks", with_editor);
	leads_to(at, "e", "note saved");
	note_is(at, "stack/vm+aks/data", "words");
	leads_to(at, "Enter Wait g g", "Your note");
	check_quits(at, "Q");
}

static void an_editor_that_changes_nothing_or_fails_changes_nothing(void **state)
{
	struct at *at = *state;
	char name[300];

	script(at, "bin/ed", "#!/bin/sh\n:\n");
	run_grid(at, with_editor);
	leads_to(at, "e", "the note is as it was");
	script(at, "bin/ed", "#!/bin/sh\nexit 1\n");
	leads_to(at, "e", "ed failed with status 1");
	script(at, "bin/ed", "#!/bin/sh\nrm \"$2\"\n");
	leads_to(at, "Down e", "the note is as it was");
	assert_int_equal(drafts(at, name), 0);
	assert_false(there(at, ".local/share/onus/user.db"));
	script(at, "bin/ed", "#!/bin/sh\necho words >\"$2\"\nexit 1\n");
	leads_to(at, "e", "ed failed with status 1; what was written is in /");
	assert_false(there(at, ".local/share/onus/user.db"));
	assert_int_equal(drafts(at, name), 1);
	holds(at, name, "words\n");
	check_quits(at, "Q");
	unlink(in(at, name));
	run_grid(at, (const char *const[]) { "EDITOR=no-such-editor", NULL });
	leads_to(at, "e", "cannot run no-such-editor: No such file or directory; another editor can");
	assert_int_equal(drafts(at, name), 0);
	check_quits(at, "Q");
}

static void no_shell_reads_the_name_of_the_editor(void **state)
{
	struct at *at = *state;

	script(at, "bin/ed", "#!/bin/sh\nprintf '%s|' \"$@\" >\"$HOME/args\"\n");
	run_grid(at, (const char *const[]) { "VISUAL=ed ; touch $HOME/x `id`", "EDITOR=false", NULL });
	leads_to(at, "e", "the note is as it was");
	{
		char *got = util_read(in(at, "args"), NULL);
		assert_memory_equal(got, ";|touch|$HOME/x|`id`|/", 22);
		free(got);
	}
	assert_false(there(at, "x"));
}

static void an_empty_text_removes_the_note(void **state)
{
	struct at *at = *state;
	int rev;

	script(at, "bin/ed", "#!/bin/sh\necho words >\"$2\"\n");
	run_grid(at, with_editor);
	leads_to(at, "e", "note saved");
	script(at, "bin/ed", "#!/bin/sh\n: >\"$2\"\n");
	leads_to(at, "Down Up e", "note removed");
	assert_null(note_of(at, CELL, &rev));
}

/* An editor that says it is there, and ends when the test lets it. */
static void waiting_editor(struct at *at, const char *then)
{
	char text[512];

	assert_int_equal(mkfifo(in(at, "gate"), 0600), 0);
	snprintf(text, sizeof(text), "#!/bin/sh\nstty raw -echo\nprintf '\\033[?1l\\033[2JEDITING\\r\\n'\n"
		 "read x <\"$HOME/gate\"\n%s\n", then);
	script(at, "bin/ed", text);
}

static void open_gate(struct at *at)
{
	int fd = open(in(at, "gate"), O_WRONLY);

	assert_true(fd >= 0 && write(fd, "go\n", 3) == 3);
	close(fd);
}

static void what_somebody_else_wrote_meanwhile_is_kept_too(void **state)
{
	struct at *at = *state;
	char name[300];

	script(at, "bin/ed", "#!/bin/sh\necho first >\"$2\"\n");
	run_grid(at, with_editor);
	leads_to(at, "e", "note saved");
	waiting_editor(at, "echo mine >>\"$2\"");
	leads_to(at, "e", "EDITING");
	util_sql(in(at, ".local/share/onus/user.db"), "UPDATE note SET text = 'theirs', rev = rev + 1");
	open_gate(at);
	leads_to(at, "", "somebody else changed this note meanwhile; both texts are kept");
	note_is(at, CELL, "theirs\n\n---\n\nfirst\nmine");
	assert_int_equal(drafts(at, name), 0);
}

static void a_text_that_cannot_be_kept_stays_in_a_file_which_is_named(void **state)
{
	struct at *at = *state;
	char name[300];

	waiting_editor(at, "echo mine >>\"$2\"");
	run_grid(at, with_editor);
	leads_to(at, "e", "EDITING");
	util_write_text(in(at, ".local/share/onus/user.db"), "no database at all, but long enough to be told\n");
	chmod(in(at, ".local/share/onus"), 0777);
	open_gate(at);
	leads_to(at, "", "your text is in /");
	assert_int_equal(drafts(at, name), 1);
	holds(at, name, "mine\n");
	chmod(in(at, ".local/share/onus"), 0700);
	check_quits(at, "Q");
}

static void after_the_editor_the_screen_and_the_keys_are_as_before(void **state)
{
	struct at *at = *state;
	char *before, *after;

	waiting_editor(at, "");
	run_grid(at, with_editor);
	assert_true(vt_settle(at->vt, 20, MS));
	leads_to(at, "e", "EDITING");
	assert_false(vt_altscreen(at->vt));
	vt_resize(at->vt, 100, 30);
	open_gate(at);
	leads_to(at, "", "the note is as it was");
	assert_true(vt_altscreen(at->vt));
	leads_to(at, "Down Right", "PaaS, Devices (mobile and PCs): Customer. Row 2 of 10.");
	assert_true(vt_settle(at->vt, 20, MS));
	before = vt_screen(at->vt);
	leads_to(at, "C-l", "");
	fence(at);
	leads_to(at, "Up Down", "Row 2 of 10.");
	assert_true(vt_settle(at->vt, 20, MS));
	after = vt_screen(at->vt);
	assert_string_equal(after, before);
	free(before);
	free(after);
	check_quits(at, "Q");
}

static void an_editor_reads_keys_where_the_program_reads_them(void **state)
{
	struct at *at = *state;

	script(at, "bin/ed", "#!/bin/sh\ntest -t 0 && read word && echo \"$word\" >\"$2\"\n");
	run_line(at, "echo ignored | \"$ONUS\"", with_editor);
	assert_true(vt_wait(at->vt, START, MS));
	assert_true(vt_keys(at->vt, "e"));
	assert_true(vt_wait_gone(at->vt, START, MS));
	leads_to(at, "text:typed Enter", "note saved");
	note_is(at, CELL, "typed");
}

static void an_editor_that_stops_gives_the_shell_back(void **state)
{
	static const char *const stops[] = { "kill -s TSTP 0", "kill -s STOP $$" };
	struct at *at = *state;

	for (int i = 0; i < COUNT(stops); i++) {
		char text[128];
		snprintf(text, sizeof(text), "#!/bin/sh\n%s\necho stopped %d >\"$2\"\n", stops[i], i);
		script(at, "bin/ed", text);
		run_line(at, "set -m; \"$ONUS\" --fresh; echo STOPPED; read x; fg >/dev/null; echo ENDED", with_editor);
		assert_true(vt_wait(at->vt, START, MS));
		leads_to(at, "e", "STOPPED");
		assert_true(vt_same_tty(at->vt));
		leads_to(at, "Enter", "note saved");
		snprintf(text, sizeof(text), "stopped %d", i);
		note_is(at, CELL, text);
		leads_to(at, "Down", "Row 2 of 10.");
		leads_to(at, "Q", "ENDED");
	}
}

static void a_signal_ends_the_editor_and_then_us(void **state)
{
	struct at *at = *state;
	char name[300];
	int status;

	waiting_editor(at, "");
	run_grid(at, with_editor);
	leads_to(at, "e", "EDITING");
	vt_signal(at->vt, SIGTERM);
	status = vt_end(at->vt, 1000);
	assert_true(status >= 0 && WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	assert_true(vt_same_tty(at->vt));
	assert_false(vt_altscreen(at->vt));
	assert_int_equal(drafts(at, name), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(w_writes_what_the_command_line_prints),
		TEST(lists_and_what_is_found_are_written_as_they_are_shown),
		TEST(a_name_is_proposed_that_says_what_it_is),
		TEST(an_error_keeps_what_was_typed),
		TEST(a_file_that_is_there_is_replaced_by_enter_once_more),
		TEST(no_link_is_followed_or_replaced),
		TEST(a_restricted_program_writes_copies_and_edits_nothing),
		TEST(yl_gives_tmux_the_link_alone),
		TEST(yy_and_ym_give_what_show_prints),
		TEST(the_first_way_that_works_is_taken),
		TEST(windows_gets_its_own_encoding),
		TEST(osc_52_carries_the_text_to_the_terminal),
		TEST(a_console_gets_no_bytes_that_it_would_show),
		TEST(clipboard_names_the_way),
		TEST(nothing_that_is_copied_or_written_controls_a_terminal),
		TEST(e_keeps_what_the_editor_leaves),
		TEST(a_note_on_a_cell_of_a_stack_is_on_the_page_behind_it),
		TEST(an_editor_that_changes_nothing_or_fails_changes_nothing),
		TEST(no_shell_reads_the_name_of_the_editor),
		TEST(an_empty_text_removes_the_note),
		TEST(what_somebody_else_wrote_meanwhile_is_kept_too),
		TEST(a_text_that_cannot_be_kept_stays_in_a_file_which_is_named),
		TEST(after_the_editor_the_screen_and_the_keys_are_as_before),
		TEST(an_editor_reads_keys_where_the_program_reads_them),
		TEST(an_editor_that_stops_gives_the_shell_back),
		TEST(a_signal_ends_the_editor_and_then_us),
	};

	util_start();
	return cmocka_run_group_tests_name("out: files, the clipboard, the editor", tests, find_program, NULL);
}
