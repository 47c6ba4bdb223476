/* page: everything that is known of one entry, as one screen, one `show` and one export take it. */
#ifndef APP_PAGE_H
#define APP_PAGE_H

#include "kb/kb.h"
#include "text/lines.h"

#define NOTE_SECTION "note"     /* the user's own (app/own.h) */

struct section {
	char *name;             /* in JSON and after # in a link: "practices" */
	char *heading;          /* "Practices" */
	struct refs refs;       /* with links ... */
	struct pairs lines;     /* ... or without; a label stands before the text */
	bool numbered, tasks;   /* tasks: each line can be ticked off */
	bool prose;             /* the lines stand as they are, and before all that others say */
};

struct page {
	struct kb *kb;          /* for holders; borrowed */
	bool brief;
	const char *form;       /* NULL: an entry; else what it is: "list", "comparison" */
	struct kb_entry entry;
	int holder;             /* of a cell; else 0 */
	int *party;             /* of a cell: the parties of its matrix, */
	int nparty;
	struct duties duties;   /* and what they do */
	struct refs as_in;      /* the counterparts of other editions that these duties are from; or none */
	struct pairs fields;
	struct pairs warnings;  /* what ends, where it is about products; the label: whether it has or will */
	struct section *section;
	int nsection, section_cap;
	struct sources sources;
};

/* The page of an exact link, as kb_resolve() gives it; lists of a kind and the index are pages too.  NULL and
 * *e. */
struct page *page_load(struct kb *kb, const char *link, struct err *e) MUST_USE;
/* The same with what a pane shows, which a key has to fill: without sources, other editions and what it is
 * part of. */
struct page *page_load_brief(struct kb *kb, const char *link, struct err *e) MUST_USE;
void page_free(struct page *p);         /* NULL is fine */
/* What is done in a row of a column (of a service, or 0: of a model): of a service that leaves its model
 * there its own duties, else those that the page of the cell shows.  Into *duties, which is empty. */
int page_duties(struct kb *kb, int64_t service, const struct column_row *row, struct duties *duties,
                struct err *e) MUST_USE;

/* Leave only the section of a name: one of section[], "sources", or the slug of a party.  -1 and *e
 * (STATUS_LINK) where the page has none of that name. */
int page_only(struct page *p, const char *section, struct err *e) MUST_USE;

/* Call see for each party that has duties here, or of which the matrix wants to know: in the order of
 * the matrix, others after them. */
void page_parties(const struct page *p, void (*see)(void *ctx, const struct holder *party, int duties),
                  void *ctx);

/* Its form, or the word of its kind. */
const char *page_kind(const struct page *p);
/* "SHARED" for a cell, the word of its kind for others. */
const char *page_badge(const struct page *p, struct buf *out);

/* What a reader should know about a source: "ours", "from memory", or NULL where it is one. */
const char *page_doubt(const char *source);
/* Behind a source: its publisher, its date, and whether that is more than a year ago. */
void page_source(const struct source *s, struct buf *out);

/* The page as lines of a width.  Headings have no stop; *mark (of nmarks at most) is filled with the
 * line and name of each section, in order, and their number is the value. */
struct mark {
	const char *name, *heading;     /* borrowed from the page */
	int line;
};
int page_lines(const struct page *p, struct lines *l, int width, struct mark *mark, int nmarks);
/* Its first lines alone, at least `most` where there are as many: what a pane has room for. */
void page_first_lines(const struct page *p, struct lines *l, int width, int most);

#endif
