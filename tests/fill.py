#!/usr/bin/env python3
"""fill.py texts|cells ONUS.db OUT.db [N] - a large content database, to measure with.

OUT.db becomes a copy of a built database (db/onus.db) with more in it, the same bytes every time:

  texts   N controls (1000000) of eight words and a number; the words are as frequent as in a language
          (1/rank), some have English endings, "quixotic" stands in three of them
  cells   two matrices, big-a and big-b, of N layers by N models (1000); each layer of one is the same
          as that of the other; a third of the holders differ; 40 services service/s0.., each with
          overrides in every tenth layer of its model
"""
import itertools
import random
import shutil
import sqlite3
import sys

ENDINGS = ['', '', '', '', 's', 'ed', 'ing', 'ation', 'er', 'ly']
FIRST = '''the of layer model attention cache token kernel network packet index query rotation
certificate configuration'''.split()
SYLLABLES = [c + v for c in 'bdfklmnprstvz' for v in 'aeiou']


class Words:
    """Sentences of 20000 words, of which the first are frequent."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        words = dict.fromkeys(FIRST)
        while len(words) < 20000:
            stem = ''.join(self.random.choices(SYLLABLES, k=self.random.randint(2, 5)))
            words[stem + self.random.choice(ENDINGS)] = None
        self.words = list(words)
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def some(self, n):
        return self.random.choices(self.words, cum_weights=self.weights, k=n)


def texts(db, n):
    first = db.execute('SELECT max(id) + 1 FROM entry').fetchone()[0]   # of the last kind already
    words = Words(42)
    rare = (n // 8, n // 2, n - 10)
    rows = []
    for i in range(n):
        some = words.some(8)
        if i in rare:
            some[3] = 'quixotic'
        title = some[0].capitalize() + ' ' + some[1]
        rows.append((first + i, f'control/x/{i}', title, ' '.join(some[2:]) + f' {i:07}', title.lower()))
    db.executemany("INSERT INTO entry VALUES(?1, 'control', ?2, ?3, ?4, 1)", (r[:4] for r in rows))
    db.executemany("INSERT INTO search(rowid, title, names, text) VALUES(?1, ?3, '', ?4)",
                   (r[:4] for r in rows))
    db.executemany('INSERT INTO name VALUES(?, ?)', ((r[4], r[0]) for r in rows))
    db.executemany('INSERT INTO part(rowid, names) VALUES(?, ?)', ((r[0], r[4]) for r in rows))
    for index in ('search', 'part'):
        db.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")


def matrix(db, slug, n, turn):
    """Give the ids of its first model, layer and cell."""
    holder = [db.execute('SELECT id FROM holder WHERE slug = ?', (h,)).fetchone()[0]
              for h in ('customer', 'microsoft', 'shared')]
    first = db.execute('SELECT max(id) + 1 FROM entry').fetchone()[0]
    model, layer = first + 1, first + 1 + n
    cell = layer + n
    entry = 'INSERT INTO entry VALUES(?, ?, ?, ?, ?, 1)'
    db.execute(entry, (first, 'matrix', f'matrix/{slug}', slug, 'Many cells'))
    db.execute("INSERT INTO matrix VALUES(?, ?, 'large', 'nobody', '2026-01-01', ?, ?)", (first, slug, n, n))
    for id, kind, path in ((model, 'model', ''), (layer, 'layer', 'layer/')):
        slugs = [f'{kind[0]}{i:04}' for i in range(n)]
        names = [f'{kind.capitalize()} {i:04}' for i in range(n)]
        db.executemany(entry, ((id + i, kind, f'{slug}:{path}{slugs[i]}', names[i], f'A {kind}')
                               for i in range(n)))
        columns = '?, ?, ?, ?, ?, ?, ?' if kind == 'model' else '?, ?, ?, ?, NULL, ?, ?, ?'
        db.executemany(f'INSERT INTO {kind} VALUES({columns})',
                       ((id + i, first, i, slugs[i], names[i], names[i], slugs[i]) for i in range(n)))
    places = [(y, x) for y in range(n) for x in range(n)]
    db.executemany(entry, ((cell + y * n + x, 'cell', f'{slug}:m{x:04}/l{y:04}',
                            f'Model {x:04} / Layer {y:04}', 'A cell') for y, x in places))
    db.executemany("INSERT INTO responsibility VALUES(?, ?, ?, ?, ?, 0, '')",
                   ((first, y, x, holder[(x * 7 + y * 5 + turn * (x % 3 == y % 3)) % 3], cell + y * n + x)
                    for y, x in places))
    db.execute('INSERT INTO tally SELECT matrix, holder, count(*) FROM responsibility'
               ' WHERE matrix = ? GROUP BY 1, 2', (first,))
    return model, layer, cell


def cells(db, n):
    model, layer, cell = matrix(db, 'big-a', n, 0)
    _, other, _ = matrix(db, 'big-b', n, 1)
    for a, b in ((layer, other), (other, layer)):
        db.executemany('INSERT INTO layer_same VALUES(?, ?)', ((a + i, b + i) for i in range(n)))
    first = db.execute('SELECT max(id) + 1 FROM entry').fetchone()[0]
    source = db.execute('SELECT min(id) FROM source').fetchone()[0]
    for s in range(min(40, n)):
        db.execute("INSERT INTO entry VALUES(?, 'service', ?, ?, 'A service', 1)",
                   (first + s, f'service/s{s}', f'Service {s}'))
        db.execute("INSERT INTO service VALUES(?, ?, NULL, 'none', '')", (first + s, model + s))
        for y in range(s % 10, n, 10):
            db.execute("INSERT INTO override SELECT ?, ?, id, 'it is run by both', ? FROM holder"
                       " WHERE slug = 'shared'", (first + s, cell + y * n + s, source))
            db.execute('INSERT OR IGNORE INTO link VALUES(?, ?)', (first + s, cell + y * n + s))


def main():
    kinds = {'texts': (texts, 1000000), 'cells': (cells, 1000)}
    if len(sys.argv) < 4 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    fill, n = kinds[sys.argv[1]]
    shutil.copy(sys.argv[2], sys.argv[3])
    with sqlite3.connect(sys.argv[3]) as db:
        db.executescript('PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -400000')
        fill(db, int(sys.argv[4]) if len(sys.argv) > 4 else n)


if __name__ == '__main__':
    main()
