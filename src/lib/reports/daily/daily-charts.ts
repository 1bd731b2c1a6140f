import type { Chart } from '../../charts/chart.js'
import { numberText } from '../../charts/number-text.js'
import { curveChart } from '../../charts/specs/curve-chart.js'
import { ladderChart } from '../../charts/specs/ladder-chart.js'
import { spreadsChart } from '../../charts/specs/spreads-chart.js'
import { varBacktestChart } from '../../charts/specs/var-backtest-chart.js'
import type { CurveData } from '../../documents/curve.js'
import type { SpreadRow } from '../../documents/spreads.js'
import type { VarBacktestData } from '../../documents/var-backtest.js'
import { dayFromIso } from '../../kernel/day.js'
import type { PriceUnit, Product } from '../../market/instrument.js'
import type { DailyDocuments } from './daily-documents.js'
import { strikingSpreads } from './market-blocks.js'
import { sumOfParts } from './pnl-blocks.js'
import { stressLadder } from './stress-blocks.js'

/** Scenarios in the ladder: the worst, and what would be gained most. */
const WORST = 14
const BEST = 4

/** The pictures of a report, by name, in their order. */
export function dailyCharts(documents: DailyDocuments): [id: string, chart: Chart][] {
  const { asOf, pnl, var: variance, varBacktest, stress, curves, spreads, inputs } = documents
  const simulated = inputs.some((input) => input.simulated)
  const source = [...new Set(inputs.map((input) => input.source))].sort().join(', ')
  const common = { simulated, source, asOf }
  const charts: [string, Chart][] = []
  if (pnl.length > 0) {
    const parts = sumOfParts(pnl)
    const total = pnl.reduce((sum, day) => sum + day.actualUsd, 0)
    const largest = parts.reduce((a, b) => (Math.abs(b.usd) > Math.abs(a.usd) ? b : a))
    charts.push([
      'pnl',
      ladderChart({
        title: `${numberText(total, 0, true)} USD, most of it ${largest.label}: ${numberText(largest.usd, 0, true)} USD`,
        subtitle: `P&L from ${pnl[pnl.length - 1].previousDate} to ${pnl[0].date} in its parts, thousand USD`,
        unit: 'thousand USD',
        digits: 1,
        bars: [...parts, { label: 'actual P&L', usd: total }].map(({ label, usd }) => ({ label, value: usd / 1000 })),
        ...common,
      }),
    ])
  }
  if (variance?.decomposition) {
    const { groups, varUsd, confidence } = variance.decomposition
    const own = groups.filter(({ by }) => by === 'instrument').sort((a, b) => b.componentUsd - a.componentUsd)
    charts.push([
      'components',
      ladderChart({
        title: `${own[0].group} carries ${numberText((100 * own[0].componentUsd) / varUsd, 0)} % of VaR`,
        subtitle: `Contributions of the products to the normal VaR of ${100 * confidence} %, thousand USD; they add up to ${numberText(varUsd / 1000, 0)}`,
        unit: 'thousand USD',
        digits: 0,
        bars: own.map(({ group, componentUsd }) => ({ label: group, value: componentUsd / 1000 })),
        ...common,
      }),
    ])
  }
  if (varBacktest?.series) charts.push(['var-backtest', strip(varBacktest, varBacktest.series, common)])
  if (stress) {
    const ladder = stressLadder(stress)
    const gains = ladder.slice(WORST).slice(-BEST)
    const bars = [...ladder.slice(0, WORST), ...gains]
    if (bars.length > 0) {
      charts.push([
        'stress',
        ladderChart({
          title: `Worst scenario: ${bars[0].name}, ${numberText((bars[0].pnlUsd ?? 0) / 1e6, 2, true)} million USD`,
          subtitle: `P&L of the ${Math.min(WORST, ladder.length)} worst${gains.length > 0 ? ` and the ${gains.length} best` : ''} of ${ladder.length} scenarios, million USD`,
          unit: 'million USD',
          digits: 2,
          bars: bars.map((one) => ({ label: one.name, value: (one.pnlUsd ?? 0) / 1e6 })),
          ...common,
        }),
      ])
    }
  }
  for (const curve of curves) charts.push([`curve-${curve.product}`, curvePicture(curve, common)])
  if (spreads) {
    const panels = strikingSpreads(spreads).flatMap(panelOf)
    if (panels.length > 0) {
      const [first] = strikingSpreads(spreads)
      charts.push(['spreads', spreadsChart({ asOf, spreads: panels, bandLabel: first.band?.label, simulated, source })])
    }
  }
  return charts
}

function strip(
  { results, unit, name, window }: VarBacktestData,
  { dates, pnlUsd, forecasts }: NonNullable<VarBacktestData['series']>,
  common: { simulated: boolean; source: string; asOf: string },
): Chart {
  const confidence = Math.max(...results.map((row) => row.confidence))
  // The method that the limit looks at decides which days are exceptions.
  const shown = forecasts
    .filter((one) => one.confidence === confidence)
    .sort((a, b) => Number(b.method === 'historical') - Number(a.method === 'historical'))
  const scale = unit === 'USD' ? 1e6 : 0.01
  const values = (of: readonly (number | null)[]): Float64Array =>
    Float64Array.from(of, (value) => (value === null ? Number.NaN : value / scale))
  const [first] = shown
  const beyond = pnlUsd.filter((value, i) => -value > (first?.varUsd[i] ?? Infinity)).length
  return varBacktestChart({
    title: `${name}: ${beyond} of the last ${dates.length} days beyond ${first?.method ?? 'any'} VaR at ${100 * confidence} %`,
    subtitle: `P&L of each day and the VaR forecast the day before from ${window} returns; dots went beyond ${first?.method ?? 'it'}`,
    unit: unit === 'USD' ? 'million USD' : 'per cent',
    days: Int32Array.from(dates, (date) => dayFromIso(date) ?? 0),
    pnl: values(pnlUsd),
    forecasts: shown.map(({ method, varUsd }) => ({ method, varUsd: values(varUsd) })),
    ...common,
  })
}

function curvePicture(curve: CurveData, { simulated, source }: { simulated: boolean; source: string }): Chart {
  const { name, date, points, structure, m1m12, band } = curve
  return curveChart({
    name,
    product: curve.product as Product,
    unit: curve.unit as PriceUnit,
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

function panelOf(row: SpreadRow): Parameters<typeof spreadsChart>[0]['spreads'] {
  const { band, name, title, unit, value, percentile } = row
  if (band === null) return []
  const column = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (one) => (one === null ? Number.NaN : one))
  const days = Int32Array.from(band.dates, (date) => dayFromIso(date) ?? 0)
  return [
    {
      name,
      label: title,
      unit,
      days,
      values: column(band.values),
      value,
      percentile,
      band: {
        days,
        min: column(band.min),
        p10: column(band.p10),
        median: column(band.median),
        p90: column(band.p90),
        max: column(band.max),
      },
    },
  ]
}
