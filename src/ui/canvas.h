/* canvas: the screen as cells of characters and faces.  Views draw here, a terminal or a test shows it.
 *
 * Drawing outside is cut, never an error.  A wide character that would be cut in half is a blank. */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include "base/buf.h"
#include "text/lines.h"

struct glyph {
	uint32_t ch[3];         /* a character and what combines with it; 0 ends */
	uint16_t face;
	int16_t columns;        /* 1, 2, or 0: the right half of a wide character */
};

struct canvas {
	int w, h;
	struct glyph *cell;     /* h rows of w */
	int cursor_x, cursor_y; /* where the terminal's cursor stands: on the selection */
	bool ascii;             /* draw in ASCII */
};

extern const struct glyph canvas_blank;

void canvas_init(struct canvas *c, int w, int h);       /* blank; w and h may be 0 */
void canvas_release(struct canvas *c);
void canvas_resize(struct canvas *c, int w, int h);
void canvas_clear(struct canvas *c);

/* Draw s from x on, in at most w columns; the value is the columns used.  A text that is longer ends in
 * a ~. */
int canvas_text(struct canvas *c, int y, int x, int w, enum face face, const char *s);
/* n bytes of s, cut without a ~. */
int canvas_run(struct canvas *c, int y, int x, int w, enum face face, const char *s, size_t n);
/* A line with its faces; the value is the columns used. */
int canvas_line(struct canvas *c, int y, int x, int w, const struct line *line);
/* Blanks, or the same character w times. */
void canvas_fill(struct canvas *c, int y, int x, int w, enum face face, uint32_t ch);
void canvas_face(struct canvas *c, int y, int x, int w, enum face face);
void canvas_cursor(struct canvas *c, int y, int x);

/* The text of a row, all its columns. */
void canvas_row(const struct canvas *c, int y, struct buf *out);

enum { LINE_ACROSS = 0x2500, LINE_DOWN = 0x2502 };

#endif
