#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"
#include "base/buf.h"

int kb_matrix(struct kb *kb, const char *slug, struct kb_matrix *m, struct err *e)
{
	struct query *q =
		slug ? sql_query(kb->db, KB_MATRIX, "t", slug) : sql_query(kb->db, KB_FIRST_MATRIX, "");
	bool found = query_row(q);

	*m = (struct kb_matrix){ 0 };
	if (found)
		*m = (struct kb_matrix){
			.id = query_int(q, 0),
			.slug = kb_line(q, 1),
			.link = kb_line(q, 2),
			.title = kb_line(q, 3),
			.edition = kb_line(q, 4),
			.publisher = kb_line(q, 5),
			.date = kb_line(q, 6),
			.layers = clamp_int((int)query_int(q, 7), 0, 1 << 24),
			.models = clamp_int((int)query_int(q, 8), 0, 1 << 24),
		};
	return query_end(q, e) ? -1 : found;
}

int kb_no_matrix(struct kb *kb, const char *slug, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_MATRICES, "");
	struct buf names = { 0 };

	while (query_row(q)) {
		char *name = kb_line(q, 0);
		buf_addf(&names, "%s%s", names.len ? ", " : "", name);
		free(name);
	}
	if (!query_end(q, e))
		err_set(e, STATUS_LINK, "there is no matrix %s; there is: %s", slug, buf_str(&names));
	buf_release(&names);
	return -1;
}

void kb_matrix_release(struct kb_matrix *m)
{
	free(m->slug);
	free(m->link);
	free(m->title);
	free(m->edition);
	free(m->publisher);
	free(m->date);
	*m = (struct kb_matrix){ 0 };
}

void head_release(struct head *h)
{
	free(h->slug);
	free(h->summary);
	for (int i = 0; i < 3; i++)
		free(h->label[i]);
	free(h->tail[0]);
	free(h->tail[1]);
	*h = (struct head){ 0 };
}

int kb_bands(struct kb *kb, int64_t matrix, struct band **band, int *n, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_BANDS, "i", matrix);
	int cap = 0;

	*band = NULL, *n = 0;
	while (query_row(q)) {
		char *letter = kb_line(q, 2);
		*GROW(*band, *n, cap) =
			(struct band){ .name = kb_line(q, 0),
				       .shorter = kb_line(q, 1),
				       .letter = *letter >= 'A' && *letter <= 'Z' ? *letter : ' ',
				       .first = (int)query_int(q, 3),
				       .slug = kb_line(q, 4) };
		free(letter);
	}
	return query_end(q, e);
}

void kb_bands_free(struct band *band, int n)
{
	for (int i = 0; i < n; i++) {
		free(band[i].slug);
		free(band[i].name);
		free(band[i].shorter);
	}
	free(band);
}

int kb_tally(struct kb *kb, int64_t matrix, struct tally **tally, int *n, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_TALLY, "i", matrix);
	int cap = 0;

	*tally = NULL, *n = 0;
	while (query_row(q))
		*GROW(*tally, *n, cap) = (struct tally){ (int)query_int(q, 0), query_int(q, 1) };
	return query_end(q, e);
}

static int heads(struct kb *kb, enum kb_sql id, int64_t matrix, int from, int n, struct head *head,
		 struct err *e)
{
	struct query *q = sql_query(kb->db, id, "idd", matrix, from, from + n - 1);

	while (query_row(q)) {
		int64_t at = query_int(q, 6) - from;
		if (at < 0 || at >= n)
			continue;
		head_release(&head[at]);
		head[at] = (struct head){ .id = query_int(q, 7), .slug = kb_line(q, 0),
					  .band = (int)query_int(q, 4), .summary = kb_line(q, 5) };
		for (int i = 0; i < 3; i++)
			head[at].label[i] = kb_line(q, 1 + i);
	}
	return query_end(q, e);
}

int kb_layers(struct kb *kb, int64_t matrix, int from, int n, struct head *head, struct err *e)
{
	return heads(kb, KB_LAYERS, matrix, from, n, head, e);
}

int kb_models(struct kb *kb, int64_t matrix, int from, int n, struct head *head, struct err *e)
{
	return heads(kb, KB_MODELS, matrix, from, n, head, e);
}

int kb_cells(struct kb *kb, int64_t matrix, int top, int high, int left, int wide, struct cell *cell,
	     struct err *e)
{
	struct query *q =
		sql_query(kb->db, KB_CELLS, "idddd", matrix, top, top + high - 1, left, left + wide - 1);

	memset(cell, 0, (size_t)high * (size_t)wide * sizeof *cell);
	while (query_row(q)) {
		int64_t y = query_int(q, 0) - top, x = query_int(q, 1) - left;
		if (y >= 0 && y < high && x >= 0 && x < wide)
			cell[y * wide + x] = (struct cell){ (int)query_int(q, 2), query_int(q, 3) != 0 };
	}
	return query_end(q, e);
}
