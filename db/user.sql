-- The user's own database, user.db: made by the first thing worth keeping, never replaced, migrated.
-- This is its version 1; what later versions change comes to it in steps (src/store/migrate.c).
-- db/README says what each table means.

PRAGMA application_id = 0x6f6e7575;     -- "onuu"

CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  link TEXT NOT NULL UNIQUE,            -- azure:iaas/os; content is never referred to by number
  text TEXT NOT NULL,                   -- as it was given
  rev INTEGER NOT NULL,                 -- one more with each change: who writes says what he has read
  changed INTEGER NOT NULL              -- seconds since 1970
) STRICT;

CREATE TABLE kept(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                   -- mark, stack, place
  name TEXT NOT NULL,                   -- of a mark a letter
  text TEXT NOT NULL,
  changed INTEGER NOT NULL,
  UNIQUE(kind, name)
) STRICT;

-- The words of notes; rowid is note.id.  Filled by code.
CREATE VIRTUAL TABLE note_search USING fts5(
  text, content='note', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3 4 5 6'
);
