#include "config.h"
#include "cli/cli.h"

/* One page; a blank line between two where a person reads. */
static int show(struct sink *s, const struct format *f, struct kb *kb, const char *link,
		const char *section, bool first, struct err *e)
{
	struct page *p = page_load(kb, link, e);
	int rc = -1;

	if (p && (!section || !page_only(p, section, e))) {
		if (!first && f != &format_json)
			fputc('\n', s->out);
		rc = f->page(s, p, e);
	}
	page_free(p);
	return rc;
}

enum status run_show(struct cli *cli, struct err *e)
{
	const struct format *f;
	struct kb *kb;
	struct sink s;
	int rc = 0;

	if (!cli->nargs)
		return err_set(e, STATUS_USAGE,
			       "show needs a link, such as iaas/os; see onus help show"),
		       STATUS_USAGE;
	if (cli_open(cli, &kb, e))
		return e->status;
	f = cli_sink(cli, kb, FORMAT_PAGE, "text", &s, e);
	if (!f || cli_matrix(cli, kb, e))
		rc = -1;
	for (int i = 0; i < cli->nargs && !rc; i++) {
		struct kb_link to;
		rc = kb_resolve(kb, cli->args[i], cli->opts.value[OPT_MATRIX], &to, e);
		if (!rc && to.notice)
			cli_warn(to.notice);
		if (!rc)
			rc = show(&s, f, kb, to.link, to.section, i == 0, e);
		kb_link_release(&to);
	}
	kb_close(kb);
	if (rc)
		fflush(stdout);
	return rc ? e->status : cli_finish(e);
}
