#include "config.h"
#include "text/md.h"

#include <cmark.h>
#include <strings.h>

#include "base/alloc.h"

bool md_is_ours(const char *link)
{
	static const char *const foreign[] = { "http:", "https:", "mailto:" };

	for (int i = 0; i < ARRAY_LEN(foreign); i++)
		if (!strncmp(link, foreign[i], strlen(foreign[i])))
			return false;
	return *link && *link != '#';
}

/* A walk over the blocks: the text of the current one, and where it will go. */
struct walk {
	struct rich rich;
	struct lines *lines;    /* NULL: plain text */
	struct buf *plain;
	int indent, width;
	int depth;              /* of lists and quotes */
	int number[16];         /* the next number of the ordered list at a depth; 0 for bullets */
	char marker[16];        /* for the next block */
	enum face face, base;   /* of the text, and of the block around it */
	char *link;             /* the first of the block that is ours */
};

static const char *literal(cmark_node *n)
{
	const char *s = cmark_node_get_literal(n);

	return s ? s : "";
}

static void end_block(struct walk *w, bool stop)
{
	int depth = w->indent + 2 * max_int(w->depth - (*w->marker != '\0'), 0);

	if (w->plain) {
		buf_add(w->plain, buf_str(&w->rich.text));
		buf_addc(w->plain, '\n');
	} else {
		lines_add(w->lines, &w->rich, depth, w->marker, w->width, stop, w->link);
	}
	rich_clear(&w->rich);
	*w->marker = '\0';
	free(w->link);
	w->link = NULL;
}

/* Lines of code stay as they are: not wrapped, and with the blanks at their beginning. */
static void code_block(struct walk *w, cmark_node *n)
{
	const char *s = literal(n);

	while (*s) {
		size_t len = strcspn(s, "\n");
		size_t blanks = strspn(s, " ");
		if (w->plain) {
			rich_addn(&w->rich, s, len, FACE_CODE);
			end_block(w, true);
		} else if (blanks >= len) {
			lines_blank(w->lines);
		} else {
			int deep = 2 * w->depth + (int)blanks;
			rich_addn(&w->rich, s + blanks, len - blanks, FACE_CODE);
			lines_add(w->lines, &w->rich, w->indent + deep, w->marker, w->width, true, NULL);
			rich_clear(&w->rich);
			*w->marker = '\0';
		}
		s += len + (s[len] == '\n');
	}
}

static void list_level(struct walk *w, cmark_node *n, bool enter)
{
	w->depth += enter ? 1 : -1;
	if (enter && w->depth < ARRAY_LEN(w->number))
		w->number[w->depth] = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST ?
			cmark_node_get_list_start(n) : 0;
}

static void item_marker(struct walk *w)
{
	int *number = &w->number[min_int(w->depth, ARRAY_LEN(w->number) - 1)];

	if (*number)
		snprintf(w->marker, sizeof w->marker, "%d. ", (*number)++);
	else
		snprintf(w->marker, sizeof w->marker, "- ");
}

/* Space between blocks: none inside a tight list, nor before one that hangs in another. */
static void gap(struct walk *w, cmark_node *n)
{
	cmark_node *item = cmark_node_parent(n), *list = item ? cmark_node_parent(item) : NULL;
	bool inside =
		list && cmark_node_get_type(item) == CMARK_NODE_ITEM && cmark_node_get_list_tight(list);
	bool first = inside && !cmark_node_previous(n) && !cmark_node_previous(item) && w->depth < 2;

	if (w->lines && (!inside || first))
		lines_gap(w->lines);
}

static void link_start(struct walk *w, cmark_node *n)
{
	const char *url = cmark_node_get_url(n);

	w->face = FACE_LINK;
	if (!w->link && url && md_is_ours(url))
		w->link = xstrdup(url);
}

static void inline_node(struct walk *w, cmark_node *n, bool enter)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE:
		rich_add(&w->rich, literal(n), w->face);
		break;
	case CMARK_NODE_CODE:
		rich_add(&w->rich, literal(n), FACE_CODE);
		break;
	case CMARK_NODE_SOFTBREAK:
		rich_add(&w->rich, " ", w->face);
		break;
	case CMARK_NODE_LINEBREAK:
		rich_add(&w->rich, "\n", w->face);
		break;
	case CMARK_NODE_EMPH:
		w->face = enter ? FACE_EMPHASIS : w->base;
		break;
	case CMARK_NODE_STRONG:
		w->face = enter ? FACE_STRONG : w->base;
		break;
	case CMARK_NODE_LINK:
		if (enter)
			link_start(w, n);
		else
			w->face = w->base;
		break;
	default:
		break;
	}
}

static void visit(struct walk *w, cmark_node *n, bool enter)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_LIST:
	case CMARK_NODE_BLOCK_QUOTE:
		list_level(w, n, enter);
		break;
	case CMARK_NODE_ITEM:
		if (enter)
			item_marker(w);
		else
			*w->marker = '\0';      /* of an item without text */
		break;
	case CMARK_NODE_HEADING:
		w->face = w->base = enter ? FACE_HEADING : FACE_TEXT;
		if (enter)
			gap(w, n);
		else
			end_block(w, false);
		break;
	case CMARK_NODE_PARAGRAPH:
		if (enter)
			gap(w, n);
		else
			end_block(w, true);
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_CODE_BLOCK:
		if (!strcmp(literal(n), "<!-- end list -->\n"))
			break;                  /* what cmark writes between two lists */
		gap(w, n);
		code_block(w, n);
		break;
	default:
		inline_node(w, n, enter);
	}
}

static void walk(struct walk *w, const char *prose)
{
	cmark_node *doc = cmark_parse_document(prose, strlen(prose), CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *it = cmark_iter_new(doc);

	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;)
		visit(w, cmark_iter_get_node(it), ev == CMARK_EVENT_ENTER);
	cmark_iter_free(it);
	cmark_node_free(doc);
	rich_release(&w->rich);
	free(w->link);
}

void md_lines(struct lines *l, const char *prose, int indent, int width)
{
	struct walk w = { .lines = l, .indent = indent, .width = width };

	walk(&w, prose);
}

void md_plain(struct buf *out, const char *prose)
{
	struct walk w = { .plain = out };

	walk(&w, prose);
}

/* The line of the innermost block around n: inline nodes have no place of their own. */
static int line_of(cmark_node *n)
{
	while (n && cmark_node_get_start_line(n) < 1)
		n = cmark_node_parent(n);
	return n ? cmark_node_get_start_line(n) : 1;
}

void md_links(const char *prose, void (*see)(void *ctx, const char *link, int line), void *ctx)
{
	cmark_node *doc = cmark_parse_document(prose, strlen(prose), CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *it = cmark_iter_new(doc);

	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(it);
		if (ev == CMARK_EVENT_ENTER && cmark_node_get_type(n) == CMARK_NODE_LINK)
			see(ctx, cmark_node_get_url(n), line_of(n));
	}
	cmark_iter_free(it);
	cmark_node_free(doc);
}

/* ---- words that become links ---- */

/* As upper and lower case were one; of equal ones the first stays first. */
static int by_word(const void *a, const void *b)
{
	const struct md_word *x = a, *y = b;
	int order = strcasecmp(x->word, y->word);

	return order ? order : strcmp(x->link, y->link);
}

void md_words_sort(struct md_word *words, int n)
{
	if (n)
		qsort(words, (size_t)n, sizeof *words, by_word);
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/* Letters of other alphabets too: then a word of ours is never only a part of one. */
static bool in_word(char c)
{
	return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       (unsigned char)c >= 0x80;
}

/* PIM, SAS token: their letters are written in one way only. */
static bool is_abbreviation(const char *s)
{
	for (; *s; s++)
		if (is_upper(s[0]) && is_upper(s[1]))
			return true;
	return false;
}

struct linking {
	const struct md_word *word;
	int n;
	const char *self, **used;       /* links that stand already */
	int nused, used_cap;
	bool linked;
};

static bool is_used(const struct linking *l, const char *link)
{
	bool used = !strcmp(link, l->self);

	for (int i = 0; i < l->nused; i++)
		used |= !strcmp(l->used[i], link);
	return used;
}

/* The word that n bytes of s are, or NULL. */
static const struct md_word *word_of(const struct linking *l, const char *s, size_t n)
{
	int low = 0, high = l->n;

	while (low < high) {
		int mid = (low + high) / 2, order = strncasecmp(l->word[mid].word, s, n);
		if (order < 0 || (!order && strlen(l->word[mid].word) < n))
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < l->n; low++) {             /* ARM and arm are equal but for case */
		const char *word = l->word[low].word;
		if (strlen(word) != n || strncasecmp(word, s, n))
			break;
		if (!is_abbreviation(word) || !strncmp(word, s, n))
			return &l->word[low];
	}
	return NULL;
}

/* The longest word, of several words, that begins at s; *n: its bytes. */
static const struct md_word *word_at(const struct linking *l, const char *s, size_t *n)
{
	size_t end[MD_WORDS], at = 0;
	int k = 0;

	for (; k < MD_WORDS && in_word(s[at]); k++) {
		while (in_word(s[at]))
			at++;
		end[k] = at;
		at += s[at] == ' ';
	}
	while (k-- > 0) {
		const struct md_word *w = word_of(l, s, end[k]);
		if (!w && end[k] > 1 && s[end[k] - 1] == 's')
			w = word_of(l, s, end[k] - 1);
		*n = end[k];
		if (w)
			return w;
	}
	return NULL;
}

/* text -> text, link, text; the node of the last. */
static cmark_node *split(cmark_node *text, size_t at, size_t n, const char *link)
{
	char *whole = xstrdup(literal(text)), *name = xstrndup(whole + at, n);
	cmark_node *a = cmark_node_new(CMARK_NODE_LINK), *in = cmark_node_new(CMARK_NODE_TEXT),
		   *rest = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(rest, whole + at + n);
	cmark_node_set_literal(in, name);
	cmark_node_set_url(a, link);
	cmark_node_append_child(a, in);
	whole[at] = '\0';
	cmark_node_set_literal(text, whole);
	cmark_node_insert_after(text, a);
	cmark_node_insert_after(a, rest);
	free(name);
	free(whole);
	return rest;
}

/* Whether a word may begin behind a character: not within an address. */
static bool may_begin(char before)
{
	return !before || !strchr("/.:@\\", before);
}

static void link_text(struct linking *l, cmark_node *text)
{
	const char *s = literal(text);

	for (size_t at = 0, n; s[at];) {
		const struct md_word *w = may_begin(at ? s[at - 1] : '\0') ? word_at(l, s + at, &n) : NULL;
		if (w && is_used(l, w->link)) {
			at += n;
		} else if (w) {
			*GROW(l->used, l->nused, l->used_cap) = w->link;
			text = split(text, at, n, w->link);
			s = literal(text);
			at = 0;
			l->linked = true;
		}
		while (in_word(s[at]))          /* to the end of this word, and the beginning of the next */
			at++;
		while (s[at] && !in_word(s[at]))
			at++;
	}
}

/* Within these nothing becomes a link: a link at the end of emphasis could undo it. */
static bool is_closed(cmark_node_type type)
{
	static const cmark_node_type closed[] = {
		CMARK_NODE_LINK, CMARK_NODE_IMAGE, CMARK_NODE_HEADING, CMARK_NODE_EMPH, CMARK_NODE_STRONG };

	for (int i = 0; i < ARRAY_LEN(closed); i++)
		if (closed[i] == type)
			return true;
	return false;
}

void md_link_words(struct buf *out, const char *prose, const struct md_word *words, int n, const char *self)
{
	cmark_node *doc = cmark_parse_document(prose, strlen(prose), CMARK_OPT_VALIDATE_UTF8);
	struct linking l = { .word = words, .n = n, .self = self };
	cmark_iter *it = cmark_iter_new(doc);
	int closed = 0;                         /* how many such are around */
	char *text = NULL;

	cmark_consolidate_text_nodes(doc);
	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(node);
		if (is_closed(type))
			closed += ev == CMARK_EVENT_ENTER ? 1 : -1;
		if (type == CMARK_NODE_LINK && ev == CMARK_EVENT_ENTER)
			*GROW(l.used, l.nused, l.used_cap) = cmark_node_get_url(node);
		if (type == CMARK_NODE_TEXT && !closed)
			link_text(&l, node);
	}
	cmark_iter_free(it);
	text = l.linked ? cmark_render_commonmark(doc, CMARK_OPT_DEFAULT, 0) : NULL;
	buf_add(out, text ? text : prose);
	free(text);
	free(l.used);
	cmark_node_free(doc);
}
