#include "config.h"
#include "ui/prompt.h"

#include <unistr.h>

#include "app/cmd.h"
#include "base/alloc.h"
#include "text/text.h"

enum { MOST = 200 };    /* bytes: nobody looks for more words than that */

static size_t next(const struct prompt *p, size_t at)
{
	uint32_t cp;

	do
		at += (size_t)text_decode(buf_str(&p->text) + at, &cp);
	while (buf_str(&p->text)[at] && text_decode(buf_str(&p->text) + at, &cp) && !text_cp_columns(cp));
	return at;
}

static size_t before(const struct prompt *p, size_t at)
{
	size_t from = 0;

	while (from < at && next(p, from) < at)
		from = next(p, from);
	return from;
}

/* Put n bytes of s in the place of those from..to. */
static void put(struct prompt *p, size_t from, size_t to, const char *s, size_t n)
{
	struct buf all = { 0 };

	buf_addn(&all, buf_str(&p->text), from);
	buf_addn(&all, s, n);
	buf_add(&all, buf_str(&p->text) + to);
	buf_release(&p->text);
	p->text = all;
	p->at = from + n;
}

static bool write_key(struct prompt *p, int key)
{
	uint8_t utf8[6];
	int n = key >= ' ' && key < KEY__FIRST ? u8_uctomb(utf8, (ucs4_t)key, sizeof utf8) : 0;

	if (key == K_SPACE)
		utf8[0] = ' ', n = 1;
	if (n < 1 || text_bad((const char *)utf8, (size_t)n, false) < (size_t)n)
		return false;
	p->full = p->text.len + (size_t)n > (p->most ? p->most : MOST);
	if (!p->full)
		put(p, p->at, p->at, (const char *)utf8, (size_t)n);
	return true;
}

static size_t word_before(const struct prompt *p)
{
	const char *s = buf_str(&p->text);
	size_t at = p->at;

	while (at && s[at - 1] == ' ')
		at--;
	while (at && s[at - 1] != ' ')
		at--;
	return at;
}

bool prompt_key(struct prompt *p, int key)
{
	size_t end = p->text.len;

	switch (key) {
	case K_BACKSPACE:
		put(p, before(p, p->at), p->at, "", 0);
		return true;
	case K_DELETE:
		put(p, p->at, p->at < end ? next(p, p->at) : end, "", 0);
		return true;
	case 'u' & 0x1f:
		put(p, 0, p->at, "", 0);
		return true;
	case 'w' & 0x1f:
		put(p, word_before(p), p->at, "", 0);
		return true;
	case K_LEFT:
		p->at = before(p, p->at);
		return true;
	case K_RIGHT:
		p->at = p->at < end ? next(p, p->at) : end;
		return true;
	case K_HOME:
		p->at = 0;
		return true;
	case K_END:
		p->at = end;
		return true;
	default:
		return write_key(p, key);
	}
}

bool prompt_leaves(int key)
{
	static const int keys[] = { K_UP, K_DOWN, K_PGUP, K_PGDN, 'c' & 0x1f, 'l' & 0x1f, 'z' & 0x1f };

	for (int i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i] == key)
			return true;
	return false;
}

void prompt_clear(struct prompt *p)
{
	buf_clear(&p->text);
	p->at = 0;
}

void prompt_set(struct prompt *p, const char *text)
{
	buf_clear(&p->text);
	buf_add(&p->text, text);
	p->at = p->text.len;
}

void prompt_release(struct prompt *p)
{
	buf_release(&p->text);
	p->at = 0;
}

void prompt_draw(const struct prompt *p, struct canvas *c, int y, const char *label, const char *right)
{
	int w = text_columns(right), label_w = text_columns(label), room = max_int(c->w - label_w - 2, 0);
	const char *s = buf_str(&p->text);
	size_t from = 0;
	char *head;
	int used;

	if (w && label_w + text_columns(s) + w + 4 < c->w)
		room -= w + 2;
	else
		w = 0;
	while (from < p->at && text_columns_n(s + from, p->at - from) > room)   /* the cursor shows */
		from = next(p, from);
	canvas_fill(c, y, 0, c->w, FACE_TEXT, ' ');
	canvas_text(c, y, 1, label_w, FACE_KEY, label);
	head = xstrndup(s + from, p->at - from);
	used = canvas_text(c, y, 1 + label_w, room, FACE_TEXT, head);
	canvas_text(c, y, 1 + label_w + used, room - used, FACE_TEXT, s + p->at);
	free(head);
	canvas_text(c, y, c->w - 1 - w, w, FACE_FAINT, right);
	if (p->open)
		canvas_cursor(c, y, 1 + label_w + used);
}

void prompt_hints(struct canvas *c, int y, const struct prompt_hint *hint, int n)
{
	int x = 1;

	canvas_fill(c, y, 0, c->w, FACE_TEXT, ' ');
	for (int i = 0; i < n; i++) {
		x += canvas_text(c, y, x, c->w - x, FACE_KEY, hint[i].key) + 1;
		x += canvas_text(c, y, x, c->w - x, FACE_HINT, hint[i].word) + 2;
	}
}
