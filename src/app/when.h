/* when: dates of content against today: YYYY, YYYY-MM or YYYY-MM-DD, as text.
 *
 * Today is that of base/day.h. */
#ifndef APP_WHEN_H
#define APP_WHEN_H

#include "base/base.h"

/* Whether something that ends on a date has ended, will within a year, or later. */
enum when { WHEN_LATER, WHEN_SOON, WHEN_PAST };
enum when when_ends(const char *date);
/* Whether what was true on a date is more than a year old; false where there is no date. */
bool when_is_old(const char *date);
/* What is said behind such a date: " (over a year old)", or nothing. */
const char *when_age(const char *date);

#endif
