/* term_curses: the terminal through ncurses.  The only place for curses.h.
 *
 * Keys are read without signals of the terminal driver (raw), waiting is poll() on the terminal and on
 * the pipe into which signal handlers write. */
#include "config.h"
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

#include "app/cmd.h"
#include "base/alloc.h"
#include "ui/outlet.h"
#include "ui/typed.h"

static struct {
	SCREEN *screen;
	FILE *in;
	int in_fd, out_fd;
	int signal_pipe[2];
	struct termios before;
	volatile sig_atomic_t signalled, ending;        /* something is in the pipe; one that ends us */
	int unread;                     /* how often there was something, and none of it could be read */
	bool may_stop;                  /* SIGTSTP was not ignored when we came */
	bool open, lost, changed;       /* changed: curses has forgotten what is shown */
	cchar_t face[FACE__COUNT];
} term;

/* ---- signals ---- */

static void on_signal(int sig)
{
	int saved = errno;
	char c = (char)sig;
	struct iovec part = { &c, 1 };

	term.signalled = 1;
	if (sig != SIGWINCH && sig != SIGTSTP) {
		term.ending = 1;
		outlet_hurry();
	}
	if (writev(term.signal_pipe[1], &part, 1) < 0)
		errno = saved;          /* full: one is waiting already */
	errno = saved;
}

/* The end of a crash: a fixed string and the settings of before, no curses. */
static void on_crash(int sig)
{
	static char reset[] = "\033[0m\033[?2004l\033[?1l\033>\033[?25h\033[?1049l\r\n";
	struct iovec part = { reset, sizeof reset - 1 };

	if (writev(term.out_fd, &part, 1) >= 0)
		tcsetattr(term.in_fd, TCSANOW, &term.before);
	raise(sig);                     /* the handler is the default's again */
}

static const int ending[] = { SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP };
static const int crashing[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static void handle_signals(bool ours)
{
	struct sigaction on = { .sa_handler = ours ? on_signal : SIG_DFL };
	struct sigaction crash = { .sa_handler = ours ? on_crash : SIG_DFL,
				   .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
	struct sigaction was;

	if (ours && sigaction(SIGTSTP, NULL, &was) == 0)
		term.may_stop = was.sa_handler != SIG_IGN;
	for (int i = 0; i < ARRAY_LEN(ending); i++)
		/* Whoever started us under nohup meant it; then a lost terminal says so itself. */
		if (sigaction(ending[i], NULL, &was) == 0 && !(ours && was.sa_handler == SIG_IGN))
			sigaction(ending[i], &on, NULL);
	for (int i = 0; i < ARRAY_LEN(crashing); i++)
		sigaction(crashing[i], &crash, NULL);
}

/* ---- open and close ---- */

/* Pastes come marked, so that they are no keys. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* Between the begin and the end of a frame, so that it goes out with it. */
static void mode(const char *s)
{
	const char *name = getenv("TERM");

	if (name && strncmp(name, "vt", 2) && strcmp(name, "linux") && write(term.out_fd, s, strlen(s)) < 0)
		term.lost = true;
}

static int no_terminal(struct err *e, const char *why)
{
	const char *name = getenv("TERM");

	return err_set(e, STATUS_TERMINAL,
		       "the terminal type \"%s\" %s; try TERM=xterm-256color, or onus grid",
		       name ? name : "", why);
}

/* Terminals of this family whose entry is not installed everywhere, but which are xterms at heart. */
static bool like_xterm(const char *name)
{
	static const char *const family[] = { "xterm-", "foot", "alacritty", "wezterm", "ghostty", "kitty" };

	for (int i = 0; name && i < ARRAY_LEN(family); i++)
		if (!strncmp(name, family[i], strlen(family[i])))
			return true;
	return false;
}

/* Keys that curses has no name for; its own end at KEY_MAX, and those of extended terminfo begin there. */
enum { ALT_LEFT = 0x7000, ALT_RIGHT, PASTE_BEGIN, PASTE_END, DIGIT };

static void more_keys(void)
{
	static const struct { const char *sequence; int key; } more[] = {
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT },
		{ "\033[D", KEY_LEFT }, { "\033OA", KEY_UP }, { "\033OB", KEY_DOWN },
		{ "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT }, { "\033[H", KEY_HOME },
		{ "\033[F", KEY_END }, { "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[7~", KEY_HOME },
		{ "\033[8~", KEY_END }, { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
		{ "\033[3~", KEY_DC }, { "\033[Z", KEY_BTAB }, { "\033OM", KEY_ENTER },
	};
	/* These have names of extended terminfo in some entries, and none in others. */
	static const struct { const char *sequence; int key; } always[] = {
		{ "\033[1;3D", ALT_LEFT }, { "\033[1;3C", ALT_RIGHT },
		{ "\033[200~", PASTE_BEGIN }, { "\033[201~", PASTE_END },
	};
	char digit[] = "\033Op";

	for (int i = 0; i < ARRAY_LEN(more); i++)
		if (!key_defined(more[i].sequence))
			define_key(more[i].sequence, more[i].key);
	for (int i = 0; i < ARRAY_LEN(always); i++)
		define_key(always[i].sequence, always[i].key);
	for (int i = 0; i < 10; i++, digit[2]++)        /* of the numeric keypad */
		if (!key_defined(digit))
			define_key(digit, DIGIT + i);
}

static int colour_count(bool colour)
{
	if (!colour || !has_colors() || start_color() == ERR || use_default_colors() == ERR)
		return 0;
	return COLORS;
}

static attr_t attributes(const struct paint *p)
{
	attr_t a = A_NORMAL;

	a |= p->attr & PAINT_BOLD ? A_BOLD : 0;
	a |= p->attr & PAINT_UNDERLINE ? A_UNDERLINE : 0;
	a |= p->attr & PAINT_REVERSE ? A_REVERSE : 0;
	return a;
}

/* A terminal of more than 256 colours takes them as red, green and blue, not as an index. */
static int colour_of(int index)
{
	return COLORS > 256 && index >= 0 ? theme_rgb(index) : index;
}

static void set_colours(const struct theme *theme, bool colour)
{
	const struct paint *paints = theme_paints(theme, colour_count(colour));

	for (int i = 0; i < FACE__COUNT; i++) {
		const struct paint *p = &paints[i];
		short pair = p->fg >= 0 || p->bg >= 0 ? (short)(i + 1) : 0;
		if (pair)
			init_extended_pair(pair, colour_of(p->fg), colour_of(p->bg));
		setcchar(&term.face[i], L" ", attributes(p), pair, NULL);
	}
}

static int open_input(struct err *e)
{
	term.in = isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "re");
	term.out_fd = STDOUT_FILENO;
	outlet_open(term.out_fd);
	if (!term.in)
		return err_set(e, STATUS_TERMINAL, "there is no terminal to read keys from; try onus grid");
	term.in_fd = fileno(term.in);
	return 0;
}

static int open_screen(struct err *e)
{
	const char *name = getenv("TERM");

	term.screen = newterm(NULL, stdout, term.in);
	if (!term.screen && like_xterm(name))
		term.screen = newterm("xterm-256color", stdout, term.in);
	if (!term.screen)
		return no_terminal(e, "is unknown here");
	if (!tigetstr("cup")) {
		endwin();
		return no_terminal(e, "cannot place its cursor");
	}
	return 0;
}

int term_open(const struct theme *theme, bool colour, struct err *e)
{
	if (open_input(e))
		return -1;
	if (pipe2(term.signal_pipe, O_NONBLOCK | O_CLOEXEC))
		return err_set(e, STATUS_FAILED, "cannot make a pipe: %s", strerror(errno));
	tcgetattr(term.in_fd, &term.before);
	handle_signals(true);           /* before newterm(): curses takes only those that nobody has */
	outlet_begin();
	if (!getenv("ESCDELAY"))
		set_escdelay(getenv("SSH_CONNECTION") ? 150 : 25);
	if (open_screen(e)) {
		outlet_end();
		handle_signals(false);
		return -1;
	}
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	typeahead(-1);                  /* what waits was read before this frame began */
	more_keys();
	set_colours(theme, colour);
	mode(PASTE_ON);
	term.open = term.changed = true;
	die_hook = term_close;
	return 0;
}

void term_close(void)
{
	if (!term.open)
		return;
	term.open = false;
	die_hook = NULL;
	outlet_begin();
	mode(PASTE_OFF);
	endwin();
	outlet_end();
	handle_signals(false);
	if (term.in != stdin)
		fclose(term.in);
	close(term.signal_pipe[0]);
	close(term.signal_pipe[1]);
}

void term_size(int *w, int *h)
{
	getmaxyx(stdscr, *h, *w);
}

/* ---- showing ---- */

/* A cell with the colours of its face is made once a face; then it is the character that changes. */
static void to_curses(const struct glyph *g, cchar_t *cell)
{
	*cell = term.face[g->face];
	for (int i = 0; i < ARRAY_LEN(g->ch); i++)
		cell->chars[i] = (wchar_t)g->ch[i];
}

static bool same(const struct glyph *a, const struct glyph *b)
{
	return !memcmp(a, b, sizeof *a);
}

/* The cells of a row that are not as they were (NULL: blank), a run at a time. */
static void show_row(const struct glyph *now, const struct glyph *was, int y, int w)
{
	cchar_t run[256];

	for (int x = 0, n; x < w; x += max_int(n, 1)) {
		int cells = 0;
		for (n = 0; x + n < w && cells < ARRAY_LEN(run) &&
		            !same(&now[x + n], was ? &was[x + n] : &canvas_blank); n++)
			if (now[x + n].columns)         /* not the right half of the one before */
				to_curses(&now[x + n], &run[cells++]);
		if (cells)
			mvadd_wchnstr(y, x, run, cells);
	}
}

void term_show(const struct canvas *c, const struct canvas *shown, bool redraw)
{
	bool afresh = term.changed || !shown || shown->w != c->w || shown->h != c->h;

	outlet_begin();
	if (redraw)
		clearok(curscr, TRUE);
	if (afresh)
		erase();
	for (int y = 0; y < c->h; y++) {
		const struct glyph *now = &c->cell[y * c->w], *was = afresh ? NULL : &shown->cell[y * c->w];
		if (!was || memcmp(now, was, (size_t)c->w * sizeof *now))
			show_row(now, was, y, c->w);
	}
	term.changed = false;
	move(c->cursor_y, c->cursor_x);
	refresh();
	outlet_end();
}

/* ---- events ---- */

static int function_key(int ch)
{
	static const struct { int curses, ours; } keys[] = {
		{ KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT }, { KEY_RIGHT, K_RIGHT },
		{ KEY_HOME, K_HOME }, { KEY_END, K_END }, { KEY_PPAGE, K_PGUP }, { KEY_NPAGE, K_PGDN },
		{ KEY_ENTER, K_ENTER }, { KEY_BACKSPACE, K_BACKSPACE }, { KEY_DC, K_DELETE },
		{ KEY_BTAB, K_BACKTAB }, { KEY_F(1), K_F1 }, { ALT_LEFT, K_ALT_LEFT },
		{ ALT_RIGHT, K_ALT_RIGHT },
	};

	for (int i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i].curses == ch)
			return keys[i].ours;
	return ch >= DIGIT && ch < DIGIT + 10 ? '0' + ch - DIGIT : 0;
}

/* The rest of a sequence that curses does not know. */
static void skip_sequence(int first)
{
	int ch = first == 'O' ? getch() : '0';

	while (first == '[' && ch != ERR && (ch < 0x40 || ch > 0x7e))
		ch = getch();
}

static int escape_key(void)
{
	int ch = getch();

	if (ch == '[' || ch == 'O')
		return skip_sequence(ch), 0;
	if (ch != ERR)
		ungetch(ch);
	return K_ESC;
}

static int byte_key(int ch)
{
	switch (ch) {
	case '\r':
	case '\n':      return K_ENTER;
	case '\t':      return K_TAB;
	case ' ':       return K_SPACE;
	case 27:        return escape_key();
	case 8:
	case 127:       return K_BACKSPACE;
	default:        return typed_byte(ch);
	}
}

static void resize(void)
{
	struct winsize size = { 0 };

	ioctl(term.out_fd, TIOCGWINSZ, &size);
	outlet_begin();
	resizeterm(size.ws_row ? size.ws_row : 24, size.ws_col ? size.ws_col : 80);
	outlet_end();
	term.changed = true;
}

static struct event of_signal(void)
{
	unsigned char sig;

	term.signalled = 0;             /* before the read: a signal now is one more look */
	if (read(term.signal_pipe[0], &sig, 1) != 1)
		return (struct event){ .type = EVENT_NONE };
	term.signalled = 1;
	switch (sig) {
	case SIGWINCH:
		resize();
		return (struct event){ .type = EVENT_RESIZE };
	case SIGTSTP:
		term_suspend();
		return (struct event){ .type = EVENT_RESUME };
	case SIGHUP:
		return (struct event){ .type = EVENT_LOST };
	default:
		return (struct event){ .type = EVENT_SIGNAL, .signal = sig };
	}
}

/* A key that curses has, or EVENT_NONE when there is none any more. */
static struct event of_key(void)
{
	int ch, key;

	nodelay(stdscr, TRUE);
	while (!term.ending && (ch = getch()) != ERR) {
		term.unread = 0;
		/* KEY_RESIZE is our own doing: resizeterm() leaves it behind */
		if (typed_paste(ch == PASTE_BEGIN, ch == PASTE_END))
			continue;
		if (ch == KEY_MOUSE)            /* which nobody asked for: its numbers are no keys */
			skip_sequence('[');
		key = ch >= KEY_MIN ? function_key(ch) : byte_key(ch);
		if (key)
			return (struct event){ .type = EVENT_KEY, .key = key };
	}
	return (struct event){ .type = EVENT_NONE };
}

/* Readable, but nothing to read: the end of the input. */
static bool at_end(const struct pollfd *in)
{
	int waiting = 0;

	if (in->revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (in->revents & POLLIN) && !ioctl(in->fd, FIONREAD, &waiting) && !waiting;
}

/* What poll() says is there: a key, or nothing we know, or the end; and the fourth time in a row that it
 * cannot be read is an end too. */
static struct event of_input(const struct pollfd *in)
{
	int unread = ++term.unread;
	struct event ev = of_key();

	if (term.unread == unread && (at_end(in) || unread > 3))
		term.lost = true;
	return ev;
}

struct event term_next(bool wait)
{
	struct pollfd fds[] = { { term.in_fd, POLLIN, 0 }, { term.signal_pipe[0], POLLIN, 0 } };
	struct event ev = { .type = EVENT_NONE };

	if (term.signalled)                     /* before keys, which may never end */
		ev = of_signal();
	if (ev.type == EVENT_NONE)
		ev = of_key();                  /* curses may hold keys that it read before */
	while (ev.type == EVENT_NONE && !term.lost && !outlet_lost()) {
		int n = poll(fds, 2, wait ? -1 : 0);
		if (n < 0 && errno != EINTR)
			term.lost = true;
		if (n == 0)
			return ev;
		if (n > 0 && fds[1].revents)
			ev = of_signal();
		else if (n > 0)
			ev = of_input(&fds[0]);
		if (!wait && ev.type == EVENT_NONE)
			return ev;
	}
	return ev.type == EVENT_NONE ? (struct event){ .type = EVENT_LOST } : ev;
}

void term_suspend(void)
{
	struct sigaction now, stop = { .sa_handler = SIG_DFL };

	if (!term.may_stop)
		return;
	outlet_begin();
	mode(PASTE_OFF);
	endwin();
	outlet_end();
	sigaction(SIGTSTP, &stop, &now);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &now, NULL);
	outlet_begin();
	refresh();
	mode(PASTE_ON);
	outlet_end();
	resize();
}
