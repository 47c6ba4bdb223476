#include "config.h"
#include "app/when.h"

#include "base/day.h"

enum { LAST = DAY_LEN };

/* The day some years from today. */
static void today(int years, char day[LAST + 1])
{
	day_text(day_now(), years, day);
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
