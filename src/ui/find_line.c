#include "config.h"
#include "ui/find_line.h"

#include "text/text.h"

static void add_title(const struct ui *ui, const struct found *f, struct buf *out)
{
	const char *matrix = ui->stack[0]->link;
	size_t n = strcspn(f->link, ":/");

	buf_add(out, f->title);
	if (f->link[n] == ':' && (strlen(matrix) != n || strncmp(f->link, matrix, n) != 0))
		buf_addf(out, " (%.*s)", (int)n, f->link);
}

/* What stands behind the title: the summary, or, and then it is 1, that part of the text, or of the note, in
 * which the words are. */
static int add_snippet(struct ui *ui, const struct words *words, const struct find *find,
                       const struct found *f, struct buf *out, struct err *e)
{
	struct buf text = { 0 };
	int rc;

	if (find->kind != KIND_NOTE)
		return kb_found_snippet(ui->kb, words, find, f, out, e);
	rc = own_note(ui->own, f->link, &text, e);
	own_excerpt(words, buf_str(&text), out);
	buf_release(&text);
	return rc < 0 ? -1 : 1;
}

int find_describe(struct ui *ui, const struct words *words, const struct find *find, struct buf *out,
                  struct err *e)
{
	struct buf snippet = { 0 };
	struct found f;
	int rc = kb_found(ui->kb, find->id, &f, e);

	if (rc > 0) {
		add_title(ui, &f, out);
		rc = add_snippet(ui, words, find, &f, &snippet, e);
		if (rc || snippet.len)
			buf_addf(out, "%s%s", rc ? ": " : ". ", buf_str(&snippet));
	}
	found_release(&f);
	buf_release(&snippet);
	return rc < 0 ? -1 : 0;
}

int find_line(struct ui *ui, const struct words *words, const struct find *find, int columns,
              struct line *line, struct err *e)
{
	struct words marked = words_of_find(words, find);
	struct buf all = { 0 }, part = { 0 };
	struct rich r = { 0 };
	int rc;

	if (line->text)
		return 0;
	rc = find_describe(ui, words, find, &all, e);
	text_clip(&part, buf_str(&all), columns);
	rich_add(&r, "> ", FACE_TEXT);
	words_mark(&marked, &r, buf_str(&part), FACE_STRONG);
	*line = (struct line){ .text = buf_detach(&r.text), .span = r.span, .nspan = r.n };
	buf_release(&all);
	buf_release(&part);
	return rc;
}
