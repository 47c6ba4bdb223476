#include "config.h"
#include "base/opt.h"

#include <getopt.h>

#include "base/alloc.h"

const struct opt opt_table[OPT__COUNT] = {
#define OPT(id, short_, long_, arg, commands, help) { short_, long_, arg, commands, help },
#include "base/opt.def"
#undef OPT
};

bool word_in(const char *word, const char *list)
{
	size_t n = strlen(word);

	for (const char *at = list; n && !strchr(word, ' ') && (at = strstr(at, word)); at += n)
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

bool opt_takes(const struct opt *opt, const char *command)
{
	return !*opt->commands || word_in(command, opt->commands);
}

static void tables(struct option *longs, char *shorts)
{
	*shorts++ = ':';
	for (int i = 0; i < OPT__COUNT; i++) {
		const struct opt *o = &opt_table[i];
		longs[i] = (struct option){ o->name, o->arg ? required_argument : no_argument, NULL,
					    o->letter };
		*shorts++ = o->letter;
		if (o->arg)
			*shorts++ = ':';
	}
	*shorts = '\0';
}

static bool is_option(int letter)
{
	for (int i = 0; i < OPT__COUNT; i++)
		if (letter && opt_table[i].letter == letter)
			return true;
	return false;
}

static int refuse(int c, const char *arg, struct err *e)
{
	if (c == '?' && is_option(optopt))
		return err_set(e, STATUS_USAGE, "option %.*s takes no argument; see onus --help",
		               (int)strcspn(arg, "="), arg);
	if (c == ':')
		return err_set(e, STATUS_USAGE, "option %s needs an argument; see onus --help", arg);
	return err_set(e, STATUS_USAGE, "unknown option %s; see onus --help", arg);
}

/* Whether a word is the long form of an option: then it is what was wrong, and else a letter somewhere. */
static bool is_long(const char *word, int letter)
{
	for (int i = 0; i < OPT__COUNT && !strncmp(word, "--", 2); i++)
		if (opt_table[i].letter == letter &&
		    !strncmp(word + 2, opt_table[i].name, strcspn(word + 2, "=")))
			return true;
	return false;
}

int opts_parse(struct opts *o, int argc, char *const argv[], struct err *e)
{
	struct option longs[OPT__COUNT + 1] = { 0 };
	char shorts[2 * OPT__COUNT + 2], letter[3] = "-?";

	*o = (struct opts){ .words = xcalloc((size_t)argc + 1, sizeof *o->words) };
	tables(longs, shorts);
	opterr = 0;
	optind = 0;                     /* GNU: start over, also in a second call */
	for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
		letter[1] = (char)optopt;
		if (c == '?' || c == ':')
			return refuse(c,
				      optopt && !is_long(argv[optind - 1], optopt) ? letter
										   : argv[optind - 1],
				      e);
		for (int i = 0; i < OPT__COUNT; i++)
			if (opt_table[i].letter == c)
				o->value[i] = optarg ? optarg : "";
	}
	while (optind < argc)
		o->words[o->nwords++] = argv[optind++];
	return 0;
}

int opts_allowed(const struct opts *o, const char *command, struct err *e)
{
	for (int i = 0; i < OPT__COUNT; i++)
		if (o->value[i] && !opt_takes(&opt_table[i], command))
			return err_set(e, STATUS_USAGE, "option --%s does not go with %s; it goes with %s",
			               opt_table[i].name, command, opt_table[i].commands);
	return 0;
}

void opts_release(struct opts *o)
{
	free(o->words);
	*o = (struct opts){ 0 };
}
