#include "config.h"
#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

#include "ui/outlet.h"

static struct {
	int in, out;
	int pipe[2];
	struct termios before;
	volatile sig_atomic_t waiting, ending;  /* something is in the pipe; one that ends us */
	bool may_stop;                          /* SIGTSTP was not ignored when we came */
} our;

static void on_signal(int sig)
{
	int saved = errno;
	char c = (char)sig;
	struct iovec part = { &c, 1 };

	our.waiting = 1;
	if (sig != SIGWINCH && sig != SIGTSTP) {
		our.ending = 1;
		outlet_hurry();
	}
	if (writev(our.pipe[1], &part, 1) < 0)
		errno = saved;          /* full: one is waiting already */
	errno = saved;
}

/* The end of a crash: a fixed string and the settings of before, no curses. */
static void on_crash(int sig)
{
	static char reset[] = "\033[0m\033[?2004l\033[?1l\033>\033[?25h\033[?1049l\r\n";
	struct iovec part = { reset, sizeof reset - 1 };

	if (writev(our.out, &part, 1) >= 0)
		tcsetattr(our.in, TCSANOW, &our.before);
	raise(sig);                     /* the handler is the default's again */
}

static const int ending[] = { SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP };
static const int crashing[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static void handle(bool ours)
{
	struct sigaction on = { .sa_handler = ours ? on_signal : SIG_DFL };
	struct sigaction crash = { .sa_handler = ours ? on_crash : SIG_DFL,
				   .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
	struct sigaction was;

	if (ours && sigaction(SIGTSTP, NULL, &was) == 0)
		our.may_stop = was.sa_handler != SIG_IGN;
	for (int i = 0; i < ARRAY_LEN(ending); i++)
		/* Whoever started us under nohup meant it; then a lost terminal says so itself. */
		if (sigaction(ending[i], NULL, &was) == 0 && !(ours && was.sa_handler == SIG_IGN))
			sigaction(ending[i], &on, NULL);
	for (int i = 0; i < ARRAY_LEN(crashing); i++)
		sigaction(crashing[i], &crash, NULL);
}

int signals_open(int in, int out, struct err *e)
{
	our.in = in;
	our.out = out;
	if (pipe2(our.pipe, O_NONBLOCK | O_CLOEXEC))
		return err_set(e, STATUS_FAILED, "cannot make a pipe: %s", strerror(errno));
	tcgetattr(in, &our.before);
	handle(true);
	return 0;
}

void signals_close(void)
{
	handle(false);
	close(our.pipe[0]);
	close(our.pipe[1]);
}

int signals_fd(void)
{
	return our.pipe[0];
}

bool signals_waiting(void)
{
	return our.waiting;
}

bool signals_ending(void)
{
	return our.ending;
}

int signals_next(void)
{
	unsigned char sig;

	our.waiting = 0;                /* before the read: a signal now is one more look */
	if (read(our.pipe[0], &sig, 1) != 1)
		return 0;
	our.waiting = 1;
	return sig;
}

bool signals_may_stop(void)
{
	return our.may_stop;
}

void signals_stop(void)
{
	struct sigaction now, stop = { .sa_handler = SIG_DFL };

	sigaction(SIGTSTP, &stop, &now);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &now, NULL);
}
