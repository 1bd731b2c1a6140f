import { asOfOrAsk } from '../lib/cli/as-of-or-ask.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import type { ContractsData } from '../lib/documents/contracts.js'
import { isoFromDay } from '../lib/kernel/day.js'
import { ContangoError } from '../lib/kernel/errors.js'
import { addMonths, isoFromMonth, monthFromIndex, monthIndexOf } from '../lib/market/contract-month.js'

export default class Contracts extends ContangoCommand {
  static override summary = 'Contracts of one product and their last trading days'
  static override description =
    'Last trading days follow the rule of the exchange, or the real date where the rule is known to miss it. ' +
    'No data is needed. Without --from the list begins with the contract that is in front on --as-of.'
  static override examples = [
    '<%= config.bin %> contracts wti --from 2021-01 --to 2030-12',
    '<%= config.bin %> contracts brent --as-of 2024-12-30 --to 2025-06 --json',
  ]
  static override needsWorkspace = false
  static override args = { product: args.product({ required: true }) }
  static override flags = {
    from: flags.month({ summary: 'First delivery month; by default the front contract.' }),
    to: flags.month({ summary: 'Last delivery month; by default two years from the first.' }),
  }

  protected async answer(ctx: Context): Promise<Report<ContractsData>> {
    const { args, flags } = this.input(Contracts)
    const { market } = ctx
    const product = market.resolveProduct(args.product)
    const asOf = flags.from === undefined ? asOfOrAsk(ctx, product, 'the front contract') : null
    const from = flags.from ?? market.monthAtRank(product, asOf ?? 0, 1)
    const to = flags.to ?? addMonths(from, 23)
    if (to < from) {
      throw new ContangoError(
        'usage',
        'BAD_RANGE',
        `--to ${isoFromMonth(to)} is before the first delivery month, ${isoFromMonth(from)}`,
        `contango contracts ${args.product} --from ${isoFromMonth(to)} --to ${isoFromMonth(from)}`,
      )
    }
    const { name, exchange, expiryRule, unit, contractSize, lastTradingDayOverrides } = market.instrument(product)
    const months = Array.from({ length: monthIndexOf(to) - monthIndexOf(from) + 1 }, (_, i) =>
      monthFromIndex(monthIndexOf(from) + i),
    )
    const lastTradingDays = months.map((month) => market.lastTradingDay(product, month))
    const contracts = months.map((month, i) => ({
      contract: market.contractCode(product, month),
      deliveryMonth: isoFromMonth(month),
      lastTradingDay: isoFromDay(lastTradingDays[i]),
      basis: lastTradingDayOverrides.has(month) ? ('override' as const) : ('rule' as const),
    }))
    return {
      asOf,
      data: { product, name, exchange, expiryRule, unit, contractSize, contracts },
      rows: {
        length: contracts.length,
        columns: [
          { name: 'contract', kind: 'text', values: contracts.map((row) => row.contract) },
          {
            name: 'deliveryMonth',
            kind: 'text',
            header: 'delivery',
            values: contracts.map((row) => row.deliveryMonth),
          },
          { name: 'lastTradingDay', kind: 'date', header: 'last trading day', values: lastTradingDays },
          { name: 'basis', kind: 'text', values: contracts.map((row) => row.basis) },
        ],
      },
    }
  }
}
