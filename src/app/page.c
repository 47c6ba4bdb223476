#include "config.h"
#include "app/page.h"

#include "app/when.h"
#include "base/alloc.h"

struct section *page_add(struct page *p, const char *name, const char *heading)
{
	struct section *s = GROW(p->section, p->nsection, p->section_cap);

	*s = (struct section){ .name = xstrdup(name), .heading = xstrdup(heading) };
	return s;
}

static bool has_title(const struct refs *refs, int n, const char *title)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(refs->ref[i].title, title))
			return true;
	return false;
}

/* Parts of different matrices can have the same title: then the matrix stands behind it. */
void page_tell_apart(struct refs *refs)
{
	enum { MOST = 500 };            /* nobody reads longer lists for that */

	for (int i = min_int(refs->n, MOST) - 1; i > 0; i--) {
		struct ref *r = &refs->ref[i];
		struct buf title = { 0 };
		if (!strchr(r->link, ':') || !has_title(refs, i, r->title))
			continue;
		buf_addf(&title, "%s (%.*s)", r->title, (int)strcspn(r->link, ":"), r->link);
		free(r->title);
		r->title = buf_detach(&title);
	}
}

/* Entries of a list as sections, one a kind, in the order of kinds, but for kinds before `from`, which
 * the page has elsewhere. */
static int add_refs(struct page *p, enum kb_list list, enum kind from, struct err *e)
{
	struct refs refs = { 0 };
	int had = p->nsection, rc = kb_refs(p->kb, list, p->entry.id, &refs, e);

	for (int k = (int)from; k < KIND__COUNT; k++) {
		struct section *s = NULL;
		for (int i = 0; i < refs.n; i++) {
			if ((int)refs.ref[i].kind != k)
				continue;
			if (!s)
				s = page_add(p, kind_table[k].section, kind_table[k].heading);
			*GROW(s->refs.ref, s->refs.n, s->refs.cap) = refs.ref[i];
			refs.ref[i] = (struct ref){ 0 };
		}
	}
	refs_release(&refs);
	for (int i = had; i < p->nsection; i++)
		page_tell_apart(&p->section[i].refs);
	return rc;
}

static int add_part_of(struct page *p, enum kb_list list, struct err *e)
{
	struct section *s = p->brief ? NULL : page_add(p, "part-of", "Part of");

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
	struct section *s = page_add(p, "editions", "Other editions");
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
	return add_refs(p, LIST_LINKED_BRIEF, KIND_CELL, e);
}

static int load_cell(struct page *p, struct err *e)
{
	return kb_duties(p->kb, p->entry.id, &p->duties, e) ||
			       kb_parties(p->kb, p->entry.id, &p->holder, &p->party, &p->nparty, e) ||
			       add_refs(p, LIST_LINKED, KIND_CELL, e) || load_editions(p, e) ||
			       add_refs(p, LIST_CONTROLS_OF_CELL, KIND_CONTROL, e)
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
	struct section *s = page_add(p, "steps", "Steps");

	s->numbered = true;
	if (kb_steps(p->kb, p->entry.id, &s->lines, e))
		return -1;
	s = page_add(p, "features", "Azure features that help");
	return kb_features(p->kb, p->entry.id, &s->lines, e) || add_refs(p, LIST_LINKED, KIND_MATRIX, e);
}

static int load_linked(struct page *p, struct err *e)
{
	return add_refs(p, LIST_LINKED, KIND_MATRIX, e);
}

static int load_source(struct page *p, struct err *e)
{
	for (int i = 0; i < p->fields.n; i++) {
		struct pair *f = &p->fields.pair[i];
		struct buf b = { 0 };
		if (strcmp(f->label, "Date"))
			continue;
		buf_addf(&b, "%s%s", f->value, when_age(f->value));
		free(f->value);
		f->value = buf_detach(&b);
	}
	return add_refs(p, LIST_CITED_BY, KIND_MATRIX, e);
}

/* A duty as a line: who does what. */
static void add_duty(struct page *p, struct section *s, const struct duty *d)
{
	struct buf b = { 0 };
	const char *doubt = page_doubt(d->source);

	buf_addf(&b, "%s %s%s", d->verb, d->text, d->high ? " [high]" : "");
	if (doubt)
		buf_addf(&b, " (%s)", doubt);
	*GROW(s->lines.pair, s->lines.n, s->lines.cap) =
		(struct pair){ xstrdup(kb_holder(p->kb, d->party)->word), buf_detach(&b) };
}

/* Where it leaves the column of its model, a section each: why, and all that is done there. */
static int load_overrides(struct page *p, struct err *e)
{
	struct override *o;
	int n, rc = kb_overrides(p->kb, p->entry.id, &o, &n, e);

	for (int i = 0; i < n; i++) {
		struct buf heading = { 0 }, name = { 0 };
		const char *doubt = page_doubt(o[i].source);
		struct section *s;
		buf_addf(&heading, "%s: %s", o[i].layer, kb_holder(p->kb, o[i].holder)->word);
		buf_addf(&name, "layer/%s", o[i].slug);
		s = page_add(p, buf_str(&name), buf_str(&heading));
		buf_release(&name);
		buf_clear(&heading);
		buf_add(&heading, o[i].reason);
		if (doubt)
			buf_addf(&heading, " (%s)", doubt);
		*GROW(s->lines.pair, s->lines.n, s->lines.cap) =
			(struct pair){ xstrdup(""), buf_detach(&heading) };
		for (int h = 1; h <= kb_holder_count(p->kb); h++)       /* one party after the other */
			for (int k = 0; k < o[i].duties.n; k++)
				if (o[i].duties.duty[k].party == h)
					add_duty(p, s, &o[i].duties.duty[k]);
	}
	overrides_free(o, n);
	return rc;
}

static int load_service(struct page *p, struct err *e)
{
	struct section *s = page_add(p, "column", "Layer by layer");
	int rc = kb_refs(p->kb, LIST_COLUMN, p->entry.id, &s->refs, e);

	for (int i = 0; i < s->refs.n; i++)     /* why, stands in the section of the layer */
		if (s->refs.ref[i].note)
			s->refs.ref[i].note[0] = '\0';
	return rc || load_overrides(p, e) ||
	       add_refs(p, LIST_LINKED, KIND_EXAMPLE, e) || add_part_of(p, LIST_WHERE, e);
}

static int load_control(struct page *p, struct err *e)
{
	struct section *s;

	if (add_refs(p, LIST_LINKED, KIND_PRACTICE, e) ||
	    add_refs(p, LIST_CELLS_OF_CONTROL, KIND_CELL, e))
		return -1;
	s = page_add(p, "crosswalk", "Mapped to");
	return kb_refs(p->kb, LIST_CROSSWALK, p->entry.id, &s->refs, e);
}

/* Whether the entry itself ends on a date. */
static bool own_ending(const struct pairs *w, const char *date)
{
	for (int i = 0; i < w->n; i++)
		if (!*w->pair[i].label && !strcmp(w->pair[i].value, date))
			return true;
	return false;
}

/* What ends, of all products that the page is about. */
static int load_warnings(struct page *p, struct err *e)
{
	static const char *const words[] = { "Retires", "Retires soon", "Retired" };
	static const bool about_products[KIND__COUNT] = {
		[KIND_SERVICE] = true, [KIND_EXAMPLE] = true, [KIND_PRACTICE] = true,
		[KIND_MISCONCEPTION] = true, [KIND_TOPIC] = true, [KIND_ALIAS] = true };
	struct pairs *w = &p->warnings;
	int rc = about_products[p->entry.kind] ? kb_endings(p->kb, p->entry.id, w, e) : 0;

	for (int i = 0; i < w->n; i++)          /* its own old name says the same once more */
		if (*w->pair[i].label && own_ending(w, w->pair[i].value)) {
			free(w->pair[i].label);
			free(w->pair[i].value);
			w->pair[i--] = w->pair[--w->n];
		}
	for (int i = 0; i < w->n; i++) {
		struct buf b = { 0 };
		buf_addf(&b, "%s%s%s", w->pair[i].label, *w->pair[i].label ? ", " : "", w->pair[i].value);
		free(w->pair[i].label);
		w->pair[i].label = xstrdup(words[when_ends(w->pair[i].value)]);
		free(w->pair[i].value);
		w->pair[i].value = buf_detach(&b);
	}
	return rc;
}

static int load(struct page *p, struct err *e)
{
	static int (*const load_kind[KIND__COUNT])(struct page *, struct err *) = {
		[KIND_MATRIX] = load_matrix, [KIND_MODEL] = load_model, [KIND_LAYER] = load_layer,
		[KIND_CELL] = load_cell, [KIND_EXAMPLE] = load_linked, [KIND_PRACTICE] = load_practice,
		[KIND_TOPIC] = load_linked, [KIND_ALIAS] = load_linked, [KIND_SOURCE] = load_source,
		[KIND_SERVICE] = load_service, [KIND_MISCONCEPTION] = load_linked,
		[KIND_BENCHMARK] = load_linked, [KIND_CONTROL] = load_control, [KIND_TERM] = load_linked,
	};

	if (p->brief && p->entry.kind == KIND_CELL)
		return load_brief_cell(p, e);
	if (kb_fields(p->kb, &p->entry, &p->fields, e) || load_warnings(p, e) ||
	    load_kind[p->entry.kind](p, e))
		return -1;
	return p->brief ? 0 : kb_sources(p->kb, p->entry.id, &p->sources, e);
}

static struct page *load_page(struct kb *kb, const char *link, bool brief, struct err *e)
{
	struct page *p;
	int rc;

	if (page_is_made(link))
		return page_make(kb, link, e);
	p = xcalloc(1, sizeof *p);
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
		free(p->section[i].name);
		free(p->section[i].heading);
		refs_release(&p->section[i].refs);
		pairs_release(&p->section[i].lines);
	}
	free(p->section);
	free(p->party);
	kb_entry_release(&p->entry);
	duties_release(&p->duties);
	refs_release(&p->as_in);
	pairs_release(&p->fields);
	pairs_release(&p->warnings);
	sources_release(&p->sources);
	free(p);
}

int page_duties(struct kb *kb, int64_t service, const struct column_row *row, struct duties *duties,
                struct err *e)
{
	struct page *p;

	if (row->override)
		return kb_override_duties(kb, service, row->cell, duties, e);
	if (kb_duties(kb, row->cell, duties, e))
		return -1;
	if (duties->n)
		return 0;
	p = page_load_brief(kb, row->link, e);          /* it knows whose a cell without any has */
	if (!p)
		return -1;
	*duties = p->duties;
	p->duties = (struct duties){ 0 };
	page_free(p);
	return 0;
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

	if (!found)
		refs_release(&p->as_in);
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
	pairs_release(&p->warnings);
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
