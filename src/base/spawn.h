/* spawn: other programs, run with their arguments as they are: there is no shell.
 *
 * They begin with the signals as a shell would leave them, and without our files.  A signal that would end
 * us meanwhile goes to them, and comes to us once they have ended.  One at a time. */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include "base/err.h"

/* Run argv, up to its NULL; argv[0] is looked up in PATH.  It reads text, and what it prints is thrown away.
 * What it leaves behind in a process of its own goes on.  0: it ended with status 0, within ms; else -1
 * (STATUS_FAILED), and after that time it is killed with all that it has started. */
int spawn_feed(const char *const argv[], const char *text, size_t n, int ms, struct err *e) MUST_USE;

/* Run argv on our terminal, which is free, until it ends; stopping it stops us.  0: it ended with status 0;
 * else -1 (STATUS_FAILED). */
int spawn_wait(const char *const argv[], struct err *e) MUST_USE;

#endif
