#include "config.h"
#include "text/json.h"

#include <assert.h>
#include <jansson.h>

static void string(struct json *j, const char *s)
{
	json_t *value = json_string_nocheck(s);

	json_dumpf(value, j->out, JSON_ENCODE_ANY);
	json_decref(value);
}

static void key(struct json *j, const char *name)
{
	if (!j->depth)
		return;
	if (j->filled[j->depth - 1])
		fputc(',', j->out);
	j->filled[j->depth - 1] = true;
	if (name) {
		string(j, name);
		fputc(':', j->out);
	}
}

void json_open(struct json *j, const char *name, char bracket)
{
	assert(j->depth < JSON_DEPTH);
	key(j, name);
	fputc(bracket, j->out);
	j->bracket[j->depth] = bracket;
	j->filled[j->depth++] = false;
}

void json_close(struct json *j)
{
	assert(j->depth > 0);
	fputc(j->bracket[--j->depth] == '{' ? '}' : ']', j->out);
	if (!j->depth)
		fputc('\n', j->out);
}

void json_str(struct json *j, const char *name, const char *value)
{
	key(j, name);
	if (value)
		string(j, value);
	else
		fputs("null", j->out);
}

void json_int(struct json *j, const char *name, int64_t value)
{
	key(j, name);
	fprintf(j->out, "%lld", (long long)value);
}

void json_bool(struct json *j, const char *name, bool value)
{
	key(j, name);
	fputs(value ? "true" : "false", j->out);
}
