/* term: the terminal: shows canvases, gives events.  term_curses.c is the one for people, and the only
 * place for curses.h; tests drive the views without one.
 *
 * From term_open() to term_close() the terminal is ours: a signal, a crash or die() puts it back. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/theme.h"

enum event_type {
	EVENT_NONE,             /* nothing waits */
	EVENT_KEY,
	EVENT_PASTE,            /* a character of a paste, which is no key */
	EVENT_RESIZE,
	EVENT_RESUME,           /* after a stop: everything has to be drawn */
	EVENT_SIGNAL,           /* SIGTERM, SIGINT, SIGQUIT: leave with it */
	EVENT_LOST              /* the terminal is gone */
};

struct event {
	enum event_type type;
	int key;                /* enum key, or a code point; of a paste a code point */
	int signal;
};

/* Take the terminal, with a theme, or mono where the user wants no colour.  -1 (STATUS_TERMINAL) where it
 * cannot be used. */
int term_open(const struct theme *theme, bool colour, struct err *e) MUST_USE;
void term_close(void);
void term_size(int *w, int *h);
/* Show a canvas; shown is the one before it, or NULL where there is none; redraw: send everything, not only
 * what changed. */
void term_show(const struct canvas *c, const struct canvas *shown, bool redraw);
/* The next event; without wait EVENT_NONE where none is there. */
struct event term_next(bool wait);
/* Send bytes that draw nothing, between frames; false where this terminal might show them. */
bool term_send(const char *bytes, size_t n);
/* Leave the terminal to another program, and take it back. */
void term_leave(void);
void term_back(void);
/* Stop like any program on Ctrl-z, and come back when the shell says so. */
void term_suspend(void);

#endif
