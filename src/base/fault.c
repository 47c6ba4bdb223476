#include "config.h"
#include "base/fault.h"

#include <stdarg.h>

#include "base/alloc.h"

void fault_add(struct faults *f, struct place at, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	f->total++;
	if (f->n == FAULT_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	f->list[f->n++] = (struct fault){ xstrdup(at.file), xstrdup(text), at.line, at.column };
}

static int compare(const struct fault *a, const struct fault *b)
{
	int by_file = strcmp(a->file, b->file);

	return by_file ? by_file : a->line != b->line ? a->line - b->line : a->column - b->column;
}

void faults_sort(struct faults *f)
{
	for (int i = 1; i < f->n; i++) {        /* by insertion: few, and stable */
		struct fault one = f->list[i];
		int at = i;
		for (; at > 0 && compare(&f->list[at - 1], &one) > 0; at--)
			f->list[at] = f->list[at - 1];
		f->list[at] = one;
	}
}

void faults_release(struct faults *f)
{
	for (int i = 0; i < f->n; i++) {
		free(f->list[i].file);
		free(f->list[i].text);
	}
	*f = (struct faults){ .n = 0 };
}
