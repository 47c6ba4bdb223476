/* format: how a table, a page and the hits of a search are printed.  One file a format, which ends with
 * its struct.
 *
 * What is printed comes cleaned from kb, so nothing in it can control a terminal.  Write errors are the
 * stream's; who opened it asks ferror(). */
#ifndef APP_FORMAT_H
#define APP_FORMAT_H

#include "app/compare.h"
#include "app/table.h"
#include "store/store.h"

struct sink {
	FILE *out;
	const char *content;    /* kb_content() */
	int width;              /* columns of text that is for reading */
	void (*paint)(FILE *out, const void *paints, enum face face);   /* NULL: no colours */
	const void *paints;
	bool lengthy;           /* --long */
	/* What is added to a page before it is printed; NULL: nothing. */
	int (*amend)(struct sink *s, struct page *p, struct err *e);
	/* of formats in which all pages are one document, between open and close: */
	const struct kb_link *link;     /* the pages, in order, each once; borrowed */
	int nlink, at;          /* at: the one that is printed */
	const char **sorted;    /* their links */
};

/* Functions that a format has not are NULL.  0, or -1 where the database fails. */
struct format {
	const char *name;
	int (*grid)(struct sink *s, struct table *t, struct err *e);
	int (*page)(struct sink *s, const struct page *p, struct err *e);
	int (*hits)(struct sink *s, const struct hits *h, struct err *e);
	int (*diff)(struct sink *s, const struct compare *c, struct err *e);
	int (*notes)(struct sink *s, const struct notes *n, struct err *e);
	/* What stands around all pages; NULL where each stands for itself. */
	int (*open)(struct sink *s, struct kb *kb, struct err *e);
	void (*close)(struct sink *s);
};

/* The format of a name, or NULL. */
const struct format *format_of(const char *name);
/* The names, in order, of those that have what is asked for: "text plain csv json md html svg"; yours. */
enum format_use { FORMAT_GRID, FORMAT_PAGE, FORMAT_HITS, FORMAT_DIFF, FORMAT_NOTES };
bool format_has(const struct format *f, enum format_use use);
char *format_names(enum format_use use) MUST_USE;
/* The same by how the name of a file ends: "x.txt" is text, "x.md" md; and the endings: ".txt .md". */
const struct format *format_of_file(const char *file);
char *format_endings(enum format_use use) MUST_USE;

extern const struct format format_text, format_plain, format_csv, format_json, format_md, format_html,
	format_svg;

/* Print pages, or the section that a link names: one document where the format has such, else one after the
 * other. */
int print_pages(const struct format *f, struct sink *s, struct kb *kb, const struct kb_link *link, int n,
                struct err *e) MUST_USE;
/* A page that is there already, as a document of its own. */
int print_page(const struct format *f, struct sink *s, const struct page *p, struct err *e) MUST_USE;
/* The page of a link alone, without what stands around all; what is not the first one is set off. */
int print_link(const struct format *f, struct sink *s, struct kb *kb, const struct kb_link *to, bool first,
               struct err *e) MUST_USE;

/* ---- for the formats ---- */

/* Text for a person: in ASCII where the locale is not UTF-8. */
void sink_say(struct sink *s, const char *text);
void sink_face(struct sink *s, enum face face);
/* A text cut or filled to columns, in a face. */
void sink_column(struct sink *s, const char *text, int columns, enum face face);

/* Text escaped for HTML and XML, also between quotes. */
void sink_markup(struct sink *s, const char *text);
/* Whether a page is one of the document. */
bool sink_has(const struct sink *s, const char *link);

/* How a holder's cells are drawn where there is more than letters. */
enum look { LOOK_CUSTOMER, LOOK_MICROSOFT, LOOK_HALF, LOOK_NONE, LOOK_OTHER, LOOK__COUNT };
enum look holder_look(const struct holder *h);

/* Call row for each row of a table, with all its columns in memory; ctx begins with a struct sink. */
int each_row(struct table *t, int (*row)(void *ctx, struct table *t, int row, struct err *e), void *ctx,
             struct err *e);
/* A comparison, as the page that it makes. */
int diff_page(const struct format *f, struct sink *s, const struct compare *c, struct err *e);
const struct holder *cell_holder(const struct table *t, int row, int col);

#endif
