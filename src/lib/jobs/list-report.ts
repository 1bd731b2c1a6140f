import type { Report } from '../cli/report.js'
import type { RunListData } from '../documents/run-list.js'
import { ContangoError } from '../kernel/errors.js'
import type { JobLedger } from '../store/job-ledger.js'
import { listJobs, readJob, type JobFolders, type JobPlace } from './job-files.js'

type ListedJob = RunListData['jobs'][number]

/** Every job by name; one that cannot be read is listed all the same. */
export function listedJobs(folders: JobFolders, ledger: JobLedger): Report<RunListData> {
  const jobs = listJobs(folders).map((place) => listedJob(place, ledger))
  const text = (name: string, values: (string | null)[], header?: string): Report['rows']['columns'][number] => ({
    name,
    kind: 'text',
    values,
    ...(header === undefined ? {} : { header }),
  })
  return {
    asOf: null,
    data: { jobs },
    rows: {
      length: jobs.length,
      columns: [
        text(
          'job',
          jobs.map(({ job }) => job),
        ),
        { name: 'steps', kind: 'integer', values: jobs.map(({ steps }) => steps) },
        text(
          'lastStatus',
          jobs.map(({ lastRun }) => lastRun?.status ?? null),
          'last run',
        ),
        {
          name: 'lastExitCode',
          header: 'exit',
          kind: 'integer',
          values: jobs.map((one) => one.lastRun?.exitCode ?? null),
        },
        text(
          'lastStartedAt',
          jobs.map(({ lastRun }) => lastRun?.startedAt.slice(0, 19).replace('T', ' ') ?? null),
          'started (UTC)',
        ),
        text(
          'lastRun',
          jobs.map(({ lastRun }) => lastRun?.id.slice(0, 8) ?? null),
          'id',
        ),
        text(
          'origin',
          jobs.map(({ origin }) => origin),
        ),
        text(
          'title',
          jobs.map(({ title }) => title ?? 'cannot be read: contango run validate'),
        ),
      ],
    },
  }
}

function listedJob(place: JobPlace, ledger: JobLedger): ListedJob {
  const { job, label, origin } = place
  const last = ledger.last(job)
  const input = inputOrNone(place)
  return {
    job,
    title: input === null ? null : (input.title ?? input.name ?? job),
    file: label,
    origin: origin === 'built-in' ? 'built-in' : 'workspace',
    steps: input?.steps.length ?? null,
    lastRun:
      last === null
        ? null
        : {
            id: last.id,
            startedAt: new Date(last.startedAtMs).toISOString(),
            status: last.status,
            exitCode: last.exitCode,
          },
  }
}

function inputOrNone(place: JobPlace): ReturnType<typeof readJob>['input'] | null {
  try {
    return readJob(place).input
  } catch (error) {
    if (error instanceof ContangoError) return null
    throw error
  }
}
