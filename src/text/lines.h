/* lines: text with faces, broken into lines of a given width.
 *
 * A stop is what a cursor can stand on: a paragraph, a list item, an entry of a list, perhaps with a
 * link behind it.  Lines between stops are blank or headings. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "base/buf.h"
#include "text/face.h"

/* Text in which runs have a face; FACE_TEXT needs no span. */
struct rich {
	struct buf text;
	struct span *span;
	int n, cap;
};
void rich_add(struct rich *r, const char *s, enum face face);
void rich_addn(struct rich *r, const char *s, size_t n, enum face face);
void rich_clear(struct rich *r);
void rich_release(struct rich *r);

struct line {
	char *text;             /* "" for a blank line */
	struct span *span;
	int nspan;
	int stop;               /* index, or -1 */
};

struct stop {
	int line, n;            /* its lines */
	char *link;             /* where Enter leads, or NULL */
	char *text;             /* the whole of it, for a sentence */
};

struct lines {
	struct line *line;
	int n, cap;
	struct stop *stop;
	int nstop, stop_cap;
};

/* Append r, broken to width columns, after indent blanks and marker ("" for none); what wraps hangs
 * under the text behind the marker.  stop: whether a cursor can stand there; link may be NULL. */
void lines_add(struct lines *l, const struct rich *r, int indent, const char *marker, int width,
               bool stop, const char *link);
/* A blank line, unless there is one already or nothing stands before. */
void lines_gap(struct lines *l);
/* A blank line in any case. */
void lines_blank(struct lines *l);
void lines_release(struct lines *l);

#endif
