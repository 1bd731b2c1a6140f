/** One row per partition of the lake, and the journal that carries a write over a crash. */
export const catalogueMigration = {
  id: 1,
  sql: `
    CREATE TABLE datasets (
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      source TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      unit TEXT NOT NULL,
      rows INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      path TEXT NOT NULL UNIQUE,
      PRIMARY KEY (kind, name, source)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE journal (
      staged TEXT NOT NULL PRIMARY KEY,
      target TEXT NOT NULL,
      dataset TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
  `,
}
