#include "config.h"
#include "ui/place.h"

#include <errno.h>

#include "app/stack.h"
#include "base/alloc.h"
#include "kb/kb.h"
#include "text/text.h"

enum { DEEPEST = 32 };          /* views of a place that is kept */

/* Those that a text can name. */
static const struct view_ops *const views[] = {
	&view_grid, &view_page, &view_help, &view_list, &view_search, &view_compare, &view_stack,
};

void place_release(struct place_was *p)
{
	for (int i = 0; i < p->n; i++)
		free(p->visit[i].link);
	free(p->visit);
	*p = (struct place_was){ 0 };
}

struct place_was place_here(const struct ui *ui)
{
	struct place_was p = { xcalloc((size_t)ui->depth, sizeof *p.visit), 0 };

	for (int i = 0; i < ui->depth; i++) {
		struct view *v = ui->stack[i];
		if (v->ops->where != IN_PALETTE)        /* what one chooses from is no place */
			p.visit[p.n++] = (struct visit){ v->ops, xstrdup(v->link), v->ops->mark(v) };
	}
	return p;
}

void place_restore(struct ui *ui, const struct place_was *p)
{
	struct err e;
	int same = 0;

	while (same < ui->depth && same < p->n && ui->stack[same]->ops == p->visit[same].ops &&
	       !strcmp(ui->stack[same]->link, p->visit[same].link))
		same++;
	while (ui->depth > same)
		ui_drop(ui);
	for (int i = same; i < p->n; i++)
		if (ui_push(ui, p->visit[i].ops, p->visit[i].link, &e)) {
			ui_message(ui, "%s", e.msg);
			break;
		}
	if (!ui->depth && ui_push(ui, &view_grid, "", &e))
		ui_message(ui, "%s", e.msg);
	for (int i = 0; i < ui->depth && i < p->n; i++)
		ui->stack[i]->ops->seek(ui->stack[i], p->visit[i].mark);
}

/* ---- as text ---- */

/* Of more views than are kept the lowest one and the uppermost ones. */
void place_text(const struct place_was *p, struct buf *out)
{
	for (int i = 0; i < p->n; i++) {
		struct buf link = { 0 };
		if (i && i <= p->n - DEEPEST)
			continue;
		text_clean(&link, p->visit[i].link, strlen(p->visit[i].link), false);
		buf_addf(out, "%s %lld %s\n", p->visit[i].ops->name, (long long)p->visit[i].mark,
			 buf_str(&link));
		buf_release(&link);
	}
}

static const struct view_ops *view_named(const char *name, size_t n)
{
	for (int i = 0; i < ARRAY_LEN(views); i++)
		if (strlen(views[i]->name) == n && !strncmp(views[i]->name, name, n))
			return views[i];
	return NULL;
}

/* Some views show only links of one form. */
static bool fits(const struct visit *v)
{
	if (v->ops == &view_list)
		return !*v->link || ui_is_list(v->link);
	return v->ops != &view_stack || stack_is(v->link);
}

static bool parse_line(struct visit *v, const char *line, size_t n)
{
	size_t name = strcspn(line, " \n");
	char *end;

	*v = (struct visit){ .ops = view_named(line, name) };
	if (line[name] != ' ')
		return false;
	errno = 0;
	v->mark = strtoll(line + name, &end, 10);
	if (errno || v->mark < 0 || end == line + name || *end != ' ' || end >= line + n)
		return false;
	v->link = xstrndup(end + 1, (size_t)(line + n - end - 1));
	return v->ops && fits(v);
}

int place_parse(struct place_was *p, const char *text, struct err *e)
{
	bool good = true;
	int cap = 0;

	*p = (struct place_was){ 0 };
	for (size_t n; good && *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		good = p->n < DEEPEST && parse_line(GROW(p->visit, p->n, cap), text, n);
	}
	/* The grid is below all others, and there alone. */
	for (int i = 0; i < p->n && good; i++)
		good = (p->visit[i].ops == &view_grid) == (i == 0);
	if (good && p->n)
		return 0;
	place_release(p);
	return err_set(e, STATUS_DATA, "this place cannot be read; it is not one of this onus");
}
