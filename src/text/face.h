/* face: the meanings that a run of text can have, and runs. */
#ifndef TEXT_FACE_H
#define TEXT_FACE_H

#include "base/base.h"

enum face {
#define FACE(id, name) FACE_##id,
#include "text/face.def"
#undef FACE
	FACE__COUNT
};

extern const char *const face_name[FACE__COUNT];
/* The face of a name, or FACE_OTHER. */
enum face face_of(const char *name);

struct span {
	int from, n;            /* bytes of a line or paragraph */
	enum face face;
};

#endif
