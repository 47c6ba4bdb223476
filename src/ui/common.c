/* The commands that every view has, unless it does them itself. */
#include "config.h"
#include "ui/ui.h"

#include "ui/mark.h"
#include "ui/note.h"
#include "ui/out.h"

static void close_or_quit(struct ui *ui, enum cmd_id cmd UNUSED, int key UNUSED)
{
	if (ui->depth > 1) {
		ui_close_view(ui);
	} else if (ui->asked_to_quit) {
		ui->done = true;
	} else {
		ui_message(ui, "q once more quits");
		ui->asked_to_quit = true;
	}
}

static void cancel(struct ui *ui, enum cmd_id cmd UNUSED, int key UNUSED)
{
	if (ui->depth > 1)
		ui_close_view(ui);
	else
		ui_message(ui, "q quits");
}

static void go_in_history(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	ui_go_to(ui, cmd == CMD_BACK ? ui->now - 1 : cmd == CMD_FORWARD ? ui->now + 1 : ui->other);
}

/* A view that is no place in the history. */
static void open_aside(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	const struct view_ops *ops = cmd == CMD_HELP       ? &view_help
				     : cmd == CMD_MATRICES ? &view_list
				     : cmd == CMD_SEARCH   ? &view_search
							   : &view_palette;
	struct err e;

	if (ui_top(ui)->ops != ops && ui_push(ui, ops, "", &e))
		ui_message(ui, "%s", e.msg);
}

static void lists(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	if (cmd == CMD_MARKS)
		ui_list_marks(ui);
	else
		ui_open(ui, "index");
}

static void mark(struct ui *ui, enum cmd_id cmd, int key)
{
	if (cmd == CMD_MARK)
		ui_mark(ui, key);
	else
		ui_go_mark(ui, key);
}

static void copy(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	out_copy(ui, cmd);
}

static void stack(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	if (cmd == CMD_STACK)
		ui_show_services(ui);
	else
		ui_pick_service(ui);
}

static void edit_note(struct ui *ui, enum cmd_id cmd UNUSED, int key UNUSED)
{
	note_edit(ui);
}

static void write_view(struct ui *ui, enum cmd_id cmd UNUSED, int key UNUSED)
{
	out_ask(ui);
}

static void screen(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	if (cmd == CMD_REDRAW)
		ui->redraw = true;
	else
		ui->suspend = true;
}

static void quit(struct ui *ui, enum cmd_id cmd, int key UNUSED)
{
	ui->done = true;
	ui->status = cmd == CMD_INTERRUPT ? 130 : 0;
}

void common_command(struct ui *ui, enum cmd_id cmd, int key)
{
	static void (*const run[CMD__COUNT])(struct ui *ui, enum cmd_id cmd, int key) = {
		[CMD_CLOSE] = close_or_quit, [CMD_CANCEL] = cancel,
		[CMD_BACK] = go_in_history, [CMD_FORWARD] = go_in_history, [CMD_OTHER] = go_in_history,
		[CMD_HELP] = open_aside, [CMD_MATRICES] = open_aside, [CMD_SEARCH] = open_aside,
		[CMD_PALETTE] = open_aside, [CMD_LISTS] = lists,
		[CMD_STACK] = stack, [CMD_STACK_ADD] = stack, [CMD_ADD_TO_STACK] = stack,
		[CMD_COPY] = copy, [CMD_COPY_LINK] = copy, [CMD_COPY_MD] = copy,
		[CMD_MARK] = mark, [CMD_GO_MARK] = mark, [CMD_MARKS] = lists,
		[CMD_WRITE] = write_view, [CMD_NOTE] = edit_note,
		[CMD_REDRAW] = screen, [CMD_SUSPEND] = screen,
		[CMD_QUIT] = quit, [CMD_INTERRUPT] = quit,
	};

	if (run[cmd])
		run[cmd](ui, cmd, key);
}
