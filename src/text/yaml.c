#include "config.h"
#include "text/yaml.h"

#include <yaml.h>

#include "base/alloc.h"
#include "text/text.h"

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	const char *file;
	int line;               /* of the file in which the first line of the text stands */
	struct faults *faults;
	bool failed;
};

static struct place place(const struct reader *r, yaml_mark_t m)
{
	return (struct place){ r->file, r->line + (int)m.line, (int)m.column + 1 };
}

static void refuse(struct reader *r, yaml_mark_t at, const char *sentence)
{
	if (!r->failed)
		fault_add(r->faults, place(r, at), "%s", sentence);
	r->failed = true;
}

static bool next(struct reader *r)
{
	yaml_event_delete(&r->event);
	if (r->failed)
		return false;
	if (!yaml_parser_parse(&r->parser, &r->event)) {
		refuse(r, r->parser.problem_mark,
		       r->parser.problem ? r->parser.problem : "this is not YAML");
		return false;
	}
	return true;
}

static bool plain(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		refuse(r, r->event.start_mark, "anchors are not allowed; put the text in quotes");
	else if (tag)
		refuse(r, r->event.start_mark, "tags are not allowed; put the text in quotes");
	return !r->failed;
}

static struct yaml *node(struct reader *r, enum yaml_kind kind)
{
	struct yaml *y = xcalloc(1, sizeof *y);

	y->kind = kind;
	y->at = place(r, r->event.start_mark);
	return y;
}

static void push(struct yaml *y, struct yaml *key, struct yaml *item)
{
	if (y->n == y->cap) {
		y->cap = y->cap ? y->cap * 2 : 8;
		y->item = xrealloc(y->item, (size_t)y->cap, sizeof *y->item);
		y->key = xrealloc(y->key, (size_t)y->cap, sizeof *y->key);
	}
	y->key[y->n] = key;
	y->item[y->n++] = item;
}

static struct yaml *read_node(struct reader *r, int depth);

static struct yaml *read_scalar(struct reader *r)
{
	struct yaml *y;

	if (!plain(r, r->event.data.scalar.anchor, r->event.data.scalar.tag))
		return NULL;
	y = node(r, YAML_SCALAR);
	y->block = r->event.data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	           r->event.data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	y->text = xstrndup((const char *)r->event.data.scalar.value, r->event.data.scalar.length);
	if (text_bad(y->text, r->event.data.scalar.length, true) < r->event.data.scalar.length)
		fault_add(r->faults, y->at, "a control character is written here, which no text may hold");
	return y;
}

static struct yaml *read_list(struct reader *r, int depth)
{
	struct yaml *y;

	if (!plain(r, r->event.data.sequence_start.anchor, r->event.data.sequence_start.tag))
		return NULL;
	y = node(r, YAML_LIST);
	while (next(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
		struct yaml *item = read_node(r, depth + 1);
		if (item)
			push(y, NULL, item);
	}
	return y;
}

static void read_pair(struct reader *r, struct yaml *map, int depth)
{
	struct yaml *key, *item;

	if (r->event.type != YAML_SCALAR_EVENT) {
		refuse(r, r->event.start_mark, "a key must be a word");
		return;
	}
	key = read_scalar(r);
	item = key && next(r) ? read_node(r, depth + 1) : NULL;
	if (item)
		push(map, key, item);
	else
		yaml_tree_free(key);
}

static int by_key(const void *a, const void *b)
{
	const struct yaml *x = *(struct yaml *const *)a, *y = *(struct yaml *const *)b;
	int order = strcmp(x->text, y->text);

	return order                      ? order
	       : x->at.line != y->at.line ? x->at.line - y->at.line
					  : x->at.column - y->at.column;
}

/* Sorted, equal keys are neighbours: a map of many keys takes no time. */
static void check_repeated(struct reader *r, const struct yaml *map)
{
	struct yaml **key = xcalloc((size_t)map->n, sizeof *key);

	for (int i = 0; i < map->n; i++)
		key[i] = map->key[i];
	qsort(key, (size_t)map->n, sizeof *key, by_key);
	for (int i = 1; i < map->n; i++)
		if (!strcmp(key[i]->text, key[i - 1]->text))
			fault_add(r->faults, key[i]->at, "the key %s stands here twice", key[i]->text);
	free(key);
}

static struct yaml *read_map(struct reader *r, int depth)
{
	struct yaml *y;

	if (!plain(r, r->event.data.mapping_start.anchor, r->event.data.mapping_start.tag))
		return NULL;
	y = node(r, YAML_MAP);
	while (next(r) && r->event.type != YAML_MAPPING_END_EVENT)
		read_pair(r, y, depth);
	check_repeated(r, y);
	return y;
}

/* The node that begins with the current event. */
static struct yaml *read_node(struct reader *r, int depth)
{
	if (depth > YAML_DEPTH) {
		refuse(r, r->event.start_mark, "this is nested deeper than " STRINGIFY(16) " levels");
		return NULL;
	}
	switch (r->event.type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(r);
	case YAML_SEQUENCE_START_EVENT:
		return read_list(r, depth);
	case YAML_MAPPING_START_EVENT:
		return read_map(r, depth);
	case YAML_ALIAS_EVENT:
		refuse(r, r->event.start_mark, "aliases are not allowed; put the text in quotes");
		return NULL;
	default:
		refuse(r, r->event.start_mark, "a value is missing here");
		return NULL;
	}
}

static struct yaml *read_document(struct reader *r)
{
	struct yaml *y = NULL;

	if (!next(r) || !next(r))               /* stream start, document start or end */
		return NULL;
	if (r->event.type == YAML_STREAM_END_EVENT)
		return node(r, YAML_MAP);
	if (r->event.data.document_start.version_directive ||
	    r->event.data.document_start.tag_directives.start !=
	    r->event.data.document_start.tag_directives.end)
		refuse(r, r->event.start_mark, "directives are not allowed");
	if (next(r))
		y = read_node(r, 1);
	if (next(r) && next(r) && r->event.type != YAML_STREAM_END_EVENT)
		refuse(r, r->event.start_mark, "a file holds one document only");
	return y;
}

struct yaml *yaml_tree_read(const char *s, size_t n, const char *file, int line, struct faults *f)
{
	struct reader r = { .file = file, .line = line, .faults = f };
	struct yaml *y = NULL;
	int before = f->total;

	if (!yaml_parser_initialize(&r.parser)) {
		fault_add(f, (struct place){ file, line, 1 }, "out of memory");
		return NULL;
	}
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)s, n);
	y = read_document(&r);
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	if (f->total != before) {
		yaml_tree_free(y);
		return NULL;
	}
	return y;
}

void yaml_tree_free(struct yaml *y)
{
	if (!y)
		return;
	for (int i = 0; i < y->n; i++) {
		yaml_tree_free(y->key[i]);
		yaml_tree_free(y->item[i]);
	}
	free(y->key);
	free(y->item);
	free(y->text);
	free(y);
}

struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	for (int i = 0; map->kind == YAML_MAP && i < map->n; i++)
		if (!strcmp(map->key[i]->text, key))
			return map->item[i];
	return NULL;
}
