#include "config.h"
#include "ui/ask.h"

#include "app/grid.h"
#include "base/alloc.h"
#include "ui/prompt.h"
#include "ui/ui.h"

enum { MOST = 4000 };           /* bytes: the longest path */

struct ask {
	char *label;
	ask_answer *answer;
	struct prompt line;
	char *unsure;           /* the answer that needs to be given once more, or NULL */
};

void ui_ask(struct ui *ui, const char *label, const char *text, ask_answer *answer)
{
	struct ask *a = xcalloc(1, sizeof *a);

	ask_close(ui);
	a->label = xstrdup(label);
	a->answer = answer;
	a->line.most = MOST;
	a->line.open = true;
	prompt_set(&a->line, text);
	ui->ask = a;
}

void ask_close(struct ui *ui)
{
	struct ask *a = ui->ask;

	if (!a)
		return;
	ui->ask = NULL;
	free(a->label);
	free(a->unsure);
	prompt_release(&a->line);
	free(a);
}

/* The answer may ask for the next line: then this one is gone already. */
static void give(struct ui *ui)
{
	struct ask *a = ui->ask;
	char *text = xstrdup(buf_str(&a->line.text));
	bool sure = a->unsure && !strcmp(a->unsure, text);
	enum asked became = a->answer(ui, text, sure);

	if (ui->ask == a) {
		free(a->unsure);
		a->unsure = became == ASK_SURE ? xstrdup(text) : NULL;
		if (became == ASK_TAKEN)
			ask_close(ui);
	}
	free(text);
}

void ask_tell(const struct ui *ui, struct buf *text)
{
	const char *there = buf_str(&ui->ask->line.text);

	buf_add(text, ui->ask->label);
	if (*there)
		buf_addf(text, "such as %s; ", there);
	buf_add(text, "an empty line leaves it.");
}

void ask_take(struct ui *ui, const char *answer)
{
	prompt_set(&ui->ask->line, answer);
	give(ui);
}

bool ask_key(struct ui *ui, int key)
{
	struct ask *a = ui->ask;

	if (key == ('l' & 0x1f) || key == ('z' & 0x1f))
		return false;
	ui->message[0] = '\0';
	if (key == K_ENTER)
		give(ui);
	else if (key == K_ESC || key == ('c' & 0x1f) || (key == K_BACKSPACE && !a->line.text.len))
		ask_close(ui);
	else
		prompt_key(&a->line, key);
	return true;
}

/* The line is the last one; what was wrong with the answer, or what keys do, stands above it. */
void ask_draw(const struct ui *ui, struct canvas *c)
{
	static const struct prompt_hint hints[] = { { "Enter", "do it" }, { "Esc", "leave" } };
	int hint, say;

	grid_foot(c->h, &hint, &say);
	if (say < 0)
		return;
	if (say > 0 && *ui->message) {
		canvas_fill(c, say - 1, 0, c->w, FACE_TEXT, ' ');
		canvas_text(c, say - 1, 1, c->w - 2, FACE_MESSAGE, ui->message);
	} else if (hint >= 0) {
		prompt_hints(c, hint, hints, ARRAY_LEN(hints));
	}
	prompt_draw(&ui->ask->line, c, say, ui->ask->label, "");
}
