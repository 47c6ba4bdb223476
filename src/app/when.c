#include "config.h"
#include "app/when.h"

#include <time.h>

enum { LAST = 10 };     /* of YYYY-MM-DD */

/* The day some years from today. */
static void today(int years, char day[LAST + 1])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	long long set = epoch ? strtoll(epoch, &end, 10) : 0;
	time_t now = end > epoch && !*end ? (time_t)set : time(NULL);
	struct tm tm = { .tm_year = 0 };
	int year;

	if (!gmtime_r(&now, &tm))       /* a year that no int can hold */
		tm = (struct tm){ .tm_year = now < 0 ? 0 : 8000 };
	year = clamp_int(tm.tm_year, 0, 8000) + 1900 + years;
	snprintf(day, LAST + 1, "%04d-%02d-%02d", clamp_int(year, 0, 9999), clamp_int(tm.tm_mon + 1, 1, 12),
	         clamp_int(tm.tm_mday, 1, 31));
}

/* The last day that a date can mean. */
static void last_day(const char *date, char day[LAST + 1])
{
	static const char end[] = "9999-12-31";
	size_t n = strnlen(date, LAST);

	memcpy(day, date, n);
	memcpy(day + n, end + n, LAST - n);
	day[LAST] = '\0';
}

enum when when_ends(const char *date)
{
	char end[LAST + 1], now[LAST + 1], soon[LAST + 1];

	last_day(date, end);
	today(0, now);
	today(1, soon);
	return strcmp(end, now) < 0 ? WHEN_PAST : strcmp(end, soon) <= 0 ? WHEN_SOON : WHEN_LATER;
}

bool when_is_old(const char *date)
{
	char day[LAST + 1], then[LAST + 1];

	last_day(date, day);
	today(-1, then);
	return *date && strcmp(day, then) < 0;
}

const char *when_age(const char *date)
{
	return when_is_old(date) ? " (over a year old)" : "";
}
