import type { RunsShowData } from '../documents/runs-show.js'
import type { JobRunRecord, JobStepRecord } from '../store/job-ledger.js'
import type { RunRecord } from '../store/types.js'
import type { Report, Section } from './report.js'
import { runTable, type ShownRecord } from './run-view.js'
import type { Column, Table } from './table.js'

type ShownStep = RunsShowData['run']['steps'][number]

/** One run with all that the ledgers hold of it: a command, a job, or a job that never came to its end; null for none. */
export function shownRun(run: RunRecord | null, job: JobRunRecord | null): Report<RunsShowData> | null {
  const record: ShownRecord | null = run ?? (job === null ? null : unfinished(job))
  if (record === null) return null
  const steps = (job?.steps ?? []).map(shownStep)
  const { startedAtMs, inputs, argv, ...fields } = record
  const table = runTable([record])
  return {
    asOf: null,
    data: {
      run: {
        ...fields,
        startedAt: isoTime(startedAtMs),
        argv: [...argv],
        inputs: inputs.map((input) => ({ ...input })),
        job:
          job === null
            ? null
            : {
                name: job.job,
                file: job.file,
                sha256: job.fileSha256,
                status: job.status,
                asOf: job.asOf,
                vars: { ...job.options.vars },
                resumedFrom: job.resumedFrom,
              },
        steps,
      },
    },
    rows: steps.length > 0 ? stepTable(steps) : table,
    view: [
      { title: `contango ${record.command} ${argv.join(' ')}`.trimEnd(), table },
      ...(job === null ? [] : jobSections(job, steps)),
      ...(job !== null && inputs.length === 0 ? [] : [{ title: 'Read', table: inputTable(inputs) }]),
    ],
  }
}

/** A job that runs, or that was killed before it could say how it ended. */
function unfinished(job: JobRunRecord): ShownRecord {
  const { id, startedAtMs, durationMs, exitCode, asOf, version, host, pid } = job
  return {
    id,
    command: 'run',
    argv: [job.job],
    startedAtMs,
    durationMs,
    exitCode,
    errorCode: null,
    asOf,
    schema: null,
    outputSha256: null,
    inputs: [],
    version,
    host,
    pid,
  }
}

function shownStep(step: JobStepRecord): ShownStep {
  const { step: id, command, startedAtMs, inputs, definition: _, ...rest } = step
  return {
    ...rest,
    id,
    command: [...command],
    startedAt: startedAtMs === null ? null : isoTime(startedAtMs),
    inputs: inputs.map((input) => ({ ...input })),
  }
}

function jobSections(job: JobRunRecord, steps: readonly ShownStep[]): Section[] {
  const said = steps.filter(({ message, status }) => message !== null && status !== 'ok')
  const resumed = job.resumedFrom === null ? '' : `, went on from ${job.resumedFrom.slice(0, 8)}`
  const columns = stepTable(steps).columns.filter(({ name }) => name !== 'command' && name !== 'message')
  return [
    {
      title: `${job.job}: ${job.status}${resumed}`,
      table: { length: steps.length, columns: columns.map(short) },
    },
    ...(said.length === 0 ? [] : [{ title: 'Said', lines: said.map(({ id, message }) => `${id}: ${message}`) }]),
    { lines: [`outputs and logs: data/runs/${job.id}`] },
  ]
}

/** On a terminal the first digits of a fingerprint and the time of the day are enough. */
function short(column: Column): Column {
  if (column.kind !== 'text') return column
  if (column.name === 'sha256') return { ...column, values: column.values.map((text) => text?.slice(0, 12) ?? null) }
  if (column.name !== 'startedAt') return column
  return { ...column, values: column.values.map((text) => text?.slice(11, 23) ?? null) }
}

function stepTable(steps: readonly ShownStep[]): Table {
  const text = (name: string, values: (string | null)[], header = name): Column => ({
    name,
    kind: 'text',
    values,
    header,
  })
  const columns: Column[] = [
    text(
      'id',
      steps.map(({ id }) => id),
    ),
    text(
      'status',
      steps.map(({ status, keptFrom }) => (keptFrom === null ? status : `kept ${status}`)),
    ),
    { name: 'exitCode', header: 'exit', kind: 'integer', values: steps.map(({ exitCode }) => exitCode) },
    { name: 'attempts', kind: 'integer', values: steps.map(({ attempts }) => attempts) },
    text(
      'startedAt',
      steps.map(({ startedAt }) => startedAt),
      'started (UTC)',
    ),
    { name: 'durationMs', header: 'ms', kind: 'number', digits: 0, values: steps.map((step) => step.durationMs) },
    text(
      'errorCode',
      steps.map(({ errorCode }) => errorCode),
      'code',
    ),
    text(
      'sha256',
      steps.map(({ sha256 }) => sha256),
      'output',
    ),
    text(
      'message',
      steps.map(({ message }) => message),
    ),
    text(
      'command',
      steps.map(({ command }) => command.join(' ')),
    ),
  ]
  return { length: steps.length, columns }
}

function inputTable(inputs: RunRecord['inputs']): Table {
  const text = (name: string, values: (string | null)[]): Column => ({ name, kind: 'text', values })
  return {
    length: inputs.length,
    columns: [
      text(
        'kind',
        inputs.map(({ kind }) => kind),
      ),
      text(
        'series',
        inputs.map(({ series }) => series),
      ),
      text(
        'source',
        inputs.map(({ source }) => source),
      ),
      { name: 'rows', kind: 'integer', values: inputs.map(({ rows }) => rows) },
      text(
        'last',
        inputs.map(({ last }) => last),
      ),
      text(
        'sha256',
        inputs.map(({ sha256 }) => sha256.slice(0, 12)),
      ),
    ],
  }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
