import { curveChart } from '../lib/charts/specs/curve-chart.js'
import { historyChart } from '../lib/charts/specs/history-chart.js'
import type { Chart } from '../lib/charts/chart.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { curveOn, type CurveAnswer } from '../lib/desk/curve-on.js'
import { curveTable, curveView } from '../lib/desk/curve-view.js'
import { fixedText, priceDigits } from '../lib/desk/number-text.js'
import type { CurveData } from '../lib/documents/curve.js'
import { ContangoError } from '../lib/kernel/errors.js'
import type { PriceUnit, Product } from '../lib/market/market.js'

export default class Curve extends ContangoCommand {
  static override summary = 'Futures curve of one product: shape, calendar spreads, roll yield, percent of full carry'
  static override description =
    'Contango where every one of ranks 1–12 settles above the one before it, backwardation where every one settles below, ' +
    'else mixed. Spreads are near − far. A contract keeps its rank through its last trading day.'
  static override examples = [
    '<%= config.bin %> curve wti',
    '<%= config.bin %> curve brent --ranks 12 --json',
    '<%= config.bin %> curve wti --history 1 -f csv',
    '<%= config.bin %> curve rbob --chart -o curve.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = { product: args.product({ required: true, ignoreStdin: true }) }
  static override flags = {
    against: flags.date({ summary: 'Compare with the curve of an earlier day, contract by contract.' }),
    ranks: flags.integer({ min: 1, max: 120, summary: 'Contracts to show, nearest first; all by default.' }),
    history: flags.integer({ min: 1, max: 120, helpValue: 'RANK', summary: 'Settlements of one rank through time.' }),
    band: flags.boolean({
      summary: 'Where each rank settled over the last year: least, 10 %, median, 90 %, greatest.',
    }),
    from: flags.date({ summary: 'First day of the history.', dependsOn: ['history'] }),
    to: flags.date({ summary: 'Last day of the history.', dependsOn: ['history'] }),
  }

  protected async answer(ctx: Context): Promise<Report<CurveData>> {
    const { args, flags } = this.input(Curve)
    if (args.product === undefined) throw new ContangoError('usage', 'MISSING_PRODUCT', 'curve needs a product')
    const product = ctx.market.resolveProduct(args.product)
    const { against, ranks, from, to } = flags
    const history = flags.history === undefined ? undefined : { rank: flags.history, from, to }
    const band = (this.wantsChart && !history) || flags.band === true
    const answer = await curveOn(ctx, { product, against, ranks, history, band })
    const { asOf } = answer
    const data: CurveData = flags.band === true ? { ...answer.data, band: bandDocument(answer) } : answer.data
    return { asOf, data, rows: curveTable(data), view: curveView(data), chart: () => draw(product, answer) }
  }
}

function bandDocument({ band }: CurveAnswer): CurveData['band'] {
  return band === null ? null : { label: band.label, points: band.points.map((point) => ({ ...point })) }
}

function draw(product: Product, { data, band, history, source, simulated }: CurveAnswer): Chart {
  const { name, date, points, structure, m1m12, against } = data
  const unit = data.unit as PriceUnit
  if (history && data.history) {
    const { rank, from, to, basis } = data.history
    const last = history.values[history.values.length - 1]
    return historyChart({
      title: `${name} M${rank} at ${fixedText(last, priceDigits(unit))} ${unit}`,
      subtitle: `${basis}, ${from} to ${to}`,
      unit,
      series: [{ label: `${name} M${rank}`, product, ...history }],
      zeroLine: history.values.some((value) => value <= 0),
      simulated,
      source,
      asOf: date,
    })
  }
  return curveChart({
    name,
    product,
    unit,
    date,
    points,
    structure,
    m1m12,
    against,
    band: band?.points ?? null,
    bandLabel: band?.label,
    simulated,
    source,
  })
}
