/* explore: the program without a command. */
#include "config.h"
#include "cli/cli.h"

#include <unistd.h>

#include "base/alloc.h"
#include "base/env.h"
#include "cli/linear.h"
#include "ui/mark.h"
#include "ui/term.h"

enum { FIRST_FRAME = 840 << 10 };       /* bytes, most of them of curses and SQLite */

static enum status print_instead(struct cli *cli, struct err *e)
{
	return cli->nargs ? run_show(cli, e) : run_grid(cli, e);
}

/* They live as long as the program: at its end the kernel takes them back at once, while closing them
 * one by one would be half of the time from the last key to the prompt. */
static struct kb *kb;
static struct ui ui;
static struct own own;

static bool wants_linear(const struct cli *cli)
{
	const char *name = getenv("TERM");

	return cli->opts.value[OPT_PLAIN] || env_get("ACCESSIBLE") || (name && !strcmp(name, "dumb"));
}

static int run_linear(struct err *e)
{
	int status = linear_run(&ui);
	ui_keep_last(&ui);
	enum status out = cli_finish(e);

	return out ? -1 : status;
}

/* Where it was said, else where one was when one left, else at the grid. */
static int begin(struct cli *cli, const struct kb_link *to, struct err *e)
{
	const char *matrix = cli->opts.value[OPT_MATRIX];

	if (matrix && !to->link)
		return ui_push(&ui, &view_grid, matrix, e);
	if (!to->link && !cli->opts.value[OPT_FRESH] && ui_come_back(&ui, wants_linear(cli) ? "up" : "q"))
		return 0;
	return ui_start(&ui, to, e);
}

static int run(struct cli *cli, const struct kb_link *to, bool colour, struct err *e)
{
	const struct theme *theme = cli_theme(cli, e);
	int status;

	ui_init(&ui, kb);
	ui.own = &own;
	ui.clip.way = cli->opts.value[OPT_CLIPBOARD];
	if (!theme || begin(cli, to, e))
		return -1;
	if (wants_linear(cli))
		return run_linear(e);
	if (term_open(theme, colour, e)) {
		cli_complain(e);
		e->msg[0] = '\0';
		return run_linear(e);
	}
	status = ui_loop(&ui);
	term_close();
	ui_keep_last(&ui);
	return status;
}

static int run_at(struct cli *cli, bool colour, struct err *e)
{
	struct kb_link to = { .link = NULL };
	int status = -1;

	if (!cli->nargs || !cli_link(cli, kb, cli->args[0], &to, e))
		status = run(cli, &to, colour, e);
	kb_link_release(&to);
	return status;
}

enum status run_explore(struct cli *cli, struct err *e)
{
	bool colour;
	int status;

	if (cli->nargs > 1)
		return err_set(e, STATUS_USAGE, "one link at a time; onus show prints several"),
		       STATUS_USAGE;
	if ((!isatty(STDOUT_FILENO) && !cli->opts.value[OPT_PLAIN] && !env_get("ACCESSIBLE")) ||
	    cli->opts.value[OPT_FORMAT])
		return print_instead(cli, e);
	alloc_expect(FIRST_FRAME);
	if (clip_check(cli->opts.value[OPT_CLIPBOARD], e) || cli_colour(cli, stdout, &colour, e) ||
	    cli_open(cli, &kb, e))
		return e->status;
	status = run_at(cli, colour, e);
	return status < 0 ? e->status : (enum status)status;
}
