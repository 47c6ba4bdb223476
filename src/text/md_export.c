/* Prose for other places than a screen: as Markdown and as HTML. */
#include "config.h"
#include "text/md.h"

#include <cmark.h>

#include "base/alloc.h"
#include "text/text.h"

/* [text](ours) -> text (`ours`). */
static void unlink_own(cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	cmark_node *code = cmark_node_new(CMARK_NODE_CODE), *text[2];

	for (int i = 0; i < 2; i++)
		text[i] = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(text[0], " (");
	cmark_node_set_literal(code, url);
	cmark_node_set_literal(text[1], ")");
	for (cmark_node *child; (child = cmark_node_first_child(link));)
		cmark_node_insert_before(link, child);
	cmark_node_insert_before(link, text[0]);
	cmark_node_insert_before(link, code);
	cmark_node_insert_before(link, text[1]);
	cmark_node_unlink(link);
	cmark_node_free(link);
}

static void lower(cmark_node *heading, int deeper)
{
	cmark_node_set_heading_level(heading, min_int(cmark_node_get_heading_level(heading) + deeper, 6));
}

void md_export(struct buf *out, const char *prose, int deeper)
{
	cmark_node *doc = cmark_parse_document(prose, strlen(prose), CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *it = cmark_iter_new(doc);
	char *text;

	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(it);
		if (ev == CMARK_EVENT_ENTER && cmark_node_get_type(n) == CMARK_NODE_HEADING)
			lower(n, deeper);
		if (ev == CMARK_EVENT_EXIT && cmark_node_get_type(n) == CMARK_NODE_LINK &&
		    cmark_node_get_url(n) && md_is_ours(cmark_node_get_url(n)))
			unlink_own(n);
	}
	cmark_iter_free(it);
	text = cmark_render_commonmark(doc, CMARK_OPT_DEFAULT, 0);
	buf_add(out, text);
	free(text);
	cmark_node_free(doc);
}

/* ---- HTML ---- */

struct hypertext {
	int deeper;
	char *(*place)(void *ctx, const char *link);
	void *ctx;
};

/* The address that a link may lead to in HTML, yours; or NULL. */
static char *address(const struct hypertext *h, const char *url)
{
	if (!strncmp(url, "https://", 8))
		return xstrdup(url);
	return md_is_ours(url) ? h->place(h->ctx, url) : NULL;
}

/* A link becomes its text within a tag of ours, since that of cmark would say the address to the other side;
 * or its text and the address as code. */
static void rewrite_link(const struct hypertext *h, cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	char *to = url && cmark_node_get_type(link) == CMARK_NODE_LINK ? address(h, url) : NULL;
	cmark_node *a = to ? cmark_node_new(CMARK_NODE_CUSTOM_INLINE) : NULL;
	struct buf tag = { 0 };

	if (!a) {
		unlink_own(link);
		return;
	}
	buf_add(&tag, "<a href=\"");
	text_markup(&tag, to);
	buf_add(&tag, *to == '#' ? "\">" : "\" rel=\"noreferrer\">");
	cmark_node_set_on_enter(a, buf_str(&tag));
	cmark_node_set_on_exit(a, "</a>");
	for (cmark_node *child; (child = cmark_node_first_child(link));)
		cmark_node_append_child(a, child);
	cmark_node_replace(link, a);
	cmark_node_free(link);
	buf_release(&tag);
	free(to);
}

/* HTML in prose is the text that it is. */
static void disarm(cmark_node *n)
{
	const char *literal = cmark_node_get_literal(n);
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT), *instead = text;

	cmark_node_set_literal(text, literal ? literal : "");
	if (cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK) {
		instead = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(instead, text);
	}
	cmark_node_replace(n, instead);
	cmark_node_free(n);
}

static void rewrite(const struct hypertext *h, cmark_node *n, bool enter)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_HEADING:
		if (enter)
			lower(n, h->deeper);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		if (!enter)
			rewrite_link(h, n);
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		disarm(n);
		break;
	default:
		break;
	}
}

void md_html(struct buf *out, const char *prose, int deeper, char *(*place)(void *ctx, const char *link),
             void *ctx)
{
	cmark_node *doc = cmark_parse_document(prose, strlen(prose), CMARK_OPT_VALIDATE_UTF8);
	struct hypertext h = { deeper, place, ctx };
	cmark_iter *it = cmark_iter_new(doc);
	char *text;

	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;)
		rewrite(&h, cmark_iter_get_node(it), ev == CMARK_EVENT_ENTER);
	cmark_iter_free(it);
	text = cmark_render_html(doc, CMARK_OPT_DEFAULT);
	buf_add(out, text);
	free(text);
	cmark_node_free(doc);
}
