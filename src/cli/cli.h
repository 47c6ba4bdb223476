/* cli: the program without a screen: one file a command.  A command gives the exit status; what goes
 * wrong is a sentence in *e. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/format.h"
#include "app/own.h"
#include "base/opt.h"
#include "base/path.h"
#include "ui/theme.h"

struct cli {
	struct opts opts;
	const char **args;      /* behind the command */
	int nargs;
	struct path_out out;    /* what -o names, from cli_sink() to cli_end() */
};

struct sub {
	const char *word, *arguments, *help;
	enum status (*run)(struct cli *cli, struct err *e);
};
enum sub_id {
#define SUB(id, word, arguments, run, help) SUB_##id,
#include "cli/sub.def"
#undef SUB
	SUB__COUNT
};
extern const struct sub sub_table[SUB__COUNT];

#define SUB(id, word, arguments, run, help) enum status run(struct cli *cli, struct err *e);
#include "cli/sub.def"
#undef SUB

/* Without a command: the explorer, or where stdout is no terminal what `grid` or `show` prints. */
enum status run_explore(struct cli *cli, struct err *e);

/* ---- for the commands ---- */

/* The database that --db, ONUS_DB or the installation names. */
int cli_open(struct cli *cli, struct kb **kb, struct err *e) MUST_USE;
/* -1 (STATUS_LINK) if -m names a matrix that is not there. */
int cli_matrix(struct cli *cli, struct kb *kb, struct err *e) MUST_USE;
/* The exact link of what an argument means (kb_resolve(); "stack/@web" too), in the matrix of -m where it
 * names none.  The caller releases *to, also after -1 (STATUS_LINK). */
int cli_link(struct cli *cli, struct kb *kb, const char *text, struct kb_link *to, struct err *e) MUST_USE;
/* The same; what there is to say of an old name goes to standard error. */
int cli_resolve(struct cli *cli, struct kb *kb, const char *text, struct kb_link *to, struct err *e) MUST_USE;
/* Keep those cells of a table that --only names.  0, or -1 (STATUS_LINK). */
int cli_only(struct cli *cli, struct table *t, struct err *e) MUST_USE;
/* Standard output, or the file that -o names, as a sink (of no content where kb is NULL), and the format that
 * -f names (or standard where it is not given), which must be able to do what is asked.  NULL and *e
 * (STATUS_USAGE; STATUS_DATA for the file).  cli_end() has to follow in any case. */
const struct format *cli_sink(struct cli *cli, struct kb *kb, enum format_use use, const char *standard,
                              struct sink *s, struct err *e) MUST_USE;
/* The theme that --theme names.  NULL and *e (STATUS_USAGE). */
const struct theme *cli_theme(struct cli *cli, struct err *e) MUST_USE;
/* A line on standard error, cleaned, and in ASCII where the locale is not UTF-8. */
void cli_warn(const char *line);
/* Of the user's own database: what it has to tell is told there, and it is closed. */
void cli_own_end(struct own *own);
/* "onus: sentence" there. */
void cli_complain(const struct err *e);
/* Whether everything that was printed got out: STATUS_OK, or STATUS_DATA and *e. */
enum status cli_finish(struct err *e);
/* The end of what was printed to a sink: where rc is 0 the same, and the file of -o is in its place; else
 * that file is gone, and the status is that of *e. */
enum status cli_end(struct cli *cli, int rc, struct err *e);
/* Whether to use colour on this stream: --color, NO_COLOR, a terminal.  -1 (STATUS_USAGE) for a bad word. */
int cli_colour(struct cli *cli, FILE *out, bool *colour, struct err *e) MUST_USE;

/* The help of the program, or of one of its commands. */
void help_program(FILE *out);
void help_command(FILE *out, const struct sub *sub);
const struct sub *sub_of(const char *word);

#endif
