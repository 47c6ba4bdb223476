/* kb: the knowledge base, read only.
 *
 * Strings in results are cleaned (text/text.h), so that whatever shows them may show them as they are;
 * they belong to the result and die with it.  Every function that can fail gives -1 and a sentence
 * (STATUS_CONTENT; STATUS_LINK where a link leads nowhere); what is found gives 1 or 0. */
#ifndef KB_KB_H
#define KB_KB_H

#include "base/err.h"
#include "base/buf.h"
#include "text/face.h"
#include "text/words.h"

enum { KB_APPLICATION = 0x6f6e7573, KB_VERSION = 1 };

enum kind {
#define KIND(id, word, heading, section) KIND_##id,
#include "kb/kind.def"
#undef KIND
	KIND__COUNT,            /* of a damaged file: not known */
	KIND_NOTE               /* no entry: what the user wrote on one */
};
struct kind_def {
	const char *word, *heading, *section;
};
extern const struct kind_def kind_table[KIND_NOTE + 1];
/* The kind of a word, or KIND__COUNT. */
enum kind kind_of(const char *word);

enum pattern { PATTERN_SOLID, PATTERN_LIGHT, PATTERN_HALF, PATTERN_NONE };

struct holder {
	int id;                 /* from 1 */
	char *slug, *word, *summary;
	char letter;
	enum face face;
	enum pattern pattern;
	bool party;
};

struct kb;

int kb_open(struct kb **kb, const char *path, struct err *e) MUST_USE;
/* From here on read all in one transaction: each query of its own would lock the file, look for a journal
 * and unlock it.  Nobody can write the file meanwhile; it can be replaced, and then the old one is read. */
int kb_hold(struct kb *kb, struct err *e) MUST_USE;
void kb_close(struct kb *kb);                           /* NULL is fine */
/* "azure 2026.11 SHA256", for exports; borrowed until kb_close(). */
int kb_content(struct kb *kb, const char **content, struct err *e) MUST_USE;
/* Holder number id, borrowed until kb_close(); one that shows as "?" where the database has none. */
const struct holder *kb_holder(const struct kb *kb, int id);
int kb_holder_count(const struct kb *kb);               /* ids are 1..count */

/* ---- matrices, in parts of the size one needs ---- */

struct kb_matrix {
	int64_t id;
	char *slug, *link, *title, *edition, *publisher, *date;
	int layers, models;
};
/* slug NULL: the first one. */
int kb_matrix(struct kb *kb, const char *slug, struct kb_matrix *m, struct err *e) MUST_USE;
/* The error of a matrix that is not there: it names those that are.  Always -1 (STATUS_LINK). */
int kb_no_matrix(struct kb *kb, const char *slug, struct err *e);
void kb_matrix_release(struct kb_matrix *m);

struct head {
	int64_t id;             /* of the entry; 0 of a table that is not in the database */
	char *slug, *summary;
	char *label[3];         /* long to short */
	int band;               /* of a layer: index, or -1 */
	char *tail[2];          /* of a table that is not in the database: what stands behind the row, in
	                         * words and shorter; or NULL */
};
void head_release(struct head *h);

struct band {
	char *slug, *name, *shorter;
	char letter;
	int first;              /* its first layer */
};
struct tally {
	int holder;
	int64_t cells;
};
/* Arrays of *n, yours to free: bands with kb_bands_free(), the others with free(). */
int kb_bands(struct kb *kb, int64_t matrix, struct band **band, int *n, struct err *e) MUST_USE;
void kb_bands_free(struct band *band, int n);
int kb_tally(struct kb *kb, int64_t matrix, struct tally **tally, int *n, struct err *e) MUST_USE;

/* Heads at positions from..from+n-1 into head[0..n-1]; what the database lacks stays zeroed. */
int kb_layers(struct kb *kb, int64_t matrix, int from, int n, struct head *head, struct err *e) MUST_USE;
int kb_models(struct kb *kb, int64_t matrix, int from, int n, struct head *head, struct err *e) MUST_USE;
/* Cells of a window, row by row, into cell[0..high*wide-1]; zeroed where there is none. */
struct cell {
	int holder;             /* 0: there is no cell */
	bool differs;           /* another edition has another holder there */
};
int kb_cells(struct kb *kb, int64_t matrix, int top, int high, int left, int wide, struct cell *cell,
             struct err *e) MUST_USE;

/* ---- entries ---- */

struct kb_entry {
	int64_t id;
	enum kind kind;
	char *link, *title, *summary, *body;
};
/* By its exact link: 1, 0 or -1. */
int kb_entry(struct kb *kb, const char *link, struct kb_entry *entry, struct err *e) MUST_USE;
void kb_entry_release(struct kb_entry *entry);

/* Where an entry stands in a matrix: position of layer and model, -1 for one that it is not in.
 * 1, or 0 where it stands in none. */
struct kb_place {
	char *matrix;           /* slug, yours */
	int layer, model;
};
int kb_place(struct kb *kb, int64_t entry, struct kb_place *place, struct err *e) MUST_USE;

struct ref {
	enum kind kind;
	char *link, *title, *summary;
	int holder;             /* of a cell, or of a service there; else 0 */
	char *note;             /* why a service leaves its model there; "": that it does; or NULL */
};
struct refs {
	struct ref *ref;
	int n, cap;
};
enum kb_list {
	LIST_MATRICES,          /* all; the entry does not matter */
	LIST_EDITIONS,          /* of a cell: its counterparts in other matrices */
	LIST_LINKED,
	LIST_LINKED_BRIEF,      /* without holders and summaries */
	LIST_CELLS_OF_LAYER,
	LIST_CELLS_OF_MODEL,
	LIST_PARTS_OF_MATRIX,
	LIST_TOPICS,
	LIST_WHERE,
	LIST_CITED_BY,
	LIST_COLUMN,            /* of a service: its holders, layer by layer */
	LIST_CROSSWALK,         /* of a control */
	LIST_CELLS_OF_CONTROL,  /* through practices, and back */
	LIST_CONTROLS_OF_CELL
};
/* Append the entries of a list to refs. */
int kb_refs(struct kb *kb, enum kb_list list, int64_t entry, struct refs *refs, struct err *e) MUST_USE;
/* All entries of a kind; how many there are of each. */
int kb_of_kind(struct kb *kb, enum kind kind, struct refs *refs, struct err *e) MUST_USE;
int kb_kinds(struct kb *kb, int64_t count[KIND__COUNT], struct err *e) MUST_USE;
void refs_release(struct refs *refs);

struct duty {
	char *slug, *verb, *text, *source;
	int party;
	bool high;
};
struct duties {
	struct duty *duty;
	int n, cap;
};
int kb_duties(struct kb *kb, int64_t entry, struct duties *duties, struct err *e) MUST_USE;
/* A layer in which a service leaves the column of its model, and all that is done there. */
struct override {
	int64_t cell;
	char *slug, *layer, *reason, *source;
	int holder;
	struct duties duties;
};
/* An array of *n, yours for overrides_free(). */
int kb_overrides(struct kb *kb, int64_t service, struct override **override, int *n, struct err *e) MUST_USE;
void overrides_free(struct override *override, int n);
void duty_release(struct duty *duty);
void duties_release(struct duties *duties);
/* The holder of a cell, and the parties of its matrix: an array of *n, yours to free. */
int kb_parties(struct kb *kb, int64_t entry, int *of, int **holder, int *n, struct err *e) MUST_USE;

int kb_override_duties(struct kb *kb, int64_t service, int64_t cell, struct duties *duties, struct err *e)
	MUST_USE;

/* The column of a model, or of a service that falls in it (service 0: of the model). */
struct column_row {
	int64_t layer, cell;
	char *slug, *label[3];          /* of the layer, long to short */
	char *link;                     /* of the model's cell */
	int holder;
	bool override;                  /* the service leaves the model here: */
	char *reason;                   /* why; else "" */
};
struct column {
	struct column_row *row;
	int n, cap;
};
int kb_column(struct kb *kb, int64_t model, int64_t service, struct column *column, struct err *e) MUST_USE;
void column_release(struct column *column);
/* The model of a service: 1, or 0 where it is none. */
int kb_service_model(struct kb *kb, int64_t service, int64_t *model, struct err *e) MUST_USE;
/* The layers of other matrices that are the same: an array of *n, yours to free. */
int kb_same(struct kb *kb, int64_t layer, int64_t **same, int *n, struct err *e) MUST_USE;

struct source {
	char *slug, *title, *publisher, *date, *url, *link;
};
struct sources {
	struct source *source;
	int n, cap;
};
int kb_sources(struct kb *kb, int64_t entry, struct sources *sources, struct err *e) MUST_USE;
void sources_release(struct sources *sources);

/* Pairs of label and value: what only this kind of entry has. */
struct pair {
	char *label, *value;
};
struct pairs {
	struct pair *pair;
	int n, cap;
};
int kb_fields(struct kb *kb, const struct kb_entry *entry, struct pairs *pairs, struct err *e) MUST_USE;
/* The same struct with an empty label: the steps of a practice, the features that help. */
int kb_steps(struct kb *kb, int64_t entry, struct pairs *pairs, struct err *e) MUST_USE;
int kb_features(struct kb *kb, int64_t entry, struct pairs *pairs, struct err *e) MUST_USE;
/* What ends some day: the name (empty: the entry itself) and the date. */
int kb_endings(struct kb *kb, int64_t entry, struct pairs *pairs, struct err *e) MUST_USE;
void pairs_release(struct pairs *pairs);

/* ---- links and search ---- */

/* The exact link that a person means: case and order of model and layer do not matter, the matrix may
 * be left out (then: matrix if not NULL, else "azure", else the only one that has it), and a bare id
 * will do where only one entry has it.  "KIND/" are all entries of a kind, "index" is all kinds, "A..B" are
 * two links to compare, "stack/A+B" are services that somebody uses, with a "/LAYER" behind them in one
 * layer.  KIND/ID with the id of an old name is what that is now.  0, or -1 with STATUS_LINK and, where
 * something is near, a suggestion. */
struct kb_link {
	char *link;
	char *section;          /* what follows #; or NULL */
	char *notice;           /* a sentence about an old name; or NULL */
};
int kb_resolve(struct kb *kb, const char *text, const char *matrix, struct kb_link *link, struct err *e)
	MUST_USE;
void kb_link_release(struct kb_link *link);
/* The kind of "KIND/", or KIND__COUNT. */
enum kind kb_list_kind(const char *link);

struct hit {
	enum kind kind;
	char *link, *title, *snippet;
};
struct hits {
	struct hit *hit;
	int n, cap;
	int64_t total;          /* found; n may be less */
};
/* Entries in which all words occur, each as the beginning of a word, best first, and before them those that
 * are called so or have this old name; at most max.  Words
 * are whatever the user typed: punctuation separates them, nothing in them is syntax. */
bool kb_has_word(const char *words);
int kb_search(struct kb *kb, const char *words, int max, struct hits *hits, struct err *e) MUST_USE;
void hits_release(struct hits *hits);

/* The same while the words are typed, at a cost that does not grow with the number of entries, at most
 * KB_FIND_MAX.  Those of exactly this name come first, whatever its case, then the others, and where these
 * are few, those in whose title or old names words of three letters or more are parts of words; at the end
 * those that have words of six letters or more with another ending ("rotates" for "rotation"); each kind by
 * kind, by their ids.  A word with a capital (CASED) has to stand there so, in the title where it is part of
 * a word; of more than KB_FIND_MAX that have it in any case the first are looked at. */
enum { KB_FIND_MAX = 1000 };
enum find_how { FIND_NAMED, FIND_WORDS, FIND_PARTS, FIND_LIKE };
struct find {
	int64_t id;
	enum kind kind;
	enum find_how how;
};
struct finds {
	struct find *find;
	int n, cap;
	bool more;              /* than these, or there may be */
};
/* Do what only the first one takes time for; it may be left out. */
int kb_find_begin(struct kb *kb, struct err *e) MUST_USE;
/* words: what was typed, to be marked where it is shown; yours to release, also after an error. */
int kb_find(struct kb *kb, const char *typed, struct words *words, struct finds *finds, struct err *e)
	MUST_USE;
/* Of these at most max that have the words in their title or old names, as parts of words too; none where a
 * word is shorter than three letters. */
int kb_find_titles(struct kb *kb, const char *typed, int max, struct finds *finds, struct err *e) MUST_USE;
void finds_release(struct finds *finds);
/* What is shown of one of them, found by its id: 1, 0 or -1. */
struct found {
	char *link, *title, *summary;
};
int kb_found(struct kb *kb, int64_t id, struct found *found, struct err *e) MUST_USE;
/* Append all in which words are looked for, but for the title: old names, and then the text. */
int kb_found_text(struct kb *kb, int64_t id, struct buf *out, struct err *e) MUST_USE;
void found_release(struct found *found);
/* Append what is shown behind its title: the summary, or, and then it is 1, that part of the text in which
 * the words are that stand in neither. */
int kb_found_snippet(struct kb *kb, const struct words *words, const struct find *find,
                     const struct found *found, struct buf *out, struct err *e) MUST_USE;
/* The words as they were looked for to find this; borrowed. */
struct words words_of_find(const struct words *words, const struct find *find);
/* All that was found as hits, into *hits, which is empty, but for notes, which are private. */
int kb_find_hits(struct kb *kb, const struct words *words, const struct finds *finds, struct hits *hits,
                 struct err *e) MUST_USE;

/* ---- for tests ---- */

/* Call see(ctx, name, line) for each line of the plan of every statement. */
int kb_explain(struct kb *kb, void (*see)(void *ctx, const char *name, const char *line), void *ctx,
               struct err *e) MUST_USE;

#endif
