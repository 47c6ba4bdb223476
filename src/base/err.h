/* err: what went wrong, as one sentence and the exit status it leads to.
 *
 * A function that can fail returns -1 (or NULL) and fills its last parameter, struct err *, which is
 * untouched on success.  The sentence says what, where and what to do; it has no program name, no
 * full stop at its end and no newline.  It may hold bytes of the outside: whoever prints it cleans it.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/base.h"

/* Exit status of the program, as the manual lists them. */
enum status {
	STATUS_OK = 0,
	STATUS_FAILED = 1,      /* failed, or differs, or a gate is shut */
	STATUS_USAGE = 2,
	STATUS_LINK = 3,        /* no such link */
	STATUS_CONTENT = 4,     /* content database missing, damaged, foreign or too new */
	STATUS_TERMINAL = 5,    /* needs a terminal */
	STATUS_DATA = 6,        /* the user's own data or an output cannot be read or written */
	STATUS_PACK = 7         /* a pack is rejected */
};

struct err {
	enum status status;
	char msg[1024];         /* no allocation: it can report that there is no memory */
};

/* Fill *e; a sentence that is too long is cut.  Always -1. */
int err_set(struct err *e, enum status status, const char *fmt, ...) PRINTF(3, 4);
/* Put "what: " before the sentence.  Always -1. */
int err_prefix(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* The end: hook (if any) puts the terminal back, then "onus: sentence" and exit.  Only at start and
 * when there is no memory. */
void die(enum status status, const char *fmt, ...) PRINTF(2, 3) NORETURN;
extern void (*die_hook)(void);

#endif
