/* outlet: what goes to the terminal, a frame at a time.
 *
 * ncurses 6.4 calls write() at every movement of the cursor.  Between outlet_begin() and outlet_end()
 * what it writes to the terminal waits here and goes out at once; everything else passes straight
 * through, and so does all in a crash. */
#ifndef UI_OUTLET_H
#define UI_OUTLET_H

#include "base/base.h"

void outlet_open(int fd);
void outlet_begin(void);
void outlet_end(void);
/* Send bytes of our own, between frames. */
void outlet_send(const char *s, size_t n);
/* From a signal handler: the end is near, so do not wait for a terminal that takes nothing. */
void outlet_hurry(void);
/* Whether the terminal has stopped to take anything. */
bool outlet_lost(void);

#endif
