#include "config.h"
#include "store/store_in.h"

#include "base/alloc.h"
#include "base/day.h"
#include "text/text.h"
#include "text/words.h"

enum { LINK_MAX = 1024 };       /* bytes */

static char *clean(struct query *q, int column, bool lines)
{
	struct buf out = { 0 };
	size_t n;
	const char *s = query_text(q, column, &n);

	text_clean(&out, s, n, lines);
	return buf_detach(&out);
}

static char *day_of(struct query *q, int column)
{
	char day[DAY_LEN + 1];

	day_text(query_int(q, column), 0, day);
	return xstrdup(day);
}

/* ---- notes ---- */

static int read_note(struct store *s, const char *link, struct buf *text, int64_t *rev, struct err *e)
{
	struct query *q = sql_query(s->db, STORE_NOTE, "t", link);
	bool any = query_row(q);

	buf_clear(text);
	*rev = 0;
	if (any) {
		size_t n;
		const char *is = query_text(q, 0, &n);
		buf_addn(text, is, n);
		*rev = query_int(q, 1);
	}
	return query_end(q, e) ? -1 : any;
}

int store_note(struct store *s, const char *link, struct buf *text, int64_t *rev, struct err *e)
{
	int rc;

	if (store_ready(s, e))
		return -1;
	do
		rc = read_note(s, link, text, rev, e);
	while (rc < 0 && store_mend(s, e));
	return rc;
}

/* As a note has to be after it was written, and is before it is committed. */
static int read_back(struct store *s, const char *link, const char *text, struct err *e)
{
	struct buf is = { 0 };
	int64_t rev;
	int rc = read_note(s, link, &is, &rev, e);

	if (rc >= 0)
		rc = rc == (*text != '\0') && !strcmp(buf_str(&is), text) ? 0 :
			err_set(e, STATUS_DATA, "what was written to %s cannot be read again", s->path);
	buf_release(&is);
	return rc;
}

static int write_note(struct store *s, const char *link, const char *text, int64_t rev, bool was,
		      struct err *e)
{
	if (was && sql_run(s->db, e, STORE_WORDS_DROP, "t", link))
		return -1;
	if (!*text)
		return sql_run(s->db, e, STORE_NOTE_DROP, "t", link) ||
		       sql_run(s->db, e, STORE_WORDS_MERGE, "") || read_back(s, link, text, e) ? -1 : 0;
	return sql_run(s->db, e, STORE_NOTE_PUT, "ttii", link, text, rev + 1, day_now()) ||
	       sql_run(s->db, e, STORE_WORDS_PUT, "t", link) || read_back(s, link, text, e) ? -1 : 0;
}

/* What is there already need not be written, whatever was read before: so an attempt can be repeated. */
static int put_note(struct store *s, const char *link, const char *text, int64_t rev, struct err *e)
{
	struct buf is = { 0 };
	int64_t now;
	int rc, was;

	if (store_begin(s, e))
		return -1;
	was = read_note(s, link, &is, &now, e);
	if (was < 0)
		rc = -1;
	else if (!strcmp(buf_str(&is), text))
		rc = 0;
	else if (now != rev)
		rc = 1;
	else
		rc = write_note(s, link, text, rev, was, e);
	buf_release(&is);
	return store_end(s, rc, e);
}

int store_note_put(struct store *s, const char *link, const char *text, int64_t rev, struct err *e)
{
	int rc;

	if (strlen(text) > NOTE_MAX)
		return err_set(e, STATUS_DATA, "not saved: a note may have %d bytes, this one has %zu",
			       NOTE_MAX, strlen(text));
	if (!*link || strlen(link) > LINK_MAX)
		return err_set(e, STATUS_DATA, "not saved: a link may have 1 to %d bytes", LINK_MAX);
	do
		rc = put_note(s, link, text, rev, e);
	while (rc < 0 && store_mend(s, e));
	return rc < 0 ? err_prefix(e, "not saved") : rc;
}

/* Take what a question gives, as far as max and the words with a capital allow; words NULL: all. */
static int take(struct query *q, const struct words *words, int max, struct notes *notes, struct err *e)
{
	while (notes->n < max && query_row(q)) {
		struct note note = { .text = clean(q, 1, true) };
		if (words && words_cased(words) & ~words_in(words, note.text)) {
			free(note.text);
			continue;
		}
		note.link = clean(q, 0, false);
		note.changed = day_of(q, 2);
		*GROW(notes->note, notes->n, notes->cap) = note;
	}
	return query_end(q, e);
}

int store_notes(struct store *s, struct notes *notes, struct err *e)
{
	int rc;

	*notes = (struct notes){ 0 };
	if (store_ready(s, e))
		return -1;
	do {
		notes_release(notes);
		rc = take(sql_query(s->db, STORE_NOTES, ""), NULL, INT32_MAX, notes, e);
	} while (rc && store_mend(s, e));
	return rc;
}

static int find(struct store *s, const char *match, const struct words *words, int max, struct notes *notes,
		struct err *e)
{
	int rc;

	do {
		notes_release(notes);
		rc = take(sql_query(s->db, STORE_FIND, "t", match), words, max, notes, e);
	} while (rc && store_mend(s, e));
	return rc;
}

int store_find(struct store *s, const char *typed, int max, struct notes *notes, struct err *e)
{
	struct buf match = { 0 }, tidy = { 0 };
	struct words words;
	int rc = 0;

	*notes = (struct notes){ 0 };
	if (store_ready(s, e))
		return -1;
	text_clean(&tidy, typed, strlen(typed), false);
	words_init(&words, buf_str(&tidy));
	if (words_match(&words, &match))
		rc = find(s, buf_str(&match), &words, max, notes, e);
	words_release(&words);
	buf_release(&match);
	buf_release(&tidy);
	return rc;
}

void notes_release(struct notes *notes)
{
	for (int i = 0; i < notes->n; i++) {
		free(notes->note[i].link);
		free(notes->note[i].text);
		free(notes->note[i].changed);
	}
	free(notes->note);
	*notes = (struct notes){ 0 };
}

/* ---- what is kept under a name ---- */

static const char *const kinds[] = {
	[STORE_MARK] = "mark", [STORE_STACK] = "stack", [STORE_PLACE] = "place"
};

static int read_kept(struct store *s, const char *kind, const char *name, struct buf *text, struct err *e)
{
	struct query *q = sql_query(s->db, STORE_GET, "tt", kind, name);
	bool any = query_row(q);

	buf_clear(text);
	if (any) {
		char *is = clean(q, 0, true);
		buf_add(text, is);
		free(is);
	}
	return query_end(q, e) ? -1 : any;
}

int store_get(struct store *s, enum store_kind kind, const char *name, struct buf *text, struct err *e)
{
	int rc;

	if (store_ready(s, e))
		return -1;
	do
		rc = read_kept(s, kinds[kind], name, text, e);
	while (rc < 0 && store_mend(s, e));
	return rc;
}

static int put_kept(struct store *s, const char *kind, const char *name, const char *text, struct err *e)
{
	int rc;

	if (store_begin(s, e))
		return -1;
	rc = text ? sql_run(s->db, e, STORE_PUT, "ttti", kind, name, text, day_now())
		  : sql_run(s->db, e, STORE_DROP, "tt", kind, name);
	return store_end(s, rc, e);
}

int store_put(struct store *s, enum store_kind kind, const char *name, const char *text, struct err *e)
{
	int rc;

	if (text && strlen(text) > NOTE_MAX)
		return err_set(e, STATUS_DATA, "not kept: %s %s is too long", kinds[kind], name);
	do
		rc = put_kept(s, kinds[kind], name, text, e);
	while (rc && store_mend(s, e));
	return rc ? err_prefix(e, "not kept") : 0;
}

static int list(struct store *s, const char *kind, struct keeps *keeps, struct err *e)
{
	struct query *q = sql_query(s->db, STORE_LIST, "t", kind);

	while (query_row(q))
		*GROW(keeps->kept, keeps->n, keeps->cap) =
			(struct kept){ clean(q, 0, false), clean(q, 1, true), day_of(q, 2) };
	return query_end(q, e);
}

int store_list(struct store *s, enum store_kind kind, struct keeps *keeps, struct err *e)
{
	int rc;

	*keeps = (struct keeps){ 0 };
	if (store_ready(s, e))
		return -1;
	do {
		keeps_release(keeps);
		rc = list(s, kinds[kind], keeps, e);
	} while (rc && store_mend(s, e));
	return rc;
}

void keeps_release(struct keeps *keeps)
{
	for (int i = 0; i < keeps->n; i++) {
		free(keeps->kept[i].name);
		free(keeps->kept[i].text);
		free(keeps->kept[i].changed);
	}
	free(keeps->kept);
	*keeps = (struct keeps){ 0 };
}
