#include "config.h"
#include "ui/theme.h"

/* What all themes share: attributes only. */
#define COMMON \
	[FACE_TEXT] = { -1, -1, 0 }, \
	[FACE_TITLE] = { -1, -1, PAINT_BOLD }, \
	[FACE_HEAD] = { -1, -1, PAINT_BOLD }, \
	[FACE_HEAD_SEL] = { -1, -1, PAINT_BOLD | PAINT_UNDERLINE }, \
	[FACE_BAND] = { -1, -1, 0 }, \
	[FACE_LABEL] = { -1, -1, 0 }, \
	[FACE_NEUTRAL] = { -1, -1, 0 }, \
	[FACE_OTHER] = { -1, -1, PAINT_UNDERLINE }, \
	[FACE_CURSOR] = { -1, -1, PAINT_BOLD }, \
	[FACE_SELECTED] = { -1, -1, PAINT_BOLD }, \
	[FACE_FRAME] = { -1, -1, 0 }, \
	[FACE_HEADING] = { -1, -1, PAINT_BOLD }, \
	[FACE_STRONG] = { -1, -1, PAINT_BOLD }, \
	[FACE_EMPHASIS] = { -1, -1, PAINT_UNDERLINE }, \
	[FACE_CODE] = { -1, -1, PAINT_BOLD }, \
	[FACE_LINK] = { -1, -1, PAINT_UNDERLINE }, \
	[FACE_FAINT] = { -1, -1, 0 }, \
	[FACE_MARK] = { -1, -1, PAINT_BOLD }, \
	[FACE_HINT] = { -1, -1, 0 }, \
	[FACE_KEY] = { -1, -1, PAINT_BOLD }, \
	[FACE_SAY] = { -1, -1, 0 }, \
	[FACE_MESSAGE] = { -1, -1, PAINT_BOLD }

/* The colours of Microsoft's drawing: customer dark and solid, Microsoft light. */
static const struct theme azure_256 = { "azure", false, { COMMON,
	[FACE_CUSTOMER] = { 231, 25, 0 },
	[FACE_MICROSOFT] = { 16, 81, 0 } } };
static const struct theme azure_8 = { "azure", false, { COMMON,
	[FACE_CUSTOMER] = { 7, 4, PAINT_BOLD },
	[FACE_MICROSOFT] = { 0, 6, 0 } } };
static const struct theme mono = { "mono", true, { COMMON,
	[FACE_CUSTOMER] = { -1, -1, PAINT_REVERSE },
	[FACE_MICROSOFT] = { -1, -1, 0 } } };

const struct theme *theme_for(int colours, bool colour)
{
	return !colour || colours < 8 ? &mono : colours < 256 ? &azure_8 : &azure_256;
}

static void paint(FILE *out, const struct paint *p)
{
	fputs("\033[0", out);
	if (p->attr & PAINT_BOLD)
		fputs(";1", out);
	if (p->attr & PAINT_UNDERLINE)
		fputs(";4", out);
	if (p->attr & PAINT_REVERSE)
		fputs(";7", out);
	if (p->fg >= 0)
		fprintf(out, p->fg < 8 ? ";3%d" : ";38;5;%d", p->fg);
	if (p->bg >= 0)
		fprintf(out, p->bg < 8 ? ";4%d" : ";48;5;%d", p->bg);
	fputc('m', out);
}

void theme_paint_256(FILE *out, enum face face)
{
	paint(out, &azure_256.paint[face]);
}

void theme_paint_8(FILE *out, enum face face)
{
	paint(out, &azure_8.paint[face]);
}

void theme_paint_mono(FILE *out, enum face face)
{
	paint(out, &mono.paint[face]);
}
