/* svg: the grid as a drawing like Microsoft's.  Rows are written as they are read, so all sizes are known
 * from the numbers of rows, columns and bands alone, and labels are cut to the room that they have.
 * Colours stand in attributes: a page whose policy forbids styles shows them all the same. */
#include "config.h"
#include "app/format.h"

#include "text/text.h"

/* Pixels; LETTER and TITLE_LETTER are how wide a column of text is at most, on the whole. */
enum { MARGIN = 24, LABEL = 312, COL = 124, ROW = 40, GAP = 4, BAND = 34, TITLE = 66, HEADS = 34, LETTER = 8,
	TITLE_LETTER = 11, LEGEND = 30, SWATCH = 36, TITLE_MOST = 90, TAIL = 260 };

#define DARK "#005faf"
#define LIGHT "#5fd7ff"

struct drawing {
	struct sink s;          /* first: each_row() asks it */
	const struct table *t;
	long width;
	long y;
	int bands;              /* that have a layer */
};

static void words(struct drawing *d, const char *text, int columns)
{
	struct buf b = { 0 };

	text_clip(&b, text, columns);
	sink_markup(&d->s, buf_str(&b));
	buf_release(&b);
}

/* Hatches of other holders: one of four directions. */
static int hatch_of(const struct holder *h)
{
	return h->id % 4;
}

static void patterns(struct drawing *d)
{
	static const char *const path[] = { "M0 0L8 8", "M0 8L8 0", "M0 4H8", "M0 4H8M4 0V8" };

	fputs("<defs>\n", d->s.out);
	for (int i = 0; i < ARRAY_LEN(path); i++)
		fprintf(d->s.out,
			"<pattern id=\"onus-hatch%d\" width=\"8\" height=\"8\""
			" patternUnits=\"userSpaceOnUse\">"
			"<rect width=\"8\" height=\"8\" fill=\"#fff\"/>"
			"<path d=\"%s\" stroke=\"#8a5a00\" stroke-width=\"1.5\"/></pattern>\n",
			i, path[i]);
	fputs("</defs>\n", d->s.out);
}

static void rect(struct drawing *d, long x, long y, int w, int h, const char *paint)
{
	fprintf(d->s.out, "<rect x=\"%ld\" y=\"%ld\" width=\"%d\" height=\"%d\" %s/>", x, y, w, h, paint);
}

/* The ground of a holder; colours apart, each kind differs in how dark it is, in hatching or in its edge. */
static void ground(struct drawing *d, const struct holder *h, long x, long y, int wide, int high)
{
	static const char *const edge[] = { "fill=\"#fff\" stroke=\"#555\" stroke-dasharray=\"6 3\"",
					    "fill=\"#fff\" stroke=\"#555\" stroke-dasharray=\"1 3\"" };
	char hatch[64];

	switch (holder_look(h)) {
	case LOOK_CUSTOMER:
		rect(d, x, y, wide, high, "fill=\"" DARK "\" stroke=\"#003a6c\"");
		break;
	case LOOK_MICROSOFT:
		rect(d, x, y, wide, high, "fill=\"" LIGHT "\" stroke=\"#2a7f9e\"");
		break;
	case LOOK_HALF:
		rect(d, x, y, wide / 2, high, "fill=\"" DARK "\" stroke=\"#003a6c\"");
		rect(d, x + wide / 2, y, wide - wide / 2, high, "fill=\"" LIGHT "\" stroke=\"#2a7f9e\"");
		break;
	case LOOK_NONE:
		rect(d, x, y, wide, high, edge[h->id % ARRAY_LEN(edge)]);
		break;
	default:
		snprintf(hatch, sizeof hatch, "fill=\"url(#onus-hatch%d)\" stroke=\"#8a5a00\"", hatch_of(h));
		rect(d, x, y, wide, high, hatch);
	}
}

/* The word of a holder in the middle of its cell: on a plate where the ground is not even. */
static void word(struct drawing *d, const struct holder *h, long x, long y)
{
	enum look look = holder_look(h);
	int most = (COL - GAP) / LETTER - 1, columns = min_int(text_columns(h->word), most);
	int plate = columns * LETTER + 12;

	if (look == LOOK_HALF || look == LOOK_OTHER)
		rect(d, x + (COL - GAP - plate) / 2, y + 8, plate, ROW - GAP - 16, "rx=\"3\" fill=\"#fff\"");
	fprintf(d->s.out, "<text x=\"%ld\" y=\"%ld\" text-anchor=\"middle\" fill=\"%s\"%s>",
		x + (COL - GAP) / 2, y + (ROW - GAP) / 2 + 5, look == LOOK_CUSTOMER ? "#fff" : "#111",
		look == LOOK_CUSTOMER ? " font-weight=\"bold\"" : "");
	words(d, h->word, most);
	fputs("</text>", d->s.out);
}

static void identity(struct drawing *d, const char *model, const char *between, const char *layer)
{
	struct sink *s = &d->s;

	if (!model || !layer)
		return;
	fputs(" id=\"", s->out);
	sink_markup(s, d->t->matrix.slug);
	fputc(':', s->out);
	sink_markup(s, model);
	fputs(between, s->out);
	sink_markup(s, layer);
	fputc('"', s->out);
}

static void cell(struct drawing *d, int row, int col)
{
	struct sink *s = &d->s;
	const struct holder *h = table_holder(d->t, row, col);
	const struct head *layer = table_row(d->t, row), *model = table_col(d->t, col);
	bool differs = table_cell(d->t, row, col)->differs;
	long x = MARGIN + LABEL + (long)col * COL;

	fputs("<g", s->out);
	identity(d, model->slug, "/", layer->slug);
	fputs("><title>", s->out);
	sink_markup(s, head_label(layer, 1000));
	fputs(", ", s->out);
	sink_markup(s, head_label(model, 1000));
	fputs(": ", s->out);
	sink_markup(s, h->word);
	if (differs)
		fprintf(s->out, "; %s", table_differs(d->t, row, col));
	fputs("</title>", s->out);
	ground(d, h, x, d->y, COL - GAP, ROW - GAP);
	word(d, h, x, d->y);
	if (differs) {
		rect(d, x + COL - GAP - 15, d->y + 1, 14, 15, "rx=\"2\" fill=\"#fff\"");
		fprintf(s->out,
			"<text x=\"%ld\" y=\"%ld\" text-anchor=\"middle\" font-weight=\"bold\">*</text>",
			x + COL - GAP - 8, d->y + 16);
	}
	fputs("</g>\n", s->out);
}

static void band(struct drawing *d, const struct band *b)
{
	fprintf(d->s.out,
		"<path d=\"M%d %ldH%ld\" stroke=\"#999\"/>"
		"<text x=\"%d\" y=\"%ld\" font-style=\"italic\" fill=\"#444\">",
		MARGIN, d->y + 5, d->width - MARGIN, MARGIN, d->y + 23);
	words(d, b->name, (int)((d->width - 2 * MARGIN) / LETTER));
	fputs("</text>\n", d->s.out);
	d->y += BAND;
}

static int row(void *ctx, struct table *t, int y, struct err *e UNUSED)
{
	enum { MOST = LABEL / LETTER };
	struct drawing *d = ctx;

	for (int i = 0; i < t->nband; i++)
		if (t->band[i].first == y)
			band(d, &t->band[i]);
	fprintf(d->s.out, "<text x=\"%d\" y=\"%ld\">", MARGIN, d->y + (ROW - GAP) / 2 + 5);
	words(d, head_label(table_row(t, y), MOST), MOST);
	fputs("</text>\n", d->s.out);
	for (int x = 0; x < t->ncols; x++)
		cell(d, y, x);
	if (t->tail_word) {
		fprintf(d->s.out, "<text x=\"%ld\" y=\"%ld\">", MARGIN + LABEL + (long)t->ncols * COL + 8,
			d->y + (ROW - GAP) / 2 + 5);
		words(d, table_tail(t, y), TAIL / LETTER);
		fputs("</text>\n", d->s.out);
	}
	d->y += ROW;
	return 0;
}

static void heads(struct drawing *d)
{
	enum { MOST = (COL - GAP) / LETTER };

	fputs("<g text-anchor=\"middle\" font-weight=\"bold\">\n", d->s.out);
	for (int x = 0; x < d->t->ncols; x++) {
		fprintf(d->s.out, "<text x=\"%ld\" y=\"%ld\">",
			MARGIN + LABEL + (long)x * COL + (COL - GAP) / 2, d->y + 20);
		words(d, head_label(table_col(d->t, x), MOST), MOST);
		fputs("</text>\n", d->s.out);
	}
	fputs("</g>\n", d->s.out);
	d->y += HEADS;
}

/* The holders of the matrix and how many cells each has, in as many lines as they need; how many. */
static int legend(struct drawing *d, bool draw)
{
	const struct table *t = d->t;
	int lines = 1;
	long x = MARGIN;

	for (int i = 0; i < t->ntally; i++) {
		const struct holder *h = kb_holder(t->kb, t->tally[i].holder);
		struct buf b = { 0 };
		buf_addf(&b, "%s %lld", h->word, (long long)t->tally[i].cells);
		long wide = SWATCH + 8 + (long)text_columns(buf_str(&b)) * LETTER + 20;
		if (x > MARGIN && x + wide > d->width - MARGIN)
			lines++, x = MARGIN;
		if (draw) {
			long y = d->y + (lines - 1) * LEGEND;
			ground(d, h, x, y, SWATCH, 20);
			fprintf(d->s.out, "<text x=\"%ld\" y=\"%ld\">", x + SWATCH + 8, y + 15);
			sink_markup(&d->s, buf_str(&b));
			fputs("</text>\n", d->s.out);
		}
		x += wide;
		buf_release(&b);
	}
	return lines;
}

/* Name and description for who cannot see it. */
static void describe(struct drawing *d)
{
	struct sink *s = &d->s;
	const struct table *t = d->t;
	struct buf size = { 0 };

	fputs("<title id=\"onus-title\">", s->out);
	sink_markup(s, t->matrix.title);
	fputs("</title>\n<desc id=\"onus-desc\">", s->out);
	sink_markup(s, t->matrix.edition);
	fputs(", ", s->out);
	sink_markup(s, t->matrix.publisher);
	fputs(", ", s->out);
	sink_markup(s, t->matrix.date);
	buf_add(&size, ". ");
	table_count(&size, t->nrows, t->row_word);
	buf_add(&size, " as rows, ");
	table_count(&size, t->ncols, t->col_word);
	fprintf(s->out, "%s as columns.%s", buf_str(&size), t->ntally ? " Cells:" : "");
	buf_release(&size);
	for (int i = 0; i < t->ntally; i++) {
		fputs(i ? ", " : " ", s->out);
		sink_markup(s, kb_holder(t->kb, t->tally[i].holder)->word);
		fprintf(s->out, " %lld", (long long)t->tally[i].cells);
	}
	fputs(". Made from ", s->out);
	sink_markup(s, s->content);
	fputs(".</desc>\n", s->out);
}

static void measure(struct drawing *d)
{
	const struct kb_matrix *m = &d->t->matrix;
	long title = 2 * MARGIN + (long)min_int(text_columns(m->title), TITLE_MOST) * TITLE_LETTER;

	d->width = 2 * MARGIN + LABEL + (long)d->t->ncols * COL - GAP + (d->t->tail_word ? TAIL : 0);
	d->width = d->width < title ? title : d->width;
	for (int i = 0; i < d->t->nband; i++)
		d->bands += d->t->band[i].first >= 0 && d->t->band[i].first < d->t->nrows;
}

static void head(struct drawing *d)
{
	struct sink *s = &d->s;
	const struct kb_matrix *m = &d->t->matrix;
	long high = 2L * MARGIN + TITLE + HEADS + (long)d->bands * BAND + (long)d->t->nrows * ROW +
		    (legend(d, false) + 1L) * LEGEND;

	fprintf(s->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%ld\" height=\"%ld\""
		" viewBox=\"0 0 %ld %ld\""
		" role=\"img\" aria-labelledby=\"onus-title\" aria-describedby=\"onus-desc\""
		" font-family=\"Segoe UI, Helvetica, Arial, sans-serif\" font-size=\"14\" fill=\"#111\">\n",
		d->width, high, d->width, high);
	describe(d);
	patterns(d);
	fprintf(s->out, "<rect width=\"%ld\" height=\"%ld\" fill=\"#fff\"/>\n", d->width, high);
	fprintf(s->out, "<text x=\"%d\" y=\"%d\" font-size=\"20\" font-weight=\"bold\">", MARGIN,
		MARGIN + 20);
	words(d, m->title, TITLE_MOST);
	fprintf(s->out, "</text>\n<text x=\"%d\" y=\"%d\" fill=\"#444\">", MARGIN, MARGIN + 44);
	struct buf b = { 0 };
	buf_addf(&b, "%s, %s, %s", m->edition, m->publisher, m->date);
	words(d, buf_str(&b), (int)((d->width - 2 * MARGIN) / LETTER));
	buf_release(&b);
	fputs("</text>\n", s->out);
	d->y = MARGIN + TITLE;
}

/* What the mark means, or what stands below the table. */
static void foot(struct drawing *d)
{
	struct buf b = { 0 };

	if (d->t->foot)
		buf_addf(&b, "%s. ", d->t->foot);
	if (d->t->differs_word)
		buf_addf(&b, "* %s.", d->t->differs_word);
	fprintf(d->s.out, "<text x=\"%d\" y=\"%ld\" fill=\"#444\">", MARGIN, d->y + 12);
	words(d, buf_str(&b), (int)((d->width - 2 * MARGIN) / LETTER));
	fputs("</text>\n</svg>\n", d->s.out);
	buf_release(&b);
}

static int grid(struct sink *s, struct table *t, struct err *e)
{
	struct drawing d = { .s = *s, .t = t };

	if (table_fill(t, 0, 1, 0, t->ncols, e))
		return -1;
	measure(&d);
	head(&d);
	heads(&d);
	if (each_row(t, row, &d, e))
		return -1;
	d.y += 16;
	d.y += LEGEND * legend(&d, true);
	foot(&d);
	return 0;
}

static int diff(struct sink *s, const struct compare *c, struct err *e)
{
	struct table *t = compare_table(c, e);
	int rc = t ? grid(s, t, e) : -1;

	table_free(t);
	return rc;
}

const struct format format_svg = { .name = "svg", .grid = grid, .diff = diff };
