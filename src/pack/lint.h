/* lint: what the shapes cannot see: whether the parts of the packs fit each other. */
#ifndef PACK_LINT_H
#define PACK_LINT_H

#include "pack/set.h"

void lint(const struct set *s, struct faults *f);

#endif
