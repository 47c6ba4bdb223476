#include "config.h"
#include "cli/cli.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ui/theme.h"

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
	const char *named = cli->opts.value[OPT_DB], *env = getenv("ONUS_DB");

	return kb_open(kb, named ? named : env && *env ? env : PKGDATADIR "/onus.db", e);
}

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

int cli_colour(struct cli *cli, FILE *out, bool *colour, struct err *e)
{
	const char *when = cli->opts.value[OPT_COLOR];

	if (when && strcmp(when, "auto") && strcmp(when, "always") && strcmp(when, "never"))
		return err_set(e, STATUS_USAGE, "--color takes auto, always or never, not %s", when);
	if (when && strcmp(when, "auto"))
		*colour = !strcmp(when, "always");
	else
		*colour = isatty(fileno(out)) && !is_set("NO_COLOR");
	return 0;
}

static int width_of(FILE *out)
{
	struct winsize size;

	return !ioctl(fileno(out), TIOCGWINSZ, &size) && size.ws_col ? size.ws_col : 80;
}

static void (*painter(bool colour))(FILE *, enum face)
{
	const char *name = getenv("TERM");

	if (!colour)
		return NULL;
	return name && strstr(name, "256") ? theme_paint_256 : theme_paint_8;
}

const struct format *cli_sink(struct cli *cli, struct kb *kb, enum format_use use, const char *standard,
                              struct sink *s, struct err *e)
{
	const char *name = cli->opts.value[OPT_FORMAT] ? cli->opts.value[OPT_FORMAT] : standard;
	const struct format *f = format_of(name);
	bool colour;

	*s = (struct sink){ .out = stdout, .width = width_of(stdout), .lengthy = cli->opts.value[OPT_LONG] != NULL };
	if (!f || !format_has(f, use)) {
		char *names = format_names(use);
		err_set(e, STATUS_USAGE, "there is no format %s here; one of: %s", name, names);
		free(names);
		return NULL;
	}
	if (cli_colour(cli, stdout, &colour, e) || kb_content(kb, &s->content, e))
		return NULL;
	s->paint = f == &format_text ? painter(colour) : NULL;
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
