#include "config.h"
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- signals while another program runs ---- */

static volatile sig_atomic_t runs, came;        /* its process, or group below 0; a signal passed on to it */

static void pass_on(int sig)
{
	came = sig;
	if (runs)
		kill((pid_t)runs, sig);
}

static void notice(int sig UNUSED) { }          /* poll() ends, and that is all */

/* What is done meanwhile with a signal that is not ignored anyway. */
static const struct meanwhile {
	int signal;
	void (*feeding)(int);
	void (*waiting)(int);           /* on the terminal, keys that make signals are for it */
} meanwhile[] = {
	{ SIGTERM, pass_on, pass_on },
	{ SIGHUP,  pass_on, pass_on },
	{ SIGINT,  pass_on, SIG_IGN },
	{ SIGQUIT, pass_on, SIG_IGN },
	{ SIGTSTP, SIG_IGN, SIG_DFL },
	{ SIGPIPE, SIG_IGN, SIG_IGN },
	{ SIGCHLD, notice,  notice },
};

struct guard {
	struct sigaction was[ARRAY_LEN(meanwhile)];
	sigset_t mask;
};

/* Signals wait until the program is there to take them. */
static void guard_begin(struct guard *g, bool feeding)
{
	sigset_t all;

	sigfillset(&all);
	sigdelset(&all, SIGPIPE);       /* blocked, it would wait for the end though it is ignored */
	sigprocmask(SIG_BLOCK, &all, &g->mask);
	runs = came = 0;
	for (int i = 0; i < ARRAY_LEN(meanwhile); i++) {
		const struct meanwhile *m = &meanwhile[i];
		struct sigaction sa = { .sa_handler = feeding ? m->feeding : m->waiting };
		sigaction(m->signal, NULL, &g->was[i]);
		if (g->was[i].sa_handler != SIG_IGN || m->signal == SIGCHLD)
			sigaction(m->signal, &sa, NULL);
	}
}

static void guard_end(struct guard *g)
{
	runs = 0;
	for (int i = 0; i < ARRAY_LEN(meanwhile); i++)
		sigaction(meanwhile[i].signal, &g->was[i], NULL);
	sigprocmask(SIG_SETMASK, &g->mask, NULL);
	if (came)
		raise((int)came);
}

/* ---- starting ---- */

static void files_of_nobody(posix_spawn_file_actions_t *files)
{
	posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
}

/* own: in a process group of its own, and fed; else in is the terminal, or -1 where our input is that. */
static int start(const char *const argv[], int in, bool own, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t set;
	int rc;

	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	sigfillset(&set);
	sigdelset(&set, SIGKILL);
	sigdelset(&set, SIGSTOP);
	posix_spawnattr_setsigdefault(&attr, &set);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attr, &set);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
				 (own ? POSIX_SPAWN_SETPGROUP : 0));
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	if (own)
		files_of_nobody(&files);
#ifdef HAVE_POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP
	/* Ours are O_CLOEXEC; these are what we were given ourselves, and need not live as long as it. */
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
#endif
	rc = posix_spawnp(pid, argv[0], &files, &attr, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return rc;
}

static int ended(const char *name, int status, struct err *e)
{
	if (WIFSIGNALED(status))
		return err_set(e, STATUS_FAILED, "%s was ended by signal %d", name, WTERMSIG(status));
	if (WEXITSTATUS(status) == 127)
		return err_set(e, STATUS_FAILED, "%s could not be run", name);
	if (WEXITSTATUS(status))
		return err_set(e, STATUS_FAILED, "%s failed with status %d", name, WEXITSTATUS(status));
	return 0;
}

static int not_started(const char *name, int error, struct err *e)
{
	return err_set(e, STATUS_FAILED, "cannot run %s: %s", name, strerror(error));
}

/* ---- feeding ---- */

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

struct feed {
	int fd;                         /* -1: all is written, or nobody reads any more */
	const char *text;
	size_t n;
};

static void feed_some(struct feed *f)
{
	ssize_t put = f->n ? write(f->fd, f->text, f->n) : 0;

	if (put > 0)
		f->text += put, f->n -= (size_t)put;
	if (f->n && (put > 0 || errno == EAGAIN || errno == EINTR))
		return;
	close(f->fd);
	f->fd = -1;
}

/* Write and wait, whichever comes, until it ends: true; or the time does.  Signals come only in ppoll(). */
static bool feed_and_wait(struct feed *f, pid_t pid, int ms, const sigset_t *mask, int *status)
{
	long long end = now_ms() + ms;
	sigset_t open = *mask;

	sigdelset(&open, SIGCHLD);
	for (;;) {
		struct pollfd out = { f->fd, POLLOUT, 0 };      /* below 0 poll() passes it over */
		long long left = end - now_ms();
		struct timespec t = { left / 1000, left % 1000 * 1000000 };
		pid_t done = waitpid(pid, status, WNOHANG);
		if (done == pid || (done < 0 && errno != EINTR))
			return true;
		if (left <= 0)
			return false;
		if (ppoll(&out, 1, &t, &open) > 0)
			feed_some(f);
	}
}

static int feed(const char *const argv[], int in, struct feed *f, int ms, const sigset_t *mask, struct err *e)
{
	int status = 0, rc;
	pid_t pid;

	rc = start(argv, in, true, &pid);
	close(in);
	if (rc)
		return not_started(argv[0], rc, e);
	runs = -pid;
	if (feed_and_wait(f, pid, ms, mask, &status))
		return ended(argv[0], status, e);
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return err_set(e, STATUS_FAILED, "%s took longer than %g s", argv[0], ms / 1000.0);
}

int spawn_feed(const char *const argv[], const char *text, size_t n, int ms, struct err *e)
{
	struct feed f = { -1, text, n };
	struct guard g;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC))
		return err_set(e, STATUS_FAILED, "cannot make a pipe: %s", strerror(errno));
	f.fd = ends[1];
	fcntl(f.fd, F_SETFL, O_NONBLOCK);
	guard_begin(&g, true);
	rc = feed(argv, ends[0], &f, ms, &g.mask, e);
	guard_end(&g);
	if (f.fd >= 0)
		close(f.fd);
	return rc;
}

/* ---- waiting ---- */

/* One that stops takes us with it, and we take it with us when we go on.  A stop of the whole group came to
 * us too, and waits: both are one. */
static void stop_with(pid_t pid, const sigset_t *stop)
{
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, stop, NULL);
	sigprocmask(SIG_BLOCK, stop, NULL);
	kill(pid, SIGCONT);
}

static void wait_for(pid_t pid, int *status, const struct guard *g)
{
	sigset_t stop, mask = g->mask;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaddset(&mask, SIGTSTP);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	for (;;) {
		pid_t got = waitpid(pid, status, WUNTRACED);
		if (got == pid && WIFSTOPPED(*status))
			stop_with(pid, &stop);
		else if (got == pid || errno != EINTR)
			break;
	}
	signal(SIGTSTP, SIG_IGN);       /* one that it did not follow is over */
}

int spawn_wait(const char *const argv[], struct err *e)
{
	struct guard g;
	int status = 0, rc, tty = isatty(STDIN_FILENO) ? -1 : open("/dev/tty", O_RDWR | O_CLOEXEC);
	pid_t pid;

	guard_begin(&g, false);
	rc = start(argv, tty, false, &pid);
	if (!rc) {
		runs = pid;
		wait_for(pid, &status, &g);
	}
	guard_end(&g);
	if (tty >= 0)
		close(tty);
	return rc ? not_started(argv[0], rc, e) : ended(argv[0], status, e);
}
