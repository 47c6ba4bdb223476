#include "config.h"
#include "text/text.h"

#include <langinfo.h>
#include <locale.h>
#include <unictype.h>
#include <unicase.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <wchar.h>

#include "base/alloc.h"

enum { REPLACEMENT = 0xfffd, MARKS_MAX = 4 };

static bool is_utf8;

bool text_init(void)
{
	/* LC_CTYPE only: LC_ALL opens a dozen files more. */
	is_utf8 = setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8");
	if (!is_utf8 && !setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "C");
	return is_utf8;
}

bool text_is_utf8(void)
{
	return is_utf8;
}

void text_force_ascii(void)
{
	is_utf8 = false;
}

int text_decode(const char *s, uint32_t *cp)
{
	ucs4_t c;
	int n;

	if ((signed char)*s > 0) {
		*cp = (unsigned char)*s;
		return 1;
	}
	*cp = 0;
	if (!*s)
		return 0;
	n = u8_mbtouc(&c, (const uint8_t *)s, strnlen(s, 4));
	*cp = c;
	return n > 0 ? n : 1;
}

int text_cp_columns(uint32_t cp)
{
	int w;

	if (cp >= 0x20 && cp < 0x7f)
		return 1;
	w = wcwidth((wchar_t)cp);
	return w < 0 ? 1 : w;
}

int text_columns_n(const char *s, size_t n)
{
	int columns = 0;
	uint32_t cp;

	for (size_t at = 0; at < n && s[at];) {
		if (s[at] >= 0x20 && s[at] < 0x7f) {
			at++, columns++;
			continue;
		}
		at += (size_t)text_decode(s + at, &cp);
		columns += text_cp_columns(cp);
	}
	return columns;
}

int text_columns(const char *s)
{
	return text_columns_n(s, SIZE_MAX);
}

size_t text_fit(const char *s, size_t n, int columns)
{
	size_t at = 0;
	uint32_t cp;

	while (at < n && s[at]) {
		size_t bytes = (size_t)text_decode(s + at, &cp);
		columns -= text_cp_columns(cp);
		if (columns < 0 || at + bytes > n)
			break;
		at += bytes;
	}
	return at;
}

void text_clip(struct buf *out, const char *s, int columns)
{
	size_t n = text_fit(s, SIZE_MAX, columns);

	if (s[n] && columns > 0) {
		n = text_fit(s, n, columns - 1);
		buf_addn(out, s, n);
		buf_addc(out, '~');
	} else {
		buf_addn(out, s, n);
	}
}

void text_pad(struct buf *out, const char *s, int columns)
{
	size_t from = out->len;

	text_clip(out, s, columns);
	buf_fill(out, ' ', columns - text_columns(buf_str(out) + from));
}

/* Ranges, sorted: what no text may hold, since it acts on the text around it or shows as nothing. */
static const struct { uint32_t from, to; } forbidden[] = {
	{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x061c, 0x061c }, { 0x180e, 0x180e }, { 0x200b, 0x200b },
	{ 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xd800, 0xf8ff }, { 0xfdd0, 0xfdef },
	{ 0xfeff, 0xfeff }, { 0xfff0, 0xfffc }, { 0xfffe, 0xffff }, { 0xe0000, 0x10ffff },
};
/* What goes without a trace: soft hyphen, joiners, variation selectors. */
static const struct { uint32_t from, to; } dropped[] = {
	{ 0x00ad, 0x00ad }, { 0x034f, 0x034f }, { 0x200c, 0x200d }, { 0xfe00, 0xfe0f },
};

enum fate { KEEP, DROP, REPLACE };

static enum fate fate_of(uint32_t cp, bool lines)
{
	if (cp >= 0x20 && cp < 0x7f)
		return KEEP;
	if (lines && cp == '\n')
		return KEEP;
	for (int i = 0; i < ARRAY_LEN(dropped); i++)
		if (cp >= dropped[i].from && cp <= dropped[i].to)
			return DROP;
	for (int i = 0; i < ARRAY_LEN(forbidden); i++)
		if (cp >= forbidden[i].from && cp <= forbidden[i].to)
			return REPLACE;
	return wcwidth((wchar_t)cp) < 0 ? REPLACE : KEEP;
}

/* One character of s at most n long: its length; a byte that is no UTF-8 is a character of its own. */
static size_t character(const char *s, size_t n, uint32_t *cp, bool *bad)
{
	ucs4_t c;
	int bytes = u8_mbtoucr(&c, (const uint8_t *)s, n);

	*bad = bytes < 1;
	*cp = *bad ? REPLACEMENT : c;
	return *bad ? 1 : (size_t)bytes;
}

/* How many bytes at s are printable ASCII. */
static size_t plain(const char *s, size_t n)
{
	size_t at = 0;

	while (at < n && s[at] >= 0x20 && s[at] < 0x7f)
		at++;
	return at;
}

/* What goes without a trace does not part a letter from its marks. */
static int count_marks(int marks, enum fate fate, bool bad, uint32_t cp)
{
	return fate == DROP ? marks : !bad && text_cp_columns(cp) == 0 ? marks + 1 : 0;
}

void text_clean(struct buf *out, const char *s, size_t n, bool lines)
{
	int marks = 0;
	uint32_t cp;
	bool bad;

	for (size_t at = 0, bytes; at < n; at += bytes) {
		bytes = plain(s + at, n - at);
		if (bytes) {            /* most of it */
			buf_addn(out, s + at, bytes);
			marks = 0;
			continue;
		}
		bytes = character(s + at, n - at, &cp, &bad);
		enum fate fate = bad ? REPLACE : fate_of(cp, lines);
		marks = count_marks(marks, fate, bad, cp);
		if (cp == '\t' || (cp == '\n' && !lines))
			buf_addc(out, ' ');
		else if (fate == KEEP && marks <= MARKS_MAX)
			buf_addn(out, s + at, bytes);
		else if (fate == REPLACE)
			buf_add(out, "\357\277\275");
	}
}

size_t text_bad(const char *s, size_t n, bool lines)
{
	int marks = 0;
	uint32_t cp;
	bool bad;

	for (size_t at = 0, bytes; at < n; at += bytes) {
		bytes = plain(s + at, n - at);
		if (bytes) {
			marks = 0;
			continue;
		}
		bytes = character(s + at, n - at, &cp, &bad);
		enum fate fate = bad ? REPLACE : fate_of(cp, lines);
		marks = count_marks(marks, fate, bad, cp);
		if (fate != KEEP || marks > MARKS_MAX)
			return at;
	}
	return n;
}

static const struct { uint32_t cp; const char *ascii;
} kin[] = {
	{ 0x00a0, " " },  { 0x00ab, "<<" }, { 0x00b7, "." }, { 0x00bb, ">>" },  { 0x00d7, "x" },
	{ 0x00df, "ss" }, { 0x2010, "-" },  { 0x2011, "-" }, { 0x2012, "-" },   { 0x2013, "-" },
	{ 0x2014, "-" },  { 0x2018, "'" },  { 0x2019, "'" }, { 0x201a, "," },   { 0x201c, "\"" },
	{ 0x201d, "\"" }, { 0x201e, "\"" }, { 0x2022, "*" }, { 0x2026, "..." }, { 0x2192, "->" },
	{ 0x2500, "-" },  { 0x2502, "|" },  { 0x2550, "=" }, { 0x2588, "#" },   { 0x2590, "#" },
	{ 0x2591, "." },  { 0x25b8, ">" },
};

static const char *kin_of(uint32_t cp)
{
	for (int i = 0; i < ARRAY_LEN(kin); i++)
		if (kin[i].cp == cp)
			return kin[i].ascii;
	return NULL;
}

/* A letter without its marks: decomposed until nothing is left to take away. */
static uint32_t bare_letter(uint32_t cp)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	int tag;

	while (cp >= 0x80 && uc_decomposition(cp, &tag, parts) > 0)
		cp = parts[0];
	return cp;
}

void text_ascii(struct buf *out, const char *s)
{
	uint32_t cp;

	for (int bytes; (bytes = text_decode(s, &cp)); s += bytes) {
		const char *near = kin_of(cp);
		cp = near ? cp : bare_letter(cp);
		if (near)
			buf_add(out, near);
		else if (cp < 0x80)
			buf_addc(out, (char)cp);
		else
			buf_fill(out, '?', text_cp_columns(cp));
	}
}

bool text_is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
	return uc_is_general_category(cp, UC_CATEGORY_L) || uc_is_general_category(cp, UC_CATEGORY_N) ||
	       uc_is_general_category(cp, UC_CATEGORY_M) || uc_is_general_category(cp, UC_CATEGORY_Co);
}

void wrap_start(struct wrap *w, const char *s, size_t n)
{
	*w = (struct wrap){ .s = s, .n = n, .breaks = xcalloc(n + 1, 1) };
	u8_possible_linebreaks((const uint8_t *)s, n, "UTF-8", w->breaks);
	for (size_t i = 1; i < n; i++)          /* ".NET" is one word */
		if (s[i - 1] == '.' && (i == 1 || s[i - 2] == ' ') && s[i] != ' ')
			w->breaks[i] = UC_BREAK_PROHIBITED;
}

static size_t skip_blanks(const struct wrap *w, size_t at)
{
	while (at < w->n && (w->s[at] == ' ' || w->s[at] == '\n'))
		at++;
	return at;
}

bool wrap_next(struct wrap *w, int columns)
{
	size_t from = skip_blanks(w, w->at), at = from, best = from;
	int used = 0;
	uint32_t cp;

	if (from >= w->n)
		return false;
	while (at < w->n) {
		int bytes = text_decode(w->s + at, &cp);
		if (at > from && w->breaks[at] == UC_BREAK_MANDATORY)
			break;
		if (at > from && w->breaks[at] == UC_BREAK_POSSIBLE)
			best = at;
		used += text_cp_columns(cp);
		if (used > max_int(columns, 1) && cp != ' ' && at > from)
			break;
		at += (size_t)max_int(bytes, 1);
	}
	if (at < w->n && w->breaks[at] != UC_BREAK_MANDATORY && best > from)
		at = best;
	w->at = at;
	w->from = from;
	for (w->to = at; w->to > from && (w->s[w->to - 1] == ' ' || w->s[w->to - 1] == '\n'); )
		w->to--;
	return true;
}

void wrap_release(struct wrap *w)
{
	free(w->breaks);
	*w = (struct wrap){ 0 };
}

/* Append n bytes of decomposed UTF-8, without marks, and free them. */
static void add_bare(struct buf *out, uint8_t *s, size_t n)
{
	for (size_t at = 0, bytes; s && at < n; at += bytes) {
		uint32_t cp;
		bytes = (size_t)u8_mbtouc(&cp, s + at, n - at);
		if (!uc_is_general_category(cp, UC_CATEGORY_Mn))
			buf_addn(out, (const char *)s + at, bytes);
	}
	free(s);
}

void text_fold(struct buf *out, const char *s)
{
	size_t n = 0;
	uint8_t *folded = u8_casefold((const uint8_t *)s, strlen(s), NULL, UNINORM_NFD, NULL, &n);

	add_bare(out, folded, n);
}

void text_unmark(struct buf *out, const char *s)
{
	size_t n = 0;
	uint8_t *parts = u8_normalize(UNINORM_NFD, (const uint8_t *)s, strlen(s), NULL, &n);

	add_bare(out, parts, n);
}

static const char *markup_of(uint32_t cp)
{
	switch (cp) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: break;
	}
	if ((cp < 0x20 && cp != '\n' && cp != '\t') || cp == 0xfffe || cp == 0xffff ||
	    cp == REPLACEMENT)          /* also of bytes that are no UTF-8 */
		return "\357\277\275";
	return NULL;
}

void text_markup(struct buf *out, const char *s)
{
	uint32_t cp;

	for (int n; *s; s += n) {
		const char *as;
		n = text_decode(s, &cp);
		as = markup_of(cp);
		if (as)
			buf_add(out, as);
		else
			buf_addn(out, s, (size_t)n);
	}
}
