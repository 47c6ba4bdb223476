#include "config.h"
#include "ui/ui.h"

#include <stdarg.h>

#include "app/grid.h"
#include "app/page.h"
#include "base/alloc.h"
#include "text/text.h"
#include "ui/mark.h"
#include "ui/place.h"

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
}

void view_release(struct view *v)
{
	free(v->link);
	free(v->title);
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
	while (ui->depth)
		ui_drop(ui);
	for (int i = 0; i < ui->npast; i++)
		place_release(&ui->past[i]);
	free(ui->past);
	free(ui->stack);
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

int ui_push(struct ui *ui, const struct view_ops *ops, const char *link, struct err *e)
{
	struct view *v = ops->open(ui, link, e);

	if (!v)
		return -1;
	*GROW(ui->stack, ui->depth, ui->cap) = v;
	/* The next key may come before the next frame. */
	return ui->w ? ops->fit(v, ui->w, ui->h, e) : 0;
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

static void go_to(struct ui *ui, int place)
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

static int push_link(struct ui *ui, const struct kb_link *to, struct err *e)
{
	if (ui_push(ui, ui_is_list(to->link) ? &view_list : &view_page, to->link, e))
		return -1;
	if (to->section && ui_top(ui)->ops->section)
		ui_top(ui)->ops->section(ui_top(ui), to->section);
	if (to->notice)
		ui_message(ui, "%s", to->notice);
	return 0;
}

void ui_open(struct ui *ui, const char *link)
{
	struct kb_link to;
	struct err e;

	if (kb_resolve(ui->kb, link, ui->stack[0]->link, &to, &e)) {
		ui_message(ui, "%s", e.msg);
		return;
	}
	leave(ui);
	if (push_link(ui, &to, &e))
		ui_message(ui, "%s", e.msg);
	kb_link_release(&to);
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

void ui_close_view(struct ui *ui)
{
	leave(ui);
	ui_drop(ui);
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
	if (rc || !to->link)
		return rc;
	leave(ui);
	return push_link(ui, to, e);
}

/* ---- commands ---- */

static void close_or_quit(struct ui *ui)
{
	if (ui->depth > 1) {
		ui_close_view(ui);
	} else if (ui->asked_to_quit) {
		ui->done = true;
	} else {
		ui_message(ui, "q once more quits");
		ui->asked_to_quit = true;
	}
}

static void cancel(struct ui *ui)
{
	if (ui->depth > 1)
		ui_close_view(ui);
	else
		ui_message(ui, "q quits");
}

/* A view that is no place in the history. */
static void open_aside(struct ui *ui, const struct view_ops *ops)
{
	struct err e;

	if (ui_top(ui)->ops != ops && ui_push(ui, ops, "", &e))
		ui_message(ui, "%s", e.msg);
}

static void list_marks(struct ui *ui)
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

static void common(struct ui *ui, enum cmd_id cmd, int key)
{
	switch (cmd) {
	case CMD_MARK:
		ui_mark(ui, key);
		break;
	case CMD_GO_MARK:
		ui_go_mark(ui, key);
		break;
	case CMD_MARKS:
		list_marks(ui);
		break;
	case CMD_CLOSE:
		close_or_quit(ui);
		break;
	case CMD_CANCEL:
		cancel(ui);
		break;
	case CMD_BACK:
		go_to(ui, ui->now - 1);
		break;
	case CMD_FORWARD:
		go_to(ui, ui->now + 1);
		break;
	case CMD_OTHER:
		go_to(ui, ui->other);
		break;
	case CMD_HELP:
		open_aside(ui, &view_help);
		break;
	case CMD_MATRICES:
		open_aside(ui, &view_list);
		break;
	case CMD_SEARCH:
		open_aside(ui, &view_search);
		break;
	case CMD_LISTS:
		ui_open(ui, "index");
		break;
	case CMD_REDRAW:
		ui->redraw = true;
		break;
	case CMD_SUSPEND:
		ui->suspend = true;
		break;
	case CMD_QUIT:
	case CMD_INTERRUPT:
		ui->done = true;
		ui->status = cmd == CMD_INTERRUPT ? 130 : 0;
		break;
	default:
		break;
	}
}

void ui_command(struct ui *ui, enum cmd_id cmd, int count, int key)
{
	struct view *v = ui_top(ui);
	bool asked = ui->asked_to_quit;

	ui->message[0] = '\0';
	if (!v->ops->command(v, cmd, count, key))
		common(ui, cmd, key);
	if (asked)
		ui->asked_to_quit = false;
}

/* A digit is part of a count in the grid, unless it is a first 0. */
static bool count_digit(struct ui *ui, int key)
{
	if (ui->npending || ui_top(ui)->ops->where != IN_GRID || key < '0' + !ui->count || key > '9')
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

void ui_draw(struct ui *ui, struct canvas *c)
{
	struct view *v = ui_top(ui);
	struct err e;

	ui->w = c->w, ui->h = c->h;
	if (v->ops->fit(v, c->w, c->h, &e))
		ui_message(ui, "%s", e.msg);
	canvas_clear(c);
	v->ops->draw(v, c);
}
