#include "config.h"
#include "ui/picker.h"

#include "app/grid.h"
#include "base/alloc.h"
#include "text/text.h"

/* Columns: the margin, those between parts, the least for what is about a row, the most up to where it begins
 * in all rows. */
enum { LEFT = 2, APART = 2, LEAST = 12, BEHIND = 32 };

void picker_init(struct picker *p, const char *typed)
{
	*p = (struct picker){ .line = { .open = true }, .stale = true };
	picker_write(p, typed);
}

void picker_release(struct picker *p)
{
	prompt_release(&p->line);
}

void picker_write(struct picker *p, const char *text)
{
	prompt_clear(&p->line);
	text_clean(&p->line.text, text, strlen(text), false);
	p->line.at = p->line.text.len;
	p->stale = true;
	p->sel = p->top = 0;
}

/* ---- moving ---- */

static void move(struct picker *p, int by)
{
	p->sel = clamp_int(p->sel + by, 0, max_int(p->n - 1, 0));
}

bool picker_command(struct picker *p, enum cmd_id cmd)
{
	int page = max_int(p->h - 1, 1);

	switch (cmd) {
	case CMD_DOWN:          move(p, 1); break;
	case CMD_UP:            move(p, -1); break;
	case CMD_PAGE_DOWN:     move(p, page); break;
	case CMD_PAGE_UP:       move(p, -page); break;
	case CMD_FIRST:         move(p, -p->n); break;
	case CMD_LAST:          move(p, p->n); break;
	default:                return false;
	}
	return true;
}

static enum cmd_id moves(int key)
{
	static const struct { int key; enum cmd_id cmd; } keys[] = {
		{ K_DOWN, CMD_DOWN }, { 'n' & 0x1f, CMD_DOWN }, { K_UP, CMD_UP }, { 'p' & 0x1f, CMD_UP },
		{ K_PGDN, CMD_PAGE_DOWN }, { K_PGUP, CMD_PAGE_UP },
	};

	for (int i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].key == key)
			return keys[i].cmd;
	return CMD__COUNT;
}

bool picker_moves(int key)
{
	return moves(key) < CMD__COUNT;
}

bool picker_key(struct picker *p, struct ui *ui, int key)
{
	if (picker_command(p, moves(key)))
		return true;
	if (key == K_ENTER || prompt_leaves(key))
		return false;
	if (key == K_ESC || (key == K_BACKSPACE && !p->line.text.len)) {
		ui_drop(ui);
	} else {
		char *before = xstrdup(buf_str(&p->line.text));
		if (prompt_key(&p->line, key) && strcmp(before, buf_str(&p->line.text)) != 0) {
			p->stale = true;
			p->sel = p->top = 0;
		}
		free(before);
	}
	return true;
}

void picker_fit(struct picker *p, int h)
{
	p->h = max_int(ui_body(h) - 1, 1);
	move(p, 0);
	p->top = clamp_int(p->top, p->sel - p->h + 1, p->sel);
	p->top = clamp_int(p->top, 0, max_int(p->n - p->h, 0));
}

/* ---- drawing ---- */

static void row_release(struct picker_row *row)
{
	rich_release(&row->name);
	buf_release(&row->about);
	buf_release(&row->right);
}

/* The name, what stands at the right if there is room for it beside the name, and what is about it between
 * them, from a column on. */
static void draw_row(const struct picker_row *row, struct canvas *c, int y, int column)
{
	struct line name = { row->name.text.data, row->name.span, row->name.n, -1 };
	int w = text_columns(buf_str(&row->name.text)), right = text_columns(buf_str(&row->right));
	int end = c->w - 1, from = max_int(LEFT + w + APART, column);

	if (right && LEFT + w + APART + right <= end) {
		canvas_text(c, y, end - right, right, FACE_KEY, buf_str(&row->right));
		end -= right + APART;
	}
	if (LEFT + w > c->w - 1)        /* cut, with a sign that it is */
		canvas_text(c, y, LEFT, c->w - 1 - LEFT, FACE_TEXT, name.text);
	else if (w)
		canvas_line(c, y, LEFT, w, &name);
	if (end - from >= LEAST)
		canvas_text(c, y, from, end - from, FACE_FAINT, buf_str(&row->about));
}

static void draw_rows(const struct picker *p, const struct view *v, const struct picker_look *look,
		      struct canvas *c)
{
	int n = clamp_int(p->n - p->top, 0, p->h), column = 0;
	struct picker_row *row = xcalloc((size_t)n, sizeof *row);

	for (int i = 0; i < n; i++) {
		look->row(v, p->top + i, &row[i]);
		column = max_int(column, LEFT + text_columns(buf_str(&row[i].name.text)) + APART);
	}
	for (int i = 0; i < n; i++) {
		draw_row(&row[i], c, 1 + i, min_int(column, min_int(c->w / 3, BEHIND)));
		if (p->top + i == p->sel)
			canvas_text(c, 1 + i, 0, 1, FACE_CURSOR, ">");
		row_release(&row[i]);
	}
	free(row);
	if (!n)
		canvas_text(c, 1, 1, c->w - 2, FACE_FAINT, look->none);
}

/* A message has the line of hints, so that what is typed stays to be seen. */
void picker_draw(const struct picker *p, const struct view *v, const struct picker_look *look,
		 struct canvas *c)
{
	const char *message = v->ui->message;
	const char *label = text_columns(look->label) > c->w / 2 ? "> " : look->label;
	struct buf where = { 0 };
	int hint, say;

	ui_draw_path(v->ui, c, 0, "");
	draw_rows(p, v, look, c);
	grid_foot(c->h, &hint, &say);
	if (p->n)
		buf_addf(&where, "%d/%d", p->sel + 1, p->n);
	if (say >= 0)
		prompt_draw(&p->line, c, say, label, buf_str(&where));
	if (*message && max_int(hint, say) >= 0) {
		canvas_fill(c, hint >= 0 ? hint : say, 0, c->w, FACE_TEXT, ' ');
		canvas_text(c, hint >= 0 ? hint : say, 1, c->w - 2, FACE_MESSAGE, message);
	} else if (hint >= 0) {
		prompt_hints(c, hint, look->hints, look->nhints);
	}
	buf_release(&where);
}
