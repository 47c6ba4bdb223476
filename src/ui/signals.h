/* signals: while the terminal is ours, signals go into a pipe, from which it takes them as events; a crash
 * puts the terminal back by itself. */
#ifndef UI_SIGNALS_H
#define UI_SIGNALS_H

#include "base/err.h"

/* Keys come from in, frames go to out, a terminal whose settings are as they shall be again. */
int signals_open(int in, int out, struct err *e) MUST_USE;
void signals_close(void);

/* What poll() may wait for. */
int signals_fd(void);
/* Whether there is one; whether one came that ends the program. */
bool signals_waiting(void);
bool signals_ending(void);
/* The next one, or 0. */
int signals_next(void);
/* Whether whoever started us lets us stop; then do so, as the default of SIGTSTP does. */
bool signals_may_stop(void);
void signals_stop(void);

#endif
