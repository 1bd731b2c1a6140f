import type { BacktestData } from '../../documents/backtest.js'
import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { labelLayers, type LabelAt, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'

export interface CostsChartInput {
  readonly name: string
  readonly costs: BacktestData['costs']
  readonly attribution: BacktestData['attribution']
  readonly rolls: number
  readonly fills: number
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const ROW_PX = 34
const LEFT_PX = 190
const RIGHT_PX = 90

interface Step {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly style: 'plain0' | 'plain1' | 'bandMedian' | 'bandDecile'
}

/** From gross to net profit, one bar a kind of cost: they add up. */
export function costsChart(input: CostsChartInput): Chart {
  const { costs } = input
  const steps = stepsOf(input)
  const widthPx = CONTENT_WIDTH_PX - LEFT_PX - RIGHT_PX
  const heightPx = steps.length * ROW_PX
  const thousand = (usd: number): number => usd / 1000
  const largest = Math.max(...steps.map(({ from, to }) => Math.max(Math.abs(from), Math.abs(to))))
  const digits = largest < 100_000 ? 2 : 1
  const axis = valueAxis(
    steps.flatMap(({ from, to }) => [thousand(from), thousand(to)]),
    { maxTicks: 7, zero: true, air: 0.03 },
  )
  const xPx = (usd: number): number => (widthPx * (thousand(usd) - axis.domain[0])) / (axis.domain[1] - axis.domain[0])
  const x = {
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false },
    axis: { values: axis.ticks, format: axis.format, title: 'thousand USD', domain: false },
  }
  const y = {
    field: 'top',
    type: 'quantitative',
    scale: { domain: [heightPx, 0], nice: false, zero: false },
    axis: null,
  }
  const bars = (style: Step['style']): Layer => ({
    data: {
      values: steps.flatMap((step, row) =>
        step.style === style
          ? [
              {
                from: thousand(step.from),
                to: thousand(step.to),
                top: row * ROW_PX + 6,
                bottom: (row + 1) * ROW_PX - 6,
              },
            ]
          : [],
      ),
    },
    mark: { type: 'rect', style },
    encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y, y2: { field: 'bottom' } },
  })
  const labels: LabelAt[] = steps.flatMap(({ label, from, to }, row) => {
    const yPx = (row + 0.5) * ROW_PX
    const change = to - from
    const text = numberText(thousand(change), digits, true)
    const right = xPx(Math.max(from, to)) + 6
    const fits = right + textWidthPx(text, 12) < widthPx + RIGHT_PX
    return [
      { text: label, xPx: -12, yPx, align: 'right' as const },
      {
        text,
        xPx: fits ? right : xPx(Math.min(from, to)) - 6,
        yPx,
        align: fits ? ('left' as const) : ('right' as const),
        bold: true,
      },
    ]
  })
  const share =
    costs.grossProfitUsd > 0 ? ` (${numberText((100 * costs.totalUsd) / costs.grossProfitUsd, 0)} % of gross)` : ''
  const title = `${input.name}: costs of ${numberText(thousand(costs.totalUsd), digits)} thousand USD${share} leave ${numberText(thousand(costs.netProfitUsd), digits, true)}`
  return {
    title,
    subtitle: `Front price and roll yield are the gross profit; less each cost it is the net profit; ${numberText(input.fills, 0)} fills and ${numberText(input.rolls, 0)} rolls`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. ${steps.map(({ label, from, to }) => `${label} ${numberText(to - from, 0, true)} USD`).join(', ')}.`,
    vegaLite: {
      width: widthPx,
      height: heightPx,
      layer: [
        {
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', style: 'zero' },
          encoding: { x: { ...x, field: 'zero' } },
        },
        ...(['bandDecile', 'bandMedian', 'plain0', 'plain1'] as const)
          .filter((style) => steps.some((step) => step.style === style))
          .map(bars),
        ...labelLayers(labels),
      ],
    },
  }
}

function stepsOf({ costs, attribution, rolls }: CostsChartInput): Step[] {
  const parts: [label: string, usd: number][] = [
    ['commission', costs.commissionUsd],
    ['slippage', costs.slippageUsd],
    ['market impact', costs.impactUsd],
    [`${numberText(rolls, 0)} rolls`, costs.rollUsd],
  ]
  const { frontUsd, rollYieldUsd, grossProfitUsd } = attribution
  // Without rolls, or out of the market at each of them, there is no roll yield to tell apart.
  const sources: Step[] =
    rollYieldUsd === 0
      ? []
      : [
          { label: 'front price', from: 0, to: frontUsd, style: 'bandDecile' },
          {
            label: `roll yield, ${numberText(rolls, 0)} rolls`,
            from: frontUsd,
            to: grossProfitUsd,
            style: 'bandDecile',
          },
        ]
  const steps: Step[] = [...sources, { label: '= gross profit', from: 0, to: grossProfitUsd, style: 'bandMedian' }]
  let level = costs.grossProfitUsd
  for (const [label, usd] of parts) {
    // A kind that did not occur is left out; the others stay in their order.
    if (usd === 0 && label !== 'commission') continue
    steps.push({ label: `− ${label}`, from: level, to: level - usd, style: 'plain1' })
    level -= usd
  }
  return [...steps, { label: '= net profit', from: 0, to: costs.netProfitUsd, style: 'plain0' }]
}
