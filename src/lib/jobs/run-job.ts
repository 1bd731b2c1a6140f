import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Host } from '../cli/host.js'
import { ContangoError } from '../kernel/errors.js'
import type { Clock } from '../runtime/clock.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import { writeError } from '../runtime/write-error.js'
import type { JobLedger, JobOptions, JobStepOutcome } from '../store/job-ledger.js'
import { evaluateExpression, isTrue } from './evaluate-expression.js'
import { expandStep } from './expand-step.js'
import { jobExitCode } from './job-exit.js'
import type { JobPlan, PlannedStep } from './job-plan.js'
import type { KeptStep } from './kept-steps.js'
import { readAnswer } from './read-answer.js'
import { runInChild, runInProcess, type LineResult, type RunCommand } from './run-line.js'
import { isSatisfied, runScope, type RunFacts } from './run-scope.js'
import { asStepError, notRun, runStep } from './run-step.js'
import { schedule } from './schedule.js'

/** What becomes of a step, as it happens. */
export type JobEvent =
  | { readonly kind: 'started'; readonly step: PlannedStep }
  | { readonly kind: 'retried'; readonly step: PlannedStep; readonly attempt: number; readonly exitCode: number }
  | {
      readonly kind: 'ended'
      readonly step: PlannedStep
      readonly outcome: JobStepOutcome
      readonly durationMs: number | null
    }

export interface JobRunOptions {
  /** Of the run in the ledger; names the folder of the outputs. */
  readonly runId: string
  readonly runsDir: string
  readonly ledger: JobLedger
  readonly clock: Clock
  /** What every step takes from the outside: its folder is the workspace. */
  readonly host: Host
  readonly runCommand: RunCommand
  readonly jobs: number
  readonly options: JobOptions
  readonly version: string
  readonly hostName: string
  readonly pid: number
  /** Steps of an earlier run whose answers stand, and that run. */
  readonly resumed: {
    readonly runId: string
    readonly asOf: string | null
    readonly kept: ReadonlyMap<string, KeptStep>
  } | null
  readonly resolveAsOf: () => string
  readonly hasData: RunFacts['hasData']
  readonly exitCodeOf: (error: ContangoError) => number
  readonly onEvent: (event: JobEvent) => void
}

export interface JobResult {
  readonly exitCode: number
  /** What `asOf` was, where a step asked for it. */
  readonly asOf: string | null
  readonly outcomes: ReadonlyMap<string, JobStepOutcome>
}

/**
 * Runs a job whose lock the caller holds. Each step and its end stand in the ledger as they happen, so that a run that is
 * stopped or killed can be resumed. A failing step stops nothing but what needs it.
 * @throws the reason of the host's signal; config where ledger or outputs cannot be written: nothing more is begun then
 */
export async function runJob(plan: JobPlan, run: JobRunOptions): Promise<JobResult> {
  const { runId, ledger, clock, host, resumed } = run
  const dir = join(run.runsDir, runId)
  const startedMs = clock.monotonicMs()
  const elapsedMs = (since = startedMs): number => Math.round((clock.monotonicMs() - since) * 10) / 10
  try {
    await mkdir(dir, { recursive: true })
  } catch (error) {
    throw writeError('data/runs', error)
  }
  ledger.begin({
    id: runId,
    job: plan.job,
    file: plan.file,
    fileSha256: plan.fileSha256,
    asOf: resumed?.asOf ?? null,
    resumedFrom: resumed?.runId ?? null,
    options: run.options,
    startedAtMs: clock.nowMs(),
    version: run.version,
    host: run.hostName,
    pid: run.pid,
    steps: plan.steps.map(({ id, command, child, definition }) => ({
      step: id,
      command,
      mode: child ? 'child' : 'in-process',
      definition,
    })),
  })

  const fatal = new AbortController()
  const signal = AbortSignal.any([host.signal, fatal.signal])
  const onStop = (): void => {
    try {
      ledger.stopped(runId, stopCode(host.signal.reason), elapsedMs())
    } catch (error) {
      fatal.abort(error)
    }
  }
  host.signal.addEventListener('abort', onStop, { once: true })

  const outcomes = new Map<string, JobStepOutcome>()
  const documents = new Map<string, unknown>()
  let asOf = resumed?.asOf ?? null
  const facts: RunFacts = {
    id: runId,
    dir,
    job: plan.job,
    vars: plan.vars,
    env: host.env,
    asOf() {
      if (asOf === null) ledger.dated(runId, (asOf = run.resolveAsOf()))
      return asOf
    },
    hasData: run.hasData,
    outcomeOf: (id) => outcomes.get(id) ?? null,
    documentOf: (id) => documents.get(id) ?? null,
  }
  const end = (step: PlannedStep, outcome: JobStepOutcome, durationMs: number | null): void => {
    outcomes.set(step.id, outcome)
    ledger.stepEnded(runId, step.id, outcome, durationMs)
    run.onEvent({ kind: 'ended', step, outcome, durationMs })
  }
  /** What goes wrong with the runner itself ends the job; what goes wrong with a step ends the step. */
  const guarded = <T>(work: () => T, otherwise: T): T => {
    try {
      return work()
    } catch (error) {
      fatal.abort(error)
      return otherwise
    }
  }

  const begin = (step: PlannedStep): boolean =>
    guarded(() => {
      const kept = resumed?.kept.get(step.id)
      if (kept) return true
      const scope = runScope(step, facts)
      const failed = step.needs.filter((need) => !isSatisfied(facts.outcomeOf(need)))
      if (step.gated && failed.length > 0) {
        end(step, notRun('not-run', `${failed.join(', ')} did not end well`), null)
        return false
      }
      try {
        if (step.when === null || isTrue(evaluateExpression(step.when, scope))) return true
        end(step, notRun('skipped', `when is not true: ${bare(step.whenText ?? '')}`), null)
      } catch (thrown) {
        end(step, failedBefore(thrown, run), null)
      }
      return false
    }, false)

  const runOne = async (step: PlannedStep): Promise<void> => {
    const kept = resumed?.kept.get(step.id)
    if (kept) {
      await keep(step, kept)
      return
    }
    let argv: string[]
    try {
      argv = expandStep(step, plan.file, runScope(step, facts))
    } catch (thrown) {
      end(step, failedBefore(thrown, run), null)
      return
    }
    const since = clock.monotonicMs()
    ledger.stepStarted(runId, step.id, clock.nowMs())
    run.onEvent({ kind: 'started', step })
    const own = AbortSignal.any([signal]) // listeners of a step go with it
    const { outcome, document } = await runStep({
      step,
      argv,
      dir,
      signal: own,
      attempt: (words) => attempt(step, words, own, run),
      onRetry: (attempt, { exitCode }) => run.onEvent({ kind: 'retried', step, attempt, exitCode }),
    })
    if (document !== null) documents.set(step.id, document)
    end(step, outcome, elapsedMs(since))
  }

  const keep = async (step: PlannedStep, { record, bytes }: KeptStep): Promise<void> => {
    if (record.file !== null && bytes !== null) {
      await writeAtomic(join(dir, record.file), bytes)
      documents.set(step.id, readAnswer(bytes).document)
    }
    end(step, { ...record, keptFrom: record.keptFrom ?? resumed?.runId ?? null }, record.durationMs)
  }

  try {
    await schedule(plan.steps, {
      jobs: run.jobs,
      begin,
      run: (step) => runOne(step).catch((error: unknown) => fatal.abort(error)),
      signal,
    })
    if (fatal.signal.aborted) throw asStepError(fatal.signal.reason)
    host.signal.throwIfAborted()
    const exitCode = jobExitCode([...outcomes.values()].map((outcome) => outcome.exitCode ?? 0))
    ledger.ended(runId, { status: statusOf(exitCode), exitCode, durationMs: elapsedMs() })
    return { exitCode, asOf, outcomes }
  } catch (thrown) {
    const error = asStepError(thrown)
    if (!host.signal.aborted) endBadly(run, error, elapsedMs())
    throw error
  } finally {
    host.signal.removeEventListener('abort', onStop)
  }
}

/** What goes wrong before a command can speak is an attempt that failed, not the end of the job. */
async function attempt(
  step: PlannedStep,
  argv: readonly string[],
  signal: AbortSignal,
  { host, runCommand, exitCodeOf }: JobRunOptions,
): Promise<LineResult> {
  try {
    const line = { host, signal }
    return step.child ? await runInChild(argv, line, step.timeoutMs) : await runInProcess(argv, line, runCommand)
  } catch (thrown) {
    const error = asStepError(thrown)
    const stderr = Buffer.from(`error: ${error.message}\n`)
    return { exitCode: exitCodeOf(error), stdout: Buffer.alloc(0), stderr, timedOut: false, killedBy: null }
  }
}

/** A condition without the braces around it. */
function bare(when: string): string {
  return when.trim().replace(/^\$\{\{\s*([^]*?)\s*\}\}$/, '$1')
}

function statusOf(exitCode: number): 'ok' | 'tripped' | 'failed' {
  return exitCode === 0 ? 'ok' : exitCode === 10 ? 'tripped' : 'failed'
}

function stopCode(reason: unknown): number {
  return reason instanceof ContangoError && reason.code === 'SIGINT' ? 130 : 143
}

function failedBefore(thrown: unknown, { exitCodeOf }: JobRunOptions): JobStepOutcome {
  const error = asStepError(thrown)
  return notRun('failed', error.message, { exitCode: exitCodeOf(error), errorCode: error.code })
}

/** The ledger may be what failed: the error that is being thrown says so already. */
function endBadly(run: JobRunOptions, error: ContangoError, durationMs: number): void {
  try {
    run.ledger.ended(run.runId, { status: 'failed', exitCode: run.exitCodeOf(error), durationMs })
  } catch {
    return
  }
}
