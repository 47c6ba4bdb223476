/* base: attributes and small macros that every file may use.  Knows C and POSIX only. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_LEN(a) ((int)(sizeof(a) / sizeof *(a)))
#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)

#if defined __GNUC__ || defined __clang__
# define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
# define MUST_USE __attribute__((warn_unused_result))
# define NORETURN __attribute__((noreturn))
# define UNUSED __attribute__((unused))
#else
# define PRINTF(fmt, args)
# define MUST_USE
# define NORETURN
# define UNUSED
#endif

static inline int min_int(int a, int b) { return a < b ? a : b; }
static inline int max_int(int a, int b) { return a > b ? a : b; }
/* low wins where low > high. */
static inline int clamp_int(int v, int low, int high) { return max_int(low, min_int(v, high)); }

#include "base/banned.h"
#endif
