import { createHash } from 'node:crypto'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import type { Report } from '../../lib/cli/report.js'
import { curveOn, type CurveAnswer } from '../../lib/desk/curve-on.js'
import type { DeskContext } from '../../lib/desk/desk-context.js'
import { pricesOn } from '../../lib/desk/prices-on.js'
import { spreadsOn, type SpreadsAnswer } from '../../lib/desk/spreads-on.js'
import type { ReportMarketData } from '../../lib/documents/report-market.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { ContangoError } from '../../lib/kernel/errors.js'
import { recordingContext } from '../../lib/reports/recording-context.js'

export default class ReportMarket extends ContangoCommand {
  static override summary = 'The market on one day as one HTML file: prices, curves and spreads with pictures'
  static override description =
    'Writes reports/market.html in the workspace, or the file that -o names. The file stands alone: no script, no ' +
    'network, light and dark, fit for paper. Every table and picture is about one day.'
  static override examples = [
    '<%= config.bin %> report market',
    '<%= config.bin %> report market -o market.html --json',
  ]
  static override ownEndings = ['.html']

  protected async answer(ctx: Context): Promise<Report<ReportMarketData>> {
    const desk = recordingContext(ctx)
    const prices = await pricesOn(desk.ctx)
    desk.holdAt(prices.asOf)
    const curves: CurveAnswer[] = []
    for (const { product } of prices.panels) curves.push(await curveOn(desk.ctx, { product, band: true }))
    const { spreads, missing } = await spreadsIfAny(desk.ctx)

    // Drawing is what takes time: its code is loaded only once the numbers are there.
    const { marketCharts } = await import('../../lib/reports/market-charts.js')
    const { marketReport } = await import('../../lib/reports/market-report.js')
    const { marketAnswer } = await import('../../lib/reports/market-answer.js')
    const { writeReport } = await import('../../lib/reports/write-report.js')
    const input = {
      asOf: isoFromDay(prices.asOf),
      prices: prices.data,
      curves: curves.map(({ data }) => data),
      spreads: spreads?.data ?? null,
      charts: await marketCharts({ prices, curves, spreads }, ctx.signal),
      inputs: desk.inputs(),
      warnings: desk.warnings(),
    }
    const text = marketReport(input)
    const place = {
      file: this.ownOutput === null ? null : ctx.resolveFile(this.ownOutput),
      reportsDir: ctx.workspace.reportsDir,
      name: 'market.html',
    }
    const file = await writeReport(text, place, ctx.signal)
    ctx.note(`wrote ${file}`)
    const sha256 = createHash('sha256').update(text).digest('hex')
    return { asOf: prices.asOf, ...marketAnswer(input, { file, sha256, missingSpreads: missing }) }
  }
}

/** A lake with a single product has prices and a curve, but perhaps no spread: the report says so and goes on. */
async function spreadsIfAny(ctx: DeskContext): Promise<{ spreads: SpreadsAnswer | null; missing: string[] }> {
  try {
    const spreads = await spreadsOn(ctx, { band: true })
    return { spreads, missing: spreads.data.skipped.map(({ name, reason }) => `${name}: ${reason}`) }
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return { spreads: null, missing: [error.message] }
    throw error
  }
}
