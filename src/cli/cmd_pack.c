#include "config.h"
#include "cli/cli.h"

#include "base/buf.h"
#include "pack/pack.h"
#include "text/text.h"

/* A fault as compilers write it; parts of it come from the file, so it is cleaned. */
static void print_fault(const struct fault *f)
{
	struct buf raw = { 0 }, clean = { 0 };

	buf_add(&raw, f->file);
	if (f->line)
		buf_addf(&raw, ":%d:%d", f->line, f->column);
	buf_addf(&raw, ": %s", f->text);
	text_clean(&clean, buf_str(&raw), raw.len, false);
	fprintf(stderr, "%s\n", buf_str(&clean));
	buf_release(&raw);
	buf_release(&clean);
}

static enum status build(const char *const dirs[], int n, const char *out, struct err *e)
{
	struct faults f = { .n = 0 };
	int rc = pack_build(dirs, n, out, &f, e);

	for (int i = 0; i < f.n; i++)
		print_fault(&f.list[i]);
	if (f.total > f.n)
		fprintf(stderr, "... and %d more\n", f.total - f.n);
	faults_release(&f);
	return rc ? e->status : STATUS_OK;
}

enum status run_pack(struct cli *cli, struct err *e)
{
	const char *what = cli->nargs ? cli->args[0] : "", *out = cli->opts.value[OPT_OUTPUT];
	bool check = !strcmp(what, "check");

	if (!check && strcmp(what, "build"))
		err_set(e, STATUS_USAGE, "pack takes check or build; see onus help pack");
	else if (cli->nargs < 2)
		err_set(e, STATUS_USAGE, "pack %s needs the folder of a pack", what);
	else if (check && out)
		err_set(e, STATUS_USAGE, "pack check writes nothing; leave out -o");
	else if (!check && !out)
		err_set(e, STATUS_USAGE, "pack build needs -o FILE");
	else
		return build(cli->args + 1, cli->nargs - 1, out, e);
	return STATUS_USAGE;
}
