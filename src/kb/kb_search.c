#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "text/text.h"

bool kb_has_word(const char *typed)
{
	struct words words;
	bool any;

	words_init(&words, typed);
	any = words.n > 0;
	words_release(&words);
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

int kb_search(struct kb *kb, const char *typed, int max, struct hits *hits, struct err *e)
{
	struct buf match = { 0 }, clean = { 0 }, name = { 0 };
	struct words words;
	struct query *q;
	int rc = 0;

	*hits = (struct hits){ 0 };
	text_clean(&clean, typed, strlen(typed), false);
	words_init(&words, buf_str(&clean));
	if (words_match(&words, &match)) {
		words_key(&name, buf_str(&clean));
		q = sql_query(kb->db, KB_SEARCH, "tdt", buf_str(&match), max, buf_str(&name));
		while (query_row(q))
			read_hit(q, hits);
		rc = query_end(q, e);
		if (!rc)
			rc = count(kb, buf_str(&match), &hits->total, e);
	}
	words_release(&words);
	buf_release(&match);
	buf_release(&clean);
	buf_release(&name);
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
