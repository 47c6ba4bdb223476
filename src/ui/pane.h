/* pane: the short form of a page, beside or below the grid. */
#ifndef UI_PANE_H
#define UI_PANE_H

#include "app/page.h"
#include "ui/canvas.h"

/* h lines from y on, the whole width: a rule with the title, a few duties of each party, counts. */
void pane_below(const struct page *p, struct canvas *c, int y, int h);
/* h lines from y on, from column x to the right edge: a rule, the title, the first lines of the page. */
void pane_right(const struct page *p, const struct lines *lines, struct canvas *c, int x, int y, int h);

#endif
