#include "config.h"
#include "ui/clip.h"

#include "base/buf.h"
#include "base/env.h"
#include "base/path.h"
#include "base/spawn.h"
#include "text/text.h"

enum { PATIENCE = 3000, OSC_MOST = 70000 };     /* ms; bytes that every terminal takes */

/* In the order in which they are tried. */
static const struct way {
	const char *name;
	const char *argv[5];
	const char *needs;      /* in the environment, or NULL */
	bool near;              /* not over ssh, where it would be somebody else's screen */
	bool harmless;          /* also where writing is switched off */
	bool utf16;
	const char *said;
} ways[] = {
	{ .name = "tmux", .argv = { "tmux", "load-buffer", "-w", "-" }, .needs = "TMUX", .harmless = true,
	  .said = "copied to the tmux buffer" },
	{ .name = "wl-copy", .argv = { "wl-copy" }, .needs = "WAYLAND_DISPLAY", .near = true,
	  .said = "given to wl-copy" },
	{ .name = "xclip", .argv = { "xclip", "-selection", "clipboard" }, .needs = "DISPLAY", .near = true,
	  .said = "given to xclip" },
	{ .name = "xsel", .argv = { "xsel", "-ib" }, .needs = "DISPLAY", .near = true,
	  .said = "given to xsel" },
	{ .name = "clip.exe", .argv = { "clip.exe" }, .needs = "WSL_DISTRO_NAME", .near = true, .utf16 = true,
	  .said = "given to clip.exe" },
	{ .name = "pbcopy", .argv = { "pbcopy" }, .near = true,
	  .said = "given to pbcopy" },
	{ .name = "osc52", .harmless = true,    /* the terminal itself */
	  .said = "sent to the terminal's clipboard (OSC 52)" },
};

static bool is_auto(const char *way)
{
	return !way || !strcmp(way, "auto");
}

static bool is_path(const char *way)
{
	return strchr(way, '/') != NULL;
}

static const struct way *way_of(const char *name)
{
	for (int i = 0; i < ARRAY_LEN(ways); i++)
		if (!strcmp(ways[i].name, name))
			return &ways[i];
	return NULL;
}

int clip_check(const char *way, struct err *e)
{
	struct buf names = { 0 };

	if (is_auto(way) || is_path(way) || !strcmp(way, "off") || way_of(way))
		return 0;
	for (int i = 0; i < ARRAY_LEN(ways); i++)
		buf_addf(&names, ", %s", ways[i].name);
	err_set(e, STATUS_USAGE, "--clipboard takes auto%s, off or a path with a slash, not %s",
		buf_str(&names), way);
	buf_release(&names);
	return -1;
}

/* ---- by the terminal ---- */

static void add_base64(struct buf *out, const char *text, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)text;

	for (size_t i = 0; i < n; i += 3) {
		unsigned bits = (unsigned)s[i] << 16;
		bits |= i + 1 < n ? (unsigned)s[i + 1] << 8 : 0;
		bits |= i + 2 < n ? s[i + 2] : 0;
		buf_addc(out, digits[bits >> 18]);
		buf_addc(out, digits[bits >> 12 & 63]);
		buf_addc(out, i + 1 < n ? digits[bits >> 6 & 63] : '=');
		buf_addc(out, i + 2 < n ? digits[bits & 63] : '=');
	}
}

static int send_text(const struct clip *c, const char *text, size_t n, struct err *e)
{
	struct buf bytes = { 0 };
	int rc = 0;

	buf_add(&bytes, "\033]52;c;");
	add_base64(&bytes, text, n);
	buf_add(&bytes, "\a");
	if (bytes.len > OSC_MOST)
		rc = err_set(e, STATUS_FAILED, "%zu kB are too much for the terminal's clipboard; w writes a "
			     "file", n / 1000);
	else if (!c->send || !c->send(buf_str(&bytes), bytes.len))
		rc = err_set(e, STATUS_FAILED, "this terminal has no clipboard; run in tmux, install wl-copy "
			     "or xclip, or name a file with --clipboard");
	buf_release(&bytes);
	return rc;
}

/* ---- by a program ---- */

static void add_unit(struct buf *out, uint32_t unit)
{
	buf_addc(out, (char)(unit & 0xff));
	buf_addc(out, (char)(unit >> 8));
}

/* Windows takes bytes for those of its own old code page, unless they begin so. */
static void add_utf16(struct buf *out, const char *text, size_t n)
{
	uint32_t cp;

	add_unit(out, 0xfeff);
	for (size_t i = 0; i < n; ) {
		i += (size_t)text_decode(text + i, &cp);
		if (cp >= 0x10000) {
			add_unit(out, 0xd800 + ((cp - 0x10000) >> 10));
			add_unit(out, 0xdc00 + ((cp - 0x10000) & 0x3ff));
		} else {
			add_unit(out, cp);
		}
	}
}

static int run(const struct way *w, const char *text, size_t n, struct err *e)
{
	struct buf units = { 0 };
	int rc;

	if (!w->utf16)
		return spawn_feed(w->argv, text, n, PATIENCE, e);
	add_utf16(&units, text, n);
	rc = spawn_feed(w->argv, buf_str(&units), units.len, PATIENCE, e);
	buf_release(&units);
	return rc;
}

/* ---- all ways ---- */

static int write_file(const char *way, const char *text, size_t n, struct err *e)
{
	char *file = path_meant(way);
	struct path_out o;
	int rc = path_out_open(&o, file, true, e);

	if (!rc) {
		fwrite(text, 1, n, o.out);
		rc = path_out_close(&o, e);
	}
	free(file);
	return rc;
}

static int copy_by(const struct clip *c, const struct way *w, const char *text, size_t n, struct err *e)
{
	if (!w->harmless && env_restricted())
		return err_set(e, STATUS_FAILED, "%s is switched off here", w->name);
	return w->argv[0] ? run(w, text, n, e) : send_text(c, text, n, e);
}

static bool is_near(void)
{
	return !env_get("SSH_TTY") && !env_get("SSH_CONNECTION");
}

/* The first that works. */
static const struct way *copy_somehow(const struct clip *c, const char *text, size_t n, struct err *e)
{
	for (int i = 0; i < ARRAY_LEN(ways); i++)
		if ((!ways[i].needs || env_get(ways[i].needs)) && (!ways[i].near || is_near()) &&
		    !copy_by(c, &ways[i], text, n, e))
			return &ways[i];
	return NULL;
}

int clip_copy(const struct clip *c, const char *text, size_t n, const char **said, struct err *e)
{
	const struct way *w;

	if (is_auto(c->way)) {
		w = copy_somehow(c, text, n, e);
		*said = w ? w->said : "";
		return w ? 0 : -1;
	}
	if (!strcmp(c->way, "off") || (is_path(c->way) && env_restricted()))
		return err_set(e, STATUS_FAILED, "copying is switched off here");
	if (is_path(c->way)) {
		*said = "written to the file of --clipboard";
		return write_file(c->way, text, n, e);
	}
	w = way_of(c->way);
	*said = w->said;
	return copy_by(c, w, text, n, e);
}
