/* palette_in: what palette.c and palette_place.c share. */
#ifndef APP_PALETTE_IN_H
#define APP_PALETTE_IN_H

#include "app/palette.h"

/* A new offer with a name and what it is, yours to fill up; good until the next one. */
struct offer *palette_add(struct palette *p, enum offer_does does, int score, const char *name,
			  const char *about);
/* Places: lists where nothing is typed, and else all that fit. */
int palette_places(struct palette *p, const char *typed, struct err *e) MUST_USE;

#endif
