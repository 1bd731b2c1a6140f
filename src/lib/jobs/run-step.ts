import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ContangoError } from '../kernel/errors.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import type { JobStepOutcome } from '../store/job-ledger.js'
import type { PlannedStep } from './job-plan.js'
import { readAnswer, saidError, type Answer } from './read-answer.js'
import type { LineResult } from './run-line.js'

const EXIT_TRIP = 10
const MAX_DELAY_MS = 300_000

export interface StepRun {
  readonly step: PlannedStep
  readonly argv: readonly string[]
  /** Folder of the run. */
  readonly dir: string
  readonly signal: AbortSignal
  readonly attempt: (argv: readonly string[]) => Promise<LineResult>
  /** Before another attempt. */
  readonly onRetry: (attempt: number, result: LineResult) => void
}

/**
 * Runs a step, again after a failure as often as it may be, and keeps what the last attempt said: its answer as
 * `<id>.json` and its words as `<id>.log` in the folder of the run, each whole or not at all.
 * @throws config DISK_FULL and the like, where that cannot be written
 */
export async function runStep(run: StepRun): Promise<{ outcome: JobStepOutcome; document: unknown }> {
  const { step, argv, signal } = run
  let result = await run.attempt(argv)
  let attempts = 1
  for (; attempts <= step.retries && isFailure(result) && !signal.aborted; attempts++) {
    run.onRetry(attempts, result)
    const delayMs = Math.min(step.retryDelayMs * 2 ** (attempts - 1), MAX_DELAY_MS)
    await sleep(delayMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    result = await run.attempt(argv)
  }
  const { stdout, stderr } = result
  const file = stdout.length === 0 ? null : `${step.id}.${step.form}`
  if (file !== null) await writeAtomic(join(run.dir, file), stdout)
  if (stderr.length > 0) await writeAtomic(join(run.dir, `${step.id}.log`), stderr)
  const answer = readAnswer(stdout)
  return { outcome: outcomeOf(run, result, attempts, answer, file), document: answer.document }
}

/** exit 10 is an answer: asking again would get the same one. */
function isFailure({ exitCode }: LineResult): boolean {
  return exitCode !== 0 && exitCode !== EXIT_TRIP
}

function outcomeOf(
  { step, signal }: StepRun,
  result: LineResult,
  attempts: number,
  answer: Answer,
  file: string | null,
): JobStepOutcome {
  const { exitCode, stdout, stderr, timedOut, killedBy } = result
  const stopped = signal.aborted && (exitCode === 130 || exitCode === 143 || exitCode > 128)
  const special = timedOut
    ? { errorCode: 'STEP_TIMEOUT', message: `took longer than ${(step.timeoutMs ?? 0) / 1000} s` }
    : killedBy !== null
      ? { errorCode: 'STEP_KILLED', message: `was ended by ${killedBy}` }
      : { errorCode: answer.errorCode, message: answer.message ?? (isFailure(result) ? saidError(stderr) : null) }
  return {
    status: stopped ? 'stopped' : exitCode === 0 ? 'ok' : exitCode === EXIT_TRIP ? 'tripped' : 'failed',
    allowed: exitCode !== 0 && !stopped && step.allowExit.includes(exitCode),
    exitCode,
    ...special,
    attempts,
    file,
    schema: answer.schema,
    sha256: file === null ? null : createHash('sha256').update(stdout).digest('hex'),
    inputs: answer.inputs,
    keptFrom: null,
  }
}

/** The outcome of a step that did not come to run. */
export function notRun(
  status: 'skipped' | 'not-run' | 'failed' | 'stopped',
  message: string,
  error?: { readonly exitCode: number; readonly errorCode: string },
): JobStepOutcome {
  return {
    status,
    allowed: false,
    exitCode: error?.exitCode ?? null,
    errorCode: error?.errorCode ?? null,
    message,
    attempts: 0,
    file: null,
    schema: null,
    sha256: null,
    inputs: [],
    keptFrom: null,
  }
}

/** Whatever a step threw at the runner itself, as an error of ours. */
export function asStepError(thrown: unknown): ContangoError {
  if (thrown instanceof ContangoError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new ContangoError('bug', 'BUG', `unexpected: ${message}`, undefined, {}, { cause: thrown })
}
