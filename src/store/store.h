/* store: the user's own database: notes, marks, saved stacks and the last place.  It refers to content by
 * link, so new content keeps it.
 *
 *	if (!store_open(&s, STORE_WRITE, &e)) {
 *		rc = store_note_put(s, "azure:paas/os", text, rev, &e);
 *		store_close(s);
 *	}
 *
 * It is $XDG_DATA_HOME/onus/user.db, else ~/.local/share/onus/user.db; folder 0700, file 0600, nothing is
 * followed through a link, nor through a folder that others can write to.  Whatever is written is on the
 * disk when the function comes back with 0 (journal_mode=TRUNCATE, synchronous=EXTRA), and was read back
 * before it was committed.  Every function that can fail gives -1 and a sentence (STATUS_DATA); what is found
 * gives 1 or 0.  Texts are kept as they were given; what comes out is cleaned (text/text.h) but for the text
 * of store_note(), which an editor gets back as it was.  A connection is never carried over a fork. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buf.h"
#include "base/err.h"

enum { STORE_APPLICATION = 0x6f6e7575, STORE_VERSION = 1 };

struct store;

/* STORE_READ: the file as it is; where there is none 0, and *s is NULL.  An older one is read through
 * a migration all the same, so this may write; STORE_WRITE makes the file and its folder.  A newer one is
 * refused, a foreign one too; a corrupt one is kept beside it under a name with the date, what can be read
 * of it is recovered (store_notice() says how much), and else the newest good backup takes its place; where
 * there is none either, it is refused and left alone.  STORE_WRITE looks at all pages first, STORE_READ
 * mends what a question meets.  The first writer of a day makes a backup.  Who has the file open while
 * another one takes its place goes on with that one. */
enum store_how {
	STORE_READ, STORE_WRITE,
	STORE_HURRY     /* to write to a file that is there, by somebody who is leaving: waits a moment only
			 * for other writers, looks at nothing else, makes no backup */
};
int store_open(struct store **s, enum store_how how, struct err *e) MUST_USE;
void store_close(struct store *s);              /* NULL is fine */
/* What there is to tell of opening or mending it, as a sentence; or NULL.  Borrowed. */
const char *store_notice(const struct store *s);
/* Where it is, whether it is there or not; yours.  NULL and *e where no folder can be named. */
char *store_path(struct err *e) MUST_USE;
/* Its folder without links in it, yours: 1; 0 where there is none and it is not to be made.  -1 where it is
 * not ours alone to write. */
int store_folder(char **dir, bool make, struct err *e) MUST_USE;

/* ---- notes: a text for a link ---- */

enum { NOTE_MAX = 64 << 10 };   /* bytes */

/* A note: 1, and *text is filled; 0, *text is empty and *rev 0. */
int store_note(struct store *s, const char *link, struct buf *text, int64_t *rev, struct err *e) MUST_USE;
/* Write it over revision rev (0: there was none); an empty text removes it.  1, and nothing is written, where
 * somebody else has written another text since. */
int store_note_put(struct store *s, const char *link, const char *text, int64_t rev, struct err *e) MUST_USE;

struct note {
	char *link, *text, *changed;    /* "2026-11-22" */
};
struct notes {
	struct note *note;
	int n, cap;
};
/* All notes by link; those in which all words stand, each as the beginning of a word (as kb_find()),
 * at most max, the newest first. */
int store_notes(struct store *s, struct notes *notes, struct err *e) MUST_USE;
int store_find(struct store *s, const char *words, int max, struct notes *notes, struct err *e) MUST_USE;
void notes_release(struct notes *notes);

/* ---- what is kept under a name ---- */

enum store_kind {
	STORE_MARK,     /* a letter: a place, as ui writes it */
	STORE_STACK,    /* a name: the link of a stack */
	STORE_PLACE     /* "last": a place */
};
struct kept {
	char *name, *text, *changed;
};
struct keeps {
	struct kept *kept;
	int n, cap;
};
/* 1, and *text is filled; 0. */
int store_get(struct store *s, enum store_kind kind, const char *name, struct buf *text, struct err *e)
	MUST_USE;
/* text NULL: forget it. */
int store_put(struct store *s, enum store_kind kind, const char *name, const char *text, struct err *e)
	MUST_USE;
int store_list(struct store *s, enum store_kind kind, struct keeps *keeps, struct err *e) MUST_USE;
void keeps_release(struct keeps *keeps);

/* ---- backups: of the last 7 days and 4 weeks that have some, beside it in backup/ ---- */

struct backup {
	char *file, *date;      /* "2026-11-22.db"; "2026-11-22", behind which the time may stand */
	int64_t notes;          /* -1: it cannot be used */
};
struct backups {
	struct backup *backup;
	int n, cap;
};
int store_backups(struct backups *backups, struct err *e) MUST_USE;     /* the newest first */
void backups_release(struct backups *backups);
/* Put a backup (a name of these, or a path with a slash in it) in the place of the database, of which
 * a backup is made before; a damaged one is kept beside it. */
int store_restore(const char *file, struct err *e) MUST_USE;

#endif
