/* mark: places that the user keeps: under a letter, and the last one.  What goes wrong is a message. */
#ifndef UI_MARK_H
#define UI_MARK_H

#include "ui/ui.h"

#define MARKS_LINK "mark/"      /* and a letter: a row of the list of marks */

/* Keep the place under a letter; go to what is kept under one. */
void ui_mark(struct ui *ui, int letter);
void ui_go_mark(struct ui *ui, int letter);
/* Show the list of them. */
void ui_list_marks(struct ui *ui);
/* The marks by their letters, each with a link as above.  0, or -1. */
int ui_marks(struct ui *ui, struct refs *refs, struct err *e) MUST_USE;

/* Keep the last place, where something of the user's is kept at all; waits for nobody. */
void ui_keep_last(struct ui *ui);
/* Go to it, in a ui without views: whether there are some now.  close: what one types to close a view. */
bool ui_come_back(struct ui *ui, const char *close);

#endif
