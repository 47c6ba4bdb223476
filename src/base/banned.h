/* banned: calls that write without a bound, or keep hidden state, do not compile. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* The headers that declare them come first, or the poison would hit the declarations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __GNUC__
# pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi system popen
#endif
#endif
