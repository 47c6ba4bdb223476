-- The content database of onus.  Compiled from the text of packs by `onus pack build`, replaced as a
-- whole, never changed and never migrated.  db/README says what each table means.
--
-- Whatever has a link is an entry; the tables of the kinds add what only they have, under the same id.
-- A cell is addressed by the positions of its layer and model in its matrix, from 0, so that a window
-- of a large matrix is one seek a row.

PRAGMA application_id = 0x6f6e7573;     -- "onus"
PRAGMA user_version = 1;

CREATE TABLE pack(
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  version TEXT NOT NULL,
  language TEXT NOT NULL,
  licence TEXT NOT NULL,
  attribution TEXT NOT NULL,
  sha256 TEXT NOT NULL                  -- of its files, names and bytes, in order of names
) STRICT;

CREATE TABLE entry(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                   -- src/kb/kind.def
  link TEXT NOT NULL UNIQUE,            -- azure:iaas/os, example/teams-sharing
  title TEXT NOT NULL,
  summary TEXT NOT NULL,                -- one line
  pack INTEGER NOT NULL REFERENCES pack
) STRICT;

CREATE INDEX entry_kind ON entry(kind);

-- The CommonMark of the entries that have some.  Apart, so that lists of titles read few pages.
CREATE TABLE prose(
  entry INTEGER PRIMARY KEY REFERENCES entry,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE holder(
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  word TEXT NOT NULL,
  letter TEXT NOT NULL,
  face TEXT NOT NULL,
  pattern TEXT NOT NULL,
  party INTEGER NOT NULL,               -- 1: it can have duties
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE source(
  id INTEGER PRIMARY KEY REFERENCES entry,
  slug TEXT NOT NULL UNIQUE,
  publisher TEXT NOT NULL,
  date TEXT NOT NULL,                   -- '' where there is none
  url TEXT NOT NULL                     -- likewise
) STRICT;

CREATE TABLE matrix(
  id INTEGER PRIMARY KEY REFERENCES entry,
  slug TEXT NOT NULL UNIQUE,
  edition TEXT NOT NULL,
  publisher TEXT NOT NULL,
  date TEXT NOT NULL,
  layers INTEGER NOT NULL,              -- how many
  models INTEGER NOT NULL
) STRICT;

-- The parties of which every cell says what they do, in order.
CREATE TABLE party(
  matrix INTEGER NOT NULL REFERENCES matrix,
  position INTEGER NOT NULL,
  holder INTEGER NOT NULL REFERENCES holder,
  PRIMARY KEY(matrix, position)
) STRICT, WITHOUT ROWID;

-- How many cells each holder has: counted once, when the pack is compiled.
CREATE TABLE tally(
  matrix INTEGER NOT NULL REFERENCES matrix,
  holder INTEGER NOT NULL REFERENCES holder,
  cells INTEGER NOT NULL,
  PRIMARY KEY(matrix, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE band(
  matrix INTEGER NOT NULL REFERENCES matrix,
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  letter TEXT NOT NULL,
  first INTEGER NOT NULL,               -- position of its first layer
  summary TEXT NOT NULL,
  PRIMARY KEY(matrix, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE model(
  id INTEGER PRIMARY KEY REFERENCES entry,
  matrix INTEGER NOT NULL REFERENCES matrix,
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  full TEXT NOT NULL,
  medium TEXT NOT NULL,
  short TEXT NOT NULL,
  UNIQUE(matrix, position),
  UNIQUE(matrix, slug)
) STRICT;

CREATE TABLE layer(
  id INTEGER PRIMARY KEY REFERENCES entry,
  matrix INTEGER NOT NULL REFERENCES matrix,
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  band INTEGER,                         -- position, NULL where the matrix has none
  full TEXT NOT NULL,
  medium TEXT NOT NULL,
  short TEXT NOT NULL,
  UNIQUE(matrix, position),
  UNIQUE(matrix, slug),
  FOREIGN KEY(matrix, band) REFERENCES band(matrix, position)
) STRICT;

-- Layers of different matrices that are the same; each pair in both directions.
CREATE TABLE layer_same(
  layer INTEGER NOT NULL REFERENCES layer,
  same INTEGER NOT NULL REFERENCES layer,
  PRIMARY KEY(layer, same)
) STRICT, WITHOUT ROWID;

CREATE TABLE responsibility(
  matrix INTEGER NOT NULL REFERENCES matrix,
  layer INTEGER NOT NULL,               -- position
  model INTEGER NOT NULL,               -- position
  holder INTEGER NOT NULL REFERENCES holder,
  entry INTEGER NOT NULL UNIQUE REFERENCES entry,
  differs INTEGER NOT NULL,             -- 1: a counterpart in another matrix has another holder
  depends TEXT NOT NULL,                -- on what a model-dependent holder depends; else ''
  PRIMARY KEY(matrix, layer, model),
  FOREIGN KEY(matrix, layer) REFERENCES layer(matrix, position),
  FOREIGN KEY(matrix, model) REFERENCES model(matrix, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty(
  entry INTEGER NOT NULL REFERENCES entry,      -- of the cell
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  party INTEGER NOT NULL REFERENCES holder,
  verb TEXT NOT NULL,
  severity TEXT NOT NULL CHECK(severity IN ('high', 'normal')),
  text TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source,
  PRIMARY KEY(entry, position),
  UNIQUE(entry, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX duty_source ON duty(source, entry);

-- An Azure service falls in the column of a model, but for its overrides.
CREATE TABLE service(
  id INTEGER PRIMARY KEY REFERENCES entry,
  model INTEGER NOT NULL REFERENCES model,
  variant INTEGER REFERENCES service,   -- of which it is a variant
  access TEXT NOT NULL CHECK(access IN ('none', 'read', 'full')),       -- to the operating system
  retires TEXT NOT NULL                 -- date, or ''
) STRICT;

CREATE TABLE override(
  service INTEGER NOT NULL REFERENCES service,
  cell INTEGER NOT NULL REFERENCES entry,       -- of the model's column
  holder INTEGER NOT NULL REFERENCES holder,
  reason TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source,
  PRIMARY KEY(service, cell)
) STRICT, WITHOUT ROWID;

-- All duties of an overridden cell, those that the model has too included.
CREATE TABLE override_duty(
  service INTEGER NOT NULL REFERENCES service,
  cell INTEGER NOT NULL,
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  party INTEGER NOT NULL REFERENCES holder,
  verb TEXT NOT NULL,
  severity TEXT NOT NULL CHECK(severity IN ('high', 'normal')),
  text TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source,
  PRIMARY KEY(service, cell, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE example(
  id INTEGER PRIMARY KEY REFERENCES entry,
  type TEXT NOT NULL CHECK(type IN ('incident', 'scenario')),
  date TEXT NOT NULL,
  fault INTEGER REFERENCES holder,      -- whose fault it was; NULL: nobody's
  action INTEGER NOT NULL REFERENCES holder,
  lesson TEXT NOT NULL
) STRICT;

-- The steps of a practice and the Azure features that help with it.
CREATE TABLE step(
  entry INTEGER NOT NULL REFERENCES entry,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(entry, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE feature(
  entry INTEGER NOT NULL REFERENCES entry,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(entry, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE alias(
  id INTEGER PRIMARY KEY REFERENCES entry,
  old TEXT NOT NULL,
  also TEXT NOT NULL,                   -- other spellings, separated by ", "
  now TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('rename', 'successor', 'retirement', 'not-renamed')),
  date TEXT NOT NULL,
  target INTEGER REFERENCES entry       -- the page of what it is now
) STRICT;

-- A control of a benchmark, both entries.
CREATE TABLE control(
  id INTEGER PRIMARY KEY REFERENCES entry,
  benchmark INTEGER NOT NULL REFERENCES entry,
  domain TEXT NOT NULL                  -- '' where only its number is known
) STRICT;

-- Controls of different benchmarks that are mapped to each other; each pair in both directions.
CREATE TABLE crosswalk(
  control INTEGER NOT NULL REFERENCES control,
  same INTEGER NOT NULL REFERENCES control,
  PRIMARY KEY(control, same)
) STRICT, WITHOUT ROWID;

CREATE TABLE citation(
  entry INTEGER NOT NULL REFERENCES entry,
  position INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES source,
  PRIMARY KEY(entry, position),
  UNIQUE(source, entry)
) STRICT, WITHOUT ROWID;

-- One of the two names the other; pages show it at both, so each pair is here in both directions.
CREATE TABLE link(
  entry INTEGER NOT NULL REFERENCES entry,
  target INTEGER NOT NULL REFERENCES entry,
  PRIMARY KEY(entry, target)
) STRICT, WITHOUT ROWID;

-- rowid is entry.id.  names: the old names of the products that the entry is about.  A word of more letters
-- than there are prefixes is looked for in all words that begin so, which takes as long as they are many.
CREATE VIRTUAL TABLE search USING fts5(
  title, names, text,
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '1 2 3 4 5 6 7 8 9 10 11 12'
);

-- Every title, label and old name: its words, folded (text/words.h), with a blank between them.
CREATE TABLE name(
  name TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry,
  PRIMARY KEY(name, entry)
) STRICT, WITHOUT ROWID;

-- Parts of words, of three letters or more; titles and old names only, which keeps it small.  Folded.
CREATE VIRTUAL TABLE part USING fts5(
  names,
  tokenize = "trigram",
  content = '', columnsize = 0
);
