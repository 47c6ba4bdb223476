#include "config.h"
#include "text/words.h"

#include <unictype.h>

#include "base/alloc.h"
#include "text/text.h"

enum { BEFORE = 16, EXCERPT = 400 };    /* bytes */

/* The next word of a text, or NULL; *n is its length in bytes. */
static const char *next_word(const char **text, size_t *n)
{
	const char *from = NULL;
	uint32_t cp;

	for (int bytes; (bytes = text_decode(*text, &cp)); *text += bytes) {
		bool part = text_is_word(cp);
		if (part && !from)
			from = *text;
		if (!part && from)
			break;
	}
	*n = from ? (size_t)(*text - from) : 0;
	return from;
}

static bool has_capital(const char *s)
{
	uint32_t cp;

	for (int n; (n = text_decode(s, &cp)); s += n)
		if (uc_is_general_category(cp, UC_CATEGORY_Lu))
			return true;
	return false;
}

static void bare(struct buf *out, const char *s, bool cased)
{
	if (cased)
		text_unmark(out, s);
	else
		text_fold(out, s);
}

static void add(struct words *w, const char *s, size_t n)
{
	struct sought word = { .typed = xstrndup(s, n) };
	struct buf text = { 0 };
	bool known = false;

	for (int i = 0; i < w->n; i++)
		known = known || !strcmp(w->word[i].typed, word.typed);
	word.cased = has_capital(word.typed);
	bare(&text, word.typed, word.cased);
	word.bare = buf_detach(&text);
	if (!known && *word.bare) {     /* marks alone are no word */
		w->word[w->n++] = word;
		return;
	}
	free(word.typed);
	free(word.bare);
}

void words_init(struct words *w, const char *typed)
{
	const char *word;
	size_t n;

	*w = (struct words){ .n = 0 };
	while (w->n < WORDS_MAX && (word = next_word(&typed, &n)))
		add(w, word, n);
}

void words_release(struct words *w)
{
	for (int i = 0; i < w->n; i++) {
		free(w->word[i].typed);
		free(w->word[i].bare);
	}
	*w = (struct words){ .n = 0 };
}

bool words_match(const struct words *w, struct buf *out)
{
	for (int i = 0; i < w->n; i++)
		buf_addf(out, "\"%s\"* ", w->word[i].typed);
	return w->n > 0;
}

uint32_t words_all(const struct words *w)
{
	return w->n ? UINT32_MAX >> (WORDS_MAX - w->n) : 0;
}

uint32_t words_cased(const struct words *w)
{
	uint32_t set = 0;

	for (int i = 0; i < w->n; i++)
		if (w->word[i].cased)
			set |= (uint32_t)1 << i;
	return set;
}

/* Whether a character, of n bytes at s, is the next one of want, which then goes on. */
static bool same(const char *s, int n, bool cased, const char **want)
{
	struct buf one = { 0 };
	char *ch;
	bool fits;

	if (n == 1 && (signed char)*s > 0) {
		char c = !cased && *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
		return c == *(*want)++;
	}
	ch = xstrndup(s, (size_t)n);
	bare(&one, ch, cased);
	fits = !strncmp(*want, buf_str(&one), one.len);
	if (fits)
		*want += one.len;
	free(ch);
	buf_release(&one);
	return fits;
}

/* How many bytes of s are the word, with the marks on its last letter; 0: it does not begin so. */
static size_t begins(const char *s, const struct sought *word)
{
	const char *want = word->bare, *at = s;
	uint32_t cp;
	int n;

	for (; *want; at += n) {
		n = text_decode(at, &cp);
		if (!n || !same(at, n, word->cased, &want))
			return 0;
	}
	while ((n = text_decode(at, &cp)) && cp >= 0x300 && uc_is_general_category(cp, UC_CATEGORY_Mn))
		at += n;
	return (size_t)(at - s);
}

/* A walk through a text, from one occurrence of a word of a set to the next. */
struct walk {
	const char *at;
	bool within;            /* of a word: another one may not begin here */
	int word;               /* which stands at `at`: the longest that does */
};

/* The length of the occurrence, and the walk stands on it; 0 at the end. */
static size_t next(struct walk *walk, const struct words *w, uint32_t set)
{
	size_t most = 0;
	uint32_t cp;

	for (int n; !most && (n = text_decode(walk->at, &cp)); walk->at += most ? 0 : n) {
		bool part = text_is_word(cp);
		for (int i = 0; part && (!walk->within || w->inside) && i < w->n; i++) {
			size_t len = set >> i & 1 ? begins(walk->at, &w->word[i]) : 0;
			if (len > most)
				most = len, walk->word = i;
		}
		walk->within = part;
	}
	return most;
}

uint32_t words_in(const struct words *w, const char *text)
{
	uint32_t missing = words_all(w);

	for (struct walk walk = { .at = text }; missing && next(&walk, w, missing);)
		missing &= ~((uint32_t)1 << walk.word);
	return words_all(w) & ~missing;
}

void words_mark(const struct words *w, struct rich *r, const char *text, enum face face)
{
	struct walk walk = { .at = text };

	for (size_t n; (n = next(&walk, w, words_all(w))); walk.at = text) {
		rich_addn(r, text, (size_t)(walk.at - text), FACE_TEXT);
		rich_addn(r, walk.at, n, face);
		text = walk.at + n;
	}
	rich_add(r, text, FACE_TEXT);
}

void words_excerpt(const struct words *w, uint32_t set, const char *text, struct buf *out)
{
	struct walk walk = { .at = text };
	const char *from = next(&walk, w, set) ? walk.at : text;
	size_t n;

	if (from - text > BEFORE) {
		for (const char *s = from; from - s < BEFORE; s--)
			if (s[-1] == ' ')
				walk.at = s;
		from = walk.at;
		buf_add(out, "...");
	} else {
		from = text;
	}
	n = strnlen(from, EXCERPT);
	while (n && ((unsigned char)from[n] & 0xc0) == 0x80)    /* no half of a character */
		n--;
	buf_addn(out, from, n);
}

void words_key(struct buf *out, const char *name)
{
	const char *word;
	size_t n;

	for (bool first = true; (word = next_word(&name, &n)); first = false) {
		char *one = xstrndup(word, n);
		if (!first)
			buf_addc(out, ' ');
		text_fold(out, one);
		free(one);
	}
}
