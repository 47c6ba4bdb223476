/* typed: what is typed, before it is a key: characters of several bytes, and pastes. */
#ifndef UI_TYPED_H
#define UI_TYPED_H

#include "base/base.h"

/* The next byte of UTF-8: the character that it completes, or 0.  A broken one is dropped alone. */
int typed_byte(int byte);

/* The same of a paste: the end of a line and a tab are blanks, what is no text is 0. */
int typed_pasted(int byte);

/* Whether what was just read belongs to a paste, which is no keys; begin, end: it is a mark of one.  A
 * stray beginning does not keep the keyboard for good: pasted bytes come without a pause. */
bool typed_paste(bool begin, bool end);

#endif
