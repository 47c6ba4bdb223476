#include "config.h"
#include "text/face.h"

const char *const face_name[FACE__COUNT] = {
#define FACE(id, name) name,
#include "text/face.def"
#undef FACE
};

enum face face_of(const char *name)
{
	for (int i = 0; i < FACE__COUNT; i++)
		if (!strcmp(face_name[i], name))
			return (enum face)i;
	return FACE_OTHER;
}
