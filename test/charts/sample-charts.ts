import { dayFromIso } from '../../src/lib/kernel/day.js'
import type { Chart } from '../../src/lib/charts/chart.js'
import { curveChart, type CurveChartInput, type CurveChartPoint } from '../../src/lib/charts/specs/curve-chart.js'
import { foldTimelineChart, type TimelineFold } from '../../src/lib/charts/specs/fold-timeline-chart.js'
import { historyChart } from '../../src/lib/charts/specs/history-chart.js'
import { logitChart } from '../../src/lib/charts/specs/logit-chart.js'
import { parameterMapChart } from '../../src/lib/charts/specs/parameter-map-chart.js'
import { parameterSlicesChart, type ParameterSlice } from '../../src/lib/charts/specs/parameter-slices-chart.js'
import { pcaChart } from '../../src/lib/charts/specs/pca-chart.js'
import { pricesChart, type PricePanel } from '../../src/lib/charts/specs/prices-chart.js'
import { sampleScatterChart } from '../../src/lib/charts/specs/sample-scatter-chart.js'
import { spreadsChart, type SpreadPanel } from '../../src/lib/charts/specs/spreads-chart.js'

/** WTI settlements of 20 April 2020 by delivery month. */
const APRIL_2020 = [
  -37.63, 20.43, 26.28, 28.51, 29.88, 30.84, 31.74, 32.45, 33.05, 33.56, 33.97, 34.35, 34.7, 35.0, 35.28, 35.55,
]
/** WTI settlements of 8 March 2022. */
const MARCH_2022 = [123.7, 119.66, 115.2, 110.86, 106.9, 103.5, 100.93, 98.7, 96.8, 95.2, 93.66, 92.17]

const LAST = dayFromIso('2023-12-29') ?? 0

/** Noise without a library: equal on every machine. */
function wobble(i: number): number {
  return Math.sin(i * 12.9898) * 0.5 + Math.sin(i * 4.1414) * 0.3
}

const search = {
  search: 'ma-crossover on WTI',
  subtitle: '2007-01-03 to 2023-12-29, 324 cells',
  simulated: false,
  source: 'csv',
  asOf: '2023-12-29',
}

const slice = (name: string, labels: readonly string[], slope: number): ParameterSlice => {
  const level = (shift: number): number[] => labels.map((_, i) => slope * Math.sin(i / 2) + shift)
  return {
    name,
    labels,
    min: level(-0.5),
    p10: level(-0.2),
    median: level(0),
    p90: level(0.2),
    max: level(0.4),
    chosen: 2,
  }
}

const fold = (i: number, inSample: number | null, outOfSample: number | null, parameters: string): TimelineFold => ({
  trainFrom: LAST - 3600 + 500 * i,
  trainUntil: LAST - 2500 + 500 * i,
  testFrom: LAST - 2490 + 500 * i,
  testUntil: LAST - 1990 + 500 * i,
  parameters,
  inSample,
  outOfSample,
})

export function curvePoints(settlements: readonly number[], firstYear: number, firstMonth: number): CurveChartPoint[] {
  return settlements.map((settlement, i) => {
    const index = firstYear * 12 + firstMonth - 1 + i
    const month = (index % 12) + 1
    const year = Math.floor(index / 12)
    const deliveryMonth = `${year}-${String(month).padStart(2, '0')}`
    return {
      rank: i + 1,
      contract: `CL${'FGHJKMNQUVXZ'[month - 1]}${year % 100}`,
      deliveryMonth,
      expiry: `${deliveryMonth}-20`,
      settlement,
    }
  })
}

export const negativeCurve: CurveChartInput = {
  name: 'WTI',
  product: 'CL',
  unit: 'USD/bbl',
  date: '2020-04-20',
  points: curvePoints(APRIL_2020, 2020, 5),
  structure: 'contango',
  m1m12: -71.98,
  band: APRIL_2020.map((_, i) => ({ rank: i + 1, min: 20 + i / 2, p10: 30, median: 55, p90: 60, max: 64 })),
  bandLabel: 'last 252 settlements',
  simulated: false,
  source: 'csv',
}

export const backwardatedCurve: CurveChartInput = {
  ...negativeCurve,
  date: '2022-03-08',
  points: curvePoints(MARCH_2022, 2022, 4),
  structure: 'backwardation',
  m1m12: 31.53,
  against: {
    date: '2021-12-29',
    points: curvePoints(
      MARCH_2022.map((price) => 76 - (123.7 - price) / 4),
      2022,
      2,
    ),
  },
  band: null,
}

/** A year of week days with a swing of `size` around `level`. */
function year(level: number, size: number): { days: Int32Array; values: Float64Array } {
  const days: number[] = []
  for (let day = LAST - 364; day <= LAST; day++) if ((day + 4) % 7 !== 0 && (day + 4) % 7 !== 6) days.push(day)
  const values = days.map((day) => level + size * Math.sin(day / 37) + (size / 5) * Math.sin(day / 3))
  return { days: Int32Array.from(days), values: Float64Array.from(values) }
}

export function pricePanel(product: PricePanel['product'], name: string, level: number, size: number): PricePanel {
  const { days, values } = year(level, size)
  const last = values[values.length - 1]
  const unit = level < 10 ? 'USD/gal' : level > 500 ? 'USD/t' : 'USD/bbl'
  return { product, name, unit, contract: `${product}G24`, last, change: -0.12, changePercent: -0.17, days, values }
}

export function spreadPanel(label: string, level: number, size: number, seasonal: boolean): SpreadPanel {
  const { days, values } = year(level, size)
  const levels = { min: level - 2 * size, p10: level - size, median: level, p90: level + size, max: level + 9 * size }
  const fill = (value: number): Float64Array => new Float64Array(days.length).fill(value)
  return {
    name: label,
    label,
    unit: 'USD/bbl',
    days,
    values,
    value: values[values.length - 1],
    percentile: 42,
    band: seasonal
      ? {
          days,
          min: fill(levels.min),
          p10: fill(levels.p10),
          median: fill(levels.median),
          p90: fill(levels.p90),
          max: fill(levels.max),
        }
      : levels,
  }
}

const nothing = { days: new Int32Array(0), values: new Float64Array(0) }

/** One of everything, plain and awkward. */
export const sampleCharts: Readonly<Record<string, Chart>> = {
  'curve below zero': curveChart(negativeCurve),
  'curve against an earlier one': curveChart(backwardatedCurve),
  'curve, simulated': curveChart({ ...negativeCurve, simulated: true, source: 'sim' }),
  'curve of one contract': curveChart({
    ...negativeCurve,
    points: negativeCurve.points.slice(0, 1),
    m1m12: null,
    structure: null,
    band: null,
  }),
  'curve of nothing': curveChart({ ...negativeCurve, points: [], m1m12: null, structure: null }),
  'two histories': historyChart({
    title: 'Brent over WTI',
    subtitle: 'Front months',
    unit: 'USD/bbl',
    series: [
      { label: 'WTI M1', product: 'CL', ...year(72, 9) },
      { label: 'Brent (ICE) M1', product: 'BRN', ...year(73, 9) },
      { label: 'WTI M12', product: 'CL', ...year(71.5, 8), steps: true },
    ],
    zeroLine: false,
    simulated: false,
    source: 'csv',
    asOf: '2023-12-29',
  }),
  'history of one day': historyChart({
    title: 'One day',
    subtitle: 'A single settlement',
    unit: 'USD/bbl',
    series: [{ label: 'WTI M1', product: 'CL', days: Int32Array.of(LAST), values: Float64Array.of(-37.63) }],
    zeroLine: true,
    simulated: true,
    source: 'sim',
    asOf: '2023-12-29',
  }),
  'history of nothing': historyChart({
    title: 'Nothing',
    subtitle: 'No settlements',
    unit: 'USD/bbl',
    series: [{ label: 'WTI M1', ...nothing }],
    zeroLine: true,
    simulated: false,
    source: 'csv',
    asOf: '2023-12-29',
  }),
  spreads: spreadsChart({
    asOf: '2023-12-29',
    spreads: [
      spreadPanel('WTI − Brent', -4, 2, true),
      spreadPanel('3-2-1 crack', 25, 8, false),
      spreadPanel('Gasoline crack (RBOB − WTI)', 17, 9, true),
      { ...spreadPanel('Gasoil crack', 1250, 400, false), unit: 'USD/t' },
      { ...spreadPanel('No data', 0, 1, false), ...nothing, value: Number.NaN, percentile: null },
    ],
    simulated: false,
    source: 'csv',
  }),
  factors: pcaChart({
    products: ['WTI', 'RBOB gasoline', 'Heating oil (ULSD)'].map((name, i) => ({
      name,
      observations: 4281,
      factors: [
        { factor: 'level', explained: 0.965, usdPerSd: -1_234_567.8, loadings: [0.7, 0.5, 0.5, 0.1 * i] },
        { factor: 'slope', explained: 0.03, usdPerSd: 98_765, loadings: [0.6, 0.1, -0.3, -0.7] },
        { factor: 'curvature', explained: 0.004, usdPerSd: -12_345, loadings: [0.5, -0.5, -0.5, 0.5] },
      ],
    })),
    mode: 'diff',
    asOf: '2023-12-29',
    simulated: true,
    source: 'sim',
  }),
  prices: pricesChart({
    asOf: '2023-12-29',
    products: [
      pricePanel('CL', 'WTI', 72, 9),
      pricePanel('BRN', 'Brent (ICE)', 77, 9),
      pricePanel('RB', 'RBOB gasoline', 2.4, 0.4),
      pricePanel('LGO', 'Low sulphur gasoil', 1010, 240),
      { ...pricePanel('NG', 'Natural gas (Henry Hub)', 2.5, 0.5), unit: 'USD/MMBtu' },
      { ...pricePanel('DBI', 'Dubai', 0, 30), changePercent: null },
    ],
    simulated: true,
    source: 'sim',
  }),
  'map of two parameters': parameterMapChart({
    ...search,
    metric: 'sharpe',
    digits: 2,
    x: { name: 'fast', labels: ['5', '10', '15', '20', '25', '30'] },
    y: { name: 'slow', labels: ['20', '50', '100', '200'] },
    values: [20, 50, 100, 200].map((slow, j) =>
      [5, 10, 15, 20, 25, 30].map((fast, i) =>
        fast < slow ? 0.3 * Math.cos(i - j) - 0.1 + 0.1 * wobble(i * j) : null,
      ),
    ),
    lowIsGood: false,
    chosen: { x: 2, y: 2 },
  }),
  'map of many cells': parameterMapChart({
    ...search,
    simulated: true,
    metric: 'ulcerIndex',
    digits: 3,
    x: { name: 'window', labels: Array.from({ length: 60 }, (_, i) => String(10 + i)) },
    y: { name: 'deviations', labels: Array.from({ length: 40 }, (_, i) => (0.05 + i / 40).toFixed(3)) },
    values: Array.from({ length: 40 }, (_, j) =>
      Array.from({ length: 60 }, (_, i) => 0.2 + 0.1 * Math.sin(i / 9) * Math.cos(j / 7) + 0.02 * wobble(i + 60 * j)),
    ),
    lowIsGood: true,
    chosen: { x: 59, y: 0 },
  }),
  'map of one cell': parameterMapChart({
    ...search,
    metric: 'sharpe',
    digits: 2,
    x: { name: 'fast', labels: ['10'] },
    y: { name: 'slow', labels: ['30'] },
    values: [[-0.4]],
    lowIsGood: false,
    chosen: { x: 0, y: 0 },
  }),
  'map of nothing': parameterMapChart({
    ...search,
    metric: 'profitFactor',
    digits: 2,
    x: { name: 'fast', labels: ['10', '20'] },
    y: { name: 'mode', labels: ['state', 'cross'] },
    values: [
      [null, null],
      [null, null],
    ],
    lowIsGood: false,
    chosen: null,
  }),
  'slices of three parameters': parameterSlicesChart({
    ...search,
    metric: 'sharpe',
    digits: 2,
    chosenValue: 0.58,
    slices: [
      slice('fast', ['5', '10', '15', '20'], 0.6),
      slice(
        'slow',
        Array.from({ length: 40 }, (_, i) => String(20 + 5 * i)),
        0.05,
      ),
      slice('mode', ['state', 'cross', 'either'], 0.3),
    ],
  }),
  'slices of nothing': parameterSlicesChart({ ...search, metric: 'sharpe', digits: 2, chosenValue: null, slices: [] }),
  'in against out of sample': sampleScatterChart({
    ...search,
    inSample: Float64Array.from({ length: 4000 }, (_, i) => 1 + 0.4 * wobble(i)),
    outOfSample: Float64Array.from({ length: 4000 }, (_, i) => 0.3 - 0.3 * wobble(i) + 0.3 * wobble(7 * i + 3)),
    line: { slope: -0.75, intercept: 1.05 },
    probabilityOfLoss: 0.21,
  }),
  'in against out of sample, nothing': sampleScatterChart({
    ...search,
    inSample: new Float64Array(0),
    outOfSample: new Float64Array(0),
    line: null,
    probabilityOfLoss: 0,
  }),
  logits: logitChart({
    ...search,
    from: Array.from({ length: 32 }, (_, i) => i / 2 - 8),
    width: 0.5,
    counts: Array.from({ length: 32 }, (_, i) => Math.round(2000 * Math.exp(-((i - 14) ** 2) / 18))),
    pbo: 0.62,
  }),
  'logits of nothing': logitChart({ ...search, from: [], width: 0.5, counts: [], pbo: null }),
  folds: foldTimelineChart({
    ...search,
    folds: [
      fold(0, 1.21, 0.35, 'fast 15, slow 50'),
      fold(1, 0.98, -0.71, 'fast 10, slow 200'),
      fold(2, 1.4, null, 'fast 15, slow 50, mode cross, ddof 1, exit 0.25'),
      fold(3, 0.87, 0.11, 'fast 15, slow 55'),
    ],
  }),
  'one fold': foldTimelineChart({ ...search, folds: [fold(1, null, -12.5, 'none')], simulated: true }),
  'no folds': foldTimelineChart({ ...search, folds: [] }),
  'prices of nothing': pricesChart({ asOf: '2023-12-29', products: [], simulated: false, source: 'csv' }),
}
