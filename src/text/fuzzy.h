/* fuzzy: how well what is typed fits a text, letter by letter: "vm" fits "Virtual Machines", and "ss" SaaS.
 *
 * Each typed word has to fit: all its letters in order, whatever their case and marks.  Letters that begin
 * words of the text, and letters in a row, count for more; letters between them for less, and where there are
 * too many between them the word does not fit.  The same texts always have the same score.
 *
 *	struct fuzzy f;
 *	fuzzy_init(&f, "vir ma");
 *	fuzzy_score(&f, &(struct fuzzy_text){ "Virtual Machines" }, 1)
 */
#ifndef TEXT_FUZZY_H
#define TEXT_FUZZY_H

#include "text/lines.h"

/* Of what is typed that many words and letters a word are looked at, of a text that many letters. */
enum { FUZZY_WORDS = 8, FUZZY_WORD = 32, FUZZY_TEXT = 256 };

struct fuzzy {
	struct {
		uint32_t cp[FUZZY_WORD];
		int n;
	} word[FUZZY_WORDS];
	int n;
};

/* Words are what stands between blanks. */
void fuzzy_init(struct fuzzy *f, const char *typed);

/* One of the texts in which the words may be found, each in another one if need be. */
struct fuzzy_text {
	const char *text;
	int less;               /* a word that is found here counts for so much less */
	bool prose;             /* words are found whole, where a word begins: any letters stand in prose */
};

/* The higher, the better; 0: it does not fit.  A text that is exactly what was typed is above all that only
 * begins so.  Where nothing is typed all fit alike. */
int fuzzy_score(const struct fuzzy *f, const struct fuzzy_text *text, int n);

/* Append text in a face, and in it the letters that fit in another. */
void fuzzy_mark(const struct fuzzy *f, struct rich *r, const char *text, enum face face, enum face mark);

#endif
