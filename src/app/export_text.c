/* text: for reading on a terminal, aligned, in colours where wanted. */
#include "config.h"
#include "app/format.h"

#include "base/alloc.h"
#include "text/text.h"

enum { LABEL = 37, CELL = 10, PAGE = 78 };

static void band_line(struct sink *s, const struct table *t, int row)
{
	for (int i = 0; i < t->nband; i++)
		if (t->band[i].first == row) {
			sink_face(s, FACE_BAND);
			sink_say(s, t->band[i].name);
			sink_face(s, FACE_TEXT);
			fputc('\n', s->out);
		}
}

/* Half and half, like the diagram, the word in the middle; without colours the last cell of a row needs
 * no blanks behind it. */
static void cell(struct sink *s, const struct holder *h, bool last)
{
	struct buf word = { 0 };
	int half = CELL / 2;

	buf_fill(&word, ' ', (CELL - 1 - text_columns(h->word)) / 2);
	buf_add(&word, h->word);
	if (h->pattern == PATTERN_HALF && s->paint) {
		buf_fill(&word, ' ', CELL - 1 - text_columns(buf_str(&word)));
		size_t cut = text_fit(buf_str(&word), word.len, half);
		char *left = xstrndup(buf_str(&word), cut);
		sink_column(s, left, half, FACE_CUSTOMER);
		sink_column(s, buf_str(&word) + cut, CELL - 1 - half, FACE_MICROSOFT);
		free(left);
	} else if (s->paint) {
		sink_column(s, buf_str(&word), CELL - 1, h->face);
	} else {
		sink_column(s, h->word, last ? text_columns(h->word) : CELL - 1, FACE_TEXT);
	}
	buf_release(&word);
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	struct sink *s = ctx;

	band_line(s, t, y);
	fputs("  ", s->out);
	sink_column(s, head_label(table_row(t, y), LABEL), LABEL, FACE_LABEL);
	for (int x = 0; x < t->ncols; x++) {
		fputc(x && table_cell(t, y, x - 1)->differs ? '*' : ' ', s->out);
		cell(s, cell_holder(t, y, x),
		     x == t->ncols - 1 && !t->count && !table_cell(t, y, x)->differs);
	}
	if (t->ncols && table_cell(t, y, t->ncols - 1)->differs)
		fputc('*', s->out);
	else if (t->count)
		fputc(' ', s->out);
	if (t->count) {
		fputs("  ", s->out);
		sink_say(s, t->count[y]);
	}
	fputc('\n', s->out);
	return 0;
}

static void heads(struct sink *s, struct table *t)
{
	fprintf(s->out, "%*s", LABEL + 2, "");
	for (int x = 0; x < t->ncols; x++) {
		fputc(' ', s->out);
		const char *label = head_label(table_col(t, x), CELL - 1);
		sink_column(s, label, x < t->ncols - 1 ? CELL - 1 : text_columns(label), FACE_HEAD);
	}
	fputc('\n', s->out);
}

static void line(struct sink *s, const struct line *l)
{
	int at = 0;

	for (int i = 0; i < l->nspan; i++) {
		const struct span *p = &l->span[i];
		char *before = xstrndup(l->text + at, (size_t)(p->from - at)),
		     *run = xstrndup(l->text + p->from, (size_t)p->n);
		sink_say(s, before);
		sink_face(s, p->face);
		sink_say(s, run);
		sink_face(s, FACE_TEXT);
		at = p->from + p->n;
		free(before);
		free(run);
	}
	sink_say(s, l->text + at);
	fputc('\n', s->out);
}

/* Why cells differ, of a table that knows, and what stands below it. */
static void reasons(struct sink *s, const struct table *t)
{
	struct lines l = { 0 };
	struct rich r = { 0 };
	struct why w;

	for (int i = 0; table_next_reason(t, &i, &w); ) {
		struct buf b = { 0 };
		buf_addf(&b, "%s, %s: %s", w.col, w.row, w.reason);
		rich_clear(&r);
		rich_add(&r, buf_str(&b), FACE_TEXT);
		lines_add(&l, &r, 0, "* ", min_int(s->width, PAGE), false, NULL);
		buf_release(&b);
	}
	for (int i = 0; i < l.n; i++)
		line(s, &l.line[i]);
	if (t->foot) {
		fputs(l.n ? "\n" : "", s->out);
		sink_say(s, t->foot);
		fputc('\n', s->out);
	}
	rich_release(&r);
	lines_release(&l);
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	struct buf title = { 0 };

	buf_addf(&title, "%s, %s (%s, %s)", t->matrix.title, t->matrix.edition, t->matrix.publisher,
		 t->matrix.date);
	sink_face(s, FACE_TITLE);
	sink_say(s, buf_str(&title));
	sink_face(s, FACE_TEXT);
	fputs("\n\n", s->out);
	buf_release(&title);
	if (table_fill(t, 0, 1, 0, t->ncols, e))
		return -1;
	heads(s, t);
	if (each_row(t, row, s, e))
		return -1;
	fputc('\n', s->out);
	reasons(s, t);
	for (int i = 0; i < t->ntally; i++) {
		sink_say(s, i ? ", " : "");
		sink_say(s, kb_holder(t->kb, t->tally[i].holder)->word);
		fprintf(s->out, " %lld", (long long)t->tally[i].cells);
	}
	fputs(t->ntally ? "\n" : "", s->out);
	return 0;
}

static int page(struct sink *s, const struct page *p, struct err *e UNUSED)
{
	struct lines l = { 0 };
	struct buf badge = { 0 };
	int width = min_int(s->width, PAGE), used;

	sink_face(s, FACE_TITLE);
	sink_say(s, p->entry.title);
	sink_face(s, FACE_TEXT);
	sink_say(s, ": ");
	sink_say(s, page_badge(p, &badge));
	used = text_columns(p->entry.title) + text_columns(buf_str(&badge)) + text_columns(p->entry.link) + 5;
	sink_say(s, used > width ? "\n" : "   ");
	sink_face(s, FACE_FAINT);
	sink_say(s, p->entry.link);
	sink_face(s, FACE_TEXT);
	fputs("\n\n", s->out);
	page_lines(p, &l, width, NULL, 0);
	for (int i = 0; i < l.n; i++)
		line(s, &l.line[i]);
	lines_release(&l);
	buf_release(&badge);
	return 0;
}

static int hits(struct sink *s, const struct hits *h, struct err *e UNUSED)
{
	for (int i = 0; i < h->n; i++) {
		sink_face(s, FACE_LINK);
		sink_say(s, h->hit[i].link);
		sink_face(s, FACE_TEXT);
		sink_say(s, "  ");
		sink_say(s, h->hit[i].title);
		fputs(h->hit[i].kind == KIND_NOTE ? " (your note)" : "", s->out);
		fputs("\n    ", s->out);
		sink_face(s, FACE_FAINT);
		sink_say(s, h->hit[i].snippet);
		sink_face(s, FACE_TEXT);
		fputc('\n', s->out);
	}
	fprintf(s->out, "%lld found", (long long)h->total);
	if (h->total > h->n)
		fprintf(s->out, ", the best %d shown", h->n);
	fputc('\n', s->out);
	return 0;
}

static int diff(struct sink *s, const struct compare *c, struct err *e)
{
	return diff_page(&format_text, s, c, e);
}

/* Lines of a note as they are, but for those that are longer than a page is wide. */
static void note_text(struct sink *s, const char *text)
{
	struct lines l = { 0 };
	struct rich r = { 0 };

	while (*text) {
		size_t n = strcspn(text, "\n");
		rich_clear(&r);
		rich_addn(&r, text, n, FACE_TEXT);
		if (n)
			lines_add(&l, &r, 4, "", min_int(s->width, PAGE), false, NULL);
		else
			lines_blank(&l);
		text += n + (text[n] == '\n');
	}
	for (int i = 0; i < l.n; i++)
		line(s, &l.line[i]);
	rich_release(&r);
	lines_release(&l);
}

static int notes(struct sink *s, const struct notes *n, struct err *e UNUSED)
{
	for (int i = 0; i < n->n; i++) {
		sink_face(s, FACE_LINK);
		sink_say(s, n->note[i].link);
		sink_face(s, FACE_FAINT);
		fprintf(s->out, "  %s", n->note[i].changed);
		sink_face(s, FACE_TEXT);
		fputc('\n', s->out);
		note_text(s, n->note[i].text);
	}
	return 0;
}

const struct format format_text = {
	.name = "text", .grid = grid, .page = page, .hits = hits, .diff = diff, .notes = notes };
