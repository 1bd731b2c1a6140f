import { join } from 'node:path'
import type { Context } from '../cli/context.js'
import type { Host } from '../cli/host.js'
import type { Report } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import { badConfig, type ConfigIssue } from '../config/config-issue.js'
import type { RunValidateData } from '../documents/run-validate.js'
import { ContangoError } from '../kernel/errors.js'
import type { CommandLines } from './command-lines.js'
import { findJob, listJobs, readJob, type JobPlace } from './job-files.js'
import type { JobPlan } from './job-plan.js'
import { planJob } from './plan-job.js'

/** Plans every job; throws config BAD_CONFIG with the mistakes of all of them. */
export async function validatedJobs(
  ctx: Context,
  references: readonly string[],
  { host, commands }: { readonly host: Host; readonly commands: CommandLines },
): Promise<Report<RunValidateData>> {
  const folders = { workspaceDir: ctx.workspace.configDir, builtInDir: join(host.packageRoot, 'config') }
  const places =
    references.length === 0
      ? listJobs(folders)
      : references.map((reference) => findJob(reference, folders, ctx.resolveFile))
  const issues: ConfigIssue[] = []
  const plans: JobPlan[] = []
  for (const place of places) {
    try {
      plans.push(await planned(ctx, place, host, commands))
    } catch (error) {
      if (!(error instanceof ContangoError) || !Array.isArray(error.details['issues'])) throw error
      issues.push(...(error.details['issues'] as ConfigIssue[]))
    }
    ctx.signal.throwIfAborted()
  }
  if (issues.length > 0) throw badConfig(issues, 'correct these lines, then contango run validate again')
  ctx.relyOn(plans.map(({ file, fileSha256 }) => ({ config: file, sha256: fileSha256 })))
  const jobs = plans.map(({ job, file, fileSha256, steps }) => ({
    job,
    file,
    sha256: fileSha256,
    steps: steps.map(({ id }) => id),
  }))
  const table = (digits: number): Table => ({
    length: jobs.length,
    columns: [
      { name: 'job', kind: 'text', values: jobs.map(({ job }) => job) },
      { name: 'steps', kind: 'integer', values: jobs.map(({ steps }) => steps.length) },
      { name: 'file', kind: 'text', values: jobs.map(({ file }) => file) },
      { name: 'sha256', kind: 'text', values: jobs.map(({ sha256 }) => sha256.slice(0, digits)) },
    ],
  })
  return {
    asOf: null,
    data: { jobs },
    rows: table(64),
    view: [{ table: table(12) }, { lines: ['every job is sound'] }],
  }
}

function planned(ctx: Context, place: JobPlace, host: Host, commands: CommandLines): Promise<JobPlan> {
  return planJob(readJob(place), { commands, market: ctx.market, env: host.env, vars: {}, passedOn: [] })
}
