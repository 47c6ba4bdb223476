/* yaml: a YAML document as a tree in which every node knows its place.  The only place for libyaml.
 *
 * Every scalar is text.  Anchors, aliases, tags, a second document, more than YAML_DEPTH levels, keys
 * that repeat, keys that are no scalars, and characters that text_bad() refuses are faults; so text_init()
 * comes first. */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "base/fault.h"

enum { YAML_DEPTH = 16 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	struct place at;
	bool block;                     /* a scalar whose text begins on the line below */
	char *text;                     /* of a scalar; "" else */
	struct yaml **key, **item;      /* key: of a map, scalars */
	int n, cap;
};

/* The tree of n bytes, which begin at the given line of file (borrowed by all places); an empty
 * document is an empty map.  NULL and at least one fault, or a tree for yaml_tree_free(). */
struct yaml *yaml_tree_read(const char *s, size_t n, const char *file, int line, struct faults *f);
void yaml_tree_free(struct yaml *y);

/* The value of a key in a map, or NULL. */
struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
