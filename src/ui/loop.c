/* loop: events in, canvas out.  The only place where the views meet the terminal. */
#include "config.h"
#include "ui/ui.h"

#include "text/text.h"
#include "ui/term.h"

static void leave(struct ui *ui, int status)
{
	ui->done = true;
	ui->status = status;
}

static void handle(struct ui *ui, const struct event *ev)
{
	switch (ev->type) {
	case EVENT_KEY:
		ui_key(ui, ev->key);
		break;
	case EVENT_PASTE:
		ui_paste(ui, ev->key);
		break;
	case EVENT_RESUME:
		ui->redraw = true;
		break;
	case EVENT_SIGNAL:
		leave(ui, 128 + ev->signal);
		break;
	case EVENT_LOST:
		leave(ui, 128 + 1);
		break;
	case EVENT_RESIZE:              /* the next frame asks for the size */
	case EVENT_NONE:
		break;
	}
}

/* All that waits is handled before anything is drawn: a burst of keys is one change of the screen. */
static void handle_all(struct ui *ui)
{
	enum { AT_MOST = 1000 };        /* whoever types without end sees what it does */
	struct event ev = term_next(true);

	for (int i = 0; ev.type != EVENT_NONE && !ui->done; i++) {
		handle(ui, &ev);
		ev = i < AT_MOST ? term_next(false) : (struct event){ .type = EVENT_NONE };
	}
	if (ui->suspend && !ui->done) {
		ui->suspend = false;
		term_suspend();
		handle(ui, &(struct event){ .type = EVENT_RESUME });
	}
}

/* Two canvases in turn: the one that is drawn, and the one that the screen shows. */
int ui_loop(struct ui *ui)
{
	static const struct ui_term ours = { term_leave, term_back };
	struct canvas canvas[2], *now = &canvas[0], *shown = NULL;
	int w, h;

	ui->clip.send = term_send;
	ui->term = &ours;
	for (int i = 0; i < 2; i++) {
		canvas_init(&canvas[i], 0, 0);
		canvas[i].ascii = !text_is_utf8();
	}
	while (!ui->done) {
		term_size(&w, &h);
		canvas_resize(now, w, h);
		ui_draw(ui, now);
		term_show(now, shown, ui->redraw);
		ui->redraw = false;
		shown = now;
		now = &canvas[now == canvas];
		handle_all(ui);
	}
	for (int i = 0; i < 2; i++)
		canvas_release(&canvas[i]);
	return ui->status;
}
