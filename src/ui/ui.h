/* ui: the stack of views, what a key does, and the lines that all views share.  No terminal: ui_loop()
 * alone talks to term.h; a test calls ui_key() and ui_draw() itself. */
#ifndef UI_UI_H
#define UI_UI_H

#include "app/cmd.h"
#include "app/format.h"
#include "app/own.h"
#include "ui/canvas.h"
#include "ui/clip.h"

struct page;
struct prompt;
struct ui;
struct view;

/* What a view can do: one file a view, which ends with its struct. */
struct view_ops {
	const char *name;
	enum cmd_where where;
	/* Open the view of a link.  NULL and *e. */
	struct view *(*open)(struct ui *ui, const char *link, struct err *e);
	void (*close)(struct view *v);
	/* After a command or a resize: divide the screen, scroll, read what shows.  -1 and *e. */
	int (*fit)(struct view *v, int w, int h, struct err *e);
	void (*draw)(const struct view *v, struct canvas *c);
	/* A key before it is looked up as a command: true where the view wants it, as while a line is typed.
	 * NULL: never. */
	bool (*key)(struct view *v, int key);
	/* The line that is open: a paste goes there, and to no other place.  NULL: the view has none. */
	const struct prompt *(*line)(const struct view *v);
	/* Do a command; count 0 where none was typed.  False: not mine. */
	bool (*command)(struct view *v, enum cmd_id cmd, int count, int key);
	/* Without a screen: what is to be read here, a sentence a line; */
	void (*tell)(const struct view *v, struct buf *text);
	/* the n-th choice, from 0, as a line of text; false where there is none; */
	bool (*item)(const struct view *v, int n, struct buf *text);
	/* and taking it, as Enter does; words: what was typed behind its number, or "". */
	void (*choose)(struct view *v, int n, const char *words);
	/* The selection as one sentence. */
	void (*say)(const struct view *v, struct buf *text);
	/* Go to the part of that name ("examples"); NULL where the view has no parts. */
	void (*section)(struct view *v, const char *name);
	/* What it is printed as, and printing it; NULL where there is nothing to print. */
	enum format_use use;
	int (*print)(const struct view *v, const struct format *f, struct sink *s, struct err *e);
	/* The exact link of the selection, or nothing where it has none; NULL: that of the view. */
	void (*selected)(const struct view *v, struct buf *link);
	/* The selection as a number, to come back to it. */
	int64_t (*mark)(const struct view *v);
	void (*seek)(struct view *v, int64_t mark);
};

/* A view begins with this. */
struct view {
	const struct view_ops *ops;
	struct ui *ui;
	char *link;             /* what it shows; "" for help */
	char *title;            /* its part of the path in the first line */
	enum format_use use;    /* that of ops, unless open() knows better */
};

extern const struct view_ops view_grid, view_compare, view_stack, view_page, view_help, view_list,
	view_search, view_pick, view_palette;

struct place_was;       /* a place to come back to (ui/place.h) */

enum { UI_SAID = 20 };

/* The terminal, to be left to another program and taken back. */
struct ui_term {
	void (*leave)(void);
	void (*back)(void);
};

struct ui {
	struct kb *kb;          /* borrowed */
	struct own *own;        /* likewise; NULL: nothing of the user's */
	struct view **stack;
	int depth, cap;
	struct place_was *past; /* where we were; at `now` of them stands the present */
	int npast, past_cap, now, other;
	int w, h;
	char *said[UI_SAID];    /* the lines taken in the palette, the last ones of this session */
	int nsaid;
	char *compared;         /* what is to be compared with what is chosen */
	char *services;         /* the link of your stack; NULL: it has no service yet */
	struct ask *ask;        /* a line that is asked for (ask.h), or NULL */
	char message[256];      /* in place of the sentence, until the next key */
	int pending[CMD_KEYS_MAX], npending;
	int count;
	bool asked_to_quit, redraw, suspend;
	bool done;
	int status;             /* of the program, once done */
	struct clip clip;
	const struct ui_term *term;     /* NULL: there is none */
};

void ui_init(struct ui *ui, struct kb *kb);
void ui_release(struct ui *ui);

/* Open a view above the others. */
int ui_push(struct ui *ui, const struct view_ops *ops, const char *link, struct err *e) MUST_USE;
/* The same with one that is there already, and that is the stack's from here on. */
int ui_push_view(struct ui *ui, struct view *v, struct err *e) MUST_USE;
/* The views with which a link (NULL in it: none) is shown: the grid at its place, and above it its page, at
 * its section, with its notice as a message. */
int ui_start(struct ui *ui, const struct kb_link *to, struct err *e) MUST_USE;
/* Open the page of a link, perhaps with a #section, from within a view, and remember where we were;
 * errors are a message. */
void ui_open(struct ui *ui, const char *link);
/* Whether a link is that of a list, and not of a page. */
bool ui_is_list(const char *link);
/* Go to a place, and remember where we were. */
void ui_go_place(struct ui *ui, const struct place_was *p);
/* Remember the views below the topmost one as a place before it, which it covered without a trace. */
void ui_keep_below(struct ui *ui);
/* Open a page that is topmost anew, at a section (or NULL: where it was). */
void ui_reload(struct ui *ui, const char *section);
void ui_close_view(struct ui *ui);
/* Open a link in the place of the topmost view, which is remembered. */
void ui_open_instead(struct ui *ui, const char *link);
/* Leave all views but the lowest one. */
void ui_to_root(struct ui *ui);
/* Leave all views and show the grid of another matrix. */
void ui_change_matrix(struct ui *ui, const char *slug);
/* Close the topmost view without a trace in the history. */
void ui_drop(struct ui *ui);

/* Your stack: add the service of a link; choose one to add; show it. */
void ui_add_service(struct ui *ui, const char *link);
void ui_pick_service(struct ui *ui);
void ui_show_services(struct ui *ui);

/* In the grid below all views, show the cells that a page is about, and the others faintly; a message where
 * it is about none. */
void ui_show_cells(struct ui *ui, const struct page *p);

/* Choose what to compare an entry with: another one of its kind, a matrix, a model or a service. */
void ui_compare(struct ui *ui, const char *link, enum kind kind);

void ui_message(struct ui *ui, const char *fmt, ...) PRINTF(2, 3);
void ui_key(struct ui *ui, int key);
/* A character of a paste: written where a line is open, else nothing; it is never a command. */
void ui_paste(struct ui *ui, int cp);
/* Do a command as if its key had been typed. */
void ui_command(struct ui *ui, enum cmd_id cmd, int count, int key);
/* What a command does in a view that does not do it itself (common.c). */
void common_command(struct ui *ui, enum cmd_id cmd, int key);
/* Go to a place of the history. */
void ui_go_to(struct ui *ui, int place);
/* Fit and draw the topmost view to the size of the canvas. */
void ui_draw(struct ui *ui, struct canvas *c);

/* Run on the terminal until the user leaves; the value is the status of the program, or 128 + signal. */
int ui_loop(struct ui *ui);

/* ---- for views ---- */

struct view *ui_top(const struct ui *ui);
/* The line behind the last one that a view has for itself. */
int ui_body(int h);
/* The path of views in the first line, and right behind it. */
void ui_draw_path(const struct ui *ui, struct canvas *c, int y, const char *right);
/* The line of hints and the sentence. */
void ui_draw_status(const struct ui *ui, struct canvas *c);
/* Fill in the common part of a view. */
void view_init(struct view *v, const struct view_ops *ops, struct ui *ui, const char *link,
	       const char *title);
void view_release(struct view *v);
/* The choices of a view as its `tell` has them: each with its number and a line of its own, which ends with
 * end. */
void view_tell_items(const struct view *v, const char *end, struct buf *text);

#endif
