#include "config.h"
#include "app/cmd.h"

#include <unistr.h>

const struct cmd cmd_table[CMD__COUNT] = {
#define CMD(id, name, keys, where, hint, synonyms, help) \
	{ name, keys, hint, synonyms, help, (where) & IN_ANY, ((where) & BY_KEY) != 0 },
#include "app/cmd.def"
#undef CMD
};

const struct cmd_group cmd_group[] = {
	{ IN_GRID, "In the grid" },
	{ IN_PAGE, "On a page" },
	{ IN_LIST, "In a list" },
	{ IN_SEARCH, "In a search" },
	{ IN_STACK, "In your stack" },
	{ IN_COMPARE, "In a comparison" },
	{ IN_HELP, "In the help" },
	{ IN_ANY, "Everywhere" },
};
const int cmd_ngroups = ARRAY_LEN(cmd_group);

bool cmd_in_group(enum cmd_id cmd, const struct cmd_group *g)
{
	unsigned where = cmd_table[cmd].where;

	return g->where == IN_ANY ? where == IN_ANY : where != IN_ANY && (where & g->where);
}

static const char *const key_names[] = {
#define KEY(id, name) name,
#include "app/key.def"
#undef KEY
};

/* <Name> at s: the key, and its length. */
static int named(const char *s, size_t *n)
{
	*n = strcspn(s, ">") + 1;
	if (s[1] == 'C' && s[2] == '-')
		return s[3] & 0x1f;
	for (int i = 0; i < ARRAY_LEN(key_names); i++)
		if (strlen(key_names[i]) == *n - 2 && !strncmp(key_names[i], s + 1, *n - 2))
			return KEY__FIRST + 1 + i;
	return 0;
}

int cmd_next_keys(const char **keys, int sequence[CMD_KEYS_MAX])
{
	const char *s = *keys + strspn(*keys, " ");
	int n = 0;

	while (*s && *s != ' ' && n < CMD_KEYS_MAX) {
		size_t len = 1;
		sequence[n++] = *s == '<' && s[1] ? named(s, &len) : *s;
		s += len;
	}
	*keys = s;
	return n;
}

/* All sequences of all commands, parsed when the first key comes. */
static struct bound {
	int key[CMD_KEYS_MAX], n;
	enum cmd_id cmd;
} bound[4 * CMD__COUNT];
static int nbound;

static void parse_all(void)
{
	for (int i = 0; i < CMD__COUNT; i++) {
		const char *at = cmd_table[i].keys;
		while (nbound < ARRAY_LEN(bound) &&
		       (bound[nbound].n = cmd_next_keys(&at, bound[nbound].key)))
			bound[nbound++].cmd = (enum cmd_id)i;
	}
}

static bool begins_with(const struct bound *b, const int *keys, int n)
{
	for (int i = 0; i < n; i++)
		if (i >= b->n || (keys[i] != b->key[i] &&
		                  !(b->key[i] == K_LETTER && keys[i] >= 'a' && keys[i] <= 'z')))
			return false;
	return true;
}

enum cmd_id cmd_find(const int *keys, int n, unsigned where, bool *more)
{
	enum cmd_id found = CMD__COUNT;

	if (!nbound)
		parse_all();
	*more = false;
	for (const struct bound *b = bound; b < bound + nbound; b++) {
		if (!(cmd_table[b->cmd].where & where) || !begins_with(b, keys, n))
			continue;
		if (b->n > n)
			*more = true;
		else if (found == CMD__COUNT || !memcmp(b->key, keys, (size_t)n * sizeof *keys))
			found = b->cmd;
	}
	return found;
}

static void buf_add_cp(struct buf *out, int cp)
{
	uint8_t utf8[6];
	int n = u8_uctomb(utf8, (ucs4_t)cp, sizeof utf8);

	if (n > 0)
		buf_addn(out, (const char *)utf8, (size_t)n);
}

void cmd_key_name(struct buf *out, int key)
{
	if (key > KEY__FIRST && key < KEY__END)
		buf_add(out, key_names[key - KEY__FIRST - 1]);
	else if (key < 0x20)
		buf_addf(out, "Ctrl-%c", key + (key > 0 && key <= 26 ? 0x60 : 0x40));
	else if (key < 0x7f)
		buf_addc(out, (char)key);
	else
		buf_add_cp(out, key);
}

void cmd_keys_name(struct buf *out, const int *keys, int n)
{
	for (int i = 0; i < n; i++)
		cmd_key_name(out, keys[i]);
}

void cmd_all_keys(struct buf *out, enum cmd_id cmd)
{
	const char *keys = cmd_table[cmd].keys;
	int sequence[CMD_KEYS_MAX], n;

	for (bool first = true; (n = cmd_next_keys(&keys, sequence)); first = false) {
		if (!first)
			buf_addc(out, ' ');
		cmd_keys_name(out, sequence, n);
	}
}
