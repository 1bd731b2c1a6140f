import type { BacktestMontecarloData } from '../../documents/backtest-montecarlo.js'
import { dayFromIso } from '../../kernel/day.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, levelRule, xOf, yOf, type Layer } from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import type { MarkStyle } from '../theme.js'
import { timeAxis } from '../time-axis.js'
import { valueAxis } from '../value-axis.js'
import { histogramPanel } from './histogram-panel.js'
import { panelWidthPx } from './small-multiples.js'

/** What the picture needs of the answer. */
export type ConeChartData = Pick<
  BacktestMontecarloData,
  | 'strategy'
  | 'instrument'
  | 'first'
  | 'last'
  | 'method'
  | 'how'
  | 'paths'
  | 'initialCapitalUsd'
  | 'finalEquity'
  | 'sharpe'
  | 'maxDrawdown'
  | 'probabilityOfLoss'
  | 'cone'
>

export interface ConeChartInput {
  readonly data: ConeChartData
  /** Of each path. */
  readonly figures: { readonly sharpe: Float64Array; readonly maxDrawdown: Float64Array }
  readonly simulated: boolean
  readonly source: string
  /** `2023-12-29`. */
  readonly asOf: string
}

const CONE_PX = 270
const HISTOGRAM_PX = 130
const RIGHT_PX = 112
const LABEL_PX = 15

/** Equity of the run inside the bands that the paths draw, and below it how Sharpe ratio and drawdown came out. */
export function coneChart({ data, figures, simulated, source, asOf }: ConeChartInput): Chart {
  const { cone, strategy, finalEquity, sharpe, maxDrawdown } = data
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - RIGHT_PX)
  const dayOf = (text: string): number => dayFromIso(text.slice(0, 10)) ?? 0
  const lastDate = cone[cone.length - 1].date
  // The bars of the last day lie between its midnight and the next.
  const time = timeAxis(dayOf(cone[0].date), dayOf(lastDate) + (lastDate.length > 10 ? 1 : 0), widthPx)
  const thousand = (usd: number): number => usd / 1000
  const rows = cone.map(({ date, observed, p5, p25, p50, p75, p95 }) => ({
    date,
    observed: observed === null ? null : thousand(observed),
    p5: thousand(p5),
    p25: thousand(p25),
    p50: thousand(p50),
    p75: thousand(p75),
    p95: thousand(p95),
  }))
  const axis = valueAxis(
    rows.flatMap(({ observed, p5, p95 }) => [p5, p95, observed ?? Number.NaN]),
    { maxTicks: 7 },
  )
  const x = xOf(time)
  const y = yOf(axis, 'observed', 'equity, thousand USD')
  const band = (low: string, high: string, style: MarkStyle): Layer => ({
    mark: { type: 'area', style },
    encoding: { x, y: { ...y, field: low }, y2: { field: high } },
  })
  const last = rows[rows.length - 1]
  const run = rows.findLast(({ observed }) => observed !== null)?.observed ?? Number.NaN
  const ends: [text: string, value: number, bold: boolean][] = [
    [`95 %  ${numberText(last.p95, 0)}`, last.p95, false],
    [`median  ${numberText(last.p50, 0)}`, last.p50, false],
    [`5 %  ${numberText(last.p5, 0)}`, last.p5, false],
    [`run  ${numberText(run, 0)}`, run, true],
  ]
  const places = placeLabels(
    ends.map(([, value]) => axis.yPx(value, CONE_PX)),
    LABEL_PX,
    CONE_PX,
  )
  const halfPx = panelWidthPx(2)
  return {
    title: `${strategy.name} on ${data.instrument ?? source}: ${numberText(100 * data.probabilityOfLoss, 0)} % of ${numberText(data.paths, 0)} paths end in a loss, final equity ${numberText(thousand(finalEquity.p5 ?? Number.NaN), 0)} to ${numberText(thousand(finalEquity.p95 ?? Number.NaN), 0)} thousand USD`,
    subtitle: `${dateText(data.first)} to ${dateText(data.last)}, ${data.method}: ${data.how}; bands 5–95 % and 25–75 %, dashed: initial capital`,
    footer: sourceText(source, simulated, asOf),
    simulated,
    alt: `Cone of equity over ${data.paths} paths: at the end 5 % lie below ${numberText(finalEquity.p5, 0)} USD, half below ${numberText(finalEquity.p50, 0)}, 95 % below ${numberText(finalEquity.p95, 0)}; the run ended at ${numberText(finalEquity.observed, 0)}. Median Sharpe ratio ${numberText(sharpe.p50, 2)}, median drawdown ${numberText(100 * (maxDrawdown.p50 ?? Number.NaN), 1)} per cent.`,
    vegaLite: {
      spacing: 92,
      bounds: 'flush',
      vconcat: [
        {
          width: widthPx,
          height: CONE_PX,
          data: { values: rows },
          layer: [
            band('p5', 'p95', 'bandRange'),
            band('p25', 'p75', 'bandDecile'),
            { mark: { type: 'line', style: 'bandMedian' }, encoding: { x, y: { ...y, field: 'p50' } } },
            levelRule(thousand(data.initialCapitalUsd), y, 'against'),
            { mark: { type: 'line', style: 'plain0', strokeWidth: 1.8 }, encoding: { x, y } },
            ...labelLayers(
              ends.map(([text, , bold], i) => ({
                text,
                xPx: widthPx + 6,
                yPx: places[i],
                bold,
                style: bold ? 'label' : 'labelMuted',
              })),
            ),
          ],
        },
        {
          bounds: 'flush',
          spacing: AXIS_LEFT_PX + 84,
          hconcat: [
            histogramPanel({
              label: 'Sharpe ratio',
              finding: `90 % of the paths: ${numberText(sharpe.p5, 2)} to ${numberText(sharpe.p95, 2)}`,
              values: figures.sharpe,
              observed: sharpe.observed,
              digits: 2,
              unit: 'Sharpe ratio',
              widthPx: halfPx,
              heightPx: HISTOGRAM_PX,
            }),
            histogramPanel({
              label: 'Maximum drawdown',
              finding: `one path in twenty: ${numberText(percentOf(maxDrawdown.p5), 1)} % or deeper`,
              values: figures.maxDrawdown.map((value) => 100 * value),
              observed: percentOf(maxDrawdown.observed),
              digits: 1,
              unit: 'drawdown, %',
              widthPx: halfPx,
              heightPx: HISTOGRAM_PX,
            }),
          ],
          resolve: { scale: { x: 'independent', y: 'independent' } },
        },
      ],
      resolve: { scale: { x: 'independent', y: 'independent' } },
    },
  }
}

function percentOf(fraction: number | null): number | null {
  return fraction === null ? null : 100 * fraction
}
