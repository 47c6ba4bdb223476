/* theme: how faces look.  Tables; a terminal turns them into its own colours. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "text/face.h"

enum paint_attr { PAINT_BOLD = 1, PAINT_UNDERLINE = 2, PAINT_REVERSE = 4 };

/* Colours are indexes: 16 to 255 of the fixed palette (never 0 to 15 there: those are the user's), or 0
 * to 7 on a terminal that has no more; -1 the terminal's own.  Either both are the terminal's or both are
 * ours: one without the other is unreadable somewhere. */
struct paint {
	short fg, bg;
	unsigned attr;
};

struct theme {
	const char *name;
	const char *help;
	struct paint few[FACE__COUNT];          /* on a terminal of 8 or 16 colours */
	struct paint many[FACE__COUNT];         /* of 256 and more */
};

extern const struct theme theme_table[];
extern const int theme_count;

/* The theme of a name, or NULL. */
const struct theme *theme_of(const char *name);
/* Its paints on a terminal of so many colours: with less than 8 those of mono. */
const struct paint *theme_paints(const struct theme *t, int colours);
/* An index of the fixed palette as 0xRRGGBB, for terminals that take colours directly. */
int theme_rgb(int index);

/* Write the escape sequence that puts a stream into a face; paints as theme_paints() gives them. */
void theme_write(FILE *out, const void *paints, enum face face);

#endif
