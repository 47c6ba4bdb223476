#include "config.h"
#include "ui/canvas.h"

#include <limits.h>
#include <unistr.h>

#include "base/alloc.h"
#include "text/text.h"

const struct glyph canvas_blank = { { ' ', 0, 0 }, FACE_TEXT, 1 };

void canvas_init(struct canvas *c, int w, int h)
{
	*c = (struct canvas){ .w = max_int(w, 0), .h = max_int(h, 0) };
	c->cell = xcalloc((size_t)c->w * (size_t)c->h, sizeof *c->cell);
	canvas_clear(c);
}

void canvas_release(struct canvas *c)
{
	free(c->cell);
	*c = (struct canvas){ 0 };
}

void canvas_resize(struct canvas *c, int w, int h)
{
	bool ascii = c->ascii;

	if (w == c->w && h == c->h)
		return;
	canvas_release(c);
	canvas_init(c, w, h);
	c->ascii = ascii;
}

/* The first cell, then twice as many each time. */
void canvas_clear(struct canvas *c)
{
	size_t all = (size_t)c->w * (size_t)c->h, done = 1;

	if (all)
		c->cell[0] = canvas_blank;
	for (; done < all; done *= 2)
		memcpy(&c->cell[done], c->cell, (done * 2 > all ? all - done : done) * sizeof *c->cell);
	c->cursor_x = c->cursor_y = 0;
}

static struct glyph *cell_at(struct canvas *c, int y, int x)
{
	return y >= 0 && y < c->h && x >= 0 && x < c->w ? &c->cell[y * c->w + x] : NULL;
}

/* Half of a wide character must not stay behind. */
static void clear_halves(struct canvas *c, int y, int x)
{
	struct glyph *g = cell_at(c, y, x), *left = cell_at(c, y, x - 1), *right = cell_at(c, y, x + 1);

	if (g && g->columns == 0 && left)
		*left = (struct glyph){ { ' ', 0, 0 }, left->face, 1 };
	if (g && g->columns == 2 && right)
		*right = (struct glyph){ { ' ', 0, 0 }, right->face, 1 };
}

static void put(struct canvas *c, int y, int x, uint32_t ch, int columns, enum face face)
{
	struct glyph *g = cell_at(c, y, x);

	if (!g)
		return;
	if (g->columns != 1)
		clear_halves(c, y, x);
	*g = (struct glyph){ { ch, 0, 0 }, (uint16_t)face, (int16_t)columns };
	if (columns == 2 && cell_at(c, y, x + 1)) {
		clear_halves(c, y, x + 1);
		*cell_at(c, y, x + 1) = (struct glyph){ { 0, 0, 0 }, (uint16_t)face, 0 };
	} else if (columns == 2) {
		g->ch[0] = ' ', g->columns = 1;
	}
}

static void combine(struct canvas *c, int y, int x, uint32_t ch)
{
	struct glyph *g = cell_at(c, y, x);

	if (g && g->columns == 0)
		g = cell_at(c, y, x - 1);
	for (int i = 1; g && i < 3; i++)
		if (!g->ch[i]) {
			g->ch[i] = ch;
			return;
		}
}

/* Most of what is drawn: ASCII where no wide character was.  How many bytes of s at most n it is. */
static int run_ascii(struct canvas *c, int y, int x, int w, enum face face, const char *s, size_t n)
{
	struct glyph *row = &c->cell[y * c->w];
	int done = 0, most = min_int(min_int(w, c->w - x), n > INT_MAX ? INT_MAX : (int)n);

	for (; done < most && s[done] >= 0x20 && s[done] < 0x7f && row[x + done].columns == 1; done++)
		row[x + done] = (struct glyph){ { (unsigned char)s[done], 0, 0 }, (uint16_t)face, 1 };
	return done;
}

int canvas_run(struct canvas *c, int y, int x, int w, enum face face, const char *s, size_t n)
{
	const char *end = s + n;
	int from = x, easy;
	uint32_t cp;

	if (y >= 0 && y < c->h && x >= 0 && x < c->w) {
		easy = run_ascii(c, y, x, w, face, s, n);
		s += easy, x += easy;
	}
	while (s < end && *s) {
		int bytes = text_decode(s, &cp), columns = text_cp_columns(cp);
		if (x + columns - from > w)
			break;
		if (columns)
			put(c, y, x, cp, columns, face);
		else
			combine(c, y, x - 1, cp);
		x += columns;
		s += bytes;
	}
	return x - from;
}

int canvas_text(struct canvas *c, int y, int x, int w, enum face face, const char *s)
{
	struct buf cut = { 0 }, ascii = { 0 };
	int used;

	if (c->ascii) {
		text_ascii(&ascii, s);
		s = buf_str(&ascii);
	}
	/* no character has more columns than bytes */
	if (strlen(s) > (size_t)max_int(w, 0) && text_columns(s) > w) {
		text_clip(&cut, s, w);
		s = buf_str(&cut);
	}
	used = canvas_run(c, y, x, w, face, s, strlen(s));
	buf_release(&cut);
	buf_release(&ascii);
	return used;
}

/* A run may be cut at any byte that begins a character; in ASCII it grows or shrinks by itself. */
static int run(struct canvas *c, int y, int x, int w, enum face face, const char *s, size_t n)
{
	struct buf part = { 0 }, ascii = { 0 };
	int used;

	if (!c->ascii)
		return canvas_run(c, y, x, w, face, s, n);
	buf_addn(&part, s, n);
	text_ascii(&ascii, buf_str(&part));
	used = canvas_run(c, y, x, w, face, buf_str(&ascii), ascii.len);
	buf_release(&part);
	buf_release(&ascii);
	return used;
}

int canvas_line(struct canvas *c, int y, int x, int w, const struct line *line)
{
	int columns = 0, at = 0, end = (int)strlen(line->text);

	for (int i = 0; i < line->nspan; i++) {
		const struct span *s = &line->span[i];
		columns += run(c, y, x + columns, w - columns, FACE_TEXT, line->text + at,
			       (size_t)(s->from - at));
		columns += run(c, y, x + columns, w - columns, s->face, line->text + s->from, (size_t)s->n);
		at = s->from + s->n;
	}
	return columns +
	       run(c, y, x + columns, w - columns, FACE_TEXT, line->text + at, (size_t)(end - at));
}

static uint32_t in_ascii(uint32_t ch)
{
	return ch == LINE_ACROSS ? '-' : ch == LINE_DOWN ? '|' : ch < 0x80 ? ch : '?';
}

void canvas_fill(struct canvas *c, int y, int x, int w, enum face face, uint32_t ch)
{
	struct glyph one = { { c->ascii ? in_ascii(ch) : ch, 0, 0 }, (uint16_t)face, 1 };

	for (int i = 0; i < w; i++) {
		struct glyph *g = cell_at(c, y, x + i);
		if (g && g->columns == 1)
			*g = one;
		else
			put(c, y, x + i, one.ch[0], 1, face);
	}
}

void canvas_face(struct canvas *c, int y, int x, int w, enum face face)
{
	for (int i = 0; i < w; i++)
		if (cell_at(c, y, x + i))
			cell_at(c, y, x + i)->face = (uint16_t)face;
}

void canvas_cursor(struct canvas *c, int y, int x)
{
	c->cursor_y = clamp_int(y, 0, c->h - 1);
	c->cursor_x = clamp_int(x, 0, c->w - 1);
}

void canvas_row(const struct canvas *c, int y, struct buf *out)
{
	for (int x = 0; x < c->w; x++)
		for (int i = 0; i < 3 && c->cell[y * c->w + x].ch[i]; i++) {
			uint8_t utf8[6];
			int n = u8_uctomb(utf8, c->cell[y * c->w + x].ch[i], sizeof utf8);
			if (n > 0)
				buf_addn(out, (const char *)utf8, (size_t)n);
		}
}
