#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/grid.h"

static const int first[] = { 0, 3, 7 };
static const struct grid_bands bands = { first, ARRAY_LEN(first) }, no_bands = { NULL, 0 };

static void check_at(const struct grid *g, int row, int col)
{
	assert_int_equal(g->row, row);
	assert_int_equal(g->col, col);
}

/* ---- movement ---- */

static void the_cursor_stops_at_every_edge(void **state UNUSED)
{
	struct grid g = { .rows = 10, .cols = 4 };

	grid_move(&g, 0, -1);
	check_at(&g, 0, -1);
	grid_move(&g, 0, -1);
	check_at(&g, 0, -1);
	grid_move(&g, -1, 0);
	grid_move(&g, -1, 0);
	check_at(&g, -1, -1);
	grid_move(&g, 100, 100);
	check_at(&g, 9, 3);
	grid_move(&g, 1, 1);
	check_at(&g, 9, 3);
	grid_move(&g, -1000000, 1);
	check_at(&g, -1, 3);
}

static void the_heads_are_reached_and_left_again(void **state UNUSED)
{
	struct grid g = { .rows = 10, .cols = 4, .row = 4, .col = 2 };

	grid_go(&g, -1, 2);
	check_at(&g, -1, 2);
	grid_move(&g, 1, 0);
	check_at(&g, 0, 2);
	grid_go(&g, 4, -7);
	check_at(&g, 4, -1);
	grid_move(&g, 0, 1);
	check_at(&g, 4, 0);
}

static void a_grid_without_rows_and_columns_has_its_corner(void **state UNUSED)
{
	struct grid g = { .rows = 0 };

	grid_go(&g, 5, 5);
	check_at(&g, -1, -1);
	grid_move(&g, 1, 1);
	check_at(&g, -1, -1);
	grid_band(&g, &no_bands, 1);
	grid_band(&g, &no_bands, -1);
	check_at(&g, -1, -1);
}

static void down_goes_from_band_to_band(void **state UNUSED)
{
	static const int want[] = { 0, 3, 7, 9, 9 };
	struct grid g = { .rows = 10, .cols = 4, .row = -1, .col = 2 };

	for (int i = 0; i < ARRAY_LEN(want); i++) {
		grid_band(&g, &bands, 1);
		check_at(&g, want[i], 2);
	}
}

static void up_goes_from_band_to_band(void **state UNUSED)
{
	static const int want[] = { 7, 3, 0, 0 };
	struct grid g = { .rows = 10, .cols = 4, .row = 9, .col = -1 };

	for (int i = 0; i < ARRAY_LEN(want); i++) {
		grid_band(&g, &bands, -1);
		check_at(&g, want[i], -1);
	}
	grid_go(&g, 5, 1);
	grid_band(&g, &bands, -1);
	check_at(&g, 3, 1);
}

static void up_never_goes_down(void **state UNUSED)
{
	struct grid g = { .rows = 10, .cols = 4, .row = -1, .col = 1 };

	grid_band(&g, &bands, -1);
	check_at(&g, -1, 1);
	grid_band(&g, &no_bands, -1);
	check_at(&g, -1, 1);
}

static void without_bands_it_goes_by_ten(void **state UNUSED)
{
	struct grid g = { .rows = 1000, .cols = 4, .row = 5 };

	grid_band(&g, &no_bands, 1);
	check_at(&g, 15, 0);
	grid_band(&g, &no_bands, -1);
	grid_band(&g, &no_bands, -1);
	check_at(&g, 0, 0);
	grid_go(&g, 995, 0);
	grid_band(&g, &no_bands, 1);
	check_at(&g, 999, 0);
}

static void the_band_of_a_row_is_the_last_that_has_begun(void **state UNUSED)
{
	static const int of[] = { 0, 0, 0, 1, 1, 1, 1, 2, 2, 2 };

	for (int row = 0; row < 10; row++) {
		assert_int_equal(grid_band_of(&bands, row), of[row]);
		assert_int_equal(grid_band_above(&bands, row), row == 0   ? 0
		                                               : row == 3 ? 1
		                                               : row == 7 ? 2
		                                                          : -1);
	}
	assert_int_equal(grid_band_of(&bands, -1), -1);
	assert_int_equal(grid_band_of(&no_bands, 4), -1);
	assert_int_equal(grid_band_above(&no_bands, 0), -1);
}

static void a_spot_keeps_its_row_and_column(void **state UNUSED)
{
	static const int at[] = { -1, 0, 1, 2, 999, 65535, 1 << 20, (1 << 24) + 3 };

	for (int i = 0; i < ARRAY_LEN(at); i++)
		for (int k = 0; k < ARRAY_LEN(at); k++) {
			int64_t spot = grid_spot(at[i], at[k]);
			assert_int_equal(grid_spot_row(spot), at[i]);
			assert_int_equal(grid_spot_col(spot), at[k]);
			assert_true(spot >= 0);
		}
}

/* ---- the division of the screen ---- */

static int lines(const struct grid_bands *b, const struct grid_layout *l, int from, int to)
{
	int n = (to - from) * l->row_h;

	for (int i = 0; i < b->n && l->band_lines; i++)
		n += b->first[i] >= from && b->first[i] < to;
	return n;
}

/* The first line behind the rows and the pane. */
static int foot(const struct grid_layout *l)
{
	return l->hint >= 0 ? l->hint : l->say >= 0 ? l->say : l->h;
}

static const char *wrong_lines(const struct grid_layout *l)
{
	int end = l->body + l->body_h + (l->pane == PANE_BELOW ? l->pane_h : 0);

	if (l->title < -1 || l->title > 0 || l->head != l->title + 1 || l->body != l->head + 1)
		return "title, head and body do not follow each other";
	if (l->body_h < 0 || (l->h > 1 && end > foot(l)))
		return "the body reaches into the last lines";
	if (l->say >= l->h || l->hint >= l->h || (l->hint >= 0 && l->hint != l->say - 1))
		return "the last lines are not the last lines";
	if (l->say >= 0 && l->say != l->h - 1)
		return "the sentence is not in the last line";
	if (l->head >= l->h)
		return "the head is not on the screen";
	return NULL;
}

static const char *wrong_pane(const struct grid_layout *l)
{
	if (l->pane == PANE_NONE)
		return l->grid_w == l->w ? NULL : "no pane takes columns";
	if (l->pane_h < 1 || l->pane_w < 1)
		return "the pane is empty";
	if (l->pane_x + l->pane_w > l->w || l->pane_y + l->pane_h > foot(l))
		return "the pane leaves the screen";
	if (l->pane == PANE_RIGHT && (l->pane_x < l->grid_w || l->pane_y != l->head))
		return "the pane lies on the grid";
	if (l->pane == PANE_BELOW &&
	    (l->pane_y != l->body + l->body_h || l->pane_x || l->pane_w != l->w))
		return "the pane does not follow the rows";
	return NULL;
}

static const char *wrong_columns(const struct grid *g, const struct grid_layout *l)
{
	if (l->grid_w > l->w || l->label_x < 0 || l->label_w < 0 ||
	    l->label_x + l->label_w > l->grid_w)
		return "the labels leave the grid";
	if (l->cell_x < l->label_x + l->label_w)
		return "cells lie on the labels";
	if (l->cols > g->cols || (g->cols && l->w > 3 && (l->cols < 1 || l->cell_w < 1)))
		return "there are no cells, or more than there are";
	if (g->cols && l->cell_x + l->cols * (l->cell_w + 1) - 1 > l->grid_w)
		return "cells leave the grid";
	return NULL;
}

static const char *wrong_scroll(const struct grid *g, const struct grid_bands *b,
                                const struct grid_layout *l)
{
	int row = max_int(g->row, 0), col = max_int(g->col, 0);

	if (g->top < 0 || g->left < 0 || (g->cols && g->left + l->cols > g->cols))
		return "scrolled beyond an edge";
	if (g->cols && l->cols && (col < g->left || col >= g->left + l->cols))
		return "the column of the cursor does not show";
	if (!g->rows || !l->body_h)
		return l->h < 2 || !g->rows ? NULL : "there is room for no row";
	if (row < g->top || lines(b, l, g->top, row + 1) > l->body_h)
		return "the row of the cursor does not show as a whole";
	if (row - g->top >= grid_rows_on(g, b, l))
		return "the row of the cursor is not among those that show";
	if (g->top && lines(b, l, g->top - 1, g->rows) <= l->body_h)
		return "rows are hidden though there is room";
	return NULL;
}

static void check_fit(struct grid *g, const struct grid_bands *b, int w, int h)
{
	struct grid_layout l;
	const char *why;

	grid_fit(g, b, w, h, &l);
	why = wrong_lines(&l);
	why = why ? why : wrong_pane(&l);
	why = why ? why : wrong_columns(g, &l);
	why = why ? why : wrong_scroll(g, b, &l);
	if (l.w != w || l.h != h || l.row_h < 1 || l.row_h > 3)
		why = "the size is not what was asked for";
	if (why)
		fail_msg("%dx%d, %d rows, %d columns, cursor %d %d: %s", w, h, g->rows, g->cols,
		         g->row, g->col, why);
}

/* Every size, with the cursor in a corner, in the middle, in a head, and scrolled from there. */
static void check_all_sizes(int rows, int cols, const struct grid_bands *b, int narrowest)
{
	struct {
		int row, col;
	} at[] = { { -1, -1 }, { rows / 2, cols / 2 }, { rows - 1, cols - 1 }, { 0, 0 } };

	for (int w = narrowest; w <= 220; w++)
		for (int h = 1; h <= 70; h++) {
			struct grid g = { .rows = rows,
				          .cols = cols,
				          .pane_off = (w + h) % 3 == 0 };
			for (int i = 0; i < ARRAY_LEN(at); i++) {
				grid_go(&g, at[i].row, at[i].col);
				check_fit(&g, b, w, h);
			}
		}
}

static void a_matrix_of_nothing_fits_every_screen(void **state UNUSED)
{
	check_all_sizes(0, 0, &no_bands, 1);
}

static void a_matrix_of_one_cell_fits_every_screen(void **state UNUSED)
{
	static const int zero[] = { 0 };
	static const struct grid_bands one = { zero, 1 };

	check_all_sizes(1, 1, &one, 4);
}

static void the_diagram_fits_every_screen(void **state UNUSED)
{
	check_all_sizes(10, 4, &bands, 4);
}

static void many_columns_fit_every_screen(void **state UNUSED)
{
	check_all_sizes(3, 40, &no_bands, 4);
}

static void a_million_cells_fit_every_screen(void **state UNUSED)
{
	check_all_sizes(1000, 1000, &no_bands, 4);
}

static void screens_too_narrow_for_a_cell_show_nothing_outside(void **state UNUSED)
{
	for (int w = 1; w < 4; w++)
		for (int h = 1; h < 30; h++) {
			struct grid g = { .rows = 10, .cols = 4, .row = 4, .col = 2 };
			check_fit(&g, &bands, w, h);
		}
}

static void the_cursor_shows_wherever_it_jumps(void **state UNUSED)
{
	static const int sizes[][2] = {
		{ 80, 24 }, { 120, 40 }, { 40, 12 }, { 20, 4 }, { 200, 50 }
	};
	uint32_t seed = 20261121;

	print_message("# seed %lu\n", (unsigned long)seed);
	for (int s = 0; s < ARRAY_LEN(sizes); s++) {
		struct grid g = { .rows = 1000, .cols = 300 };
		for (int i = 0; i < 2000; i++) {
			seed = seed * 1664525u + 1013904223u;
			if (i % 3)
				grid_move(&g, (int)(seed >> 28) - 8, (int)(seed >> 20 & 7) - 4);
			else
				grid_go(&g, (int)(seed >> 8) % 1001 - 1,
				        (int)(seed >> 12) % 301 - 1);
			check_fit(&g, &no_bands, sizes[s][0], sizes[s][1]);
		}
	}
}

static void a_step_that_shows_scrolls_nothing(void **state UNUSED)
{
	struct grid g = { .rows = 1000, .cols = 4, .row = 500 };
	struct grid_layout l;
	int top;

	grid_fit(&g, &no_bands, 80, 24, &l);
	top = g.top;
	grid_move(&g, -3, 0);
	grid_fit(&g, &no_bands, 80, 24, &l);
	assert_int_equal(g.top, top);
	grid_move(&g, 4, 0);
	grid_fit(&g, &no_bands, 80, 24, &l);
	assert_int_equal(g.top, top + 1);
}

/* ---- the layouts of the design ---- */

static struct grid_layout layout(int w, int h, struct grid *g)
{
	struct grid_layout l;

	*g = (struct grid){ .rows = 10, .cols = 4, .row = 3, .col = 1 };
	grid_fit(g, &bands, w, h, &l);
	return l;
}

static void at_80x24_all_rows_show_with_full_labels_above_a_pane_of_7_lines(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(80, 24, &g);

	assert_int_equal(l.title, 0);
	assert_int_equal(l.head, 1);
	assert_int_equal(l.body, 2);
	assert_true(l.band_lines);
	assert_int_equal(l.row_h, 1);
	assert_int_equal(grid_rows_on(&g, &bands, &l), 10);
	assert_int_equal(l.label_w, GRID_LABEL);
	assert_int_equal(l.cell_w, 9);
	assert_int_equal(l.cols, 4);
	assert_int_equal(l.pane, PANE_BELOW);
	assert_int_equal(l.pane_y, 15);
	assert_int_equal(l.pane_h, 7);
	assert_int_equal(l.hint, 22);
	assert_int_equal(l.say, 23);
}

static void at_120x40_the_pane_is_at_the_right_and_a_row_has_two_lines(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(120, 40, &g);

	assert_int_equal(l.pane, PANE_RIGHT);
	assert_int_equal(l.grid_w, 80);
	assert_int_equal(l.pane_x, 80);
	assert_int_equal(l.pane_w, 40);
	assert_int_equal(l.row_h, 2);
	assert_int_equal(grid_rows_on(&g, &bands, &l), 10);
	assert_int_equal(l.label_w, GRID_LABEL);
}

static void at_200x50_a_row_has_three_lines(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(200, 50, &g);

	assert_int_equal(l.row_h, 3);
	assert_int_equal(l.pane, PANE_RIGHT);
	assert_int_equal(l.cell_w, 14);
	assert_int_equal(grid_rows_on(&g, &bands, &l), 10);
}

static void at_116x17_a_row_has_one_line_beside_the_pane(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(116, 17, &g);

	assert_int_equal(l.pane, PANE_RIGHT);
	assert_int_equal(l.pane_w, 36);
	assert_int_equal(l.row_h, 1);
	l = layout(115, 17, &g);
	assert_int_equal(l.pane, PANE_NONE);
}

static void at_80x16_the_whole_grid_shows_without_a_pane(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(80, 16, &g);

	assert_int_equal(l.pane, PANE_NONE);
	assert_int_equal(grid_rows_on(&g, &bands, &l), 10);
	assert_int_equal(g.top, 0);
	assert_true(l.band_lines);
}

static void at_40x12_bands_are_letters_and_labels_medium(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(40, 12, &g);

	assert_int_equal(l.title, -1);
	assert_int_equal(l.hint, -1);
	assert_false(l.band_lines);
	assert_int_equal(l.label_w, GRID_LABEL_MEDIUM);
	assert_int_equal(l.cell_w, 4);
	assert_int_equal(l.cols, 4);
	assert_int_equal(l.pane, PANE_NONE);
	assert_int_equal(grid_rows_on(&g, &bands, &l), 10);
}

static void at_20x4_one_model_shows_with_short_labels(void **state UNUSED)
{
	struct grid g;
	struct grid_layout l = layout(20, 4, &g);

	assert_int_equal(l.cols, 1);
	assert_int_equal(g.left, 1);
	assert_int_equal(l.label_w, GRID_LABEL_SHORT);
	assert_int_equal(l.body_h, 2);
	assert_int_equal(l.say, 3);
}

static void a_pane_that_was_closed_takes_no_room(void **state UNUSED)
{
	struct grid g = { .rows = 10, .cols = 4, .pane_off = true };
	struct grid_layout l;

	grid_fit(&g, &bands, 80, 24, &l);
	assert_int_equal(l.pane, PANE_NONE);
	assert_int_equal(l.body_h, 20);
	grid_fit(&g, &bands, 120, 40, &l);
	assert_int_equal(l.pane, PANE_NONE);
	assert_int_equal(l.grid_w, 120);
}

static void a_long_matrix_leaves_its_pane_five_lines(void **state UNUSED)
{
	struct grid g = { .rows = 1000, .cols = 4 };
	struct grid_layout l;

	grid_fit(&g, &no_bands, 80, 24, &l);
	assert_int_equal(l.pane, PANE_BELOW);
	assert_int_equal(l.pane_h, 5);
	assert_int_equal(l.body_h, 15);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_stops_at_every_edge),
		cmocka_unit_test(the_heads_are_reached_and_left_again),
		cmocka_unit_test(a_grid_without_rows_and_columns_has_its_corner),
		cmocka_unit_test(down_goes_from_band_to_band),
		cmocka_unit_test(up_goes_from_band_to_band),
		cmocka_unit_test(up_never_goes_down),
		cmocka_unit_test(without_bands_it_goes_by_ten),
		cmocka_unit_test(the_band_of_a_row_is_the_last_that_has_begun),
		cmocka_unit_test(a_spot_keeps_its_row_and_column),
		cmocka_unit_test(a_matrix_of_nothing_fits_every_screen),
		cmocka_unit_test(a_matrix_of_one_cell_fits_every_screen),
		cmocka_unit_test(the_diagram_fits_every_screen),
		cmocka_unit_test(many_columns_fit_every_screen),
		cmocka_unit_test(a_million_cells_fit_every_screen),
		cmocka_unit_test(screens_too_narrow_for_a_cell_show_nothing_outside),
		cmocka_unit_test(the_cursor_shows_wherever_it_jumps),
		cmocka_unit_test(a_step_that_shows_scrolls_nothing),
		cmocka_unit_test(at_80x24_all_rows_show_with_full_labels_above_a_pane_of_7_lines),
		cmocka_unit_test(at_120x40_the_pane_is_at_the_right_and_a_row_has_two_lines),
		cmocka_unit_test(at_200x50_a_row_has_three_lines),
		cmocka_unit_test(at_116x17_a_row_has_one_line_beside_the_pane),
		cmocka_unit_test(at_80x16_the_whole_grid_shows_without_a_pane),
		cmocka_unit_test(at_40x12_bands_are_letters_and_labels_medium),
		cmocka_unit_test(at_20x4_one_model_shows_with_short_labels),
		cmocka_unit_test(a_pane_that_was_closed_takes_no_room),
		cmocka_unit_test(a_long_matrix_leaves_its_pane_five_lines),
	};

	return cmocka_run_group_tests_name(
		"the grid: where the cursor stands and what the screen shows", tests, NULL, NULL);
}
