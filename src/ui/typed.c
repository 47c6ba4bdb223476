#include "config.h"
#include "ui/typed.h"

int typed_byte(int byte)
{
	static int left;
	static uint32_t cp, least;

	if (byte < 0x80) {
		left = 0;
		return byte;
	}
	if (byte >= 0xc2 && byte < 0xf5) {
		left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
		cp = (uint32_t)byte & (0x3fu >> left);
		least = left == 1 ? 0x80 : left == 2 ? 0x800 : 0x10000;
	} else if (byte >= 0xc0 || !left) {
		left = 0;
	} else {
		cp = cp << 6 | ((uint32_t)byte & 0x3f);
		if (--left == 0 && cp >= least && cp < 0x110000 && (cp < 0xd800 || cp > 0xdfff))
			return (int)cp;
	}
	return 0;
}

int typed_pasted(int byte)
{
	if (byte == '\n' || byte == '\r' || byte == '\t')
		return ' ';
	return byte >= ' ' && byte != 0x7f && byte <= 0xff ? typed_byte(byte) : 0;
}

bool typed_paste(bool begin, bool end)
{
	static struct timespec last;
	static bool on;
	struct timespec t;

	if (begin || end) {
		on = begin;
		clock_gettime(CLOCK_MONOTONIC, &last);
		return true;
	}
	if (!on)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &t);
	on = (t.tv_sec - last.tv_sec) * 1000 + (t.tv_nsec - last.tv_nsec) / 1000000 < 500;
	last = t;
	return on;
}
