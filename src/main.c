/* onus: who is responsible for what in Azure.  Chooses: explore, or one command of cli/. */
#include "config.h"

#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"
#include "text/text.h"

/* A first word that is no command must look like a link, or be an id that is known. */
static enum status explore_or_usage(struct cli *cli, struct err *e)
{
	enum status status;

	if (cli->nargs == 1 && !*cli->args[0])
		return err_set(e, STATUS_USAGE, "an empty word is no command and no link; see onus --help"),
		       STATUS_USAGE;
	status = run_explore(cli, e);
	if (status == STATUS_LINK && cli->nargs == 1 && !strpbrk(cli->args[0], "/:"))
		err_prefix(e, "%s is no command", cli->args[0]), e->status = status = STATUS_USAGE;
	return status;
}

static enum status run(struct cli *cli, struct err *e)
{
	const struct sub *sub = cli->opts.nwords ? sub_of(cli->opts.words[0]) : NULL;
	int skip = sub != NULL;

	cli->args = cli->opts.words + skip;
	cli->nargs = cli->opts.nwords - skip;
	if (cli->opts.value[OPT_ASCII])
		text_force_ascii();
	if (opts_allowed(&cli->opts, sub ? sub->word : "explore", e))
		return e->status;
	if (cli->opts.value[OPT_HELP]) {
		if (sub)
			help_command(stdout, sub);
		else
			help_program(stdout);
		return cli_finish(e);
	}
	if (cli->opts.value[OPT_VERSION]) {
		puts(PACKAGE_STRING);
		return cli_finish(e);
	}
	return sub ? sub->run(cli, e) : explore_or_usage(cli, e);
}

/* The shell sees that a signal ended us. */
static int leave(int status)
{
	if (status > 128 && status != 130 && status != 129) {
		signal(status - 128, SIG_DFL);
		raise(status - 128);
	}
	return status;
}

int main(int argc, char **argv)
{
	struct cli cli = { .nargs = 0 };
	struct err e = { .status = STATUS_OK };
	int status;

	signal(SIGPIPE, SIG_IGN);       /* a reader that has enough is no accident */
	signal(SIGXFSZ, SIG_IGN);       /* a file that may not grow is an error of write() */
	text_init();
	status = opts_parse(&cli.opts, argc, argv, &e) ? (int)e.status : (int)run(&cli, &e);
	if (*e.msg)
		cli_complain(&e);
	opts_release(&cli.opts);
	return leave(status);
}
