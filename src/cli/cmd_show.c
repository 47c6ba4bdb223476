#include "config.h"
#include "cli/cli.h"

#include "base/alloc.h"

/* Page after page, up to the first link that leads nowhere. */
static int show_each(struct cli *cli, struct kb *kb, struct sink *s, const struct format *f, struct err *e)
{
	int rc = 0;

	for (int i = 0; i < cli->nargs && !rc; i++) {
		struct kb_link to;
		rc = cli_resolve(cli, kb, cli->args[i], &to, e);
		if (!rc)
			rc = print_link(f, s, kb, &to, i == 0, e);
		kb_link_release(&to);
	}
	return rc;
}

/* Whether link i says nothing new: the same stands before it, or the whole page of its section anywhere. */
static bool is_told(const struct kb_link *link, int n, int i)
{
	const char *section = link[i].section;

	for (int k = 0; k < n; k++) {
		if (k == i || !link[k].link || strcmp(link[k].link, link[i].link))
			continue;
		if (!link[k].section ? section || k < i
				     : section && k < i && !strcmp(link[k].section, section))
			return true;
	}
	return false;
}

/* The links of the arguments, each once; link has room for all.  *n is for kb_link_release() in any case. */
static int resolve_all(struct cli *cli, struct kb *kb, struct kb_link *link, int *n, struct err *e)
{
	int kept = 0;

	for (*n = 0; *n < cli->nargs; ++*n)
		if (cli_resolve(cli, kb, cli->args[*n], &link[*n], e))
			return -1;
	for (int i = 0; i < *n; i++)
		if (is_told(link, *n, i))
			kb_link_release(&link[i]);
	for (int i = 0; i < *n; i++) {
		struct kb_link one = link[i];
		link[i] = (struct kb_link){ .link = NULL };
		if (one.link)
			link[kept++] = one;
	}
	*n = kept;
	return 0;
}

/* All pages as one document, so nothing is printed where a link leads nowhere. */
static int show_all(struct cli *cli, struct kb *kb, struct sink *s, const struct format *f, struct err *e)
{
	struct kb_link *link = xcalloc((size_t)cli->nargs, sizeof *link);
	int n, rc = resolve_all(cli, kb, link, &n, e);

	if (!rc)
		rc = print_pages(f, s, kb, link, n, e);
	for (int i = 0; i < n; i++)
		kb_link_release(&link[i]);
	free(link);
	return rc;
}

enum status run_show(struct cli *cli, struct err *e)
{
	const struct format *f;
	struct kb *kb;
	struct sink s;
	int rc = -1;

	if (!cli->nargs)
		return err_set(e, STATUS_USAGE,
			       "show needs a link, such as iaas/os; see onus help show"),
		       STATUS_USAGE;
	if (cli_open(cli, &kb, e))
		return e->status;
	f = cli_sink(cli, kb, FORMAT_PAGE, "text", &s, e);
	if (f && !cli_matrix(cli, kb, e))
		rc = f->open ? show_all(cli, kb, &s, f, e) : show_each(cli, kb, &s, f, e);
	kb_close(kb);
	return cli_end(cli, rc, e);
}
