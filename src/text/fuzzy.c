#include "config.h"
#include "text/fuzzy.h"

#include <limits.h>

#include "base/alloc.h"
#include "text/text.h"

/* What a letter is worth, and what it gains or loses by where it stands. */
enum {
	LETTER = 10, BEGINS_WORD = 16, BEGINS_TEXT = 6, IN_A_ROW = 10, EXACT = 100,
	BETWEEN = 2,            /* for each letter between two */
	BEFORE_MAX = 8,         /* for those before the first: one each, at most */
	LONGER = 8,             /* one for so many letters of the text */
	NONE = INT_MIN / 2
};

/* A text as letters: folded ones, a character may have several, or none. */
struct letters {
	uint32_t cp[FUZZY_TEXT];
	size_t from[FUZZY_TEXT], to[FUZZY_TEXT];        /* the character with its marks, in bytes */
	bool begins[FUZZY_TEXT];        /* a word, or a part of one, as the S of PaaS */
	int n;
};

/* The character of n bytes at s, folded; false where it is a capital. */
static bool fold(struct buf *out, const char *s, int n)
{
	char one[8] = { 0 };

	buf_clear(out);
	memcpy(one, s, (size_t)min_int(n, 7));
	if (n == 1 && (signed char)*one > 0)
		buf_addc(out, *one >= 'A' && *one <= 'Z' ? (char)(*one - 'A' + 'a') : *one);
	else
		text_fold(out, one);
	return !out->len || !strncmp(buf_str(out), one, out->len);
}

static void read_letters(struct letters *l, const char *text)
{
	struct buf folded = { 0 };
	bool word = false, lower = false;
	uint32_t cp;

	l->n = 0;
	for (int bytes, at = 0; (bytes = text_decode(text + at, &cp)); at += bytes) {
		bool part = text_is_word(cp), small = fold(&folded, text + at, bytes);
		const char *s = buf_str(&folded);
		if (!*s && l->n)
			l->to[l->n - 1] = (size_t)(at + bytes);
		for (int first = 1, n; l->n < FUZZY_TEXT && (n = text_decode(s, &cp)); s += n, first = 0) {
			l->cp[l->n] = cp;
			l->from[l->n] = (size_t)at, l->to[l->n] = (size_t)(at + bytes);
			l->begins[l->n++] = first && part && (!word || (lower && !small));
		}
		word = part, lower = part && small;
	}
	buf_release(&folded);
}

void fuzzy_init(struct fuzzy *f, const char *typed)
{
	bool within = false;
	struct letters l;

	f->n = 0;
	read_letters(&l, typed);
	for (int i = 0; i < l.n; i++) {
		if (l.cp[i] != ' ' && !within) {
			if (f->n == FUZZY_WORDS)
				break;
			f->word[f->n++].n = 0;
		}
		within = l.cp[i] != ' ';
		if (within && f->word[f->n - 1].n < FUZZY_WORD)
			f->word[f->n - 1].cp[f->word[f->n - 1].n++] = l.cp[i];
	}
}

/* ---- one word in one text ---- */

static int worth(const struct letters *l, int at)
{
	return LETTER + (l->begins[at] ? BEGINS_WORD : 0) + (at ? 0 : BEGINS_TEXT);
}

/* The best way to find the first k + 1 letters of a word such that the last of them is letter i of the text:
 * its score to best[i], and where the letter before it stands to from[i]. */
static void next_letter(const struct letters *l, uint32_t cp, bool first, int *best, short *from)
{
	int before = NONE, reach = NONE, reach_from = 0;        /* of the row before, as best[] was */

	for (int i = 0; i < l->n; i++) {
		int here = best[i], row = before > NONE ? before + IN_A_ROW : NONE;
		best[i] = NONE;
		if (l->cp[i] == cp && first)
			best[i] = worth(l, i) - min_int(i, BEFORE_MAX);
		else if (l->cp[i] == cp && max_int(row, reach) > NONE)
			best[i] = worth(l, i) + max_int(row, reach);
		from[i] = (short)(row >= reach ? i - 1 : reach_from);
		if (reach > NONE)
			reach -= BETWEEN;
		if (before > NONE && before - BETWEEN > reach)
			reach = before - BETWEEN, reach_from = i - 1;
		before = here;
	}
}

/* Letter by letter: the score, at most 0 where it does not fit, and where each letter stands to at[]. */
static int find_letters(const struct fuzzy *f, int word, const struct letters *l, int at[FUZZY_WORD])
{
	short from[FUZZY_WORD][FUZZY_TEXT];
	int best[FUZZY_TEXT] = { 0 }, n = f->word[word].n, end = 0;

	for (int k = 0; k < n; k++)
		next_letter(l, f->word[word].cp[k], !k, best, from[k]);
	for (int i = 1; i < l->n; i++)
		if (best[i] > best[end])
			end = i;
	if (!l->n || best[end] <= 0)
		return 0;
	for (int k = n - 1, i = end; k >= 0; i = from[k--][i])
		at[k] = i;
	return best[end];
}

/* As the beginning of a word. */
static int find_whole(const struct fuzzy *f, int word, const struct letters *l)
{
	int n = f->word[word].n;

	for (int i = 0; i + n <= l->n; i++)
		if (l->begins[i] && !memcmp(&l->cp[i], f->word[word].cp, (size_t)n * sizeof *l->cp))
			return n * LETTER + (n - 1) * IN_A_ROW + BEGINS_WORD;
	return 0;
}

/* ---- all words ---- */

static bool is_exactly(const struct fuzzy *f, const struct letters *l)
{
	int i = 0;

	for (int w = 0; w < f->n; w++) {
		if (w && (i >= l->n || l->cp[i++] != ' '))
			return false;
		for (int k = 0; k < f->word[w].n; k++)
			if (i >= l->n || l->cp[i++] != f->word[w].cp[k])
				return false;
	}
	return i == l->n;
}

int fuzzy_score(const struct fuzzy *f, const struct fuzzy_text *text, int n)
{
	int best[FUZZY_WORDS] = { 0 }, at[FUZZY_WORD], total = 1;
	struct letters l;

	for (int i = 0; i < n && f->n; i++) {
		read_letters(&l, text[i].text);
		int less = text[i].less + l.n / LONGER, exact = is_exactly(f, &l) ? EXACT : 0;
		for (int w = 0; w < f->n; w++) {
			int found = text[i].prose ? find_whole(f, w, &l) : find_letters(f, w, &l, at);
			if (found > 0)
				best[w] = max_int(best[w], max_int(found + exact - less, 1));
		}
	}
	for (int w = 0; w < f->n; total += best[w++])
		if (!best[w])
			return 0;
	return total;
}

void fuzzy_mark(const struct fuzzy *f, struct rich *r, const char *text, enum face face, enum face mark)
{
	bool marked[FUZZY_TEXT] = { false };
	int at[FUZZY_WORD];
	struct letters l;
	size_t done = 0;

	read_letters(&l, text);
	for (int w = 0; w < f->n; w++)
		if (find_letters(f, w, &l, at) > 0)
			for (int k = 0; k < f->word[w].n; k++)
				marked[at[k]] = true;
	for (int i = 0; i < l.n; i++) {
		if (!marked[i] || l.from[i] < done)
			continue;
		rich_addn(r, text + done, l.from[i] - done, face);
		rich_addn(r, text + l.from[i], l.to[i] - l.from[i], mark);
		done = l.to[i];
	}
	rich_add(r, text + done, face);
}
