#include "config.h"
#include "pack/new.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "pack/pack.h"
#include "pack/shape.h"

/* The id of a pack in a folder: the folder's name as a slug, or "mine"; azure is what it will lie over. */
static char *id_of(const char *dir)
{
	const char *name = strrchr(dir, '/') ? strrchr(dir, '/') + 1 : dir;

	return xstrdup(is_slug(name) && strlen(name) <= 40 && strcmp(name, "azure") ? name : "mine");
}

/* Text with the id in the place of each PACK. */
static char *with_id(const char *text, const char *id)
{
	struct buf out = { 0 };

	for (const char *at; (at = strstr(text, "PACK")); text = at + 4)
		buf_addn(&out, text, (size_t)(at - text)), buf_add(&out, id);
	buf_add(&out, text);
	return buf_detach(&out);
}

static int make_dir(const char *dir, struct err *e)
{
	return !mkdir(dir, 0777) || (errno == EEXIST && path_is_dir(dir))
		       ? 0
		       : err_set(e, STATUS_DATA, "cannot make the folder %s: %s", dir, strerror(errno));
}

/* dir/name with the folder that it is in. */
static int make_file(const char *dir, const struct new_file *f, const char *id, struct err *e)
{
	char *name = with_id(f->name, id), *text = with_id(f->text, id), *slash;
	struct buf path = { 0 };
	int rc = 0;

	buf_addf(&path, "%s/%s", dir, name);
	slash = strrchr(path.data, '/');
	*slash = '\0';
	rc = make_dir(path.data, e);
	*slash = '/';
	if (!rc)
		rc = path_create(buf_str(&path), text, strlen(text), e);
	buf_release(&path);
	free(name);
	free(text);
	return rc;
}

int pack_new(const char *dir, struct err *e)
{
	char **names, *clean = xstrdup(dir), *id;
	size_t len = strlen(clean);
	int n = 0, rc;

	while (len > 1 && clean[len - 1] == '/')
		clean[--len] = '\0';
	id = id_of(clean);
	rc = make_dir(clean, e) || path_list(clean, &names, &n, e);
	if (!rc)
		path_free_list(names, n);
	if (!rc && n)
		rc = err_set(e, STATUS_DATA, "%s is not empty; name a folder that is not there yet", clean);
	for (int i = 0; i < new_nfiles && !rc; i++)
		rc = make_file(clean, &new_files[i], id, e);
	free(clean);
	free(id);
	return rc ? -1 : 0;
}
