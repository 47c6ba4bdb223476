#include "config.h"
#include "ui/ui.h"

#include <stdarg.h>

#include "app/grid.h"
#include "app/kept.h"
#include "app/page.h"
#include "app/stack.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/ask.h"
#include "ui/mark.h"
#include "ui/place.h"
#include "ui/prompt.h"

enum { HISTORY_MAX = 100 };

void ui_init(struct ui *ui, struct kb *kb)
{
	*ui = (struct ui){ .kb = kb, .other = -1 };
}

void view_init(struct view *v, const struct view_ops *ops, struct ui *ui, const char *link,
	       const char *title)
{
	v->ops = ops;
	v->ui = ui;
	v->link = xstrdup(link);
	v->title = xstrdup(title);
	v->use = ops->use;
}

void view_release(struct view *v)
{
	free(v->link);
	free(v->title);
}

void view_tell_items(const struct view *v, const char *end, struct buf *text)
{
	struct buf item = { 0 };

	for (int n = 0; v->ops->item(v, n, &item); n++) {
		buf_addf(text, "%d. %s%s\n", n + 1, buf_str(&item), end);
		buf_clear(&item);
	}
	buf_release(&item);
}

struct view *ui_top(const struct ui *ui)
{
	return ui->depth ? ui->stack[ui->depth - 1] : NULL;
}

void ui_drop(struct ui *ui)
{
	struct view *v = ui->stack[--ui->depth];

	v->ops->close(v);
}

void ui_release(struct ui *ui)
{
	ask_close(ui);
	while (ui->depth)
		ui_drop(ui);
	for (int i = 0; i < ui->npast; i++)
		place_release(&ui->past[i]);
	for (int i = 0; i < ui->nsaid; i++)
		free(ui->said[i]);
	free(ui->past);
	free(ui->stack);
	free(ui->services);
	free(ui->compared);
	*ui = (struct ui){ 0 };
}

void ui_message(struct ui *ui, const char *fmt, ...)
{
	char raw[sizeof ui->message];
	struct buf clean = { 0 };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(raw, sizeof raw, fmt, ap);
	va_end(ap);
	text_clean(&clean, raw, strlen(raw), false);
	snprintf(ui->message, sizeof ui->message, "%s", buf_str(&clean));
	buf_release(&clean);
}

int ui_push_view(struct ui *ui, struct view *v, struct err *e)
{
	*GROW(ui->stack, ui->depth, ui->cap) = v;
	/* The next key may come before the next frame. */
	return ui->w ? v->ops->fit(v, ui->w, ui->h, e) : 0;
}

int ui_push(struct ui *ui, const struct view_ops *ops, const char *link, struct err *e)
{
	struct view *v = ops->open(ui, link, e);

	return v ? ui_push_view(ui, v, e) : -1;
}

/* ---- history: each place is the whole stack ---- */

/* Write the present place over the entry `now`. */
static void note_here(struct ui *ui)
{
	if (ui->now < ui->npast)
		place_release(&ui->past[ui->now]);
	else
		GROW(ui->past, ui->npast, ui->past_cap);
	ui->past[ui->now] = place_here(ui);
}

/* Before we go somewhere new: what was ahead is gone. */
static void leave(struct ui *ui)
{
	note_here(ui);
	for (int i = ui->now + 1; i < ui->npast; i++)
		place_release(&ui->past[i]);
	ui->npast = ui->now + 1;
	if (ui->npast == HISTORY_MAX) {
		place_release(&ui->past[0]);
		memmove(&ui->past[0], &ui->past[1], (HISTORY_MAX - 1) * sizeof *ui->past);
		ui->npast--;
	}
	ui->other = ui->npast - 1;
	ui->now = ui->npast;
}

void ui_go_to(struct ui *ui, int place)
{
	if (place < 0 || place >= ui->npast || place == ui->now) {
		ui_message(ui, "there is no other place to go to");
		return;
	}
	note_here(ui);
	ui->other = ui->now;
	ui->now = place;
	place_restore(ui, &ui->past[place]);
}

void ui_go_place(struct ui *ui, const struct place_was *p)
{
	leave(ui);
	place_restore(ui, p);
}

/* ---- opening and closing ---- */

bool ui_is_list(const char *link)
{
	return !strcmp(link, "index") || !strcmp(link, MARKS_LINK) || kb_list_kind(link) < KIND__COUNT;
}

/* The view of a link; of a part of a stack or a comparison it is the page behind it. */
static const struct view_ops *view_of(const struct kb_link *to)
{
	if (ui_is_list(to->link))
		return &view_list;
	if (to->section || (stack_is(to->link) && strchr(strchr(to->link, '/') + 1, '/')))
		return &view_page;
	return stack_is(to->link) ? &view_stack : strstr(to->link, "..") ? &view_compare : &view_page;
}

/* What cannot be opened is no place in the history. */
static int push_link(struct ui *ui, const struct kb_link *to, struct err *e)
{
	struct view *v = view_of(to)->open(ui, to->link, e);

	if (!v)
		return -1;
	leave(ui);
	if (ui_push_view(ui, v, e))
		return -1;
	if (to->section && ui_top(ui)->ops->section)
		ui_top(ui)->ops->section(ui_top(ui), to->section);
	if (to->notice)
		ui_message(ui, "%s", to->notice);
	return 0;
}

static void open_exact(struct ui *ui, const char *link)
{
	struct kb_link to;
	struct err e;

	if (kb_resolve(ui->kb, link, ui->stack[0]->link, &to, &e)) {
		ui_message(ui, "%s", e.msg);
		return;
	}
	if (push_link(ui, &to, &e))
		ui_message(ui, "%s", e.msg);
	kb_link_release(&to);
}

void ui_open(struct ui *ui, const char *link)
{
	struct buf whole = { 0 };
	struct err e;

	if (!stack_is(link))
		open_exact(ui, link);
	else if (kept_expand(ui->own, link, &whole, &e))
		ui_message(ui, "%s", e.msg);
	else
		open_exact(ui, buf_str(&whole));
	buf_release(&whole);
}

void ui_open_instead(struct ui *ui, const char *link)
{
	struct view *v = ui_top(ui);
	int depth = ui->depth;

	ui_open(ui, link);
	if (ui->depth <= depth)
		return;
	ui->stack[depth - 1] = ui->stack[depth];
	ui->depth = depth;
	v->ops->close(v);
}

void ui_to_root(struct ui *ui)
{
	leave(ui);
	while (ui->depth > 1)
		ui_drop(ui);
}

void ui_keep_below(struct ui *ui)
{
	ui->depth--;
	leave(ui);
	ui->depth++;
}

void ui_change_matrix(struct ui *ui, const char *slug)
{
	struct view *grid;
	struct err e;

	grid = view_grid.open(ui, slug, &e);
	if (!grid) {
		ui_message(ui, "%s", e.msg);
		return;
	}
	leave(ui);
	while (ui->depth)
		ui_drop(ui);
	*GROW(ui->stack, ui->depth, ui->cap) = grid;
}

void ui_reload(struct ui *ui, const char *section)
{
	struct view *was = ui_top(ui), *now;
	struct err e;

	if (was->ops->where != IN_PAGE)
		return;
	now = was->ops->open(ui, was->link, &e);
	if (!now) {
		ui_message(ui, "%s", e.msg);
		return;
	}
	now->ops->seek(now, was->ops->mark(was));
	if (section)
		now->ops->section(now, section);
	ui->stack[ui->depth - 1] = now;
	was->ops->close(was);
}

void ui_close_view(struct ui *ui)
{
	leave(ui);
	ui_drop(ui);
}

void ui_list_marks(struct ui *ui)
{
	struct refs marks = { 0 };
	struct err e;

	if (ui_marks(ui, &marks, &e)) {
		ui_message(ui, "%s", e.msg);
	} else if (!marks.n) {
		ui_message(ui, "there are no marks; m and a letter makes one");
	} else if (strcmp(ui_top(ui)->link, MARKS_LINK) != 0) {
		leave(ui);
		if (ui_push(ui, &view_list, MARKS_LINK, &e))
			ui_message(ui, "%s", e.msg);
	}
	refs_release(&marks);
}

static int start_grid(struct ui *ui, const char *link, struct kb_place *place, struct err *e)
{
	struct kb_entry entry = { 0 };
	int rc = link ? kb_entry(ui->kb, link, &entry, e) : 0;

	if (rc > 0)
		rc = kb_place(ui->kb, entry.id, place, e);
	kb_entry_release(&entry);
	return rc < 0 ? -1 : ui_push(ui, &view_grid, place->matrix ? place->matrix : "", e);
}

int ui_start(struct ui *ui, const struct kb_link *to, struct err *e)
{
	struct kb_place place = { NULL, 0, 0 };
	int rc = start_grid(ui, to->link, &place, e);

	if (!rc && place.matrix)
		view_grid.seek(ui_top(ui), grid_spot(place.layer, place.model));
	free(place.matrix);
	return rc || !to->link ? rc : push_link(ui, to, e);
}

/* ---- commands ---- */

void ui_command(struct ui *ui, enum cmd_id cmd, int count, int key)
{
	struct view *v = ui_top(ui);
	bool asked = ui->asked_to_quit;

	ui->message[0] = '\0';
	if (!v->ops->command(v, cmd, count, key))
		common_command(ui, cmd, key);
	if (asked)
		ui->asked_to_quit = false;
}

/* A digit is part of a count in the grid, unless it is a first 0. */
static bool count_digit(struct ui *ui, int key)
{
	if (ui->npending || !(ui_top(ui)->ops->where & IN_TABLE) || key < '0' + !ui->count || key > '9')
		return false;
	ui->count = min_int(ui->count * 10 + key - '0', 99999999);
	ui->asked_to_quit = false;
	ui->message[0] = '\0';
	return true;
}

void ui_key(struct ui *ui, int key)
{
	enum cmd_id cmd;
	bool more, dropped = ui->npending || ui->count;
	struct view *v = ui_top(ui);

	if (ui->ask && ask_key(ui, key))
		return;
	if (!ui->npending && v->ops->key && v->ops->key(v, key)) {
		ui->message[0] = '\0';
		return;
	}
	if (count_digit(ui, key))
		return;
	ui->pending[ui->npending++] = key;
	cmd = cmd_find(ui->pending, ui->npending, ui_top(ui)->ops->where, &more);
	if (more && cmd == CMD__COUNT)
		return;
	if (cmd == CMD__COUNT) {
		struct buf name = { 0 };
		cmd_keys_name(&name, ui->pending, ui->npending);
		if (key != K_ESC)
			ui_message(ui, "%s does nothing here; ? shows the keys", buf_str(&name));
		buf_release(&name);
		ui->asked_to_quit = false;
	} else if (!(cmd == CMD_CANCEL && dropped)) {
		ui_command(ui, cmd, ui->count, key);
	}
	ui->npending = 0;
	ui->count = 0;
}

void ui_paste(struct ui *ui, int cp)
{
	struct view *v = ui_top(ui);
	const struct prompt *line = v->ops->line ? v->ops->line(v) : NULL;

	if (cp < ' ' || cp >= KEY__FIRST || ui->npending)
		return;
	if (ui->ask) {
		ask_key(ui, cp);
		return;
	}
	if (!line || !line->open)
		return;
	v->ops->key(v, cp);
	if (line->full)
		ui_message(ui, "the line is full: what follows of the paste is left out");
}

void ui_draw(struct ui *ui, struct canvas *c)
{
	struct view *v = ui_top(ui);
	struct err e;

	ui->w = c->w, ui->h = c->h;
	if (v->ops->fit(v, c->w, c->h, &e))
		ui_message(ui, "%s", e.msg);
	canvas_clear(c);
	v->ops->draw(v, c);
	if (ui->ask)
		ask_draw(ui, c);
}
