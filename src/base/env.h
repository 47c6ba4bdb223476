/* env: what the environment says. */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#include "base/base.h"

/* The value of a variable; NULL where it is not there or empty.  Borrowed. */
const char *env_get(const char *name);
/* Whether there shall be no way out of the program: no editor, no tool, no file but the user's own database
 * (ONUS_RESTRICTED). */
bool env_restricted(void);

#endif
