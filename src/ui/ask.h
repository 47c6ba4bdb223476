/* ask: a line that is asked for, at the bottom of the screen, over whatever view is there.  What was typed
 * stays until it is taken or Esc leaves it. */
#ifndef UI_ASK_H
#define UI_ASK_H

#include "ui/canvas.h"

struct ui;

/* What becomes of an answer; whoever does not take it leaves a message that says why. */
enum asked {
	ASK_TAKEN,              /* the line is gone */
	ASK_AGAIN,              /* it stays, to be written better */
	ASK_SURE                /* it stays; the same answer once more comes with sure */
};
typedef enum asked ask_answer(struct ui *ui, const char *text, bool sure);

/* Ask for a line, with a label before it ("Write to: ") and a text in it, which is copied. */
void ui_ask(struct ui *ui, const char *label, const char *text, ask_answer *answer);

/* Without a screen: what is asked for, and an answer. */
void ask_tell(const struct ui *ui, struct buf *text);
void ask_take(struct ui *ui, const char *answer);

/* ---- for ui ---- */

/* A key while a line is asked for; false: it is for the view below. */
bool ask_key(struct ui *ui, int key);
void ask_draw(const struct ui *ui, struct canvas *c);
/* Leave it; where nothing is asked for, nothing happens. */
void ask_close(struct ui *ui);

#endif
