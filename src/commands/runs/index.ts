import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { runData, runTable } from '../../lib/cli/run-view.js'
import type { RunsData } from '../../lib/documents/runs.js'

export default class Runs extends ContangoCommand {
  static override summary = 'What ran: when, how long, how it ended'
  static override description = 'The run ledger holds what documents leave out: times, durations, host and exit codes.'
  static override examples = ['<%= config.bin %> runs', '<%= config.bin %> runs --command curve --limit 5 --json']
  static override keepsLedger = false
  static override flags = {
    limit: flags.integer({ default: 20, min: 1, max: 100_000, summary: 'How many runs, newest first.' }),
    command: flags.string({ helpValue: 'WORDS', summary: 'Only runs of this command.' }),
  }

  protected async answer(ctx: Context): Promise<Report<RunsData>> {
    const { flags } = this.input(Runs)
    const runs = ctx.runs.list({ limit: flags.limit, command: flags.command })
    return { asOf: null, data: { runs: runs.map(runData) }, rows: runTable(runs) }
  }
}
