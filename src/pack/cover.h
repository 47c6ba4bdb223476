/* cover: what the packs cover, as a table with a line for each matrix. */
#ifndef PACK_COVER_H
#define PACK_COVER_H

#include "base/buf.h"
#include "pack/set.h"

/* Append the table, and a line that counts the other entries; for packs without faults. */
void cover_put(const struct set *s, struct buf *out);

#endif
