/* out: what a view shows, taken out of the explorer: written to a file, or copied. */
#ifndef UI_OUT_H
#define UI_OUT_H

#include "app/cmd.h"
#include "base/err.h"

struct ui;

/* The exact link of what is selected, or of the page; nothing where there is none. */
void out_selected(struct ui *ui, struct buf *link);
/* Copy what is selected, or the page, as its text, its link or Markdown, as the command says. */
void out_copy(struct ui *ui, enum cmd_id cmd);
/* Copy what the topmost view shows, as text. */
void out_copy_view(struct ui *ui);
/* Ask where to write what the topmost view shows, and write it there; all that goes wrong is a message. */
void out_ask(struct ui *ui);
/* Write it to a file, whole or not at all, as what the end of its name says.  With replace, over a file that
 * is there already; else that is 1, and nothing is written.  0, or -1. */
int out_write(struct ui *ui, const char *file, bool replace, struct err *e) MUST_USE;

#endif
