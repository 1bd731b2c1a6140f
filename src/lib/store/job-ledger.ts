import type Database from 'better-sqlite3'
import type { Provenance } from '../market/dataset.js'
import { databaseError } from './database.js'
import { tryJobLock, type WorkspaceLock } from './lock.js'

/** killed: it never said how it ended, and nobody holds its lock. */
export type JobRunStatus = 'running' | 'ok' | 'tripped' | 'failed' | 'stopped' | 'killed'

/**
 * tripped: exit 10. skipped: its `when` said no. stopped: a signal ended it. not-run: a step that it needs failed, or
 * the job was stopped before its turn.
 */
export type JobStepStatus = 'waiting' | 'running' | 'ok' | 'tripped' | 'failed' | 'skipped' | 'stopped' | 'not-run'

/** What became of a step. */
export interface JobStepOutcome {
  readonly status: JobStepStatus
  /** The step's `allow-exit` names its exit code: those that need it ran. */
  readonly allowed: boolean
  readonly exitCode: number | null
  readonly errorCode: string | null
  /** Of the error or of the tripped check; why it was not run. */
  readonly message: string | null
  readonly attempts: number
  /** Name of its output in the folder of the run. */
  readonly file: string | null
  readonly schema: string | null
  /** Of its output. */
  readonly sha256: string | null
  readonly inputs: readonly Provenance[]
  /** The run whose output stands for this one's. */
  readonly keptFrom: string | null
}

export interface JobStepRecord extends JobStepOutcome {
  readonly step: string
  /** As the job file has it, variables of the run not filled in. */
  readonly command: readonly string[]
  readonly mode: 'in-process' | 'child'
  /** Fingerprint of what the job file says of the step. */
  readonly definition: string
  readonly startedAtMs: number | null
  readonly durationMs: number | null
}

/** What a job was started with: a resumed run has the same. */
export interface JobOptions {
  readonly asOf: string | null
  readonly seed: number
  readonly strict: boolean
  readonly vars: Readonly<Record<string, string>>
}

export interface JobRunRecord {
  readonly id: string
  readonly job: string
  /** Job file as it was named, without its folder where it is a path. */
  readonly file: string
  readonly fileSha256: string
  readonly status: JobRunStatus
  readonly exitCode: number | null
  /** What `asOf` was, where a step asked for it. */
  readonly asOf: string | null
  readonly resumedFrom: string | null
  readonly options: JobOptions
  readonly startedAtMs: number
  readonly durationMs: number | null
  readonly version: string
  readonly host: string
  readonly pid: number
  readonly steps: readonly JobStepRecord[]
}

export type NewJobRun = Omit<JobRunRecord, 'status' | 'exitCode' | 'durationMs' | 'steps'> & {
  readonly steps: readonly Pick<JobStepRecord, 'step' | 'command' | 'mode' | 'definition'>[]
}

/** Runs of jobs. Each call is one short transaction; a failure to write is an error, since a run could not be resumed. */
export interface JobLedger {
  /** The lock of a job, or null where it is running. */
  lock(job: string): WorkspaceLock | null
  begin(run: NewJobRun): void
  /** What `asOf` is, as soon as a step asks: a run that is resumed must not take another day. */
  dated(runId: string, asOf: string): void
  stepStarted(runId: string, step: string, startedAtMs: number): void
  stepEnded(runId: string, step: string, outcome: JobStepOutcome, durationMs: number | null): void
  /** Running steps become stopped, waiting ones not-run; nothing where the run has ended. */
  stopped(runId: string, exitCode: number, durationMs: number): void
  /** What is still running or waiting then was stopped, or not run. */
  ended(
    runId: string,
    end: {
      readonly status: JobRunStatus
      readonly exitCode: number
      readonly durationMs: number
    },
  ): void
  /** By its identifier or the first characters of it. */
  get(id: string): JobRunRecord | null
  /** The last run, of one job or of any. */
  last(job?: string): JobRunRecord | null
}

interface RunRow {
  id: string
  job: string
  file: string
  file_sha256: string
  status: JobRunStatus
  exit_code: number | null
  as_of: string | null
  resumed_from: string | null
  options: string
  started_at_ms: number
  duration_ms: number | null
  version: string
  host: string
  pid: number
}

interface StepRow {
  step: string
  command: string
  mode: JobStepRecord['mode']
  definition: string
  status: JobStepStatus
  allowed: number
  exit_code: number | null
  error_code: string | null
  message: string | null
  attempts: number
  started_at_ms: number | null
  duration_ms: number | null
  file: string | null
  schema: string | null
  sha256: string | null
  inputs: string
  kept_from: string | null
}

const stepOf = (row: StepRow): JobStepRecord => ({
  step: row.step,
  command: JSON.parse(row.command) as string[],
  mode: row.mode,
  definition: row.definition,
  status: row.status,
  allowed: row.allowed === 1,
  exitCode: row.exit_code,
  errorCode: row.error_code,
  message: row.message,
  attempts: row.attempts,
  startedAtMs: row.started_at_ms,
  durationMs: row.duration_ms,
  file: row.file,
  schema: row.schema,
  sha256: row.sha256,
  inputs: JSON.parse(row.inputs) as Provenance[],
  keptFrom: row.kept_from,
})

/** @param reading null where there is no database yet @param writing makes one */
export function jobLedger(
  dataDir: string,
  reading: () => Database.Database | null,
  writing: () => Database.Database,
): JobLedger {
  const write = (work: (db: Database.Database) => void): void => {
    try {
      const db = writing()
      db.transaction(() => work(db)).immediate()
    } catch (error) {
      throw databaseError(error)
    }
  }

  /** A run that says it is running, while nobody holds the lock of its job, was killed. */
  const isDead = (job: string): boolean => {
    try {
      const lock = tryJobLock(dataDir, job)
      lock?.release()
      return lock !== null
    } catch {
      return false // a folder that may not be written: whoever asks only wants to read
    }
  }

  const recordOf = (db: Database.Database, row: RunRow): JobRunRecord => {
    const dead = row.status === 'running' && isDead(row.job)
    const steps = (db.prepare('SELECT * FROM job_steps WHERE run_id = ? ORDER BY position').all(row.id) as StepRow[])
      .map(stepOf)
      .map((step) => (dead ? { ...step, status: ofDead(step.status) } : step))
    return {
      id: row.id,
      job: row.job,
      file: row.file,
      fileSha256: row.file_sha256,
      status: dead ? 'killed' : row.status,
      exitCode: row.exit_code,
      asOf: row.as_of,
      resumedFrom: row.resumed_from,
      options: JSON.parse(row.options) as JobOptions,
      startedAtMs: row.started_at_ms,
      durationMs: row.duration_ms,
      version: row.version,
      host: row.host,
      pid: row.pid,
      steps,
    }
  }

  const find = (sql: string, ...values: string[]): JobRunRecord | null => {
    const db = reading()
    const row = db?.prepare(sql).get(...values)
    return db == null || row === undefined ? null : recordOf(db, row as RunRow)
  }

  return {
    lock: (job) => tryJobLock(dataDir, job),
    begin(run) {
      write((db) => {
        db.prepare(
          `INSERT INTO job_runs (id, job, file, file_sha256, status, as_of, resumed_from, options, started_at_ms, version, host, pid)
           VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)`,
        ).run(
          run.id,
          run.job,
          run.file,
          run.fileSha256,
          run.asOf,
          run.resumedFrom,
          JSON.stringify(run.options),
          run.startedAtMs,
          run.version,
          run.host,
          run.pid,
        )
        const insert = db.prepare(
          `INSERT INTO job_steps (run_id, position, step, command, mode, definition, status, allowed, attempts, inputs)
           VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, 0, '[]')`,
        )
        run.steps.forEach(({ step, command, mode, definition }, position) =>
          insert.run(run.id, position, step, JSON.stringify(command), mode, definition),
        )
      })
    },
    dated(runId, asOf) {
      write((db) => db.prepare('UPDATE job_runs SET as_of = ? WHERE id = ?').run(asOf, runId))
    },
    stepStarted(runId, step, startedAtMs) {
      write((db) =>
        db
          .prepare(`UPDATE job_steps SET status = 'running', started_at_ms = ? WHERE run_id = ? AND step = ?`)
          .run(startedAtMs, runId, step),
      )
    },
    stepEnded(runId, step, outcome, durationMs) {
      write((db) =>
        db
          .prepare(
            `UPDATE job_steps SET status = ?, allowed = ?, exit_code = ?, error_code = ?, message = ?, attempts = ?,
             duration_ms = ?, file = ?, schema = ?, sha256 = ?, inputs = ?, kept_from = ? WHERE run_id = ? AND step = ?`,
          )
          .run(
            outcome.status,
            outcome.allowed ? 1 : 0,
            outcome.exitCode,
            outcome.errorCode,
            outcome.message,
            outcome.attempts,
            durationMs,
            outcome.file,
            outcome.schema,
            outcome.sha256,
            JSON.stringify(outcome.inputs),
            outcome.keptFrom,
            runId,
            step,
          ),
      )
    },
    stopped(runId, exitCode, durationMs) {
      write((db) => {
        const { changes } = db
          .prepare(
            `UPDATE job_runs SET status = 'stopped', exit_code = ?, duration_ms = ? WHERE id = ? AND status = 'running'`,
          )
          .run(exitCode, durationMs, runId)
        if (changes === 0) return
        db.prepare(
          `UPDATE job_steps SET status = CASE status WHEN 'running' THEN 'stopped' ELSE 'not-run' END,
           exit_code = CASE status WHEN 'running' THEN ? ELSE NULL END, message = 'the job was stopped'
           WHERE run_id = ? AND status IN ('running', 'waiting')`,
        ).run(exitCode, runId)
      })
    },
    ended(runId, { status, exitCode, durationMs }) {
      write((db) => {
        db.prepare(`UPDATE job_runs SET status = ?, exit_code = ?, duration_ms = ? WHERE id = ?`).run(
          status,
          exitCode,
          durationMs,
          runId,
        )
        db.prepare(
          `UPDATE job_steps SET status = CASE status WHEN 'running' THEN 'stopped' ELSE 'not-run' END
           WHERE run_id = ? AND status IN ('running', 'waiting')`,
        ).run(runId)
      })
    },
    get(id) {
      if (id === '') return null
      return find('SELECT * FROM job_runs WHERE substr(id, 1, length(?)) = ? ORDER BY sequence DESC LIMIT 1', id, id)
    },
    last(job) {
      return job === undefined
        ? find('SELECT * FROM job_runs ORDER BY sequence DESC LIMIT 1')
        : find('SELECT * FROM job_runs WHERE job = ? ORDER BY sequence DESC LIMIT 1', job)
    },
  }
}

function ofDead(status: JobStepStatus): JobStepStatus {
  if (status === 'running') return 'stopped'
  return status === 'waiting' ? 'not-run' : status
}
