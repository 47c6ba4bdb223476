#include "config.h"
#include "base/day.h"

#include <time.h>

int64_t day_now(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	long long set = epoch ? strtoll(epoch, &end, 10) : 0;

	return end > epoch && !*end ? set : time(NULL);
}

static struct tm calendar(int64_t second)
{
	time_t t = (time_t)second;
	struct tm tm = { .tm_year = 0 };

	if (!gmtime_r(&t, &tm))         /* a year that no int can hold */
		tm = (struct tm){ .tm_year = second < 0 ? 0 : 8000 };
	tm.tm_year = clamp_int(tm.tm_year, 0, 8000) + 1900;
	tm.tm_mon = clamp_int(tm.tm_mon + 1, 1, 12);
	tm.tm_mday = clamp_int(tm.tm_mday, 1, 31);
	return tm;
}

void day_text(int64_t second, int years, char day[DAY_LEN + 1])
{
	struct tm tm = calendar(second);

	snprintf(day, DAY_LEN + 1, "%04d-%02d-%02d", clamp_int(tm.tm_year + years, 0, 9999), tm.tm_mon,
	         tm.tm_mday);
}

void day_stamp(int64_t second, char stamp[DAY_STAMP_LEN + 1])
{
	struct tm tm = calendar(second);

	snprintf(stamp, DAY_STAMP_LEN + 1, "%04d%02d%02dT%02d%02d%02d", clamp_int(tm.tm_year, 0, 9999),
	         tm.tm_mon, tm.tm_mday, clamp_int(tm.tm_hour, 0, 23), clamp_int(tm.tm_min, 0, 59),
	         clamp_int(tm.tm_sec, 0, 60));
}

/* Whether a text begins with n digits, and the number that they are. */
static bool digits(const char *s, int n, int *number)
{
	*number = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*number = *number * 10 + s[i] - '0';
	}
	return true;
}

int day_number(const char *s)
{
	int year, month, day, era;

	if (strnlen(s, DAY_LEN) < DAY_LEN || s[4] != '-' || s[7] != '-' || !digits(s, 4, &year) ||
	    !digits(s + 5, 2, &month) || !digits(s + 8, 2, &day))
		return -1;
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31)
		return -1;
	/* Years begin in March here, so that a leap day is the last one. */
	era = month < 3 ? year - 1 : year;
	month = (month + 9) % 12;
	return era * 365 + era / 4 - era / 100 + era / 400 + (153 * month + 2) / 5 + day - 1 - 719468;
}
