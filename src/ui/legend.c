#include "config.h"
#include "ui/legend.h"

#include "text/text.h"

/* Half of it is dark, half of it light. */
void legend_halve(struct canvas *c, int y, int x, int w)
{
	canvas_face(c, y, x, w / 2, FACE_CUSTOMER);
	canvas_face(c, y, x + w / 2, w - w / 2, FACE_MICROSOFT);
}

/* The name of a holder in the legend: its word, or where that takes too much room its letter. */
static void legend_name(const struct holder *h, bool letters, char name[64])
{
	if (letters)
		snprintf(name, 64, "%c", h->letter);
	else
		snprintf(name, 64, "%s", h->word);
}

static int legend_width(const struct table *t, bool letters)
{
	char name[64], count[32];
	int w = 0;

	for (int i = 0; i < t->ntally; i++) {
		legend_name(kb_holder(t->kb, t->tally[i].holder), letters, name);
		snprintf(count, sizeof count, "%lld", (long long)t->tally[i].cells);
		w += 3 + text_columns(name) + (int)strlen(count);
	}
	return w;
}

void legend_draw(const struct table *t, struct canvas *c, int y, int used)
{
	int room = c->w - 3 - used;
	int w = legend_width(t, false);
	bool letters = w > room;
	int x;

	if (letters)
		w = legend_width(t, true);
	x = c->w - 1 - w;
	for (int i = 0; i < t->ntally && w <= room; i++) {
		const struct holder *h = kb_holder(t->kb, t->tally[i].holder);
		char name[64], count[32];
		legend_name(h, letters, name);
		snprintf(count, sizeof count, " %lld", (long long)t->tally[i].cells);
		canvas_text(c, y, x + 2, c->w, h->face, name);
		if (h->pattern == PATTERN_HALF)
			legend_halve(c, y, x + 2, text_columns(name));
		x += 2 + text_columns(name);
		x += canvas_text(c, y, x, c->w - x, FACE_TEXT, count);
	}
}
