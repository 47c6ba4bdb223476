/* buf: text that grows.  A zeroed struct is an empty buffer; data always ends in a NUL byte once
 * something was added.
 *
 *	struct buf b = { 0 };
 *	buf_addf(&b, "%s/%s", dir, name);
 *	open(buf_str(&b), ...);
 *	buf_release(&b);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/base.h"

struct buf {
	char *data;
	size_t len, cap;
};

void buf_addn(struct buf *b, const char *s, size_t n);
void buf_add(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_fill(struct buf *b, char c, int n);                    /* n times c; none for n < 1 */
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_addv(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
void buf_clear(struct buf *b);                                  /* empty, the memory is kept */
void buf_cut(struct buf *b, size_t len);                        /* at most len bytes stay */
const char *buf_str(const struct buf *b); /* borrowed until the next change; never NULL */
char *buf_detach(struct buf *b) MUST_USE;                       /* the text is yours, the buffer is empty */
void buf_release(struct buf *b);

#endif
