#include "config.h"
#include "cli/cli.h"

#include "app/stack.h"
#include "base/alloc.h"

/* Exact links of what the arguments mean; a bare id is a service where there is one. */
static int resolve(struct cli *cli, struct kb *kb, const char **links, struct err *e)
{
	for (int i = 0; i < cli->nargs; i++) {
		struct kb_link to;
		struct buf service = { 0 };
		int rc;
		buf_addf(&service, "%s%s", strpbrk(cli->args[i], ":/") ? "" : "service/", cli->args[i]);
		rc = cli_resolve(cli, kb, buf_str(&service), &to, e);
		buf_release(&service);
		if (rc)
			return -1;
		links[i] = xstrdup(to.link);
		kb_link_release(&to);
	}
	return 0;
}

enum status run_stack(struct cli *cli, struct err *e)
{
	const char **links = xcalloc((size_t)cli->nargs, sizeof *links);
	const struct format *f;
	struct table *t = NULL;
	struct kb *kb = NULL;
	struct sink s;
	int rc = -1;

	if (!cli->nargs)
		err_set(e, STATUS_USAGE, "stack needs services, such as vm app-service sql-database");
	else if (!cli_open(cli, &kb, e) && (f = cli_sink(cli, kb, FORMAT_GRID, "text", &s, e)) &&
	         !resolve(cli, kb, links, e) && (t = stack_table(kb, links, cli->nargs, e)))
		rc = f->grid(&s, t, e);
	table_free(t);
	kb_close(kb);
	for (int i = 0; i < cli->nargs; i++)
		free((void *)(uintptr_t)links[i]);
	free(links);
	return cli_end(cli, rc, e);
}
