/* opt: the options of opt.def, read from a command line.  Options may stand anywhere; -- ends them. */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include "base/err.h"

enum opt_id {
#define OPT(id, short_, long_, arg, commands, help) OPT_##id,
#include "base/opt.def"
#undef OPT
	OPT__COUNT
};

struct opt {
	char letter;
	const char *name, *arg;         /* arg: NULL where it takes none */
	const char *commands, *help;
};
extern const struct opt opt_table[OPT__COUNT];

struct opts {
	const char *value[OPT__COUNT];  /* NULL where not given; "" for an option without argument */
	const char **words;             /* what is no option, in order */
	int nwords;
};

/* Read argv[1..].  Values are borrowed from argv.  0, or -1 (STATUS_USAGE). */
int opts_parse(struct opts *o, int argc, char *const argv[], struct err *e) MUST_USE;
/* -1 (STATUS_USAGE) if an option was given that command does not take. */
int opts_allowed(const struct opts *o, const char *command, struct err *e) MUST_USE;
bool opt_takes(const struct opt *opt, const char *command);
void opts_release(struct opts *o);

/* True if word stands among the blank-separated words of list. */
bool word_in(const char *word, const char *list);

#endif
