import { join } from 'node:path'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import type { Report } from '../../lib/cli/report.js'
import type { RunListData } from '../../lib/documents/run-list.js'
import { listedJobs } from '../../lib/jobs/list-report.js'

export default class RunList extends ContangoCommand {
  static override summary = 'Jobs of config/jobs, and how each last ended'
  static override description =
    'Those of the workspace, then those that are built in; a file of the workspace hides the built-in one of its name.'
  static override examples = ['<%= config.bin %> run list', '<%= config.bin %> run list --json']
  static override keepsLedger = false

  protected async answer(ctx: Context): Promise<Report<RunListData>> {
    const folders = { workspaceDir: ctx.workspace.configDir, builtInDir: join(this.config.root, 'config') }
    return listedJobs(folders, ctx.jobs)
  }
}
