#include "config.h"
#include "app/cmd.h"

const struct cmd cmd_table[CMD__COUNT] = {
#define CMD(id, name, keys, where, hint, help) { name, keys, hint, help, where },
#include "app/cmd.def"
#undef CMD
};

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

enum cmd_id cmd_find(const int *keys, int n, unsigned where, bool *more)
{
	enum cmd_id found = CMD__COUNT;
	int sequence[CMD_KEYS_MAX], len;

	*more = false;
	for (int i = 0; i < CMD__COUNT; i++) {
		const char *at = cmd_table[i].keys;
		while ((cmd_table[i].where & where) && (len = cmd_next_keys(&at, sequence))) {
			if (len < n || memcmp(sequence, keys, (size_t)n * sizeof *keys))
				continue;
			if (len == n)
				found = (enum cmd_id)i;
			else
				*more = true;
		}
	}
	return found;
}

void cmd_key_name(struct buf *out, int key)
{
	if (key > KEY__FIRST && key < KEY__END)
		buf_add(out, key_names[key - KEY__FIRST - 1]);
	else if (key < 0x20)
		buf_addf(out, "Ctrl-%c", key + 0x60);
	else if (key < 0x7f)
		buf_addc(out, (char)key);
	else
		buf_addc(out, '?');
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
