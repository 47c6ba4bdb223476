/* edit: a text in the user's own editor: $VISUAL, else $EDITOR, else vi, with arguments split at blanks.
 *
 *	struct edit ed = { 0 };
 *	buf_add(&ed.text, old);
 *	if (edit_run(&ed, dir, "note-azure-paas-os", &e) > 0 && !save(buf_str(&ed.text)))
 *		edit_done(&ed);
 *	edit_release(&ed);
 *
 * The text stands in a file of a folder that is the user's alone, which only the user can read.  It goes with
 * edit_done(), or where there is nothing new in it; else it stays, so that no text is lost. */
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include "base/buf.h"
#include "base/err.h"

enum { EDIT_MAX = 1 << 20 };    /* bytes */

struct edit {
	struct buf text;        /* without newlines at its end */
	char *file;             /* where it stands; NULL: nowhere any more */
};

/* Let the user edit the text; name is a part of that of the file.  The terminal is free.  1: it is another
 * one now; 0: it is the same.  -1 (STATUS_FAILED, STATUS_DATA): it is as it was, and where the editor left
 * another one in the file, the sentence says so. */
int edit_run(struct edit *ed, const char *dir, const char *name, struct err *e) MUST_USE;
/* It is safe elsewhere: the file goes. */
void edit_done(struct edit *ed);
void edit_release(struct edit *ed);

#endif
