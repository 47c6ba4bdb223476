#include "config.h"
#include "app/page.h"

#include <ctype.h>

#include "base/alloc.h"
#include "text/md.h"
#include "text/text.h"

static struct section *add_section(struct page *p, const char *name, const char *heading)
{
	struct section *s = GROW(p->section, p->nsection, p->section_cap);

	s->name = name;
	s->heading = heading;
	return s;
}

/* Entries of a list as sections, one a kind, in the order of kinds, but for kinds before `from`, which
 * the page has elsewhere. */
static int add_refs(struct page *p, enum kb_list list, enum kind from, struct err *e)
{
	struct refs refs = { 0 };
	int rc = kb_refs(p->kb, list, p->entry.id, &refs, e);

	for (int k = (int)from; k < KIND__COUNT; k++) {
		struct section *s = NULL;
		for (int i = 0; i < refs.n; i++) {
			if ((int)refs.ref[i].kind != k)
				continue;
			if (!s)
				s = add_section(p, kind_table[k].section, kind_table[k].heading);
			*GROW(s->refs.ref, s->refs.n, s->refs.cap) = refs.ref[i];
			refs.ref[i] = (struct ref){ 0 };
		}
	}
	refs_release(&refs);
	return rc;
}

static int add_part_of(struct page *p, enum kb_list list, struct err *e)
{
	struct section *s = p->brief ? NULL : add_section(p, "part-of", "Part of");

	return p->brief ? 0 : kb_refs(p->kb, list, p->entry.id, &s->refs, e);
}

static int borrow(struct page *p, const struct ref *from, struct err *e)
{
	struct kb_entry other = { 0 };
	int had = p->duties.n, rc = kb_entry(p->kb, from->link, &other, e);

	if (rc > 0)
		rc = kb_duties(p->kb, other.id, &p->duties, e);
	kb_entry_release(&other);
	if (p->duties.n > had)
		*GROW(p->as_in.ref, p->as_in.n, p->as_in.cap) = (struct ref){ .kind = from->kind,
			.link = xstrdup(from->link), .title = xstrdup(from->title),
			.summary = xstrdup(from->summary), .holder = from->holder };
	return rc < 0 ? -1 : 0;
}

/* The counterparts; a cell without duties of its own has those of the ones with the same holder. */
static int load_editions(struct page *p, struct err *e)
{
	struct section *s = add_section(p, "editions", "Other editions");
	bool own = p->duties.n > 0;
	int rc = kb_refs(p->kb, LIST_EDITIONS, p->entry.id, &s->refs, e);

	for (int i = 0; i < s->refs.n && !own && !rc; i++)
		if (s->refs.ref[i].holder == p->holder)
			rc = borrow(p, &s->refs.ref[i], e);
	return rc;
}

/* What the pane shows of a cell, in as few questions as there can be. */
static int load_brief_cell(struct page *p, struct err *e)
{
	if (kb_duties(p->kb, p->entry.id, &p->duties, e) ||
	    kb_parties(p->kb, p->entry.id, &p->holder, &p->party, &p->nparty, e) ||
	    (!p->duties.n && load_editions(p, e)))
		return -1;
	if (kb_holder(p->kb, p->holder)->pattern == PATTERN_NONE &&
	    kb_fields(p->kb, &p->entry, &p->fields, e))
		return -1;              /* nobody's colour: then it says on what it depends */
	return add_refs(p, LIST_LINKED, KIND_CELL, e);
}

static int load_cell(struct page *p, struct err *e)
{
	return kb_duties(p->kb, p->entry.id, &p->duties, e) ||
			       kb_parties(p->kb, p->entry.id, &p->holder, &p->party, &p->nparty, e) ||
			       add_refs(p, LIST_LINKED, KIND_CELL, e) || load_editions(p, e)
		       ? -1
		       : add_part_of(p, LIST_WHERE, e);
}

static int load_model(struct page *p, struct err *e)
{
	return add_refs(p, LIST_CELLS_OF_MODEL, KIND_MATRIX, e) ||
			       add_refs(p, LIST_LINKED, KIND_EXAMPLE, e)
		       ? -1
		       : add_part_of(p, LIST_WHERE, e);
}

static int load_layer(struct page *p, struct err *e)
{
	return add_refs(p, LIST_CELLS_OF_LAYER, KIND_MATRIX, e) ||
			       add_refs(p, LIST_LINKED, KIND_EXAMPLE, e)
		       ? -1
		       : add_part_of(p, LIST_WHERE, e);
}

static int load_matrix(struct page *p, struct err *e)
{
	return add_refs(p, LIST_PARTS_OF_MATRIX, KIND_MATRIX, e) ||
	       add_refs(p, LIST_TOPICS, KIND_MATRIX, e);
}

static int load_practice(struct page *p, struct err *e)
{
	struct section *s = add_section(p, "steps", "Steps");

	s->numbered = true;
	if (kb_steps(p->kb, p->entry.id, &s->lines, e))
		return -1;
	s = add_section(p, "features", "Azure features that help");
	return kb_features(p->kb, p->entry.id, &s->lines, e) || add_refs(p, LIST_LINKED, KIND_MATRIX, e);
}

static int load_linked(struct page *p, struct err *e)
{
	return add_refs(p, LIST_LINKED, KIND_MATRIX, e);
}

static int load_source(struct page *p, struct err *e)
{
	return add_refs(p, LIST_CITED_BY, KIND_MATRIX, e);
}

static int load(struct page *p, struct err *e)
{
	static int (*const load_kind[KIND__COUNT])(struct page *, struct err *) = {
		[KIND_MATRIX] = load_matrix, [KIND_MODEL] = load_model, [KIND_LAYER] = load_layer,
		[KIND_CELL] = load_cell, [KIND_EXAMPLE] = load_linked, [KIND_PRACTICE] = load_practice,
		[KIND_TOPIC] = load_linked, [KIND_ALIAS] = load_linked, [KIND_SOURCE] = load_source,
	};

	if (p->brief && p->entry.kind == KIND_CELL)
		return load_brief_cell(p, e);
	if (kb_fields(p->kb, &p->entry, &p->fields, e) || load_kind[p->entry.kind](p, e))
		return -1;
	return p->brief ? 0 : kb_sources(p->kb, p->entry.id, &p->sources, e);
}

static struct page *load_page(struct kb *kb, const char *link, bool brief, struct err *e)
{
	struct page *p = xcalloc(1, sizeof *p);
	int rc;

	p->kb = kb;
	p->brief = brief;
	rc = kb_entry(kb, link, &p->entry, e);
	if (!rc)
		rc = err_set(e, STATUS_LINK, "there is no %s", link);
	if (rc > 0 && !load(p, e))
		return p;
	page_free(p);
	return NULL;
}

struct page *page_load(struct kb *kb, const char *link, struct err *e)
{
	return load_page(kb, link, false, e);
}

struct page *page_load_brief(struct kb *kb, const char *link, struct err *e)
{
	return load_page(kb, link, true, e);
}

void page_free(struct page *p)
{
	if (!p)
		return;
	for (int i = 0; i < p->nsection; i++) {
		refs_release(&p->section[i].refs);
		pairs_release(&p->section[i].lines);
	}
	free(p->section);
	free(p->party);
	kb_entry_release(&p->entry);
	duties_release(&p->duties);
	refs_release(&p->as_in);
	pairs_release(&p->fields);
	sources_release(&p->sources);
	free(p);
}

/* Duties of one party alone; how many stay. */
static int only_party(struct page *p, const char *slug)
{
	int kept = 0;

	for (int i = 0; i < p->duties.n; i++)
		if (!strcmp(kb_holder(p->kb, p->duties.duty[i].party)->slug, slug)) {
			struct duty one = p->duties.duty[i];
			p->duties.duty[i] = p->duties.duty[kept];
			p->duties.duty[kept++] = one;
		}
	for (int i = kept; i < p->duties.n; i++)
		duty_release(&p->duties.duty[i]);
	p->duties.n = kept;
	p->nparty = 0;                  /* nobody asks what the others do */
	return kept;
}

int page_only(struct page *p, const char *name, struct err *e)
{
	bool found = only_party(p, name) > 0;

	for (int i = 0; i < p->nsection; i++) {
		struct section *s = &p->section[i];
		bool it = !strcmp(s->name, name) && (s->refs.n || s->lines.n);
		found |= it;
		if (!it) {
			refs_release(&s->refs);
			pairs_release(&s->lines);
		}
	}
	if (strcmp(name, "sources"))
		sources_release(&p->sources);
	found |= p->sources.n > 0;
	p->entry.body[0] = p->entry.summary[0] = '\0';
	pairs_release(&p->fields);
	return found ? 0
		     : err_set(e, STATUS_LINK, "%s has no section %s; onus show %s has them all",
			       p->entry.link, name, p->entry.link);
}

static int duties_of(const struct page *p, int party)
{
	int n = 0;

	for (int i = 0; i < p->duties.n; i++)
		n += p->duties.duty[i].party == party;
	return n;
}

static bool asked(const struct page *p, int party)
{
	for (int i = 0; i < p->nparty; i++)
		if (p->party[i] == party)
			return true;
	return false;
}

void page_parties(const struct page *p, void (*see)(void *ctx, const struct holder *party, int duties),
                  void *ctx)
{
	for (int i = 0; i < p->nparty; i++)
		see(ctx, kb_holder(p->kb, p->party[i]), duties_of(p, p->party[i]));
	for (int h = 1; h <= kb_holder_count(p->kb); h++)
		if (!asked(p, h) && duties_of(p, h))
			see(ctx, kb_holder(p->kb, h), duties_of(p, h));
}

const char *page_badge(const struct page *p, struct buf *out)
{
	const char *word = p->entry.kind == KIND_CELL ? kb_holder(p->kb, p->holder)->word :
	                   kind_table[p->entry.kind].word;

	for (; *word; word++)
		buf_addc(out, (char)toupper((unsigned char)*word));
	return buf_str(out);
}

/* ---- the page as lines ---- */

struct layout {
	const struct page *page;
	struct lines *lines;
	struct rich rich;
	int width;
	struct mark *mark;
	int nmarks, marks;
};

static void put(struct layout *l, int indent, const char *marker, bool stop, const char *link)
{
	lines_add(l->lines, &l->rich, indent, marker, l->width, stop, link);
	rich_clear(&l->rich);
}

static void heading(struct layout *l, const char *name, const char *text)
{
	lines_gap(l->lines);
	if (l->marks < l->nmarks)
		l->mark[l->marks++] = (struct mark){ name, l->lines->n };
	rich_add(&l->rich, text, FACE_HEADING);
	put(l, 0, "", false, NULL);
}

static void put_party(void *ctx, const struct holder *party, int duties)
{
	struct layout *l = ctx;
	const struct page *p = l->page;

	heading(l, party->slug, party->word);
	if (!duties) {
		rich_add(&l->rich, "has nothing to do here", FACE_FAINT);
		put(l, 2, "", true, NULL);
	}
	for (int i = 0; i < p->duties.n; i++) {
		const struct duty *d = &p->duties.duty[i];
		if (d->party != party->id)
			continue;
		rich_add(&l->rich, d->verb, FACE_STRONG);
		rich_add(&l->rich, " ", FACE_TEXT);
		rich_add(&l->rich, d->text, FACE_TEXT);
		if (d->high)
			rich_add(&l->rich, " [high]", FACE_MARK);
		if (!strcmp(d->source, "ours"))
			rich_add(&l->rich, " (ours)", FACE_FAINT);
		put(l, 1, "- ", true, NULL);
	}
}

static void put_fields(struct layout *l)
{
	const struct pairs *f = &l->page->fields;

	if (f->n)
		lines_gap(l->lines);
	for (int i = 0; i < f->n; i++) {
		rich_add(&l->rich, f->pair[i].label, FACE_STRONG);
		rich_add(&l->rich, ": ", FACE_STRONG);
		rich_add(&l->rich, f->pair[i].value, FACE_TEXT);
		put(l, 0, "", true, NULL);
	}
}

static void put_ref(struct layout *l, const struct ref *r)
{
	rich_add(&l->rich, r->title, FACE_LINK);
	if (r->holder) {
		const struct holder *h = kb_holder(l->page->kb, r->holder);
		rich_add(&l->rich, ": ", FACE_TEXT);
		rich_add(&l->rich, h->word, FACE_STRONG);
	}
	put(l, 1, "> ", true, r->link);
}

static void put_as_in(struct layout *l)
{
	const struct refs *as_in = &l->page->as_in;

	if (!as_in->n)
		return;
	heading(l, "as-in", "Duties as in");
	for (int i = 0; i < as_in->n; i++)
		put_ref(l, &as_in->ref[i]);
}

static void put_section(struct layout *l, const struct section *s)
{
	char number[16];

	if (!s->refs.n && !s->lines.n)
		return;
	heading(l, s->name, s->heading);
	for (int i = 0; i < s->lines.n; i++) {
		snprintf(number, sizeof number, "%d. ", i + 1);
		rich_add(&l->rich, s->lines.pair[i].value, FACE_TEXT);
		put(l, 1, s->numbered ? number : "- ", true, NULL);
	}
	for (int i = 0; i < s->refs.n; i++)
		put_ref(l, &s->refs.ref[i]);
}

static void put_sources(struct layout *l)
{
	const struct sources *s = &l->page->sources;

	if (s->n)
		heading(l, "sources", "Sources");
	for (int i = 0; i < s->n; i++) {
		rich_add(&l->rich, s->source[i].title, FACE_LINK);
		rich_add(&l->rich, ", ", FACE_FAINT);
		rich_add(&l->rich, s->source[i].publisher, FACE_FAINT);
		if (*s->source[i].date) {
			rich_add(&l->rich, ", ", FACE_FAINT);
			rich_add(&l->rich, s->source[i].date, FACE_FAINT);
		}
		put(l, 1, "> ", true, s->source[i].link);
	}
}

int page_lines(const struct page *p, struct lines *lines, int width, struct mark *mark, int nmarks)
{
	struct layout l = { .page = p, .lines = lines, .width = width, .mark = mark, .nmarks = nmarks };

	if (*p->entry.summary) {
		rich_add(&l.rich, p->entry.summary, FACE_TEXT);
		put(&l, 0, "", true, NULL);
	}
	put_fields(&l);
	put_as_in(&l);
	if (p->entry.kind == KIND_CELL)
		page_parties(p, put_party, &l);
	if (*p->entry.body) {
		lines_gap(lines);
		md_lines(lines, p->entry.body, 0, width);
	}
	for (int i = 0; i < p->nsection; i++)
		put_section(&l, &p->section[i]);
	put_sources(&l);
	rich_release(&l.rich);
	return l.marks;
}
