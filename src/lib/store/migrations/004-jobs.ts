/** The job ledger: runs of `contango run` with their steps, written while they run, so that a killed one can be resumed. */
export const jobsMigration = {
  id: 4,
  sql: `
    CREATE TABLE job_runs (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      job TEXT NOT NULL,
      file TEXT NOT NULL,
      file_sha256 TEXT NOT NULL,
      status TEXT NOT NULL,
      exit_code INTEGER,
      as_of TEXT,
      resumed_from TEXT,
      options TEXT NOT NULL,
      started_at_ms REAL NOT NULL,
      duration_ms REAL,
      version TEXT NOT NULL,
      host TEXT NOT NULL,
      pid INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX job_runs_by_job ON job_runs (job, sequence);
    CREATE TABLE job_steps (
      run_id TEXT NOT NULL REFERENCES job_runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      step TEXT NOT NULL,
      command TEXT NOT NULL,
      mode TEXT NOT NULL,
      definition TEXT NOT NULL,
      status TEXT NOT NULL,
      allowed INTEGER NOT NULL,
      exit_code INTEGER,
      error_code TEXT,
      message TEXT,
      attempts INTEGER NOT NULL,
      started_at_ms REAL,
      duration_ms REAL,
      file TEXT,
      schema TEXT,
      sha256 TEXT,
      inputs TEXT NOT NULL,
      kept_from TEXT,
      PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID, STRICT;
  `,
}
