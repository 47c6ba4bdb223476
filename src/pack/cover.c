/* cover: what the packs cover: a line for each matrix, and how many entries there are of each kind. */
#include "config.h"
#include "pack/cover.h"


/* Of a matrix: its cells, those the pack writes, those on which another edition has another holder, those
 * that an example or a practice is about, and the duties in all. */
struct cover {
	int cells, written, differ, examples, practices, duties;
};


/* Whether an item of a kind is about a cell. */
static bool is_about(const struct set *s, enum item_kind kind, const char *cell)
{
	for (int i = 0; i < s->packs->n; i++) {
		const struct item *item = &s->packs->item[i];
		const struct yaml *cells = shape_list(item->y, "cells");
		for (int k = 0; item->kind == kind && k < cells->n; k++)
			if (!strcmp(cells->item[k]->text, cell))
				return true;
	}
	return false;
}

static struct cover cover_of(const struct set *s, const struct set_matrix *m)
{
	struct cover c = { .cells = m->layers->n * m->models->n };

	for (int y = 0; y < m->layers->n; y++)
		for (int x = 0; x < m->models->n; x++) {
			const struct item *cell = set_cell(s, m, y, x);
			const char *link = set_cell_target(s, m, y, x)->link;
			c.differ += set_differs(s, m, y, x);
			c.written += cell != NULL;
			c.duties += cell ? shape_list(cell->y, "duties")->n : 0;
			c.examples += is_about(s, ITEM_EXAMPLE, link);
			c.practices += is_about(s, ITEM_PRACTICE, link);
		}
	return c;
}

static void put_kinds(const struct set *s, struct buf *out)
{
	int listed = 0;

	for (enum item_kind k = ITEM_BENCHMARK; k < ITEM__COUNT; k++) {
		int n = 0;
		for (int i = 0; i < s->packs->n; i++)
			n += s->packs->item[i].kind == k;
		buf_addf(out, "%-20s %6d\n", item_words[k], n);
	}
	for (int i = 0; i < s->ncontrol; i++)
		listed += s->control[i].y != NULL;
	buf_addf(out, "%-20s %6d, and %d that are only mapped to\n", "controls", listed,
	         s->ncontrol - listed);
}

void cover_put(const struct set *s, struct buf *out)
{
	buf_addf(out, "%-20s %6s %8s %9s %7s %9s %10s %7s\n", "matrix", "cells", "written", "borrowed",
	         "differ", "examples", "practices", "duties");
	for (int i = 0; i < s->nmatrix; i++) {
		struct cover c = cover_of(s, &s->matrix[i]);
		buf_addf(out, "%-20s %6d %8d %9d %7d %9d %10d %7d\n", s->matrix[i].item->id, c.cells,
		         c.written, c.cells - c.written, c.differ, c.examples, c.practices, c.duties);
	}
	buf_addc(out, '\n');
	put_kinds(s, out);
}
