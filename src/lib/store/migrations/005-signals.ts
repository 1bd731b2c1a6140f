/** What signals said, with the numbers known then; the same words about the same day are kept once. */
export const signalsMigration = {
  id: 5,
  sql: `
    CREATE TABLE issued_signals (
      sequence INTEGER PRIMARY KEY,
      issued_at_ms REAL NOT NULL,
      product TEXT NOT NULL,
      name TEXT NOT NULL,
      family TEXT NOT NULL,
      date TEXT NOT NULL,
      direction TEXT NOT NULL,
      score REAL NOT NULL,
      confidence REAL NOT NULL,
      value REAL,
      unit TEXT NOT NULL,
      known_on TEXT NOT NULL,
      reason TEXT NOT NULL,
      parameters TEXT NOT NULL,
      numbers TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      version TEXT NOT NULL,
      content TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX issued_signals_by_day ON issued_signals (product, date, name);
  `,
}
