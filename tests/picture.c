#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "vt.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define QUIET_MS 250
#define LIMIT_MS 5000
#define END_MS 2000

static int fail(const char *what, const char *name)
{
	fprintf(stderr, "picture: %s: %s.\n", name, what);
	return 1;
}

static bool is_drawn(struct vt *vt)
{
	char *screen = vt_screen(vt);
	bool drawn = screen[strspn(screen, " \n")] != '\0';

	free(screen);
	return drawn;
}

/* Quiet comes before the first byte too, hence the look at the screen. */
static bool wait_drawn(struct vt *vt)
{
	int tries;

	for (tries = LIMIT_MS / QUIET_MS; tries > 0; tries--) {
		vt_settle(vt, QUIET_MS, LIMIT_MS);
		if (is_drawn(vt))
			return true;
	}
	return false;
}

static int take(struct vt *vt, const char *keys, const char *title, const char *name)
{
	if (!wait_drawn(vt))
		return fail("drew nothing", name);
	if (!vt_keys(vt, keys))
		return 1; /* vt_keys said which one */
	vt_settle(vt, QUIET_MS, LIMIT_MS);
	if (!is_drawn(vt))
		return fail("left nothing on the screen after the keys", name);
	/* One that ended well, as ls does, may be drawn; the message of one that failed may not */
	if (vt_end(vt, 0) > 0)
		return fail("ended with an error", name);
	if (vt_svg(vt, stdout, title) < 0 || fflush(stdout) != 0)
		return fail(strerror(errno), "the picture could not be written");
	return 0;
}

/* The whole of s as COLSxROWS. */
static bool parse_size(const char *s, int *cols, int *rows)
{
	char after;

	return sscanf(s, "%4dx%4d%c", cols, rows, &after) == 2 && *cols > 0 && *rows > 0;
}

int main(int argc, char *argv[])
{
	struct vt *vt;
	int cols, rows, result;

	if (argc < 5) {
		fputs("usage: picture COLSxROWS KEYS TITLE COMMAND [ARG...] > file.svg\n", stderr);
		return 2;
	}
	if (!parse_size(argv[1], &cols, &rows))
		return fail("is not a size such as 80x24", argv[1]);
	vt = vt_open(cols, rows, (const char *const *)argv + 4, NULL);
	if (!vt)
		return fail(strerror(errno), argv[4]);
	result = take(vt, argv[2], argv[3], argv[4]);
	vt_hangup(vt);
	vt_end(vt, END_MS);
	vt_close(vt);
	return result;
}
