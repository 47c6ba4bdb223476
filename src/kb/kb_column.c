/* Columns: of a model, and of the services that fall in it. */
#include "config.h"
#include "kb/kb_in.h"

#include "base/alloc.h"

int kb_column(struct kb *kb, int64_t model, int64_t service, struct column *c, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_MODEL_COLUMN, "ii", model, service);

	while (query_row(q))
		*GROW(c->row, c->n, c->cap) = (struct column_row){
			.layer = query_int(q, 0), .cell = query_int(q, 1), .slug = kb_line(q, 2),
			.label = { kb_line(q, 3), kb_line(q, 4), kb_line(q, 5) }, .link = kb_line(q, 6),
			.holder = (int)query_int(q, 7), .override = query_int(q, 8) != 0,
			.reason = kb_line(q, 9) };
	return query_end(q, e);
}

void column_release(struct column *c)
{
	for (int i = 0; i < c->n; i++) {
		free(c->row[i].slug);
		for (int k = 0; k < 3; k++)
			free(c->row[i].label[k]);
		free(c->row[i].link);
		free(c->row[i].reason);
	}
	free(c->row);
	*c = (struct column){ 0 };
}

int kb_service_model(struct kb *kb, int64_t service, int64_t *model, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_SERVICE_MODEL, "i", service);
	bool found = query_row(q);

	*model = found ? query_int(q, 0) : 0;
	return query_end(q, e) ? -1 : found;
}

int kb_same(struct kb *kb, int64_t layer, int64_t **same, int *n, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_SAME, "i", layer);
	int cap = 0;

	*same = NULL, *n = 0;
	while (query_row(q))
		*GROW(*same, *n, cap) = query_int(q, 0);
	return query_end(q, e);
}
