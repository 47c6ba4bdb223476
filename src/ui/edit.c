#include "config.h"
#include "ui/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/env.h"
#include "base/path.h"
#include "base/spawn.h"

static void trim(struct buf *text)
{
	while (text->len && (text->data[text->len - 1] == '\n' || text->data[text->len - 1] == '\r'))
		buf_cut(text, text->len - 1);
}

/* A file of its own, which ends so that editors know what is in it. */
static int make_file(struct edit *ed, const char *dir, const char *name, struct err *e)
{
	static const char ending[] = ".md";
	struct buf path = { 0 };
	FILE *out = NULL;
	int fd, rc = 0;

	buf_addf(&path, "%s/%s-XXXXXX%s", dir, name, ending);
	fd = mkostemps(path.data, (int)strlen(ending), O_CLOEXEC);      /* new, and 0600 */
	if (fd >= 0) {
		ed->file = xstrdup(buf_str(&path));
		out = fdopen(fd, "w");
	}
	if (out && ed->text.len)
		fprintf(out, "%s\n", buf_str(&ed->text));
	if (!out || fclose(out)) {
		rc = err_set(e, STATUS_DATA, "cannot write %s: %s", buf_str(&path), strerror(errno));
		edit_done(ed);
	}
	buf_release(&path);
	return rc;
}

/* ---- the editor ---- */

enum { WORDS = 32 };
#define BLANKS " \t"

/* Split a command at blanks, in place; the words are followed by file and NULL. */
static void split(char *command, const char *argv[WORDS + 2], const char *file)
{
	int n = 0;

	for (char *word; n < WORDS && (word = strsep(&command, BLANKS));)
		if (*word)
			argv[n++] = word;
	argv[n] = file;
	argv[n + 1] = NULL;
}

static int run_editor(const char *file, struct err *e)
{
	const char *named = env_get("VISUAL") ? env_get("VISUAL") : env_get("EDITOR"), *argv[WORDS + 2];
	char *command = xstrdup(named && named[strspn(named, BLANKS)] ? named : "vi");
	int rc;

	split(command, argv, file);
	rc = spawn_wait(argv, e);
	free(command);
	return rc;
}

/* What the file holds now, against the text of before: 1 where it is another one. */
static int read_back(struct edit *ed, struct buf *now, struct err *e)
{
	if (path_read(ed->file, EDIT_MAX, now, e))
		return -1;
	if (strlen(buf_str(now)) != now->len)
		return err_set(e, STATUS_DATA, "there is a NUL byte in it");
	trim(now);
	return strcmp(buf_str(now), buf_str(&ed->text)) != 0;
}

int edit_run(struct edit *ed, const char *dir, const char *name, struct err *e)
{
	struct buf now = { 0 };
	struct err ran, red;
	int rc, is_new;

	trim(&ed->text);
	if (make_file(ed, dir, name, e))
		return -1;
	rc = run_editor(ed->file, &ran);
	is_new = read_back(ed, &now, &red);
	if (is_new < 0 && path_exists(ed->file)) {
		rc = err_set(e, STATUS_DATA, "%s is not taken over: %s", ed->file, red.msg);
	} else if (is_new <= 0) {       /* a file that is gone is a no */
		edit_done(ed);
		if (rc)
			err_set(e, STATUS_FAILED, "%s; another editor can be named in EDITOR", ran.msg);
	} else if (rc) {
		err_set(e, STATUS_FAILED, "%s; what was written is in %s", ran.msg, ed->file);
	} else {
		buf_release(&ed->text);
		ed->text = now;
		return 1;
	}
	buf_release(&now);
	return rc;
}

void edit_done(struct edit *ed)
{
	if (ed->file)
		unlink(ed->file);
	free(ed->file);
	ed->file = NULL;
}

void edit_release(struct edit *ed)
{
	buf_release(&ed->text);
	free(ed->file);
	ed->file = NULL;
}
