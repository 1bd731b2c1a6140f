import { ContangoCommand } from '../../lib/cli/base-command.js'
import { capturingIo } from '../../lib/cli/capturing-io.js'
import type { Context } from '../../lib/cli/context.js'
import { kindOf } from '../../lib/cli/exit-codes.js'
import { args } from '../../lib/cli/flags.js'
import { outputTarget } from '../../lib/cli/formats.js'
import type { Report } from '../../lib/cli/report.js'
import { mergeShards } from '../../lib/desk/merge-shards.js'
import { sizeTable } from '../../lib/desk/optimize-view.js'
import type { OptimizeData } from '../../lib/documents/optimize.js'
import { ContangoError } from '../../lib/kernel/errors.js'

export default class OptimizeMerge extends ContangoCommand {
  static override summary = 'Make one search of the shards that --shard computed'
  static override description =
    'Reads every .parquet file of DIR, puts their cells among the kept ones and answers as contango optimize does for the whole ' +
    'search, to the byte. A shard that is not there exits 4; one of another search, or twice there, 6. See docs/optimize.md.'
  static override examples = [
    '<%= config.bin %> optimize merge shards',
    '<%= config.bin %> optimize merge shards --json',
  ]
  static override args = { dir: args.string({ required: true, description: 'Folder of the shards' }) }

  protected async answer(ctx: Context): Promise<Report<OptimizeData>> {
    const { args, flags } = this.input(OptimizeMerge)
    const { home, format, json, output } = flags as { home?: string; format?: string; json?: boolean; output?: string }
    const { format: asked } = outputTarget({ format, json: json === true, output, chart: false })
    if (asked === 'arrow')
      throw new ContangoError('usage', 'NO_ARROW', 'a merge is not printed as arrow', '--format ndjson, or csv')
    const { argv, total } = await mergeShards(ctx.resolveFile(args.dir), args.dir, ctx.workspace.dataDir, ctx.signal)
    const end = argv.indexOf('--')
    const ask = async (captured: ReturnType<typeof capturingIo>, ...more: string[]): Promise<number> => {
      const own = [...(home === undefined ? [] : [`--home=${home}`]), '--quiet', ...more]
      const words = ['optimize', ...argv.slice(0, end === -1 ? undefined : end), ...own]
      const exitCode = await this.runAnother([...words, ...(end === -1 ? [] : argv.slice(end))], { io: captured.io })
      ctx.signal.throwIfAborted()
      return exitCode
    }
    const planned = capturingIo(ctx.io)
    const planCode = await ask(planned, '--dry-run', '--json')
    const plan = JSON.parse(planned.text()) as {
      data: { cells: number; kept: number }
      error?: { code: string; message: string }
    }
    if (plan.error !== undefined) throw new ContangoError(kindOf(planCode), plan.error.code, plan.error.message)
    const { cells, kept } = plan.data
    if (cells !== total || kept !== cells)
      throw new ContangoError(
        'refused',
        'FOREIGN_SHARD',
        `the shards are of other prices, configuration or files than this workspace has: ${kept} of its ${cells} cells are theirs`,
        'merge in the workspace, and the folder, that computed them',
      )
    const answer = capturingIo(ctx.io)
    const exitCode = await ask({ ...answer, io: { ...answer.io, stderr: ctx.io.stderr } }, `--format=${asked}`)
    if (exitCode !== 0 && exitCode !== 10)
      throw new ContangoError(kindOf(exitCode), 'MERGED_SEARCH', 'the search of these shards ends with that error')
    return {
      asOf: null,
      data: { dryRun: true, cells, excluded: 0, kept, bars: 0, folds: 0, runs: 0 },
      rows: sizeTable({ dryRun: true, cells, excluded: 0, kept, bars: 0, folds: 0, runs: 0 }),
      printed: answer.text(),
      trip: exitCode === 10 ? { code: 'SEARCH_TRIPS', message: 'the merged search trips' } : undefined,
    }
  }
}
