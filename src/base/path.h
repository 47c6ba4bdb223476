/* path: files read and replaced whole.
 *
 * A file that is replaced is written beside its place under a name of its own, made durable, and
 * renamed over the old one: whoever looks sees the old file or the new one, never a part.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/buf.h"
#include "base/err.h"

/* Read a regular file of at most max bytes into out (which is cleared).  A last component that is a
 * symbolic link, a device, a pipe or a folder is refused.  0, or -1 (STATUS_DATA). */
int path_read(const char *file, size_t max, struct buf *out, struct err *e) MUST_USE;

/* The names in a folder, sorted by bytes, without those that begin with a dot.  *names is an array
 * of *n strings, yours to give to path_free_list().  0, or -1 (STATUS_DATA); a folder that does not
 * exist has no names. */
int path_list(const char *dir, char ***names, int *n, struct err *e) MUST_USE;
void path_free_list(char **names, int n);

bool path_is_dir(const char *path);
bool path_is_own_dir(const char *path);          /* a folder itself, not a link to one */
bool path_is_file(const char *path);             /* a regular one, also through a link */
bool path_is_own_file(const char *path);         /* a regular one itself, not a link to one */
bool path_exists(const char *path);

/* What a person means by a path: ~ at its begin is the home folder.  Yours. */
char *path_meant(const char *typed) MUST_USE;

/* Append a text as part of the name of a file: small letters and digits, a hyphen before each run of them. */
void path_add_slug(struct buf *out, const char *text);

/* Write a file that is not there yet, whole or not at all; a link in its place is refused too.  0, or -1
 * (STATUS_DATA). */
int path_create(const char *file, const char *text, size_t n, struct err *e) MUST_USE;

/* The name under which a replacement of file is written: "file.PID.new", yours to free. */
char *path_temporary(const char *file) MUST_USE;
/* -1 (STATUS_DATA) where file cannot be replaced: it is a folder, a device or a pipe, or its folder is not
 * ours to write. */
int path_writable(const char *file, struct err *e) MUST_USE;
/* fsync temporary, rename it to file, fsync the folder.  0, or -1 (STATUS_DATA) and temporary is gone. */
int path_commit(const char *temporary, const char *file, struct err *e) MUST_USE;

/* A file that others write to as a stream, and that is there whole or not at all:
 *	struct path_out o;
 *	if (!path_out_open(&o, "x.html", false, &e)) {
 *		fputs("...", o.out);
 *		path_out_close(&o, &e);                 or path_out_drop(&o)
 *	}
 * Until it is closed it stands beside its place under the name of path_temporary().  A file that is there
 * already is replaced only with force, and a link never, nor is one followed. */
struct path_out {
	FILE *out;              /* NULL: there is none */
	char *file, *temporary;
	bool force;
};
/* 0, or -1 (STATUS_DATA) and nothing is open. */
int path_out_open(struct path_out *o, const char *file, bool force, struct err *e) MUST_USE;
/* Put it in its place.  0, or -1 (STATUS_DATA) and nothing has changed there. */
int path_out_close(struct path_out *o, struct err *e) MUST_USE;
void path_out_drop(struct path_out *o);          /* leaves nothing; one that is not open is fine */

#endif
