/* linear: the views without a screen: sentences and numbered choices, one after the other, nothing is
 * ever drawn over.  For screen readers, braille lines, dumb terminals and scripts. */
#include "config.h"
#include "cli/linear.h"

#include <ctype.h>
#include <unistd.h>

#include "app/palette.h"
#include "base/alloc.h"
#include "ui/ask.h"
#include "ui/mark.h"
#include "ui/out.h"

enum { WIDTH = 1000, HEIGHT = 100, HITS = 20 };

struct linear {
	struct ui *ui;
	struct sink out;
	struct hits hits;       /* of the last search; a number chooses among them */
	char *unsure;           /* a file that was there already when it was to be written, or NULL */
	bool done;
};

static void say(struct linear *l, const char *text)
{
	sink_say(&l->out, text);
}

/* What the topmost view has to tell. */
static void tell(struct linear *l)
{
	struct view *v = ui_top(l->ui);
	struct buf text = { 0 };
	struct err e;

	if (v->ops->fit(v, WIDTH, HEIGHT, &e))
		ui_message(l->ui, "%s", e.msg);
	v->ops->tell(v, &text);
	say(l, buf_str(&text));
	buf_release(&text);
}

static void message(struct linear *l)
{
	if (!*l->ui->message)
		return;
	say(l, l->ui->message);
	say(l, strchr(".?!", l->ui->message[strlen(l->ui->message) - 1]) ? "\n" : ".\n");
	l->ui->message[0] = '\0';
}

static void open_link(struct linear *l, const char *link)
{
	struct view *before = ui_top(l->ui);

	ui_open(l->ui, link);
	if (ui_top(l->ui) != before)
		tell(l);
}

/* ---- commands: a word, its first letter, or a number ---- */

/* What was the topmost view, to see whether a command has led away from it. */
struct was {
	char *link;
	const struct view_ops *ops;
	int depth;
};

static struct was topmost(const struct ui *ui)
{
	return (struct was){ xstrdup(ui_top(ui)->link), ui_top(ui)->ops, ui->depth };
}

/* Tell the view that a command has led to, or, where it has led nowhere, what is selected. */
static void tell_new(struct linear *l, struct was *was)
{
	const struct view *v = ui_top(l->ui);
	struct buf text = { 0 };

	if (l->ui->done) {
		l->done = true;
	} else if (v->ops != was->ops || l->ui->depth != was->depth || strcmp(v->link, was->link) != 0) {
		tell(l);
	} else if (!*l->ui->message && !l->ui->ask) {
		v->ops->say(v, &text);
		say(l, buf_str(&text));
		say(l, "\n");
	}
	buf_release(&text);
	free(was->link);
}

static void run_command(struct linear *l, enum cmd_id cmd)
{
	struct was was = topmost(l->ui);

	ui_command(l->ui, cmd, 0, 0);
	tell_new(l, &was);
}

/* Whether a line says which command is meant, with all that it needs. */
static bool is_command(struct linear *l, const char *line)
{
	struct palette p;
	struct err e;
	bool exact = false;

	if (palette_open(&p, l->ui->kb, l->ui->stack[0]->link, ui_top(l->ui)->ops->where, &e))
		return false;
	if (!palette_find(&p, line, &e))
		exact = p.n && p.offer[0].exact;
	palette_close(&p);
	return exact;
}

/* A line of the palette: done, or, where it may mean several, a choice. */
static void palette_line(struct linear *l, const char *line)
{
	bool exact = is_command(l, line);
	struct was was = topmost(l->ui);
	struct err e;

	if (ui_push(l->ui, &view_palette, line, &e))
		ui_message(l->ui, "%s", e.msg);
	else if (exact)
		ui_command(l->ui, CMD_OPEN, 0, 0);
	tell_new(l, &was);
}

static void do_again(struct linear *l, const char *rest UNUSED)
{
	tell(l);
}

static void do_up(struct linear *l, const char *rest UNUSED)
{
	if (l->ui->depth > 1)
		run_command(l, CMD_CANCEL);
	else
		say(l, "This is the grid; quit ends.\n");
}

static void do_back(struct linear *l, const char *rest UNUSED)
{
	run_command(l, CMD_BACK);
}

static void do_grid(struct linear *l, const char *rest UNUSED)
{
	while (l->ui->depth > 1)
		ui_close_view(l->ui);
	tell(l);
}

static void do_matrices(struct linear *l, const char *rest UNUSED)
{
	run_command(l, CMD_MATRICES);
}

static void do_lists(struct linear *l, const char *rest UNUSED)
{
	run_command(l, CMD_LISTS);
}

/* The page that is open, of which there can be a note; NULL where it is none. */
static const char *page_here(struct linear *l)
{
	struct view *v = ui_top(l->ui);

	if (v->ops == &view_page)
		return v->link;
	ui_message(l->ui, "open a page first: notes are on pages");
	return NULL;
}

static int write_note(struct linear *l, const char *link, const char *text, struct err *e)
{
	struct buf was = { 0 };
	struct store *s;
	int64_t rev;
	int rc = own_write(l->ui->own, STORE_WRITE, &s, e);

	if (!rc)
		rc = store_note(s, link, &was, &rev, e);
	if (rc >= 0)
		rc = store_note_put(s, link, text, rev, e);
	buf_release(&was);
	return rc;
}

static void do_note(struct linear *l, const char *rest)
{
	const char *link = page_here(l);
	struct buf text = { 0 };
	struct err e;
	int rc;

	if (!link)
		return;
	if (*rest) {
		rc = write_note(l, link, strcmp(rest, "none") ? rest : "", &e);
		ui_message(l->ui, "%s", rc < 0 ? e.msg : rc ? "somebody else has just written it; try again" :
			   strcmp(rest, "none") ? "saved" : "there is no note here now");
		return;
	}
	rc = own_note(l->ui->own, link, &text, &e);
	if (rc > 0) {
		say(l, buf_str(&text));
		fputs(text.len && text.data[text.len - 1] != '\n' ? "\n" : "", l->out.out);
	} else {
		ui_message(l->ui, "%s", rc ? e.msg : "there is no note here; note and words writes one");
	}
	buf_release(&text);
}

static void do_mark(struct linear *l, const char *rest)
{
	ui_mark(l->ui, rest[0] && !rest[1] ? rest[0] : 0);
}

static void do_go(struct linear *l, const char *rest)
{
	struct view *before = ui_top(l->ui);

	if (rest[0] && rest[1])
		ui_open(l->ui, rest);
	else
		ui_go_mark(l->ui, rest[0]);
	if (ui_top(l->ui) != before)
		tell(l);
}

static void do_marks(struct linear *l, const char *rest UNUSED)
{
	run_command(l, CMD_MARKS);
}

static void do_quit(struct linear *l, const char *rest UNUSED)
{
	l->done = true;
}

static void do_search(struct linear *l, const char *rest)
{
	struct err e;

	hits_release(&l->hits);
	if (!kb_has_word(rest)) {
		ui_message(l->ui, "search needs words behind it");
		return;
	}
	if (kb_search(l->ui->kb, rest, HITS, &l->hits, &e)) {
		ui_message(l->ui, "%s", e.msg);
		return;
	}
	if (own_hits(l->ui->own, l->ui->kb, rest, &l->hits, &e))
		ui_message(l->ui, "%s", e.msg);         /* what the content has is there all the same */
	fprintf(l->out.out, "%lld found%s.\n", (long long)l->hits.total,
		l->hits.total > l->hits.n ? ", the best follow" : "");
	for (int i = 0; i < l->hits.n; i++) {
		fprintf(l->out.out, "%d. ", i + 1);
		say(l, kind_table[l->hits.hit[i].kind].word);
		say(l, ", ");
		say(l, l->hits.hit[i].title);
		say(l, ".\n");
	}
}

static void do_copy(struct linear *l, const char *rest UNUSED)
{
	out_copy_view(l->ui);
}

static void forget_unsure(struct linear *l)
{
	free(l->unsure);
	l->unsure = NULL;
}

static void do_write(struct linear *l, const char *rest)
{
	bool sure = l->unsure && !strcmp(l->unsure, rest);
	struct err e;
	int rc;

	forget_unsure(l);
	rc = *rest ? out_write(l->ui, rest, sure, &e)
		   : err_set(&e, STATUS_USAGE, "write needs the name of a file behind it");
	if (rc > 0)
		l->unsure = xstrdup(rest);
	if (rc < 0)
		ui_message(l->ui, "%s", e.msg);
	else if (rc)
		ui_message(l->ui, "%s is there already; the same once more replaces it", rest);
	else
		ui_message(l->ui, "wrote %s", rest);
}

static void do_help(struct linear *l, const char *rest);

static const struct word {
	const char *word, *help;
	void (*run)(struct linear *l, const char *rest);
} words[] = {
	{ "again", "tell this once more", do_again },
	{ "up", "close this and go up, to the grid at last", do_up },
	{ "back", "go back to where you were before", do_back },
	{ "grid", "go to the grid", do_grid },
	{ "matrices", "list the matrices, to change to another edition", do_matrices },
	{ "lists", "list the kinds of entries: services, examples, practices, terms and others", do_lists },
	{ "search", "and words: find what holds them all", do_search },
	{ "copy", "copy what was told here", do_copy },
	{ "write", "and the name of a file: write this there; its end, such as .md, says as what", do_write },
	{ "note", "tell your note on this page; and words: write them as the note; note none removes it",
	  do_note },
	{ "mark", "and a letter: mark this place", do_mark },
	{ "go", "and a letter: go to the place that has this mark; and a link: open it", do_go },
	{ "marks", "list the marks, to go to one", do_marks },
	{ "help", "tell this", do_help },
	{ "quit", "end", do_quit },
};

static void do_help(struct linear *l, const char *rest UNUSED)
{
	say(l,
	    "A number opens what stands behind it; in the grid a number and a model, such as 4 paas, open a "
	    "cell.\nA link or a name opens its page, such as paas/os, os paas, layer/network.\n"
	    "A command is written out, such as compare iaas paas; : and a few letters list those that fit, : "
	    "alone lists all.\n");
	for (int i = 0; i < ARRAY_LEN(words); i++)
		fprintf(l->out.out, "%s: %s.\n", words[i].word, words[i].help);
	say(l, "The first letter of a word will do, where no word before it has the same.\n");
}

static void choose(struct linear *l, int n, const char *rest)
{
	struct view *v = ui_top(l->ui);
	struct buf text = { 0 };

	if (l->hits.n) {
		if (n < l->hits.n)
			open_link(l, l->hits.hit[n].link);
		else
			ui_message(l->ui, "there are %d", l->hits.n);
	} else if (v->ops->item(v, n, &text)) {
		v->ops->choose(v, n, rest);
		if (l->ui->done)
			l->done = true;
		else if (ui_top(l->ui) != v || !*l->ui->message)
			tell(l);
	} else {
		ui_message(l->ui, "there is no number %d here", n + 1);
	}
	buf_release(&text);
}

/* A link or a name, of which two words may be the parts; else a command. */
static void open_named(struct linear *l, const char *line)
{
	char *link = xstrdup(line), *blank = strchr(link, ' ');
	struct kb_link to = { .link = NULL };
	struct err e;

	if (blank && !strpbrk(link, "/:"))
		*blank = '/';
	if (kb_resolve(l->ui->kb, link, l->ui->stack[0]->link, &to, &e) && is_command(l, line))
		palette_line(l, line);
	else
		open_link(l, link);
	kb_link_release(&to);
	free(link);
}

static const struct word *word_of(const char *s, size_t n)
{
	for (int i = 0; i < ARRAY_LEN(words); i++)
		if ((n == 1 && *s == words[i].word[0]) ||
		    (strlen(words[i].word) == n && !strncmp(words[i].word, s, n)))
			return &words[i];
	return NULL;
}

/* To what is asked for. */
static void answer(struct linear *l, const char *line)
{
	if (*line)
		ask_take(l->ui, line);
	else
		ask_close(l->ui);
}

static void tell_asked(struct linear *l)
{
	struct buf text = { 0 };

	if (!l->ui->ask)
		return;
	ask_tell(l->ui, &text);
	say(l, buf_str(&text));
	say(l, "\n");
	buf_release(&text);
}

static void obey(struct linear *l, const char *line)
{
	size_t n = strcspn(line, " ");
	const char *rest = line + n + strspn(line + n, " ");
	const struct word *w = word_of(line, n);
	char *end;
	long number = strtol(line, &end, 10);

	if (!n)
		return;
	if (end == line + n && number > 0 && number < 1000000) {
		choose(l, (int)number - 1, rest);
		return;
	}
	if (!w || w->run != do_search)
		hits_release(&l->hits);
	if (!w || w->run != do_write)
		forget_unsure(l);
	if (ui_top(l->ui)->ops->where == IN_PALETTE &&
	    !(w && (w->run == do_again || w->run == do_help || w->run == do_up)))
		ui_drop(l->ui);         /* nothing was chosen */
	if (*line == ':')
		palette_line(l, line + 1);
	else if (w)
		w->run(l, rest);
	else
		open_named(l, line);
}

/* Without the newline, and without blanks at the ends; false at the end of the input. */
static bool read_line(char **line, size_t *cap)
{
	ssize_t n = getline(line, cap, stdin);

	while (n > 0 && isspace((unsigned char)(*line)[n - 1]))
		(*line)[--n] = '\0';
	return n >= 0;
}

int linear_run(struct ui *ui)
{
	struct linear l = { .ui = ui, .out = { .out = stdout } };
	bool prompt = isatty(STDIN_FILENO);
	char *line = NULL;
	size_t cap = 0;

	ui->w = WIDTH, ui->h = HEIGHT;
	message(&l);
	tell(&l);
	say(&l, "A number opens, help tells more, quit ends.\n");
	while (!l.done && !ferror(stdout)) {
		if (prompt)
			say(&l, "onus> ");
		fflush(stdout);
		if (!read_line(&line, &cap))
			break;
		if (ui->ask)
			answer(&l, line + strspn(line, " "));
		else
			obey(&l, line + strspn(line, " "));
		message(&l);
		tell_asked(&l);
	}
	hits_release(&l.hits);
	forget_unsure(&l);
	free(line);
	return ui->status;
}
