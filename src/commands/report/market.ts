import { createHash } from 'node:crypto'
import { curveChart } from '../../lib/charts/specs/curve-chart.js'
import { pricesChart } from '../../lib/charts/specs/prices-chart.js'
import { spreadsChart } from '../../lib/charts/specs/spreads-chart.js'
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
import type { PriceUnit } from '../../lib/market/market.js'
import { marketHeadline } from '../../lib/reports/market-headline.js'
import { marketReport } from '../../lib/reports/market-report.js'
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
    const asOf = isoFromDay(prices.asOf)
    const curves: CurveAnswer[] = []
    for (const { product } of prices.panels) curves.push(await curveOn(desk.ctx, { product, band: true }))
    const spreads = await spreadsIfAny(desk.ctx)
    const curveData = curves.map(({ data }) => data)

    // Only now: drawing is what takes time, and a failure above should come at once.
    const { reportChart } = await import('../../lib/reports/report-chart.js')
    const drawn = [
      [
        'prices',
        pricesChart({ asOf, products: prices.panels, simulated: prices.simulated, source: prices.sources.join(', ') }),
      ] as const,
    ]
    const charts = []
    for (const [id, chart] of [
      ...drawn,
      ...curves.map(curvePicture),
      ...(spreads.answer ? [spreadsPicture(spreads.answer)] : []),
    ]) {
      charts.push(await reportChart(id, chart, ctx.signal))
    }
    const inputs = desk.inputs()
    const text = marketReport({
      asOf,
      prices: prices.data,
      curves: curveData,
      spreads: spreads.answer?.data ?? null,
      charts,
      inputs,
      warnings: desk.warnings(),
    })
    const { writeReport } = await import('../../lib/reports/write-report.js')
    const own = this.ownOutput === null ? null : ctx.resolveFile(this.ownOutput)
    const file = await writeReport(
      text,
      { file: own, reportsDir: ctx.workspace.reportsDir, name: 'market.html' },
      ctx.signal,
    )
    ctx.note(`wrote ${file}`)
    const { title, findings } = marketHeadline(prices.data, curveData, spreads.answer?.data ?? null)
    const data: ReportMarketData = {
      file,
      sha256: createHash('sha256').update(text).digest('hex'),
      asOf,
      headline: title,
      findings,
      simulated: inputs.some((input) => input.simulated),
      sections: [
        {
          name: 'prices',
          rows: prices.data.prices.length,
          charts: ['prices'],
          missing: prices.data.missing.map(({ name, reason }) => `${name}: ${reason}`),
        },
        { name: 'curves', rows: curves.length, charts: curves.map(({ data }) => `curve-${data.product}`), missing: [] },
        {
          name: 'spreads',
          rows: spreads.answer?.data.spreads.length ?? 0,
          charts: spreads.answer ? ['spreads'] : [],
          missing: spreads.missing,
        },
      ],
    }
    return {
      asOf: prices.asOf,
      data,
      rows: {
        length: data.sections.length,
        columns: [
          { name: 'section', kind: 'text', values: data.sections.map(({ name }) => name) },
          { name: 'rows', kind: 'integer', values: data.sections.map(({ rows }) => rows) },
          { name: 'charts', kind: 'integer', values: data.sections.map(({ charts }) => charts.length) },
        ],
      },
      view: [
        {
          title: `Market report of ${asOf}${data.simulated ? ' (SIMULATED)' : ''}`,
          lines: [title, ...findings, `File: ${file}`],
        },
      ],
    }
  }
}

function curvePicture({ data, band, source, simulated }: CurveAnswer): [string, ReturnType<typeof curveChart>] {
  const { product, name, date, points, structure, m1m12 } = data
  const chart = curveChart({
    name,
    product: product as Parameters<typeof curveChart>[0]['product'],
    unit: data.unit as PriceUnit,
    date,
    points,
    structure,
    m1m12,
    band: band?.points,
    bandLabel: band?.label,
    simulated,
    source,
  })
  return [`curve-${product}`, chart]
}

function spreadsPicture({
  data,
  pictures,
  bandLabel,
  sources,
  simulated,
}: SpreadsAnswer): [string, ReturnType<typeof spreadsChart>] {
  const spreads = pictures.map(({ title, ...picture }) => ({ label: title, ...picture }))
  return ['spreads', spreadsChart({ asOf: data.date, spreads, bandLabel, simulated, source: sources.join(', ') })]
}

/** A lake with a single product has prices and a curve, but perhaps no spread: the report says so and goes on. */
async function spreadsIfAny(ctx: DeskContext): Promise<{ answer: SpreadsAnswer | null; missing: string[] }> {
  try {
    const answer = await spreadsOn(ctx, { band: true })
    return { answer, missing: answer.data.skipped.map(({ name, reason }) => `${name}: ${reason}`) }
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return { answer: null, missing: [error.message] }
    throw error
  }
}
