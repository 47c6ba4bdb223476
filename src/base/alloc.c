#include "config.h"
#include "base/alloc.h"

#include <sys/mman.h>
#if defined __GLIBC__
# include <malloc.h>
#endif

#include "base/err.h"

static void *checked(void *p)
{
	if (!p)
		die(STATUS_FAILED, "out of memory");
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		die(STATUS_FAILED, "out of memory");
	return checked(realloc(p, n && size ? n * size : 1));
}

char *xstrdup(const char *s)
{
	return checked(strdup(s));
}

char *xstrndup(const char *s, size_t n)
{
	return checked(strndup(s, n));
}

void alloc_expect(size_t bytes)
{
#if defined __GLIBC__ && defined MADV_POPULATE_WRITE
	enum { PAGE = 4096 };
	char *block;

	mallopt(M_MMAP_THRESHOLD, (int)bytes * 2);      /* it comes from the heap, */
	mallopt(M_TRIM_THRESHOLD, (int)bytes * 2);      /* and stays there */
	block = xrealloc(NULL, bytes, 1);
	madvise(block + PAGE - (uintptr_t)block % PAGE, bytes - PAGE, MADV_POPULATE_WRITE);
	free(block);
#else
	(void)bytes;
#endif
}

void *grow_(void *array, int n, int *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 8;
	return xrealloc(array, (size_t)*cap, size);
}
