/* stack: the services that somebody uses, side by side as a table: whose each layer is in each of them, where
 * they leave their model and why, and how much there is to do for whom. */
#ifndef APP_STACK_H
#define APP_STACK_H

#include "app/table.h"

struct stack_service {
	char *link, *model;     /* "service/vm", and the id of its model */
};

struct stack {
	struct stack_service *service;
	int n, cap;
	int *duties;            /* by number of a holder: how many are theirs in all */
};

/* The table of the services with these exact links, which all fall in the same matrix; it is whole in memory.
 * NULL and *e (STATUS_USAGE for a link that is no service, or of another matrix). */
struct table *stack_table(struct kb *kb, const char *const links[], int n, struct err *e) MUST_USE;
void stack_free(struct stack *s);       /* table_free() calls it; NULL is fine */
/* How many cells of a row each holder has, into count[0..kb_holder_count()]. */
void stack_count(const struct table *t, int row, int *count);

#endif
