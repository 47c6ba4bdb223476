#include "config.h"
#include "cli/cli.h"

#include "app/kept.h"
#include "app/stack.h"
#include "base/alloc.h"

/* Append the id of the service that a word means; a bare id is a service where there is one. */
static int add_id(struct cli *cli, struct kb *kb, const char *word, struct buf *link, struct err *e)
{
	struct buf service = { 0 };
	struct kb_link to;
	int rc;

	buf_addf(&service, "%s%s", strpbrk(word, ":/") ? "" : "service/", word);
	rc = cli_resolve(cli, kb, buf_str(&service), &to, e);
	if (!rc && (strncmp(to.link, "service/", 8) != 0 || !to.link[8]))
		rc = err_set(e, STATUS_USAGE, "%s is no service; onus show services lists them", to.link);
	if (!rc)
		buf_add(link, to.link + 8);
	kb_link_release(&to);
	buf_release(&service);
	return rc;
}

/* "vm", or "vm..functions". */
static int add_service(struct cli *cli, struct kb *kb, const char *word, struct buf *link, struct err *e)
{
	const char *dots = strstr(word, "..");
	char *first = xstrndup(word, dots ? (size_t)(dots - word) : strlen(word));
	int rc = add_id(cli, kb, first, link, e);

	if (!rc && dots) {
		buf_add(link, "..");
		rc = add_id(cli, kb, dots + 2, link, e);
	}
	free(first);
	return rc;
}

/* The link of the stack that the arguments mean. */
static int make_link(struct cli *cli, struct kb *kb, struct own *own, struct buf *link, struct err *e)
{
	struct buf named = { 0 };
	int rc = 0;

	buf_add(&named, "stack/");
	for (int i = 0; i < cli->nargs && !rc; i++) {
		buf_add(&named, i ? "+" : "");
		if (*cli->args[i] == '@')
			buf_add(&named, cli->args[i]);
		else
			rc = add_service(cli, kb, cli->args[i], &named, e);
	}
	if (!rc)
		rc = kept_expand(own, buf_str(&named), link, e);
	buf_release(&named);
	return rc;
}

/* Without services: the stacks that are kept. */
static int list_kept(struct cli *cli, struct kb *kb, const struct format *f, struct sink *s, struct own *own,
                     struct err *e)
{
	struct page *p = page_new(kb, "list", "stack/", "Your stacks", "");
	struct section *section = page_add(p, "stacks", "Stacks");
	int rc = kept_list(own, &section->refs, e);

	if (!rc && !section->refs.n)
		rc = err_set(e, STATUS_USAGE, "stack needs services, such as vm app-service sql-database; "
			     "none is kept");
	if (!rc && !f->page)
		rc = err_set(e, STATUS_USAGE, "the list of stacks cannot be printed as %s; name services",
		             cli->opts.value[OPT_FORMAT]);
	if (!rc)
		rc = print_page(f, s, p, e);
	page_free(p);
	return rc;
}

static int print_stack(struct cli *cli, struct kb *kb, const struct format *f, struct sink *s,
                       struct own *own, struct err *e)
{
	const char *save = cli->opts.value[OPT_SAVE];
	struct buf link = { 0 };
	struct table *t = NULL;
	int rc = make_link(cli, kb, own, &link, e);

	if (!rc && !(t = stack_table(kb, buf_str(&link), e)))
		rc = -1;
	if (!rc && save)
		rc = kept_put(own, save, buf_str(&link), e);
	if (!rc)
		rc = cli_only(cli, t, e);
	if (!rc)
		rc = f->grid(s, t, e);
	table_free(t);
	buf_release(&link);
	return rc;
}

static int run(struct cli *cli, struct kb *kb, struct own *own, struct err *e)
{
	const char *forget = cli->opts.value[OPT_FORGET];
	const struct format *f;
	struct sink s;

	if (forget && (cli->nargs || cli->opts.value[OPT_SAVE]))
		return err_set(e, STATUS_USAGE, "--forget takes no services and no --save");
	if (forget)
		return kept_put(own, forget, NULL, e);
	if (!cli->nargs && cli->opts.value[OPT_SAVE])
		return err_set(e, STATUS_USAGE, "--save needs the services that are to be kept");
	f = cli_sink(cli, kb, FORMAT_GRID, "text", &s, e);
	if (!f)
		return -1;
	return cli->nargs ? print_stack(cli, kb, f, &s, own, e) : list_kept(cli, kb, f, &s, own, e);
}

enum status run_stack(struct cli *cli, struct err *e)
{
	struct own own = { .store = NULL };
	struct kb *kb = NULL;
	int rc = -1;

	if (!cli_open(cli, &kb, e))
		rc = run(cli, kb, &own, e);
	cli_own_end(&own);
	kb_close(kb);
	return cli_end(cli, rc, e);
}
