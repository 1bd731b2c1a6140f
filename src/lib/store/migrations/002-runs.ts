/** The run ledger: what documents leave out. */
export const runsMigration = {
  id: 2,
  sql: `
    CREATE TABLE runs (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      command TEXT NOT NULL,
      argv TEXT NOT NULL,
      started_at_ms REAL NOT NULL,
      duration_ms REAL NOT NULL,
      exit_code INTEGER NOT NULL,
      error_code TEXT,
      as_of TEXT,
      schema TEXT,
      output_sha256 TEXT,
      inputs TEXT NOT NULL,
      version TEXT NOT NULL,
      host TEXT NOT NULL,
      pid INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_command ON runs (command, sequence);
  `,
}
