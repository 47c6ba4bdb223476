#include "config.h"
#include "pack/shape.h"

#include "base/opt.h"
#include "pack/pack.h"
#include "text/text.h"

#define SHAPE(id, name, ...) \
	static const struct field id##_fields[] = { __VA_ARGS__ }; \
	const struct shape shape_##id = { name, id##_fields, ARRAY_LEN(id##_fields) };
/* Fields that many have. */
#define ID { "id", FIELD_SLUG, MUST, 0, NULL, NULL, "its id; it never changes" }
#define TITLE_OF(help) { "title", FIELD_LINE, MUST, TITLE, NULL, NULL, help }
#define SUMMARY_OF(help) { "summary", FIELD_LINE, MUST, SUMMARY, NULL, NULL, help }
#define SOURCES { "sources", FIELD_SLUGS, MUST, 0, "source", NULL, "where it is from: ids of sources" }
#define SOURCE(help) { "source", FIELD_SLUG, MUST, 0, "source", NULL, help }
#define SEE { "see", FIELD_LINKS, MAY, 0, NULL, NULL, "what else to read" }
#define PROSE_OF(help) { "text", FIELD_PROSE, MAY, 0, NULL, NULL, help }

enum { MAY = false, MUST = true };
enum { LABEL_FULL = 37, LABEL_MEDIUM = 17, LABEL_SHORT = 8, TITLE = 72, SUMMARY = 240 };

SHAPE(pack, "a pack", ID,
	TITLE_OF("what it is"),
	{ "version", FIELD_WORD, MUST, 32, NULL, NULL, "of its text; exports name it" },
	{ "language", FIELD_WORD, MUST, 16, NULL, NULL, "such as en" },
	{ "licence", FIELD_LINE, MUST, TITLE, NULL, NULL, "of its text" },
	{ "attribution", FIELD_LINE, MUST, 0, NULL, NULL, "whom to name" })

SHAPE(holder, "a holder", ID,
	{ "word", FIELD_LINE, MUST, 9, NULL, NULL, "in the cells of the grid" },
	{ "letter", FIELD_LETTER, MUST, 0, NULL, NULL, "where there is no room for the word" },
	{ "face", FIELD_WORD, MUST, 0, "customer microsoft shared neutral other", NULL, "its colours" },
	{ "pattern", FIELD_WORD, MUST, 0, "solid light half none", NULL, "how it looks without colours" },
	{ "party", FIELD_WORD, MAY, 0, "yes no", NULL, "whether it can have duties" },
	{ "text", FIELD_LINE, MAY, SUMMARY, NULL, NULL, "what it means" })

SHAPE(source, "a source", ID,
	{ "title", FIELD_LINE, MUST, 120, NULL, NULL, "of the page or paper" },
	{ "publisher", FIELD_LINE, MUST, TITLE, NULL, NULL, "who published it" },
	{ "date", FIELD_DATE, MAY, 0, NULL, NULL, "of what was read; pages say so once it is a year ago" },
	{ "url", FIELD_URL, MAY, 0, NULL, NULL, "where it is" },
	{ "text", FIELD_LINE, MAY, 0, NULL, NULL, "what was taken from it" })

SHAPE(alias, "an old name", ID,
	{ "old", FIELD_LINE, MUST, TITLE, NULL, NULL, "the old name" },
	{ "also", FIELD_LINES, MAY, 0, NULL, NULL, "other spellings of it" },
	{ "now", FIELD_LINE, MUST, TITLE, NULL, NULL, "the present name" },
	{ "kind", FIELD_WORD, MUST, 0, "rename successor retirement not-renamed", NULL,
	  "what happened to it" },
	{ "date", FIELD_DATE, MAY, 0, NULL, NULL,
	  "when; of a retirement the day it ends, of which the pages that name it warn" },
	{ "to", FIELD_LINK, MAY, 0, NULL, NULL,
	  "the page of what it is now, which KIND/ID of the old name opens" },
	{ "text", FIELD_PROSE, MUST, 0, NULL, NULL, "what changed and what did not" },
	SEE, SOURCES)

#define LABELS ID, \
	{ "full", FIELD_LINE, MUST, LABEL_FULL, NULL, NULL, "its label where there is room" }, \
	{ "medium", FIELD_LINE, MUST, LABEL_MEDIUM, NULL, NULL, "where there is less" }, \
	{ "short", FIELD_LINE, MUST, LABEL_SHORT, NULL, NULL, "where there is little" }, \
	SUMMARY_OF("what it is"), PROSE_OF("its page"), SOURCES

SHAPE(model, "a model", LABELS)
SHAPE(layer, "a layer", LABELS,
	{ "band", FIELD_SLUG, MAY, 0, NULL, NULL,
	  "the band it is in; must be there if the matrix has bands" },
	{ "same", FIELD_LINES, MAY, 0, NULL, NULL,
	  "MATRIX:LAYER of other matrices that are the same; one of the two says it" },
	{ "holders", FIELD_PAIRS, MUST, 0, NULL, NULL,
	  "the id of each model, and of the holder of its cell" })
SHAPE(band, "a band", ID,
	{ "name", FIELD_LINE, MUST, TITLE, NULL, NULL, "what it says above its layers" },
	{ "short", FIELD_LINE, MUST, LABEL_MEDIUM, NULL, NULL, "where there is less room" },
	{ "letter", FIELD_LETTER, MUST, 0, NULL, NULL, "where there is little" },
	{ "summary", FIELD_LINE, MAY, SUMMARY, NULL, NULL, "what its layers have in common" })
SHAPE(matrix, "a matrix",
	{ "title", FIELD_LINE, MUST, LABEL_FULL, NULL, NULL, "what it is" },
	{ "edition", FIELD_LINE, MUST, LABEL_FULL, NULL, NULL, "which drawing or table" },
	{ "publisher", FIELD_LINE, MUST, TITLE, NULL, NULL, "who published it" },
	{ "date", FIELD_DATE, MUST, 0, NULL, NULL, "when" },
	SOURCES, SUMMARY_OF("what it shows"), PROSE_OF("its page"),
	{ "parties", FIELD_SLUGS, MUST, 0, NULL, NULL,
	  "the holders of whom every cell says what they do; the first one is whom the matrix is for" },
	{ "covered", FIELD_SLUGS, MAY, 0, NULL, NULL,
	  "models of which each cell of the first party, or shared, needs an example or a practice" },
	{ "models", FIELD_SHAPES, MUST, 0, NULL, &shape_model, "left to right" },
	{ "bands", FIELD_SHAPES, MAY, 0, NULL, &shape_band, "top to bottom" },
	{ "layers", FIELD_SHAPES, MUST, 0, NULL, &shape_layer, "top to bottom" })

SHAPE(duty, "a duty",
	{ "id", FIELD_SLUG, MUST, 0, NULL, NULL, "its id, unique in its cell" },
	{ "party", FIELD_SLUG, MUST, 0, NULL, NULL, "who does it: a holder that is a party" },
	{ "verb", FIELD_WORD, MUST, 24, NULL, NULL, "one word: owns, configures, patches" },
	{ "severity", FIELD_WORD, MAY, 0, "high normal", NULL, "normal where it is not there" },
	{ "text", FIELD_LINE, MUST, 0, NULL, NULL,
	  "what; it goes on after \"PARTY VERB\", without full stop" },
	SOURCE("where it is from"))
SHAPE(cell, "a cell",
	SUMMARY_OF("why it is theirs"), SOURCES,
	{ "depends", FIELD_LINE, MAY, 0, NULL, NULL,
	  "on what it depends; must be there if the holder is model-dependent" },
	{ "duties", FIELD_SHAPES, MUST, 0, NULL, &shape_duty, "the most important first" })

#define PAGE(cells_must, title, summary) \
	TITLE_OF(title), SUMMARY_OF(summary), \
	{ "cells", FIELD_LINKS, cells_must, 0, "cell", NULL, "the cells that it is about" }, \
	{ "services", FIELD_SLUGS, MAY, 0, "service", NULL, "the services that it is about" }, \
	{ "aliases", FIELD_SLUGS, MAY, 0, "alias", NULL, "old names of products that it names" }, \
	SEE, SOURCES

SHAPE(override, "an override",
	{ "layer", FIELD_SLUG, MUST, 0, NULL, NULL, "the layer that differs" },
	{ "holder", FIELD_SLUG, MUST, 0, NULL, NULL, "who answers for it here" },
	{ "reason", FIELD_LINE, MUST, 0, NULL, NULL, "why, in one or two sentences" },
	SOURCE("where that is from"),
	{ "drops", FIELD_SLUGS, MAY, 0, NULL, NULL, "duties of the model's cell that do not hold here" },
	{ "duties", FIELD_SHAPES, MAY, 0, NULL, &shape_duty,
	  "duties that come to them, or that replace one of the same id" })
SHAPE(service, "a service",
	TITLE_OF("its present name"), SUMMARY_OF("what it is, and who does what"),
	{ "model", FIELD_LINK, MUST, 0, "model", NULL, "MATRIX:MODEL of the column that it falls in" },
	{ "models", FIELD_LINKS, MAY, 0, "model", NULL, "other columns that parts of it fall in" },
	{ "variant-of", FIELD_SLUG, MAY, 0, "service", NULL, "the service of which it is a variant" },
	{ "access", FIELD_WORD, MUST, 0, "none read full", NULL,
	  "what its customer can reach of the operating system" },
	{ "retires", FIELD_DATE, MAY, 0, NULL, NULL, "when it ends; its page warns" },
	{ "overrides", FIELD_SHAPES, MAY, 0, NULL, &shape_override,
	  "where it leaves the column of its model" },
	{ "aliases", FIELD_SLUGS, MAY, 0, "alias", NULL, "its old names" },
	SEE, SOURCES)
SHAPE(example, "an example", PAGE(MUST, "what happened", "what happened, in a sentence or two"),
	{ "type", FIELD_WORD, MUST, 0, "incident scenario", NULL, "whether it happened or is made up" },
	{ "date", FIELD_DATE, MAY, 0, NULL, NULL, "of an incident: when it became public" },
	{ "fault", FIELD_SLUG, MUST, 0, NULL, NULL, "whose fault it was: a holder, or none" },
	{ "action", FIELD_SLUG, MUST, 0, NULL, NULL, "who had to act: a holder" },
	{ "practices", FIELD_SLUGS, MAY, 0, "practice", NULL, "the practices that would have helped" },
	{ "lesson", FIELD_LINE, MUST, 0, NULL, NULL, "what to learn from it" })
SHAPE(practice, "a practice", PAGE(MUST, "what to do", "what to do, and why"),
	{ "steps", FIELD_LINES, MUST, 0, NULL, NULL, "in order" },
	{ "features", FIELD_LINES, MAY, 0, NULL, NULL, "features that help, by their present names" },
	{ "controls", FIELD_LINES, MAY, 0, "control", NULL, "BENCHMARK/ID of the controls that it fulfils" })
SHAPE(misconception, "a misconception",
	PAGE(MUST, "the wrong belief, as a sentence without full stop", "what holds instead"))
SHAPE(topic, "a topic", PAGE(MAY, "what it is about", "what it says"))

SHAPE(term, "a term", ID,
	{ "term", FIELD_LINE, MUST, TITLE, NULL, NULL, "the term" },
	{ "also", FIELD_LINES, MAY, 0, NULL, NULL, "other words and abbreviations for it" },
	SUMMARY_OF("what it means"), PROSE_OF("more about it"),
	{ "auto", FIELD_WORD, MAY, 0, "yes no", NULL,
	  "no: a word so common that prose does not become a link to it by itself" },
	SEE, SOURCES)

SHAPE(control, "a control",
	{ "id", FIELD_CODE, MUST, 0, NULL, NULL, "as published: letters, digits, hyphens and dots" },
	{ "domain", FIELD_LINE, MAY, TITLE, NULL, NULL, "the part of the benchmark that it is in" },
	{ "title", FIELD_LINE, MUST, 120, NULL, NULL, "its name" },
	{ "maps", FIELD_LINES, MAY, 0, NULL, NULL,
	  "BENCHMARK/ID of the controls of other benchmarks that it is mapped to" })
SHAPE(benchmark, "a benchmark", ID,
	TITLE_OF("its name"),
	{ "short", FIELD_LINE, MUST, 24, NULL, NULL, "before the ids of its controls" },
	SUMMARY_OF("what it is"), SOURCES,
	{ "controls", FIELD_SHAPES, MAY, 0, NULL, &shape_control,
	  "in order; those of which another benchmark's maps speak are known without being here" })

bool is_slug(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n && n <= 100 && !s[n] && *s != '-' && s[n - 1] != '-' && !strstr(s, "--");
}

bool is_code(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

	return n && n <= 32 && !s[n] && !strstr(s, "..");
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
	else if (d->type == FIELD_CODE && !is_code(s))
		fault_add(f, y->at, "%s must be letters, digits, hyphens and dots, not \"%s\"", d->key, s);
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
	struct field one = { d->key, FIELD_LINE, true, 0, NULL, NULL, NULL };

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
	struct field one = { d->key, FIELD_SLUG, true, 0, NULL, NULL, NULL };

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
