/* json: a JSON text written as one goes, so that memory does not grow with it.  The only place for jansson.
 *
 *	struct json j = { out };
 *	json_open(&j, NULL, '{');
 *	json_str(&j, "id", "paas");
 *	json_open(&j, "layers", '[');
 *	...
 *	json_close(&j);
 *	json_close(&j);         the outermost one ends the line
 *
 * A key is NULL inside a list.  Write errors are the stream's: ferror(out). */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/base.h"

enum { JSON_DEPTH = 16 };

struct json {
	FILE *out;
	int depth;
	char bracket[JSON_DEPTH];
	bool filled[JSON_DEPTH];        /* something stands there already */
};

void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j);
void json_str(struct json *j, const char *key, const char *value);     /* NULL: null */
void json_bool(struct json *j, const char *key, bool value);
void json_int(struct json *j, const char *key, int64_t value);

#endif
