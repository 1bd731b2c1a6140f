import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { runData, runTable } from '../../lib/cli/run-view.js'
import type { RunsShowData } from '../../lib/documents/runs-show.js'
import { ContangoError } from '../../lib/kernel/errors.js'

export default class RunsShow extends ContangoCommand {
  static override summary = 'One run: its words, inputs and fingerprints'
  static override examples = ['<%= config.bin %> runs show 3f2a', '<%= config.bin %> runs show 3f2a --json']
  static override keepsLedger = false
  static override args = {
    id: args.string({ required: true, description: 'Identifier of the run, or enough of its first characters' }),
  }

  protected async answer(ctx: Context): Promise<Report<RunsShowData>> {
    const { args } = this.input(RunsShow)
    const run = ctx.runs.get(args.id)
    if (!run)
      throw new ContangoError('noData', 'NO_RUN', `no run of the ledger begins with "${args.id}"`, 'contango runs', {
        id: args.id,
      })
    const { argv, version, host, pid, inputs } = run
    return {
      asOf: null,
      data: {
        run: { ...runData(run), argv: [...argv], version, host, pid, inputs: inputs.map((input) => ({ ...input })) },
      },
      rows: runTable([run]),
      view: [
        { title: `contango ${run.command} ${argv.join(' ')}`.trimEnd(), table: runTable([run]) },
        {
          title: 'Read',
          table: {
            length: inputs.length,
            columns: [
              { name: 'kind', kind: 'text', values: inputs.map((input) => input.kind) },
              { name: 'series', kind: 'text', values: inputs.map((input) => input.series) },
              { name: 'source', kind: 'text', values: inputs.map((input) => input.source) },
              { name: 'rows', kind: 'integer', values: inputs.map((input) => input.rows) },
              { name: 'last', kind: 'text', values: inputs.map((input) => input.last) },
              { name: 'sha256', kind: 'text', values: inputs.map((input) => input.sha256.slice(0, 12)) },
            ],
          },
        },
      ],
    }
  }
}
