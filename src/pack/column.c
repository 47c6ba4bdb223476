#include "config.h"
#include "pack/column.h"

#include "base/alloc.h"

struct column column_of(const struct set *s, const struct item *service)
{
	const char *link = shape_text(service->y, "model");
	size_t n = strcspn(link, ":");
	struct column c = { .overrides = shape_list(service->y, "overrides") };
	char *matrix = xstrndup(link, n);

	c.m = set_matrix(s, matrix);
	c.model = c.m && link[n] ? set_index(c.m->models, link + n + 1) : -1;
	if (c.model < 0)
		c.m = NULL;
	free(matrix);
	return c;
}

int column_layer(const struct column *c, const struct yaml *override)
{
	return c->m ? set_index(c->m->layers, shape_text(override, "layer")) : -1;
}

static bool drops(const struct yaml *override, const char *id)
{
	const struct yaml *list = shape_list(override, "drops");

	for (int i = 0; i < list->n; i++)
		if (!strcmp(list->item[i]->text, id))
			return true;
	return false;
}

const struct yaml **column_duties(const struct set *s, const struct column *c, const struct yaml *override,
                                  int *n)
{
	const struct item *cell = set_cell_or_same(s, c->m, column_layer(c, override), c->model);
	const struct yaml *mine = shape_list(override, "duties"), *theirs = NULL, **out = NULL;
	int cap = 0;

	*n = 0;
	theirs = cell ? shape_list(cell->y, "duties") : NULL;
	for (int i = 0; theirs && i < theirs->n; i++) {
		const char *id = shape_text(theirs->item[i], "id");
		int at = set_index(mine, id);
		if (at >= 0 || !drops(override, id))
			*GROW(out, *n, cap) = at >= 0 ? mine->item[at] : theirs->item[i];
	}
	for (int i = 0; i < mine->n; i++)
		if (!theirs || set_index(theirs, shape_text(mine->item[i], "id")) < 0)
			*GROW(out, *n, cap) = mine->item[i];
	return out;
}
