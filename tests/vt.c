#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <vterm.h>

#define SEND_MS 500      /* how long typing waits for a program that does not read */
#define SLICE_MS 5       /* how often a wait for the exit looks, between two bytes of output */
#define KILL_MS 2000     /* how long the kernel may take over a SIGKILL */
#define HALF UINT32_MAX  /* libvterm's mark in the second cell of a wide character */
#define NO_CHAR 0xfffd
#define FIRST_WIDE 0x1100 /* no character below is wide */
#define MIN_COLS 2       /* libvterm 0.1 crashes on a wide character in less */

/* The picture's colours.  Blue is the hard one: it is read on the dark ground, and white on it. */
#define GROUND 0x15171c
#define TEXT 0xdfe3ea

static const uint32_t palette[16] = {
	0x23262e, 0xe5616a, 0x79b865, 0xd9a94a, 0x3f74d1, 0xc27fd6, 0x4fb3bf, TEXT,
	0x8289a0, 0xff7a82, 0x98d982, 0xf2cd6f, 0x82b1ff, 0xdd9ff0, 0x76d4de, 0xffffff,
};

/* Where in the language of terminals the output has come to.  BETWEEN is between two characters or
 * sequences, the one place where something may be put in. */
enum place { BETWEEN, MORE_1, MORE_2, MORE_3, ESCAPE, CSI, STRING };

enum { FONT = 15, CELL_W = 9, CELL_H = 17, BASELINE = 13, MARGIN = 14 };

struct vt {
	struct vt *next;
	pid_t owner, pid;
	int fd;                 /* the master side, -1 after vt_hangup */
	int status;
	bool reaped, ended;     /* ended: no more output can come */
	bool alt, cursor;
	int cols, rows;
	int new_cols, new_rows; /* after vt_resize, until the output is between sequences */
	enum place place;
	size_t bytes;
	VTerm *term;
	VTermScreen *screen;
	struct termios before;
	char *out;              /* typed, or answered by the terminal, but not yet read */
	size_t out_len, out_cap;
};

static struct vt *all;

static void *need(void *p)
{
	if (!p) {
		fputs("vt: out of memory\n", stderr);
		abort();
	}
	return p;
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Characters */

static void put_utf8(FILE *f, uint32_t c)
{
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = NO_CHAR;
	if (c < 0x80) {
		putc((int)c, f);
		return;
	}
	if (c < 0x800) {
		putc((int)(0xc0 | c >> 6), f);
	} else {
		if (c < 0x10000) {
			putc((int)(0xe0 | c >> 12), f);
		} else {
			putc((int)(0xf0 | c >> 18), f);
			putc((int)(0x80 | (c >> 12 & 0x3f)), f);
		}
		putc((int)(0x80 | (c >> 6 & 0x3f)), f);
	}
	putc((int)(0x80 | (c & 0x3f)), f);
}

static uint32_t next_char(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int i, more = p[0] < 0x80 ? 0 : p[0] < 0xc2 ? -1 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
	uint32_t c = more < 1 ? p[0] : p[0] & 0x3f >> more;

	for (i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			more = -1;
			break;
		}
		c = c << 6 | (p[i] & 0x3f);
	}
	*s += more < 0 ? 1 : more + 1;
	return more < 0 ? NO_CHAR : c;
}

static void put_xml(FILE *f, uint32_t c)
{
	switch (c) {
	case '&':
		fputs("&amp;", f);
		break;
	case '<':
		fputs("&lt;", f);
		break;
	case '>':
		fputs("&gt;", f);
		break;
	default:
		/* XML has no place for these, not even as a reference */
		if ((c < ' ' && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff)
			c = NO_CHAR;
		put_utf8(f, c);
	}
}

static void put_xml_text(FILE *f, const char *s)
{
	while (*s)
		put_xml(f, next_char(&s));
}

/* The terminal */

static void queue(struct vt *vt, const char *bytes, size_t n)
{
	if (n > vt->out_cap - vt->out_len) {
		vt->out_cap = (vt->out_len + n) * 2;
		vt->out = need(realloc(vt->out, vt->out_cap));
	}
	if (n)
		memcpy(vt->out + vt->out_len, bytes, n);
	vt->out_len += n;
}

/* Called from inside vterm_input_write too, hence a queue: writing here could block, and reading
 * meanwhile would enter libvterm a second time. */
static void on_output(const char *bytes, size_t n, void *user)
{
	queue(user, bytes, n);
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct vt *vt = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		vt->alt = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		vt->cursor = value->boolean;
	return 1;
}

static void open_screen(struct vt *vt)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

	vt->term = need(vterm_new(vt->rows, vt->cols));
	vterm_set_utf8(vt->term, 1);
	vterm_output_set_callback(vt->term, on_output, vt);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_set_damage_merge(vt->screen, VTERM_DAMAGE_SCROLL);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_reset(vt->screen, 1);
}

static enum place in_text(unsigned char c)
{
	if (c == '\033')
		return ESCAPE;
	return c < 0xc2 ? BETWEEN : c < 0xe0 ? MORE_1 : c < 0xf0 ? MORE_2 : MORE_3;
}

static enum place after_escape(unsigned char c)
{
	if (c == '[')
		return CSI;
	if (c && strchr("PX]^_", c))
		return STRING;
	return c < 0x30 || c >= 0x7f ? ESCAPE : BETWEEN;
}

static enum place next_place(enum place place, unsigned char c)
{
	if (c == '\033' || c == '\030' || c == '\032') /* ESC, and CAN and SUB, which break off */
		return c == '\033' ? ESCAPE : BETWEEN;
	switch (place) {
	case MORE_1:
	case MORE_2:
	case MORE_3:
		return (c & 0xc0) == 0x80 ? (enum place)(place - 1) : in_text(c);
	case ESCAPE:
		return after_escape(c);
	case CSI:
		return c >= 0x40 && c < 0x7f ? BETWEEN : CSI;
	case STRING:
		return c == '\a' ? BETWEEN : STRING;
	default:
		return in_text(c);
	}
}

static void put_cursor(struct vt *vt, VTermPos pos)
{
	char bytes[32];
	int row = pos.row < 0 ? 0 : pos.row >= vt->rows ? vt->rows - 1 : pos.row;
	int col = pos.col < 0 ? 0 : pos.col >= vt->cols ? vt->cols - 1 : pos.col;
	int n = snprintf(bytes, sizeof(bytes), "\033[%d;%dH", row + 1, col + 1);

	vterm_input_write(vt->term, bytes, (size_t)n);
}

/* ESC 8 of libvterm 0.1 brings a saved cursor back to where it was, though the screen may end
 * before that now, and the next character goes out of its memory. */
static void keep_cursor(struct vt *vt)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
	if (pos.row < 0 || pos.row >= vt->rows || pos.col < 0 || pos.col >= vt->cols)
		put_cursor(vt, pos);
}

/* vterm_set_size of libvterm 0.1 keeps a scrolling region that ends below the screen, writing past
 * its memory at the next scroll; and moves the cursor of the alternate screen as if it were that of
 * the main one, to rows below 0. */
static void take_size(struct vt *vt)
{
	static const char no_margins[] = "\033[r\033[?69l";
	VTermState *state = vterm_obtain_state(vt->term);
	VTermPos pos;

	if (vt->cols == vt->new_cols && vt->rows == vt->new_rows)
		return;
	vterm_state_get_cursorpos(state, &pos);
	vterm_input_write(vt->term, no_margins, sizeof(no_margins) - 1);
	put_cursor(vt, pos);
	vt->cols = vt->new_cols;
	vt->rows = vt->new_rows;
	vterm_set_size(vt->term, vt->rows, vt->cols);
	if (!vt->alt)
		vterm_state_get_cursorpos(state, &pos);
	put_cursor(vt, pos);
}

static void feed(struct vt *vt, const char *bytes, size_t n)
{
	size_t i, done = 0;

	for (i = 0; i < n; i++) {
		vt->place = next_place(vt->place, (unsigned char)bytes[i]);
		if (bytes[i] != '8')
			continue;
		vterm_input_write(vt->term, bytes + done, i + 1 - done);
		done = i + 1;
		keep_cursor(vt);
	}
	if (done < n)
		vterm_input_write(vt->term, bytes + done, n - done);
	if (vt->place == BETWEEN)
		take_size(vt);
	vterm_screen_flush_damage(vt->screen);
}

/* Start and end of the program */

static void set_env(const char *const env[])
{
	char *nothing[] = { NULL };
	const char *path = getenv("PATH"), *value;
	char *name;

	environ = nothing;
	if (path)
		setenv("PATH", path, 1);
	setenv("HOME", "/dev/null", 1); /* what a test types is not kept among what its user has */
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm-256color", 1);
	for (; env && *env; env++) {
		value = strchr(*env, '=');
		name = need(value ? strndup(*env, (size_t)(value - *env)) : strdup(*env));
		if (value)
			setenv(name, value + 1, 1);
		else
			unsetenv(name);
		free(name);
	}
}

static void run_child(int slave, int report, const char *const argv[], const char *const env[])
{
	sigset_t none;
	int sig, err;

	/* A test run in the background, or under nohup, has signals ignored; they would stay so */
	for (sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (login_tty(slave) == 0) {
		set_env(env);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
	}
	err = errno;
	if (write(report, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

/* The pipe closes when exec succeeds, and carries errno when it does not. */
static int start(struct vt *vt, int slave, const char *const argv[], const char *const env[])
{
	int report[2], err = 0;

	if (pipe(report) < 0)
		return errno;
	fcntl(report[0], F_SETFD, FD_CLOEXEC);
	fcntl(report[1], F_SETFD, FD_CLOEXEC);
	vt->pid = fork();
	if (vt->pid == 0)
		run_child(slave, report[1], argv, env);
	if (vt->pid < 0)
		err = errno;
	close(report[1]);
	while (vt->pid > 0 && read(report[0], &err, sizeof(err)) < 0 && errno == EINTR)
		;
	close(report[0]);
	return err;
}

static int open_tty(struct vt *vt)
{
	struct winsize size = {
		.ws_row = (unsigned short)vt->rows, .ws_col = (unsigned short)vt->cols
	};
	int slave;

	if (openpty(&vt->fd, &slave, NULL, NULL, &size) < 0)
		return -1;
	/* Another program that inherits this side would keep the terminal alive after a hang-up */
	fcntl(vt->fd, F_SETFD, FD_CLOEXEC);
	fcntl(vt->fd, F_SETFL, fcntl(vt->fd, F_GETFL) | O_NONBLOCK);
	if (tcgetattr(slave, &vt->before) == 0) {
#ifdef IUTF8
		vt->before.c_iflag |= IUTF8;
#endif
		tcsetattr(slave, TCSANOW, &vt->before);
	}
	tcgetattr(slave, &vt->before);
	return slave;
}

static void close_all(void)
{
	while (all)
		vt_close(all);
}

static void enlist(struct vt *vt)
{
	static bool registered;

	if (!registered)
		registered = atexit(close_all) == 0;
	vt->next = all;
	all = vt;
}

struct vt *vt_open(int cols, int rows, const char *const argv[], const char *const env[])
{
	struct vt *vt = need(calloc(1, sizeof(*vt)));
	int slave, err;

	vt->owner = getpid();
	vt->cols = vt->new_cols = cols < MIN_COLS ? MIN_COLS : cols;
	vt->rows = vt->new_rows = rows < 1 ? 1 : rows;
	vt->fd = -1;
	enlist(vt);
	open_screen(vt);
	slave = open_tty(vt);
	err = slave < 0 ? errno : start(vt, slave, argv, env);
	/* No slave side may stay open here: the end of the output is when the last one closes */
	if (slave >= 0)
		close(slave);
	if (!err)
		return vt;
	vt_close(vt);
	errno = err;
	return NULL;
}

static bool reap(struct vt *vt)
{
	if (vt->pid > 0 && !vt->reaped && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
		vt->reaped = true;
	return vt->pid <= 0 || vt->reaped;
}

/* Jobs of a shell have process groups of their own; the session is what holds them together.  The
 * sum of the ids killed tells one set of them from another. */
static long kill_session(pid_t session)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	long sum = 0;
	pid_t pid;

	while (dir && (entry = readdir(dir))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		pid = (pid_t)strtol(entry->d_name, NULL, 10);
		if (pid > 1 && getsid(pid) == session && kill(pid, SIGKILL) == 0)
			sum += pid;
	}
	if (dir)
		closedir(dir);
	return sum;
}

static void kill_program(struct vt *vt)
{
	long long end = now() + KILL_MS;
	long sum = 0, last;

	/* A fork of the test program holds a copy of vt, but the program is not its to kill */
	if (vt->pid <= 0 || vt->owner != getpid())
		return;
	if (!vt->reaped)
		kill(vt->pid, SIGKILL);
	/* One may have been born behind the look at its place in /proc, hence again until no more
	 * turn up; the dead stay in it until their parent has reaped them */
	do {
		last = sum;
		sum = kill_session(vt->pid);
	} while (sum != last && now() < end);
	while (!reap(vt) && now() < end)
		poll(NULL, 0, 1);
}

void vt_close(struct vt *vt)
{
	struct vt **p = &all;

	if (!vt)
		return;
	while (*p && *p != vt)
		p = &(*p)->next;
	if (*p)
		*p = vt->next;
	kill_program(vt);
	vt_hangup(vt);
	vterm_free(vt->term);
	free(vt->out);
	free(vt);
}

/* Input and output */

static void flush(struct vt *vt)
{
	ssize_t n;

	while (vt->out_len && vt->fd >= 0) {
		n = write(vt->fd, vt->out, vt->out_len);
		if (n <= 0)
			return;
		vt->out_len -= (size_t)n;
		memmove(vt->out, vt->out + n, vt->out_len);
	}
}

/* One step: 1 output was read, 0 none came within ms, -1 none will come any more. */
static int pump(struct vt *vt, long long ms)
{
	struct pollfd p = { .fd = vt->fd, .events = POLLIN };
	char bytes[16384];
	ssize_t n;

	if (vt->ended)
		return -1;
	if (vt->out_len)
		p.events |= POLLOUT;
	if (poll(&p, 1, ms > 0 ? (int)ms : 0) <= 0)
		return 0;
	flush(vt);
	if (!(p.revents & ~POLLOUT))
		return 0;
	n = read(vt->fd, bytes, sizeof(bytes));
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0) {
		/* EIO is how Linux says that the last slave side was closed */
		vt->ended = true;
		return -1;
	}
	vt->bytes += (size_t)n;
	feed(vt, bytes, (size_t)n);
	flush(vt);
	return 1;
}

static void send_queue(struct vt *vt)
{
	long long end = now() + SEND_MS, left = SEND_MS;

	flush(vt);
	while (vt->out_len && left > 0 && pump(vt, left) >= 0)
		left = end - now();
}

void vt_type(struct vt *vt, const char *bytes, size_t n)
{
	queue(vt, bytes, n);
	send_queue(vt);
}

static bool shows(struct vt *vt, const char *text)
{
	char *screen = vt_screen(vt);
	bool found = strstr(screen, text) != NULL;

	free(screen);
	return found;
}

/* What a failing test had before it, for whoever sets VT_SHOW */
static bool give_up(struct vt *vt, const char *text, bool wanted, int ms)
{
	char *screen;

	if (ms > 0 && getenv("VT_SHOW")) {
		screen = vt_screen(vt);
		fprintf(stderr, "vt: %s %s: %s\n%s\n", vt->ended ? "at the end" : "as time was up",
			wanted ? "not shown" : "still shown", text, screen);
		free(screen);
	}
	return false;
}

static bool wait_for(struct vt *vt, const char *text, bool wanted, int ms)
{
	long long end = now() + ms, left = 0;
	int got;

	/* The first step, without waiting, is what came since the last call */
	do {
		got = pump(vt, left);
		if (got == 0 && left > 0)
			continue;
		if (shows(vt, text) == wanted)
			return true;
	} while (got >= 0 && (left = end - now()) > 0);
	return give_up(vt, text, wanted, ms);
}

bool vt_wait(struct vt *vt, const char *text, int ms)
{
	return wait_for(vt, text, true, ms);
}

bool vt_wait_gone(struct vt *vt, const char *text, int ms)
{
	return wait_for(vt, text, false, ms);
}

bool vt_settle(struct vt *vt, int quiet_ms, int ms)
{
	long long t = now(), end = t + ms, quiet = t + quiet_ms;
	int got;

	for (; t < quiet; t = now()) {
		if (t >= end)
			return false;
		got = pump(vt, (quiet < end ? quiet : end) - t);
		if (got < 0)
			return true;
		if (got > 0)
			quiet = now() + quiet_ms;
	}
	return true;
}

void vt_resize(struct vt *vt, int cols, int rows)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	if (cols >= MIN_COLS && rows > 0) {
		vt->new_cols = cols;
		vt->new_rows = rows;
		feed(vt, "", 0);
	}
	if (vt->fd >= 0)
		ioctl(vt->fd, TIOCSWINSZ, &size);
}

pid_t vt_pid(const struct vt *vt)
{
	return vt->pid;
}

size_t vt_bytes(const struct vt *vt)
{
	return vt->bytes;
}

void vt_signal(struct vt *vt, int sig)
{
	if (!reap(vt))
		kill(vt->pid, sig);
}

void vt_hangup(struct vt *vt)
{
	if (vt->fd >= 0)
		close(vt->fd);
	vt->fd = -1;
	vt->ended = true;
}

int vt_end(struct vt *vt, int ms)
{
	long long end = now() + ms;

	while (!reap(vt)) {
		if (now() >= end)
			return -1;
		/* The output ends a moment before the process can be reaped */
		if (pump(vt, SLICE_MS) < 0)
			poll(NULL, 0, 1);
	}
	/* What it wrote last; a child it left behind may hold the terminal and go on for ever */
	while (pump(vt, SLICE_MS) > 0 && now() < end)
		;
	return vt->status;
}

bool vt_same_tty(struct vt *vt)
{
	const struct termios *a = &vt->before;
	struct termios b;

	return vt->fd >= 0 && tcgetattr(vt->fd, &b) == 0 &&
		a->c_iflag == b.c_iflag && a->c_oflag == b.c_oflag &&
		a->c_cflag == b.c_cflag && a->c_lflag == b.c_lflag &&
		memcmp(a->c_cc, b.c_cc, sizeof(b.c_cc)) == 0;
}

/* Keys */

static const struct key {
	const char *name;
	VTermKey key;
	VTermModifier mod;
} keys[] = {
	{ "Up", VTERM_KEY_UP, VTERM_MOD_NONE },
	{ "Down", VTERM_KEY_DOWN, VTERM_MOD_NONE },
	{ "Left", VTERM_KEY_LEFT, VTERM_MOD_NONE },
	{ "Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE },
	{ "Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE },
	{ "Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE },
	{ "Tab", VTERM_KEY_TAB, VTERM_MOD_NONE },
	{ "BTab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "BS", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE },
	{ "Del", VTERM_KEY_DEL, VTERM_MOD_NONE },
	{ "Ins", VTERM_KEY_INS, VTERM_MOD_NONE },
	{ "Home", VTERM_KEY_HOME, VTERM_MOD_NONE },
	{ "End", VTERM_KEY_END, VTERM_MOD_NONE },
	{ "PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE },
	{ "PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE },
};

static bool is_number(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

static VTermModifier modifiers(const char **name)
{
	unsigned mod = VTERM_MOD_NONE;

	for (; (*name)[0] && (*name)[1] == '-' && (*name)[2]; *name += 2) {
		if (**name == 'C')
			mod |= VTERM_MOD_CTRL;
		else if (**name == 'M')
			mod |= VTERM_MOD_ALT;
		else if (**name == 'S')
			mod |= VTERM_MOD_SHIFT;
		else
			break;
	}
	return (VTermModifier)mod;
}

/* libvterm gives C-j, C-m, C-@ and others a form of its own ("CSI 106;5u") and cuts M-e-acute to
 * one byte, which no program here expects; so only the plain character is left to it. */
static void queue_char(struct vt *vt, uint32_t c, VTermModifier mod)
{
	char control = c == '?' ? '\177' : (char)(c & 0x1f);

	if (mod & VTERM_MOD_ALT)
		queue(vt, "\033", 1);
	if (mod & VTERM_MOD_CTRL)
		queue(vt, &control, 1);
	else
		vterm_keyboard_unichar(vt->term, c, VTERM_MOD_NONE);
}

static bool queue_named(struct vt *vt, const char *name, VTermModifier mod)
{
	long n = name[0] == 'F' && is_number(name + 1) ? strtol(name + 1, NULL, 10) : 0;
	size_t i;

	if (n >= 1 && n <= 12) {
		vterm_keyboard_key(vt->term, (VTermKey)VTERM_KEY_FUNCTION(n), mod);
		return true;
	}
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].name, name) != 0)
			continue;
		vterm_keyboard_key(vt->term, keys[i].key, (VTermModifier)(mod | keys[i].mod));
		return true;
	}
	return false;
}

static bool queue_key(struct vt *vt, const char *name)
{
	VTermModifier mod = modifiers(&name);
	const char *after = name;
	uint32_t c = next_char(&after);

	if (strcmp(name, "Space") == 0) {
		queue_char(vt, ' ', mod);
		return true;
	}
	if (c && !*after) {
		queue_char(vt, c, mod);
		return true;
	}
	return queue_named(vt, name, mod);
}

/* Cut "*N" off name; a "*" in the first place is the key. */
static long repeat(char *name)
{
	char *star = strrchr(name, '*');
	long n;

	if (!star || star == name || !is_number(star + 1))
		return 1;
	n = strtol(star + 1, NULL, 10);
	*star = '\0';
	return n;
}

static bool type_name(struct vt *vt, char *name)
{
	long n;

	if (strncmp(name, "text:", 5) == 0) {
		vt_type(vt, name + 5, strlen(name + 5));
		return true;
	}
	if (strcmp(name, "Wait") == 0) {
		vt_settle(vt, 100, 2000);
		return true;
	}
	for (n = repeat(name); n > 0; n--) {
		if (!queue_key(vt, name))
			return false;
	}
	send_queue(vt);
	return true;
}

bool vt_keys(struct vt *vt, const char *names)
{
	char *copy = need(strdup(names)), *rest = copy, *name;
	bool good = true;

	while (good && (name = strtok_r(rest, " ", &rest))) {
		good = type_name(vt, name);
		if (!good)
			fprintf(stderr, "vt: no key is called %s\n", name);
	}
	free(copy);
	return good;
}

/* The screen */

static bool real_row(const struct vt *vt, int *row)
{
	if (*row < 0)
		*row += vt->rows;
	return *row >= 0 && *row < vt->rows;
}

static void get_cell(const struct vt *vt, int row, int col, VTermScreenCell *cell)
{
	vterm_screen_get_cell(vt->screen, (VTermPos){ .row = row, .col = col }, cell);
	/* A narrow character over the first half of a wide one leaves libvterm's mark behind it */
	if (cell->width == 2 && cell->chars[0] < FIRST_WIDE)
		cell->width = 1;
}

/* The text of one cell; its width in cells. */
static int put_cell(struct vt *vt, FILE *f, int row, int col, void (*put)(FILE *, uint32_t))
{
	VTermScreenCell cell;
	int i;

	get_cell(vt, row, col, &cell);
	if (cell.chars[0] == 0 || cell.chars[0] == HALF)
		put(f, ' ');
	else
		for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			put(f, cell.chars[i]);
	return cell.width;
}

static char *line_from(struct vt *vt, int row, int col)
{
	char *line = NULL;
	size_t len;
	FILE *f = need(open_memstream(&line, &len));

	while (col < vt->cols)
		col += put_cell(vt, f, row, col, put_utf8);
	fclose(f);
	return need(line);
}

char *vt_line(struct vt *vt, int row)
{
	return real_row(vt, &row) ? line_from(vt, row, 0) : NULL;
}

static size_t length_without_blanks(const char *s)
{
	size_t n = strlen(s);

	while (n && s[n - 1] == ' ')
		n--;
	return n;
}

char *vt_screen(struct vt *vt)
{
	char *screen = NULL, *line;
	size_t len;
	FILE *f = need(open_memstream(&screen, &len));
	int row;

	for (row = 0; row < vt->rows; row++) {
		line = line_from(vt, row, 0);
		if (row)
			putc('\n', f);
		fwrite(line, 1, length_without_blanks(line), f);
		free(line);
	}
	fclose(f);
	return need(screen);
}

static bool starts_at(struct vt *vt, int row, int col, const char *text)
{
	char *line = line_from(vt, row, col);
	bool same = strncmp(line, text, strlen(text)) == 0;

	free(line);
	return same;
}

bool vt_find(struct vt *vt, const char *text, int *row, int *col)
{
	VTermScreenCell cell;
	int r, c;

	for (r = 0; r < vt->rows; r++) {
		for (c = 0; c < vt->cols; c += cell.width) {
			get_cell(vt, r, c, &cell);
			if (!starts_at(vt, r, c, text))
				continue;
			if (row)
				*row = r;
			if (col)
				*col = c;
			return true;
		}
	}
	return false;
}

/* The 240 colours of xterm's cube and greys; libvterm has a cube of other values. */
static long xterm_color(int index)
{
	static const uint8_t steps[6] = { 0, 95, 135, 175, 215, 255 };
	int n = index - 16;

	if (index >= 232)
		return (index - 232) * 0x0a0a0aL + 0x080808L;
	return (long)steps[n / 36] << 16 | (long)steps[n / 6 % 6] << 8 | steps[n % 6];
}

static void get_color(VTermColor color, long *rgb, int *index)
{
	*rgb = VT_DEFAULT;
	*index = -1;
	if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
		return;
	if (VTERM_COLOR_IS_INDEXED(&color))
		*index = color.indexed.idx;
	if (*index >= 0)
		*rgb = *index < 16 ? (long)palette[*index] : xterm_color(*index);
	else
		*rgb = (long)color.rgb.red << 16 | (long)color.rgb.green << 8 | color.rgb.blue;
}

bool vt_attr(struct vt *vt, int row, int col, struct vt_attr *attr)
{
	VTermScreenCell cell, left = { .width = 1 };

	if (!real_row(vt, &row) || col < 0 || col >= vt->cols)
		return false;
	get_cell(vt, row, col, &cell);
	if (col > 0)
		get_cell(vt, row, col - 1, &left);
	get_color(cell.fg, &attr->fg, &attr->fg_index);
	get_color(cell.bg, &attr->bg, &attr->bg_index);
	attr->width = left.width == 2 ? 0 : cell.width;
	attr->bold = cell.attrs.bold;
	attr->underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
	attr->italic = cell.attrs.italic;
	attr->blink = cell.attrs.blink;
	attr->reverse = cell.attrs.reverse;
	attr->strike = cell.attrs.strike;
	return true;
}

void vt_cursor(struct vt *vt, int *row, int *col, bool *visible)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
	if (row)
		*row = pos.row;
	if (col)
		*col = pos.col;
	if (visible)
		*visible = vt->cursor;
}

bool vt_altscreen(struct vt *vt)
{
	return vt->alt;
}

/* The picture */

struct pen {
	long fg, bg;
	int width;
	bool bold, italic, underline, strike;
};

static struct pen pen_at(struct vt *vt, int row, int col)
{
	struct vt_attr a;
	struct pen pen;

	/* Asked for cells of the screen only, so it is always filled in */
	vt_attr(vt, row, col, &a);
	if (a.reverse) {
		pen.fg = a.bg == VT_DEFAULT ? GROUND : a.bg;
		pen.bg = a.fg == VT_DEFAULT ? TEXT : a.fg;
	} else {
		pen.fg = a.fg == VT_DEFAULT ? TEXT : a.fg;
		pen.bg = a.bg;
	}
	pen.width = a.width;
	pen.bold = a.bold;
	pen.italic = a.italic;
	pen.underline = a.underline;
	pen.strike = a.strike;
	return pen;
}

static bool same_text(const struct pen *a, const struct pen *b)
{
	return a->fg == b->fg && a->width == b->width && a->bold == b->bold &&
		a->italic == b->italic && a->underline == b->underline && a->strike == b->strike;
}

static void svg_grounds(struct vt *vt, FILE *f, int row)
{
	int col, end;
	long bg;

	for (col = 0; col < vt->cols; col = end) {
		bg = pen_at(vt, row, col).bg;
		for (end = col + 1; end < vt->cols && pen_at(vt, row, end).bg == bg; end++)
			;
		if (bg != VT_DEFAULT)
			fprintf(f, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
				"fill=\"#%06lx\"/>\n", MARGIN + col * CELL_W, MARGIN + row * CELL_H,
				(end - col) * CELL_W, CELL_H, (unsigned long)bg);
	}
}

static bool is_blank(struct vt *vt, int row, int col)
{
	struct pen pen = pen_at(vt, row, col);
	VTermScreenCell cell;

	get_cell(vt, row, col, &cell);
	return (cell.chars[0] == 0 || cell.chars[0] == ' ' || cell.chars[0] == HALF) &&
		!pen.underline && !pen.strike;
}

/* Where the run of text that begins at col ends.  A font may not have exactly the width of the
 * cells, so a run starts anew, at its right place, after two blanks and at each wide character. */
static int run_end(struct vt *vt, int row, int col)
{
	struct pen first = pen_at(vt, row, col), pen;
	bool blank = false, blank_before;
	int end;

	if (first.width == 2)
		return col + 2;
	for (end = col + 1; end < vt->cols; end++) {
		pen = pen_at(vt, row, end);
		blank_before = blank;
		blank = is_blank(vt, row, end);
		if ((!blank && !same_text(&first, &pen)) || (blank && blank_before))
			break;
	}
	return end;
}

static void svg_run(struct vt *vt, FILE *f, int row, int col, int end)
{
	struct pen pen = pen_at(vt, row, col);

	fprintf(f, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"", MARGIN + col * CELL_W,
		MARGIN + row * CELL_H + BASELINE, (end - col) * CELL_W);
	if (pen.fg != TEXT)
		fprintf(f, " fill=\"#%06lx\"", (unsigned long)pen.fg);
	if (pen.bold)
		fputs(" font-weight=\"bold\"", f);
	if (pen.italic)
		fputs(" font-style=\"italic\"", f);
	if (pen.underline || pen.strike)
		fprintf(f, " text-decoration=\"%s\"", !pen.strike ? "underline" :
			!pen.underline ? "line-through" : "underline line-through");
	putc('>', f);
	while (col < end)
		col += put_cell(vt, f, row, col, put_xml);
	fputs("</text>\n", f);
}

static void svg_texts(struct vt *vt, FILE *f, int row)
{
	int col, end, last;

	for (col = 0; col < vt->cols; col = end) {
		end = col + 1;
		if (is_blank(vt, row, col))
			continue;
		end = last = run_end(vt, row, col);
		if (pen_at(vt, row, col).width < 2)
			while (last > col + 1 && is_blank(vt, row, last - 1))
				last--;
		svg_run(vt, f, row, col, last);
	}
}

static void svg_head(struct vt *vt, FILE *f, const char *title)
{
	int width = vt->cols * CELL_W + 2 * MARGIN, height = vt->rows * CELL_H + 2 * MARGIN;
	char *screen = vt_screen(vt);

	fprintf(f, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
		"height=\"%d\" viewBox=\"0 0 %d %d\">\n<title>", width, height, width, height);
	put_xml_text(f, title);
	fputs("</title>\n<desc>", f);
	put_xml_text(f, screen);
	fprintf(f, "</desc>\n<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%06x\"/>\n",
		width, height, GROUND);
	free(screen);
}

int vt_svg(struct vt *vt, FILE *f, const char *title)
{
	int row;

	svg_head(vt, f, title);
	fputs("<g shape-rendering=\"crispEdges\">\n", f);
	for (row = 0; row < vt->rows; row++)
		svg_grounds(vt, f, row);
	fprintf(f, "</g>\n<g font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
		"font-size=\"%d\" fill=\"#%06x\" xml:space=\"preserve\">\n", FONT, TEXT);
	for (row = 0; row < vt->rows; row++)
		svg_texts(vt, f, row);
	fputs("</g>\n</svg>\n", f);
	return ferror(f) ? -1 : 0;
}
