#include "config.h"
#include "store/store_in.h"

#include "store/schema.h"

/* A new file is of version 0, and takes all steps. */
const struct step store_step[STORE_VERSION] = {
	{ 1, user_schema },
};

static int take_steps(struct sql *db, const struct step *step, int n, struct err *e)
{
	int application, version;

	if (sql_identity(db, &application, &version, e))
		return -1;
	for (int i = 0; i < n; i++)     /* those that somebody else has not taken before us */
		if (step[i].version > version &&
		    (sql_script(db, step[i].sql, e) || sql_set_version(db, step[i].version, e)))
			return -1;
	return sql_run(db, e, STORE_WORDS_CHECK, "") || sql_check(db, true, e) ? -1 : 0;
}

int store_migrate(struct sql *db, const struct step *step, int n, struct err *e)
{
	if (sql_begin(db, e))
		return -1;
	if (!take_steps(db, step, n, e))
		return sql_commit(db, e);
	sql_rollback(db);
	return -1;
}

int store_upgrade(struct store *s, const struct step *step, int n, struct err *e)
{
	int application, version;

	if (sql_identity(s->db, &application, &version, e) ||
	    (version && store_backup(s->db, s->path, true, e)) || store_migrate(s->db, step, n, e))
		return -1;
	return version > 0;
}
