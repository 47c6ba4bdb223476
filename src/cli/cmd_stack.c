#include "config.h"
#include "cli/cli.h"

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
	if (!rc && strncmp(to.link, "service/", 8) != 0)
		rc = err_set(e, STATUS_USAGE, "%s is no service; onus show services lists them", to.link);
	if (!rc)
		buf_add(link, to.link + 8);
	kb_link_release(&to);
	buf_release(&service);
	return rc;
}

/* The link of the stack that the arguments mean: services, and "A..B" for what if B took the place of A. */
static int make_link(struct cli *cli, struct kb *kb, struct buf *link, struct err *e)
{
	int rc = 0;

	buf_add(link, "stack/");
	for (int i = 0; i < cli->nargs && !rc; i++) {
		const char *dots = strstr(cli->args[i], "..");
		size_t n = dots ? (size_t)(dots - cli->args[i]) : strlen(cli->args[i]);
		char *first = xstrndup(cli->args[i], n);
		buf_add(link, i ? "+" : "");
		rc = add_id(cli, kb, first, link, e);
		if (!rc && dots) {
			buf_add(link, "..");
			rc = add_id(cli, kb, dots + 2, link, e);
		}
		free(first);
	}
	return rc;
}

enum status run_stack(struct cli *cli, struct err *e)
{
	struct buf link = { 0 };
	const struct format *f;
	struct table *t = NULL;
	struct kb *kb = NULL;
	struct sink s;
	int rc = -1;

	if (!cli->nargs)
		err_set(e, STATUS_USAGE, "stack needs services, such as vm app-service sql-database");
	else if (!cli_open(cli, &kb, e) && (f = cli_sink(cli, kb, FORMAT_GRID, "text", &s, e)) &&
	         !make_link(cli, kb, &link, e) && (t = stack_table(kb, buf_str(&link), e)) &&
	         !cli_only(cli, t, e))
		rc = f->grid(&s, t, e);
	table_free(t);
	kb_close(kb);
	buf_release(&link);
	return cli_end(cli, rc, e);
}
