#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "text/text.h"

/* Words as an FTS5 query: each quoted, as a prefix, all of them.  False where there is no word. */
static bool compose(struct buf *out, const char *words)
{
	bool inside = false, any = false;
	uint32_t cp;

	for (int bytes; (bytes = text_decode(words, &cp)); words += bytes) {
		bool part = text_is_word(cp);
		if (part && !inside)
			buf_add(out, any ? " \"" : "\"");
		if (!part && inside)
			buf_add(out, "\"*");
		if (part)
			buf_addn(out, words, (size_t)bytes);
		any |= part;
		inside = part;
	}
	if (inside)
		buf_add(out, "\"*");
	return any;
}

static int count(struct kb *kb, const char *match, int64_t *total, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_SEARCH_COUNT, "t", match);

	*total = query_row(q) ? query_int(q, 0) : 0;
	return query_end(q, e);
}

static void read_hit(struct query *q, struct hits *hits)
{
	char *kind = kb_line(q, 0);

	*GROW(hits->hit, hits->n, hits->cap) = (struct hit){ .kind = kind_of(kind), .link = kb_line(q, 1),
		.title = kb_line(q, 2), .snippet = kb_line(q, 3) };
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
