#include "config.h"
#include "text/lines.h"

#include "base/alloc.h"
#include "text/text.h"

void rich_addn(struct rich *r, const char *s, size_t n, enum face face)
{
	if (face != FACE_TEXT && n) {
		struct span *last = r->n ? &r->span[r->n - 1] : NULL;
		if (last && last->face == face && last->from + last->n == (int)r->text.len)
			last->n += (int)n;
		else
			*GROW(r->span, r->n, r->cap) = (struct span){ (int)r->text.len, (int)n, face };
	}
	buf_addn(&r->text, s, n);
}

void rich_add(struct rich *r, const char *s, enum face face)
{
	rich_addn(r, s, strlen(s), face);
}

void rich_clear(struct rich *r)
{
	buf_clear(&r->text);
	r->n = 0;
}

void rich_release(struct rich *r)
{
	buf_release(&r->text);
	free(r->span);
	*r = (struct rich){ 0 };
}

/* The spans of r in bytes from..to, moved so that `from` stands at byte `at` of the line. */
static void add_spans(struct line *line, const struct rich *r, int from, int to, int at)
{
	int cap = 0;

	for (int i = 0; i < r->n; i++) {
		int low = max_int(r->span[i].from, from),
		    high = min_int(r->span[i].from + r->span[i].n, to);
		if (low < high)
			*GROW(line->span, line->nspan, cap) =
				(struct span){ low - from + at, high - low, r->span[i].face };
	}
}

static void add_line(struct lines *l, const struct rich *r, const struct wrap *w, const char *before,
		     int stop)
{
	struct line *line = GROW(l->line, l->n, l->cap);
	struct buf text = { 0 };

	buf_add(&text, before);
	add_spans(line, r, (int)w->from, (int)w->to, (int)text.len);
	buf_addn(&text, w->s + w->from, w->to - w->from);
	line->text = buf_detach(&text);
	line->stop = stop;
}

void lines_add(struct lines *l, const struct rich *r, int indent, const char *marker, int width,
               bool stop, const char *link)
{
	int hang = indent + text_columns(marker), first = l->n, at = -1;
	struct buf before = { 0 };
	struct wrap w;

	if (stop) {
		at = l->nstop;
		*GROW(l->stop, l->nstop, l->stop_cap) =
			(struct stop){ .line = first,
				       .link = link ? xstrdup(link) : NULL,
				       .text = xstrdup(buf_str(&r->text)) };
	}
	buf_fill(&before, ' ', indent);
	buf_add(&before, marker);
	for (wrap_start(&w, buf_str(&r->text), r->text.len); wrap_next(&w, width - hang);) {
		add_line(l, r, &w, buf_str(&before), at);
		buf_clear(&before);
		buf_fill(&before, ' ', hang);
	}
	wrap_release(&w);
	buf_release(&before);
	if (stop && l->n == first) {    /* nothing to stand on */
		free(l->stop[--l->nstop].link);
		free(l->stop[l->nstop].text);
	} else if (stop) {
		l->stop[at].n = l->n - first;
	}
}

void lines_gap(struct lines *l)
{
	if (l->n && *l->line[l->n - 1].text)
		lines_blank(l);
}

void lines_blank(struct lines *l)
{
	*GROW(l->line, l->n, l->cap) = (struct line){ .text = xstrdup(""), .stop = -1 };
}

void lines_release(struct lines *l)
{
	for (int i = 0; i < l->n; i++) {
		free(l->line[i].text);
		free(l->line[i].span);
	}
	for (int i = 0; i < l->nstop; i++) {
		free(l->stop[i].link);
		free(l->stop[i].text);
	}
	free(l->line);
	free(l->stop);
	*l = (struct lines){ 0 };
}
