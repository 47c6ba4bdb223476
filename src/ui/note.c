#include "config.h"
#include "ui/note.h"

#include "base/env.h"
#include "base/path.h"
#include "ui/edit.h"
#include "ui/out.h"
#include "ui/ui.h"

/* Put it behind what somebody else has written meanwhile. */
static int put_behind(struct store *s, const char *link, struct buf *text, int64_t *rev, struct err *e)
{
	struct buf both = { 0 };

	if (store_note(s, link, &both, rev, e) < 0) {
		buf_release(&both);
		return -1;
	}
	if (both.len && text->len)
		buf_add(&both, "\n\n---\n\n");
	buf_add(&both, buf_str(text));
	buf_release(text);
	*text = both;
	return 0;
}

/* 0: kept; 1: kept together with another text. */
static int keep(struct own *own, const char *link, struct buf *text, int64_t rev, struct err *e)
{
	enum { TIMES = 5 };             /* so often nobody is faster */
	struct store *s;
	int rc, met = 0;

	if (own_write(own, STORE_WRITE, &s, e))
		return -1;
	rc = store_note_put(s, link, buf_str(text), rev, e);
	while (rc > 0 && met++ < TIMES)
		rc = put_behind(s, link, text, &rev, e) ? -1 : store_note_put(s, link, buf_str(text), rev, e);
	if (rc > 0)
		rc = err_set(e, STATUS_DATA, "somebody else writes this note all the time; try once more");
	return rc ? -1 : met > 0;
}

static void save(struct ui *ui, const char *link, struct edit *ed, int64_t rev)
{
	struct err e;
	int rc = keep(ui->own, link, &ed->text, rev, &e);

	if (rc < 0) {
		ui_message(ui, "your text is in %s: %s", ed->file, e.msg);
		return;
	}
	edit_done(ed);
	ui_reload(ui, ed->text.len ? NOTE_SECTION : NULL);
	ui_message(ui, "%s", rc            ? "somebody else changed this note meanwhile; both texts are kept"
			     : ed->text.len ? "note saved"
					    : "note removed");
}

static int edit_outside(struct ui *ui, const char *link, struct edit *ed, struct err *e)
{
	struct buf name = { 0 };
	char *dir;
	int rc = store_folder(&dir, true, e);

	if (rc < 0)
		return -1;
	buf_add(&name, "note");
	path_add_slug(&name, link);
	own_close(ui->own);             /* the editor may take long, and others write */
	ui->term->leave();
	rc = edit_run(ed, dir, buf_str(&name), e);
	ui->term->back();
	ui->redraw = true;
	buf_release(&name);
	free(dir);
	return rc;
}

static void edit_of(struct ui *ui, const char *link)
{
	struct edit ed = { .file = NULL };
	int64_t rev;
	struct err e;
	int rc = own_raw_note(ui->own, link, &ed.text, &rev, &e);

	if (rc >= 0)
		rc = edit_outside(ui, link, &ed, &e);
	if (rc > 0)
		save(ui, link, &ed, rev);
	else
		ui_message(ui, "%s", rc ? e.msg : "the note is as it was");
	edit_release(&ed);
}

void note_edit(struct ui *ui)
{
	struct buf link = { 0 };

	out_selected(ui, &link);
	buf_cut(&link, strcspn(buf_str(&link), "#"));   /* a note is on the page, not on a part of it */
	if (env_restricted())
		ui_message(ui, "the editor is switched off here");
	else if (!ui->term || !ui->own)
		ui_message(ui, "there is no terminal for an editor");
	else if (!link.len)
		ui_message(ui, "nothing is selected here");
	else
		edit_of(ui, buf_str(&link));
	buf_release(&link);
}
