#include "config.h"
#include "cli/cli.h"

#include "app/cmd.h"

static void options(FILE *out, const char *command)
{
	fputs("\nOptions:\n", out);
	for (int i = 0; i < OPT__COUNT; i++) {
		const struct opt *o = &opt_table[i];
		char name[64];
		if (command && !opt_takes(o, command))
			continue;
		snprintf(name, sizeof name, "-%c, --%s%s%s", o->letter, o->name, o->arg ? " " : "",
			 o->arg ? o->arg : "");
		fprintf(out, "  %-24s %s\n", name, o->help);
	}
}

void help_program(FILE *out)
{
	fputs("usage: onus [OPTION...] [LINK]\n"
	      "       onus [OPTION...] COMMAND [ARGUMENT...]\n"
	      "Explore the Azure shared responsibility model: who is responsible for what.\n\n"
	      "Commands:\n", out);
	for (int i = 0; i < SUB__COUNT; i++) {
		char name[64];
		snprintf(name, sizeof name, "%s %s", sub_table[i].word, sub_table[i].arguments);
		fprintf(out, "  %-24s %s\n", name, sub_table[i].help);
	}
	options(out, NULL);
	fputs("\nA LINK is the address of anything: iaas/os (a cell), paas (a model), layer/network,\n"
	      "example/microsoft-teams. The manual is onus(1).\n", out);
}

static const char *formats_of(const struct sub *sub, char **names)
{
	static const struct {
		enum status (*run)(struct cli *cli, struct err *e);
		enum format_use use;
	} uses[] = { { run_grid, FORMAT_GRID }, { run_show, FORMAT_PAGE }, { run_search, FORMAT_HITS },
		     { run_diff, FORMAT_DIFF }, { run_stack, FORMAT_GRID },
		     { run_note, FORMAT_NOTES } };

	*names = NULL;
	for (int i = 0; i < ARRAY_LEN(uses); i++)
		if (uses[i].run == sub->run)
			*names = format_names(uses[i].use);
	return *names;
}

void help_command(FILE *out, const struct sub *sub)
{
	char *names;

	fprintf(out, "usage: onus %s [OPTION...]%s%s\n%s.\n", sub->word, *sub->arguments ? " " : "",
	        sub->arguments, sub->help);
	options(out, sub->word);
	if (formats_of(sub, &names))
		fprintf(out, "\nFormats: %s\n", names);
	free(names);
}

static void keys_of(FILE *out, const struct cmd_group *g)
{
	fprintf(out, "%s:\n", g->heading);
	for (int i = 0; i < CMD__COUNT; i++) {
		struct buf b = { 0 };
		if (!cmd_in_group((enum cmd_id)i, g))
			continue;
		cmd_all_keys(&b, (enum cmd_id)i);
		fprintf(out, "  %-29s %s\n", buf_str(&b), cmd_table[i].help);
		buf_release(&b);
	}
}

static void help_keys(FILE *out)
{
	for (int i = 0; i < cmd_ngroups; i++)
		keys_of(out, &cmd_group[i]);
}

enum status run_help(struct cli *cli, struct err *e)
{
	const char *topic = cli->nargs ? cli->args[0] : NULL;
	const struct sub *sub = topic ? sub_of(topic) : NULL;

	if (cli->nargs > 1)
		return err_set(e, STATUS_USAGE, "help takes one word; see onus help"), STATUS_USAGE;
	if (!topic)
		help_program(stdout);
	else if (sub)
		help_command(stdout, sub);
	else if (!strcmp(topic, "keys"))
		help_keys(stdout);
	else
		return err_set(e, STATUS_USAGE,
			       "there is no help on %s; onus help lists the commands, onus help keys "
			       "the keys",
			       topic),
		       STATUS_USAGE;
	return cli_finish(e);
}
