import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { signalsLogTable } from '../../lib/desk/signals-log-view.js'
import type { SignalsLogData } from '../../lib/documents/signals-log.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class SignalsLog extends ContangoCommand {
  static override summary = 'What contango signals said, when, and with which numbers'
  static override description =
    'Every signal that contango signals answers with is kept with the numbers known then; the same words about the same day ' +
    'are kept once, a revision is a new entry. --history is a replay and leaves no entry. signals performance --issued judges the log.'
  static override examples = [
    '<%= config.bin %> signals log',
    '<%= config.bin %> signals log wti --name composite --from 2023-01-01 --json',
  ]
  static override keepsLedger = false
  static override args = { product: args.product({ ignoreStdin: true }) }
  static override flags = {
    name: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME',
      summary: 'Only this signal; may be repeated.',
    }),
    from: flags.date({ summary: 'First decision day.' }),
    to: flags.date({ summary: 'Last decision day.' }),
    limit: flags.integer({ min: 1, max: 1_000_000, default: 100, summary: 'The last entries.' }),
  }

  protected async answer(ctx: Context): Promise<Report<SignalsLogData>> {
    const { args, flags } = this.input(SignalsLog)
    const logged = ctx.issuedSignals.list({
      products: args.product === undefined ? undefined : [ctx.market.resolveProduct(args.product)],
      names: flags.name,
      from: flags.from === undefined ? undefined : isoFromDay(flags.from),
      to: flags.to === undefined ? undefined : isoFromDay(flags.to),
      limit: flags.limit,
    })
    const data: SignalsLogData = {
      signals: logged.map(({ issuedAtMs, parameters, numbers, ...one }) => ({
        ...one,
        issuedAt: new Date(issuedAtMs).toISOString(),
        parameters: { ...parameters },
        numbers: numbers.map((number) => ({ ...number })),
      })),
    }
    if (logged.length === 0) ctx.note('the log is empty: contango signals wti writes into it')
    return { asOf: null, data, rows: signalsLogTable(data) }
  }
}
