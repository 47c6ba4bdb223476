/* kb_in: what the files of kb share, and nobody else sees. */
#ifndef KB_KB_IN_H
#define KB_KB_IN_H

#include "kb/kb.h"
#include "sql/sql.h"

enum kb_sql {
#define SQL(id, ...) KB_##id,
#include "kb/sql.def"
#undef SQL
	KB__COUNT
};

/* The entries of a kind, whose ids stand together in what `onus pack build` makes. */
struct kind_range {
	int64_t from, to;       /* from > to: it has none */
};

struct kb {
	struct sql *db;
	char *content;
	struct holder *holder;  /* [0] stands for "no holder" */
	int nholder;
	struct kind_range range[KIND__COUNT];   /* read by the first search */
	bool ranges, apart;     /* whether they were read; whether no two have an id in common */
};

/* A column as a cleaned text of its own. */
char *kb_line(struct query *q, int column) MUST_USE;    /* newlines replaced */
char *kb_prose(struct query *q, int column) MUST_USE;   /* newlines kept */

#endif
