/* The places of the palette. */
#include "config.h"
#include "app/palette_in.h"

#include "base/alloc.h"

/* Where letters fit alike a command is meant before a list, a list before what is found. */
enum { LIST_LESS = 2, HEAD_LESS = 4, ID_LESS = 4, MATRIX_LESS = 6, FOUND_LESS = 10, ELSEWHERE_LESS = 10 };
/* Of what is found so many are looked at, of each kind so many, and so many are shown whose title does not
 * have the letters: a search shows all. */
enum { LOOKED_AT = 40, OF_A_KIND = 5, IN_TEXT = 8, NAMED = 100 };

static bool known(const struct palette *p, const char *link)
{
	for (int i = 0; i < p->n; i++)
		if (p->offer[i].link && !strcmp(p->offer[i].link, link))
			return true;
	return false;
}

static void add_place(struct palette *p, int score, const char *link, const char *name, const char *about,
		      const char *kind)
{
	if (score < 1 || known(p, link))
		return;
	struct offer *o = palette_add(p, OFFER_LINK, score, name, about);
	o->link = xstrdup(link);
	o->right = xstrdup(kind);
}

static int score_of(const struct palette *p, const char *title, const char *id, int less)
{
	const struct fuzzy_text texts[] = { { .text = title, .less = less },
					    { .text = id, .less = less + ID_LESS } };

	return fuzzy_score(&p->fuzzy, texts, ARRAY_LEN(texts));
}

static void add_lists(struct palette *p)
{
	struct buf link = { 0 };

	for (int k = 0; k < KIND__COUNT; k++) {
		const struct kind_def *kind = &kind_table[k];
		buf_clear(&link);
		buf_addf(&link, "%s/", kind->word);
		add_place(p, score_of(p, kind->heading, kind->section, LIST_LESS), buf_str(&link),
			  kind->heading, "All there are", "list");
	}
	buf_release(&link);
}

/* Models or layers of the matrix: form is their link. */
static void add_heads(struct palette *p, const struct head *head, int n, const char *between, enum kind kind)
{
	struct buf link = { 0 };

	for (int i = 0; i < n; i++) {
		const struct head *h = &head[i];
		if (!h->slug || !h->label[0])
			continue;
		buf_clear(&link);
		buf_addf(&link, "%s:%s%s", p->matrix.slug, between, h->slug);
		add_place(p, score_of(p, h->label[0], h->slug, HEAD_LESS), buf_str(&link), h->label[0],
			  h->summary ? h->summary : "", kind_table[kind].word);
	}
	buf_release(&link);
}

static void add_matrix(struct palette *p, int score, const char *link, const char *title, const char *about)
{
	const char *id = strchr(link, '/');

	if (score < 1 || !id || known(p, id + 1))
		return;
	struct offer *o = palette_add(p, OFFER_MATRIX, score, title, about);
	o->link = xstrdup(id + 1);
	o->right = xstrdup("matrix");
}

static void add_matrices(struct palette *p)
{
	for (int i = 0; i < p->matrices.n; i++) {
		const struct ref *ref = &p->matrices.ref[i];
		const char *id = strchr(ref->link, '/');
		add_matrix(p, score_of(p, ref->title, id ? id + 1 : "", MATRIX_LESS), ref->link, ref->title,
			   "Change the grid to this matrix");
	}
}

/* The model in which a service falls. */
static int add_model_of(struct palette *p, int64_t service, const char *title, int score, struct err *e)
{
	struct buf about = { 0 };
	struct found f = { .title = NULL };
	int64_t model;
	int rc = kb_service_model(p->kb, service, &model, e);

	if (rc > 0)
		rc = kb_found(p->kb, model, &f, e);
	buf_addf(&about, "model of %s", title);
	if (rc > 0)
		add_place(p, score, f.link, f.title, buf_str(&about), kind_table[KIND_MODEL].word);
	found_release(&f);
	buf_release(&about);
	return rc < 0 ? -1 : 0;
}

/* An entry of exactly this id, of any kind: what people type who know it. */
static int add_by_id(struct palette *p, const char *typed, struct err *e)
{
	struct buf link = { 0 }, id = { 0 };
	int rc = 0;

	for (const char *s = typed; *s; s++)
		buf_addc(&id, *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s);
	for (int k = 0; k < KIND__COUNT && rc >= 0; k++) {
		struct kb_entry entry = { 0 };
		buf_clear(&link);
		buf_addf(&link, "%s/%s", kind_table[k].word, buf_str(&id));
		rc = k == KIND_MATRIX ? 0 : kb_entry(p->kb, buf_str(&link), &entry, e);
		int score = rc > 0 ? score_of(p, entry.title, typed, HEAD_LESS) : 0;
		if (rc > 0)
			add_place(p, score, entry.link, entry.title, entry.summary, kind_table[k].word);
		if (rc > 0 && entry.kind == KIND_SERVICE)
			rc = add_model_of(p, entry.id, entry.title, score - 1, e);
		kb_entry_release(&entry);
	}
	buf_release(&link);
	buf_release(&id);
	return rc < 0 ? -1 : 0;
}

static int add_find(struct palette *p, const struct find *find, int *in_text, struct err *e)
{
	struct buf about = { 0 };
	struct found f = { .title = NULL };
	int score, rc = kb_found(p->kb, find->id, &f, e);

	if (rc > 0) {
		size_t n = strcspn(f.link, ":/");
		bool elsewhere = f.link[n] == ':' &&
				 (strlen(p->matrix.slug) != n || strncmp(f.link, p->matrix.slug, n) != 0);
		score = score_of(p, f.title, "", FOUND_LESS + elsewhere * ELSEWHERE_LESS);
		if (find->how == FIND_NAMED)
			score = max_int(score, NAMED - elsewhere * ELSEWHERE_LESS);
		else if (!score && (*in_text)++ < IN_TEXT)
			score = 1;
		if (elsewhere)
			buf_addf(&about, "(%.*s) ", (int)n, f.link);
		buf_add(&about, f.summary);
		if (find->kind == KIND_MATRIX)
			add_matrix(p, score, f.link, f.title, buf_str(&about));
		else if (find->kind < KIND__COUNT)
			add_place(p, score, f.link, f.title, buf_str(&about), kind_table[find->kind].word);
		if (find->kind == KIND_SERVICE && find->how == FIND_NAMED)
			rc = add_model_of(p, find->id, f.title, score - 1, e);
	}
	found_release(&f);
	buf_release(&about);
	return rc < 0 ? -1 : 0;
}

/* Of too many, those whose title has the words come first; of few, they are among them. */
static int add_finds(struct palette *p, const char *typed, struct err *e)
{
	struct finds titles = { 0 }, finds = { 0 };
	struct words words;
	int seen[KIND__COUNT + 1] = { 0 }, in_text = 0;
	int rc = kb_find(p->kb, typed, &words, &finds, e), most = finds.n > LOOKED_AT ? OF_A_KIND : LOOKED_AT;

	if (!rc && finds.n > LOOKED_AT)
		rc = kb_find_titles(p->kb, typed, LOOKED_AT, &titles, e);
	for (int i = 0; i < titles.n && !rc; i++)
		rc = add_find(p, &titles.find[i], &in_text, e);
	for (int i = 0; i < finds.n && !rc; i++)
		if (finds.find[i].how == FIND_NAMED || seen[finds.find[i].kind]++ < most)
			rc = add_find(p, &finds.find[i], &in_text, e);
	words_release(&words);
	finds_release(&finds);
	finds_release(&titles);
	return rc;
}

int palette_places(struct palette *p, const char *typed, struct err *e)
{
	add_lists(p);
	if (!*typed)
		return 0;
	add_heads(p, p->model, p->nmodel, "", KIND_MODEL);
	add_heads(p, p->layer, p->nlayer, "layer/", KIND_LAYER);
	add_matrices(p);
	return add_by_id(p, typed, e) || add_finds(p, typed, e) ? -1 : 0;
}
