/* explore: the program without a command. */
#include "config.h"
#include "cli/cli.h"

#include <unistd.h>

#include "base/alloc.h"
#include "ui/term.h"
#include "ui/ui.h"

static enum status print_instead(struct cli *cli, struct err *e)
{
	return cli->nargs ? run_show(cli, e) : run_grid(cli, e);
}

static int run(struct cli *cli, struct kb *kb, const char *link, const char *section, bool colour,
               struct err *e)
{
	struct ui ui;
	int status = -1;

	ui_init(&ui, kb, NULL);
	if (cli->opts.value[OPT_MATRIX] && !link ? ui_push(&ui, &view_grid, cli->opts.value[OPT_MATRIX], e) :
	    ui_start(&ui, link, section, e)) {
		ui_release(&ui);
		return -1;
	}
	if (!term_open(colour, e)) {
		ui.theme = term_theme();
		status = ui_loop(&ui);
		term_close();
	}
	ui_release(&ui);
	return status;
}

static int run_at(struct cli *cli, struct kb *kb, bool colour, struct err *e)
{
	char *link = NULL, *section = NULL;
	int status = -1;

	if (!cli->nargs || !kb_resolve(kb, cli->args[0], cli->opts.value[OPT_MATRIX], &link, &section, e))
		status = run(cli, kb, link, section, colour, e);
	free(link);
	free(section);
	return status;
}

enum status run_explore(struct cli *cli, struct err *e)
{
	struct kb *kb;
	bool colour;
	int status;

	if (cli->nargs > 1)
		return err_set(e, STATUS_USAGE, "one link at a time; onus show prints several"), STATUS_USAGE;
	if (!isatty(STDOUT_FILENO) || cli->opts.value[OPT_FORMAT])
		return print_instead(cli, e);
	if (cli_colour(cli, stdout, &colour, e) || cli_open(cli, &kb, e))
		return e->status;
	status = run_at(cli, kb, colour, e);
	kb_close(kb);
	return status < 0 ? e->status : (enum status)status;
}
