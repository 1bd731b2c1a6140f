import { basename } from 'node:path'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import { diffOn } from '../lib/desk/diff-on.js'
import { diffTable, diffView } from '../lib/desk/diff-view.js'
import type { DiffData } from '../lib/documents/diff.js'

const path = { multiple: true, multipleNonGreedy: true } as const

export default class Diff extends ContangoCommand {
  static override summary = 'Two outputs of one command field by field, within tolerances'
  static override description =
    'Takes two documents that --json printed (of the same schema) or two CSV, NDJSON or Parquet files. Lists of named ' +
    'elements are compared by their names, other lists by place. Exit 0: equal within the tolerances; 10: different; ' +
    '2: they cannot be compared. Paths and tolerances: docs/diff.md.'
  static override examples = [
    '<%= config.bin %> diff yesterday.json today.json --ignore inputs --tol "data.results.*.varUsd=1%"',
    '<%= config.bin %> diff old-equity.csv new-equity.csv --key rows=date --tol "rows.*.equity=1e-9%"',
  ]
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = {
    a: args.string({ required: true, description: 'FILE of before: .json, .csv, .ndjson, .parquet' }),
    b: args.string({ required: true, description: 'FILE of after' }),
  }
  static override flags = {
    tol: flags.string({
      ...path,
      helpValue: 'PATH=X',
      summary: 'A tolerance: "data.results.*.varUsd=1%" is relative to A, "**.price=0.005" absolute; may be repeated.',
    }),
    abs: flags.number({ min: 0, default: 0, summary: 'Absolute tolerance of every other number.' }),
    rel: flags.number({ min: 0, default: 0, summary: 'Relative tolerance of every other number, a fraction of |A|.' }),
    ignore: flags.string({ ...path, helpValue: 'PATH', summary: 'Leave out a path with all in it; may be repeated.' }),
    only: flags.string({ ...path, helpValue: 'PATH', summary: 'Compare nothing else; may be repeated.' }),
    key: flags.string({
      ...path,
      helpValue: 'PATH=NAMES',
      summary: 'What names the elements of a list: "data.results=method,confidence"; may be repeated.',
    }),
    limit: flags.integer({ min: 1, max: 1_000_000, default: 1000, summary: 'Differences that the answer lists.' }),
  }

  protected async answer(ctx: Context): Promise<Report<DiffData>> {
    const { args, flags } = this.input(Diff)
    const { readComparedFile } = await import('../lib/sources/csv/compared-file.js')
    const read = async (file: string): Promise<Parameters<typeof diffOn>[0]['a']> => ({
      name: basename(file),
      file: await readComparedFile(ctx.resolveFile(file), basename(file), ctx.signal),
    })
    const data = diffOn({
      a: await read(args.a),
      b: await read(args.b),
      absolute: flags.abs,
      relative: flags.rel,
      tolerances: flags.tol ?? [],
      ignored: flags.ignore ?? [],
      only: flags.only ?? [],
      keys: flags.key ?? [],
      limit: flags.limit,
    })
    for (const pattern of data.unusedPatterns)
      ctx.warn('PATH_NAMES_NOTHING', `"${pattern}" names nothing in either file`, { path: pattern })
    const { differencesCount: count, differences } = data
    return {
      asOf: null,
      data,
      rows: diffTable(data),
      view: diffView(data),
      trip:
        count === 0
          ? undefined
          : {
              code: 'DIFFERENT',
              message: `${count} difference${count === 1 ? '' : 's'}, the first at ${differences[0].path}`,
            },
    }
  }
}
