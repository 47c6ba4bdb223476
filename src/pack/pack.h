/* pack: text files -> a content database.
 *
 * A pack is a folder of YAML and Markdown files, as db/README describes it.  Later packs lie over
 * earlier ones, entry by entry.  All faults of all files are found in one run; while there is one, no
 * database is written.  The same packs give the same bytes. */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include "base/buf.h"
#include "base/err.h"
#include "base/fault.h"

/* What a pack may be, so that no pack can fill a disk or the memory. */
enum {
	PACK_FILE_MAX = 128 << 10, PACK_FRONT_MAX = 64 << 10, PACK_SCALAR_MAX = 8 << 10,
	PACK_BYTES_MAX = 64 << 20, PACK_ENTRIES_MAX = 20000
};

/* Read the packs in dirs, check them, and write the database `out`, which appears whole,
 * by rename, or not at all.  0; or -1 (STATUS_PACK) with faults added to f, sorted; or -1 with
 * another status where a folder or the database cannot be used. */
int pack_build(const char *const dirs[], int ndirs, const char *out, struct faults *f, struct err *e)
	MUST_USE;

/* Read and check them, and append what they cover to coverage (NULL: only check): a table with a line a
 * matrix.  Errors as pack_build() has them. */
int pack_check(const char *const dirs[], int ndirs, struct buf *coverage, struct faults *f, struct err *e)
	MUST_USE;

/* Make the folder dir, or take an empty one, and write a small commented pack into it, which lies over the
 * pack azure.  0, or -1 (STATUS_DATA). */
int pack_new(const char *dir, struct err *e) MUST_USE;

#endif
