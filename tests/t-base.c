#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fault.h"
#include "base/opt.h"
#include "base/path.h"

/* ---- buf ---- */

static void an_empty_buffer_reads_as_an_empty_text(void **state UNUSED)
{
	struct buf b = { 0 };

	assert_string_equal(buf_str(&b), "");
	buf_clear(&b);
	buf_cut(&b, 5);
	assert_string_equal(buf_str(&b), "");
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void a_buffer_keeps_every_byte_that_is_added(void **state UNUSED)
{
	struct buf b = { 0 };

	for (int i = 0; i < 5000; i++) {
		buf_addc(&b, (char)('a' + i % 26));
		assert_int_equal(strlen(buf_str(&b)), i + 1);
	}
	for (int i = 0; i < 5000; i++)
		assert_int_equal(b.data[i], 'a' + i % 26);
	buf_release(&b);
}

static void a_buffer_holds_nul_bytes(void **state UNUSED)
{
	struct buf b = { 0 };

	buf_addn(&b, "a\0b", 3);
	buf_addc(&b, '\0');
	buf_add(&b, "c");
	assert_int_equal(b.len, 5);
	assert_memory_equal(b.data, "a\0b\0c", 6);
	buf_release(&b);
}

static void buf_fill_repeats_and_takes_nothing_from_zero_or_less(void **state UNUSED)
{
	struct buf b = { 0 };

	buf_fill(&b, '-', 0);
	buf_fill(&b, '-', -3);
	assert_string_equal(buf_str(&b), "");
	buf_fill(&b, '-', 3);
	assert_string_equal(buf_str(&b), "---");
	buf_release(&b);
}

/* Lengths around those at which the memory grows. */
static void buf_addf_writes_texts_of_all_lengths(void **state UNUSED)
{
	char want[300];

	for (int n = 0; n < 299; n++) {
		struct buf b = { 0 };
		memset(want, 'x', (size_t)n);
		want[n] = '\0';
		buf_addf(&b, "%s", want);
		buf_addf(&b, "%d", 7);
		assert_int_equal(b.len, n + 1);
		assert_int_equal(b.data[n], '7');
		assert_memory_equal(b.data, want, n);
		buf_release(&b);
	}
}

static void buf_cut_shortens_and_never_lengthens(void **state UNUSED)
{
	struct buf b = { 0 };

	buf_add(&b, "abcdef");
	buf_cut(&b, 9);
	assert_string_equal(buf_str(&b), "abcdef");
	buf_cut(&b, 2);
	assert_string_equal(buf_str(&b), "ab");
	buf_add(&b, "Z");
	assert_string_equal(buf_str(&b), "abZ");
	buf_release(&b);
}

static void a_detached_text_is_ours_and_the_buffer_begins_anew(void **state UNUSED)
{
	struct buf b = { 0 };
	char *none = buf_detach(&b), *some;

	assert_string_equal(none, "");
	buf_add(&b, "text");
	some = buf_detach(&b);
	assert_null(b.data);
	buf_add(&b, "more");
	assert_string_equal(some, "text");
	free(none);
	free(some);
	buf_release(&b);
}

/* ---- alloc ---- */

static void a_grown_item_is_zeroed_and_the_others_stay(void **state UNUSED)
{
	struct pair { int64_t a, b; } *list = NULL;
	int n = 0, cap = 0;

	for (int i = 0; i < 1000; i++) {
		struct pair *p = GROW(list, n, cap);
		assert_int_equal(p->a, 0);
		assert_int_equal(p->b, 0);
		*p = (struct pair){ i, -i };
		assert_int_equal(n, i + 1);
		assert_true(cap >= n);
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i].a - list[i].b, 2 * i);
	free(list);
}

static void no_items_are_memory_all_the_same(void **state UNUSED)
{
	char *none = xcalloc(0, 8), *shrunk = xcalloc(4, 4);

	assert_non_null(none);
	shrunk = xrealloc(shrunk, 0, 4);
	assert_non_null(shrunk);
	free(none);
	free(shrunk);
}

static void a_copy_ends_where_it_was_told(void **state UNUSED)
{
	char *two = xstrndup("abc", 2), *all = xstrndup("abc", 99), *whole = xstrdup("");

	assert_string_equal(two, "ab");
	assert_string_equal(all, "abc");
	assert_string_equal(whole, "");
	free(two);
	free(all);
	free(whole);
}

/* What a child wrote to stderr, and its status. */
static int child(void (*run)(void), char *said, size_t size)
{
	int fd[2], status;
	size_t at = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (!pid) {
		dup2(fd[1], 2);
		run();
		_exit(99);
	}
	close(fd[1]);
	while ((n = read(fd[0], said + at, size - 1 - at)) > 0)
		at += (size_t)n;
	said[at] = '\0';
	close(fd[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_too_much(void)
{
	free(xrealloc(NULL, SIZE_MAX / 2, 3));
}

static void hook(void)
{
	fputs("<hook>", stderr);
}

static void die_with_hook(void)
{
	die_hook = hook;
	die(STATUS_TERMINAL, "no %s", "screen");
}

static void a_product_that_overflows_ends_the_program(void **state UNUSED)
{
	char said[200];

	assert_int_equal(child(ask_too_much, said, sizeof said), STATUS_FAILED);
	assert_string_equal(said, "onus: out of memory\n");
}

static void die_puts_the_terminal_back_before_it_speaks(void **state UNUSED)
{
	char said[200];

	assert_int_equal(child(die_with_hook, said, sizeof said), STATUS_TERMINAL);
	assert_string_equal(said, "<hook>onus: no screen\n");
}

/* ---- err ---- */

static void an_error_is_a_status_and_a_sentence(void **state UNUSED)
{
	struct err e = { 0 };

	assert_int_equal(err_set(&e, STATUS_LINK, "there is no %s", "x"), -1);
	assert_int_equal(e.status, STATUS_LINK);
	assert_string_equal(e.msg, "there is no x");
	assert_int_equal(err_prefix(&e, "in %d", 3), -1);
	assert_int_equal(e.status, STATUS_LINK);
	assert_string_equal(e.msg, "in 3: there is no x");
}

static void a_sentence_that_is_too_long_is_cut(void **state UNUSED)
{
	char text[3000];
	struct err e = { 0 };

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	err_set(&e, STATUS_DATA, "%s", text);
	assert_int_equal(strlen(e.msg), sizeof e.msg - 1);
	err_set(&e, STATUS_DATA, "%.*s", (int)sizeof e.msg - 1, text);
	assert_int_equal(strlen(e.msg), sizeof e.msg - 1);
}

/* Every length of a prefix before a sentence that already fills the room. */
static void a_prefix_of_any_length_keeps_the_room(void **state UNUSED)
{
	char text[1200], head[1100];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	for (int n = 0; n < (int)sizeof head - 1; n++) {
		struct err e = { 0 };
		memset(head, 'h', (size_t)n);
		head[n] = '\0';
		err_set(&e, STATUS_PACK, "%s", text);
		err_prefix(&e, "%s", head);
		assert_int_equal(e.status, STATUS_PACK);
		assert_int_equal(strlen(e.msg), sizeof e.msg - 1);
		assert_memory_equal(e.msg, head, min_int(n, (int)sizeof e.msg - 1));
		if (n + 2 < (int)sizeof e.msg)
			assert_memory_equal(e.msg + n, ": ", 2);
	}
}

/* ---- path ---- */

static void a_file_is_read_whole_and_what_was_there_goes(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	util_write(util_path(*state, "f"), "a\0b\n", 4);
	buf_add(&b, "old");
	assert_int_equal(path_read(util_path(*state, "f"), 100, &b, &e), 0);
	assert_int_equal(b.len, 4);
	assert_memory_equal(b.data, "a\0b\n", 4);
	util_write_text(util_path(*state, "f"), "");
	assert_int_equal(path_read(util_path(*state, "f"), 0, &b, &e), 0);
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void a_file_may_be_as_large_as_its_cap_and_no_larger(void **state)
{
	static char data[40000];
	struct buf b = { 0 };
	struct err e = { 0 };

	memset(data, 'x', sizeof data);
	util_write(util_path(*state, "f"), data, sizeof data);
	assert_int_equal(path_read(util_path(*state, "f"), sizeof data, &b, &e), 0);
	assert_int_equal(b.len, sizeof data);
	assert_int_equal(path_read(util_path(*state, "f"), sizeof data - 1, &b, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	assert_non_null(strstr(e.msg, "is larger than 39999 bytes"));
	buf_release(&b);
}

static void refuses(const char *file, const char *because)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	assert_int_equal(path_read(file, 100, &b, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
	assert_non_null(strstr(e.msg, file));
	assert_non_null(strstr(e.msg, because));
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void a_link_a_pipe_a_folder_and_a_device_are_refused(void **state)
{
	util_write_text(util_path(*state, "file"), "x");
	assert_int_equal(symlink("file", util_path(*state, "link")), 0);
	assert_int_equal(symlink("nowhere", util_path(*state, "broken")), 0);
	assert_int_equal(mkfifo(util_path(*state, "pipe"), 0600), 0);
	assert_int_equal(mkdir(util_path(*state, "folder"), 0700), 0);
	refuses(util_path(*state, "link"), "is a symbolic link");
	refuses(util_path(*state, "broken"), "is a symbolic link");
	refuses(util_path(*state, "pipe"), "is not a regular file");
	refuses(util_path(*state, "folder"), "is not a regular file");
	refuses("/dev/zero", "is not a regular file");
}

static void a_missing_file_is_named_with_its_reason(void **state)
{
	refuses(util_path(*state, "missing"), "No such file or directory");
	util_write_text(util_path(*state, "file"), "x");
	refuses(util_path(*state, "file/below"), "Not a directory");
}

static void names_of_a_folder_are_sorted_by_bytes(void **state)
{
	static const char *const want[] = { "A", "Z", "a", "a-b", "a0", "b", "\303\244" };
	struct err e = { 0 };
	char **names;
	int n;

	for (int i = COUNT(want) - 1; i >= 0; i--)
		util_write_text(util_path(*state, want[i]), "");
	util_write_text(util_path(*state, ".hidden"), "");
	assert_int_equal(path_list(*state, &names, &n, &e), 0);
	assert_int_equal(n, COUNT(want));
	for (int i = 0; i < n; i++)
		assert_string_equal(names[i], want[i]);
	path_free_list(names, n);
}

static void a_folder_that_is_not_there_has_no_names_and_a_file_is_none(void **state)
{
	struct err e = { 0 };
	char **names = (char **)1;
	int n = 9;

	assert_int_equal(path_list(util_path(*state, "missing"), &names, &n, &e), 0);
	assert_int_equal(n, 0);
	assert_null(names);
	path_free_list(names, n);
	util_write_text(util_path(*state, "file"), "");
	assert_int_equal(path_list(util_path(*state, "file"), &names, &n, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
}

static void what_exists_and_what_is_a_folder_is_told_apart(void **state)
{
	util_write_text(util_path(*state, "file"), "");
	assert_int_equal(symlink("nowhere", util_path(*state, "broken")), 0);
	assert_true(path_is_dir(*state));
	assert_false(path_is_dir(util_path(*state, "file")));
	assert_false(path_is_dir(util_path(*state, "missing")));
	assert_true(path_exists(util_path(*state, "file")));
	assert_true(path_exists(util_path(*state, "broken")));
	assert_false(path_exists(util_path(*state, "missing")));
}

static void a_file_is_replaced_by_its_new_form(void **state)
{
	const char *file = util_path(*state, "data");
	char *temporary = path_temporary(file), *text;
	struct err e = { 0 };

	util_write_text(file, "old");
	util_write_text(temporary, "new");
	assert_int_equal(path_commit(temporary, file, &e), 0);
	text = util_read(file, NULL);
	assert_string_equal(text, "new");
	assert_int_equal(util_count(*state), 1);
	free(text);
	free(temporary);
}

static void the_temporary_name_stands_beside_the_file(void **state)
{
	const char *file = util_path(*state, "data");
	char *temporary = path_temporary(file), want[1100];

	snprintf(want, sizeof want, "%s.%ld.new", file, (long)getpid());
	assert_string_equal(temporary, want);
	free(temporary);
}

static void a_replacement_that_fails_leaves_the_old_file_and_nothing_else(void **state)
{
	const char *file = util_path(*state, "folder"),
		   *temporary = util_path(*state, "folder.new");
	struct err e = { 0 };

	util_write_text(util_path(*state, "folder/inside"), "kept");
	util_write_text(temporary, "new");
	assert_int_equal(path_commit(temporary, file, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	assert_non_null(strstr(e.msg, file));
	util_assert_sentence(e.msg);
	assert_false(path_exists(temporary));
	assert_true(path_exists(util_path(*state, "folder/inside")));
}

static void a_temporary_that_is_missing_is_an_error(void **state)
{
	struct err e = { 0 };

	util_write_text(util_path(*state, "data"), "old");
	assert_int_equal(path_commit(util_path(*state, "none"), util_path(*state, "data"), &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	assert_non_null(strstr(e.msg, "none"));
	assert_int_equal(util_count(*state), 1);
}

static void a_name_without_a_folder_is_committed_in_the_current_one(void **state)
{
	char here[1024];
	struct err e = { 0 };

	assert_non_null(getcwd(here, sizeof here));
	assert_int_equal(chdir(*state), 0);
	util_write_text("new", "x");
	assert_int_equal(path_commit("new", "data", &e), 0);
	assert_true(path_exists("data"));
	assert_int_equal(chdir(here), 0);
}

static void a_new_file_is_written_whole(void **state)
{
	static const char data[] = "a\0b\n";
	const char *file = util_path(*state, "new"), *empty = util_path(*state, "empty");
	struct err e = { 0 };
	char *text;
	size_t n;

	assert_int_equal(path_create(file, data, sizeof data, &e), 0);
	text = util_read(file, &n);
	assert_int_equal(n, sizeof data);
	assert_memory_equal(text, data, n);
	free(text);
	assert_int_equal(path_create(empty, "", 0, &e), 0);
	text = util_read(empty, &n);
	assert_int_equal(n, 0);
	free(text);
	assert_int_equal(util_count(*state), 2);
}

static void refuses_to_create(const char *file, const char *because)
{
	struct err e = { 0 };

	assert_int_equal(path_create(file, "new", 3, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
	assert_non_null(strstr(e.msg, file));
	assert_non_null(strstr(e.msg, because));
}

static void a_file_a_link_and_a_folder_are_not_written_over(void **state)
{
	char *text;

	util_write_text(util_path(*state, "file"), "old");
	assert_int_equal(symlink("file", util_path(*state, "link")), 0);
	assert_int_equal(symlink("nowhere", util_path(*state, "broken")), 0);
	assert_int_equal(mkfifo(util_path(*state, "pipe"), 0600), 0);
	assert_int_equal(mkdir(util_path(*state, "folder"), 0700), 0);
	refuses_to_create(util_path(*state, "file"), "File exists");
	refuses_to_create(util_path(*state, "link"), "File exists");
	refuses_to_create(util_path(*state, "broken"), "File exists");
	refuses_to_create(util_path(*state, "pipe"), "File exists");
	refuses_to_create(util_path(*state, "folder"), "File exists");
	refuses_to_create("/dev/full", "File exists");
	text = util_read(util_path(*state, "file"), NULL);
	assert_string_equal(text, "old");
	free(text);
	assert_false(path_exists(util_path(*state, "nowhere")));
	assert_int_equal(util_count(*state), 5);
}

static void a_file_in_no_folder_is_not_written(void **state)
{
	refuses_to_create(util_path(*state, "none/file"), "No such file or directory");
	util_write_text(util_path(*state, "file"), "");
	refuses_to_create(util_path(*state, "file/below"), "Not a directory");
	assert_int_equal(util_count(*state), 1);
}

/* A disk that is full after 100 bytes: the first write is cut there, the next one fails. */
static void a_full_disk_leaves_no_part_of_a_file(void **state)
{
	static const char data[5000] = "x";
	const char *file = util_path(*state, "new");
	struct rlimit was, full;
	struct err e = { 0 };
	int rc;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	full = (struct rlimit){ .rlim_cur = 100, .rlim_max = was.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	rc = path_create(file, data, sizeof data, &e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(rc, -1);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
	assert_non_null(strstr(e.msg, "cannot write"));
	assert_non_null(strstr(e.msg, file));
	assert_false(path_exists(file));
}

static void a_stream_is_a_file_when_it_is_closed_and_not_before(void **state)
{
	const char *file = util_path(*state, "new");
	struct path_out o;
	struct err e = { 0 };
	char *text;

	assert_int_equal(path_out_open(&o, file, false, &e), 0);
	assert_int_equal(fputs("text", o.out) < 0, 0);
	assert_false(path_exists(file));
	assert_int_equal(path_out_close(&o, &e), 0);
	assert_null(o.out);
	text = util_read(file, NULL);
	assert_string_equal(text, "text");
	free(text);
	assert_int_equal(util_count(*state), 1);
}

static void a_stream_takes_no_name_that_came_meanwhile(void **state)
{
	const char *file = util_path(*state, "new");
	struct path_out o;
	struct err e = { 0 };
	char *text;

	assert_int_equal(path_out_open(&o, file, false, &e), 0);
	util_write_text(file, "theirs");
	assert_int_equal(path_out_close(&o, &e), -1);
	assert_int_equal(e.status, STATUS_DATA);
	util_assert_sentence(e.msg);
	text = util_read(file, NULL);
	assert_string_equal(text, "theirs");
	free(text);
	assert_int_equal(path_out_open(&o, util_path(*state, "other"), true, &e), 0);
	assert_int_equal(symlink("new", util_path(*state, "other")), 0);
	assert_int_equal(path_out_close(&o, &e), -1);
	assert_int_equal(util_count(*state), 2);
}

static void a_stream_replaces_with_force_and_keeps_what_is_linked(void **state)
{
	const char *file = util_path(*state, "file"), *other = util_path(*state, "other");
	struct path_out o;
	struct err e = { 0 };
	char *text;

	util_write_text(file, "old");
	assert_int_equal(link(file, other), 0);
	assert_int_equal(path_out_open(&o, file, false, &e), -1);
	assert_int_equal(path_out_open(&o, file, true, &e), 0);
	assert_int_equal(fputs("new", o.out) < 0, 0);
	assert_int_equal(path_out_close(&o, &e), 0);
	text = util_read(file, NULL);
	assert_string_equal(text, "new");
	free(text);
	text = util_read(other, NULL);
	assert_string_equal(text, "old");
	free(text);
	assert_int_equal(util_count(*state), 2);
}

static void a_stream_that_is_dropped_leaves_nothing(void **state)
{
	struct path_out o;
	struct err e = { 0 };

	assert_int_equal(path_out_open(&o, util_path(*state, "new"), false, &e), 0);
	path_out_drop(&o);
	path_out_drop(&o);
	assert_int_equal(util_count(*state), 0);
}

/* ---- opt ---- */

static int parse(struct opts *o, struct err *e, const char *const argv[])
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return opts_parse(o, argc, (char *const *)(uintptr_t)argv, e);
}

#define ARGS(...) ((const char *const[]){ "onus", __VA_ARGS__, NULL })

static void options_may_stand_before_between_and_after_words(void **state UNUSED)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(parse(&o, &e, ARGS("--long", "grid", "-m", "azure", "x", "--db=f")), 0);
	assert_int_equal(o.nwords, 2);
	assert_string_equal(o.words[0], "grid");
	assert_string_equal(o.words[1], "x");
	assert_string_equal(o.value[OPT_LONG], "");
	assert_string_equal(o.value[OPT_MATRIX], "azure");
	assert_string_equal(o.value[OPT_DB], "f");
	assert_null(o.value[OPT_HELP]);
	opts_release(&o);
}

static void two_hyphens_end_the_options(void **state UNUSED)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(parse(&o, &e, ARGS("show", "--", "-f", "--", "--help")), 0);
	assert_int_equal(o.nwords, 4);
	assert_string_equal(o.words[1], "-f");
	assert_string_equal(o.words[2], "--");
	assert_string_equal(o.words[3], "--help");
	assert_null(o.value[OPT_FORMAT]);
	assert_null(o.value[OPT_HELP]);
	opts_release(&o);
}

static void a_format_is_read_in_all_its_spellings(void **state UNUSED)
{
	const char *const *forms[] = { ARGS("-fjson"),
		                       ARGS("-f", "json"),
		                       ARGS("--format=json"),
		                       ARGS("--format", "json"),
		                       ARGS("--form=json"),
		                       ARGS("-lfjson"),
		                       ARGS("-f", "csv", "-fjson") };

	for (int i = 0; i < COUNT(forms); i++) {
		struct opts o;
		struct err e = { 0 };
		assert_int_equal(parse(&o, &e, forms[i]), 0);
		assert_string_equal(o.value[OPT_FORMAT], "json");
		assert_int_equal(o.nwords, 0);
		opts_release(&o);
	}
}

static void a_lone_hyphen_and_an_empty_text_are_words(void **state UNUSED)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(parse(&o, &e, ARGS("-", "")), 0);
	assert_int_equal(o.nwords, 2);
	assert_string_equal(o.words[0], "-");
	assert_string_equal(o.words[1], "");
	opts_release(&o);
}

static void no_arguments_at_all_are_fine(void **state UNUSED)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(opts_parse(&o, 0, (char *[]){ NULL }, &e), 0);
	assert_int_equal(o.nwords, 0);
	opts_release(&o);
	assert_int_equal(parse(&o, &e, (const char *const[]){ "onus", NULL }), 0);
	assert_int_equal(o.nwords, 0);
	opts_release(&o);
}

static void refuses_options(const char *const argv[], const char *sentence)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(parse(&o, &e, argv), -1);
	assert_int_equal(e.status, STATUS_USAGE);
	assert_string_equal(e.msg, sentence);
	opts_release(&o);
}

static void an_unknown_option_is_named(void **state UNUSED)
{
	refuses_options(ARGS("grid", "-Z"), "unknown option -Z; see onus --help");
	refuses_options(ARGS("--nothing", "grid"), "unknown option --nothing; see onus --help");
	refuses_options(ARGS("--nothing=x"), "unknown option --nothing=x; see onus --help");
	refuses_options(ARGS("-hZ"), "unknown option -Z; see onus --help");
	refuses_options(ARGS("--help=x"), "option --help takes no argument; see onus --help");
}

static void an_unknown_letter_behind_a_long_option_is_named(void **state UNUSED)
{
	refuses_options(ARGS("--db=x", "-Zh"), "unknown option -Z; see onus --help");
}

static void a_missing_argument_is_named(void **state UNUSED)
{
	refuses_options(ARGS("grid", "-f"), "option -f needs an argument; see onus --help");
	refuses_options(ARGS("grid", "--format"),
	                "option --format needs an argument; see onus --help");
	refuses_options(ARGS("-hf"), "option -f needs an argument; see onus --help");
}

static void a_second_reading_knows_nothing_of_the_first(void **state UNUSED)
{
	for (int i = 0; i < 3; i++) {
		refuses_options(ARGS("a", "-hZ"), "unknown option -Z; see onus --help");
		options_may_stand_before_between_and_after_words(NULL);
	}
}

static void an_option_goes_only_with_its_commands(void **state UNUSED)
{
	struct opts o;
	struct err e = { 0 };

	assert_int_equal(parse(&o, &e, ARGS("-l", "-h", "--db", "x")), 0);
	assert_int_equal(opts_allowed(&o, "grid", &e), 0);
	assert_int_equal(opts_allowed(&o, "show", &e), -1);
	assert_int_equal(e.status, STATUS_USAGE);
	assert_string_equal(e.msg, "option --long does not go with show; it goes with grid");
	opts_release(&o);
}

static void an_option_of_every_command_goes_with_every_command(void **state UNUSED)
{
	assert_true(opt_takes(&opt_table[OPT_HELP], "anything"));
	assert_true(opt_takes(&opt_table[OPT_MATRIX], "show"));
	assert_false(opt_takes(&opt_table[OPT_MATRIX], "sho"));
	assert_false(opt_takes(&opt_table[OPT_OUTPUT], "search"));
}

static void every_option_has_a_letter_and_a_name_of_its_own(void **state UNUSED)
{
	for (int i = 0; i < OPT__COUNT; i++) {
		assert_true(opt_table[i].help[0] >= 'A' && opt_table[i].help[0] <= 'Z');
		for (int j = 0; j < i; j++) {
			assert_int_not_equal(opt_table[i].letter, opt_table[j].letter);
			assert_string_not_equal(opt_table[i].name, opt_table[j].name);
		}
	}
}

static void a_word_is_found_only_as_a_whole(void **state UNUSED)
{
	assert_true(word_in("b", "a b c"));
	assert_true(word_in("a", "a b c"));
	assert_true(word_in("c", "a b c"));
	assert_true(word_in("aa", "aaa aaaa aa"));
	assert_true(word_in("rename", "not-renamed rename"));
	assert_false(word_in("rename", "not-renamed renames"));
	assert_false(word_in("b", "abc ab bc"));
	assert_false(word_in("", "a b"));
	assert_false(word_in("a", ""));
	assert_false(word_in("", ""));
}

static void two_words_are_not_one_word_of_a_list(void **state UNUSED)
{
	assert_false(word_in("solid light", "solid light half none"));
	assert_false(word_in("a ", "a b"));
	assert_false(word_in(" ", "a  b"));
}

/* ---- fault ---- */

static void fifty_faults_are_kept_and_all_are_counted(void **state UNUSED)
{
	struct faults f = { .n = 0 };

	for (int i = 0; i < 120; i++)
		fault_add(&f, (struct place){ "f", i, 1 }, "number %d", i);
	assert_int_equal(f.n, 50);
	assert_int_equal(f.n, FAULT_MAX);
	assert_int_equal(f.total, 120);
	assert_string_equal(f.list[49].text, "number 49");
	faults_release(&f);
	assert_int_equal(f.n, 0);
	assert_int_equal(f.total, 0);
}

static void faults_stand_in_the_order_of_their_places(void **state UNUSED)
{
	static const struct place at[] = { { "b", 1, 1 },  { "a", 9, 2 }, { "a", 9, 1 },
		                           { "a", 10, 1 }, { "a", 0, 0 }, { "b", 1, 1 },
		                           { "a", 9, 1 } };
	static const int want[] = { 4, 2, 6, 1, 3, 0, 5 };
	struct faults f = { .n = 0 };

	for (int i = 0; i < COUNT(at); i++)
		fault_add(&f, at[i], "%d", i);
	faults_sort(&f);
	for (int i = 0; i < COUNT(at); i++)
		assert_int_equal(atoll(f.list[i].text), want[i]);
	faults_release(&f);
}

static void a_fault_keeps_its_own_copy_and_a_long_one_is_cut(void **state UNUSED)
{
	char name[] = "file", text[2000];
	struct faults f = { .n = 0 };

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	fault_add(&f, (struct place){ name, 3, 4 }, "%s", text);
	memset(name, '?', sizeof name - 1);
	memset(text, '?', sizeof text - 1);
	assert_string_equal(f.list[0].file, "file");
	assert_int_equal(f.list[0].line, 3);
	assert_int_equal(f.list[0].column, 4);
	assert_in_range(strlen(f.list[0].text), 200, 1999);
	assert_int_equal(strspn(f.list[0].text, "x"), strlen(f.list[0].text));
	faults_release(&f);
}

static void faults_of_nothing_can_be_sorted_and_released(void **state UNUSED)
{
	struct faults f = { .n = 0 };

	faults_sort(&f);
	assert_int_equal(f.n, 0);
	faults_release(&f);
	fault_add(&f, (struct place){ "f", 1, 1 }, "%s", "one");
	faults_sort(&f);
	assert_string_equal(f.list[0].text, "one");
	faults_release(&f);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, util_setup, util_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_reads_as_an_empty_text),
		cmocka_unit_test(a_buffer_keeps_every_byte_that_is_added),
		cmocka_unit_test(a_buffer_holds_nul_bytes),
		cmocka_unit_test(buf_fill_repeats_and_takes_nothing_from_zero_or_less),
		cmocka_unit_test(buf_addf_writes_texts_of_all_lengths),
		cmocka_unit_test(buf_cut_shortens_and_never_lengthens),
		cmocka_unit_test(a_detached_text_is_ours_and_the_buffer_begins_anew),
		cmocka_unit_test(a_grown_item_is_zeroed_and_the_others_stay),
		cmocka_unit_test(no_items_are_memory_all_the_same),
		cmocka_unit_test(a_copy_ends_where_it_was_told),
		cmocka_unit_test(a_product_that_overflows_ends_the_program),
		cmocka_unit_test(die_puts_the_terminal_back_before_it_speaks),
		cmocka_unit_test(an_error_is_a_status_and_a_sentence),
		cmocka_unit_test(a_sentence_that_is_too_long_is_cut),
		cmocka_unit_test(a_prefix_of_any_length_keeps_the_room),
		IN_DIR(a_file_is_read_whole_and_what_was_there_goes),
		IN_DIR(a_file_may_be_as_large_as_its_cap_and_no_larger),
		IN_DIR(a_link_a_pipe_a_folder_and_a_device_are_refused),
		IN_DIR(a_missing_file_is_named_with_its_reason),
		IN_DIR(names_of_a_folder_are_sorted_by_bytes),
		IN_DIR(a_folder_that_is_not_there_has_no_names_and_a_file_is_none),
		IN_DIR(what_exists_and_what_is_a_folder_is_told_apart),
		IN_DIR(a_file_is_replaced_by_its_new_form),
		IN_DIR(the_temporary_name_stands_beside_the_file),
		IN_DIR(a_replacement_that_fails_leaves_the_old_file_and_nothing_else),
		IN_DIR(a_temporary_that_is_missing_is_an_error),
		IN_DIR(a_name_without_a_folder_is_committed_in_the_current_one),
		IN_DIR(a_new_file_is_written_whole),
		IN_DIR(a_file_a_link_and_a_folder_are_not_written_over),
		IN_DIR(a_file_in_no_folder_is_not_written),
		IN_DIR(a_full_disk_leaves_no_part_of_a_file),
		IN_DIR(a_stream_is_a_file_when_it_is_closed_and_not_before),
		IN_DIR(a_stream_takes_no_name_that_came_meanwhile),
		IN_DIR(a_stream_replaces_with_force_and_keeps_what_is_linked),
		IN_DIR(a_stream_that_is_dropped_leaves_nothing),
		cmocka_unit_test(options_may_stand_before_between_and_after_words),
		cmocka_unit_test(two_hyphens_end_the_options),
		cmocka_unit_test(a_format_is_read_in_all_its_spellings),
		cmocka_unit_test(a_lone_hyphen_and_an_empty_text_are_words),
		cmocka_unit_test(no_arguments_at_all_are_fine),
		cmocka_unit_test(an_unknown_option_is_named),
		cmocka_unit_test(an_unknown_letter_behind_a_long_option_is_named),
		cmocka_unit_test(a_missing_argument_is_named),
		cmocka_unit_test(a_second_reading_knows_nothing_of_the_first),
		cmocka_unit_test(an_option_goes_only_with_its_commands),
		cmocka_unit_test(an_option_of_every_command_goes_with_every_command),
		cmocka_unit_test(every_option_has_a_letter_and_a_name_of_its_own),
		cmocka_unit_test(a_word_is_found_only_as_a_whole),
		cmocka_unit_test(two_words_are_not_one_word_of_a_list),
		cmocka_unit_test(fifty_faults_are_kept_and_all_are_counted),
		cmocka_unit_test(faults_stand_in_the_order_of_their_places),
		cmocka_unit_test(a_fault_keeps_its_own_copy_and_a_long_one_is_cut),
		cmocka_unit_test(faults_of_nothing_can_be_sorted_and_released),
	};

	return UTIL_RUN("the base: buffers, memory, errors, paths, options and faults", tests);
}
