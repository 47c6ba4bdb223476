/* alloc: memory or the end of the program; nobody has to ask for NULL. */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include "base/base.h"

void *xcalloc(size_t n, size_t size) MUST_USE;                 /* zeroed; n may be 0 */
void *xrealloc(void *p, size_t n,
	       size_t size) MUST_USE; /* room for n items of size; checks the product */
char *xstrdup(const char *s) MUST_USE;
char *xstrndup(const char *s, size_t n) MUST_USE;

/* About so many bytes will be needed soon: where the C library and the kernel can, take them at once, which
 * is faster than a page at a time.  Before much else is allocated. */
void alloc_expect(size_t bytes);

/* Make room for one more in a growing array: `array`, its count and its capacity.  The new item is
 * zeroed and its address is the value. */
#define GROW(array, n, cap) \
	((array) = grow_(array, n, &(cap), sizeof *(array)), \
	 memset(&(array)[n], 0, sizeof *(array)), &(array)[(n)++])
void *grow_(void *array, int n, int *cap, size_t size) MUST_USE;

#endif
