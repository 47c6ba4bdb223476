#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "util.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void util_start(void)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("POSIXLY_CORRECT");
}

char *util_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char name[512];

	snprintf(name, sizeof name, "%s/onus-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(name));
	return strdup(name);
}

static void remove_all(const char *path)
{
	struct stat st;
	DIR *d;

	if (lstat(path, &st))
		return;
	if (!S_ISDIR(st.st_mode)) {
		unlink(path);
		return;
	}
	chmod(path, 0700);
	d = opendir(path);
	for (struct dirent *e; d && (e = readdir(d));)
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) {
			char *below = NULL;
			if (asprintf(&below, "%s/%s", path, e->d_name) > 0)
				remove_all(below);
			free(below);
		}
	if (d)
		closedir(d);
	rmdir(path);
}

void util_remove(char *dir)
{
	remove_all(dir);
	free(dir);
}

int util_setup(void **state)
{
	*state = util_dir();
	return 0;
}

int util_teardown(void **state)
{
	util_remove(*state);
	return 0;
}

const char *util_path(const char *dir, const char *name)
{
	static char ring[16][1024];
	static int at;
	char *out = ring[at++ % COUNT(ring)];
	int n = snprintf(out, sizeof ring[0], "%s/%s", dir, name);

	assert_in_range(n, 1, sizeof ring[0] - 1);
	return out;
}

static void make_folders(const char *file)
{
	char dir[1024];

	for (const char *at = strchr(file + 1, '/'); at; at = strchr(at + 1, '/')) {
		snprintf(dir, sizeof dir, "%.*s", (int)(at - file), file);
		mkdir(dir, 0700);
	}
}

void util_write(const char *file, const void *data, size_t n)
{
	FILE *f;

	make_folders(file);
	unlink(file);
	f = fopen(file, "wb");
	if (!f)
		fail_msg("cannot write %s", file);
	assert_int_equal(fwrite(data, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

void util_write_text(const char *file, const char *text)
{
	util_write(file, text, strlen(text));
}

char *util_read(const char *file, size_t *n)
{
	FILE *f = fopen(file, "rb");
	char *data = NULL;
	long size;

	if (!f)
		fail_msg("cannot read %s", file);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	assert_true(size >= 0);
	rewind(f);
	data = calloc((size_t)size + 1, 1);
	assert_non_null(data);
	assert_int_equal(fread(data, 1, (size_t)size, f), size);
	fclose(f);
	if (n)
		*n = (size_t)size;
	return data;
}

void util_copy(const char *from, const char *to)
{
	size_t n;
	char *data = util_read(from, &n);

	util_write(to, data, n);
	free(data);
}

bool util_same(const char *a, const char *b)
{
	size_t n, m;
	char *x = util_read(a, &n), *y = util_read(b, &m);
	bool same = n == m && !memcmp(x, y, n);

	free(x);
	free(y);
	return same;
}

int util_count(const char *dir)
{
	DIR *d = opendir(dir);
	int n = -2;             /* . and .. */

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

void util_tree(const char *dir, const struct util_file *file, int n)
{
	for (int i = 0; i < n; i++)
		util_write_text(util_path(dir, file[i].name), file[i].text);
}

const char *util_srcdir(void)
{
	const char *dir = getenv("srcdir");

	if (!dir)
		fail_msg("the environment has no srcdir");
	return dir;
}

const char *util_db(void)
{
	const char *file = getenv("ONUS_TEST_DB");

	if (!file)
		fail_msg("the environment has no ONUS_TEST_DB");
	return file;
}

/* Strict UTF-8, written down a second time so that it cannot share a fault with the program. */
static int decode(const unsigned char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int bytes = s[0] < 0x80       ? 1
	            : s[0] >> 5 == 6  ? 2
	            : s[0] >> 4 == 14 ? 3
	            : s[0] >> 3 == 30 ? 4
	                              : 0;

	if (!bytes || (size_t)bytes > n)
		return 0;
	*cp = bytes == 1 ? s[0] : s[0] & (0x7fu >> bytes);
	for (int i = 1; i < bytes; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3f);
	}
	return *cp < least[bytes] || *cp > 0x10ffff || (*cp >= 0xd800 && *cp < 0xe000) ? 0 : bytes;
}

static bool acts(uint32_t cp)
{
	static const struct {
		uint32_t from, to;
	} bad[] = { { 0, 0x1f },          { 0x7f, 0x9f },     { 0x61c, 0x61c },
		    { 0x200b, 0x200f },   { 0x2028, 0x202e }, { 0x2060, 0x206f },
		    { 0xe000, 0xf8ff },   { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
		    { 0xe0000, 0x10ffff } };

	for (int i = 0; i < COUNT(bad); i++)
		if (cp >= bad[i].from && cp <= bad[i].to)
			return true;
	return false;
}

bool util_tame(const char *s, size_t n, bool newlines)
{
	uint32_t cp = 0;

	for (size_t at = 0; at < n;) {
		int bytes = decode((const unsigned char *)s + at, n - at, &cp);
		if (!bytes || (acts(cp) && !(newlines && cp == '\n')))
			return false;
		at += (size_t)bytes;
	}
	return true;
}

void util_assert_tame(const char *s, bool newlines)
{
	char hex[400] = "";

	assert_non_null(s);
	if (util_tame(s, strlen(s), newlines))
		return;
	for (size_t i = 0; s[i] && i < 120; i++)
		snprintf(hex + 3 * i, 4, " %02x", (unsigned char)s[i]);
	fail_msg("a text could control a terminal:%s", hex);
}

void util_assert_sentence(const char *s)
{
	size_t n = strlen(s);

	if (n < 10 || !strchr(s, ' ') || strchr(s, '\n') || s[n - 1] == '.' || s[n - 1] == ' ')
		fail_msg("this is no sentence: \"%s\"", s);
}

static uint32_t state;

void util_seed(void)
{
	const char *seed = getenv("ONUS_TEST_SEED");

	state = seed ? (uint32_t)strtoul(seed, NULL, 10) : 20261121;
	print_message("# seed %lu\n", (unsigned long)state);
	state = state ? state : 1;
}

uint32_t util_random(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}
