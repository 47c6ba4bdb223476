#include "config.h"
#include "cli/cli.h"

/* The two links that are compared, exact. */
static int resolve(struct cli *cli, struct kb *kb, struct kb_link to[2], struct err *e)
{
	for (int i = 0; i < 2; i++) {
		if (kb_resolve(kb, cli->args[i], cli->opts.value[OPT_MATRIX], &to[i], e))
			return -1;
		if (to[i].notice)
			cli_warn(to[i].notice);
	}
	return 0;
}

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
	if (f && !cli_matrix(cli, kb, e) && !resolve(cli, kb, to, e))
		c = compare_load(kb, to[0].link, to[1].link, e);
	if (c) {
		differs = c->nchange > 0;
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
