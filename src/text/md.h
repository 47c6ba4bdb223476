/* md: prose in CommonMark, as lines of a screen, as plain text, as HTML, and its links.  md.c and
 * md_export.c are the only places for cmark.
 *
 * HTML in prose is shown as the text that it is.  A link is ours if it has no "scheme:" that we know
 * (http, https, mailto). */
#ifndef TEXT_MD_H
#define TEXT_MD_H

#include "text/lines.h"

/* Append prose to l; each block is a stop, and leads to its first own link. */
void md_lines(struct lines *l, const char *prose, int indent, int width);

/* Append prose without any marks, a newline after each block. */
void md_plain(struct buf *out, const char *prose);

/* Append prose as Markdown for places that do not know our links: an own link becomes its text and its
 * address as code, and headings go down by `deeper` levels. */
void md_export(struct buf *out, const char *prose, int deeper);

/* Append prose as HTML that runs nothing and loads nothing: an own link leads to the address that place()
 * gives (yours: md_html() frees it), such as "#paas/os"; where that is NULL, and for addresses of other
 * schemes than https, it becomes its text and its address as code.  Images become their text. */
void md_html(struct buf *out, const char *prose, int deeper, char *(*place)(void *ctx, const char *link),
             void *ctx);

/* Call see for each link, with the line of the prose (from 1) in which its block begins. */
void md_links(const char *prose, void (*see)(void *ctx, const char *link, int line), void *ctx);

/* Append prose in which the first occurrence of each word outside links, headings, emphasis and code is a
 * link; none to `self` (not NULL).  Where there is none, the prose is as it was.  A word may be up to
 * MD_WORDS words; upper and lower case are one, but not in abbreviations, and a plural s may follow.  Words
 * are sorted by md_words_sort(); of equal ones the first counts. */
enum { MD_WORDS = 5 };
struct md_word {
	const char *word, *link;        /* borrowed */
};
void md_words_sort(struct md_word *words, int n);
void md_link_words(struct buf *out, const char *prose, const struct md_word *words, int n, const char *self);

bool md_is_ours(const char *link);

#endif
