#include "config.h"
#include "ui/out.h"

#include <ctype.h>

#include "base/alloc.h"
#include "base/env.h"
#include "base/path.h"
#include "ui/ask.h"
#include "ui/ui.h"

enum { WIDTH = 80 };            /* columns of text in files and on the clipboard */

/* ---- writing ---- */

/* A name that says what it is: "onus-azure-paas-os.md". */
static void propose(const struct view *v, struct buf *out)
{
	enum { MOST = 100 };    /* bytes: the link of a stack may be longer than a name can be */
	const char *s = *v->link ? v->link : v->title;

	buf_add(out, "onus");
	for (bool gap = true; *s && out->len < MOST; s++)
		if (isalnum((unsigned char)*s) && (unsigned char)*s < 0x80) {
			buf_addf(out, "%s%c", gap ? "-" : "", tolower((unsigned char)*s));
			gap = false;
		} else {
			gap = true;
		}
	buf_add(out, ".md");
}

static int sink_for(struct ui *ui, FILE *out, struct sink *s, struct err *e)
{
	*s = (struct sink){ .out = out, .width = WIDTH };
	return kb_content(ui->kb, &s->content, e);
}

static const struct format *format_for(const struct view *v, const char *file, struct err *e)
{
	const struct format *f = format_of_file(file);
	char *names;

	if (f && format_has(f, v->use))
		return f;
	names = format_endings(v->use);
	err_set(e, STATUS_USAGE, "a file from here has a name that ends in one of %s", names);
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
	struct buf name = { 0 };

	if (env_restricted()) {
		ui_message(ui, "writing files is switched off here");
		return;
	}
	propose(ui_top(ui), &name);
	ui_ask(ui, "Write to: ", buf_str(&name), written);
	buf_release(&name);
}
