import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRunRecord, JobStepRecord } from '../store/job-ledger.js'
import { allNeeds } from './find-cycle.js'
import type { JobPlan } from './job-plan.js'

/** A step of an earlier run whose answer stands. */
export interface KeptStep {
  readonly record: JobStepRecord
  /** Its output, read back; null where it had none. */
  readonly bytes: Buffer | null
}

/**
 * The steps of an earlier run that need not run again: they gave an answer (exit 0, or a 10 that is allowed) or were
 * skipped, the job file still says the same of them, their output is there to the byte, and the same holds for all
 * that they need.
 */
export async function keptSteps(
  plan: JobPlan,
  earlier: JobRunRecord,
  earlierDir: string,
): Promise<Map<string, KeptStep>> {
  const records = new Map(earlier.steps.map((record) => [record.step, record]))
  const sound = new Map<string, KeptStep>()
  for (const { id, definition } of plan.steps) {
    const record = records.get(id)
    if (record?.definition !== definition || !hasAnswered(record)) continue
    const bytes = record.file === null ? null : await soundOutput(join(earlierDir, record.file), record.sha256)
    if (record.file === null || bytes !== null) sound.set(id, { record, bytes })
  }
  const needs = allNeeds(new Map(plan.steps.map((step) => [step.id, step.needs])))
  return new Map([...sound].filter(([id]) => [...(needs.get(id) ?? [])].every((need) => sound.has(need))))
}

function hasAnswered({ status, exitCode, allowed }: JobStepRecord): boolean {
  return status === 'skipped' || exitCode === 0 || (exitCode === 10 && allowed)
}

async function soundOutput(path: string, sha256: string | null): Promise<Buffer | null> {
  try {
    const bytes = await readFile(path)
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null
  } catch {
    return null // deleted, or not readable any more: the step runs again
  }
}
