#include "config.h"
#include "ui/outlet.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
	char data[1 << 16];
	size_t n;
	int fd;
	bool lost;
	volatile sig_atomic_t on, hurry;
} out = { .fd = -1 };

void outlet_open(int fd)
{
	out.fd = fd;
}

void outlet_begin(void)
{
	out.on = 1;
}

void outlet_hurry(void)
{
	out.hurry = 1;
}

bool outlet_lost(void)
{
	return out.lost;
}

/* Without waiting longer than for a terminal that is slow: one that takes nothing is lost, and with a
 * signal that ends us pending there is no waiting at all. */
void outlet_send(const char *s, size_t n)
{
	enum { AT_ONCE = 256 };         /* what fits where poll() says there is room */

	while (n && !out.lost) {
		struct pollfd ready = { out.fd, POLLOUT, 0 };
		struct iovec part = { (void *)(uintptr_t)s, out.hurry && n > AT_ONCE ? AT_ONCE : n };
		ssize_t done;
		if (out.hurry && poll(&ready, 1, 100) < 1) {
			out.lost = true;
			break;
		}
		done = writev(out.fd, &part, 1);
		if (done < 0 && errno == EAGAIN) {
			if (poll(&ready, 1, 1000) < 1)
				out.lost = true;
		} else if (done < 0 && errno != EINTR) {
			out.lost = true;
		} else if (done > 0) {
			s += done, n -= (size_t)done;
		}
	}
}

void outlet_end(void)
{
	out.on = 0;
	outlet_send(out.data, out.n);
	out.n = 0;
}

__attribute__((visibility("default"))) ssize_t write(int fd, const void *data, size_t n);
ssize_t write(int fd, const void *data, size_t n)
{
	struct iovec part = { (void *)(uintptr_t)data, n };

	if (!out.on || fd != out.fd)
		return writev(fd, &part, 1);
	if (out.n + n > sizeof out.data) {
		outlet_send(out.data, out.n);
		out.n = 0;
	}
	if (n > sizeof out.data)
		return writev(fd, &part, 1);
	memcpy(out.data + out.n, data, n);
	out.n += n;
	return (ssize_t)n;
}
