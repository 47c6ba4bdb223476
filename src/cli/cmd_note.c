#include "config.h"
#include "cli/cli.h"

#include <ctype.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether somebody has put a text there: a file or a pipe, but no terminal and not /dev/null. */
static bool has_input(void)
{
	struct stat st;

	return !fstat(STDIN_FILENO, &st) && !S_ISCHR(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* All of it; blanks alone are nothing. */
static int read_input(struct buf *text, struct err *e)
{
	char chunk[4096];
	ssize_t n;
	size_t blank;

	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) != 0 && text->len <= NOTE_MAX) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, STATUS_DATA, "cannot read standard input: %s", strerror(errno));
		buf_addn(text, chunk, (size_t)n);
	}
	if (memchr(buf_str(text), '\0', text->len))
		return err_set(e, STATUS_DATA, "not saved: standard input is not a text, it has a byte 0");
	for (blank = 0; isspace((unsigned char)buf_str(text)[blank]); blank++)
		;
	if (blank == text->len)
		buf_clear(text);
	return 0;
}

/* Write a text over what is there, whoever wrote that; an empty one removes it. */
static int put(struct store *s, const char *link, const char *text, struct err *e)
{
	struct buf was = { 0 };
	int64_t rev;
	int rc = 1;

	while (rc > 0)          /* somebody else was faster */
		rc = store_note(s, link, &was, &rev, e) < 0 ? -1 : store_note_put(s, link, text, rev, e);
	buf_release(&was);
	return rc;
}

static int save(struct own *own, const char *link, const char *text, struct err *e)
{
	struct store *s;

	return own_write(own, STORE_WRITE, &s, e) ? -1 : put(s, link, text, e);
}

static int fail_no_note(const char *link, struct err *e)
{
	return err_set(e, STATUS_FAILED, "there is no note on %s; onus note %s <FILE writes one", link, link);
}

static int remove_note(struct own *own, const char *link, struct err *e)
{
	struct buf text = { 0 };
	int rc = own_note(own, link, &text, e);

	buf_release(&text);
	return rc < 0 ? -1 : rc ? save(own, link, "", e) : fail_no_note(link, e);
}

/* As it was written, for a file or another program; what a terminal shows is in a format. */
static int print_raw(struct own *own, const char *link, struct err *e)
{
	struct buf text = { 0 };
	int64_t rev;
	int rc = own_raw_note(own, link, &text, &rev, e);

	if (rc > 0)
		fwrite(buf_str(&text), 1, text.len, stdout);
	buf_release(&text);
	return rc;
}

/* All notes, or that of a link: how many. */
static int print_some(struct cli *cli, struct kb *kb, struct own *own, const char *link, struct err *e)
{
	struct notes notes = { 0 };
	const struct format *f;
	struct store *store;
	struct sink s;
	int rc = own_read(own, &store, e);

	if (!rc && store)
		rc = store_notes(store, &notes, e);
	for (int i = 0; link && i < notes.n; i++)
		if (!strcmp(notes.note[i].link, link)) {
			struct note one = notes.note[0];
			notes.note[0] = notes.note[i];
			notes.note[i] = one;
			link = NULL;
		}
	f = rc ? NULL : cli_sink(cli, kb, FORMAT_NOTES, "text", &s, e);
	if (f) {
		struct notes shown = { .note = notes.note, .n = link ? 0 : cli->nargs ? 1 : notes.n };
		rc = f->notes(&s, &shown, e) ? -1 : shown.n;
	} else {
		rc = -1;
	}
	notes_release(&notes);
	return rc;
}

static int print(struct cli *cli, struct kb *kb, struct own *own, const char *link, struct err *e)
{
	bool raw = !cli->opts.value[OPT_FORMAT] && !isatty(STDOUT_FILENO);
	int rc = raw ? print_raw(own, link, e) : print_some(cli, kb, own, link, e);

	return rc ? rc < 0 ? -1 : 0 : fail_no_note(link, e);
}

/* A text on standard input is the note from now on; an empty one is none. */
static int save_or_print(struct cli *cli, struct kb *kb, struct own *own, const char *link, struct err *e)
{
	struct buf text = { 0 };
	int rc = 0;

	if (has_input() && !cli->opts.value[OPT_FORMAT])
		rc = read_input(&text, e);
	if (!rc)
		rc = text.len ? save(own, link, buf_str(&text), e) : print(cli, kb, own, link, e);
	buf_release(&text);
	return rc;
}

/* What the content no longer has may still have a note. */
static bool is_orphan(struct own *own, const char *link)
{
	struct buf text = { 0 };
	struct err e;
	bool there = own_note(own, link, &text, &e) > 0;

	buf_release(&text);
	return there;
}

static int note(struct cli *cli, struct own *own, struct err *e)
{
	struct kb_link to = { .link = NULL };
	const char *link = cli->args[0];
	struct kb *kb = NULL;
	int rc = cli_open(cli, &kb, e) || cli_matrix(cli, kb, e) ? -1 : 0;

	if (!rc)
		rc = cli_resolve(cli, kb, link, &to, e);
	if (!rc || (e->status != STATUS_USAGE && is_orphan(own, link))) {
		link = rc ? link : to.link;
		e->msg[0] = '\0';
		rc = cli->opts.value[OPT_REMOVE] ? remove_note(own, link, e) :
						   save_or_print(cli, kb, own, link, e);
	}
	kb_link_release(&to);
	kb_close(kb);
	return rc;
}

static int list_backups(struct err *e)
{
	struct backups b;

	if (store_backups(&b, e))
		return -1;
	for (int i = 0; i < b.n; i++)
		if (b.backup[i].notes < 0)
			printf("%-24s %-20s cannot be used\n", b.backup[i].file, b.backup[i].date);
		else
			printf("%-24s %-20s %lld note%s\n", b.backup[i].file, b.backup[i].date,
			       (long long)b.backup[i].notes, b.backup[i].notes == 1 ? "" : "s");
	backups_release(&b);
	return 0;
}

enum status run_note(struct cli *cli, struct err *e)
{
	const char *const *value = cli->opts.value;
	struct own own = { .store = NULL };
	int rc = -1;

	if (value[OPT_REMOVE] && cli->nargs != 1)
		err_set(e, STATUS_USAGE, "--remove needs the link of the note that is to go");
	else if (cli->nargs > 1)
		err_set(e, STATUS_USAGE, "note takes one link; onus note without one lists all");
	else if ((value[OPT_BACKUPS] || value[OPT_RESTORE]) &&
		 (cli->nargs || (value[OPT_BACKUPS] && value[OPT_RESTORE])))
		err_set(e, STATUS_USAGE, "--backups and --restore go alone with note");
	else if (value[OPT_BACKUPS])
		rc = list_backups(e);
	else if (value[OPT_RESTORE])
		rc = store_restore(value[OPT_RESTORE], e);
	else if (cli->nargs)
		rc = note(cli, &own, e);
	else
		rc = print_some(cli, NULL, &own, NULL, e) < 0 ? -1 : 0;
	cli_own_end(&own);
	return cli_end(cli, rc, e);
}
