#include "config.h"
#include "store/store_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"

/* The XDG specification has relative names ignored. */
static const char *absolute(const char *value)
{
	return value && *value == '/' ? value : NULL;
}

static char *folder_name(struct err *e)
{
	const char *data = absolute(getenv("XDG_DATA_HOME")), *home = absolute(getenv("HOME"));
	struct buf b = { 0 };

	if (data)
		buf_addf(&b, "%s/onus", data);
	else if (home)
		buf_addf(&b, "%s/.local/share/onus", home);
	else
		err_set(e, STATUS_DATA, "there is no folder for notes: set HOME or XDG_DATA_HOME");
	return b.len ? buf_detach(&b) : NULL;
}

char *store_path(struct err *e)
{
	char *dir = folder_name(e);
	struct buf b = { 0 };

	if (!dir)
		return NULL;
	buf_addf(&b, "%s/user.db", dir);
	free(dir);
	return buf_detach(&b);
}

static int make_folders(const char *dir, struct err *e)
{
	for (const char *end = dir; end;) {
		char *part;
		int rc = 0;
		end = strchr(end + 1, '/');
		part = end ? xstrndup(dir, (size_t)(end - dir)) : xstrdup(dir);
		if (mkdir(part, 0700) && !path_is_dir(part))
			rc = err_set(e, STATUS_DATA, "cannot make the folder %s: %s", part, strerror(errno));
		free(part);
		if (rc)
			return -1;
	}
	return 0;
}

/* Ours alone: nobody else can put a link or a journal there. */
static int check_folder(const char *dir, struct err *e)
{
	struct stat st;

	if (lstat(dir, &st))
		return err_set(e, STATUS_DATA, "cannot use the folder %s: %s", dir, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(e, STATUS_DATA, "%s is not a folder; notes are kept in one of that name",
			       dir);
	if (st.st_uid != geteuid())
		return err_set(e, STATUS_DATA, "the folder %s belongs to somebody else; it is not used", dir);
	if (st.st_mode & (S_IWGRP | S_IWOTH))
		return err_set(e, STATUS_DATA,
			       "others can write to the folder %s; it is not used until chmod 700", dir);
	return 0;
}

int store_folder(char **dir, bool make, struct err *e)
{
	char *name = folder_name(e);
	int rc = name ? 1 : -1;

	*dir = NULL;
	if (name && !path_exists(name))
		rc = make ? make_folders(name, e) ? -1 : 1 : 0;
	if (rc > 0 && check_folder(name, e))
		rc = -1;
	if (rc > 0) {
		*dir = realpath(name, NULL);
		if (!*dir)
			rc = err_set(e, STATUS_DATA, "cannot use the folder %s: %s", name, strerror(errno));
	}
	free(name);
	return rc;
}

int store_subfolder(const char *dir, struct err *e)
{
	if (mkdir(dir, 0700) && errno != EEXIST)
		return err_set(e, STATUS_DATA, "cannot make the folder %s: %s", dir, strerror(errno));
	return check_folder(dir, e);
}

int store_file(const char *path, int64_t *size, struct err *e)
{
	struct stat st;

	*size = 0;
	if (lstat(path, &st))
		return errno == ENOENT ? 0 : err_set(e, STATUS_DATA, "cannot read %s: %s", path,
						     strerror(errno));
	if (S_ISLNK(st.st_mode))
		return err_set(e, STATUS_DATA, "%s is a symbolic link, which is not followed", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, STATUS_DATA, "%s is not a regular file", path);
	if (st.st_uid != geteuid())
		return err_set(e, STATUS_DATA, "%s belongs to somebody else; it is not used", path);
	*size = st.st_size;
	return 1;
}

int store_make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(e, STATUS_DATA, "cannot make %s: %s", path, strerror(errno));
	close(fd);
	return 0;
}

int store_lock(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = xstrndup(path, (size_t)(slash - path));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(dir);
	while (fd >= 0 && flock(fd, LOCK_EX) && errno == EINTR)
		;
	return fd;
}
