#include "config.h"
#include "ui/reader.h"

bool reader_fit(struct reader *r, int w, int y, int h)
{
	bool anew = w != r->w || !r->lines.n;

	if (anew)
		lines_release(&r->lines);
	r->w = w;
	r->y = y;
	r->h = max_int(h, 1);
	return anew;
}

int reader_width(const struct reader *r)
{
	return clamp_int(r->w - 3, 1, READER_MEASURE);
}

void reader_release(struct reader *r)
{
	lines_release(&r->lines);
}

const struct stop *reader_stop(const struct reader *r)
{
	return r->lines.nstop ? &r->lines.stop[r->sel] : NULL;
}

static void select_stop(struct reader *r, int n)
{
	r->sel = clamp_int(n, 0, max_int(r->lines.nstop - 1, 0));
}

void reader_scroll(struct reader *r)
{
	const struct stop *s;

	select_stop(r, r->sel);
	s = reader_stop(r);
	if (s && s->n > r->h)           /* longer than the screen: its lines are walked */
		r->top = clamp_int(r->top, s->line, s->line + s->n - r->h);
	else if (s)
		r->top = clamp_int(r->top, s->line + s->n - r->h, s->line);
	r->top = clamp_int(r->top, 0, max_int(r->lines.n - r->h, 0));
}

void reader_seek(struct reader *r, int64_t stop)
{
	r->sel = stop < 0 ? 0 : stop > INT32_MAX ? INT32_MAX : (int)stop;
	if (r->lines.n)                 /* else reader_scroll() will see to it */
		select_stop(r, r->sel);
}

/* Where the lines of a stop begin, with the heading above it if there is room for both. */
static int with_heading(const struct reader *r, const struct stop *s)
{
	int from = s > r->lines.stop ? s[-1].line + s[-1].n : 0;

	return s->line + s->n - from > r->h ? s->line : from;
}

/* Down and up: a stop longer than the screen is read to its end first. */
static void step(struct reader *r, int by)
{
	const struct stop *s = reader_stop(r);
	int bottom = r->top + r->h;

	if (s && by > 0 && s->line + s->n > bottom) {
		r->top += min_int(by, s->line + s->n - bottom);
	} else if (s && by < 0 && s->line < r->top) {
		r->top -= min_int(-by, r->top - s->line);
	} else if (s) {
		select_stop(r, r->sel + by);
		if (by < 0)
			r->top = min_int(r->top, with_heading(r, reader_stop(r)));
	}
}

/* A page further: the first stop that begins there. */
static void turn(struct reader *r, int direction)
{
	int far = max_int(r->h - 1, 1), last = max_int(r->lines.n - r->h, 0), to = 0;

	if (direction > 0 && r->top >= last) {
		select_stop(r, r->lines.nstop);
		return;
	}
	r->top = clamp_int(r->top + direction * far, 0, last);
	while (to < r->lines.nstop - 1 && r->lines.stop[to].line < r->top)
		to++;
	select_stop(r, r->top ? to : 0);
}

bool reader_command(struct reader *r, enum cmd_id cmd)
{
	switch (cmd) {
	case CMD_DOWN:          step(r, 1); break;
	case CMD_UP:            step(r, -1); break;
	case CMD_MORE:
	case CMD_PAGE_DOWN:     turn(r, 1); break;
	case CMD_PAGE_UP:       turn(r, -1); break;
	case CMD_FIRST:
	case CMD_TOP:           r->sel = r->top = 0; break;
	case CMD_LAST:
	case CMD_BOTTOM:        select_stop(r, r->lines.nstop); break;
	default:                return false;
	}
	reader_scroll(r);               /* keys that come together see what keys one by one see */
	return true;
}

void reader_go(struct reader *r, int line)
{
	for (int i = 0; i < r->lines.nstop; i++)
		if (r->lines.stop[i].line >= line) {
			r->sel = i;
			r->top = line;
			break;
		}
	reader_scroll(r);
}

void reader_draw(const struct reader *r, struct canvas *c)
{
	for (int i = 0; i < r->h && r->top + i < r->lines.n; i++) {
		const struct line *line = &r->lines.line[r->top + i];
		canvas_line(c, r->y + i, 2, c->w - 2, line);
		if (line->stop >= 0 && line->stop == r->sel)
			canvas_text(c, r->y + i, 0, 1, FACE_CURSOR, ">");
	}
	if (r->lines.nstop)
		canvas_cursor(c, r->y + max_int(r->lines.stop[r->sel].line - r->top, 0), 2);
}

void reader_where(const struct reader *r, struct buf *out)
{
	if (r->lines.n > r->h)
		buf_addf(out, "%d%%", (r->top + r->h) * 100 / r->lines.n);
}
