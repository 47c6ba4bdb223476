/* cmd: the commands of the explorer and the keys that give them, from cmd.def and key.def. */
#ifndef APP_CMD_H
#define APP_CMD_H

#include "base/buf.h"

/* A key: a code point, a control code, or one of these. */
enum key {
	KEY__FIRST = 0x110000,
#define KEY(id, name) K_##id,
#include "app/key.def"
#undef KEY
	KEY__END
};

enum cmd_where {
	IN_GRID = 1, IN_PAGE = 2, IN_HELP = 4, IN_LIST = 8, IN_SEARCH = 16, IN_STACK = 32, IN_COMPARE = 64,
	IN_PALETTE = 128,                               /* what is narrowed by typing */
	IN_TABLE = IN_GRID | IN_STACK | IN_COMPARE,     /* whatever shows a table */
	IN_LINES = IN_PAGE | IN_HELP | IN_LIST | IN_SEARCH,     /* ... lines to be read */
	IN_ANY = 255,
	BY_KEY = 256                                    /* in the table: its keys each do something else */
};

enum cmd_id {
#define CMD(id, name, keys, where, hint, synonyms, help) CMD_##id,
#include "app/cmd.def"
#undef CMD
	CMD__COUNT
};

struct cmd {
	const char *name, *keys, *hint, *synonyms, *help;
	unsigned where;
	bool by_key;
};
extern const struct cmd cmd_table[CMD__COUNT];

enum { CMD_KEYS_MAX = 4 };      /* keys of one sequence */

/* The commands by where they work, in the order in which help and manual list them. */
struct cmd_group {
	unsigned where;
	const char *heading;
};
extern const struct cmd_group cmd_group[];
extern const int cmd_ngroups;
/* What works everywhere is in the group of everywhere alone. */
bool cmd_in_group(enum cmd_id cmd, const struct cmd_group *g);

/* The next sequence of a list of keys: its length, and *keys goes on; 0 at the end. */
int cmd_next_keys(const char **keys, int sequence[CMD_KEYS_MAX]);

/* What n keys mean where (one of enum cmd_where): a command, or CMD__COUNT.  *more: whether longer
 * sequences begin so.  In a sequence of the table K_LETTER stands for any small letter. */
enum cmd_id cmd_find(const int *keys, int n, unsigned where, bool *more);

/* "Ctrl-u", "gg", "Enter". */
void cmd_key_name(struct buf *out, int key);
/* All sequences of a command, a blank between them. */
void cmd_all_keys(struct buf *out, enum cmd_id cmd);
void cmd_keys_name(struct buf *out, const int *keys, int n);

#endif
