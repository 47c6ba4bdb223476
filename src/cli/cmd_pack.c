#include "config.h"
#include "cli/cli.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/path.h"
#include "pack/pack.h"

/* A fault as compilers write it. */
static void print_fault(const struct fault *f)
{
	struct buf line = { 0 };

	buf_add(&line, f->file);
	if (f->line)
		buf_addf(&line, ":%d:%d", f->line, f->column);
	buf_addf(&line, ": %s", f->text);
	cli_warn(buf_str(&line));
	buf_release(&line);
}

/* A name without a slash that is no folder here is a pack that came with the program. */
static const char **installed(const char *const dirs[], int n)
{
	const char **out = xcalloc((size_t)n, sizeof *out);

	for (int i = 0; i < n; i++) {
		struct buf b = { 0 };
		buf_addf(&b, "%s/packs/%s", PKGDATADIR, dirs[i]);
		out[i] = !strchr(dirs[i], '/') && !path_is_dir(dirs[i]) && path_is_dir(buf_str(&b)) ?
			xstrdup(buf_str(&b)) : xstrdup(dirs[i]);
		buf_release(&b);
	}
	return out;
}

static void free_names(const char **names, int n)
{
	for (int i = 0; i < n; i++)
		free((void *)(uintptr_t)names[i]);
	free(names);
}

static enum status build(const char *const dirs[], int n, const char *out, struct err *e)
{
	struct faults f = { .n = 0 };
	const char **paths = installed(dirs, n);
	struct buf coverage = { 0 };
	int rc = out ? pack_build(paths, n, out, &f, e) : pack_check(paths, n, &coverage, &f, e);

	for (int i = 0; i < f.n; i++)
		print_fault(&f.list[i]);
	if (f.total > f.n)
		fprintf(stderr, "... and %d more\n", f.total - f.n);
	fputs(buf_str(&coverage), stdout);
	buf_release(&coverage);
	faults_release(&f);
	free_names(paths, n);
	return rc ? e->status : cli_finish(e);
}

static enum status make_new(const char *dir, struct err *e)
{
	if (pack_new(dir, e))
		return e->status;
	printf("%s is a small pack that lies over azure; its comments say what is what.\n"
	       "onus pack check azure %s\nonus pack build azure %s -o my.db\nonus --db my.db\n",
	       dir, dir, dir);
	return cli_finish(e);
}

enum status run_pack(struct cli *cli, struct err *e)
{
	static const struct { const char *word; bool writes; } verbs[] = {
		{ "check", false }, { "build", true }, { "new", false } };
	const char *word = cli->nargs ? cli->args[0] : "", *out = cli->opts.value[OPT_OUTPUT];
	int verb = 0;

	while (verb < ARRAY_LEN(verbs) && strcmp(verbs[verb].word, word))
		verb++;
	if (verb == ARRAY_LEN(verbs))
		err_set(e, STATUS_USAGE, "pack takes check, build or new; see onus help pack");
	else if (cli->nargs < 2)
		err_set(e, STATUS_USAGE, "pack %s needs the folder of a pack", word);
	else if (!verbs[verb].writes && out)
		err_set(e, STATUS_USAGE, "pack %s writes no database; leave out -o", word);
	else if (verbs[verb].writes && !out)
		err_set(e, STATUS_USAGE, "pack build needs -o FILE");
	else if (!strcmp(word, "new") && cli->nargs > 2)
		err_set(e, STATUS_USAGE, "pack new makes one folder");
	else if (!strcmp(word, "new"))
		return make_new(cli->args[1], e);
	else
		return build(cli->args + 1, cli->nargs - 1, out, e);
	return STATUS_USAGE;
}
