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

static void handle(struct ui *ui, const struct event *ev, struct canvas *c)
{
	int w, h;

	switch (ev->type) {
	case EVENT_KEY:
		ui_key(ui, ev->key);
		break;
	case EVENT_RESUME:
	case EVENT_RESIZE:
		ui->redraw |= ev->type == EVENT_RESUME;
		term_size(&w, &h);
		canvas_resize(c, w, h);
		break;
	case EVENT_SIGNAL:
		leave(ui, 128 + ev->signal);
		break;
	case EVENT_LOST:
		leave(ui, 128 + 1);
		break;
	case EVENT_NONE:
		break;
	}
}

/* All that waits is handled before anything is drawn: a burst of keys is one change of the screen. */
static void handle_all(struct ui *ui, struct canvas *c)
{
	enum { AT_MOST = 1000 };        /* whoever types without end sees what it does */
	struct event ev = term_next(true);

	for (int i = 0; ev.type != EVENT_NONE && !ui->done; i++) {
		handle(ui, &ev, c);
		ev = i < AT_MOST ? term_next(false) : (struct event){ .type = EVENT_NONE };
	}
	if (ui->suspend && !ui->done) {
		ui->suspend = false;
		term_suspend();
		handle(ui, &(struct event){ .type = EVENT_RESUME }, c);
	}
}

int ui_loop(struct ui *ui)
{
	struct canvas c;
	int w, h;

	term_size(&w, &h);
	canvas_init(&c, w, h);
	c.ascii = !text_is_utf8();
	while (!ui->done) {
		ui_draw(ui, &c);
		term_show(&c, ui->redraw);
		ui->redraw = false;
		handle_all(ui, &c);
	}
	canvas_release(&c);
	return ui->status;
}
