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

struct kb {
	struct sql *db;
	char *content;
	struct holder *holder;  /* [0] stands for "no holder" */
	int nholder;
};

/* A column as a cleaned text of its own. */
char *kb_line(struct query *q, int column) MUST_USE;    /* newlines replaced */
char *kb_prose(struct query *q, int column) MUST_USE;   /* newlines kept */

#endif
