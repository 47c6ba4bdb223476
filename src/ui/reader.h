/* reader: lines with stops that are read with a cursor: what a page and the help have in common. */
#ifndef UI_READER_H
#define UI_READER_H

#include "app/cmd.h"
#include "ui/canvas.h"

struct reader {
	struct lines lines;
	int sel, top;           /* the stop at the cursor, the first line on the screen */
	int y, h;               /* where it stands on the screen */
	int w;                  /* for which the lines were made */
};

enum { READER_MEASURE = 74 };   /* columns, at most, however wide the screen */

/* Place it; true if the width has changed, and the lines (which are dropped) have to be made anew, for
 * reader_width() columns, before reader_scroll(). */
bool reader_fit(struct reader *r, int w, int y, int h);
int reader_width(const struct reader *r);
void reader_release(struct reader *r);

/* Keep the selection on the screen. */
void reader_scroll(struct reader *r);
/* Down, up, pages, top, end.  False: no such command. */
bool reader_command(struct reader *r, enum cmd_id cmd);
/* To the first stop at or below a line, which comes to the top. */
void reader_go(struct reader *r, int line);
/* To the stop of a number, whatever number it is. */
void reader_seek(struct reader *r, int64_t stop);
/* The selected stop, or NULL. */
const struct stop *reader_stop(const struct reader *r);

void reader_draw(const struct reader *r, struct canvas *c);
/* "40%", or nothing where all shows. */
void reader_where(const struct reader *r, struct buf *out);

#endif
