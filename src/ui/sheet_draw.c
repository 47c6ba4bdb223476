/* The table of a sheet, drawn. */
#include "config.h"
#include "ui/sheet.h"

#include <ctype.h>

#include "app/filter.h"
#include "text/text.h"
#include "ui/legend.h"

static int cell_x(const struct sheet *s, int col)
{
	return s->l.cell_x + (col - s->grid.left) * (s->l.cell_w + 1);
}

static void centred(struct canvas *c, int y, int x, int w, enum face face, const char *s)
{
	int columns = min_int(text_columns(s), w), before = (w - columns) / 2;

	canvas_fill(c, y, x, w, face, ' ');
	canvas_text(c, y, x + before, w - before, face, s);
}

static void brackets(struct canvas *c, int y, int x, int w)
{
	canvas_text(c, y, x - 1, 1, FACE_CURSOR, "[");
	canvas_text(c, y, x + w, 1, FACE_CURSOR, "]");
	canvas_cursor(c, y, x);
}

/* A pattern and the letter, for cells too narrow for words. */
static void letter_cell(struct canvas *c, int y, int x, int w, enum face face, const struct holder *h)
{
	char sign[2] = { h->letter, '\0' };
	int half = (w + 1) / 2;

	canvas_fill(c, y, x, w, face,
		    h->pattern == PATTERN_LIGHT  ? '.'
		    : h->pattern == PATTERN_NONE ? ' '
						 : '#');
	if (h->pattern == PATTERN_HALF)
		canvas_fill(c, y, x + half, w - half, face, '.');
	canvas_text(c, y, x + (h->pattern == PATTERN_HALF ? half : w - 1), 1, face, sign);
}

/* A cell that the filter does not keep: a small letter on no ground. */
static void faint_cell(struct canvas *c, int y, int x, int w, const struct holder *h)
{
	char sign[2] = { (char)tolower((unsigned char)h->letter), '\0' };

	if (text_columns(h->word) <= w)
		centred(c, y, x, w, FACE_FAINT, sign);
	else
		canvas_text(c, y, x + w - 1, 1, FACE_FAINT, sign);
}

static void draw_cell(struct canvas *c, int y, int x, int w, const struct holder *h)
{
	if (text_columns(h->word) <= w)
		centred(c, y, x, w, h->face, h->word);
	else
		letter_cell(c, y, x, w, h->face, h);
	if (h->pattern == PATTERN_HALF)
		legend_halve(c, y, x, w);
}

static void draw_holder(const struct sheet *s, struct canvas *c, int y, int row, int col)
{
	const struct table *t = s->table;
	int holder = table_cell(t, row, col)->holder;

	if (holder && filter_keeps(t, row, col))
		draw_cell(c, y, cell_x(s, col), s->l.cell_w, kb_holder(t->kb, holder));
	else if (holder)
		faint_cell(c, y, cell_x(s, col), s->l.cell_w, kb_holder(t->kb, holder));
	else if (t->of)                 /* a side of a comparison that has no such layer */
		centred(c, y, cell_x(s, col), s->l.cell_w, FACE_FAINT, "-");
}

/* What stands behind a row, in words or shorter. */
static void draw_tail(const struct sheet *s, struct canvas *c, int y, int row)
{
	const struct head *h = table_row(s->table, row);
	int w = s->l.tail_w;

	if (w && h->tail[0])
		canvas_text(c, y, s->l.tail_x, w, FACE_TEXT, h->tail[text_columns(h->tail[0]) > w]);
}

static void draw_heads(const struct sheet *s, struct canvas *c)
{
	const struct table *t = s->table;
	struct buf corner = { 0 };

	if (s->l.title >= 0)
		buf_addf(&corner, "%s, %s", t->matrix.edition, t->matrix.date);
	else
		buf_add(&corner, t->matrix.title);
	canvas_text(c, s->l.head, s->l.label_x, s->l.label_w, s->l.title >= 0 ? FACE_FAINT : FACE_TITLE,
	            buf_str(&corner));
	if (s->grid.row < 0)
		canvas_text(c, s->l.head, 0, 1, FACE_CURSOR, ">");
	if (s->grid.row < 0 && s->grid.col < 0)
		brackets(c, s->l.head, s->l.label_x, min_int(text_columns(buf_str(&corner)), s->l.label_w));
	for (int x = s->grid.left; x < s->grid.left + s->l.cols; x++) {
		bool sel = s->grid.row < 0 && s->grid.col == x;
		centred(c, s->l.head, cell_x(s, x), s->l.cell_w, sel ? FACE_HEAD_SEL : FACE_HEAD,
		        head_label(table_col(t, x), s->l.cell_w));
		if (sel)
			brackets(c, s->l.head, cell_x(s, x), s->l.cell_w);
	}
	if (s->l.tail_w)
		canvas_text(c, s->l.head, s->l.tail_x, s->l.tail_w, FACE_HEAD, t->tail_word);
	buf_release(&corner);
}

static void draw_band(const struct sheet *s, struct canvas *c, int y, const struct band *band)
{
	int used;

	canvas_fill(c, y, 0, s->l.grid_w, FACE_FRAME, LINE_ACROSS);
	canvas_text(c, y, 2, 1, FACE_FRAME, " ");
	used = canvas_text(c, y, 3, s->l.grid_w - 6, FACE_BAND, band->name);
	canvas_text(c, y, 3 + used, 1, FACE_FRAME, " ");
}

static void draw_row(const struct sheet *s, struct canvas *c, int y, int row)
{
	const struct head *h = table_row(s->table, row);
	bool sel = s->grid.row == row;
	int lines = min_int(s->l.row_h, s->l.body + s->l.body_h - y);
	const char *label = head_label(h, s->l.label_w);

	if (sel)
		canvas_text(c, y, s->l.band_lines ? 0 : 1, 1, FACE_CURSOR, ">");
	canvas_text(c, y, s->l.label_x, s->l.label_w, FACE_LABEL, label);
	if (sel && s->grid.col < 0)
		brackets(c, y, s->l.label_x, min_int(text_columns(label), s->l.label_w));
	for (int x = s->grid.left; x < s->grid.left + s->l.cols; x++) {
		draw_holder(s, c, y, row, x);
		if (table_cell(s->table, row, x)->differs)
			canvas_text(c, y, cell_x(s, x) + s->l.cell_w, 1, FACE_MARK, "*");
		if (sel && s->grid.col == x)
			brackets(c, y, cell_x(s, x), s->l.cell_w);
	}
	draw_tail(s, c, y, row);
	if (lines > 1 && h->summary)
		canvas_text(c, y + 1, s->l.label_x + 2, s->l.grid_w - s->l.label_x - 4, FACE_FAINT,
			    h->summary);
}

void sheet_draw_table(const struct sheet *s, struct canvas *c)
{
	int y = s->l.body, end = s->l.body + s->l.body_h;

	draw_heads(s, c);
	for (int row = s->grid.top; row < s->grid.rows && y < end; row++) {
		int band = grid_band_above(&s->bands, row);
		if (band >= 0 && s->l.band_lines)
			draw_band(s, c, y++, &s->table->band[band]);
		if (y >= end)
			break;
		band = grid_band_of(&s->bands, row);
		if (band >= 0 && !s->l.band_lines) {
			char letter[2] = { s->table->band[band].letter, '\0' };
			canvas_text(c, y, 0, 1, FACE_BAND, letter);
		}
		draw_row(s, c, y, row);
		y += s->l.row_h;
	}
}

