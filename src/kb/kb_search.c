#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "text/text.h"

enum { WORDS_MAX = 32 };        /* more do not make a question clearer, but can make it slow */

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

/* Words as an FTS5 query: each once, quoted, as a prefix, all of them.  False where there is no word. */
static bool compose(struct buf *out, const char *words)
{
	const char *word;
	size_t n;

	for (int i = 0; i < WORDS_MAX && (word = next_word(&words, &n));) {
		struct buf term = { 0 };
		buf_addf(&term, "\"%.*s\"* ", (int)n, word);
		if (!strstr(buf_str(out), buf_str(&term))) {
			buf_add(out, buf_str(&term));
			i++;
		}
		buf_release(&term);
	}
	return out->len > 0;
}

bool kb_has_word(const char *words)
{
	struct buf match = { 0 };
	bool any = compose(&match, words);

	buf_release(&match);
	return any;
}

static int count(struct kb *kb, const char *match, int64_t *total, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_SEARCH_COUNT, "t", match);

	*total = query_row(q) ? query_int(q, 0) : 0;
	return query_end(q, e);
}

/* A snippet begins and ends where its parts met: without blanks at its ends, one at most between words. */
static void trim(char *s)
{
	char *to = s;

	for (const char *from = s; *from; from++)
		if (*from != ' ' || (to > s && to[-1] != ' '))
			*to++ = *from;
	while (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
}

static void read_hit(struct query *q, struct hits *hits)
{
	char *kind = kb_line(q, 0);

	*GROW(hits->hit, hits->n, hits->cap) = (struct hit){ .kind = kind_of(kind), .link = kb_line(q, 1),
		.title = kb_line(q, 2), .snippet = kb_line(q, 3) };
	trim(hits->hit[hits->n - 1].snippet);
	free(kind);
}

int kb_search(struct kb *kb, const char *words, int max, struct hits *hits, struct err *e)
{
	struct buf match = { 0 }, clean = { 0 };
	struct query *q;
	int rc = 0;

	*hits = (struct hits){ 0 };
	text_clean(&clean, words, strlen(words), false);
	if (compose(&match, buf_str(&clean))) {
		q = sql_query(kb->db, KB_SEARCH, "td", buf_str(&match), max);
		while (query_row(q))
			read_hit(q, hits);
		rc = query_end(q, e);
		if (!rc)
			rc = count(kb, buf_str(&match), &hits->total, e);
	}
	buf_release(&match);
	buf_release(&clean);
	return rc;
}

void hits_release(struct hits *hits)
{
	for (int i = 0; i < hits->n; i++) {
		free(hits->hit[i].link);
		free(hits->hit[i].title);
		free(hits->hit[i].snippet);
	}
	free(hits->hit);
	*hits = (struct hits){ 0 };
}
