#include "config.h"
#include "pack/shape.h"

#include "base/opt.h"
#include "pack/pack.h"
#include "text/text.h"

#define SHAPE(id, name, ...) \
	static const struct field id##_fields[] = { __VA_ARGS__ }; \
	const struct shape shape_##id = { name, id##_fields, ARRAY_LEN(id##_fields) };

static const char holder_faces[] = "customer microsoft shared neutral other";
enum { LABEL_FULL = 37, LABEL_MEDIUM = 17, LABEL_SHORT = 8, TITLE = 72, SUMMARY = 240 };

SHAPE(pack, "a pack",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "title", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "version", FIELD_WORD, true, 32, NULL, NULL },
	{ "language", FIELD_WORD, true, 16, NULL, NULL },
	{ "licence", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "attribution", FIELD_LINE, true, 0, NULL, NULL })

SHAPE(holder, "a holder",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "word", FIELD_LINE, true, 9, NULL, NULL },
	{ "letter", FIELD_LETTER, true, 0, NULL, NULL },
	{ "face", FIELD_WORD, true, 0, holder_faces, NULL },
	{ "pattern", FIELD_WORD, true, 0, "solid light half none", NULL },
	{ "party", FIELD_WORD, false, 0, "yes no", NULL },
	{ "text", FIELD_LINE, false, SUMMARY, NULL, NULL })

SHAPE(source, "a source",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "title", FIELD_LINE, true, 120, NULL, NULL },
	{ "publisher", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "date", FIELD_DATE, false, 0, NULL, NULL },
	{ "url", FIELD_URL, false, 0, NULL, NULL },
	{ "text", FIELD_LINE, false, 0, NULL, NULL })

SHAPE(alias, "an old name",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "old", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "also", FIELD_LINES, false, 0, NULL, NULL },
	{ "now", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "kind", FIELD_WORD, true, 0, "rename successor retirement not-renamed", NULL },
	{ "date", FIELD_DATE, false, 0, NULL, NULL },
	{ "text", FIELD_PROSE, true, 0, NULL, NULL },
	{ "see", FIELD_LINKS, false, 0, NULL, NULL },
	{ "sources", FIELD_SLUGS, true, 0, NULL, NULL })

#define LABELS \
	{ "id", FIELD_SLUG, true, 0, NULL, NULL }, \
	{ "full", FIELD_LINE, true, LABEL_FULL, NULL, NULL }, \
	{ "medium", FIELD_LINE, true, LABEL_MEDIUM, NULL, NULL }, \
	{ "short", FIELD_LINE, true, LABEL_SHORT, NULL, NULL }, \
	{ "summary", FIELD_LINE, true, SUMMARY, NULL, NULL }, \
	{ "text", FIELD_PROSE, false, 0, NULL, NULL }, \
	{ "sources", FIELD_SLUGS, true, 0, NULL, NULL }

SHAPE(model, "a model", LABELS)
SHAPE(layer, "a layer", LABELS,
	{ "band", FIELD_SLUG, false, 0, NULL, NULL },
	{ "same", FIELD_LINKS, false, 0, NULL, NULL },
	{ "holders", FIELD_PAIRS, true, 0, NULL, NULL })
SHAPE(band, "a band",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "name", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "short", FIELD_LINE, true, LABEL_MEDIUM, NULL, NULL },
	{ "letter", FIELD_LETTER, true, 0, NULL, NULL },
	{ "summary", FIELD_LINE, false, SUMMARY, NULL, NULL })
SHAPE(matrix, "a matrix",
	{ "title", FIELD_LINE, true, LABEL_FULL, NULL, NULL },
	{ "edition", FIELD_LINE, true, LABEL_FULL, NULL, NULL },
	{ "publisher", FIELD_LINE, true, TITLE, NULL, NULL },
	{ "date", FIELD_DATE, true, 0, NULL, NULL },
	{ "sources", FIELD_SLUGS, true, 0, NULL, NULL },
	{ "summary", FIELD_LINE, true, SUMMARY, NULL, NULL },
	{ "text", FIELD_PROSE, false, 0, NULL, NULL },
	{ "parties", FIELD_SLUGS, true, 0, NULL, NULL },
	{ "models", FIELD_SHAPES, true, 0, NULL, &shape_model },
	{ "bands", FIELD_SHAPES, false, 0, NULL, &shape_band },
	{ "layers", FIELD_SHAPES, true, 0, NULL, &shape_layer })

SHAPE(duty, "a duty",
	{ "id", FIELD_SLUG, true, 0, NULL, NULL },
	{ "party", FIELD_SLUG, true, 0, NULL, NULL },
	{ "verb", FIELD_WORD, true, 24, NULL, NULL },
	{ "severity", FIELD_WORD, false, 0, "high normal", NULL },
	{ "text", FIELD_LINE, true, 0, NULL, NULL },
	{ "source", FIELD_SLUG, true, 0, NULL, NULL })
SHAPE(cell, "a cell",
	{ "summary", FIELD_LINE, true, SUMMARY, NULL, NULL },
	{ "sources", FIELD_SLUGS, true, 0, NULL, NULL },
	{ "depends", FIELD_LINE, false, 0, NULL, NULL },
	{ "duties", FIELD_SHAPES, true, 0, NULL, &shape_duty })

#define PAGE(cells_must) \
	{ "title", FIELD_LINE, true, TITLE, NULL, NULL }, \
	{ "summary", FIELD_LINE, true, SUMMARY, NULL, NULL }, \
	{ "cells", FIELD_LINKS, cells_must, 0, "cell", NULL }, \
	{ "aliases", FIELD_SLUGS, false, 0, "alias", NULL }, \
	{ "see", FIELD_LINKS, false, 0, NULL, NULL }, \
	{ "sources", FIELD_SLUGS, true, 0, NULL, NULL }

SHAPE(example, "an example", PAGE(true),
	{ "type", FIELD_WORD, true, 0, "incident scenario", NULL },
	{ "date", FIELD_DATE, false, 0, NULL, NULL },
	{ "fault", FIELD_SLUG, true, 0, NULL, NULL },
	{ "action", FIELD_SLUG, true, 0, NULL, NULL },
	{ "practices", FIELD_SLUGS, false, 0, "practice", NULL },
	{ "lesson", FIELD_LINE, true, 0, NULL, NULL })
SHAPE(practice, "a practice", PAGE(true),
	{ "steps", FIELD_LINES, true, 0, NULL, NULL },
	{ "features", FIELD_LINES, false, 0, NULL, NULL })
SHAPE(topic, "a topic", PAGE(false))

bool is_slug(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n && n <= 100 && !s[n] && *s != '-' && s[n - 1] != '-' && !strstr(s, "--");
}

static bool is_date(const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = strlen(s);
	int month = n >= 7 ? (s[5] - '0') * 10 + s[6] - '0' : 1;
	int day = n >= 10 ? (s[8] - '0') * 10 + s[9] - '0' : 1;

	if (n != 4 && n != 7 && n != 10)
		return false;
	for (size_t i = 0; i < n; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != '-')
			return false;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_url(const char *s)
{
	size_t n = strlen(s);

	return (!strncmp(s, "https://", 8) || !strncmp(s, "http://", 7)) && n <= 2000 &&
	       !strpbrk(s, " \"<>\\^`{|}");
}

static void scalar_text(const struct field *d, const struct yaml *y, struct faults *f)
{
	const char *s = y->text;

	if (!s[strspn(s, " \n")])
		fault_add(f, y->at, "%s is empty", d->key);
	else if (strlen(s) > PACK_SCALAR_MAX)
		fault_add(f, y->at, "%s is longer than %d bytes", d->key, PACK_SCALAR_MAX);
	else if (d->type != FIELD_PROSE && strchr(s, '\n'))
		fault_add(f, y->at, "%s must be one line", d->key);
	else if (d->max && text_columns(s) > d->max)
		fault_add(f, y->at, "%s is %d columns wide, %d are allowed", d->key, text_columns(s),
			  d->max);
}

static void scalar_form(const struct field *d, const struct yaml *y, struct faults *f)
{
	const char *s = y->text;

	if (d->type == FIELD_SLUG && !is_slug(s))
		fault_add(f, y->at, "%s must be an id of a-z, 0-9 and single hyphens, not \"%s\"",
			  d->key, s);
	else if (d->type == FIELD_WORD && d->of && !word_in(s, d->of))
		fault_add(f, y->at, "%s must be one of: %s", d->key, d->of);
	else if (d->type == FIELD_WORD && !d->of && strpbrk(s, " \t\n"))
		fault_add(f, y->at, "%s must be one word", d->key);
	else if (d->type == FIELD_DATE && !is_date(s))
		fault_add(f, y->at, "%s must be a date such as 2026, 2026-01 or 2026-01-12", d->key);
	else if (d->type == FIELD_URL && !is_url(s))
		fault_add(f, y->at, "%s must be an address that begins with https://", d->key);
	else if (d->type == FIELD_LETTER && (*s < 'A' || *s > 'Z' || s[1]))
		fault_add(f, y->at, "%s must be one letter, A to Z", d->key);
}

static void check_scalar(const struct field *d, const struct yaml *y, struct faults *f)
{
	int before = f->total;

	if (y->kind != YAML_SCALAR) {
		fault_add(f, y->at, "%s must be a text", d->key);
		return;
	}
	scalar_text(d, y, f);
	if (f->total == before)
		scalar_form(d, y, f);
}

static void check_list(const struct field *d, const struct yaml *y, struct faults *f)
{
	static const enum field_type of[] = {
		[FIELD_LINES] = FIELD_LINE, [FIELD_SLUGS] = FIELD_SLUG, [FIELD_LINKS] = FIELD_LINE };
	struct field one = { d->key, FIELD_LINE, true, 0, NULL, NULL };

	if (y->kind != YAML_LIST) {
		fault_add(f, y->at, "%s must be a list", d->key);
		return;
	}
	if (!y->n && d->must)
		fault_add(f, y->at, "%s is empty", d->key);
	for (int i = 0; i < y->n; i++)
		if (d->type == FIELD_SHAPES) {
			shape_check(d->shape, y->item[i], f);
		} else {
			one.type = of[d->type];
			check_scalar(&one, y->item[i], f);
		}
}

static void check_pairs(const struct field *d, const struct yaml *y, struct faults *f)
{
	struct field one = { d->key, FIELD_SLUG, true, 0, NULL, NULL };

	if (y->kind != YAML_MAP)
		fault_add(f, y->at, "%s must be pairs of ids", d->key);
	for (int i = 0; y->kind == YAML_MAP && i < y->n; i++) {
		check_scalar(&one, y->key[i], f);
		check_scalar(&one, y->item[i], f);
	}
}

static const struct field *find(const struct shape *shape, const char *key)
{
	for (int i = 0; i < shape->n; i++)
		if (!strcmp(shape->field[i].key, key))
			return &shape->field[i];
	return NULL;
}

static void check_field(const struct shape *shape, const struct yaml *key, const struct yaml *value,
                        struct faults *f)
{
	const struct field *d = find(shape, key->text);

	if (!d)
		fault_add(f, key->at, "%s has no field %s", shape->name, key->text);
	else if (d->type == FIELD_PAIRS)
		check_pairs(d, value, f);
	else if (d->type >= FIELD_LINES)
		check_list(d, value, f);
	else
		check_scalar(d, value, f);
}

void shape_check(const struct shape *shape, const struct yaml *y, struct faults *f)
{
	if (y->kind != YAML_MAP) {
		fault_add(f, y->at, "%s must be written as fields, each \"key: value\"", shape->name);
		return;
	}
	for (int i = 0; i < y->n; i++)
		check_field(shape, y->key[i], y->item[i], f);
	for (int i = 0; i < shape->n; i++)
		if (shape->field[i].must && !yaml_get(y, shape->field[i].key))
			fault_add(f, y->at, "%s needs the field %s", shape->name, shape->field[i].key);
}

const char *shape_text(const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	return y && y->kind == YAML_SCALAR ? y->text : "";
}

const struct yaml *shape_list(const struct yaml *map, const char *key)
{
	static const struct yaml empty = { .kind = YAML_LIST };
	const struct yaml *y = yaml_get(map, key);

	return y && y->kind != YAML_SCALAR ? y : &empty;
}
