#include "config.h"
#include "app/own.h"

#include "base/alloc.h"
#include "text/text.h"

enum { NOTES_FOUND = 100 };     /* at most */

int own_read(struct own *o, struct store **s, struct err *e)
{
	*s = NULL;
	if (!o || o->failed)
		return 0;
	if (!o->store && store_open(&o->store, STORE_READ, e)) {
		o->failed = true;
		return -1;
	}
	*s = o->store;
	return 0;
}

int own_write(struct own *o, enum store_how how, struct store **s, struct err *e)
{
	*s = NULL;
	if (!o)
		return err_set(e, STATUS_DATA, "nothing is kept here");
	if (o->how != how)
		own_close(o);
	if (!o->store && store_open(&o->store, how, e))
		return -1;
	o->how = how;
	o->failed = false;
	*s = o->store;
	return 0;
}

void own_close(struct own *o)
{
	store_close(o->store);
	o->store = NULL;
	o->how = STORE_READ;
	o->told = false;
}

const char *own_notice(struct own *o)
{
	const char *notice = o && o->store && !o->told ? store_notice(o->store) : NULL;

	if (notice)
		o->told = true;
	return notice;
}

int own_raw_note(struct own *o, const char *link, struct buf *text, int64_t *rev, struct err *e)
{
	struct store *s;
	int rc = own_read(o, &s, e);

	*rev = 0;
	return !rc && s ? store_note(s, link, text, rev, e) : rc;
}

int own_note(struct own *o, const char *link, struct buf *out, struct err *e)
{
	struct buf raw = { 0 };
	int64_t rev;
	int rc = own_raw_note(o, link, &raw, &rev, e);

	text_clean(out, buf_str(&raw), raw.len, true);
	buf_release(&raw);
	return rc;
}

/* ---- on pages ---- */

static void add_lines(struct pairs *lines, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		*GROW(lines->pair, lines->n, lines->cap) =
			(struct pair){ .label = xstrdup(""), .value = xstrndup(text, n) };
		text += n + (text[n] == '\n');
	}
}

int page_add_note(struct page *p, struct own *o, struct err *e)
{
	struct buf text = { 0 };
	int rc = own_note(o, p->entry.link, &text, e);

	if (rc > 0) {
		GROW(p->section, p->nsection, p->section_cap);
		memmove(p->section + 1, p->section, (size_t)(p->nsection - 1) * sizeof *p->section);
		p->section[0] = (struct section){ .name = xstrdup(NOTE_SECTION),
						  .heading = xstrdup("Your note"), .prose = true };
		add_lines(&p->section[0].lines, buf_str(&text));
	}
	buf_release(&text);
	return rc;
}

/* ---- among what is found ---- */

static int find(struct own *o, const char *words, struct notes *notes, struct err *e)
{
	struct store *s;

	*notes = (struct notes){ 0 };
	if (own_read(o, &s, e))
		return -1;
	return s ? store_find(s, words, NOTES_FOUND, notes, e) : 0;
}

void own_excerpt(const struct words *words, const char *text, struct buf *out)
{
	struct buf line = { 0 };

	for (const char *s = text; *(s += strspn(s, " \t\n")); ) {
		size_t n = strcspn(s, " \t\n");
		buf_add(&line, line.len ? " " : "");
		buf_addn(&line, s, n);
		s += n;
	}
	words_excerpt(words, words_all(words), buf_str(&line), out);
	buf_release(&line);
}

static struct hit hit_of(const struct note *note, const char *title, const char *typed)
{
	struct buf part = { 0 };
	struct words words;

	words_init(&words, typed);
	own_excerpt(&words, note->text, &part);
	words_release(&words);
	return (struct hit){ KIND_NOTE, xstrdup(note->link), xstrdup(title), buf_detach(&part) };
}

static int add_hit(struct kb *kb, const struct note *note, const char *words, struct hits *hits,
		   struct err *e)
{
	struct kb_entry entry = { 0 };
	int rc = kb_entry(kb, note->link, &entry, e);

	if (rc >= 0)
		*GROW(hits->hit, hits->n, hits->cap) = hit_of(note, rc ? entry.title : note->link, words);
	kb_entry_release(&entry);
	return rc < 0 ? -1 : 0;
}

int own_hits(struct own *o, struct kb *kb, const char *words, struct hits *hits, struct err *e)
{
	struct hits all = { .total = hits->total };
	struct notes notes;
	int rc = find(o, words, &notes, e);

	for (int i = 0; i < notes.n && !rc; i++)
		rc = add_hit(kb, &notes.note[i], words, &all, e);
	all.total += all.n;
	for (int i = 0; i < hits->n; i++) {
		*GROW(all.hit, all.n, all.cap) = hits->hit[i];
		hits->hit[i] = (struct hit){ .link = NULL };
	}
	hits_release(hits);
	*hits = all;
	notes_release(&notes);
	return rc;
}

int own_finds(struct own *o, struct kb *kb, const char *words, struct finds *finds, struct err *e)
{
	struct notes notes;
	int at = 0, rc = find(o, words, &notes, e);

	while (at < finds->n && finds->find[at].how == FIND_NAMED)
		at++;
	for (int i = 0; i < notes.n && !rc; i++) {
		struct kb_entry entry = { 0 };
		int there = kb_entry(kb, notes.note[i].link, &entry, e);
		if (there > 0) {
			GROW(finds->find, finds->n, finds->cap);
			memmove(&finds->find[at + 1], &finds->find[at],
				(size_t)(finds->n - 1 - at) * sizeof *finds->find);
			finds->find[at++] = (struct find){ entry.id, KIND_NOTE, FIND_WORDS };
		}
		rc = there < 0 ? -1 : 0;
		kb_entry_release(&entry);
	}
	notes_release(&notes);
	return rc;
}
