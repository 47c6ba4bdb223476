/* day: the time that is now, and days as text.
 *
 * Days are those in UTC, YYYY-MM-DD.  SOURCE_DATE_EPOCH (seconds since 1970) is taken for now where it is
 * set, so that what is printed can be printed again. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/base.h"

enum { DAY_LEN = 10, DAY_STAMP_LEN = 15 };

int64_t day_now(void);                                          /* seconds since 1970 */
/* The day of a second, some years later or (below 0) earlier. */
void day_text(int64_t second, int years, char day[DAY_LEN + 1]);
/* The second itself, as part of the name of a file: "20261122T055400". */
void day_stamp(int64_t second, char stamp[DAY_STAMP_LEN + 1]);
/* Days from 1970-01-01, a Thursday, to the day that a text begins with; -1 where it begins with none. */
int day_number(const char *text);

#endif
