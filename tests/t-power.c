/* t-power: the power goes, at any moment while notes are saved.
 *
 * What SQLite does to the files is recorded, and played back up to every single step of it: what was synced is
 * there, of what was not any part may be, in sectors of 512 bytes.  Each such disk is opened again: it has to be
 * whole, and to have all that was confirmed.  The same with a disk that lies about syncing has to show losses,
 * or this test could not see them. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <sqlite3.h>

#include "util.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "store/store.h"
#include "store/store_in.h"

enum { SAVES = 60, TIMES = 3, SECTOR = 512, DATABASE = 1, JOURNAL = 0 };

struct op {
	enum { WRITE, CUT, SYNC } kind;
	int file, n, saved;     /* saved: how many notes were confirmed before */
	int64_t at;
	char *data;
};
static struct {
	sqlite3_vfs vfs, *real;
	sqlite3_io_methods io[2];
	const sqlite3_io_methods *real_io;
	bool on;
	int saved;
	struct op *op;
	int n, cap;
} record;

/* ---- recording ---- */

static struct op *note_op(int file, int kind)
{
	struct op *op;

	if (!record.on)
		return NULL;
	op = GROW(record.op, record.n, record.cap);
	*op = (struct op){ .kind = kind, .file = file, .saved = record.saved };
	return op;
}

static int on_write(int file, sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct op *op = note_op(file, WRITE);

	if (op) {
		op->data = malloc((size_t)n);
		memcpy(op->data, p, (size_t)n);
		op->n = n;
		op->at = at;
	}
	return record.real_io->xWrite(f, p, n, at);
}

static int on_cut(int file, sqlite3_file *f, sqlite3_int64 size)
{
	struct op *op = note_op(file, CUT);

	if (op)
		op->at = size;
	return record.real_io->xTruncate(f, size);
}

/* Nobody waits for a real disk here. */
static int on_sync(int file)
{
	note_op(file, SYNC);
	return SQLITE_OK;
}

#define METHODS(name, file)                                                                             \
	static int name##_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)                \
	{                                                                                               \
		return on_write(file, f, p, n, at);                                                     \
	}                                                                                               \
	static int name##_cut(sqlite3_file *f, sqlite3_int64 size) { return on_cut(file, f, size); }    \
	static int name##_sync(sqlite3_file *f, int flags)                                              \
	{                                                                                               \
		(void)f, (void)flags;                                                                   \
		return on_sync(file);                                                                   \
	}
METHODS(database, DATABASE)
METHODS(journal, JOURNAL)

static int recorder_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	bool database = flags & SQLITE_OPEN_MAIN_DB;
	sqlite3_io_methods *io = &record.io[database ? DATABASE : JOURNAL];
	int rc = record.real->xOpen(record.real, name, f, flags, out);

	(void)vfs;
	if (rc != SQLITE_OK || !f->pMethods)
		return rc;
	record.real_io = f->pMethods;
	*io = *f->pMethods;
	io->xWrite = database ? database_write : journal_write;
	io->xTruncate = database ? database_cut : journal_cut;
	io->xSync = database ? database_sync : journal_sync;
	f->pMethods = io;
	return rc;
}

static void install(void)
{
	record.real = sqlite3_vfs_find(NULL);
	record.vfs = *record.real;
	record.vfs.zName = "recorder";
	record.vfs.xOpen = recorder_open;
	assert_int_equal(sqlite3_vfs_register(&record.vfs, 1), SQLITE_OK);
}

/* ---- what is saved ---- */

/* The n-th text: short, long, longer than a page, gone. */
static void text_of(int n, char *text, size_t size)
{
	static const int length[] = { 20, 700, 9000, 0, 3000 };
	int want = length[n % COUNT(length)];

	*text = '\0';
	if (want)
		snprintf(text, size, "%d%*d", n, want, n);
}

static void save_all(void)
{
	struct store *s = NULL;
	struct err e = { 0 };
	char text[16384];

	for (int n = 0; n <= SAVES; n++) {
		struct buf was = { 0 };
		int64_t rev;
		if (!s && store_open(&s, STORE_WRITE, &e))
			fail_msg("%s", e.msg);
		assert_true(store_note(s, "note", &was, &rev, &e) >= 0);
		text_of(n, text, sizeof text);
		if (store_note_put(s, "note", text, rev, &e))
			fail_msg("%s", e.msg);
		buf_release(&was);
		record.saved = n;
		if (n == 0) {           /* from here on: both files are there */
			util_copy(util_path(getenv("XDG_DATA_HOME"), "onus/user.db"),
				  util_path(getenv("XDG_DATA_HOME"), "before"));
			record.on = true;
		}
	}
	record.on = false;
	store_close(s);
}

/* ---- playing it back ---- */

struct disk {
	char *data[2];
	size_t size[2];
};

static void reach(struct disk *d, int file, size_t size)
{
	if (size <= d->size[file])
		return;
	d->data[file] = realloc(d->data[file], size);
	memset(d->data[file] + d->size[file], 0, size - d->size[file]);
	d->size[file] = size;
}

/* torn: any part of it may not get there. */
static void apply(struct disk *d, const struct op *op, bool torn)
{
	if (op->kind == CUT && !(torn && util_random(2))) {
		reach(d, op->file, (size_t)op->at);
		d->size[op->file] = (size_t)op->at;
	}
	for (int at = 0; op->kind == WRITE && at < op->n; at += SECTOR) {
		int n = op->n - at < SECTOR ? op->n - at : SECTOR;
		if (torn && util_random(2))
			continue;
		reach(d, op->file, (size_t)(op->at + at + n));
		memcpy(d->data[op->file] + op->at + at, op->data + at, (size_t)n);
	}
}

/* The disk after so many steps.  Steps behind the last sync of a file are torn, but for a lying disk all are
 * in the last `forgets` steps. */
static void play(struct disk *d, int steps, int forgets)
{
	int synced[2] = { -1, -1 };

	for (int i = 0; i < steps; i++)
		if (record.op[i].kind == SYNC)
			synced[record.op[i].file] = i;
	for (int i = 0; i < steps; i++) {
		const struct op *op = &record.op[i];
		apply(d, op, forgets ? i >= steps - forgets : i > synced[op->file]);
	}
}

enum end { WHOLE, LOST, BROKEN };

/* Open such a disk: the notes that were confirmed, or the one that was being saved. */
static enum end look(int saved)
{
	struct buf is = { 0 };
	struct store *s = NULL;
	struct err e = { 0 };
	char old[16384], new[16384];
	enum end end = BROKEN;
	int64_t rev;

	text_of(saved, old, sizeof old);
	text_of(saved + 1, new, sizeof new);
	/* STORE_WRITE would mend it first. */
	if (!store_open(&s, STORE_READ, &e) && s && !sql_check(s->db, true, &e) &&
	    store_note(s, "note", &is, &rev, &e) >= 0 && !store_notice(s))
		end = !strcmp(buf_str(&is), old) || !strcmp(buf_str(&is), new) ? WHOLE : LOST;
	buf_release(&is);
	store_close(s);
	return end;
}

static void try_all(const char *dir, int forgets, int stride, int count[3])
{
	char *before, *folder = strdup(util_path(dir, "disk"));
	size_t size;

	before = util_read(util_path(dir, "before"), &size);
	setenv("XDG_DATA_HOME", folder, 1);
	util_seed();
	for (int steps = 0; steps <= record.n; steps += stride)
		for (int k = 0; k < TIMES; k++) {
			struct disk d = { .data = { NULL, malloc(size) }, .size = { 0, size } };
			memcpy(d.data[DATABASE], before, size);
			play(&d, steps, forgets);
			util_write(util_path(folder, "onus/user.db"), d.data[DATABASE], d.size[DATABASE]);
			util_write(util_path(folder, "onus/user.db-journal"),
				   d.data[JOURNAL] ? d.data[JOURNAL] : "", d.size[JOURNAL]);
			count[look(steps < record.n ? record.op[steps].saved : SAVES)]++;
			free(d.data[DATABASE]);
			free(d.data[JOURNAL]);
		}
	free(before);
	free(folder);
}

static void nothing_that_was_confirmed_is_lost(void **state)
{
	int count[3] = { 0 }, lies[3] = { 0 };

	setenv("XDG_DATA_HOME", *state, 1);
	setenv("SOURCE_DATE_EPOCH", "1795305600", 1);
	install();
	save_all();
	try_all(*state, 0, 1, count);
	print_message("# %d steps, %d disks: %d lost, %d broken\n", record.n,
		      count[WHOLE] + count[LOST] + count[BROKEN], count[LOST], count[BROKEN]);
	assert_true(record.n > 5 * SAVES);
	assert_int_equal(count[LOST] + count[BROKEN], 0);
	try_all(*state, 12, 10, lies);
	print_message("# a disk that lies: %d lost, %d broken\n", lies[LOST], lies[BROKEN]);
	assert_true(lies[LOST] > 0 && lies[BROKEN] > 0);
	sqlite3_vfs_unregister(&record.vfs);
	for (int i = 0; i < record.n; i++)
		free(record.op[i].data);
	free(record.op);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_that_was_confirmed_is_lost, util_setup, util_teardown),
	};

	return UTIL_RUN("power that goes", tests);
}
