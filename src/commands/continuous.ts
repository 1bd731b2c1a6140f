import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import { requestedRoll } from '../lib/desk/requested-roll.js'
import type { ContinuousData } from '../lib/documents/continuous.js'
import { isoDays, isoFromDay } from '../lib/kernel/day.js'
import { continuousSeries, pointsFromFirst, pnlPoints } from '../lib/market/continuous.js'

/** A rule that rolls up to a month early holds contracts of two ranks more than it is named after. */
const RANKS_AHEAD = 3

export default class Continuous extends ContangoCommand {
  static override summary = 'One price series joined from contracts, saying how it was rolled and adjusted'
  static override description =
    '`change` is contract-true: both prices are of the contract held, so that its sum is the P&L of one lot and no roll ' +
    'gap is in it. A ratio adjustment is refused (exit 6) where a price is zero or negative.'
  static override examples = [
    '<%= config.bin %> continuous wti --adjust difference',
    '<%= config.bin %> continuous brent --roll calendar:5 --rank 2 -f csv',
  ]
  static override args = { product: args.product({ required: true }) }
  static override flags = {
    adjust: flags.choice({
      options: ['none', 'difference', 'ratio'] as const,
      default: 'none',
      summary: 'What is done to prices before a roll.',
    })(),
    roll: flags.string({
      default: 'calendar:0',
      helpValue: 'RULE',
      summary: 'calendar:N (business days before the last trading day), fixed-day:N, open-interest or volume.',
    }),
    rank: flags.integer({ default: 1, min: 1, max: 60, summary: '1 holds the front contract, 2 the one behind it.' }),
    from: flags.date({ summary: 'First day; by default all there is.' }),
  }

  protected async answer(ctx: Context): Promise<Report<ContinuousData>> {
    const { args, flags } = this.input(Continuous)
    const { market } = ctx
    const product = market.resolveProduct(args.product)
    const roll = requestedRoll(flags.roll, `contango continuous ${args.product}`)
    const asOf = ctx.asOf([product])
    const { columns } = await ctx.store.readCurves(product, {
      from: flags.from,
      to: asOf,
      asOf,
      maxRank: flags.rank + RANKS_AHEAD,
      activity: roll.kind === 'open-interest' || roll.kind === 'volume',
    })
    const series = continuousSeries(market, columns, { roll, adjust: flags.adjust, rank: flags.rank })
    const { contractSize } = market.instrument(product)
    const dates = isoDays(series.day)
    const contracts = Array.from(series.month, (month) => market.contractCode(product, month))
    const { words } = series.description
    const pnlUsdPerLot = pnlPoints(series) * contractSize
    const data: ContinuousData = {
      product,
      unit: series.unit,
      description: { rank: flags.rank, roll: flags.roll, adjust: flags.adjust, words },
      contractSize,
      pnlUsdPerLot,
      naiveDifferenceUsdPerLot: pointsFromFirst(series) * contractSize,
      rows: dates.map((date, i) => ({
        date,
        contract: contracts[i],
        settlement: series.settlement[i],
        adjusted: series.adjusted[i],
        change: Number.isNaN(series.change[i]) ? null : series.change[i],
      })),
      rolls: series.rolls.map(({ day, scheduled, from, to, ...prices }) => ({
        date: isoFromDay(day),
        scheduled: isoFromDay(scheduled),
        from: market.contractCode(product, from),
        to: market.contractCode(product, to),
        ...prices,
      })),
      missingDays: series.missingDays.map(isoFromDay),
    }
    const digits = market.instrument(product).ticks[0].tick < 0.01 ? 4 : 2
    const rows: Report['rows'] = {
      length: dates.length,
      columns: [
        { name: 'date', kind: 'date', values: series.day },
        { name: 'contract', kind: 'text', values: contracts },
        { name: 'settlement', kind: 'number', digits, values: series.settlement },
        { name: 'adjusted', kind: 'number', digits, values: series.adjusted },
        { name: 'change', kind: 'number', digits, signed: true, values: series.change },
      ],
    }
    return {
      asOf,
      data,
      rows,
      view: [
        {
          title: `${market.instrument(product).name}, ${series.unit}: ${words}`,
          lines: [
            `${series.rolls.length} rolls; one lot long, no costs: ${pnlUsdPerLot.toFixed(0)} USD; last minus first price: ${data.naiveDifferenceUsdPerLot.toFixed(0)} USD`,
          ],
          table: rows,
        },
      ],
    }
  }
}
