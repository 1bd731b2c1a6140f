import { pricesChart } from '../lib/charts/specs/prices-chart.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { pricesOn } from '../lib/desk/prices-on.js'
import { pricesTable, pricesView } from '../lib/desk/prices-view.js'
import type { PricesData } from '../lib/documents/prices.js'

export default class Prices extends ContangoCommand {
  static override summary = 'Front-month prices, changes, volatility and place in the range of each product'
  static override description =
    'Changes are of the contract held, never across a roll: 1d follows today’s contract; 5d, 1m and 1y add up 5, 21 and ' +
    '252 daily moves. Per cent is left out where a price at or below zero would be its base.'
  static override examples = [
    '<%= config.bin %> prices',
    '<%= config.bin %> prices wti brent --json',
    '<%= config.bin %> prices --chart -o prices.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    product: args.product({
      multiple: true,
      ignoreStdin: true,
      description: 'Products, by default all that the lake has: wti, brent, rbob, heating-oil, gasoil, natgas …',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<PricesData>> {
    const { args } = this.input(Prices)
    const products = args.product?.map((text) => ctx.market.resolveProduct(text))
    const { asOf, data, panels, sources, simulated } = await pricesOn(ctx, products && [...new Set(products)])
    return {
      asOf,
      data,
      rows: pricesTable(data),
      view: pricesView(data),
      chart: () => pricesChart({ asOf: data.date, products: panels, simulated, source: sources.join(', ') }),
    }
  }
}
