/* cover: what the packs cover, as a table with a line for each matrix. */
#include "config.h"
#include "pack/cover.h"

/* Of a matrix: its cells, those the pack writes, those on which another edition has another holder, and
 * the duties in them. */
struct cover {
	int cells, written, differ, duties;
};

static struct cover cover_of(const struct set *s, const struct set_matrix *m)
{
	struct cover c = { .cells = m->layers->n * m->models->n };

	for (int y = 0; y < m->layers->n; y++)
		for (int x = 0; x < m->models->n; x++) {
			const struct item *cell = set_cell(s, m, y, x);
			c.differ += set_differs(s, m, y, x);
			c.written += cell != NULL;
			c.duties += cell ? shape_list(cell->y, "duties")->n : 0;
		}
	return c;
}

void cover_put(const struct set *s, struct buf *out)
{
	static const struct { enum item_kind kind; const char *words; } kinds[] = {
		{ ITEM_EXAMPLE, "examples" }, { ITEM_PRACTICE, "practices" }, { ITEM_TOPIC, "topics" },
		{ ITEM_ALIAS, "old names" }, { ITEM_SOURCE, "sources" } };

	buf_addf(out, "%-20s %6s %8s %9s %7s %7s\n", "matrix", "cells", "written", "borrowed", "differ",
	         "duties");
	for (int i = 0; i < s->nmatrix; i++) {
		struct cover c = cover_of(s, &s->matrix[i]);
		buf_addf(out, "%-20s %6d %8d %9d %7d %7d\n", s->matrix[i].item->id, c.cells, c.written,
		         c.cells - c.written, c.differ, c.duties);
	}
	for (int k = 0; k < ARRAY_LEN(kinds); k++) {
		int n = 0;
		for (int i = 0; i < s->packs->n; i++)
			n += s->packs->item[i].kind == kinds[k].kind;
		buf_addf(out, "%s%s %d", k ? ", " : "", kinds[k].words, n);
	}
	buf_addc(out, '\n');
}
