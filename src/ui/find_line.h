/* find_line: what a find of the search looks like: its title, and behind it its summary, or that part of its
 * text in which the words are. */
#ifndef UI_FIND_LINE_H
#define UI_FIND_LINE_H

#include "text/lines.h"
#include "ui/ui.h"

/* Append it as text.  0, or -1. */
int find_describe(struct ui *ui, const struct words *words, const struct find *find, struct buf *out,
                  struct err *e) MUST_USE;
/* The same as a line of so many columns, the words marked; one that is made already stays.  Free its text and
 * span. */
int find_line(struct ui *ui, const struct words *words, const struct find *find, int columns,
              struct line *line, struct err *e) MUST_USE;

#endif
