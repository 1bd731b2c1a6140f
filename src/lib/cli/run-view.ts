import type { RunsData } from '../documents/runs.js'
import type { RunRecord } from '../store/types.js'
import type { Table } from './table.js'

/** A ledger entry as its document says it. */
export function runData(run: RunRecord): RunsData['runs'][number] {
  const { id, command, durationMs, exitCode, errorCode, asOf, schema, outputSha256 } = run
  return {
    id,
    command,
    startedAt: new Date(run.startedAtMs).toISOString(),
    durationMs,
    exitCode,
    errorCode,
    asOf,
    schema,
    outputSha256,
  }
}

/** A run that may not have come to its end. */
export type ShownRecord = Omit<RunRecord, 'exitCode' | 'durationMs'> & {
  readonly exitCode: number | null
  readonly durationMs: number | null
}

export function runTable(runs: readonly ShownRecord[]): Table {
  return {
    length: runs.length,
    columns: [
      { name: 'id', kind: 'text', values: runs.map((run) => run.id.slice(0, 8)) },
      {
        name: 'startedAt',
        header: 'started (UTC)',
        kind: 'text',
        values: runs.map((run) => new Date(run.startedAtMs).toISOString().slice(0, 19).replace('T', ' ')),
      },
      { name: 'command', kind: 'text', values: runs.map((run) => run.command) },
      { name: 'exitCode', header: 'exit', kind: 'integer', values: runs.map((run) => run.exitCode) },
      { name: 'errorCode', header: 'code', kind: 'text', values: runs.map((run) => run.errorCode) },
      { name: 'durationMs', header: 'ms', kind: 'number', digits: 0, values: runs.map((run) => run.durationMs) },
      { name: 'asOf', header: 'as of', kind: 'text', values: runs.map((run) => run.asOf) },
      {
        name: 'outputSha256',
        header: 'output',
        kind: 'text',
        values: runs.map((run) => run.outputSha256?.slice(0, 12) ?? null),
      },
    ],
  }
}
