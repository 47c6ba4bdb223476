/* prompt: a line that is typed, at the bottom of the screen. */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "ui/canvas.h"

struct prompt {
	struct buf text;
	size_t most;            /* bytes; 0: as many as one searches for */
	size_t at;              /* byte of the cursor */
	bool open;              /* keys go to it */
	bool full;              /* there was no room for the last character */
};

/* Write, delete, move the cursor.  False: the key is none of these. */
bool prompt_key(struct prompt *p, int key);
/* Whether a key is not for an open line but for the list that it narrows: up and down, and ^C, ^L, ^Z. */
bool prompt_leaves(int key);
void prompt_clear(struct prompt *p);
void prompt_release(struct prompt *p);
/* Put a text into it, the cursor behind it. */
void prompt_set(struct prompt *p, const char *text);
/* In line y over the whole width, behind a label, with what stands at the right; an open one has the
 * terminal's cursor. */
void prompt_draw(const struct prompt *p, struct canvas *c, int y, const char *label, const char *right);
/* What keys do meanwhile, as letters are no commands: n hints over line y. */
struct prompt_hint {
	const char *key, *word;
};
void prompt_hints(struct canvas *c, int y, const struct prompt_hint *hint, int n);

#endif
