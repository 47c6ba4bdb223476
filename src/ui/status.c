/* The lines that all views share: the path at the top, hints and the sentence at the bottom. */
#include "config.h"
#include "ui/ui.h"

#include "app/grid.h"
#include "text/text.h"

int ui_body(int h)
{
	int hint, say;

	return grid_foot(h, &hint, &say);
}

void ui_draw_path(const struct ui *ui, struct canvas *c, int y, const char *right)
{
	struct buf path = { 0 };
	int at = 0, room = c->w - 2;

	for (int i = 0; i < ui->depth; i++)
		buf_addf(&path, "%s%s", i ? " > " : "", ui->stack[i]->title);
	if (*right && text_columns(buf_str(&path)) + text_columns(right) + 3 <= c->w) {
		int w = text_columns(right);
		canvas_text(c, y, c->w - 1 - w, w, FACE_FAINT, right);
	}
	/* The end of the path is where we are: it is the beginning that is cut. */
	while (text_columns(buf_str(&path) + at) > room && strchr(buf_str(&path) + at, '>'))
		at = (int)(strchr(buf_str(&path) + at, '>') - buf_str(&path)) + 1;
	canvas_text(c, y, 1 - (at > 0), room + (at > 0), FACE_TITLE, buf_str(&path) + max_int(at - 1, 0));
	buf_release(&path);
}

static void first_key(struct buf *out, enum cmd_id cmd)
{
	const char *keys = cmd_table[cmd].keys;
	int sequence[CMD_KEYS_MAX], n = cmd_next_keys(&keys, sequence);

	cmd_keys_name(out, sequence, n);
}

/* One hint from the command on, with those behind it of the same word; the next command is the value. */
static int hint_at(const struct ui *ui, int cmd, struct buf *keys)
{
	unsigned where = ui_top(ui)->ops->where;
	const char *word = cmd_table[cmd].hint;

	for (; cmd < CMD__COUNT && !strcmp(cmd_table[cmd].hint, word); cmd++)
		if (*word && (cmd_table[cmd].where & where))
			first_key(keys, (enum cmd_id)cmd);
	return cmd;
}

static void draw_hints(const struct ui *ui, struct canvas *c, int y)
{
	static const char help[] = "? help";
	struct buf keys = { 0 };
	int x = 1, room = c->w - (int)strlen(help) - 2;

	for (int i = 0, next; i < CMD_HELP; i = next) {
		const char *word = i == CMD_CLOSE && ui->depth == 1 ? "quit" : cmd_table[i].hint;
		buf_clear(&keys);
		next = hint_at(ui, i, &keys);
		int w = (int)keys.len + 1 + text_columns(word);
		if (!*word || !keys.len || x + w >= room)
			continue;
		x += canvas_text(c, y, x, c->w, FACE_KEY, buf_str(&keys)) + 1;
		x += canvas_text(c, y, x, c->w, FACE_HINT, word) + 2;
	}
	canvas_text(c, y, max_int(room, 0), 1, FACE_KEY, "?");
	canvas_text(c, y, max_int(room, 0) + 2, (int)strlen(help) - 2, FACE_HINT, "help");
	buf_release(&keys);
}

/* After the first key of several: what can follow. */
static void draw_pending(const struct ui *ui, struct canvas *c, int y)
{
	unsigned where = ui_top(ui)->ops->where;
	struct buf line = { 0 };
	int sequence[CMD_KEYS_MAX], n;

	if (ui->count)
		buf_addf(&line, "%d", ui->count);
	cmd_keys_name(&line, ui->pending, ui->npending);
	for (int i = 0; i < CMD__COUNT && ui->npending; i++) {
		const char *at = cmd_table[i].keys;
		bool first = true;
		while ((cmd_table[i].where & where) && (n = cmd_next_keys(&at, sequence)))
			if (n > ui->npending &&
			    !memcmp(sequence, ui->pending, (size_t)ui->npending * sizeof *sequence)) {
				buf_add(&line, first ? "   " : " ");
				cmd_keys_name(&line, sequence + ui->npending, n - ui->npending);
				first = false;
			}
		if (!first)
			buf_addf(&line, " %s", cmd_table[i].name);
	}
	canvas_text(c, y, 1, c->w - 2, FACE_KEY, buf_str(&line));
	buf_release(&line);
}

/* The sentence, or a message; on screens with one line for all, with the way to help behind it. */
static void draw_say(const struct ui *ui, struct canvas *c, int y, bool alone)
{
	const struct view *v = ui_top(ui);
	struct buf text = { 0 };
	int room = c->w - 1;

	if (alone && c->w >= 20) {
		room -= 7;
		canvas_text(c, y, c->w - 6, 1, FACE_KEY, "?");
		canvas_text(c, y, c->w - 4, 4, FACE_HINT, "help");
	}
	if (*ui->message)
		buf_add(&text, ui->message);
	else
		v->ops->say(v, &text);
	canvas_text(c, y, 1, room - 1, *ui->message ? FACE_MESSAGE : FACE_SAY, buf_str(&text));
	buf_release(&text);
}

void ui_draw_status(const struct ui *ui, struct canvas *c)
{
	bool typed = ui->npending || ui->count;
	int hint, say;

	grid_foot(c->h, &hint, &say);
	if (hint >= 0 && typed)
		draw_pending(ui, c, hint);
	else if (hint >= 0)
		draw_hints(ui, c, hint);
	if (say >= 0 && hint < 0 && typed)
		draw_pending(ui, c, say);
	else if (say >= 0)
		draw_say(ui, c, say, hint < 0);
}
