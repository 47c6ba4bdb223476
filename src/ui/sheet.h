/* sheet: a table on the screen: bands, rows, models, services or matrices as columns, what stands behind the
 * rows, and the detail of the selection below or at the right: what the grid, a stack and a comparison have
 * in common.  Their views begin with it. */
#ifndef UI_SHEET_H
#define UI_SHEET_H

#include "app/grid.h"
#include "app/page.h"
#include "app/table.h"
#include "ui/ui.h"

struct sheet;

struct sheet_ops {
	/* The link of the selection: what Enter opens, perhaps with a #section. */
	void (*selected)(const struct sheet *s, struct buf *link);
	/* What the pane shows of it: NULL and *e. */
	struct page *(*detail)(const struct sheet *s, const char *link, struct err *e);
	/* The cell behind the selection, of which examples, practices and services are asked for: false
	 * where there is none; or NULL: the selection itself. */
	bool (*cell)(const struct sheet *s, struct buf *link);
	/* What stands at the right of the first line; or NULL: the legend. */
	void (*right)(const struct sheet *s, struct buf *text);
};

struct sheet {
	struct view view;
	const struct sheet_ops *ops;
	struct table *table;
	struct grid grid;
	struct grid_layout l;
	int *band_first;
	struct grid_bands bands;
	struct page *page;              /* of the selection, while the pane shows, */
	char *page_link;                /* and what sheet_ops.selected gave for it */
	struct lines lines;             /* ... as lines of the width of the pane */
	int lines_w, lines_h;
};

/* Take a table, which dies with the sheet. */
void sheet_init(struct sheet *s, const struct sheet_ops *ops, struct table *t);
/* Another table in the place of the first one; the cursor stays as far as it can, and so does the filter,
 * unless it is for a band. */
void sheet_change(struct sheet *s, struct table *t);

/* Those of struct view_ops, for views that begin with a sheet; sheet_close() frees the view. */
void sheet_close(struct view *v);
int sheet_fit(struct view *v, int w, int h, struct err *e);
void sheet_draw(const struct view *v, struct canvas *c);
bool sheet_command(struct view *v, enum cmd_id cmd, int count, int key);
void sheet_tell(const struct view *v, struct buf *text);
bool sheet_item(const struct view *v, int n, struct buf *text);
void sheet_choose(struct view *v, int n, const char *words);
void sheet_say(const struct view *v, struct buf *text);
int sheet_print(const struct view *v, const struct format *f, struct sink *s, struct err *e);
void sheet_selected(const struct view *v, struct buf *link);
int64_t sheet_mark(const struct view *v);
void sheet_seek(struct view *v, int64_t mark);

/* ---- the parts of it ---- */

void sheet_draw_table(const struct sheet *s, struct canvas *c);

static inline struct sheet *sheet_of(struct view *v) { return (struct sheet *)v; }
static inline const struct sheet *const_sheet_of(const struct view *v) { return (const struct sheet *)v; }

#endif
