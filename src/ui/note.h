/* note: the user's own words on what is selected, written in the editor and kept in the user's database. */
#ifndef UI_NOTE_H
#define UI_NOTE_H

struct ui;

/* Edit the note of the selection of the topmost view, or of its page.  What comes of it is a message; a text
 * that could not be kept stays in a file, which it names. */
void note_edit(struct ui *ui);

#endif
