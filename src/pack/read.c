#include "config.h"
#include "pack/read.h"

#include <sha2.h>

#include "base/alloc.h"
#include "base/path.h"
#include "pack/pack.h"
#include "text/text.h"

const struct room rooms[] = {
	{ "pack.yaml", NULL, ITEM_PACK, &shape_pack, false, false },
	{ "holders.yaml", NULL, ITEM_HOLDER, &shape_holder, false, true },
	{ "sources.yaml", NULL, ITEM_SOURCE, &shape_source, false, true },
	{ "aliases.yaml", NULL, ITEM_ALIAS, &shape_alias, false, true },
	{ "terms.yaml", NULL, ITEM_TERM, &shape_term, false, true },
	{ "controls.yaml", NULL, ITEM_BENCHMARK, &shape_benchmark, false, true },
	{ "matrix", ".yaml", ITEM_MATRIX, &shape_matrix, true, false },
	{ "cell", ".yaml", ITEM_CELL, &shape_cell, true, false },
	{ "service", ".md", ITEM_SERVICE, &shape_service, true, false },
	{ "example", ".md", ITEM_EXAMPLE, &shape_example, true, false },
	{ "practice", ".md", ITEM_PRACTICE, &shape_practice, true, false },
	{ "misconception", ".md", ITEM_MISCONCEPTION, &shape_misconception, true, false },
	{ "topic", ".md", ITEM_TOPIC, &shape_topic, true, false },
};

const int nrooms = ARRAY_LEN(rooms);

const char *const item_word[ITEM__COUNT] = {
	[ITEM_PACK] = "pack", [ITEM_HOLDER] = "holder", [ITEM_MATRIX] = "matrix", [ITEM_CELL] = "cell",
	[ITEM_BENCHMARK] = "benchmark", [ITEM_SERVICE] = "service", [ITEM_EXAMPLE] = "example",
	[ITEM_PRACTICE] = "practice", [ITEM_MISCONCEPTION] = "misconception", [ITEM_TOPIC] = "topic",
	[ITEM_TERM] = "term", [ITEM_ALIAS] = "alias", [ITEM_SOURCE] = "source",
};

const char *const item_words[ITEM__COUNT] = {
	[ITEM_PACK] = "packs", [ITEM_HOLDER] = "holders", [ITEM_MATRIX] = "matrices", [ITEM_CELL] = "cells",
	[ITEM_BENCHMARK] = "benchmarks", [ITEM_SERVICE] = "services", [ITEM_EXAMPLE] = "examples",
	[ITEM_PRACTICE] = "practices", [ITEM_MISCONCEPTION] = "misconceptions", [ITEM_TOPIC] = "topics",
	[ITEM_TERM] = "terms", [ITEM_ALIAS] = "old names", [ITEM_SOURCE] = "sources",
};

struct reading {
	struct packs *packs;
	struct faults *faults;
	SHA2_CTX sha;
	int pack;               /* index of the folder */
	size_t root;            /* length of its name: what lies below is what is hashed */
};

static char *join(const char *a, const char *b)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s/%s", a, b);
	return buf_detach(&out);
}

/* The place of a byte in a text. */
static struct place place_of(const char *file, const char *text, size_t at)
{
	struct place p = { file, 1, 1 };

	for (size_t i = 0; i < at; i++)
		if (text[i] == '\n')
			p.line++, p.column = 1;
		else if (((unsigned char)text[i] & 0xc0) != 0x80)
			p.column++;
	return p;
}

/* 0 and a file, NULL where it has a fault; -1 where it cannot be read. */
static int load(struct reading *r, char *path, struct text_file **out, struct err *e)
{
	struct packs *p = r->packs;
	struct text_file *file = xcalloc(1, sizeof *file);
	size_t bad;

	*GROW(p->file, p->nfile, p->file_cap) = file;
	file->path = path;
	*out = NULL;
	if (path_read(path, PACK_FILE_MAX, &file->text, e)) {
		fault_add(r->faults, (struct place){ path, 1, 1 }, "%s", e->msg);
		return 0;
	}
	p->bytes += file->text.len;
	if (p->n > PACK_ENTRIES_MAX)
		return err_set(e, STATUS_PACK, "the packs hold more than %d entries", PACK_ENTRIES_MAX);
	if (p->bytes > PACK_BYTES_MAX)
		return err_set(e, STATUS_PACK, "the packs are larger than %d MB", PACK_BYTES_MAX >> 20);
	SHA256Update(&r->sha, (const uint8_t *)path + r->root, strlen(path + r->root) + 1);
	SHA256Update(&r->sha, (const uint8_t *)buf_str(&file->text), file->text.len);
	bad = text_bad(buf_str(&file->text), file->text.len, true);
	if (bad < file->text.len)
		fault_add(r->faults, place_of(path, buf_str(&file->text), bad),
		          "a byte or character that no text may hold (0x%02x); write UTF-8 without control "
		          "characters, and blanks for tabs", (unsigned char)file->text.data[bad]);
	else
		*out = file;
	return 0;
}

static void add_item(struct reading *r, const struct room *room, char *link, size_t id_at,
                     const struct yaml *y, const char *body, int body_line)
{
	struct packs *p = r->packs;

	*GROW(p->item, p->n, p->cap) =
		(struct item){ room->kind, link, link + id_at, room->shape, y, body, body_line, y->at,
			       r->pack };
}

static void add_named(struct reading *r, const struct room *room, const char *id, const struct yaml *y,
                      const char *body, int body_line)
{
	const char *word = item_word[room->kind];

	add_item(r, room, join(word, id), strlen(word) + 1, y, body, body_line);
}

static void add_list(struct reading *r, const struct room *room, const struct yaml *tree)
{
	if (tree->kind == YAML_MAP && !tree->n)
		return;
	if (tree->kind != YAML_LIST) {
		fault_add(r->faults, tree->at, "this file must be a list, each entry begun by \"- \"");
		return;
	}
	for (int i = 0; i < tree->n; i++) {
		int before = r->faults->total;
		shape_check(room->shape, tree->item[i], r->faults);
		if (r->faults->total == before)
			add_named(r, room, shape_text(tree->item[i], "id"), tree->item[i], "", 0);
	}
}

/* cell/MATRIX/LAYER.yaml: the id of each model, and its cell. */
static void add_cells(struct reading *r, const struct room *room, const struct yaml *tree,
                      const char *matrix, const char *layer)
{
	if (tree->kind != YAML_MAP) {
		fault_add(r->faults, tree->at,
			  "this file must have the id of each model, and below it its cell");
		return;
	}
	for (int i = 0; i < tree->n; i++) {
		struct buf link = { 0 };
		shape_check(room->shape, tree->item[i], r->faults);
		buf_addf(&link, "%s:%s/%s", matrix, tree->key[i]->text, layer);
		if (is_slug(tree->key[i]->text))
			add_item(r, room, buf_detach(&link), 0, tree->item[i], "", 0);
		else
			fault_add(r->faults, tree->key[i]->at, "a cell stands under the id of its model");
		buf_release(&link);
	}
}

/* The front matter of a Markdown file: between two lines of three hyphens. */
static bool front_matter(struct reading *r, struct text_file *file, const char **body, int *body_line)
{
	const char *s = buf_str(&file->text), *end;
	struct place at = { file->path, 1, 1 };

	if (strncmp(s, "---\n", 4) || !(end = strstr(s + 3, "\n---\n"))) {
		fault_add(r->faults, at, "this file must begin with fields between two lines \"---\"");
		return false;
	}
	if (end - s > PACK_FRONT_MAX) {
		fault_add(r->faults, at, "the front matter is longer than %d bytes", PACK_FRONT_MAX);
		return false;
	}
	*body = end + 5;
	*body_line = place_of(file->path, s, (size_t)(*body - s)).line;
	file->tree =
		yaml_tree_read(s + 4, end > s + 4 ? (size_t)(end - s - 3) : 0, file->path, 2, r->faults);
	return file->tree != NULL;
}

static void add_page(struct reading *r, const struct room *room, struct text_file *file, const char *id)
{
	const char *body = "";
	int line = 0;

	if (!strcmp(room->suffix, ".md") ? !front_matter(r, file, &body, &line) :
	    !(file->tree = yaml_tree_read(buf_str(&file->text), file->text.len, file->path, 1, r->faults)))
		return;
	shape_check(room->shape, file->tree, r->faults);
	if (room->kind == ITEM_TOPIC && !body[strspn(body, " \n")])
		fault_add(r->faults, file->tree->at, "a topic needs prose below its fields");
	add_named(r, room, id, file->tree, body, line);
}

/* The id that a file name gives; NULL and a fault where it is none. */
static char *id_of(struct reading *r, const char *path, const char *name, const char *suffix)
{
	size_t n = strlen(name), s = strlen(suffix);
	char *id = n > s && !strcmp(name + n - s, suffix) ? xstrndup(name, n - s) : NULL;

	if (id && is_slug(id))
		return id;
	fault_add(r->faults, (struct place){ path, 0, 0 },
		  "files here are named ID%s, with an id of a-z, 0-9 and "
		  "single hyphens",
		  suffix);
	free(id);
	return NULL;
}

static int read_folder(struct reading *r, const struct room *room, const char *dir, const char *matrix,
                       struct err *e);

static int read_member(struct reading *r, const struct room *room, const char *dir, const char *name,
                       const char *matrix, struct err *e)
{
	char *path = join(dir, name), *id;
	struct text_file *file;
	int rc;

	if (room->kind == ITEM_CELL && !matrix) {
		rc = read_folder(r, room, path, name, e);
		free(path);
		return rc;
	}
	rc = load(r, path, &file, e);           /* path is the file's from here */
	id = id_of(r, path, name, room->suffix);
	if (!rc && file && id && room->kind == ITEM_CELL) {
		file->tree = yaml_tree_read(buf_str(&file->text), file->text.len, file->path, 1, r->faults);
		if (file->tree)
			add_cells(r, room, file->tree, matrix, id);
	} else if (!rc && file && id) {
		add_page(r, room, file, id);
	}
	free(id);
	return rc;
}

static int read_folder(struct reading *r, const struct room *room, const char *dir, const char *matrix,
                       struct err *e)
{
	char **names;
	int n, rc;

	if (path_exists(dir) && !path_is_own_dir(dir)) {
		fault_add(r->faults, (struct place){ dir, 0, 0 }, "this must be a folder, and not a link");
		return 0;
	}
	rc = path_list(dir, &names, &n, e);
	for (int i = 0; i < n && !rc; i++)
		rc = read_member(r, room, dir, names[i], matrix, e);
	path_free_list(names, n);
	return rc;
}

static int read_file(struct reading *r, const struct room *room, const char *dir, struct err *e)
{
	char *path = join(dir, room->name);
	struct text_file *file;
	int rc;

	if (!path_exists(path)) {
		free(path);
		return 0;
	}
	rc = load(r, path, &file, e);
	if (rc || !file)
		return rc;
	file->tree = yaml_tree_read(buf_str(&file->text), file->text.len, file->path, 1, r->faults);
	if (file->tree && room->list) {
		add_list(r, room, file->tree);
	} else if (file->tree) {
		shape_check(room->shape, file->tree, r->faults);
		add_named(r, room, shape_text(file->tree, "id"), file->tree, "", 0);
	}
	return 0;
}

/* A folder or YAML file that belongs nowhere is a slip of the pen; other files are the author's own. */
static int check_names(struct reading *r, const char *dir, struct err *e)
{
	char **names;
	int n, rc = path_list(dir, &names, &n, e);

	for (int i = 0; i < n; i++) {
		char *path = join(dir, names[i]);
		size_t len = strlen(names[i]);
		bool ours = path_is_dir(path) || (len > 5 && !strcmp(names[i] + len - 5, ".yaml"));
		for (int k = 0; k < nrooms; k++)
			ours = ours && strcmp(rooms[k].name, names[i]);
		if (ours)       /* the place outlives the path: faults copy it */
			fault_add(r->faults, (struct place){ path, 0, 0 },
				  "a pack has nothing of this name");
		free(path);
	}
	path_free_list(names, n);
	return rc;
}

static int read_pack(struct reading *r, const char *dir, struct err *e)
{
	struct packs *p = r->packs;
	int rc;

	if (!path_is_dir(dir))
		return err_set(e, STATUS_DATA, "there is no folder %s", dir);
	r->root = strlen(dir);
	SHA256Init(&r->sha);
	rc = check_names(r, dir, e);
	for (int i = 0; i < nrooms && !rc; i++)
		rc = rooms[i].folder ? 0 : read_file(r, &rooms[i], dir, e);
	for (int i = 0; i < nrooms && !rc; i++) {
		char *path = join(dir, rooms[i].name);
		rc = rooms[i].folder ? read_folder(r, &rooms[i], path, NULL, e) : 0;
		free(path);
	}
	SHA256End(&r->sha, p->sha256[r->pack]);
	if (!rc && p->n > PACK_ENTRIES_MAX)
		return err_set(e, STATUS_PACK, "the packs hold more than %d entries", PACK_ENTRIES_MAX);
	return rc;
}

static void check_pack_file(struct packs *p, const char *dir, int pack, struct faults *f)
{
	for (int i = 0; i < p->n; i++)
		if (p->item[i].kind == ITEM_PACK && p->item[i].pack == pack)
			return;
	fault_add(f, (struct place){ dir, 0, 0 }, "this folder has no pack.yaml, so it is no pack");
}

static int by_link(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->link, y->link);

	if (!order)
		order = x->pack - y->pack;
	if (!order)
		order = strcmp(x->at.file, y->at.file);
	return order ? order : x->at.line - y->at.line;
}

/* Sort by link; of equal ones the last pack's stays, and within one pack they are a fault. */
static void lay_over(struct packs *p, struct faults *f)
{
	int kept = 0;

	if (p->n)
		qsort(p->item, (size_t)p->n, sizeof *p->item, by_link);
	for (int i = 0; i < p->n; i++) {
		struct item *last = kept ? &p->item[kept - 1] : NULL;
		if (!last || strcmp(last->link, p->item[i].link)) {
			p->item[kept++] = p->item[i];
			continue;
		}
		if (last->kind == ITEM_PACK && last->pack != p->item[i].pack)
			fault_add(f, p->item[i].at, "another pack has the id %s too", last->id);
		else if (last->pack == p->item[i].pack)
			fault_add(f, p->item[i].at, "%s is there twice; the other one is in %s, line %d",
			          last->link, last->at.file, last->at.line);
		free(last->link);
		*last = p->item[i];
	}
	p->n = kept;
}

int packs_read(struct packs *p, const char *const dirs[], int ndirs, struct faults *f, struct err *e)
{
	struct reading r = { .packs = p, .faults = f };

	p->sha256 = xcalloc((size_t)ndirs, sizeof *p->sha256);
	p->npack = ndirs;
	for (r.pack = 0; r.pack < ndirs; r.pack++) {
		int before = f->total;
		if (read_pack(&r, dirs[r.pack], e))
			return -1;
		if (f->total == before)
			check_pack_file(p, dirs[r.pack], r.pack, f);
	}
	lay_over(p, f);
	return 0;
}

void packs_release(struct packs *p)
{
	for (int i = 0; i < p->n; i++)
		free(p->item[i].link);
	for (int i = 0; i < p->nfile; i++) {
		buf_release(&p->file[i]->text);
		yaml_tree_free(p->file[i]->tree);
		free(p->file[i]->path);
		free(p->file[i]);
	}
	free(p->item);
	free(p->file);
	free(p->sha256);
	*p = (struct packs){ 0 };
}
