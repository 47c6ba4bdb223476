#include "config.h"
#include "base/err.h"

#include <stdarg.h>

void (*die_hook)(void);

int err_set(struct err *e, enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof e->msg, fmt, ap);
	va_end(ap);
	e->status = status;
	return -1;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
	struct err whole = { .status = e->status };
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(whole.msg, sizeof whole.msg, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof whole.msg)
		snprintf(whole.msg + n, sizeof whole.msg - (size_t)n, ": %.*s",
			 (int)sizeof whole.msg - n - 3, e->msg);
	*e = whole;
	return -1;
}

void die(enum status status, const char *fmt, ...)
{
	va_list ap;

	if (die_hook)
		die_hook();
	fputs("onus: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(status);
}
