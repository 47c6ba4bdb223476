/* own: what the program has of the user, on pages, in what is found, and under a name.
 *
 * The store is opened when something of it is first asked for, and to write when something is first written;
 * where there is no file, to ask is one look at its name.  A NULL struct own has nothing, and keeps nothing.
 * Texts that come out are cleaned. */
#ifndef APP_OWN_H
#define APP_OWN_H

#include "app/page.h"
#include "store/store.h"

struct own {
	struct store *store;
	enum store_how how;     /* it is open */
	bool failed;            /* it could not be read, and that was said: once is enough */
	bool told;              /* its notice, likewise */
};

/* The store to read; *s is NULL where there is none.  -1 and *e the first time that it cannot be read. */
int own_read(struct own *o, struct store **s, struct err *e) MUST_USE;
/* The store to write, made where there is none (STORE_WRITE), or where there is one (STORE_HURRY). */
int own_write(struct own *o, enum store_how how, struct store **s, struct err *e) MUST_USE;
/* Close it: before a fork, and at the end.  It opens again by itself. */
void own_close(struct own *o);
/* What the store has to tell (store_notice()), once; or NULL.  Borrowed. */
const char *own_notice(struct own *o);

/* The note of a link as the first section of its page, "note": 1; 0 where there is none. */
int page_add_note(struct page *p, struct own *o, struct err *e) MUST_USE;
/* Append that part of a text of several lines, as one, in which words stand. */
void own_excerpt(const struct words *words, const char *text, struct buf *out);
/* Append the text of the note of a link: 1, 0, -1. */
int own_note(struct own *o, const char *link, struct buf *out, struct err *e) MUST_USE;
/* The same as it was written, which is not for a terminal, with its revision: store_note(). */
int own_raw_note(struct own *o, const char *link, struct buf *text, int64_t *rev, struct err *e) MUST_USE;

/* Put the notes that have all words before what else was found: as hits; as finds, behind those that have
 * this name.  Notes on what is no longer in the content are hits alone. */
int own_hits(struct own *o, struct kb *kb, const char *words, struct hits *hits, struct err *e) MUST_USE;
int own_finds(struct own *o, struct kb *kb, const char *words, struct finds *finds, struct err *e) MUST_USE;

#endif
