/* view_compare: two models, services or matrices side by side, layer by layer: whose it is on either side,
 * and what happens to the duties.  A shows also what does not differ. */
#include "config.h"
#include "ui/sheet.h"

#include "app/compare.h"
#include "base/alloc.h"
#include "ui/picker.h"

struct compare_view {
	struct sheet sheet;
	struct compare *compare;
};

static const struct compare_view *const_of(const struct sheet *s)
{
	return (const struct compare_view *)s;
}

/* The cell on the second side, or where that has none on the first. */
static bool cell(const struct sheet *s, struct buf *link)
{
	const struct compare *c = const_of(s)->compare;
	const struct change *ch = compare_row(s->table, s->grid.row);

	for (int side = 1; ch && side >= 0; side--)
		if (compare_cell(c, ch, side, link))
			return true;
	return false;
}

/* The page of the comparison, at the change of the row; where nothing changes, the cell. */
static void selected(const struct sheet *s, struct buf *link)
{
	const struct change *ch = compare_row(s->table, s->grid.row);

	if (ch && ch->from == ch->to) {
		cell(s, link);
	} else if (ch) {
		buf_addf(link, "%s#", s->view.link);
		compare_section(const_of(s)->compare, ch, link);
	} else {
		buf_add(link, s->grid.col >= 0 ? const_of(s)->compare->side[s->grid.col].link : s->view.link);
	}
}

static struct page *detail(const struct sheet *s, const char *link, struct err *e)
{
	const struct change *ch = compare_row(s->table, s->grid.row);

	if (ch)
		return compare_change_page(const_of(s)->compare, ch, e);
	return page_load_brief(s->view.ui->kb, link, e);
}

static void right(const struct sheet *s, struct buf *text)
{
	const struct compare *c = const_of(s)->compare;

	buf_addf(text, "%d differ, %d the same%s", c->nchange, c->same, c->all ? "" : " (A: all)");
}

static const struct sheet_ops of_compare = {
	.selected = selected, .detail = detail, .cell = cell, .right = right };

static void compare_close(struct view *v)
{
	struct compare *c = ((struct compare_view *)v)->compare;

	sheet_close(v);
	compare_free(c);
}

static struct view *compare_open(struct ui *ui, const char *link, struct err *e)
{
	struct compare *c = compare_of(ui->kb, link, e);
	struct table *t = NULL;
	struct compare_view *v;

	if (c) {
		c->all = !c->nchange;           /* nothing differs: then that is to be seen */
		t = compare_table(c, e);
	}
	if (!t) {
		compare_free(c);
		return NULL;
	}
	v = xcalloc(1, sizeof *v);
	v->compare = c;
	sheet_init(&v->sheet, &of_compare, t);
	view_init(&v->sheet.view, &view_compare, ui, link, t->matrix.title);
	return &v->sheet.view;
}

/* The cursor stays on its change. */
static void show_all(struct compare_view *v)
{
	const struct change *at = compare_row(v->sheet.table, v->sheet.grid.row);
	struct table *t;
	struct err e;

	v->compare->all = !v->compare->all;
	t = compare_table(v->compare, &e);
	if (!t) {
		v->compare->all = !v->compare->all;
		ui_message(v->sheet.view.ui, "%s", e.msg);
		return;
	}
	sheet_change(&v->sheet, t);
	for (int row = 0; row < t->nrows; row++)
		if (compare_row(t, row) == at)
			grid_go(&v->sheet.grid, row, v->sheet.grid.col);
	if (v->compare->all)
		ui_message(v->sheet.view.ui, "all %s", t->row_word);
	else
		ui_message(v->sheet.view.ui, t->nrows ? "only what differs" : "nothing differs");
}

static bool compare_command(struct view *v, enum cmd_id cmd, int count, int key)
{
	if (cmd != CMD_COMPARE_ALL)
		return sheet_command(v, cmd, count, key);
	show_all((struct compare_view *)v);
	return true;
}

static int compare_print(const struct view *v, const struct format *f, struct sink *s, struct err *e)
{
	return f->diff(s, ((const struct compare_view *)v)->compare, e);
}

const struct view_ops view_compare = {
	.name = "compare", .where = IN_COMPARE,
	.open = compare_open, .close = compare_close, .fit = sheet_fit, .draw = sheet_draw,
	.command = compare_command, .tell = sheet_tell, .item = sheet_item, .choose = sheet_choose,
	.say = sheet_say, .use = FORMAT_DIFF, .print = compare_print, .selected = sheet_selected,
	.mark = sheet_mark, .seek = sheet_seek,
};

/* ---- from other views ---- */

static void chosen(struct ui *ui, const char *link, void *ctx UNUSED)
{
	struct buf both = { 0 };

	buf_addf(&both, "%s..%s", ui->compared, link);
	ui_open(ui, buf_str(&both));
	buf_release(&both);
}

/* All others of the kind, those of other matrices with its name. */
static int choices(struct ui *ui, const char *link, enum kind kind, struct refs *refs, struct err *e)
{
	int rc = kb_of_kind(ui->kb, kind, refs, e), kept = 0;

	for (int i = 0; i < refs->n; i++) {
		struct ref one = refs->ref[i];
		if (!strcmp(one.link, link))
			continue;
		refs->ref[i] = refs->ref[kept];
		refs->ref[kept++] = one;
	}
	page_tell_apart(refs);
	return rc ? -1 : kept;
}

void ui_compare(struct ui *ui, const char *link, enum kind kind)
{
	struct refs refs = { 0 };
	struct buf title = { 0 };
	struct err e;
	int n = -1;

	if (kind != KIND_MATRIX && kind != KIND_MODEL && kind != KIND_SERVICE) {
		ui_message(ui, "matrices, models and services can be compared, not a %s",
		           kind_table[kind].word);
		return;
	}
	free(ui->compared);
	ui->compared = xstrdup(link);
	buf_addf(&title, "Compare %s with", link);
	n = choices(ui, link, kind, &refs, &e);
	if (n >= 0) {
		struct refs others = { refs.ref, n, n };
		n = ui_pick(ui, buf_str(&title), &others, chosen, NULL, &e);
	}
	if (n < 0)
		ui_message(ui, "%s", e.msg);
	buf_release(&title);
	refs_release(&refs);
}
