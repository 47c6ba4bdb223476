/* docgen: the parts of onus(1) and onus-pack(5) that are written as tables in src, as mdoc.
 *
 *   docgen options | commands | keys | fields
 *
 * The manuals hold them between markers (.\" BEGIN OPTIONS ... .\" END OPTIONS); make update-docs
 * puts them there, docs.bats checks that they are still the same. */
#include "config.h"

#include "app/cmd.h"
#include "base/opt.h"
#include "pack/read.h"

struct command {
	const char *word, *arguments, *help;
};
static const struct command commands[] = {
#define SUB(id, word, arguments, run, help) { word, arguments, help },
#include "cli/sub.def"
#undef SUB
};

/* One character as the argument of a macro, or in text. */
static void put_char(char c)
{
	static const char special[] = "\\^`~'\"";
	static const char *const escape[] = { "\\e", "\\(ha", "\\(ga", "\\(ti", "\\(aq", "\\(dq" };
	const char *at = strchr(special, c);

	if (at)
		fputs(escape[at - special], stdout);
	else
		putchar(c);
}

/* A word as an argument: one that is only a delimiter would not be printed by the macro. */
static void put_word(const char *word)
{
	if (!strcmp(word, "-"))
		putchar('\\');
	else if (strlen(word) == 1 && strchr(".,:;()[]?!|", *word))
		fputs("\\&", stdout);
	while (*word)
		put_char(*word++);
}

/* Words, on lines of at most 72 columns or so. */
static void put_text(const char *text, size_t n)
{
	size_t column = 0;

	if (*text == '.')
		fputs("\\&", stdout);
	for (size_t i = 0; i < n; i++, column++) {
		size_t word = strcspn(text + i + 1, " ");

		if (text[i] == ' ' && column + word >= 72) {
			fputs(text[i + 1] == '.' ? "\n\\&" : "\n", stdout);
			column = 0;
		} else {
			put_char(text[i]);
		}
	}
}

/* A help text as a sentence; arg, where it is a word in it, is a macro on a line of its own. */
static void put_sentence(const char *text, const char *arg)
{
	size_t n = arg ? strlen(arg) : 0;
	const char *at = text, *end = text + strlen(text);

	while (n && (at = strstr(at, arg)) && (at == text || at[-1] != ' ' || !strchr(" ,", at[n])))
		at += n;
	if (!n || !at) {
		put_text(text, (size_t)(end - text));
		puts(end > text && end[-1] == '.' ? "" : ".");
		return;
	}
	put_text(text, (size_t)(at - text) - 1);
	printf("\n.Ar %s%s\n", arg, at[n] == ',' ? " ," : at[n] ? "" : " .");
	if (at[n])
		put_sentence(at + n + 1 + (at[n] == ','), NULL);
}

/* ---- options ---- */

/* "With the explorer, grid and show only." */
static void put_takers(const char *list)
{
	puts("With");
	for (const char *next; *list; list = next) {
		int n = (int)strcspn(list, " ");
		bool comma;

		next = list + n + (list[n] == ' ');
		comma = strchr(next, ' ') != NULL;
		if (n == 7 && !strncmp(list, "explore", 7))
			printf("the explorer%s\n", comma ? "," : "");
		else
			printf(".Cm %.*s%s\n", n, list, comma ? " ," : "");
		if (*next && !comma)
			puts("and");
	}
	puts("only.");
}

static void put_options(void)
{
	for (int i = 0; i < OPT__COUNT; i++) {
		const struct opt *o = &opt_table[i];

		printf(".It Fl %c , Fl \\-%s", o->letter, o->name);
		if (o->arg)
			printf(" Ar %s", o->arg);
		putchar('\n');
		put_sentence(o->help, o->arg);
		if (*o->commands)
			put_takers(o->commands);
	}
}

/* ---- commands ---- */

static bool in_words(const char *s)
{
	return *s >= 'a' && *s <= 'z';
}

/* "check|build DIR..." is Cm check | build Ar DIR ..., "[TOPIC]" is Op Ar TOPIC. */
static void put_arguments(const char *s)
{
	while (*s) {
		size_t n = strcspn(s, " |.]");

		if (*s == '[')
			printf(" Op Ar %.*s", (int)n - 1, s + 1);
		else if (n)
			printf(" %s %.*s", in_words(s) ? "Cm" : "Ar", (int)n, s);
		s += n;
		if (!strncmp(s, "...", 3))
			fputs(" ...", stdout);
		else if (*s == '|')
			fputs(" |", stdout);
		s += strspn(s, " |.]");
	}
	putchar('\n');
}

static void put_commands(void)
{
	for (int i = 0; i < ARRAY_LEN(commands); i++) {
		printf(".It Cm %s", commands[i].word);
		put_arguments(commands[i].arguments);
		put_sentence(commands[i].help, NULL);
	}
}

/* ---- keys ---- */

static void put_keys_of(enum cmd_id cmd)
{
	const char *keys = cmd_table[cmd].keys;
	int sequence[CMD_KEYS_MAX], n;

	fputs(".It Ic", stdout);
	for (bool first = true; (n = cmd_next_keys(&keys, sequence)); first = false) {
		struct buf name = { 0 };

		cmd_keys_name(&name, sequence, n);
		fputs(first ? " " : " , ", stdout);
		put_word(buf_str(&name));
		buf_release(&name);
	}
	putchar('\n');
	put_sentence(cmd_table[cmd].help, NULL);
}

/* The first word of a title may
 * be the name of a macro, as In is. */
static void put_place(const struct cmd_group *g)
{
	printf(".Ss \\&%s\n.Bl -tag -width \"PgDn, Ctrl-d\"\n", g->heading);
	for (int i = 0; i < CMD__COUNT; i++)
		if (cmd_in_group((enum cmd_id)i, g))
			put_keys_of((enum cmd_id)i);
	puts(".El");
}

static void put_keys(void)
{
	for (int i = 0; i < cmd_ngroups; i++)
		put_place(&cmd_group[i]);
}

/* ---- the fields of packs ---- */

/* "line, 72 columns", "one of: yes no", "list of ids of sources". */
static void put_type(const struct field *f)
{
	static const char *const names[] = {
		[FIELD_LINE] = "line", [FIELD_PROSE] = "prose", [FIELD_SLUG] = "id", [FIELD_WORD] = "word",
		[FIELD_DATE] = "date", [FIELD_URL] = "address", [FIELD_LETTER] = "letter, A to Z",
		[FIELD_CODE] = "id as published", [FIELD_LINK] = "link", [FIELD_LINES] = "list of lines",
		[FIELD_SLUGS] = "list of ids", [FIELD_LINKS] = "list of links",
		[FIELD_PAIRS] = "pairs of ids", [FIELD_SHAPES] = "list" };
	struct buf b = { 0 };

	if (f->type == FIELD_WORD && f->of)
		buf_addf(&b, "one of: %s", f->of);
	else if (f->type == FIELD_SHAPES)
		buf_addf(&b, "list, each %s", f->shape->name);
	else
		buf_addf(&b, "%s%s%s", names[f->type], f->of ? " of kind " : "", f->of ? f->of : "");
	if (f->max)
		buf_addf(&b, ", %d", f->max);
	fputs(".Pq ", stdout);
	put_text(buf_str(&b), b.len);
	putchar('\n');
	buf_release(&b);
}

static void put_shape(const struct shape *s)
{
	puts(".Bl -tag -width Ds");
	for (int i = 0; i < s->n; i++) {
		struct buf help = { 0 };
		printf(".It Cm %s%s\n", s->field[i].key, s->field[i].must ? " *" : "");
		buf_add(&help, s->field[i].help);
		help.data[0] = (char)(help.data[0] >= 'a' && help.data[0] <= 'z' ? help.data[0] - 32 : help.data[0]);
		put_sentence(buf_str(&help), NULL);
		put_type(&s->field[i]);
		buf_release(&help);
	}
	puts(".El");
	for (int i = 0; i < s->n; i++)
		if (s->field[i].type == FIELD_SHAPES) {
			printf(".Pp\nFields of\n.Em %s :\n", s->field[i].shape->name);
			put_shape(s->field[i].shape);
		}
}

static void put_fields(void)
{
	for (int i = 0; i < nrooms; i++) {
		const struct room *r = &rooms[i];

		printf(".Ss %s%s%s\n", r->name, r->folder ? r->kind == ITEM_CELL ? "/MATRIX/LAYER" : "/ID" : "",
		       r->folder ? r->suffix : "");
		if (r->list)
			printf("A list, each entry\n.Em %s .\n", r->shape->name);
		else if (r->kind == ITEM_CELL)
			printf("The id of each model, and below it\n.Em %s .\n", r->shape->name);
		else
			printf("The fields of\n.Em %s .\n", r->shape->name);
		put_shape(r->shape);
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*put)(void);
	} blocks[] = {
		{ "options", put_options }, { "commands", put_commands }, { "keys", put_keys },
		{ "fields", put_fields },
	};

	for (int i = 0; argc == 2 && i < ARRAY_LEN(blocks); i++)
		if (!strcmp(argv[1], blocks[i].name)) {
			blocks[i].put();
			return fflush(stdout) ? 1 : 0;
		}
	fputs("usage: docgen options | commands | keys | fields\n", stderr);
	return 2;
}
