import { ContangoError } from '../kernel/errors.js'
import type { JobLedger, JobRunRecord } from '../store/job-ledger.js'

/**
 * The run that `--resume` means: the last one of all, of a job, or that whose id begins so.
 * @throws usage NOTHING_TO_RESUME where it ended well; noData NO_RUN where there is none
 */
export function runToResume(ledger: JobLedger, reference: string | null, job: string | null): JobRunRecord {
  const byId = reference !== null && /^[0-9a-f-]{4,36}$/i.test(reference) ? ledger.get(reference.toLowerCase()) : null
  const found = byId ?? (reference === null ? ledger.last() : job === null ? null : ledger.last(job))
  if (!found) {
    throw new ContangoError(
      'noData',
      'NO_RUN',
      reference === null ? 'no job ran in this workspace yet' : `no run of a job is called "${reference}"`,
      'contango run list shows the jobs and their last runs',
      { reference },
    )
  }
  if (
    found.status === 'ok' ||
    (found.status === 'tripped' && found.steps.every(({ status }) => status !== 'not-run'))
  ) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_RESUME',
      `run ${found.id.slice(0, 8)} of ${found.job} ended with ${found.exitCode}: nothing of it is left to run`,
      `contango run ${found.job} runs it anew`,
      { run: found.id, exitCode: found.exitCode },
    )
  }
  if (found.status === 'running') throw jobBusy(found.job, found)
  return found
}

/** The job runs already: who holds it. */
export function jobBusy(job: string, holder: JobRunRecord | null): ContangoError {
  const who =
    holder?.status === 'running'
      ? `: run ${holder.id.slice(0, 8)}, process ${holder.pid} on ${holder.host}, since ${new Date(holder.startedAtMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
      : ''
  return new ContangoError(
    'busy',
    'JOB_BUSY',
    `${job} is running already${who}`,
    holder === null ? 'wait for it to end' : `wait for it to end: contango runs show ${holder.id.slice(0, 8)}`,
    { job, run: holder?.id ?? null, holderPid: holder?.pid ?? null },
  )
}
