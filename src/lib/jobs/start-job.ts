import { join } from 'node:path'
import type { Context } from '../cli/context.js'
import type { Report } from '../cli/report.js'
import type { RunData } from '../documents/run.js'
import { dayFromIso, isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { clock } from '../runtime/clock.js'
import type { JobOptions, JobRunRecord } from '../store/job-ledger.js'
import { findJob, readJob, type JobPlace } from './job-files.js'
import type { JobPlan } from './job-plan.js'
import type { JobPorts, JobRequest } from './job-request.js'
import { keptSteps } from './kept-steps.js'
import { planJob } from './plan-job.js'
import { reportSteps } from './report-steps.js'
import { jobBusy, runToResume } from './resume-job.js'
import { runJob } from './run-job.js'
import { jobReport } from './run-report.js'
import { calendarNamed, tradingDay, type TradingDay } from './trading-day.js'

/** Plans a job and, unless it is a dry run or no trading day, runs it under its lock. */
export async function startJob(ctx: Context, request: JobRequest, ports: JobPorts): Promise<Report<RunData>> {
  const { workspace } = ctx
  const host = stepHost(ctx, ports)
  const folders = { workspaceDir: workspace.configDir, builtInDir: join(host.packageRoot, 'config') }
  const named = request.reference === null ? null : placeOrNone(ctx, request, folders)
  const earlier = request.resume ? runToResume(ctx.jobs, request.reference, named?.job ?? null) : null
  const place = named ?? placeOf(ctx, earlier, folders)
  const options = jobOptions(ctx, request, earlier)
  const plan = await planJob(readJob(place), {
    commands: ports.commands,
    market: ctx.market,
    env: host.env,
    vars: options.vars,
    passedOn: passedOn(options),
  })
  ctx.relyOn([{ config: plan.file, sha256: plan.fileSha256 }])
  const day = tradingDayOf(ctx, plan, request, options)
  if (request.dryRun || day?.isTradingDay === false)
    return jobReport(plan, { request, day, result: null, ports, asOf: options.asOf })

  const lock = ctx.jobs.lock(plan.job)
  if (!lock) throw jobBusy(plan.job, ctx.jobs.last(plan.job))
  const reporting = reportSteps(ctx, plan)
  try {
    const runsDir = join(workspace.dataDir, 'runs')
    const kept = earlier ? await keptSteps(plan, earlier, join(runsDir, earlier.id)) : new Map()
    const from =
      earlier === null
        ? ''
        : `, resumed from ${earlier.id.slice(0, 8)}: ${kept.size} of ${plan.steps.length} steps stand`
    ctx.note(`run ${ports.runId.slice(0, 8)} of ${plan.job}${from}`)
    const result = await runJob(plan, {
      runId: ports.runId,
      runsDir,
      ledger: ctx.jobs,
      clock,
      host,
      runCommand: ports.runCommand,
      jobs: request.jobs,
      options,
      version: ports.version,
      hostName: ports.hostName,
      pid: ports.pid,
      resumed: earlier === null ? null : { runId: earlier.id, asOf: earlier.asOf, kept },
      resolveAsOf: () => options.asOf ?? isoFromDay(ctx.asOf(asOfProducts(ctx, plan))),
      hasData: (kind, name) => hasData(ctx, kind, name),
      exitCodeOf: ports.exitCodeOf,
      onEvent: reporting.onEvent,
    })
    for (const { inputs } of result.outcomes.values()) ctx.relyOn(inputs)
    return jobReport(plan, { request, day, result, ports, asOf: result.asOf ?? options.asOf })
  } finally {
    reporting.stop()
    lock.release()
  }
}

type Folders = Parameters<typeof findJob>[1]

/** With --resume a reference may also be the id of a run, which is no job. */
function placeOrNone(ctx: Context, { reference, resume }: JobRequest, folders: Folders): JobPlace | null {
  try {
    return findJob(reference ?? '', folders, ctx.resolveFile)
  } catch (error) {
    if (resume && error instanceof ContangoError && error.code === 'UNKNOWN_JOB') return null
    throw error
  }
}

/** The file of a job that only the ledger names. */
function placeOf(ctx: Context, earlier: JobRunRecord | null, folders: Folders): JobPlace {
  if (earlier === null)
    throw new ContangoError('usage', 'MISSING_ARGUMENT', 'contango run takes a job', 'contango run list')
  if (earlier.file.startsWith('config/')) return findJob(earlier.job, folders, ctx.resolveFile)
  throw new ContangoError(
    'usage',
    'JOB_FILE_NEEDED',
    `run ${earlier.id.slice(0, 8)} was one of the file ${earlier.file}, which the ledger knows by its name only`,
    `contango run PATH/${earlier.file} --resume`,
    { file: earlier.file },
  )
}

/** A resumed run goes on with what the first one was given. */
function jobOptions(ctx: Context, { vars }: JobRequest, earlier: JobRunRecord | null): JobOptions {
  const asOf = ctx.requestedAsOf === null ? null : isoFromDay(ctx.requestedAsOf)
  if (earlier === null) return { asOf, seed: ctx.seed, strict: ctx.strict, vars }
  const was = earlier.options
  if (asOf !== null && asOf !== was.asOf) {
    throw new ContangoError(
      'usage',
      'RESUME_DIFFERS',
      `run ${earlier.id.slice(0, 8)} was started ${was.asOf === null ? 'without --as-of' : `with --as-of ${was.asOf}`}`,
      `leave --as-of out to resume it, or run ${earlier.job} anew`,
      { asOf, was: was.asOf },
    )
  }
  return { ...was, vars: { ...was.vars, ...vars } }
}

function passedOn({ asOf, seed, strict }: JobOptions): string[] {
  return [
    ...(asOf === null ? [] : [`--as-of=${asOf}`]),
    ...(seed === 1 ? [] : [`--seed=${seed}`]),
    ...(strict ? ['--strict'] : []),
  ]
}

/** Steps work in the workspace, whatever folder the job was started from. */
function stepHost(ctx: Context, { host }: JobPorts): JobPorts['host'] {
  const { home } = ctx.workspace
  const waitSeconds = String(ctx.config.settings.lockWaitSeconds)
  return {
    ...host,
    cwd: home,
    env: { ...host.env, CONTANGO_HOME: home, CONTANGO_LOCK_WAIT_SECONDS: waitSeconds },
  }
}

function tradingDayOf(
  ctx: Context,
  plan: JobPlan,
  { ifTradingDay }: JobRequest,
  { asOf }: JobOptions,
): TradingDay | null {
  const calendar = ifTradingDay ?? (plan.tradingDay === null ? null : calendarNamed(plan.tradingDay))
  if (calendar === null) return null
  return tradingDay(calendar, asOf === null ? null : dayFromIso(asOf), {
    market: ctx.market,
    calendars: ctx.config.calendars,
    nowMs: clock.nowMs(),
  })
}

function asOfProducts(ctx: Context, { asOfProducts }: JobPlan): Parameters<Context['asOf']>[0] {
  return asOfProducts?.map((name) => ctx.market.resolveProduct(name)) ?? ctx.market.products
}

/** `hasData("curves", "wti")`, `hasData("series", "COPR_*")`: does the lake hold it, from whatever source? */
function hasData(ctx: Context, kind: string, name: string | null): boolean {
  const all = ctx.store.datasets().filter((info) => info.kind === kind)
  if (name === null) return all.length > 0
  if (name.endsWith('*')) return all.some((info) => info.name.startsWith(name.slice(0, -1)))
  const wanted = kind === 'curves' ? ctx.market.resolveProduct(name) : name
  return all.some((info) => info.name === wanted)
}
