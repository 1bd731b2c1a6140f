import type Database from 'better-sqlite3'
import type { Provenance } from '../market/dataset.js'
import { databaseError } from './database.js'
import type { RunLedger, RunRecord } from './types.js'

interface RunRow {
  id: string
  command: string
  argv: string
  started_at_ms: number
  duration_ms: number
  exit_code: number
  error_code: string | null
  as_of: string | null
  schema: string | null
  output_sha256: string | null
  inputs: string
  version: string
  host: string
  pid: number
}

const recordOf = (row: RunRow): RunRecord => ({
  id: row.id,
  command: row.command,
  argv: JSON.parse(row.argv) as string[],
  startedAtMs: row.started_at_ms,
  durationMs: row.duration_ms,
  exitCode: row.exit_code,
  errorCode: row.error_code,
  asOf: row.as_of,
  schema: row.schema,
  outputSha256: row.output_sha256,
  inputs: JSON.parse(row.inputs) as Provenance[],
  version: row.version,
  host: row.host,
  pid: row.pid,
})

/** @param reading null where there is no database yet @param writing makes one */
export function runLedger(reading: () => Database.Database | null, writing: () => Database.Database): RunLedger {
  return {
    append(run) {
      try {
        writing()
          .prepare(
            `INSERT INTO runs (id, command, argv, started_at_ms, duration_ms, exit_code, error_code, as_of, schema, output_sha256, inputs, version, host, pid)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            run.id,
            run.command,
            JSON.stringify(run.argv),
            run.startedAtMs,
            run.durationMs,
            run.exitCode,
            run.errorCode,
            run.asOf,
            run.schema,
            run.outputSha256,
            JSON.stringify(run.inputs),
            run.version,
            run.host,
            run.pid,
          )
      } catch (error) {
        throw databaseError(error)
      }
    },
    list({ limit, command }) {
      const db = reading()
      if (!db) return []
      const rows =
        command === undefined
          ? db.prepare('SELECT * FROM runs ORDER BY sequence DESC LIMIT ?').all(limit)
          : db.prepare('SELECT * FROM runs WHERE command = ? ORDER BY sequence DESC LIMIT ?').all(command, limit)
      return (rows as RunRow[]).map(recordOf)
    },
    get(id) {
      const db = reading()
      if (!db || id === '') return null
      const row = db
        .prepare('SELECT * FROM runs WHERE substr(id, 1, length(?)) = ? ORDER BY sequence DESC LIMIT 1')
        .get(id, id)
      return row === undefined ? null : recordOf(row as RunRow)
    },
  }
}
