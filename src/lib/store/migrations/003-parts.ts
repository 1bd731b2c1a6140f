/** A dataset may have several files; a write may end with the deletion of the file that it came from. */
export const partsMigration = {
  id: 3,
  sql: `
    CREATE TABLE datasets_with_parts (
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      source TEXT NOT NULL,
      part TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      unit TEXT NOT NULL,
      rows INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      path TEXT NOT NULL UNIQUE,
      PRIMARY KEY (kind, name, source, part)
    ) WITHOUT ROWID, STRICT;
    INSERT INTO datasets_with_parts
      SELECT kind, name, source, '', simulated, unit, rows, first, last, sha256, path FROM datasets;
    DROP TABLE datasets;
    ALTER TABLE datasets_with_parts RENAME TO datasets;
    CREATE TABLE consumed (path TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID, STRICT;
  `,
}
