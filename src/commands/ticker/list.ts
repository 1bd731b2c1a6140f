import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { TickerListData } from '../../lib/documents/ticker-list.js'
import { BLOOMBERG_FIELDS, MAX_GENERIC_NUMBER, genericTickerOf } from '../../lib/market/ticker.js'

export default class TickerList extends ContangoCommand {
  static override summary = 'Tickers of every product'
  static override description =
    'With --as-of each generic ticker shows its contract. Dubai begins with DAT2: DAT1 is the balance of the month.'
  static override examples = [
    '<%= config.bin %> ticker list',
    '<%= config.bin %> ticker list --product wti --months 6 --as-of 2023-12-29 --json',
  ]
  static override needsWorkspace = false
  static override flags = {
    product: flags.product({ summary: 'Only this product.' }),
    months: flags.integer({
      default: 1,
      min: 1,
      max: MAX_GENERIC_NUMBER - 1,
      summary: 'How many ranks of each product.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<TickerListData>> {
    const { flags } = this.input(TickerList)
    const { market, requestedAsOf: asOf } = ctx
    const products = flags.product === undefined ? market.products : [market.resolveProduct(flags.product)]
    const tickers = products.flatMap((product) => {
      const { name, exchange, contractSize, unit, codes } = market.instrument(product)
      return Array.from({ length: flags.months }, (_, i) => ({
        ticker: genericTickerOf(market, product, i + codes.bloombergFrontNumber),
        product,
        commodity: name,
        rank: i + codes.bloombergFrontNumber,
        contract:
          asOf === null
            ? null
            : market.contractCode(product, market.monthAtRank(product, asOf, i + codes.bloombergFrontNumber)),
        exchange,
        multiplier: contractSize,
        unit,
        yahoo: codes.yahoo,
        eiaSpot: [...codes.eiaSpot],
      }))
    })
    return {
      asOf,
      data: { tickers, fields: BLOOMBERG_FIELDS },
      rows: {
        length: tickers.length,
        columns: [
          { name: 'ticker', kind: 'text', values: tickers.map((row) => row.ticker) },
          { name: 'product', kind: 'text', values: tickers.map((row) => row.product) },
          { name: 'commodity', kind: 'text', values: tickers.map((row) => row.commodity) },
          { name: 'rank', kind: 'integer', values: tickers.map((row) => row.rank) },
          { name: 'contract', kind: 'text', values: tickers.map((row) => row.contract) },
          { name: 'exchange', kind: 'text', values: tickers.map((row) => row.exchange) },
          { name: 'multiplier', kind: 'integer', values: tickers.map((row) => row.multiplier) },
          { name: 'unit', kind: 'text', values: tickers.map((row) => row.unit) },
          { name: 'yahoo', kind: 'text', values: tickers.map((row) => row.yahoo) },
          {
            name: 'eiaSpot',
            kind: 'text',
            header: 'EIA spot',
            values: tickers.map((row) => row.eiaSpot.join(' ') || null),
          },
        ],
      },
    }
  }
}
