/* html: what the two files of the format share: a document, and its style. */
#ifndef APP_HTML_H
#define APP_HTML_H

#include "app/format.h"

/* The style that stands in every document, and its SHA-256 as a policy names it ("sha256-..."): whoever
 * changes one changes both; tests/export.bats says how. */
extern const char html_style[], html_style_hash[];

/* All before the first heading, and all behind the last line. */
void html_open(struct sink *s, const char *title);
void html_close(struct sink *s);

/* For pages: struct format's open, page and close. */
int html_pages_open(struct sink *s, struct kb *kb, struct err *e);
int html_page(struct sink *s, const struct page *p, struct err *e);
/* A page with a table below its head; NULL: none. */
int html_page_with(struct sink *s, const struct page *p, struct table *t, struct err *e);
/* A table, without what stands around it. */
int html_table(struct sink *s, struct table *t, struct err *e);

/* A link as the value of an id or, behind #, of a href; section may be NULL. */
void html_id(struct sink *s, const char *link, const char *section);
void html_fragment(struct buf *out, const char *link);
/* The class of a holder's look. */
const char *html_look(const struct holder *h);

#endif
