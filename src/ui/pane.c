#include "config.h"
#include "ui/pane.h"

#include "text/text.h"

static int count_of(const struct page *p, const char *section)
{
	for (int i = 0; i < p->nsection; i++)
		if (!strcmp(p->section[i].name, section))
			return p->section[i].refs.n;
	return 0;
}

/* The holder shows even where the title does not. */
static void title(const struct page *p, struct canvas *c, int y, int x, int w)
{
	struct buf badge = { 0 };
	int used, room;

	if (!p->form) {
		buf_add(&badge, ": ");
		page_badge(p, &badge);
	}
	room = max_int(w - text_columns(buf_str(&badge)), 0);
	used = canvas_text(c, y, x, room, FACE_HEADING, p->entry.title);
	used += canvas_text(c, y, x + used, w - used, FACE_HEADING, buf_str(&badge));
	canvas_text(c, y, x + used, w - used, FACE_FRAME, " ");
	buf_release(&badge);
}

struct parties {
	const struct page *page;
	struct canvas *c;
	int y, end, left;       /* next line, the one behind the last, parties to come */
};

static void draw_duty(struct canvas *c, int y, const struct duty *d)
{
	int used = canvas_text(c, y, 12, c->w - 13, FACE_STRONG, d->verb);

	canvas_text(c, y, 13 + used, c->w - 14 - used, FACE_TEXT, d->text);
}

/* Each party gets its share of the lines: its duties, the first ones first. */
static void draw_party(void *ctx, const struct holder *h, int duties)
{
	struct parties *p = ctx;
	int share = max_int((p->end - p->y) / max_int(p->left--, 1), 1), shown = 0;

	if (p->y >= p->end)
		return;
	canvas_text(p->c, p->y, 1, 10, FACE_STRONG, h->word);
	if (!duties)
		canvas_text(p->c, p->y++, 12, p->c->w - 13, FACE_FAINT, "has nothing to do here");
	for (int i = 0; i < p->page->duties.n && shown < share && p->y < p->end; i++)
		if (p->page->duties.duty[i].party == h->id) {
			draw_duty(p->c, p->y++, &p->page->duties.duty[i]);
			shown++;
		}
}

static void draw_counts(const struct page *p, struct canvas *c, int y)
{
	static const char *const shown[] = { "examples", "practices", "services" };
	static const char hint[] = "Enter opens";
	struct buf line = { 0 };

	buf_addf(&line, "Duties %d", p->duties.n);
	for (int i = 0; i < ARRAY_LEN(shown); i++)
		buf_addf(&line, "   %c%s %d", shown[i][0] - 'a' + 'A', shown[i] + 1, count_of(p, shown[i]));
	canvas_text(c, y, 1, c->w - 2, FACE_FAINT, buf_str(&line));
	canvas_text(c, y, c->w - 1 - (int)strlen(hint), (int)strlen(hint), FACE_HINT, hint);
	buf_release(&line);
}

void pane_below(const struct page *p, struct canvas *c, int y, int h)
{
	struct parties parties = { p, c, y + 1, y + h - 1, p->nparty };
	struct lines lines = { 0 };

	canvas_fill(c, y, 0, c->w, FACE_FRAME, LINE_ACROSS);
	canvas_text(c, y, 2, 1, FACE_FRAME, " ");
	title(p, c, y, 3, c->w - 6);
	if (p->entry.kind == KIND_CELL) {
		page_parties(p, draw_party, &parties);
		draw_counts(p, c, y + h - 1);
		return;
	}
	page_first_lines(p, &lines, c->w - 2, h);
	for (int i = 0; i < lines.n && i < h - 1; i++)
		canvas_line(c, y + 1 + i, 1, c->w - 2, &lines.line[i]);
	lines_release(&lines);
}

void pane_right(const struct page *p, const struct lines *lines, struct canvas *c, int x, int y, int h)
{
	int w = c->w - x - 3;

	for (int i = 0; i < h; i++)
		canvas_fill(c, y + i, x, 1, FACE_FRAME, LINE_DOWN);
	title(p, c, y, x + 2, w);
	for (int i = 0; i < lines->n && i < h - 2; i++)
		canvas_line(c, y + 2 + i, x + 2, w, &lines->line[i]);
}
