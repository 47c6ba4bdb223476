/* Links as people type them. */
#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "base/buf.h"

/* 1 and *link if an entry has this link. */
static int exact(struct kb *kb, const char *text, char **link, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_LINK_LIKE, "t", text);
	bool found = query_row(q);

	if (found)
		*link = kb_line(q, 0);
	return query_end(q, e) ? -1 : found;
}

/* The forms of what stands behind the matrix: as it is, the other way round, as a layer. */
static int forms(const char *rest, char *form[3])
{
	const char *slash = strchr(rest, '/');
	struct buf b = { 0 };
	int n = 0;

	form[n++] = xstrdup(rest);
	if (slash) {
		buf_addf(&b, "%s/%.*s", slash + 1, (int)(slash - rest), rest);
		form[n++] = buf_detach(&b);
	} else {
		buf_addf(&b, "layer/%s", rest);
		form[n++] = buf_detach(&b);
	}
	return n;
}

static int in_matrix(struct kb *kb, const char *matrix, const char *form, char **link, struct err *e)
{
	struct buf b = { 0 };
	int rc;

	buf_addf(&b, "%s:%s", matrix, form);
	rc = exact(kb, buf_str(&b), link, e);
	buf_release(&b);
	return rc;
}

/* In the only matrix that has it. */
static int in_only(struct kb *kb, const char *form, char **link, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_MATRIX_WITH, "t", form);
	char *slug = query_row(q) ? kb_line(q, 0) : NULL;
	bool more = slug && query_row(q);
	int rc = query_end(q, e);

	if (!rc && slug && !more)
		rc = in_matrix(kb, slug, form, link, e);
	free(slug);
	return rc;
}

static int without_matrix(struct kb *kb, const char *text, const char *matrix, char **link, struct err *e)
{
	const char *const first[] = { matrix, "azure" };
	char *form[3];
	int n = forms(text, form), rc = 0;

	for (int m = 0; m < ARRAY_LEN(first) && !rc; m++)
		for (int i = 0; first[m] && i < n && !rc; i++)
			rc = in_matrix(kb, first[m], form[i], link, e);
	for (int i = 0; i < n && !rc; i++)
		rc = in_only(kb, form[i], link, e);
	for (int i = 0; i < n; i++)
		free(form[i]);
	return rc;
}

static int with_matrix(struct kb *kb, const char *text, char **link, struct err *e)
{
	const char *colon = strchr(text, ':');
	char *matrix = xstrndup(text, (size_t)(colon - text)), *form[3];
	int n = forms(colon + 1, form), rc = 0;

	for (int i = 0; i < n; i++) {
		if (!rc)
			rc = in_matrix(kb, matrix, form[i], link, e);
		free(form[i]);
	}
	free(matrix);
	return rc;
}

/* A bare id: of the one kind that has it. */
static int bare(struct kb *kb, const char *id, char **link, struct err *e)
{
	char *found = NULL;
	int rc = 0;

	for (int k = 0; k < KIND__COUNT && rc >= 0; k++) {
		struct buf b = { 0 };
		char *one = NULL;
		buf_addf(&b, "%s/%s", kind_table[k].word, id);
		rc = exact(kb, buf_str(&b), &one, e);
		buf_release(&b);
		if (rc > 0 && found) {          /* two have it: nobody is meant */
			free(one);
			free(found);
			return 0;
		}
		if (rc > 0)
			found = one;
	}
	if (rc >= 0 && found)
		*link = found;
	return rc < 0 ? -1 : found != NULL;
}

/* Damerau's distance without transposition twice; strings are cut at 40 bytes. */
static int distance(const char *a, const char *b)
{
	enum { MAX = 40 };
	int row[3][MAX + 1], n = (int)strnlen(a, MAX), m = (int)strnlen(b, MAX);

	for (int j = 0; j <= m; j++)
		row[1][j] = j;
	for (int i = 1; i <= n; i++) {
		int *now = row[(i + 1) % 3], *last = row[i % 3], *before = row[(i + 2) % 3];
		now[0] = i;
		for (int j = 1; j <= m; j++) {
			now[j] = min_int(min_int(last[j], now[j - 1]) + 1,
					 last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = min_int(now[j], before[j - 2] + 1);
		}
	}
	return row[(n + 1) % 3][m];
}

/* How far text is from a link: as a whole, without its matrix, or from the id at its end. */
static int farness(const char *text, const char *link)
{
	const char *colon = strchr(link, ':'), *slash = strrchr(link, '/');
	int best = distance(text, link);

	if (colon)
		best = min_int(best, distance(text, colon + 1));
	if (slash && !strchr(text, '/'))
		best = min_int(best, distance(text, slash + 1) + 1);
	return best;
}

/* People type titles and short names: what a search for them finds first. */
static int best_hit(struct kb *kb, const char *text, char **link, struct err *e)
{
	struct hits hits = { 0 };
	int rc = kb_search(kb, text, 1, &hits, e);

	if (!rc && hits.n)
		*link = xstrdup(hits.hit[0].link);
	hits_release(&hits);
	return rc;
}

static int unknown(struct kb *kb, const char *text, const char *typed, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_LINKS, "");
	int best = max_int(2, (int)strlen(text) / 3) + 1;
	char *near = NULL;

	while (query_row(q)) {
		char *link = kb_line(q, 0);
		int far = farness(text, link);
		if (far < best) {
			free(near);
			near = link;
			best = far;
		} else {
			free(link);
		}
	}
	if (query_end(q, e) || (!near && best_hit(kb, text, &near, e))) {
		free(near);
		return -1;
	}
	if (near)
		err_set(e, STATUS_LINK, "there is no %s; did you mean %s?", typed, near);
	else
		err_set(e, STATUS_LINK, "there is no %s; onus search WORDS finds links", typed);
	free(near);
	return -1;
}

static char *lower(const char *s, size_t n)
{
	char *out = xstrndup(s, n);

	for (char *c = out; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return out;
}

enum kind kb_list_kind(const char *link)
{
	size_t n = strlen(link);
	int k = 0;

	while (k < KIND__COUNT && (n < 2 || link[n - 1] != '/' || strlen(kind_table[k].word) != n - 1 ||
	                           strncmp(kind_table[k].word, link, n - 1)))
		k++;
	return (enum kind)k;
}

/* "index", "service/" or "services". */
static bool list(const char *text, char **link)
{
	struct buf b = { 0 };

	if (!strcmp(text, "index") || kb_list_kind(text) < KIND__COUNT)
		buf_add(&b, text);
	for (int k = 0; k < KIND__COUNT; k++)
		if (!strcmp(text, kind_table[k].section))
			buf_addf(&b, "%s/", kind_table[k].word);
	*link = b.len ? buf_detach(&b) : NULL;
	buf_release(&b);
	return *link != NULL;
}

/* KIND/ID, or ID alone, where ID is that of an old name: what it is now.  alias/ID is its own page. */
static int renamed(struct kb *kb, const char *text, struct kb_link *out, struct err *e)
{
	const char *id = strchr(text, '/');
	char *kind = xstrndup(text, id ? (size_t)(id - text) : 0);
	bool other = id && (kind_of(kind) == KIND__COUNT || kind_of(kind) == KIND_ALIAS);
	struct buf link = { 0 }, notice = { 0 };
	struct query *q;

	free(kind);
	if (other)
		return 0;
	buf_addf(&link, "alias/%s", id ? id + 1 : text);
	q = sql_query(kb->db, KB_RENAMED, "t", buf_str(&link));
	if (query_row(q)) {
		char *title = kb_line(q, 1), *date = kb_line(q, 2);
		out->link = kb_line(q, 0);
		buf_addf(&notice, "%s%s%s", title, *date && !strstr(title, date) ? ", " : "",
		         strstr(title, date) ? "" : date);
		out->notice = buf_detach(&notice);
		free(title);
		free(date);
	}
	buf_release(&link);
	return query_end(q, e) ? -1 : out->link != NULL;
}

/* The ids of controls are written as published, in capitals. */
static int control(struct kb *kb, const char *low, char **link, struct err *e)
{
	char *copy = xstrdup(low), *id = strrchr(copy, '/');
	int rc = 0;

	if (!strncmp(low, "control/", 8) && id) {
		for (; *id; id++)
			if (*id >= 'a' && *id <= 'z')
				*id = (char)(*id - 'a' + 'A');
		rc = exact(kb, copy, link, e);
	}
	free(copy);
	return rc;
}

/* Every way to read a text, in turn. */
static int find(struct kb *kb, const char *as_typed, const char *low, const char *matrix, struct kb_link *out,
                struct err *e)
{
	int rc = exact(kb, as_typed, &out->link, e);

	if (!rc)
		rc = exact(kb, low, &out->link, e);
	if (!rc)
		rc = control(kb, low, &out->link, e);
	if (!rc && strchr(low, ':'))
		rc = with_matrix(kb, low, &out->link, e);
	else if (!rc)
		rc = without_matrix(kb, low, matrix, &out->link, e);
	if (!rc)
		rc = list(low, &out->link);
	if (!rc && !strchr(low, ':'))
		rc = renamed(kb, low, out, e);
	if (!rc && !strpbrk(low, ":/"))
		rc = bare(kb, low, &out->link, e);
	return rc;
}

/* "A..B": a comparison of two links. */
static int pair(struct kb *kb, const char *text, const char *dots, const char *matrix, struct kb_link *out,
                struct err *e)
{
	struct kb_link to[2] = { { .link = NULL }, { .link = NULL } };
	char *first = xstrndup(text, (size_t)(dots - text));
	struct buf both = { 0 };
	int rc = kb_resolve(kb, first, matrix, &to[0], e);

	if (!rc)
		rc = kb_resolve(kb, dots + 2, matrix, &to[1], e);
	*out = (struct kb_link){ .link = NULL };
	if (!rc) {
		buf_addf(&both, "%s..%s", to[0].link, to[1].link);
		out->link = buf_detach(&both);
		out->section = to[1].section;
		to[1].section = NULL;
	}
	kb_link_release(&to[0]);
	kb_link_release(&to[1]);
	free(first);
	return rc;
}

/* A service of a stack: its id behind what *out has so far. */
static int stacked(struct kb *kb, const char *id, size_t n, struct kb_link *out, struct buf *all,
                   struct err *e)
{
	struct kb_link to;
	struct buf link = { 0 };
	int rc;

	if (!n)
		return err_set(e, STATUS_LINK, "a service is missing behind %s; a stack is written as "
		                               "stack/vm+app-service", buf_str(all));
	buf_addf(&link, "service/%.*s", (int)n, id);
	rc = kb_resolve(kb, buf_str(&link), NULL, &to, e);
	if (!rc && strncmp(to.link, "service/", 8) != 0)
		rc = err_set(e, STATUS_LINK, "%s is no service; onus show services lists them", to.link);
	if (!rc) {
		buf_add(all, to.link + 8);
		if (to.notice) {
			free(out->notice);
			out->notice = to.notice, to.notice = NULL;
		}
	}
	kb_link_release(&to);
	buf_release(&link);
	return rc;
}

/* "stack/vm+aks..functions/os": services that somebody uses, and perhaps a layer of them. */
static int stack(struct kb *kb, const char *text, struct kb_link *out, struct err *e)
{
	size_t end = strcspn(text, "#"), at = 6, n;
	struct buf all = { 0 };
	int rc;

	buf_add(&all, "stack/");
	for (;;) {
		n = strcspn(text + at, "+/#");
		const char *dots = strstr(text + at, "..");
		if (dots && dots < text + at + n)
			n = (size_t)(dots - text) - at;
		rc = stacked(kb, text + at, n, out, &all, e);
		at += n;
		if (rc || at == end || text[at] == '/')
			break;
		n = text[at] == '.' ? 2 : 1;
		buf_addn(&all, text + at, n);
		at += n;
	}
	buf_addn(&all, text + at, end - at);
	out->link = buf_detach(&all);
	if (!rc && text[end])
		out->section = xstrdup(text + end + 1);
	if (rc)
		kb_link_release(out);
	return rc;
}

int kb_resolve(struct kb *kb, const char *text, const char *matrix, struct kb_link *out, struct err *e)
{
	size_t n = strcspn(text, "#");
	const char *dots = strstr(text, "..");
	char *low, *as_typed;
	int rc;

	*out = (struct kb_link){ .link = NULL };
	if (!strncmp(text, "stack/", 6))
		return stack(kb, text, out, e);
	if (dots && dots > text && !strstr(dots + 2, ".."))
		return pair(kb, text, dots, matrix, out, e);
	if (!text[strspn(text, "#:/ ")])
		return err_set(e, STATUS_LINK, "an empty link leads nowhere; write one such as iaas/os");
	low = lower(text, n);
	as_typed = xstrndup(text, n);
	rc = find(kb, as_typed, low, matrix, out, e);
	if (!rc)
		rc = unknown(kb, low, text, e);
	if (rc > 0 && text[n] == '#')
		out->section = xstrdup(text + n + 1);
	if (rc < 0)
		kb_link_release(out);
	free(low);
	free(as_typed);
	return rc > 0 ? 0 : -1;
}

void kb_link_release(struct kb_link *link)
{
	free(link->link);
	free(link->section);
	free(link->notice);
	*link = (struct kb_link){ .link = NULL };
}
