import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { shownRun } from '../../lib/cli/shown-run.js'
import type { RunsShowData } from '../../lib/documents/runs-show.js'
import { ContangoError } from '../../lib/kernel/errors.js'

export default class RunsShow extends ContangoCommand {
  static override summary = 'One run: its words, inputs and fingerprints; of a job its steps'
  static override examples = ['<%= config.bin %> runs show 3f2a', '<%= config.bin %> runs show 3f2a --json']
  static override keepsLedger = false
  static override args = {
    id: args.string({ required: true, description: 'Identifier of the run, or enough of its first characters' }),
  }

  protected async answer(ctx: Context): Promise<Report<RunsShowData>> {
    const { args } = this.input(RunsShow)
    const run = ctx.runs.get(args.id)
    const report = shownRun(run, ctx.jobs.get(run?.id ?? args.id))
    if (!report)
      throw new ContangoError('noData', 'NO_RUN', `no run of the ledger begins with "${args.id}"`, 'contango runs', {
        id: args.id,
      })
    return report
  }
}
