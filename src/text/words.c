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

/* English endings, the longest first, and how many letters have to stay without them: fewer would be the
 * beginning of too many other words. */
static const struct ending {
	const char *text;
	int stay;
} endings[] = {
	{ "ations", 4 }, { "ation", 4 }, { "ating", 4 }, { "ments", 4 }, { "ates", 4 }, { "ated", 4 },
	{ "ions", 4 }, { "ings", 4 }, { "ment", 4 }, { "ate", 4 }, { "ion", 4 }, { "ing", 4 }, { "ies", 4 },
	{ "ers", 5 }, { "er", 5 }, { "ed", 4 }, { "es", 4 }, { "ly", 4 }, { "e", 4 }, { "s", 4 }, { "y", 4 },
};

static int letters(const char *s)
{
	uint32_t cp;
	int n = 0;

	for (int bytes; (bytes = text_decode(s, &cp)); s += bytes)
		n++;
	return n;
}

static bool ends_with(const char *s, size_t len, const char *ending, size_t n)
{
	bool ends = len > n;

	for (size_t i = 0; ends && i < n; i++)
		ends = (s[len - n + i] | 0x20) == ending[i];    /* in either case */
	return ends;
}

/* The bytes of the ending of a word; 0 where it has none, or is too short to do without. */
static size_t ending_of(const char *s)
{
	enum { SHORT = 6 };
	int have = letters(s);
	size_t len = strlen(s);

	for (int i = 0; have >= SHORT && i < ARRAY_LEN(endings); i++) {
		size_t n = strlen(endings[i].text);
		if (have - (int)n >= endings[i].stay && ends_with(s, len, endings[i].text, n))
			return n;
	}
	return 0;
}

static void add_start(struct words *w, const struct sought *word)
{
	unsigned char c = (unsigned char)*word->bare;

	w->start[c] = true;
	if (!word->cased && c >= 'a' && c <= 'z')
		w->start[c - 'a' + 'A'] = true;
}

static void add(struct words *w, const char *s, size_t n)
{
	struct sought word = { .typed = xstrndup(s, n) };
	struct buf text = { 0 };
	bool known = false;

	for (int i = 0; i < w->n; i++)
		known = known || !strcmp(w->word[i].typed, word.typed);
	word.cased = letters(word.typed) >= CASED && has_capital(word.typed);
	bare(&text, word.typed, word.cased);
	word.bare = buf_detach(&text);
	word.letters = letters(word.bare);
	word.ending = ending_of(word.typed);
	if (!known && *word.bare) {     /* marks alone are no word */
		w->word[w->n++] = word;
		add_start(w, &word);
		return;
	}
	free(word.typed);
	free(word.bare);
}

void words_init(struct words *w, const char *typed)
{
	const char *word;
	size_t n;

	*w = (struct words){ .start = { [0] = true } };         /* at the end of a text all end */
	memset(w->start + 0x80, true, 0x80);    /* a letter may stand in any way that is no ASCII */
	while (w->n < WORDS_MAX && (word = next_word(&typed, &n)))
		add(w, word, n);
}

void words_release(struct words *w)
{
	for (int i = 0; i < w->n; i++) {
		free(w->word[i].typed);
		free(w->word[i].bare);
	}
	w->n = 0;
}

static void add_prefix(struct buf *out, const char *s, size_t without)
{
	buf_addf(out, "\"%.*s\"* ", (int)(strlen(s) - without), s);
}

bool words_match(const struct words *w, struct buf *out)
{
	for (int i = 0; i < w->n; i++)
		add_prefix(out, w->word[i].typed, w->like ? w->word[i].ending : 0);
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

uint32_t words_ending(const struct words *w)
{
	uint32_t set = 0;

	for (int i = 0; i < w->n; i++)
		if (w->word[i].ending)
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
static size_t begins(const char *s, const struct sought *word, bool like)
{
	const char *want = word->bare, *end = want + strlen(want) - (like ? word->ending : 0), *at = s;
	uint32_t cp;
	int n;

	for (; want < end; at += n) {
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
	const char *text, *at;
	int word;               /* which stands at `at`: the longest that does */
};

/* Whether a word goes on at `at`. */
static bool within_word(const struct walk *walk)
{
	enum { LONGEST = 4 };           /* bytes of a character */
	const char *last = walk->at;
	uint32_t cp;

	while (last > walk->text && walk->at - last < LONGEST && ((unsigned char)*--last & 0xc0) == 0x80)
		;
	return last < walk->at && text_decode(last, &cp) && text_is_word(cp);
}

/* The first byte from s on with which a word may begin, or the end. */
static const char *skip(const struct words *w, const char *s)
{
	while (!w->start[(unsigned char)*s])
		s++;
	return s;
}

/* The length of the occurrence, and the walk stands on it; 0 at the end. */
static size_t next(struct walk *walk, const struct words *w, uint32_t set)
{
	size_t most = 0;
	uint32_t cp;

	for (int n; set && !most; walk->at += most ? 0 : n) {
		walk->at = skip(w, walk->at);
		n = text_decode(walk->at, &cp);
		if (!n)
			break;
		if (!text_is_word(cp) || (!w->inside && within_word(walk)))
			continue;
		for (int i = 0; i < w->n; i++) {
			size_t len = set >> i & 1 ? begins(walk->at, &w->word[i], w->like) : 0;
			if (len > most)
				most = len, walk->word = i;
		}
	}
	return most;
}

uint32_t words_in(const struct words *w, const char *text)
{
	uint32_t missing = words_all(w);

	for (struct walk walk = { .text = text, .at = text }; missing && next(&walk, w, missing);)
		missing &= ~((uint32_t)1 << walk.word);
	return words_all(w) & ~missing;
}

void words_mark(const struct words *w, struct rich *r, const char *text, enum face face)
{
	struct walk walk = { .text = text, .at = text };

	for (size_t n; (n = next(&walk, w, words_all(w))); walk.at = text) {
		rich_addn(r, text, (size_t)(walk.at - text), FACE_TEXT);
		rich_addn(r, walk.at, n, face);
		text = walk.at + n;
	}
	rich_add(r, text, FACE_TEXT);
}

void words_excerpt(const struct words *w, uint32_t set, const char *text, struct buf *out)
{
	struct walk walk = { .text = text, .at = text };
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
