/* build_in: what the files that fill the tables share: build.c has matrices and cells, build_entry.c the
 * rest. */
#ifndef PACK_BUILD_IN_H
#define PACK_BUILD_IN_H

#include "pack/set.h"
#include "sql/sql.h"

enum pack_sql {
#define SQL(id, ...) PACK_##id,
#include "pack/sql.def"
#undef SQL
	PACK__COUNT
};

struct build {
	const struct set *set;
	struct sql *db;
	struct err *err;
	int rc;                 /* -1 once something failed: all that follows does nothing */
};

#define RUN(b, ...) ((b)->rc = (b)->rc ? (b)->rc : sql_run((b)->db, (b)->err, __VA_ARGS__))

/* What an entry is made of, apart from its kind's own table. */
struct made {
	int64_t id;
	const char *kind, *link, *title, *summary, *body;
	const struct shape *shape;      /* of y; NULL: only the sources of y are its own */
	const struct yaml *y;           /* its fields: links, sources */
	int pack;
	struct buf names, text;         /* for the search */
	struct buf made_title;          /* where the title is put together */
};

/* The entry, its links and sources, and what the search finds; m's buffers are released. */
void put_entry(struct build *b, struct made *m);
/* A name under which an entry is found as a whole, beside its title and the names it is made with. */
void put_name(struct build *b, int64_t entry, const char *name);
/* A duty as the search finds it. */
void put_duty_text(struct build *b, struct made *m, const struct yaml *duty);
/* The number of a source that is there. */
int64_t source_id(const struct build *b, const char *id);

void add_word(struct buf *out, const char *s);
void add_lines(struct buf *out, const struct yaml *list);

/* All entries but matrices, their parts and their cells. */
void put_entries(struct build *b);

#endif
