/* term_curses: the terminal through ncurses.  The only place for curses.h.
 *
 * Keys are read without signals of the terminal driver (raw), waiting is poll() on the terminal and on
 * the pipe into which signal handlers write, and what ncurses writes in a frame is kept and sent at
 * once. */
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

static struct {
	SCREEN *screen;
	FILE *in;
	int in_fd, out_fd;
	int signal_pipe[2];
	struct termios before;
	bool open, lost, changed;       /* changed: curses has forgotten what is shown */
	const struct theme *theme;
	struct glyph *shown;            /* the last canvas */
	int w, h;
} term;

/* ---- one write a frame ---- */

static struct {
	char data[1 << 16];
	size_t n;
	volatile sig_atomic_t on;
} frame;

static void send_all(const char *s, size_t n)
{
	while (n && !term.lost) {
		struct iovec part = { (void *)(uintptr_t)s, n };
		ssize_t done = writev(term.out_fd, &part, 1);
		if (done < 0 && errno == EAGAIN) {
			struct pollfd out = { term.out_fd, POLLOUT, 0 };
			if (poll(&out, 1, 1000) < 1)
				term.lost = true;
		} else if (done < 0 && errno != EINTR) {
			term.lost = true;
		} else if (done > 0) {
			s += done, n -= (size_t)done;
		}
	}
}

static void frame_end(void)
{
	frame.on = 0;
	send_all(frame.data, frame.n);
	frame.n = 0;
}

/* ncurses 6.4 calls write() at every movement of the cursor.  Between the begin and the end of a frame
 * what goes to the terminal waits here; everything else passes straight through. */
__attribute__((visibility("default"))) ssize_t write(int fd, const void *data, size_t n);
ssize_t write(int fd, const void *data, size_t n)
{
	struct iovec part = { (void *)(uintptr_t)data, n };

	if (!frame.on || fd != term.out_fd)
		return writev(fd, &part, 1);
	if (frame.n + n > sizeof frame.data) {
		send_all(frame.data, frame.n);
		frame.n = 0;
	}
	if (n > sizeof frame.data)
		return writev(fd, &part, 1);
	memcpy(frame.data + frame.n, data, n);
	frame.n += n;
	return (ssize_t)n;
}

/* ---- signals ---- */

static void on_signal(int sig)
{
	int saved = errno;
	char c = (char)sig;
	struct iovec part = { &c, 1 };

	if (writev(term.signal_pipe[1], &part, 1) < 0)
		errno = saved;          /* full: one is waiting already */
	errno = saved;
}

/* The end of a crash: a fixed string and the settings of before, no curses. */
static void on_crash(int sig)
{
	static char reset[] = "\033[0m\033[?1l\033>\033[?25h\033[?1049l\r\n";
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
	struct sigaction crash = { .sa_handler = ours ? on_crash : SIG_DFL, .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
	struct sigaction was;

	for (int i = 0; i < ARRAY_LEN(ending); i++)
		/* Whoever started us under nohup meant it; then a lost terminal says so itself. */
		if (sigaction(ending[i], NULL, &was) == 0 && !(ours && was.sa_handler == SIG_IGN))
			sigaction(ending[i], &on, NULL);
	for (int i = 0; i < ARRAY_LEN(crashing); i++)
		sigaction(crashing[i], &crash, NULL);
}

/* ---- open and close ---- */

static int no_terminal(struct err *e, const char *why)
{
	const char *name = getenv("TERM");

	return err_set(e, STATUS_TERMINAL, "the terminal type \"%s\" %s; try TERM=xterm-256color, or onus grid",
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

static void more_keys(void)
{
	static const struct { const char *sequence; int key; } more[] = {
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP }, { "\033OB", KEY_DOWN }, { "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
		{ "\033[H", KEY_HOME }, { "\033[F", KEY_END }, { "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[7~", KEY_HOME }, { "\033[8~", KEY_END },
		{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE }, { "\033[3~", KEY_DC }, { "\033[Z", KEY_BTAB },
		{ "\033[1;3D", KEY_SLEFT }, { "\033[1;3C", KEY_SRIGHT },
	};

	for (int i = 0; i < ARRAY_LEN(more); i++)
		if (!key_defined(more[i].sequence))
			define_key(more[i].sequence, more[i].key);
}

static int colour_count(bool colour)
{
	if (!colour || !has_colors() || start_color() == ERR || use_default_colors() == ERR)
		return 0;
	return COLORS > 256 ? 8 : COLORS;       /* of a direct-colour terminal the first eight are safe */
}

static void set_colours(bool colour)
{
	term.theme = theme_for(colour_count(colour), colour);
	for (int i = 0; i < FACE__COUNT; i++) {
		const struct paint *p = &term.theme->paint[i];
		if (p->fg >= 0 || p->bg >= 0)
			init_pair((short)(i + 1), p->fg, p->bg);
	}
}

static int open_input(struct err *e)
{
	term.in = isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "re");
	term.out_fd = STDOUT_FILENO;
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
		delscreen(term.screen);
		term.screen = NULL;
		return no_terminal(e, "cannot place its cursor");
	}
	return 0;
}

static void close_for_die(void)
{
	term_close();
}

int term_open(bool colour, struct err *e)
{
	if (open_input(e))
		return -1;
	if (pipe2(term.signal_pipe, O_NONBLOCK | O_CLOEXEC))
		return err_set(e, STATUS_FAILED, "cannot make a pipe: %s", strerror(errno));
	tcgetattr(term.in_fd, &term.before);
	handle_signals(true);           /* before newterm(): curses takes only those that nobody has */
	frame.on = 1;
	if (!getenv("ESCDELAY"))
		set_escdelay(getenv("SSH_CONNECTION") ? 150 : 25);
	if (open_screen(e)) {
		frame_end();
		handle_signals(false);
		return -1;
	}
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	more_keys();
	set_colours(colour);
	term.open = term.changed = true;
	die_hook = close_for_die;
	return 0;
}

void term_close(void)
{
	if (!term.open)
		return;
	term.open = false;
	die_hook = NULL;
	frame.on = 1;
	endwin();
	frame_end();
	delscreen(term.screen);
	handle_signals(false);
	if (term.in != stdin)
		fclose(term.in);
	close(term.signal_pipe[0]);
	close(term.signal_pipe[1]);
	free(term.shown);
	term.shown = NULL;
}

const struct theme *term_theme(void)
{
	return term.theme;
}

void term_size(int *w, int *h)
{
	getmaxyx(stdscr, *h, *w);
}

/* ---- showing ---- */

static attr_t attributes(const struct paint *p)
{
	attr_t a = A_NORMAL;

	a |= p->attr & PAINT_BOLD ? A_BOLD : 0;
	a |= p->attr & PAINT_UNDERLINE ? A_UNDERLINE : 0;
	a |= p->attr & PAINT_REVERSE ? A_REVERSE : 0;
	return a;
}

static void show_glyph(int y, int x, const struct glyph *g)
{
	const struct paint *p = &term.theme->paint[g->face];
	wchar_t ch[4] = { (wchar_t)g->ch[0], (wchar_t)g->ch[1], (wchar_t)g->ch[2], 0 };
	cchar_t cell;

	if (g->columns == 0)
		return;                 /* the right half of the one before */
	setcchar(&cell, ch, attributes(p), p->fg >= 0 || p->bg >= 0 ? (short)(g->face + 1) : 0, NULL);
	mvadd_wchnstr(y, x, &cell, 1);
}

static void show_row(const struct canvas *c, int y)
{
	const struct glyph *now = &c->cell[y * c->w], *was = &term.shown[y * c->w];

	if (!term.changed && !memcmp(now, was, (size_t)c->w * sizeof *now))
		return;
	for (int x = 0; x < c->w; x++)
		if (term.changed || memcmp(&now[x], &was[x], sizeof *now))
			show_glyph(y, x, &now[x]);
}

void term_show(const struct canvas *c, bool redraw)
{
	size_t size = (size_t)c->w * (size_t)c->h;

	if (c->w != term.w || c->h != term.h || !term.shown) {
		term.shown = xrealloc(term.shown, size, sizeof *term.shown);
		term.w = c->w, term.h = c->h;
		term.changed = true;
	}
	frame.on = 1;
	if (redraw)
		clearok(curscr, TRUE);
	if (term.changed)
		erase();
	for (int y = 0; y < c->h; y++)
		show_row(c, y);
	memcpy(term.shown, c->cell, size * sizeof *term.shown);
	term.changed = false;
	move(c->cursor_y, c->cursor_x);
	refresh();
	frame_end();
}

/* ---- events ---- */

static int key_of(wint_t ch, bool function)
{
	static const struct { int curses, ours; } keys[] = {
		{ KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT }, { KEY_RIGHT, K_RIGHT },
		{ KEY_HOME, K_HOME }, { KEY_END, K_END }, { KEY_PPAGE, K_PGUP }, { KEY_NPAGE, K_PGDN },
		{ KEY_ENTER, K_ENTER }, { KEY_BACKSPACE, K_BACKSPACE }, { KEY_DC, K_DELETE }, { KEY_BTAB, K_BACKTAB },
		{ KEY_F(1), K_F1 }, { KEY_SLEFT, K_ALT_LEFT }, { KEY_SRIGHT, K_ALT_RIGHT },
	};
	static const struct { wint_t byte; int ours; } bytes[] = {
		{ '\r', K_ENTER }, { '\n', K_ENTER }, { '\t', K_TAB }, { ' ', K_SPACE }, { 27, K_ESC },
		{ 8, K_BACKSPACE }, { 127, K_BACKSPACE },
	};

	for (int i = 0; function && i < ARRAY_LEN(keys); i++)
		if (keys[i].curses == (int)ch)
			return keys[i].ours;
	for (int i = 0; !function && i < ARRAY_LEN(bytes); i++)
		if (bytes[i].byte == ch)
			return bytes[i].ours;
	return function ? 0 : (int)ch;
}

static void resize(void)
{
	struct winsize size = { 0 };

	ioctl(term.out_fd, TIOCGWINSZ, &size);
	frame.on = 1;
	resizeterm(size.ws_row ? size.ws_row : 24, size.ws_col ? size.ws_col : 80);
	frame_end();
	term.changed = true;
}

static struct event of_signal(void)
{
	unsigned char sig;

	if (read(term.signal_pipe[0], &sig, 1) != 1)
		return (struct event){ .type = EVENT_NONE };
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

/* A key that curses has, or EVENT_NONE. */
static struct event of_key(void)
{
	wint_t ch;
	int rc;

	nodelay(stdscr, TRUE);
	rc = get_wch(&ch);
	if (rc == ERR)
		return (struct event){ .type = EVENT_NONE };
	if (rc == KEY_CODE_YES && ch == KEY_RESIZE) {
		resize();
		return (struct event){ .type = EVENT_RESIZE };
	}
	return (struct event){ .type = EVENT_KEY, .key = key_of(ch, rc == KEY_CODE_YES) };
}

/* Readable, but nothing to read: the end of the input. */
static bool at_end(const struct pollfd *in)
{
	int waiting = 0;

	if (in->revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (in->revents & POLLIN) && !ioctl(in->fd, FIONREAD, &waiting) && !waiting;
}

struct event term_next(bool wait)
{
	struct pollfd fds[] = { { term.in_fd, POLLIN, 0 }, { term.signal_pipe[0], POLLIN, 0 } };
	struct event ev = of_key();             /* curses may hold keys that it read before */

	while (ev.type == EVENT_NONE && !term.lost) {
		int n = poll(fds, 2, wait ? -1 : 0);
		if (n < 0 && errno != EINTR)
			term.lost = true;
		if (n == 0)
			return ev;
		if (n > 0 && fds[1].revents)
			ev = of_signal();
		else if (n > 0 && at_end(&fds[0]))
			term.lost = true;
		else if (n > 0)
			ev = of_key();
		if (!wait && ev.type == EVENT_NONE)
			return ev;
	}
	return ev.type == EVENT_NONE ? (struct event){ .type = EVENT_LOST } : ev;
}

void term_suspend(void)
{
	struct sigaction now, stop = { .sa_handler = SIG_DFL };

	endwin();
	sigaction(SIGTSTP, &stop, &now);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &now, NULL);
	refresh();
	resize();
}
