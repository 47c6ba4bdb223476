/* vt: a real program on a pseudo-terminal, its screen to look at and its keyboard to type on.
 *
 *	struct vt *vt = vt_open(80, 24, (const char *const[]) { "less", "file", NULL }, NULL);
 *	if (vt_wait(vt, "(END)", 2000))
 *		vt_keys(vt, "Home Down*3 / text:word Enter");
 *	vt_close(vt);
 *
 * Output is read only inside the calls that say they wait, so the screen holds still between them.
 * Every wait ends by its time in ms.  A row below 0 counts from the bottom: -1 is the last.
 *
 * What the terminal (libvterm 0.1) does not know: faint text (SGR 2, A_DIM) and the curly kinds of
 * underline are drawn plain, "38:2::R:G:B" gives a wrong colour.
 */
#ifndef TESTS_VT_H
#define TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#define VT_DEFAULT (-1) /* the colour of text, or of the ground, when the program chose none */

struct vt;

struct vt_attr {
	long fg, bg;            /* 0xRRGGBB or VT_DEFAULT, before reverse swaps them */
	int fg_index, bg_index; /* 0 to 255; -1 when the colour is the default, or direct */
	int width;              /* 1, 2, or 0 for the second half of a wide character */
	bool bold, underline, italic, blink, reverse, strike;
};

/* Start argv[0], looked up in PATH, in a session of its own.  Its environment is PATH, a HOME that is none,
 * EDITOR=true, LC_ALL=C.UTF-8 and TERM=xterm-256color; env (or NULL) adds "K=V" and takes away "K".  Its signals
 * are as a shell would leave them.  NULL, with errno, when it could not be started.  What is still
 * open when the test program exits is closed then. */
struct vt *vt_open(int cols, int rows, const char *const argv[], const char *const env[]);

/* Kill the program and what is left of its session, reap it, free vt; NULL is fine. */
void vt_close(struct vt *vt);

/* Type bytes as they are.  What a program does not read within half a second stays queued and goes
 * out in later waits. */
void vt_type(struct vt *vt, const char *bytes, size_t n);

/* Type keys by name, in the form the terminal is in at that moment: Up Down Left Right Enter Esc
 * Tab BTab Space BS Del Ins Home End PgUp PgDn F1 to F12, any one character, text:WORD.  C-, M- and
 * S- go before a key (C-c, M-x, S-F3, C-Left), *N after it (Down*5).  Wait lets the output go
 * quiet: "Esc Wait q", since Esc q at once is M-q.  False, and a line on stderr, at the first
 * unknown name; the ones before it were typed. */
bool vt_keys(struct vt *vt, const char *names);

/* Wait until text is on the screen (within a line, or over the end of lines with "\n").  False when
 * the time is up or the program has ended without it.  It may be there before the rest of the
 * screen is drawn: vt_settle first when it matters.  With VT_SHOW in the environment of the test, a
 * wait in vain prints the screen it had. */
bool vt_wait(struct vt *vt, const char *text, int ms);

/* Wait until text is not on the screen. */
bool vt_wait_gone(struct vt *vt, const char *text, int ms);

/* Wait until there was no output for quiet_ms, or the program ended.  False when time is up. */
bool vt_settle(struct vt *vt, int quiet_ms, int ms);

/* Give the terminal another size; the program gets SIGWINCH.  One below 2x1 is told to the program
 * only, the screen keeps its own.  So it does for a moment when the output read so far ends within
 * an escape sequence. */
void vt_resize(struct vt *vt, int cols, int rows);

/* One line of the screen in UTF-8, blanks to its full width; yours to free.  NULL: no such row. */
char *vt_line(struct vt *vt, int row);

/* All lines, the blanks at their ends cut, "\n" between them; yours to free. */
char *vt_screen(struct vt *vt);

/* Where text first is on the screen, in one line; row and col may be NULL. */
bool vt_find(struct vt *vt, const char *text, int *row, int *col);

/* How the cell at row, col looks.  False: no such cell. */
bool vt_attr(struct vt *vt, int row, int col, struct vt_attr *attr);

/* Where the cursor is and whether it shows; each may be NULL. */
void vt_cursor(struct vt *vt, int *row, int *col, bool *visible);

/* Whether the program is on the alternate screen. */
bool vt_altscreen(struct vt *vt);

/* Write all output that is read from now on to f too, as it comes; NULL: no more. */
void vt_log(struct vt *vt, FILE *f);

/* Bytes of output read so far. */
size_t vt_bytes(const struct vt *vt);

/* The process started; its id also names its session and its first process group. */
pid_t vt_pid(const struct vt *vt);

/* Send sig to the program alone, unless it was reaped.  It is the leader of an orphaned group, so
 * SIGTSTP and C-z do not stop it; run it under "sh -m" to test that. */
void vt_signal(struct vt *vt, int sig);

/* Close the terminal, as when its window is closed: the program gets SIGHUP.  The screen stays as
 * it was last read. */
void vt_hangup(struct vt *vt);

/* Wait for the program to exit and read what it still wrote.  Its status as from waitpid, again at
 * each later call; -1 when it is still running. */
int vt_end(struct vt *vt, int ms);

/* Whether the settings of the terminal (termios) are those from before the program started, also
 * after it ended.  False after vt_hangup, when nobody can tell. */
bool vt_same_tty(struct vt *vt);

/* Write the screen, without the cursor, as an SVG picture that needs nothing else.  0, or -1 when f
 * has an error. */
int vt_svg(struct vt *vt, FILE *f, const char *title);

#endif
