/* mini: the smallest pack that has one of everything, in a folder of its own, and what tests of packs do with
 * it: build it, change a file of it, read the database, or want a fault at its place.
 *
 * Include pack/pack.h, sqlite3.h and util.h first. */
#ifndef TESTS_MINI_H
#define TESTS_MINI_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const struct util_file mini[] = {
	{ "pack.yaml",
		"id: mini\ntitle: A small pack\nversion: \"1\"\nlanguage: en\nlicence: CC0-1.0\n"
		"attribution: ours\n" },
	{ "holders.yaml",
		"- id: customer\n  word: Customer\n  letter: C\n  face: customer\n"
		"  pattern: solid\n  party: yes\n"
		"- id: microsoft\n  word: Microsoft\n  letter: M\n  face: microsoft\n"
		"  pattern: light\n  party: yes\n"
		"- id: shared\n  word: Shared\n  letter: S\n  face: shared\n  pattern: half\n" },
	{ "sources.yaml",
		"- id: s1\n  title: A source\n  publisher: Somebody\n  date: 2026-01\n"
		"  url: https://example.org/a\n" },
	{ "aliases.yaml",
		"- id: old-thing\n  old: Old Thing\n  also: [OT]\n  now: New Thing\n"
		"  kind: rename\n  date: 2024\n"
		"  text: It is called so now.\n  see: [m:a/os]\n  sources: [s1]\n" },
	{ "matrix/m.yaml",
		"title: A matrix\nedition: first\npublisher: Somebody\ndate: 2026-01-12\n"
		"sources: [s1]\n"
		"summary: Two by two.\nparties: [customer, microsoft]\n"
		"models:\n"
		"  - id: a\n    full: Model A\n    medium: Mod A\n    short: A\n"
		"    summary: The first\n    sources: [s1]\n"
		"  - id: b\n    full: Model B\n    medium: Mod B\n    short: B\n"
		"    summary: The second\n    sources: [s1]\n"
		"bands:\n"
		"  - id: all\n    name: All layers\n    short: All\n    letter: A\n"
		"layers:\n"
		"  - id: apps\n    full: Applications\n    medium: Apps\n    short: Apps\n"
		"    band: all\n"
		"    summary: Programs\n    sources: [s1]\n    holders: {a: customer, b: shared}\n"
		"  - id: os\n    full: Operating system\n    medium: OS\n    short: OS\n"
		"    band: all\n"
		"    summary: Systems\n    sources: [s1]\n"
		"    holders: {a: customer, b: microsoft}\n" },
	{ "cell/m/apps.yaml",
		"a:\n  summary: Yours.\n  sources: [s1]\n  duties:\n"
		"    - id: patch\n      party: customer\n      verb: patches\n"
		"      text: the programs\n      source: s1\n"
		"b:\n  summary: Both.\n  sources: [s1]\n  duties:\n"
		"    - id: patch\n      party: customer\n      verb: patches\n"
		"      text: the code\n      source: s1\n"
		"    - id: run\n      party: microsoft\n      verb: runs\n"
		"      text: the platform\n      source: s1\n" },
	{ "cell/m/os.yaml",
		"a:\n  summary: Yours too.\n  sources: [s1]\n  duties:\n"
		"    - id: patch\n      party: customer\n      verb: patches\n"
		"      severity: high\n"
		"      text: the system\n      source: s1\n"
		"b:\n  summary: Theirs.\n  sources: [s1]\n  duties:\n"
		"    - id: patch\n      party: microsoft\n      verb: patches\n"
		"      text: the system\n      source: s1\n" },
	{ "example/e1.md",
		"---\ntitle: An example\nsummary: It happened.\ntype: scenario\nfault: customer\n"
		"action: customer\n"
		"cells: [m:a/os]\npractices: [p1]\nlesson: Patch it.\naliases: [old-thing]\n"
		"sources: [s1]\n---\n"
		"Prose with a [link](m:b/os)\n\nand a [page](https://example.org).\n" },
	{ "practice/p1.md",
		"---\ntitle: A practice\nsummary: Do it.\ncells:\n  - m:a/os\nsteps:\n  - one\n"
		"  - two\nfeatures: [F]\n"
		"sources: [s1]\n---\n" },
	{ "topic/t1.md",
		"---\ntitle: A topic\nsummary: Know it.\nsee: [example/e1, m:layer/os, m:a]\n"
		"sources: [s1]\n---\nText.\n" },
};

struct fixture {
	char *dir;
	char pack[1024], out[1024];
	const struct util_file *more;   /* what a test puts over mini */
	int nmore;
	struct faults f;
	struct err e;
};

static inline const char *file_of(const struct fixture *x, const char *name)
{
	return util_path(x->pack, name);
}

static inline void write_pack(const struct fixture *x)
{
	util_tree(x->pack, mini, COUNT(mini));
	util_tree(x->pack, x->more, x->nmore);
}

static inline int setup(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);

	x->dir = util_dir();
	snprintf(x->pack, sizeof x->pack, "%s", util_path(x->dir, "pack"));
	snprintf(x->out, sizeof x->out, "%s", util_path(x->dir, "out/onus.db"));
	write_pack(x);
	util_write_text(x->out, "the database that was there before\n");
	*state = x;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *x = *state;

	faults_release(&x->f);
	util_remove(x->dir);
	free(x);
	return 0;
}

static inline int build(struct fixture *x)
{
	faults_release(&x->f);
	return util_build(x->pack, x->out, &x->f, &x->e);
}

static inline void print_faults(const struct fixture *x)
{
	for (int i = 0; i < x->f.n; i++)
		print_message("# %s:%d:%d: %s\n", x->f.list[i].file, x->f.list[i].line,
		              x->f.list[i].column, x->f.list[i].text);
}

static inline void builds(struct fixture *x)
{
	if (!build(x))
		return;
	print_faults(x);
	fail_msg("the pack is refused: %s", x->e.msg);
}

static inline void check_untouched(struct fixture *x)
{
	char *text = util_read(x->out, NULL);

	assert_string_equal(text, "the database that was there before\n");
	assert_int_equal(util_count(util_path(x->dir, "out")), 1);
	free(text);
}

/* Refused for its text: the place and sentence of a fault, and how many there are. */
static inline void refuses(struct fixture *x, const char *want, int total)
{
	bool found = false;
	char one[2000];

	assert_int_equal(build(x), -1);
	assert_int_equal(x->e.status, STATUS_PACK);
	util_assert_sentence(x->e.msg);
	for (int i = 0; i < x->f.n; i++) {
		const struct fault *f = &x->f.list[i];
		snprintf(one, sizeof one, "%s:%d:%d: %s", f->file + strlen(x->pack) + 1, f->line,
		         f->column, f->text);
		found = found || !strcmp(one, want);
	}
	if (!found || x->f.total != total) {
		print_faults(x);
		fail_msg("wanted %d faults with: %s", total, want);
	}
	check_untouched(x);
}

/* The file with the first `from` replaced. */
static inline void edit(struct fixture *x, const char *name, const char *from, const char *to)
{
	const char *file = file_of(x, name);
	char *text = util_read(file, NULL), *at = strstr(text, from);
	struct buf b = { 0 };

	if (!at)
		fail_msg("%s has no \"%s\"", name, from);
	buf_addn(&b, text, (size_t)(at - text));
	buf_add(&b, to);
	buf_add(&b, at + strlen(from));
	util_write(file, buf_str(&b), b.len);
	buf_release(&b);
	free(text);
}

static inline void see_text(void *ctx, const char *s)
{
	buf_addf(ctx, "%s\n", s ? s : "NULL");
}

static inline void check_query(const char *db, const char *sql, const char *want)
{
	struct buf b = { 0 };

	util_each(db, sql, see_text, &b);
	assert_string_equal(buf_str(&b), want);
	buf_release(&b);
}

struct slip {
	const char *file, *from, *to, *want;
	int total;              /* 0: one */
};

static inline void check_slips(struct fixture *x, const struct slip *slip, int n)
{
	for (int i = 0; i < n; i++) {
		write_pack(x);
		edit(x, slip[i].file, slip[i].from, slip[i].to);
		refuses(x, slip[i].want, slip[i].total ? slip[i].total : 1);
	}
}

#define CHECK_SLIPS(...) do { \
		static const struct slip slips_[] = { __VA_ARGS__ }; \
		check_slips(*state, slips_, COUNT(slips_)); \
	} while (0)

#endif
