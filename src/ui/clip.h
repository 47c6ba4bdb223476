/* clip: texts onto a clipboard.  None can be asked whether it has them, so what is said afterwards is what is
 * known, and no more; a clipboard is never read. */
#ifndef UI_CLIP_H
#define UI_CLIP_H

#include "base/err.h"

struct clip {
	/* One of the names, "off", or a path with a slash; NULL or "auto": the first that works. */
	const char *way;
	/* Send bytes to the terminal between frames; false: it takes none.  NULL: there is none. */
	bool (*send)(const char *bytes, size_t n);
};

/* -1 (STATUS_USAGE) where there is no such way. */
int clip_check(const char *way, struct err *e) MUST_USE;
/* Copy n bytes.  *said: "copied to the tmux buffer".  0, or -1. */
int clip_copy(const struct clip *c, const char *text, size_t n, const char **said, struct err *e) MUST_USE;

#endif
