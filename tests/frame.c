/* frame: plays a script of keys on the views and prints their frames, without a terminal.
 *
 *	frame DATABASE SCRIPT WxH THEME		THEME: colour, colour8, mono; with -ascii behind it in ASCII
 *
 * A script has lines:
 *	open LINK	start there (before the first frame; else the grid)
 *	task QUESTION	begin anew, as the program starts
 *	key NAME...	keys, as onus help keys names them, or characters
 *	size WxH	another size from here on
 *	frame NAME	print the screen
 * A frame is its lines, each exactly as wide as the screen, between bars; under a line that is not all
 * plain stands one that shows how it is painted: C customer, M Microsoft, then b bold, u underlined,
 * r reversed.  @ is where the terminal's cursor stands. */
#include "config.h"

#include <errno.h>

#include "base/alloc.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/ui.h"

struct player {
	struct ui ui;
	struct canvas canvas;
	const struct paint *paints;
	const char *start;
	bool started;
};

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "frame: %s: %s\n", what, why);
	exit(1);
}

static void start(struct player *p)
{
	struct err e;
	struct kb_link to = { .link = NULL };

	if (p->started)
		return;
	p->started = true;
	if (p->start && kb_resolve(p->ui.kb, p->start, NULL, &to, &e))
		fail(p->start, e.msg);
	if (ui_start(&p->ui, &to, &e))
		fail("start", e.msg);
	kb_link_release(&to);
	ui_draw(&p->ui, &p->canvas);
}

static int key_code(const char *name)
{
	static const char *const names[] = {
#define KEY(id, name) name,
#include "app/key.def"
#undef KEY
	};

	for (int i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i], name))
			return KEY__FIRST + 1 + i;
	if (!strncmp(name, "Ctrl-", 5))
		return name[5] & 0x1f;
	return (unsigned char)*name;
}

static void keys(struct player *p, char *list)
{
	char *rest = list;

	for (char *name; (name = strsep(&rest, " "));)
		if (*name) {
			ui_key(&p->ui, key_code(name));
			if (p->ui.done)
				fail(name, "the program has ended");
			ui_draw(&p->ui, &p->canvas);
		}
}

static char paint_letter(const struct player *p, const struct glyph *g)
{
	const struct paint *paint = &p->paints[g->face];

	if (g->face == FACE_CUSTOMER && paint->bg >= 0)
		return 'C';
	if (g->face == FACE_MICROSOFT && paint->bg >= 0)
		return 'M';
	return paint->attr & PAINT_REVERSE ? 'r' : paint->attr & PAINT_UNDERLINE ? 'u' :
	       paint->attr & PAINT_BOLD ? 'b' : ' ';
}

static void print_row(const struct player *p, int y)
{
	struct buf text = { 0 }, paint = { 0 };
	const struct canvas *c = &p->canvas;

	canvas_row(c, y, &text);
	if (text_columns(buf_str(&text)) != c->w)
		fail(buf_str(&text), "this line is not as wide as the screen");
	printf("|%s|\n", buf_str(&text));
	for (int x = 0; x < c->w; x++)
		buf_addc(&paint, y == c->cursor_y && x == c->cursor_x
					 ? '@'
					 : paint_letter(p, &c->cell[y * c->w + x]));
	while (paint.len && paint.data[paint.len - 1] == ' ')
		buf_cut(&paint, paint.len - 1);
	if (paint.len)
		printf(" %s\n", buf_str(&paint));
	buf_release(&text);
	buf_release(&paint);
}

static void frame(struct player *p, const char *name)
{
	ui_draw(&p->ui, &p->canvas);
	printf("=== %s\n", name);
	for (int y = 0; y < p->canvas.h; y++)
		print_row(p, y);
}

static void size(struct player *p, const char *text)
{
	int w, h;

	if (sscanf(text, "%dx%d", &w, &h) != 2)
		fail(text, "a size is written WxH");
	canvas_resize(&p->canvas, w, h);
	if (p->started)
		ui_draw(&p->ui, &p->canvas);
}

static void begin_anew(struct player *p)
{
	struct kb *kb = p->ui.kb;

	ui_release(&p->ui);
	ui_init(&p->ui, kb);
	p->started = false;
}

static void play(struct player *p, char *line)
{
	char *rest = line, *word = strsep(&rest, " ");

	if (!*word || *word == '#')
		return;
	if (!rest)
		fail(line, "a line is a word and what belongs to it");
	if (!strcmp(word, "open")) {
		p->start = rest;
		start(p);
		return;
	}
	if (!strcmp(word, "size")) {
		size(p, rest);
		return;
	}
	if (!strcmp(word, "task")) {
		begin_anew(p);
		printf("=== %s\n", rest);
		return;
	}
	start(p);
	if (!strcmp(word, "key"))
		keys(p, rest);
	else if (!strcmp(word, "frame"))
		frame(p, rest);
	else
		fail(word, "no such line");
}

static const struct paint *paints_of(const char *name)
{
	return theme_paints(theme_of("azure"), !strncmp(name, "mono", 4)      ? 0
					       : !strncmp(name, "colour8", 7) ? 8
									      : 256);
}

int main(int argc, char **argv)
{
	struct player p = { .started = false };
	struct kb *kb;
	struct err e;
	char line[1024];
	FILE *script;

	text_init();
	if (argc != 5)
		fail("usage", "frame DATABASE SCRIPT WxH THEME");
	if (kb_open(&kb, argv[1], &e))
		fail("open", e.msg);
	p.paints = paints_of(argv[4]);
	ui_init(&p.ui, kb);
	canvas_init(&p.canvas, 80, 24);
	size(&p, argv[3]);
	p.canvas.ascii = strstr(argv[4], "-ascii") != NULL;
	script = fopen(argv[2], "r");
	if (!script)
		fail(argv[2], strerror(errno));
	while (fgets(line, sizeof line, script)) {
		line[strcspn(line, "\n")] = '\0';
		play(&p, line);
	}
	fclose(script);
	ui_release(&p.ui);
	canvas_release(&p.canvas);
	kb_close(kb);
	return 0;
}
