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

/* Two hues, customer dark and solid, Microsoft light; a shared cell is half of each.  Foreground and
 * background of the two: on 8 colours, then on 256. */
#define THEME(name, help, c8, C8, m8, M8, a8, c, C, m, M, a) \
	{ name, help, \
	  { COMMON, [FACE_CUSTOMER] = { c8, C8, a8 }, [FACE_MICROSOFT] = { m8, M8, 0 } }, \
	  { COMMON, [FACE_CUSTOMER] = { c, C, a }, [FACE_MICROSOFT] = { m, M, 0 } } }

const struct theme theme_table[] = {
	THEME("azure", "the colours of Microsoft's drawing: dark blue and light cyan",
	      7, 4, 0, 6, PAINT_BOLD, 231, 25, 16, 81, 0),
	THEME("okabe-ito", "blue and orange, which all eyes tell apart",
	      7, 4, 0, 3, PAINT_BOLD, 231, 25, 16, 214, 0),
	THEME("high-contrast", "yellow on black and black on white",
	      3, 0, 0, 7, PAINT_BOLD, 226, 16, 16, 231, PAINT_BOLD),
	THEME("mono", "no colours: reversed and plain",
	      -1, -1, -1, -1, PAINT_REVERSE, -1, -1, -1, -1, PAINT_REVERSE),
};
const int theme_count = ARRAY_LEN(theme_table);

const struct theme *theme_of(const char *name)
{
	for (int i = 0; i < theme_count; i++)
		if (!strcmp(theme_table[i].name, name))
			return &theme_table[i];
	return NULL;
}

const struct paint *theme_paints(const struct theme *t, int colours)
{
	if (colours < 8)
		t = theme_of("mono");
	return colours < 256 ? t->few : t->many;
}

int theme_rgb(int index)
{
	static const int level[] = { 0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff };
	int cube = index - 16, grey = 8 + 10 * (index - 232);

	if (index >= 232)
		return grey << 16 | grey << 8 | grey;
	return level[cube / 36] << 16 | level[cube / 6 % 6] << 8 | level[cube % 6];
}

void theme_write(FILE *out, const void *paints, enum face face)
{
	const struct paint *p = (const struct paint *)paints + face;

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
