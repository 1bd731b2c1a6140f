import type { Chart } from '../charts/chart.js'
import { darkened } from '../charts/recolour.js'
import { renderSvg } from '../charts/render.js'
import { curveChart } from '../charts/specs/curve-chart.js'
import { pricesChart } from '../charts/specs/prices-chart.js'
import { spreadsChart } from '../charts/specs/spreads-chart.js'
import type { CurveAnswer } from '../desk/curve-on.js'
import type { PricesAnswer } from '../desk/prices-on.js'
import type { SpreadsAnswer } from '../desk/spreads-on.js'
import type { PriceUnit, Product } from '../market/instrument.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { ReportChart } from './chart-figure.js'

/** Panels in one picture of spreads: as many as stand on one page of A4. */
const SPREADS_PER_PICTURE = 6

export interface MarketAnswers {
  readonly prices: PricesAnswer
  readonly curves: readonly CurveAnswer[]
  readonly spreads: SpreadsAnswer | null
}

function pricesPicture({ data, panels, simulated, sources }: PricesAnswer): Chart {
  return pricesChart({ asOf: data.date, products: panels, simulated, source: sources.join(', ') })
}

function curvePicture({ data, band, source, simulated }: CurveAnswer): Chart {
  const { name, date, points, structure, m1m12 } = data
  return curveChart({
    name,
    product: data.product as Product,
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
}

function spreadsPictures({ data, pictures, bandLabel, sources, simulated }: SpreadsAnswer): Chart[] {
  const panels = pictures.map(({ title, ...picture }) => ({ label: title, ...picture }))
  const common = { asOf: data.date, bandLabel, simulated, source: sources.join(', ') }
  return Array.from({ length: Math.ceil(panels.length / SPREADS_PER_PICTURE) }, (_, i) => {
    const first = i * SPREADS_PER_PICTURE
    return spreadsChart({ ...common, spreads: panels.slice(first, first + SPREADS_PER_PICTURE) })
  })
}

/** Draws the pictures of a market report, on light and on dark paper; lets signals in before each. */
export async function marketCharts(
  { prices, curves, spreads }: MarketAnswers,
  signal: AbortSignal,
): Promise<ReportChart[]> {
  const charts: (readonly [id: string, chart: Chart])[] = [
    ['prices', pricesPicture(prices)],
    ...curves.map((curve) => [`curve-${curve.data.product}`, curvePicture(curve)] as const),
    ...(spreads ? spreadsPictures(spreads).map((chart, i) => [`spreads-${i + 1}`, chart] as const) : []),
  ]
  const drawn: ReportChart[] = []
  for (const [id, chart] of charts) {
    await yieldNow(signal)
    const svgLight = await renderSvg(chart, 'light')
    const alt = `${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}`
    drawn.push({ id, svgLight, svgDark: darkened(svgLight), alt })
  }
  return drawn
}
