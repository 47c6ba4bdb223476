#include "config.h"
#include "app/kept.h"

#include "app/stack.h"
#include "base/alloc.h"

static int check(const char *name, struct err *e)
{
	enum { MOST = 40 };
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	size_t n = strspn(name, plain);

	if (n && !name[n] && n <= MOST)
		return 0;
	return err_set(e, STATUS_USAGE,
		       "a stack is kept under a name of at most %d letters, digits, . _ and -", MOST);
}

static int fail_no_such(struct store *s, const char *name, struct err *e)
{
	struct keeps all = { 0 };
	struct buf names = { 0 };

	if (s && store_list(s, STORE_STACK, &all, e))
		return -1;
	for (int i = 0; i < all.n; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", all.kept[i].name);
	if (all.n)
		err_set(e, STATUS_LINK, "no stack is kept as %s; there %s %s", name, all.n > 1 ? "are" : "is",
			buf_str(&names));
	else
		err_set(e, STATUS_LINK, "no stack is kept as %s; onus stack -s %s SERVICE... keeps one", name,
			name);
	keeps_release(&all);
	buf_release(&names);
	return -1;
}

int kept_get(struct own *own, const char *name, struct buf *link, struct err *e)
{
	struct store *s;
	int rc = own_read(own, &s, e);

	if (!rc && s)
		rc = store_get(s, STORE_STACK, name, link, e);
	return rc < 0 ? -1 : rc && stack_is(buf_str(link)) ? 0 : fail_no_such(s, name, e);
}

int kept_expand(struct own *own, const char *link, struct buf *out, struct err *e)
{
	int rc = 0;

	while (*link && !rc) {
		size_t n = strcspn(link, "@");
		struct buf kept = { 0 };
		buf_addn(out, link, n);
		link += n;
		if (*link) {
			char *name = xstrndup(link + 1, strcspn(link + 1, "+/#"));
			rc = kept_get(own, name, &kept, e);
			buf_add(out, rc ? "" : strchr(buf_str(&kept), '/') + 1);
			link += 1 + strlen(name);
			free(name);
		}
		buf_release(&kept);
	}
	return rc ? rc : stack_check(buf_str(out), e);
}

int kept_put(struct own *own, const char *name, const char *link, struct err *e)
{
	struct buf was = { 0 };
	struct store *s;
	int rc = check(name, e);

	if (!rc && !link)
		rc = kept_get(own, name, &was, e);
	if (!rc)
		rc = own_write(own, STORE_WRITE, &s, e);
	if (!rc)
		rc = store_put(s, STORE_STACK, name, link, e);
	buf_release(&was);
	return rc;
}

int kept_list(struct own *own, struct refs *refs, struct err *e)
{
	struct keeps all = { 0 };
	struct store *s;
	int rc = own_read(own, &s, e);

	if (!rc && s)
		rc = store_list(s, STORE_STACK, &all, e);
	for (int i = 0; i < all.n && !rc; i++) {
		const struct kept *k = &all.kept[i];
		struct buf title = { 0 }, summary = { 0 };
		if (!stack_is(k->text))
			continue;
		buf_addf(&title, "%s: %s", k->name, strchr(k->text, '/') + 1);
		buf_addf(&summary, "A stack kept on %s", k->changed);
		*GROW(refs->ref, refs->n, refs->cap) = (struct ref){ .kind = KIND_SERVICE,
			.link = xstrdup(k->text), .title = buf_detach(&title),
			.summary = buf_detach(&summary) };
	}
	keeps_release(&all);
	return rc;
}
