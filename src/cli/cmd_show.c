#include "config.h"
#include "cli/cli.h"

#include "base/alloc.h"

struct show {
	struct sink sink;       /* first: add_note() finds the rest by it */
	struct cli *cli;
	struct kb *kb;
	const struct format *format;
	struct own own;
};

/* Notes are private: what is for other people has them only where that is wanted. */
static int add_note(struct sink *sink, struct page *p, struct err *e)
{
	struct show *sh = (struct show *)sink;
	const struct opts *o = &sh->cli->opts;
	bool reads = sh->format == &format_text || sh->format == &format_plain;

	if (o->value[OPT_NOTES])
		return page_add_note(p, &sh->own, e) < 0 ? -1 : 0;
	if (reads && !o->value[OPT_OUTPUT] && page_add_note(p, &sh->own, e) < 0) {
		cli_complain(e);        /* the page is there all the same */
		e->msg[0] = '\0';
	}
	return 0;
}

/* Page after page, up to the first link that leads nowhere. */
static int show_each(struct show *sh, struct err *e)
{
	int rc = 0;

	for (int i = 0; i < sh->cli->nargs && !rc; i++) {
		struct kb_link to;
		rc = cli_resolve(sh->cli, sh->kb, sh->cli->args[i], &to, e);
		if (!rc)
			rc = print_link(sh->format, &sh->sink, sh->kb, &to, i == 0, e);
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
static int show_all(struct show *sh, struct err *e)
{
	struct kb_link *link = xcalloc((size_t)sh->cli->nargs, sizeof *link);
	int n, rc = resolve_all(sh->cli, sh->kb, link, &n, e);

	if (!rc)
		rc = print_pages(sh->format, &sh->sink, sh->kb, link, n, e);
	for (int i = 0; i < n; i++)
		kb_link_release(&link[i]);
	free(link);
	return rc;
}

enum status run_show(struct cli *cli, struct err *e)
{
	struct show sh = { .cli = cli };
	int rc = -1;

	if (!cli->nargs)
		return err_set(e, STATUS_USAGE,
			       "show needs a link, such as iaas/os; see onus help show"),
		       STATUS_USAGE;
	if (cli_open(cli, &sh.kb, e))
		return e->status;
	sh.format = cli_sink(cli, sh.kb, FORMAT_PAGE, "text", &sh.sink, e);
	sh.sink.amend = add_note;
	if (sh.format && !cli_matrix(cli, sh.kb, e))
		rc = sh.format->open ? show_all(&sh, e) : show_each(&sh, e);
	cli_own_end(&sh.own);
	kb_close(sh.kb);
	return cli_end(cli, rc, e);
}
