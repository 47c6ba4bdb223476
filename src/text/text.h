/* text: UTF-8 as a terminal shows it.
 *
 * Columns are those of wcwidth(), because curses lays out with it; so text_init() comes first.  Bytes
 * that are no UTF-8 count and show as U+FFFD.  Nothing here allocates but into a struct buf. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/buf.h"

/* Take LC_CTYPE from the environment.  False where that is not UTF-8: then widths come from C.UTF-8,
 * and what goes to the terminal has to pass text_ascii(). */
bool text_init(void);
bool text_is_utf8(void);        /* what text_init() said */
void text_force_ascii(void);    /* from here on text_is_utf8() says no */

/* The code point at s and its length in bytes; 0 bytes at the end. */
int text_decode(const char *s, uint32_t *cp);
/* 0 for combining marks, 2 for wide characters. */
int text_cp_columns(uint32_t cp);
int text_columns(const char *s);
int text_columns_n(const char *s, size_t n);
/* How many bytes of s (of at most n) fit into columns, combining marks included. */
size_t text_fit(const char *s, size_t n, int columns);

/* Append s, cut to columns with a ~ at its end where it is longer. */
void text_clip(struct buf *out, const char *s, int columns);
/* The same, and blanks up to columns. */
void text_pad(struct buf *out, const char *s, int columns);

/* Append n bytes of s without anything that could move a cursor, change the order of letters or end a
 * line: control, bidi and other invisible characters and bad bytes become U+FFFD, joiners and variation
 * selectors go, at most four marks combine.  A tab is a blank, and so is a newline but with lines. */
void text_clean(struct buf *out, const char *s, size_t n, bool lines);
/* The offset of the first byte that is not UTF-8 or that text_clean() would change; n if there is none. */
size_t text_bad(const char *s, size_t n, bool lines);

/* Append s in ASCII: punctuation and letters with marks by their nearest kin, the rest as ?. */
void text_ascii(struct buf *out, const char *s);

/* Append s for HTML and XML, between tags and in values between quotes of either kind.  What XML has no
 * letters for becomes U+FFFD. */
void text_markup(struct buf *out, const char *s);

/* Lines of a paragraph, broken by the rules of Unicode (UAX 14).
 *	struct wrap w;
 *	for (wrap_start(&w, s, n); wrap_next(&w, columns); ) use(s + w.from, w.to - w.from);
 *	wrap_release(&w);
 */
struct wrap {
	const char *s;
	char *breaks;
	size_t n, at;
	size_t from, to;        /* the line, without blanks at its ends */
};
void wrap_start(struct wrap *w, const char *s, size_t n);
bool wrap_next(struct wrap *w, int columns);    /* columns < 1 counts as 1 */
void wrap_release(struct wrap *w);

/* Append s for comparing: without upper case and without marks on letters. */
void text_fold(struct buf *out, const char *s);
/* The same, but upper case stays. */
void text_unmark(struct buf *out, const char *s);

/* Letters, digits and their marks: what a search index takes for part of a word. */
bool text_is_word(uint32_t cp);

#endif
