#include "config.h"
#include "ui/out.h"

#include "base/env.h"
#include "base/path.h"
#include "ui/ask.h"
#include "ui/ui.h"

enum { WIDTH = 80 };            /* columns of text in files and on the clipboard */

static int sink_for(struct ui *ui, FILE *out, struct sink *s, struct err *e)
{
	*s = (struct sink){ .out = out, .width = WIDTH };
	return kb_content(ui->kb, &s->content, e);
}

/* ---- copying ---- */

static const struct copying {
	enum cmd_id cmd;
	const char *what;
	const struct format *format;    /* NULL: the link itself */
} copyings[] = {
	{ CMD_COPY,      "text of",     &format_text },
	{ CMD_COPY_LINK, "link",        NULL },
	{ CMD_COPY_MD,   "Markdown of", &format_md },
};

static void hand_over(struct ui *ui, const char *what, const char *link, const char *text, size_t n)
{
	const char *said;
	struct err e;

	if (clip_copy(&ui->clip, text, n, &said, &e))
		ui_message(ui, "%s", e.msg);
	else
		ui_message(ui, "%s %s %s", what, link, said);
}

/* The page of a link, or that section of it which the link names. */
static int print_selected(struct ui *ui, const struct format *f, struct sink *s, const char *link,
			  struct err *e)
{
	struct kb_link to;
	int rc = kb_resolve(ui->kb, link, NULL, &to, e);

	if (!rc)
		rc = print_pages(f, s, ui->kb, &to, 1, e);
	kb_link_release(&to);
	return rc;
}

/* The page of a link, or, where that is NULL, what the view shows. */
static void copy_as(struct ui *ui, const char *what, const struct format *f, const char *link)
{
	const struct view *v = ui_top(ui);
	struct sink s;
	struct err e;
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	int rc = -1;

	if (!out)
		die(STATUS_FAILED, "out of memory");
	if (!sink_for(ui, out, &s, &e))
		rc = link ? print_selected(ui, f, &s, link, &e) : v->ops->print(v, f, &s, &e);
	if (fclose(out))
		die(STATUS_FAILED, "out of memory");
	if (rc)
		ui_message(ui, "%s", e.msg);
	else
		hand_over(ui, what, link ? link : v->title, text, n);
	free(text);
}

void out_selected(struct ui *ui, struct buf *link)
{
	const struct view *v = ui_top(ui);

	if (v->ops->selected)
		v->ops->selected(v, link);
	else
		buf_add(link, v->link);
}

void out_copy(struct ui *ui, enum cmd_id cmd)
{
	const struct copying *c = copyings;
	struct buf link = { 0 };

	while (c->cmd != cmd)
		c++;
	out_selected(ui, &link);
	if (!link.len)
		ui_message(ui, "nothing is selected here");
	else if (c->format)
		copy_as(ui, c->what, c->format, buf_str(&link));
	else
		hand_over(ui, c->what, buf_str(&link), buf_str(&link), link.len);
	buf_release(&link);
}

void out_copy_view(struct ui *ui)
{
	if (ui_top(ui)->ops->print)
		copy_as(ui, "text of", &format_text, NULL);
}

/* ---- writing ---- */

static const struct format *format_for(const struct view *v, const char *file, struct err *e)
{
	const struct format *f = format_of_file(file);
	char *names;

	if (f && format_has(f, v->use))
		return f;
	names = format_endings(v->use);
	err_set(e, STATUS_USAGE, "end the name in one of %s", names);
	free(names);
	return NULL;
}

static int write_meant(struct ui *ui, const char *file, bool replace, struct err *e)
{
	const struct view *v = ui_top(ui);
	const struct format *f = format_for(v, file, e);
	struct path_out o;
	struct sink s;
	int rc;

	if (!f)
		return -1;
	if (path_out_open(&o, file, replace, e))
		return !replace && path_is_own_file(file) ? 1 : -1;
	rc = sink_for(ui, o.out, &s, e);
	if (!rc)
		rc = v->ops->print(v, f, &s, e);
	if (rc)
		path_out_drop(&o);
	else
		rc = path_out_close(&o, e);
	return rc;
}

int out_write(struct ui *ui, const char *file, bool replace, struct err *e)
{
	char *meant;
	int rc;

	if (env_restricted())
		return err_set(e, STATUS_DATA, "writing files is switched off here");
	if (!ui_top(ui)->ops->print)
		return err_set(e, STATUS_USAGE, "there is nothing to write here");
	meant = path_meant(file);
	rc = write_meant(ui, meant, replace, e);
	free(meant);
	return rc;
}

static enum asked written(struct ui *ui, const char *file, bool sure)
{
	struct err e;
	int rc = out_write(ui, file, sure, &e);

	if (rc < 0)
		ui_message(ui, "%s", e.msg);
	else if (rc > 0)
		ui_message(ui, "%s is there already; Enter once more replaces it", file);
	else
		ui_message(ui, "wrote %s", file);
	return rc < 0 ? ASK_AGAIN : rc > 0 ? ASK_SURE : ASK_TAKEN;
}

void out_ask(struct ui *ui)
{
	const struct view *v = ui_top(ui);
	struct buf name = { 0 };

	if (env_restricted()) {
		ui_message(ui, "writing files is switched off here");
		return;
	}
	buf_add(&name, "onus");         /* onus-azure-paas-os.md */
	path_add_slug(&name, *v->link ? v->link : v->title);
	buf_add(&name, ".md");
	ui_ask(ui, "Write to: ", buf_str(&name), written);
	buf_release(&name);
}
