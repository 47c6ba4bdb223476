/* fault: what is wrong in text files, collected so that one run tells everything.
 *
 * A fault is file:line:column: sentence.  The first FAULT_MAX are kept, all are counted. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include "base/base.h"

enum { FAULT_MAX = 50 };

struct place {
	const char *file;       /* borrowed for as long as the faults are added */
	int line, column;       /* from 1; 0: the whole file */
};

struct fault {
	char *file, *text;
	int line, column;
};

struct faults {
	struct fault list[FAULT_MAX];
	int n;                  /* kept */
	int total;              /* found */
};

void fault_add(struct faults *f, struct place at, const char *fmt, ...) PRINTF(3, 4);
/* By file, line and column; those found first stay first where they are equal. */
void faults_sort(struct faults *f);
void faults_release(struct faults *f);

#endif
