#include "config.h"
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/env.h"

static int fail(struct err *e, const char *what, const char *file)
{
	return err_set(e, STATUS_DATA, "cannot %s %s: %s", what, file, strerror(errno));
}

static int read_all(int fd, const char *file, size_t max, struct buf *out, struct err *e)
{
	char chunk[16384];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(e, "read", file);
		buf_addn(out, chunk, (size_t)n);
		if (out->len > max)
			return err_set(e, STATUS_DATA, "%s is larger than %zu bytes", file, max);
	}
	return 0;
}

int path_read(const char *file, size_t max, struct buf *out, struct err *e)
{
	/* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
	int fd = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), rc;
	struct stat st;

	buf_clear(out);
	if (fd < 0 && errno == ELOOP)
		return err_set(e, STATUS_DATA, "%s is a symbolic link; name the file itself", file);
	if (fd < 0)
		return fail(e, "open", file);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		rc = err_set(e, STATUS_DATA, "%s is not a regular file", file);
	else
		rc = read_all(fd, file, max, out, e);
	close(fd);
	return rc;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int path_list(const char *dir, char ***names, int *n, struct err *e)
{
	DIR *d = opendir(dir);
	int cap = 0;

	*names = NULL, *n = 0;
	if (!d)
		return errno == ENOENT ? 0 : fail(e, "open", dir);
	for (struct dirent *entry; (entry = readdir(d));)
		if (entry->d_name[0] != '.')
			*GROW(*names, *n, cap) = xstrdup(entry->d_name);
	closedir(d);
	if (*n)
		qsort(*names, (size_t)*n, sizeof **names, by_name);
	return 0;
}

void path_free_list(char **names, int n)
{
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
}

bool path_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool path_is_own_dir(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISDIR(st.st_mode);
}

bool path_is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

bool path_is_own_file(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISREG(st.st_mode);
}

bool path_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

char *path_meant(const char *typed)
{
	const char *home = env_get("HOME");
	struct buf b = { 0 };

	if (home && typed[0] == '~' && (!typed[1] || typed[1] == '/'))
		buf_addf(&b, "%s%s", home, typed + 1);
	else
		buf_add(&b, typed);
	return buf_detach(&b);
}

void path_add_slug(struct buf *out, const char *text)
{
	enum { MOST = 100 };            /* bytes: a text may be longer than a name can be */
	size_t end = out->len + MOST;

	for (bool gap = true; *text && out->len < end; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (plain)
			buf_addf(out, "%s%c", gap ? "-" : "", c);
		gap = !plain;
	}
}

char *path_temporary(const char *file)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s.%ld.new", file, (long)getpid());
	return buf_detach(&b);
}

static int sync_at(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC), rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

static char *folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return xstrdup(".");
	return xstrndup(file, slash == file ? 1 : (size_t)(slash - file));
}

int path_writable(const char *file, struct err *e)
{
	char *dir = folder_of(file);
	int rc = 0;

	if (path_exists(file) && !path_is_file(file))
		rc = err_set(e, STATUS_DATA, "cannot write: %s is not a file", file);
	else if (access(dir, W_OK | X_OK))
		rc = fail(e, "write", file);
	free(dir);
	return rc;
}

int path_commit(const char *temporary, const char *file, struct err *e)
{
	char *dir = folder_of(file);
	int rc = 0;

	if (sync_at(temporary, O_RDWR))
		rc = fail(e, "write", temporary);
	else if (rename(temporary, file))
		rc = fail(e, "replace", file);
	else if (sync_at(dir, O_RDONLY | O_DIRECTORY) && errno != EINVAL)
		rc = fail(e, "write", dir);
	if (rc)
		unlink(temporary);
	free(dir);
	return rc;
}

static bool write_all(int fd, const char *text, size_t n)
{
	for (ssize_t put; n; text += put, n -= (size_t)put) {
		put = write(fd, text, n);
		if (put < 0 && errno == EINTR)
			put = 0;
		if (put < 0)
			return false;
	}
	return true;
}

int path_create(const char *file, const char *text, size_t n, struct err *e)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666), rc = 0;

	if (fd < 0)
		return fail(e, "make", file);
	if (!write_all(fd, text, n) || fsync(fd))
		rc = fail(e, "write", file);
	if (close(fd) && !rc)
		rc = fail(e, "write", file);
	if (rc)
		unlink(file);
	return rc;
}

/* ---- streams to a file ---- */

/* Whether the place is free, or holds a file that may be replaced. */
static int may_place(const char *file, bool force, struct err *e)
{
	struct stat st;

	if (!*file)
		return err_set(e, STATUS_DATA, "a file needs a name");
	if (lstat(file, &st))
		return errno == ENOENT ? 0 : fail(e, "write", file);
	if (!S_ISREG(st.st_mode))
		return err_set(e, STATUS_DATA, "cannot write: %s is there, and is not a regular file", file);
	return force ? 0 : err_set(e, STATUS_DATA, "%s is there already; --force replaces it", file);
}

static void forget(struct path_out *o)
{
	free(o->file);
	free(o->temporary);
	*o = (struct path_out){ 0 };
}

int path_out_open(struct path_out *o, const char *file, bool force, struct err *e)
{
	int fd;

	*o = (struct path_out){ .force = force };
	if (may_place(file, force, e))
		return -1;
	o->file = xstrdup(file);
	o->temporary = path_temporary(file);
	fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd >= 0) {
		o->out = fdopen(fd, "w");
		if (o->out)
			return 0;
		close(fd);
		unlink(o->temporary);
	}
	fail(e, "write", file);
	forget(o);
	return -1;
}

/* Give a file its name, which must be free; where there are no hard links, by an empty file that takes the
 * name first. */
static int place_new(const char *temporary, const char *file, struct err *e)
{
	int fd;

	if (!link(temporary, file)) {
		unlink(temporary);
		return 0;
	}
	if (errno == EEXIST)
		return err_set(e, STATUS_DATA, "%s is there already; --force replaces it", file);
	fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail(e, "write", file);
	close(fd);
	if (path_commit(temporary, file, e)) {
		unlink(file);
		return -1;
	}
	return 0;
}

int path_out_close(struct path_out *o, struct err *e)
{
	bool bad = fflush(o->out) || ferror(o->out);
	int rc = 0;

	if (bad)
		rc = fail(e, "write", o->file);
	if (fclose(o->out) && !rc)
		rc = fail(e, "write", o->file);
	if (!rc)
		rc = may_place(o->file, o->force, e);
	if (!rc && o->force)
		rc = path_commit(o->temporary, o->file, e);
	else if (!rc)
		rc = sync_at(o->temporary, O_RDWR) ? fail(e, "write", o->file)
						   : place_new(o->temporary, o->file, e);
	if (rc)
		unlink(o->temporary);
	forget(o);
	return rc;
}

void path_out_drop(struct path_out *o)
{
	if (!o->out)
		return;
	fclose(o->out);
	unlink(o->temporary);
	forget(o);
}
