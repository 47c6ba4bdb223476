/* legend: the key to the colours: the holders of a table with their counts, each in its face. */
#ifndef UI_LEGEND_H
#define UI_LEGEND_H

#include "app/table.h"
#include "ui/canvas.h"

/* At the right of line y, of which `used` columns are taken at the left; nothing where there is no room. */
void legend_draw(const struct table *t, struct canvas *c, int y, int used);
/* w columns as a shared cell is drawn: the left half in the customer's face, the right in Microsoft's. */
void legend_halve(struct canvas *c, int y, int x, int w);

#endif
