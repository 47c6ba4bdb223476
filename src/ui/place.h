/* place: where one is in the explorer, as the whole stack of views: in the history, and as text that is kept
 * under a letter (a mark) or as the last place.
 *
 * The text has a line a view: its name, what is selected in it as a number, its link.  It may be of anybody:
 * what is no such line is refused, and a link that leads nowhere ends in a message. */
#ifndef UI_PLACE_H
#define UI_PLACE_H

#include "ui/ui.h"

struct visit {
	const struct view_ops *ops;
	char *link;
	int64_t mark;
};
struct place_was {
	struct visit *visit;
	int n;
};

struct place_was place_here(const struct ui *ui);
void place_release(struct place_was *p);
void place_text(const struct place_was *p, struct buf *out);
/* 0, or -1 and *p is empty. */
int place_parse(struct place_was *p, const char *text, struct err *e) MUST_USE;
/* Make the stack what a place says, as far as its links go; the views that are there already stay. */
void place_restore(struct ui *ui, const struct place_was *p);

#endif
