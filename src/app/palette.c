#include "config.h"
#include "app/palette_in.h"

#include <strings.h>

#include "base/alloc.h"

/* Above all that merely fits. */
enum { MEANT = 10000, SYNONYM_LESS = 3, HELP_LESS = 40 };

/* ---- offers ---- */

struct offer *palette_add(struct palette *p, enum offer_does does, int score, const char *name,
			  const char *about)
{
	struct offer *o = GROW(p->offer, p->n, p->cap);

	*o = (struct offer){ .does = does, .cmd = CMD__COUNT, .name = xstrdup(name), .about = xstrdup(about),
			     .score = score, .order = p->n };
	return o;
}

static void drop_offers(struct palette *p)
{
	for (int i = 0; i < p->n; i++) {
		free(p->offer[i].link);
		free(p->offer[i].name);
		free(p->offer[i].about);
		free(p->offer[i].right);
	}
	p->n = 0;
}

static int best_first(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;

	return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : x->order - y->order;
}

/* ---- commands ---- */

static bool same_word(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && !strncasecmp(s, word, n);
}

/* Whether the first n bytes of s are a name of a command. */
static bool is_called(const struct cmd *c, const char *s, size_t n)
{
	const char *word = c->synonyms;

	if (same_word(s, n, c->name))
		return true;
	while (*(word += strspn(word, " "))) {
		size_t len = strcspn(word, " ");
		if (len == n && !strncasecmp(s, word, n))
			return true;
		word += len;
	}
	return false;
}

/* What is typed behind a name of a command and a blank; or NULL. */
static const char *behind(const struct cmd *c, const char *typed)
{
	size_t n = strcspn(typed, " ");

	return typed[n] && is_called(c, typed, n) ? typed + n + strspn(typed + n, " ") : NULL;
}

static int command_score(const struct palette *p, const struct cmd *c)
{
	struct fuzzy_text texts[8] = {
		{ .text = c->name }, { .text = c->help, .less = HELP_LESS, .prose = true },
	};
	char *words = xstrdup(c->synonyms), *rest = words;
	int n = 2, score;

	for (char *word; n < ARRAY_LEN(texts) && (word = strsep(&rest, " "));)
		texts[n++] = (struct fuzzy_text){ .text = word, .less = SYNONYM_LESS };
	score = fuzzy_score(&p->fuzzy, texts, n);
	free(words);
	return score;
}

static char *keys_of(enum cmd_id cmd)
{
	struct buf keys = { 0 };

	cmd_all_keys(&keys, cmd);
	return buf_detach(&keys);
}

static void add_command(struct palette *p, enum cmd_id cmd, const char *typed)
{
	const struct cmd *c = &cmd_table[cmd];
	const char *keys = c->keys;
	int sequence[CMD_KEYS_MAX], n = cmd_next_keys(&keys, sequence);
	int score = command_score(p, c);

	if (!score || (c->by_key && behind(c, typed)))  /* then each of its keys is offered */
		return;
	struct offer *o = palette_add(p, c->by_key ? OFFER_ASK : OFFER_COMMAND, score, c->name, c->help);
	o->cmd = cmd;
	o->key = n ? sequence[n - 1] : 0;
	o->right = keys_of(cmd);
	o->exact = is_called(c, typed, strlen(typed));
}

/* Those that work in the view: its own, and behind them those that work everywhere. */
static void add_commands(struct palette *p, const char *typed)
{
	for (int everywhere = 0; everywhere < 2; everywhere++)
		for (int i = 0; i < CMD__COUNT; i++)
			if ((cmd_table[i].where & p->where) && (cmd_table[i].where == IN_ANY) == everywhere)
				add_command(p, (enum cmd_id)i, typed);
}

/* ---- commands whose keys each do something else: one offer a key ---- */

/* Of these the key is the first letter of a model. */
static bool takes_model(enum cmd_id cmd)
{
	return cmd == CMD_MODEL || cmd == CMD_COMPARE;
}

static const struct head *model_of(const struct palette *p, int key)
{
	for (int i = 0; i < p->nmodel; i++)
		if (p->model[i].slug && *p->model[i].slug == key)
			return &p->model[i];
	return NULL;
}

static void add_key(struct palette *p, enum cmd_id cmd, const int *sequence, int n, const char *rest)
{
	const struct head *model = takes_model(cmd) ? model_of(p, sequence[n - 1]) : NULL;
	struct buf word = { 0 }, name = { 0 }, keys = { 0 };

	cmd_key_name(&word, sequence[n - 1]);
	if (model) {
		buf_clear(&word);
		buf_add(&word, model->slug);
	}
	buf_addf(&name, "%s %s", cmd_table[cmd].name, buf_str(&word));
	cmd_keys_name(&keys, sequence, n);
	if ((model || !takes_model(cmd)) && !strncasecmp(buf_str(&word), rest, strlen(rest))) {
		const char *about = model && model->label[0] ? model->label[0] : cmd_table[cmd].help;
		struct offer *o = palette_add(p, OFFER_COMMAND, MEANT, buf_str(&name), about);
		o->cmd = cmd;
		o->key = sequence[n - 1];
		o->right = buf_detach(&keys);
		o->exact = !strcasecmp(buf_str(&word), rest);
	}
	buf_release(&word);
	buf_release(&name);
	buf_release(&keys);
}

/* K_LETTER stands for each letter. */
static void add_keys(struct palette *p, enum cmd_id cmd, const char *rest)
{
	const char *keys = cmd_table[cmd].keys;
	int sequence[CMD_KEYS_MAX], n;

	while ((n = cmd_next_keys(&keys, sequence))) {
		int *last = &sequence[n - 1], from = *last, to = *last;
		if (*last == K_LETTER)
			from = 'a', to = 'z';
		for (*last = from; *last <= to; ++*last)
			add_key(p, cmd, sequence, n, rest);
	}
}

/* "model paas": behind the name of such a command and a blank. */
static void add_choices(struct palette *p, const char *typed)
{
	for (int i = 0; i < CMD__COUNT; i++)
		if (cmd_table[i].by_key && (cmd_table[i].where & p->where) && behind(&cmd_table[i], typed))
			add_keys(p, (enum cmd_id)i, behind(&cmd_table[i], typed));
}

/* ---- commands with arguments ---- */

static const struct verb {
	const char *name, *synonym, *args, *help;
	const char *before, *between;   /* the link: this, and the words with that between them */
	int least, most;
} verbs[] = {
	{ "go", "show", "LINK", "Open the page of a link or name", "", "/", 1, 2 },
	{ "compare", "diff", "A B", "Compare two models, services or matrices", "", "..", 2, 2 },
	{ "stack", "", "SERVICE...", "Show services side by side, and whose each layer is", "stack/", "+",
	  1, 50 },
};

static bool offered(const struct palette *p, const char *name)
{
	for (int i = 0; i < p->n; i++)
		if (!strcmp(p->offer[i].name, name))
			return true;
	return false;
}

/* Its words as a link; false where there are too few or too many. */
static bool link_of(const struct verb *v, const char *rest, struct buf *link)
{
	int n = 0;

	buf_add(link, v->before);
	for (size_t len; *(rest += strspn(rest, " ")); rest += len, n++) {
		len = strcspn(rest, " ");
		if (n)
			buf_add(link, v->between);
		buf_addn(link, rest, len);
	}
	return n >= v->least && n <= v->most;
}

static void add_verb(struct palette *p, const struct verb *v, const char *typed)
{
	const struct fuzzy_text texts[] = {
		{ .text = v->name }, { .text = v->synonym, .less = SYNONYM_LESS },
		{ .text = v->help, .less = HELP_LESS, .prose = true },
	};
	size_t n = strcspn(typed, " ");
	bool called = same_word(typed, n, v->name) || same_word(typed, n, v->synonym);
	int score = fuzzy_score(&p->fuzzy, texts, ARRAY_LEN(texts));
	struct buf link = { 0 };
	struct offer *o = NULL;

	if (called && typed[n] && link_of(v, typed + n, &link)) {
		o = palette_add(p, OFFER_LINK, MEANT, typed, v->help);
		o->link = buf_detach(&link);
		o->exact = true;
	} else if (called && typed[n]) {
		o = palette_add(p, OFFER_ASK, MEANT, v->name, v->help);
	} else if (*typed && score && !offered(p, v->name)) {
		o = palette_add(p, OFFER_ASK, score, v->name, v->help);
	}
	if (o)
		o->right = xstrdup(v->args);
	buf_release(&link);
}

/* ---- what is no name: a link, the number of a layer ---- */

static int add_link(struct palette *p, const char *typed, struct err *e)
{
	struct kb_entry entry = { 0 };
	struct buf link = { 0 };
	struct offer *o;
	int rc;

	if (strchr(typed, ' ') || !(strpbrk(typed, "/:#") || strstr(typed, "..")))
		return 0;
	rc = kb_entry(p->kb, typed, &entry, e);
	if (!rc) {
		buf_addf(&link, "%s:%s", p->matrix.slug, typed);
		rc = kb_entry(p->kb, buf_str(&link), &entry, e);
	}
	o = palette_add(p, OFFER_LINK, MEANT, typed, rc > 0 ? entry.title : "Open this link");
	o->link = xstrdup(typed);
	o->right = xstrdup(rc > 0 ? kind_table[entry.kind].word : "link");
	o->exact = true;
	buf_release(&link);
	kb_entry_release(&entry);
	return rc < 0 ? -1 : 0;
}

static void add_number(struct palette *p, const char *typed)
{
	long n = strlen(typed) <= 8 ? strtol(typed, NULL, 10) : 0;
	struct buf about = { 0 }, keys = { 0 };

	if (typed[strspn(typed, "0123456789")] || n < 1 || n > p->matrix.layers || !(p->where & IN_TABLE))
		return;
	if (n <= p->nlayer && p->layer[n - 1].label[0])
		buf_add(&about, p->layer[n - 1].label[0]);
	else
		buf_addf(&about, "Layer %ld", n);
	buf_addf(&keys, "%ldG", n);
	struct offer *o = palette_add(p, OFFER_COMMAND, MEANT, typed, buf_str(&about));
	o->cmd = CMD_LAST;
	o->count = (int)n;
	o->key = 'G';
	o->right = buf_detach(&keys);
	o->exact = true;
	buf_release(&about);
}

/* ---- all of it ---- */

int palette_open(struct palette *p, struct kb *kb, const char *matrix, unsigned where, struct err *e)
{
	enum { HEADS = 64 };            /* further ones are found as entries are */
	int rc;

	*p = (struct palette){ .kb = kb, .where = where };
	rc = kb_matrix(kb, matrix, &p->matrix, e);
	if (rc < 1)
		return rc ? -1 : kb_no_matrix(kb, matrix, e);
	p->nlayer = min_int(p->matrix.layers, HEADS);
	p->nmodel = min_int(p->matrix.models, HEADS);
	p->layer = xcalloc((size_t)p->nlayer, sizeof *p->layer);
	p->model = xcalloc((size_t)p->nmodel, sizeof *p->model);
	if (kb_layers(kb, p->matrix.id, 0, p->nlayer, p->layer, e) ||
	    kb_models(kb, p->matrix.id, 0, p->nmodel, p->model, e) ||
	    kb_refs(kb, LIST_MATRICES, 0, &p->matrices, e)) {
		palette_close(p);
		return -1;
	}
	return 0;
}

void palette_close(struct palette *p)
{
	drop_offers(p);
	free(p->offer);
	for (int i = 0; i < p->nlayer; i++)
		head_release(&p->layer[i]);
	for (int i = 0; i < p->nmodel; i++)
		head_release(&p->model[i]);
	free(p->layer);
	free(p->model);
	refs_release(&p->matrices);
	kb_matrix_release(&p->matrix);
	*p = (struct palette){ .n = 0 };
}

int palette_find(struct palette *p, const char *typed, struct err *e)
{
	int rc;

	typed += strspn(typed, " ");
	drop_offers(p);
	fuzzy_init(&p->fuzzy, typed);
	add_commands(p, typed);
	add_choices(p, typed);
	for (int i = 0; i < ARRAY_LEN(verbs); i++)
		add_verb(p, &verbs[i], typed);
	add_number(p, typed);
	rc = add_link(p, typed, e) || palette_places(p, typed, e) ? -1 : 0;
	if (p->n)
		qsort(p->offer, (size_t)p->n, sizeof *p->offer, best_first);
	return rc;
}
