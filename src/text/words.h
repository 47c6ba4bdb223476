/* words: what was typed to be searched for, as words, and where they stand in a text.
 *
 * A word is found where a word begins with it, whatever marks its letters have; where it has at least two
 * letters and was typed with a capital, only in this case.  Punctuation separates words, nothing in them is
 * syntax. */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "text/lines.h"

enum {
	WORDS_MAX = 32,         /* more do not make a question clearer, but can make it slow */
	CASED = 2               /* letters from which on a capital counts: one is in too many words */
};

struct sought {
	char *typed;
	char *bare;             /* without marks, and without case unless cased */
	bool cased;
	int letters;
	size_t ending;          /* bytes at the end of both that similar words do without; 0: none */
};
struct words {
	struct sought word[WORDS_MAX];    /* each once */
	int n;
	bool start[256];        /* the bytes with which one of them may begin */
	bool inside;            /* they may stand within words, too */
	bool like;              /* they may stand with another ending: "rotates" for "rotation" */
};

void words_init(struct words *w, const char *typed);
void words_release(struct words *w);

/* A set of words: bit i stands for word i.  All; those with a capital; those with an ending, without which
 * `like` makes no difference; those that stand in a text. */
uint32_t words_all(const struct words *w);
uint32_t words_cased(const struct words *w);
uint32_t words_ending(const struct words *w);
uint32_t words_in(const struct words *w, const char *text);

/* Append them as a question to a full-text index of SQLite: quoted, as prefixes, all of them.  False where
 * there is none. */
bool words_match(const struct words *w, struct buf *out);

/* Append text in FACE_TEXT, and in it the words in a face. */
void words_mark(const struct words *w, struct rich *r, const char *text, enum face face);
/* Append the part of a text that begins a little before the first word of a set, at most some hundred
 * bytes; all from the beginning where none stands in it. */
void words_excerpt(const struct words *w, uint32_t set, const char *text, struct buf *out);

/* Append a name as it is compared with others: its words, folded, a blank between them. */
void words_key(struct buf *out, const char *name);

#endif
