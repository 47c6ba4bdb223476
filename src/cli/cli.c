#include "config.h"
#include "cli/cli.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/filter.h"
#include "app/kept.h"
#include "app/stack.h"
#include "base/env.h"
#include "text/text.h"

const struct sub sub_table[SUB__COUNT] = {
#define SUB(id, word, arguments, run, help) { word, arguments, help, run },
#include "cli/sub.def"
#undef SUB
};

const struct sub *sub_of(const char *word)
{
	for (int i = 0; i < SUB__COUNT; i++)
		if (!strcmp(sub_table[i].word, word))
			return &sub_table[i];
	return NULL;
}

int cli_open(struct cli *cli, struct kb **kb, struct err *e)
{
	const char *named = cli->opts.value[OPT_DB], *env = env_get("ONUS_DB");

	if (kb_open(kb, named ? named : env ? env : PKGDATADIR "/onus.db", e))
		return -1;
	if (!kb_hold(*kb, e))
		return 0;
	kb_close(*kb);
	return -1;
}

void cli_warn(const char *line)
{
	struct buf clean = { 0 }, ascii = { 0 };

	text_clean(&clean, line, strlen(line), false);
	text_ascii(&ascii, buf_str(&clean));
	fprintf(stderr, "%s\n", buf_str(text_is_utf8() ? &clean : &ascii));
	buf_release(&clean);
	buf_release(&ascii);
}

void cli_own_end(struct own *own)
{
	const char *notice = own_notice(own);

	if (notice)
		cli_warn(notice);
	own_close(own);
}

void cli_complain(const struct err *e)
{
	struct buf line = { 0 };

	buf_addf(&line, "onus: %s", e->msg);
	cli_warn(buf_str(&line));
	buf_release(&line);
}

int cli_matrix(struct cli *cli, struct kb *kb, struct err *e)
{
	struct kb_matrix m = { 0 };
	int rc = cli->opts.value[OPT_MATRIX] ? kb_matrix(kb, cli->opts.value[OPT_MATRIX], &m, e) : 1;

	kb_matrix_release(&m);
	return rc > 0 ? 0 : rc < 0 ? -1 : kb_no_matrix(kb, cli->opts.value[OPT_MATRIX], e);
}

int cli_link(struct cli *cli, struct kb *kb, const char *text, struct kb_link *to, struct err *e)
{
	struct own own = { .store = NULL };
	struct buf whole = { 0 };
	int rc = 0;

	*to = (struct kb_link){ .link = NULL };
	if (stack_is(text))
		rc = kept_expand(&own, text, &whole, e);
	else
		buf_add(&whole, text);
	if (!rc)
		rc = kb_resolve(kb, buf_str(&whole), cli->opts.value[OPT_MATRIX], to, e);
	cli_own_end(&own);
	buf_release(&whole);
	return rc;
}

int cli_resolve(struct cli *cli, struct kb *kb, const char *text, struct kb_link *to, struct err *e)
{
	int rc = cli_link(cli, kb, text, to, e);

	if (!rc && to->notice)
		cli_warn(to->notice);
	return rc;
}

int cli_only(struct cli *cli, struct table *t, struct err *e)
{
	const char *word = cli->opts.value[OPT_ONLY];

	if (word)
		t->filter = filter_of(t, word, e);
	return word && !t->filter ? -1 : 0;
}

int cli_colour(struct cli *cli, FILE *out, bool *colour, struct err *e)
{
	const char *when = cli->opts.value[OPT_COLOR], *term = getenv("TERM");

	if (when && strcmp(when, "auto") && strcmp(when, "always") && strcmp(when, "never"))
		return err_set(e, STATUS_USAGE, "--color takes auto, always or never, not %s", when);
	if (when && strcmp(when, "auto"))
		*colour = !strcmp(when, "always");
	else
		*colour = isatty(fileno(out)) && !env_get("NO_COLOR") && term && *term &&
			  strcmp(term, "dumb");
	return 0;
}

static int width_of(FILE *out)
{
	struct winsize size;

	return !ioctl(fileno(out), TIOCGWINSZ, &size) && size.ws_col ? size.ws_col : 80;
}

const struct theme *cli_theme(struct cli *cli, struct err *e)
{
	const char *name = cli->opts.value[OPT_THEME];
	const struct theme *t = theme_of(name ? name : "azure");
	struct buf names = { 0 };

	for (int i = 0; !t && i < theme_count; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", theme_table[i].name);
	if (!t)
		err_set(e, STATUS_USAGE, "there is no theme %s; one of: %s", name, buf_str(&names));
	buf_release(&names);
	return t;
}

/* A stream says nothing about its terminal: what TERM names has 256 colours or is taken for one of 8. */
static int colours_of_term(void)
{
	const char *name = getenv("TERM");

	return name && (strstr(name, "256") || strstr(name, "direct")) ? 256 : 8;
}

/* Where it goes: -o, or standard output. */
static FILE *open_output(struct cli *cli, struct err *e)
{
	const char *file = cli->opts.value[OPT_OUTPUT];

	if (!file)
		return stdout;
	return path_out_open(&cli->out, file, cli->opts.value[OPT_FORCE] != NULL, e) ? NULL : cli->out.out;
}

static const struct format *format_for(struct cli *cli, enum format_use use, const char *standard,
                                       struct err *e)
{
	const char *name = cli->opts.value[OPT_FORMAT] ? cli->opts.value[OPT_FORMAT] : standard;
	const struct format *f = format_of(name);

	if (cli->opts.value[OPT_LONG] && f != &format_csv) {
		err_set(e, STATUS_USAGE, "--long goes with -f csv");
		return NULL;
	}
	if (cli->opts.value[OPT_FORCE] && !cli->opts.value[OPT_OUTPUT]) {
		err_set(e, STATUS_USAGE, "--force goes with -o");
		return NULL;
	}
	if (!f || !format_has(f, use)) {
		char *names = format_names(use);
		err_set(e, STATUS_USAGE, "there is no format %s here; one of: %s", name, names);
		free(names);
		return NULL;
	}
	return f;
}

const struct format *cli_sink(struct cli *cli, struct kb *kb, enum format_use use, const char *standard,
                              struct sink *s, struct err *e)
{
	const struct format *f = format_for(cli, use, standard, e);
	const struct theme *theme = cli_theme(cli, e);
	bool colour;

	*s = (struct sink){ .lengthy = cli->opts.value[OPT_LONG] != NULL };
	if (!f || !theme || cli_colour(cli, stdout, &colour, e) || (kb && kb_content(kb, &s->content, e)))
		return NULL;
	s->out = open_output(cli, e);
	if (!s->out || cli_colour(cli, s->out, &colour, e))
		return NULL;
	s->width = width_of(s->out);
	s->paint = f == &format_text && colour ? theme_write : NULL;
	s->paints = theme_paints(theme, colours_of_term());
	return f;
}

enum status cli_finish(struct err *e)
{
	if (!fflush(stdout) && !ferror(stdout))
		return STATUS_OK;
	if (errno == EPIPE)
		return STATUS_OK;       /* whoever read has enough */
	err_set(e, STATUS_DATA, "cannot write to standard output: %s", strerror(errno));
	return STATUS_DATA;
}

enum status cli_end(struct cli *cli, int rc, struct err *e)
{
	if (!cli->out.out) {
		if (rc)
			fflush(stdout);
		return rc ? e->status : cli_finish(e);
	}
	if (!rc)
		return path_out_close(&cli->out, e) ? e->status : STATUS_OK;
	path_out_drop(&cli->out);
	return e->status;
}
