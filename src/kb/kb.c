#include "config.h"
#include "kb/kb_in.h"

#include <errno.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/path.h"
#include "text/text.h"

const struct kind_def kind_table[KIND_NOTE + 1] = {
#define KIND(id, word, heading, section) { word, heading, section },
#include "kb/kind.def"
#undef KIND
	[KIND__COUNT] = { "entry", "Entries", "entries" },
	[KIND_NOTE] = { "note", "Your notes", "note" },
};

enum kind kind_of(const char *word)
{
	int i = 0;

	while (i < KIND__COUNT && strcmp(kind_table[i].word, word))
		i++;
	return (enum kind)i;
}

static const struct sql_def statements[KB__COUNT] = {
#define SQL(id, ...) { #id, __VA_ARGS__ },
#include "kb/sql.def"
#undef SQL
};

static const char advice[] = "install onus again";

static char *cleaned(struct query *q, int column, bool lines)
{
	size_t n;
	const char *s = query_text(q, column, &n);
	struct buf out = { 0 };

	text_clean(&out, s, n, lines);
	return buf_detach(&out);
}

char *kb_line(struct query *q, int column)
{
	return cleaned(q, column, false);
}

char *kb_prose(struct query *q, int column)
{
	return cleaned(q, column, true);
}

static enum pattern pattern_of(const char *name)
{
	static const char *const names[] = { "solid", "light", "half" };
	int i = 0;

	while (i < ARRAY_LEN(names) && strcmp(names[i], name))
		i++;
	return (enum pattern)i;
}

static struct holder read_holder(struct query *q)
{
	char *letter = kb_line(q, 3), *face = kb_line(q, 4), *pattern = kb_line(q, 5);
	struct holder h = {
		.id = (int)query_int(q, 0), .slug = kb_line(q, 1), .word = kb_line(q, 2), .letter = *letter,
		.face = face_of(face), .pattern = pattern_of(pattern), .party = query_int(q, 6) != 0,
		.summary = kb_line(q, 7),
	};

	if (h.letter < 'A' || h.letter > 'Z')
		h.letter = '?';
	free(letter);
	free(face);
	free(pattern);
	return h;
}

static int read_holders(struct kb *kb, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_HOLDERS, "");
	int cap = 0;

	*GROW(kb->holder, kb->nholder, cap) = (struct holder){
		.slug = xstrdup("unknown"), .word = xstrdup("?"), .summary = xstrdup(""), .letter = '?',
		.face = FACE_NEUTRAL, .pattern = PATTERN_NONE };
	while (query_row(q) && query_int(q, 0) == kb->nholder)
		*GROW(kb->holder, kb->nholder, cap) = read_holder(q);
	return query_end(q, e);
}

static int check_identity(struct kb *kb, const char *path, struct err *e)
{
	int application = 0, version = 0;

	if (sql_identity(kb->db, &application, &version, e))
		return -1;
	if (application != KB_APPLICATION)
		return err_set(e, STATUS_CONTENT,
			       "%s is not a content database of onus; name another one with --db", path);
	if (version > KB_VERSION)
		return err_set(e, STATUS_CONTENT,
			       "the content database %s has format %d, this onus knows %d; "
			       "install a newer onus",
			       path, version, KB_VERSION);
	if (version < KB_VERSION)
		return err_set(e, STATUS_CONTENT,
			       "the content database %s has format %d, this onus needs %d; "
			       "build it again with onus pack build",
			       path, version, KB_VERSION);
	return 0;
}

int kb_open(struct kb **out, const char *path, struct err *e)
{
	struct sql_open how = { path, SQL_READ, statements, KB__COUNT, STATUS_CONTENT, advice };
	struct kb *kb = xcalloc(1, sizeof *kb);

	*out = NULL;
	if (path_exists(path) && !path_is_file(path))
		err_set(e, STATUS_CONTENT,
			"the content database %s is not a file; name another one with --db", path);
	else if (access(path, R_OK))
		err_set(e, STATUS_CONTENT,
			"cannot read the content database %s: %s; %s, or name another one with "
			"--db",
			path, strerror(errno), advice);
	else if (!sql_open(&kb->db, &how, e) && !kb_hold(kb, e) && !check_identity(kb, path, e) &&
	         !read_holders(kb, e) && !sql_run(kb->db, e, KB_COMMIT, ""))
		*out = kb;
	if (!*out)
		kb_close(kb);
	return *out ? 0 : -1;
}

int kb_hold(struct kb *kb, struct err *e)
{
	return sql_run(kb->db, e, KB_BEGIN, "");
}

void kb_close(struct kb *kb)
{
	if (!kb)
		return;
	for (int i = 0; i < kb->nholder; i++) {
		free(kb->holder[i].slug);
		free(kb->holder[i].word);
		free(kb->holder[i].summary);
	}
	free(kb->holder);
	free(kb->content);
	sql_close(kb->db);
	free(kb);
}

/* Packs laid over each other are named together: "azure+mine 2026.11+1 SHA-of-azure+SHA-of-mine". */
int kb_content(struct kb *kb, const char **content, struct err *e)
{
	struct query *q = sql_query(kb->db, KB_CONTENT, "");
	struct buf part[3] = { 0 }, all = { 0 };

	while (query_row(q))
		for (int i = 0; i < 3; i++) {
			char *s = kb_line(q, i);
			buf_addf(&part[i], "%s%s", part[i].len ? "+" : "", s);
			free(s);
		}
	buf_addf(&all, "%s %s %s", buf_str(&part[0]), buf_str(&part[1]), buf_str(&part[2]));
	for (int i = 0; i < 3; i++)
		buf_release(&part[i]);
	free(kb->content);
	*content = kb->content = buf_detach(&all);
	return query_end(q, e);
}

const struct holder *kb_holder(const struct kb *kb, int id)
{
	return &kb->holder[id > 0 && id < kb->nholder ? id : 0];
}

int kb_holder_count(const struct kb *kb)
{
	return kb->nholder - 1;
}

struct see {
	void (*see)(void *ctx, const char *name, const char *line);
	void *ctx;
	const char *name;
};

static void see_line(void *ctx, const char *line)
{
	struct see *s = ctx;

	s->see(s->ctx, s->name, line);
}

int kb_explain(struct kb *kb, void (*see)(void *ctx, const char *name, const char *line), void *ctx,
               struct err *e)
{
	for (int i = 0; i < KB__COUNT; i++) {
		struct see s = { see, ctx, statements[i].name };
		if (sql_explain(kb->db, i, see_line, &s, e))
			return err_prefix(e, "%s", statements[i].name);
	}
	return 0;
}
