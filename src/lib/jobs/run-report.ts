import type { Report, Section } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import type { RunData, RunStep } from '../documents/run.js'
import { dayFromIso } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { drawPlan } from './draw-plan.js'
import type { JobPlan } from './job-plan.js'
import type { JobPorts, JobRequest } from './job-request.js'
import type { JobResult } from './run-job.js'
import type { TradingDay } from './trading-day.js'

interface Ran {
  readonly request: JobRequest
  readonly day: TradingDay | null
  /** null where nothing was run. */
  readonly result: JobResult | null
  readonly ports: JobPorts
  readonly asOf: string | null
}

/** A job's run, or its plan, as an answer: equal for equal data, without a clock. */
export function jobReport(plan: JobPlan, { request, day, result, ports, asOf }: Ran): Report<RunData> {
  const steps = plan.steps.map((step): RunStep => {
    const outcome = result?.outcomes.get(step.id)
    const { status = 'planned', exitCode = null, allowed = false, attempts = 0 } = outcome ?? {}
    const { errorCode = null, message = null, schema = null, sha256 = null, file = null } = outcome ?? {}
    return {
      id: step.id,
      step: step.step,
      matrix: step.matrix === null ? null : { ...step.matrix },
      command: [...step.command],
      needs: [...step.needs],
      when: step.whenText,
      mode: step.child ? 'child' : 'in-process',
      status: status === 'waiting' || status === 'running' ? 'not-run' : status,
      exitCode,
      allowed,
      attempts,
      errorCode,
      message,
      schema,
      sha256,
      file,
    }
  })
  const count = (status: RunStep['status']): number => steps.filter((step) => step.status === status).length
  const exitCode = result?.exitCode ?? 0
  const data: RunData = {
    job: plan.job,
    title: plan.title,
    file: { name: plan.file, sha256: plan.fileSha256 },
    dryRun: request.dryRun,
    ran: result !== null,
    tradingDay: day === null ? null : { ...day },
    vars: { ...plan.vars },
    exitCode,
    counts: {
      ok: count('ok'),
      tripped: count('tripped'),
      failed: count('failed'),
      skipped: count('skipped'),
      stopped: count('stopped'),
      notRun: count('not-run'),
    },
    steps,
  }
  return {
    asOf: asOf === null ? null : dayFromIso(asOf),
    data,
    rows: stepTable(steps),
    view: jobView(plan, data, request, result),
    ...endOf(plan, steps, exitCode, ports, request.resume ? plan.job : (request.reference ?? plan.job)),
  }
}

function stepTable(steps: readonly RunStep[]): Table {
  const text = (name: string, values: (string | null)[]): Table['columns'][number] => ({ name, kind: 'text', values })
  return {
    length: steps.length,
    columns: [
      text(
        'id',
        steps.map(({ id }) => id),
      ),
      text(
        'status',
        steps.map(({ status }) => status),
      ),
      { name: 'exitCode', header: 'exit', kind: 'integer', values: steps.map((step) => step.exitCode) },
      text(
        'schema',
        steps.map(({ schema }) => schema),
      ),
      text(
        'sha256',
        steps.map(({ sha256 }) => sha256),
      ),
      text(
        'errorCode',
        steps.map(({ errorCode }) => errorCode),
      ),
      text(
        'message',
        steps.map(({ message }) => message),
      ),
      text(
        'command',
        steps.map(({ command }) => command.join(' ')),
      ),
    ],
  }
}

function jobView(plan: JobPlan, data: RunData, request: JobRequest, result: JobResult | null): Section[] {
  const { steps, counts, tradingDay } = data
  if (tradingDay?.isTradingDay === false) return [{ lines: [`${plan.title}: ${tradingDay.reason}; nothing was run`] }]
  if (result === null) return [{ title: `${plan.title}: the plan`, lines: drawPlan(plan, request.jobs) }]
  const shown = stepTable(steps)
  const names = ['id', 'status', 'exitCode', 'schema', 'sha256']
  const columns = shown.columns
    .filter(({ name }) => names.includes(name))
    .map((column) =>
      column.kind === 'text' && column.name === 'sha256'
        ? { ...column, header: 'output', values: column.values.map((sum) => sum?.slice(0, 12) ?? null) }
        : column,
    )
  const said = steps.filter(({ message }) => message !== null)
  const total = [
    `${counts.ok} ok`,
    ...(counts.tripped > 0 ? [`${counts.tripped} tripped`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
    ...(counts.stopped > 0 ? [`${counts.stopped} stopped`] : []),
    ...(counts.notRun > 0 ? [`${counts.notRun} not run`] : []),
  ].join(', ')
  return [
    { title: plan.title, table: { length: steps.length, columns } },
    ...(said.length === 0 ? [] : [{ title: 'Said', lines: said.map((step) => `${step.id}: ${step.message}`) }]),
    { lines: [`${total} of ${steps.length} steps; exit ${data.exitCode}`] },
  ]
}

/** A 10 is an answer; whatever else a step ended with leaves the answer incomplete. */
function endOf(
  plan: JobPlan,
  steps: readonly RunStep[],
  exitCode: number,
  { kindOf, runId }: JobPorts,
  typed: string,
): Pick<Report, 'trip' | 'incomplete'> {
  if (exitCode === 0) return {}
  const shown = (step: RunStep): string =>
    `${step.id} (exit ${step.exitCode}${step.errorCode === null ? '' : `, ${step.errorCode}`})${step.message === null ? '' : `: ${step.message.split('\n')[0]}`}`
  if (exitCode === 10) {
    const tripped = steps.filter((step) => step.exitCode === 10)
    return { trip: { code: tripped[0].errorCode ?? 'JOB_TRIPPED', message: tripped.map(shown).join('; ') } }
  }
  const failed = steps.filter((step) => step.exitCode !== null && step.exitCode !== 0 && step.exitCode !== 10)
  const timedOut = failed.some(({ errorCode }) => errorCode === 'STEP_TIMEOUT') && exitCode === 143
  return {
    incomplete: new ContangoError(
      kindOf(exitCode),
      timedOut ? 'STEP_TIMEOUT' : exitCode === 143 ? 'SIGTERM' : 'JOB_FAILED',
      `${plan.job}: ${failed.length} of ${steps.length} steps failed: ${failed.map(shown).join('; ')}`,
      `contango runs show ${runId.slice(0, 8)} tells more; contango run ${typed} --resume goes on from there`,
      { failed: failed.map(({ id, exitCode, errorCode }) => ({ id, exitCode, errorCode })) },
    ),
  }
}
