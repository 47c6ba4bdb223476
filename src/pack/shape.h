/* shape: which fields each kind of text file may and must have.  Tables, and the one loop that checks
 * a YAML tree against them; what passed it can be read with shape_text() and shape_list() blindly. */
#ifndef PACK_SHAPE_H
#define PACK_SHAPE_H

#include "text/yaml.h"

enum field_type {
	FIELD_LINE,             /* one line of text; max: columns, 0 for no other limit than the cap */
	FIELD_PROSE,            /* CommonMark */
	FIELD_SLUG,
	FIELD_WORD,             /* one of the words of `of`, or without `of` any single word */
	FIELD_DATE,
	FIELD_URL,
	FIELD_LETTER,           /* A-Z */
	FIELD_CODE,             /* the id of a control, as published */
	FIELD_LINK,             /* `of`: a kind */
	FIELD_LINES,            /* a list of lines */
	FIELD_SLUGS,            /* a list of slugs; `of`: a kind, of which they are ids */
	FIELD_LINKS,            /* a list of links; `of`: a kind */
	FIELD_PAIRS,            /* a map of slugs to slugs */
	FIELD_SHAPES            /* a list of maps of another shape */
};

struct shape;
struct field {
	const char *key;
	enum field_type type;
	bool must;
	int max;
	const char *of;
	const struct shape *shape;
	const char *help;               /* for onus-pack(5) */
};
struct shape {
	const char *name;               /* "an example" */
	const struct field *field;
	int n;
};

extern const struct shape shape_pack, shape_holder, shape_source, shape_alias, shape_matrix, shape_cell,
	shape_model, shape_layer, shape_service, shape_example, shape_practice, shape_misconception,
	shape_topic, shape_term, shape_benchmark;

void shape_check(const struct shape *shape, const struct yaml *y, struct faults *f);

/* The text of a field, "" where it is not there; the list of a field, an empty one likewise. */
const char *shape_text(const struct yaml *map, const char *key);
const struct yaml *shape_list(const struct yaml *map, const char *key);

bool is_slug(const char *s);
bool is_code(const char *s);            /* of a control */

#endif
