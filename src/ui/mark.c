/* mark: places that the user keeps: under a letter, and the last one. */
#include "config.h"
#include "ui/mark.h"

#include "app/grid.h"
#include "base/alloc.h"
#include "ui/place.h"

static const char last[] = "last";

static bool letter_of(int key, char name[2])
{
	name[0] = key >= 'a' && key <= 'z' ? (char)key : '\0';
	name[1] = '\0';
	return *name;
}

/* Write it only where it is another one. */
static int keep(struct ui *ui, enum store_kind kind, const char *name, enum store_how how, struct err *e)
{
	struct place_was here = place_here(ui);
	struct buf text = { 0 }, was = { 0 };
	struct store *s;
	int rc;

	place_text(&here, &text);
	rc = own_read(ui->own, &s, e);
	if (!rc && s)
		rc = store_get(s, kind, name, &was, e);
	if (rc >= 0 && (!rc || strcmp(buf_str(&text), buf_str(&was)) != 0))     /* else it is there */
		rc = own_write(ui->own, how, &s, e) ? -1 :
		     s ? store_put(s, kind, name, buf_str(&text), e) : 0;
	place_release(&here);
	buf_release(&text);
	buf_release(&was);
	return rc < 0 ? -1 : 0;
}

/* The place that is kept under a name: 1, 0, -1. */
static int find(struct ui *ui, enum store_kind kind, const char *name, struct place_was *p, struct err *e)
{
	struct buf text = { 0 };
	struct store *s;
	int rc = own_read(ui->own, &s, e);

	*p = (struct place_was){ 0 };
	if (!rc && s)
		rc = store_get(s, kind, name, &text, e);
	if (rc > 0 && place_parse(p, buf_str(&text), e))
		rc = -1;
	buf_release(&text);
	return rc;
}

void ui_mark(struct ui *ui, int key)
{
	struct err e;
	char name[2];

	if (!letter_of(key, name))
		ui_message(ui, "a mark has a letter, from a to z");
	else if (keep(ui, STORE_MARK, name, STORE_WRITE, &e))
		ui_message(ui, "%s", e.msg);
	else
		ui_message(ui, "marked; '%s comes back here", name);
}

void ui_go_mark(struct ui *ui, int key)
{
	struct place_was p;
	struct err e;
	char name[2];
	int rc;

	if (!letter_of(key, name)) {
		ui_message(ui, "a mark has a letter, from a to z");
		return;
	}
	rc = find(ui, STORE_MARK, name, &p, &e);
	if (rc < 0)
		ui_message(ui, "%s", e.msg);
	else if (!rc)
		ui_message(ui, "there is no mark %s; m%s makes it", name, name);
	else
		ui_go_place(ui, &p);
	place_release(&p);
}

/* ---- the list ---- */

/* "Azure shared responsibility, PaaS, Operating system": false where that cannot be read. */
static bool describe_grid(struct ui *ui, const struct visit *v, struct buf *out)
{
	int row = grid_spot_row(v->mark), col = grid_spot_col(v->mark);
	struct err e;
	struct table *t = table_matrix(ui->kb, v->link, &e);
	bool read = t && !table_fill(t, row, 1, col, 1, &e);

	if (read) {
		buf_add(out, t->matrix.title);
		if (table_col(t, col)->slug)
			buf_addf(out, ", %s", head_label(table_col(t, col), 1000));
		if (table_row(t, row)->slug)
			buf_addf(out, ", %s", head_label(table_row(t, row), 1000));
	}
	table_free(t);
	return read;
}

/* What stands at the top of a place, in words. */
static void describe(struct ui *ui, const struct place_was *p, struct buf *out)
{
	const struct visit *v = &p->visit[p->n - 1];
	struct kb_entry entry = { 0 };
	struct err e;

	if (v->ops == &view_page && kb_entry(ui->kb, v->link, &entry, &e) > 0)
		buf_add(out, entry.title);
	else if (v->ops != &view_grid || !describe_grid(ui, v, out))
		buf_addf(out, "%s%s%s", v->ops->name, *v->link ? " " : "", v->link);
	kb_entry_release(&entry);
}

static void add(struct ui *ui, const struct kept *kept, struct refs *refs)
{
	struct buf title = { 0 }, link = { 0 }, summary = { 0 };
	struct place_was p;
	struct err e;

	buf_addf(&title, "%s: ", kept->name);
	if (place_parse(&p, kept->text, &e))
		buf_add(&title, e.msg);
	else
		describe(ui, &p, &title);
	place_release(&p);
	buf_addf(&link, "%s%s", MARKS_LINK, kept->name);
	buf_addf(&summary, "Marked on %s", kept->changed);
	*GROW(refs->ref, refs->n, refs->cap) = (struct ref){ .kind = KIND_NOTE, .link = buf_detach(&link),
		.title = buf_detach(&title), .summary = buf_detach(&summary) };
}

int ui_marks(struct ui *ui, struct refs *refs, struct err *e)
{
	struct keeps keeps = { 0 };
	struct store *s;
	int rc = own_read(ui->own, &s, e);

	if (!rc && s)
		rc = store_list(s, STORE_MARK, &keeps, e);
	for (int i = 0; i < keeps.n && !rc; i++)
		add(ui, &keeps.kept[i], refs);
	keeps_release(&keeps);
	return rc;
}

/* ---- the last place ---- */

void ui_keep_last(struct ui *ui)
{
	struct store *s;
	struct err e;

	if (!own_read(ui->own, &s, &e) && s && keep(ui, STORE_PLACE, last, STORE_HURRY, &e))
		return;         /* it is a courtesy, and nobody is there any more who could be told */
}

/* What is below need not be the grid. */
static void say_back(struct ui *ui, const char *close)
{
	const struct view *below = ui->depth > 1 ? ui->stack[ui->depth - 2] : NULL;

	if (below)
		ui_message(ui, "back where you were, at %s; %s goes back to %s", ui_top(ui)->title, close,
			   below->ops == &view_grid ? "the grid" : below->title);
	else
		ui_message(ui, "back where you were");
}

bool ui_come_back(struct ui *ui, const char *close)
{
	struct place_was p;
	struct err e;
	int rc = find(ui, STORE_PLACE, last, &p, &e);
	const char *notice;

	if (rc > 0) {
		place_restore(ui, &p);
		if (!*ui->message && (ui->depth > 1 || p.visit[0].mark))
			say_back(ui, close);
	} else if (rc < 0) {
		ui_message(ui, "%s", e.msg);
	}
	notice = own_notice(ui->own);
	if (notice)
		ui_message(ui, "%s", notice);
	place_release(&p);
	return ui->depth > 0;
}
