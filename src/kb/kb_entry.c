#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"

static enum kind read_kind(struct query *q, int column)
{
	char *word = kb_line(q, column);
	enum kind kind = kind_of(word);

	free(word);
	return kind < KIND__COUNT ? kind : KIND_TOPIC;  /* a kind of a damaged file: prose at least */
}

int kb_entry(struct kb *kb, const char *link, struct kb_entry *entry, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_ENTRY, "t", link);
	bool found = query_row(q);

	*entry = (struct kb_entry){ 0 };
	if (found)
		*entry = (struct kb_entry){ .id = query_int(q, 0),
					    .kind = read_kind(q, 1),
					    .link = kb_line(q, 2),
					    .title = kb_line(q, 3),
					    .summary = kb_line(q, 4),
					    .body = kb_prose(q, 5) };
	return query_end(q, e) ? -1 : found;
}

void kb_entry_release(struct kb_entry *entry)
{
	free(entry->link);
	free(entry->title);
	free(entry->summary);
	free(entry->body);
	*entry = (struct kb_entry){ 0 };
}

int kb_place(struct kb *kb, int64_t entry, struct kb_place *place, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_PLACE, "i", entry);
	bool found = query_row(q);
	int64_t matrix = found ? query_int(q, 0) : 0;

	*place = (struct kb_place){ NULL, -1, -1 };
	if (found)
		place->layer = (int)query_int(q, 1), place->model = (int)query_int(q, 2);
	if (query_end(q, e) || !found)
		return found ? -1 : 0;
	q = sql_query(kb->db, KB_MATRIX_SLUG, "i", matrix);
	found = query_row(q);
	place->matrix = found ? kb_line(q, 0) : NULL;
	return query_end(q, e) ? -1 : found;
}

static void read_ref(struct query *q, struct refs *refs)
{
	char *note = kb_line(q, 5);
	struct ref *r = GROW(refs->ref, refs->n, refs->cap);

	*r = (struct ref){ .kind = read_kind(q, 0), .link = kb_line(q, 1), .title = kb_line(q, 2),
			   .holder = (int)query_int(q, 3), .summary = kb_line(q, 4) };
	if (*note)
		r->note = note;
	else
		free(note);
}

int kb_refs(struct kb *kb, enum kb_list list, int64_t entry, struct refs *refs, struct err *e)
{
	static const enum kb_sql sql[] = {
		[LIST_MATRICES] = KB_LIST_MATRICES, [LIST_EDITIONS] = KB_EDITIONS,
		[LIST_LINKED] = KB_LINKED, [LIST_LINKED_BRIEF] = KB_LINKED_BRIEF,
		[LIST_CELLS_OF_LAYER] = KB_CELLS_OF_LAYER,
		[LIST_CELLS_OF_MODEL] = KB_CELLS_OF_MODEL, [LIST_PARTS_OF_MATRIX] = KB_PARTS_OF_MATRIX,
		[LIST_TOPICS] = KB_TOPICS, [LIST_WHERE] = KB_WHERE_IS, [LIST_CITED_BY] = KB_CITED_BY,
		[LIST_COLUMN] = KB_COLUMN, [LIST_CROSSWALK] = KB_CROSSWALK,
		[LIST_CELLS_OF_CONTROL] = KB_CELLS_OF_CONTROL, [LIST_CONTROLS_OF_CELL] = KB_CONTROLS_OF_CELL,
	};
	struct query *q = sql_query(kb->db, sql[list],
				    list == LIST_TOPICS || list == LIST_MATRICES ? "" : "i", entry);

	while (query_row(q))
		read_ref(q, refs);
	return query_end(q, e);
}

int kb_of_kind(struct kb *kb, enum kind kind, struct refs *refs, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_OF_KIND, "t", kind_table[kind].word);

	while (query_row(q))
		read_ref(q, refs);
	return query_end(q, e);
}

int kb_kinds(struct kb *kb, int64_t count[KIND__COUNT], struct err *e)
{
	struct query *q = sql_query(kb->db, KB_KINDS, "");

	memset(count, 0, KIND__COUNT * sizeof *count);
	while (query_row(q))
		count[read_kind(q, 0)] += query_int(q, 1);
	return query_end(q, e);
}

void refs_release(struct refs *refs)
{
	for (int i = 0; i < refs->n; i++) {
		free(refs->ref[i].link);
		free(refs->ref[i].title);
		free(refs->ref[i].summary);
		free(refs->ref[i].note);
	}
	free(refs->ref);
	*refs = (struct refs){ 0 };
}

int kb_parties(struct kb *kb, int64_t entry, int *of, int **holder, int *n, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_PARTIES, "i", entry);
	int cap = 0;

	*holder = NULL, *n = 0, *of = 0;
	while (query_row(q)) {
		*of = (int)query_int(q, 0);
		if (query_int(q, 1))
			*GROW(*holder, *n, cap) = (int)query_int(q, 1);
	}
	return query_end(q, e);
}

static void read_duties(struct query *q, struct duties *d)
{
	while (query_row(q)) {
		char *severity = kb_line(q, 3);
		*GROW(d->duty, d->n, d->cap) = (struct duty){ .slug = kb_line(q, 0),
							      .party = (int)query_int(q, 1),
							      .verb = kb_line(q, 2),
							      .high = !strcmp(severity, "high"),
							      .text = kb_line(q, 4),
							      .source = kb_line(q, 5) };
		free(severity);
	}
}

int kb_duties(struct kb *kb, int64_t entry, struct duties *d, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_DUTIES, "i", entry);

	read_duties(q, d);
	return query_end(q, e);
}

int kb_override_duties(struct kb *kb, int64_t service, int64_t cell, struct duties *d, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_OVERRIDE_DUTIES, "ii", service, cell);

	read_duties(q, d);
	return query_end(q, e);
}

int kb_overrides(struct kb *kb, int64_t service, struct override **override, int *n, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_OVERRIDES, "i", service);
	int cap = 0, rc;

	*override = NULL, *n = 0;
	while (query_row(q))
		*GROW(*override, *n, cap) = (struct override){
			.cell = query_int(q, 0), .slug = kb_line(q, 1), .layer = kb_line(q, 2),
			.holder = (int)query_int(q, 3), .reason = kb_line(q, 4), .source = kb_line(q, 5) };
	rc = query_end(q, e);
	for (int i = 0; i < *n && !rc; i++)
		rc = kb_override_duties(kb, service, (*override)[i].cell, &(*override)[i].duties, e);
	if (rc)
		overrides_free(*override, *n), *override = NULL, *n = 0;
	return rc;
}

void overrides_free(struct override *override, int n)
{
	for (int i = 0; i < n; i++) {
		free(override[i].slug);
		free(override[i].layer);
		free(override[i].reason);
		free(override[i].source);
		duties_release(&override[i].duties);
	}
	free(override);
}

void duty_release(struct duty *d)
{
	free(d->slug);
	free(d->verb);
	free(d->text);
	free(d->source);
}

void duties_release(struct duties *d)
{
	for (int i = 0; i < d->n; i++)
		duty_release(&d->duty[i]);
	free(d->duty);
	*d = (struct duties){ 0 };
}

int kb_sources(struct kb *kb, int64_t entry, struct sources *s, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_SOURCES, "i", entry);

	while (query_row(q))
		*GROW(s->source, s->n, s->cap) = (struct source){ .slug = kb_line(q, 0),
								  .title = kb_line(q, 1),
								  .publisher = kb_line(q, 2),
								  .date = kb_line(q, 3),
								  .url = kb_line(q, 4),
								  .link = kb_line(q, 5) };
	return query_end(q, e);
}

void sources_release(struct sources *s)
{
	for (int i = 0; i < s->n; i++) {
		free(s->source[i].slug);
		free(s->source[i].title);
		free(s->source[i].publisher);
		free(s->source[i].date);
		free(s->source[i].url);
		free(s->source[i].link);
	}
	free(s->source);
	*s = (struct sources){ 0 };
}

static int read_pairs(struct kb *kb, enum kb_sql id, int64_t entry, bool labels, struct pairs *p,
		      struct err *e)
{
	struct query *q = sql_query(kb->db, id, "i", entry);

	while (query_row(q))
		*GROW(p->pair, p->n, p->cap) =
			(struct pair){ labels ? kb_line(q, 0) : xstrdup(""), kb_line(q, labels) };
	return query_end(q, e);
}

int kb_fields(struct kb *kb, const struct kb_entry *entry, struct pairs *p, struct err *e)
{
	static const enum kb_sql sql[KIND__COUNT] = {
		/* 0, CONTENT: none */
		[KIND_CELL] = KB_FIELDS_CELL,       [KIND_MATRIX] = KB_FIELDS_MATRIX,
		[KIND_EXAMPLE] = KB_FIELDS_EXAMPLE, [KIND_ALIAS] = KB_FIELDS_ALIAS,
		[KIND_SOURCE] = KB_FIELDS_SOURCE,   [KIND_SERVICE] = KB_FIELDS_SERVICE,
		[KIND_CONTROL] = KB_FIELDS_CONTROL,
	};

	return sql[entry->kind] ? read_pairs(kb, sql[entry->kind], entry->id, true, p, e) : 0;
}

int kb_steps(struct kb *kb, int64_t entry, struct pairs *p, struct err *e)
{
	return read_pairs(kb, KB_STEPS, entry, false, p, e);
}

int kb_endings(struct kb *kb, int64_t entry, struct pairs *p, struct err *e)
{
	return read_pairs(kb, KB_ENDINGS, entry, true, p, e);
}

int kb_features(struct kb *kb, int64_t entry, struct pairs *p, struct err *e)
{
	return read_pairs(kb, KB_FEATURES, entry, false, p, e);
}

void pairs_release(struct pairs *p)
{
	for (int i = 0; i < p->n; i++) {
		free(p->pair[i].label);
		free(p->pair[i].value);
	}
	free(p->pair);
	*p = (struct pairs){ 0 };
}
