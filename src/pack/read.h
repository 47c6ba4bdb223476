/* read: the folders of packs -> items, each checked against its shape. */
#ifndef PACK_READ_H
#define PACK_READ_H

#include "base/buf.h"
#include "base/err.h"
#include "pack/shape.h"

/* From ITEM_BENCHMARK on, one entry each, numbered in this order. */
enum item_kind {
	ITEM_PACK, ITEM_HOLDER, ITEM_MATRIX, ITEM_CELL, ITEM_BENCHMARK, ITEM_SERVICE, ITEM_EXAMPLE,
	ITEM_PRACTICE, ITEM_MISCONCEPTION, ITEM_TOPIC, ITEM_TERM, ITEM_ALIAS, ITEM_SOURCE, ITEM__COUNT
};
/* In links and in the column entry.kind; and for several of them. */
extern const char *const item_word[ITEM__COUNT], *const item_words[ITEM__COUNT];

/* What stands in a pack: a folder of files or one file; list: a list with an item an entry. */
struct room {
	const char *name, *suffix;
	enum item_kind kind;
	const struct shape *shape;
	bool folder, list;
};
extern const struct room rooms[];
extern const int nrooms;

/* One thing that a pack says: a later pack replaces it by one of the same link. */
struct item {
	enum item_kind kind;
	char *link;             /* "example/omigod", "azure:iaas/os", "holder/customer" */
	const char *id;         /* the part of the link that is its own; of a cell, its matrix */
	const struct shape *shape;      /* which y has passed */
	const struct yaml *y;
	const char *body;       /* CommonMark below the front matter; "" where there is none */
	int body_line;
	struct place at;
	int pack;               /* index of its folder */
};

struct text_file {
	char *path;
	struct buf text;
	struct yaml *tree;
};

struct packs {
	struct item *item;
	int n, cap;
	struct text_file **file;
	int nfile, file_cap;
	int npack;
	char (*sha256)[65];     /* of each pack */
	size_t bytes;
};

/* Faults go to f; -1 only where a folder or file cannot be read. */
int packs_read(struct packs *p, const char *const dirs[], int ndirs, struct faults *f, struct err *e)
	MUST_USE;
void packs_release(struct packs *p);

#endif
