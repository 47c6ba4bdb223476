/* new: the files of a new pack (db/new), embedded. */
#ifndef PACK_NEW_H
#define PACK_NEW_H

struct new_file {
	const char *name, *text;        /* PACK in both stands for the id of the pack */
};
extern const struct new_file new_files[];
extern const int new_nfiles;

#endif
