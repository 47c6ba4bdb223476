/* stack: the services that somebody uses, side by side as a table: whose each layer is in each of them, where
 * they leave their model and why, and how much there is to do for whom.
 *
 * The link of a stack is "stack/vm+aks+sql-database", the ids of its services; "vm..functions" in the place
 * of one asks what if functions took the place of vm: the column is that of functions, and what moves is
 * told.
 * "stack/vm+aks/os" is a layer of it. */
#ifndef APP_STACK_H
#define APP_STACK_H

#include "app/page.h"
#include "app/table.h"

struct stack_service {
	char *link, *model;     /* "service/vm", and the id of its model */
	char *title;
	int64_t id;
	struct column column;   /* layer by layer */
};

struct stack {
	struct stack_service *service;
	struct stack_service *was;      /* each without "what if"; link NULL: the same */
	int n;
	bool what_if;
	int *duties, *were;     /* by number of a holder: how many are theirs in all, and were before */
};

/* The table of an exact link (kb_resolve()); its services all fall in the same matrix, and it is whole in
 * memory.  NULL and *e (STATUS_USAGE for a link that is no service, or of another matrix). */
struct table *stack_table(struct kb *kb, const char *link, struct err *e) MUST_USE;
void stack_free(struct stack *s);       /* table_free() calls it; NULL is fine */
/* How many cells of a row each holder has, into count[0..kb_holder_count()]. */
void stack_count(const struct table *t, int row, int *count);

/* Whether a cell has another holder than before "what if"; and what is said of one that is marked. */
bool stack_moves(const struct table *t, int row, int col);
const char *stack_differs(const struct table *t, int row, int col);

/* The rows behind the numbers, as a page: what is done in a layer, service by service; of row -1, all that is
 * done, party by party.  NULL and *e. */
struct page *stack_page(const struct table *t, int row, struct err *e) MUST_USE;

/* The link of a stack with one change: id in the place of service n ("": without it; n the number of
 * services: added), as a "what if" or for good; yours. */
char *stack_with(const char *link, int n, const char *id, bool what_if) MUST_USE;
/* How many services a link of a stack names; of more than STACK_MOST one more than that. */
enum { STACK_MOST = 1000 };
int stack_size(const char *link);
/* -1 (STATUS_USAGE) where they are too many. */
int stack_check(const char *link, struct err *e) MUST_USE;
/* Whether a service is a column of it. */
bool stack_has(const char *link, const char *id);
bool stack_is(const char *link);

#endif
