/* Search while one types: no ranking, and nothing that grows with the number of entries. */
#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "text/text.h"

enum {
	FEW = 5,                /* below that, parts of words are looked for, too */
	IN_VAIN = 300,          /* of too many that may have a capital, so many looks at one that has none */
	TRIGRAM = 3
};

/* ---- which kind ---- */

static bool ranges_meet(const struct kind_range *a, const struct kind_range *b)
{
	return a->from <= b->to && b->from <= a->to;
}

/* A look at each of a thousand entries would take longer than to find them. */
static int read_ranges(struct kb *kb, struct err *e)
{
	struct kind_range *r = kb->range;

	if (kb->ranges)
		return 0;
	kb->apart = true;
	for (int k = 0; k < KIND__COUNT; k++) {
		struct query *q = sql_query(kb->db, KB_KIND_RANGE, "t", kind_table[k].word);
		r[k] = (struct kind_range){ 1, 0 };
		if (query_row(q))
			r[k] = (struct kind_range){ query_int(q, 0), query_int(q, 1) };
		if (query_end(q, e))
			return -1;
		for (int i = 0; i < k; i++)
			kb->apart = kb->apart && !ranges_meet(&r[i], &r[k]);
	}
	kb->ranges = true;
	return 0;
}

static int kinds_by_range(struct kb *kb, struct finds *f)
{
	const struct kind_range *r = kb->range;
	int k = 0;

	for (int i = 0; i < f->n; i++) {
		int64_t id = f->find[i].id;
		if (k == KIND__COUNT || id < r[k].from || id > r[k].to)         /* most often the same */
			for (k = 0; k < KIND__COUNT && (id < r[k].from || id > r[k].to);)
				k++;
		f->find[i].kind = (enum kind)k;
	}
	return 0;
}

static int kinds_by_look(struct kb *kb, struct finds *f, struct err *e)
{
	int rc = 0;

	for (int i = 0; i < f->n && !rc; i++) {
		struct query *q = sql_query(kb->db, KB_KIND_OF, "i", f->find[i].id);
		f->find[i].kind = query_row(q) ? kind_of(query_text(q, 0, NULL)) : KIND__COUNT;
		rc = query_end(q, e);
	}
	return rc;
}

static int read_kinds(struct kb *kb, struct finds *f, struct err *e)
{
	if (read_ranges(kb, e))
		return -1;
	return kb->apart ? kinds_by_range(kb, f) : kinds_by_look(kb, f, e);
}

/* ---- finding ---- */

static void add(struct finds *f, struct query *q, enum find_how how)
{
	*GROW(f->find, f->n, f->cap) = (struct find){ query_int(q, 0), KIND__COUNT, how };
}

static int find_named(struct kb *kb, const char *typed, struct finds *f, struct err *e)
{
	struct buf name = { 0 };
	struct query *q;

	words_key(&name, typed);
	q = sql_query(kb->db, KB_FIND_NAMED, "td", buf_str(&name), KB_FIND_MAX);
	buf_release(&name);
	while (query_row(q))
		add(f, q, FIND_NAMED);
	return query_end(q, e);
}

/* Whether those words of a row that have a capital stand in it so, in a column from 1 to last. */
static bool fits(struct query *q, int last, const struct words *words)
{
	uint32_t missing = words_cased(words);

	for (int i = 1; missing && i <= last; i++) {
		size_t n;
		missing &= ~words_in(words, query_text(q, i, &n));
	}
	return !missing;
}

/* Take what fits; last 0: all does. */
static int take(struct query *q, int last, const struct words *words, struct finds *f, struct err *e)
{
	enum find_how how = words->inside ? FIND_PARTS : words->like ? FIND_LIKE : FIND_WORDS;
	int rows = 0;

	for (; query_row(q); rows++)
		if (!last || fits(q, last, words))
			add(f, q, how);
	f->more = f->more || rows > KB_FIND_MAX;
	return query_end(q, e);
}

/* Of what was added from `from` on, those with the capitals. */
static int keep_cased(struct kb *kb, const char *match, const struct words *words, struct finds *f, int from,
                      struct err *e)
{
	int fit = from, rows = f->n - from, vain = 0;
	bool many = rows > KB_FIND_MAX;
	struct query *q = sql_query(kb->db, KB_FIND_CASED, "td", match, rows);

	while ((!many || vain < IN_VAIN) && query_row(q))
		if (fits(q, 3, words))
			f->find[fit++].id = query_int(q, 0);
		else
			vain++;
	/* Of too many to look at all, none: then better these than to say that there is nothing. */
	if (fit > from || !many || words->like)
		f->n = fit;
	return query_end(q, e);
}

static int find_words(struct kb *kb, const struct words *words, struct finds *f, struct err *e)
{
	struct buf match = { 0 };
	int rc, from = f->n;

	words_match(words, &match);
	rc = take(sql_query(kb->db, KB_FIND, "td", buf_str(&match), KB_FIND_MAX + 1), 0, words, f, e);
	if (!rc && words_cased(words))
		rc = keep_cased(kb, buf_str(&match), words, f, from, e);
	buf_release(&match);
	return rc;
}

static int find_parts(struct kb *kb, const struct words *words, int max, struct finds *f, struct err *e)
{
	struct buf parts = { 0 }, brief = { 0 };
	struct words inside = *words;
	int rc = 0, cased = words_cased(words) != 0;

	for (int i = 0; i < words->n; i++) {
		const struct sought *w = &words->word[i];
		if (w->letters >= TRIGRAM)
			buf_addf(&parts, "\"%s\" ", w->bare);
		else
			buf_addf(&brief, "\"%s\"* ", w->typed);
	}
	inside.inside = true;
	if (parts.len)
		rc = take(sql_query(kb->db, KB_FIND_PART, "tdtd", buf_str(&parts), max, buf_str(&brief),
				    cased), cased, &inside, f, e);
	buf_release(&parts);
	buf_release(&brief);
	return rc;
}

/* With other endings, where there is room for more. */
static int find_like(struct kb *kb, const struct words *words, struct finds *f, struct err *e)
{
	struct words like = *words;

	like.like = true;
	return f->n < KB_FIND_MAX && words_ending(words) ? find_words(kb, &like, f, e) : 0;
}

/* ---- in order ---- */

static int by_id(const void *a, const void *b)
{
	const struct find *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : (int)x->how - (int)y->how;
}

static int by_place(const void *a, const void *b)
{
	const struct find *x = a, *y = b;

	return x->how != y->how   ? (int)x->how - (int)y->how :
	       x->kind != y->kind ? (int)x->kind - (int)y->kind :
				    (x->id > y->id) - (x->id < y->id);
}

/* The index gives them in order, mostly. */
static void sort(struct find *find, int n, int (*compare)(const void *, const void *))
{
	for (int i = 1; i < n; i++)
		if (compare(&find[i - 1], &find[i]) > 0) {
			qsort(find, (size_t)n, sizeof *find, compare);
			break;
		}
}

/* Each once, in order, no more than are promised. */
static int order(struct kb *kb, struct finds *f, struct err *e)
{
	int n = 0, rc;

	sort(f->find, f->n, by_id);
	for (int i = 0; i < f->n; i++)
		if (!n || f->find[n - 1].id != f->find[i].id)
			f->find[n++] = f->find[i];
	f->n = n;
	rc = read_kinds(kb, f, e);
	sort(f->find, n, by_place);
	f->more = f->more || n > KB_FIND_MAX;
	f->n = min_int(n, KB_FIND_MAX);
	return rc;
}

int kb_find_begin(struct kb *kb, struct err *e)
{
	static const char none[] = "\"\"";
	int rc = sql_run(kb->db, e, KB_FIND, "td", none, 1) || sql_run(kb->db, e, KB_FIND_NAMED, "td", "", 1);

	return rc || read_ranges(kb, e) ? -1 : 0;
}

int kb_find(struct kb *kb, const char *typed, struct words *words, struct finds *f, struct err *e)
{
	struct buf clean = { 0 };
	int rc = 0, named;

	*f = (struct finds){ 0 };
	text_clean(&clean, typed, strlen(typed), false);
	words_init(words, buf_str(&clean));
	if (words->n) {
		rc = find_named(kb, buf_str(&clean), f, e);
		named = f->n;
		rc = rc || find_words(kb, words, f, e) ||
		     (!named && f->n < FEW && find_parts(kb, words, KB_FIND_MAX + 1, f, e)) ||
		     find_like(kb, words, f, e) || order(kb, f, e);
	}
	buf_release(&clean);
	return rc ? -1 : 0;
}

int kb_find_titles(struct kb *kb, const char *typed, int max, struct finds *f, struct err *e)
{
	struct buf clean = { 0 };
	struct words words;
	bool brief = false;
	int rc;

	*f = (struct finds){ 0 };
	text_clean(&clean, typed, strlen(typed), false);
	words_init(&words, buf_str(&clean));
	for (int i = 0; i < words.n; i++)
		brief = brief || words.word[i].letters < TRIGRAM;
	rc = (!brief && find_parts(kb, &words, max, f, e)) || order(kb, f, e) ? -1 : 0;
	words_release(&words);
	buf_release(&clean);
	return rc;
}

void finds_release(struct finds *f)
{
	free(f->find);
	*f = (struct finds){ 0 };
}

int kb_found(struct kb *kb, int64_t id, struct found *found, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_FOUND, "i", id);
	bool any = query_row(q);

	*found = (struct found){ .title = NULL };
	if (any)
		*found = (struct found){ kb_line(q, 0), kb_line(q, 1), kb_line(q, 2) };
	return query_end(q, e) ? -1 : any;
}

void found_release(struct found *found)
{
	free(found->link);
	free(found->title);
	free(found->summary);
	*found = (struct found){ .title = NULL };
}

int kb_found_text(struct kb *kb, int64_t id, struct buf *out, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_FOUND_TEXT, "i", id);

	if (query_row(q)) {
		char *names = kb_prose(q, 0), *text = kb_line(q, 1);
		for (char *s = names; *s; s++)
			if (*s == '\n')
				buf_add(out, s[1] ? ", " : ". ");
			else
				buf_addc(out, *s);
		buf_add(out, text);
		free(names);
		free(text);
	}
	return query_end(q, e);
}

struct words words_of_find(const struct words *words, const struct find *find)
{
	struct words same = *words;

	same.inside = find->how == FIND_PARTS;
	same.like = find->how == FIND_LIKE;
	return same;
}

int kb_found_snippet(struct kb *kb, const struct words *words, const struct find *find,
                     const struct found *found, struct buf *out, struct err *e)
{
	struct words as = words_of_find(words, find);
	uint32_t missing = words_all(&as) & ~words_in(&as, found->title);
	struct buf text = { 0 };
	int rc;

	if (!(missing & ~words_in(&as, found->summary))) {
		buf_add(out, found->summary);
		return 0;
	}
	if (as.like && missing & words_ending(&as))     /* as typed the others are found anywhere */
		missing &= words_ending(&as);
	rc = kb_found_text(kb, find->id, &text, e);
	words_excerpt(&as, missing, buf_str(&text), out);
	buf_release(&text);
	return rc ? -1 : 1;
}

int kb_find_hits(struct kb *kb, const struct words *words, const struct finds *finds, struct hits *hits,
                 struct err *e)
{
	int rc = 0;

	for (int i = 0; i < finds->n && rc >= 0; i++) {
		const struct find *find = &finds->find[i];
		struct buf snippet = { 0 };
		struct found f;
		if (find->kind == KIND_NOTE)
			continue;
		rc = kb_found(kb, find->id, &f, e);
		if (rc > 0) {
			rc = kb_found_snippet(kb, words, find, &f, &snippet, e);
			*GROW(hits->hit, hits->n, hits->cap) =
				(struct hit){ find->kind, f.link, f.title, buf_detach(&snippet) };
			f.link = f.title = NULL;
		}
		found_release(&f);
	}
	hits->total = hits->n;
	return rc < 0 ? -1 : 0;
}
