/* picker: a list that is narrowed by typing: the line at the bottom, the rows that are left above it, one of
 * them selected.  The view knows what the rows are: it makes them anew where the picker is stale. */
#ifndef UI_PICKER_H
#define UI_PICKER_H

#include "ui/prompt.h"
#include "ui/ui.h"

struct picker {
	struct prompt line;     /* always open */
	int n;                  /* rows that are left */
	bool stale;             /* what is typed has changed since they were made */
	int sel, top, h;        /* the selected row; the first on the screen; how many fit there */
};

/* A row as it is drawn. */
struct picker_row {
	struct rich name;
	struct buf about, right;        /* behind the name, where there is room; and at the right */
};

/* How a view shows its picker. */
struct picker_look {
	const char *label, *none;       /* before the line; what is said where nothing is left */
	const struct prompt_hint *hints;        /* keys and what they do */
	int nhints;
	void (*row)(const struct view *v, int n, struct picker_row *row);
};

void picker_init(struct picker *p, const char *typed);
void picker_release(struct picker *p);

/* A key for view_ops.key: writes, moves, or leaves the view of the picker, which is gone then.  False for
 * Enter and for the keys that a line leaves alone. */
bool picker_key(struct picker *p, struct ui *ui, int key);
/* Whether a key moves among the rows, which have to be there for it. */
bool picker_moves(int key);
/* Down, up, pages, top, end.  False: no such command. */
bool picker_command(struct picker *p, enum cmd_id cmd);
/* Write another text into the line. */
void picker_write(struct picker *p, const char *text);

/* Divide a screen of height h, once n is known. */
void picker_fit(struct picker *p, int h);
void picker_draw(const struct picker *p, const struct view *v, const struct picker_look *look,
		 struct canvas *c);

/* Choose one of some entries by typing letters of its title, its link or its summary, in a view above the
 * others that is no place in the history.  Whoever takes one gets its link by chosen(), when the view is
 * closed; who leaves with Esc gets nothing.  choices are copied; ctx is borrowed until then. */
int ui_pick(struct ui *ui, const char *title, const struct refs *choices,
	    void (*chosen)(struct ui *ui, const char *link, void *ctx), void *ctx, struct err *e) MUST_USE;

#endif
