/* kept: stacks that the user has kept under a name, in the store.  "@web" is the one of the name web. */
#ifndef APP_KEPT_H
#define APP_KEPT_H

#include "app/own.h"

/* Keep a stack, by its exact link, under a name of letters, digits, dots, hyphens and underscores; link NULL:
 * forget it.  0, or -1 and *e (STATUS_USAGE for a name that is none, STATUS_LINK for one that is not
 * there). */
int kept_put(struct own *own, const char *name, const char *link, struct err *e) MUST_USE;
/* The link of the one under a name: 0, or -1 and *e (STATUS_LINK where there is none: it names those there
 * are). */
int kept_get(struct own *own, const char *name, struct buf *link, struct err *e) MUST_USE;
/* The link of a stack in which "@web" may stand for services: each in the place of its name.  0, or -1. */
int kept_expand(struct own *own, const char *link, struct buf *out, struct err *e) MUST_USE;
/* All of them, as entries with their links: "web: vm+app-service".  0, or -1. */
int kept_list(struct own *own, struct refs *refs, struct err *e) MUST_USE;

#endif
