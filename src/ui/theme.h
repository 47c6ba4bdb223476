/* theme: how faces look.  Tables; a terminal turns them into its own colours. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "text/face.h"

enum paint_attr { PAINT_BOLD = 1, PAINT_UNDERLINE = 2, PAINT_REVERSE = 4 };

/* Colours are indexes: 16 to 255 of the fixed palette, or 0 to 7; -1 the terminal's own.  Either both
 * are the terminal's or both are ours: one without the other is unreadable somewhere. */
struct paint {
	short fg, bg;
	unsigned attr;
};

struct theme {
	const char *name;
	bool mono;              /* no colour says anything: patterns do */
	struct paint paint[FACE__COUNT];
};

/* The theme for a terminal of so many colours; mono where there are less than 8 or colour is not wanted. */
const struct theme *theme_for(int colours, bool colour);

/* Escape sequences that put a stream into a face: for `text` on a terminal, of 256 colours and of 8. */
void theme_paint_256(FILE *out, enum face face);
void theme_paint_8(FILE *out, enum face face);
void theme_paint_mono(FILE *out, enum face face);

#endif
