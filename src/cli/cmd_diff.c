#include "config.h"
#include "cli/cli.h"

enum status run_diff(struct cli *cli, struct err *e)
{
	struct kb_link to[2] = { { .link = NULL }, { .link = NULL } };
	const struct format *f;
	struct compare *c = NULL;
	struct kb *kb;
	struct sink s;
	bool differs = false;
	int rc = -1;

	if (cli->nargs != 2)
		return err_set(e, STATUS_USAGE,
			       "diff needs two links, such as iaas paas; see onus help diff"),
		       STATUS_USAGE;
	if (cli_open(cli, &kb, e))
		return e->status;
	f = cli_sink(cli, kb, FORMAT_DIFF, "text", &s, e);
	if (f && !cli_matrix(cli, kb, e) && !cli_resolve(cli, kb, cli->args[0], &to[0], e) &&
	    !cli_resolve(cli, kb, cli->args[1], &to[1], e))
		c = compare_load(kb, to[0].link, to[1].link, e);
	if (c) {
		differs = c->nchange > 0;
		c->all = cli->opts.value[OPT_ALL] != NULL;
		rc = f->diff(&s, c, e);
	}
	compare_free(c);
	kb_link_release(&to[0]);
	kb_link_release(&to[1]);
	kb_close(kb);
	if (cli_end(cli, rc, e))
		return e->status;
	return differs && cli->opts.value[OPT_EXITCODE] ? STATUS_FAILED : STATUS_OK;
}
