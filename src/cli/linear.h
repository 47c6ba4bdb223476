/* linear: the explorer as a conversation: sentences out, lines in. */
#ifndef CLI_LINEAR_H
#define CLI_LINEAR_H

#include "cli/cli.h"

struct ui;

/* From the topmost view of ui, which has been started, until the user quits or standard input ends.  The
 * value is the status of the program; write errors are standard output's. */
int linear_run(struct ui *ui);

#endif
