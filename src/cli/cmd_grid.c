#include "config.h"
#include "cli/cli.h"

enum status run_grid(struct cli *cli, struct err *e)
{
	const struct format *f;
	struct table *t = NULL;
	struct kb *kb;
	struct sink s;
	int rc = -1;

	if (cli->nargs)
		return err_set(e, STATUS_USAGE, "grid takes no argument; name a matrix with -m"),
		       STATUS_USAGE;
	if (cli_open(cli, &kb, e))
		return e->status;
	f = cli_sink(cli, kb, FORMAT_GRID, "text", &s, e);
	if (f)
		t = table_matrix(kb, cli->opts.value[OPT_MATRIX], e);
	if (t && !cli_only(cli, t, e))
		rc = f->grid(&s, t, e);
	table_free(t);
	kb_close(kb);
	return cli_end(cli, rc, e);
}
