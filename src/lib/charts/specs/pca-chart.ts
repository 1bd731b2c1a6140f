import type { Chart } from '../chart.js'
import { numberText } from '../number-text.js'
import { labelLayers, type Layer, levelRule, nothingLabel, yOf } from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'
import { panelTitle, panelWidthPx, smallMultiples } from './small-multiples.js'

export interface PcaChartFactor {
  /** level, slope, curvature. */
  readonly factor: string
  /** 0 to 1. */
  readonly explained: number
  /** Over ranks 1, 2 … */
  readonly loadings: readonly number[]
  /** What the book gains when the factor rises by one standard deviation, USD. */
  readonly usdPerSd: number
}

export interface PcaChartProduct {
  readonly name: string
  readonly observations: number
  readonly factors: readonly PcaChartFactor[]
}

export interface PcaChartInput {
  readonly products: readonly PcaChartProduct[]
  /** diff or log. */
  readonly mode: string
  readonly asOf: string
  readonly simulated: boolean
  readonly source: string
}

const HEIGHT_PX = 150
const LABEL_GAP_PX = 15
const DASHES = [[], [6, 3], [2, 3]] as const

/** Loadings of level, slope and curvature by rank, one panel a product: how each curve moves, and what it costs the book. */
export function pcaChart(input: PcaChartInput): Chart {
  const { products } = input
  const widthPx = panelWidthPx(products.length)
  const title = findingOf(products)
  return {
    title,
    subtitle: `Loadings by rank of contract-true ${input.mode === 'log' ? 'log returns' : 'price changes'}. Above each, level / slope / curvature: share of variance, and what a rise by one deviation earns, thousand USD`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. ${products.map(({ name, factors }) => `${name}: ${factors.map(sharesText).join(', ')}`).join('. ')}.`,
    vegaLite: smallMultiples(
      products.length > 0
        ? products.map((product) => panel(product, widthPx))
        : [
            {
              width: widthPx,
              height: HEIGHT_PX,
              layer: labelLayers([nothingLabel('no curve to take apart', widthPx, HEIGHT_PX)]),
            },
          ],
    ),
  }
}

function sharesText({ factor, explained }: PcaChartFactor): string {
  return `${factor} ${numberText(100 * explained, 1)} %`
}

/** Of which product and factor a day's risk is greatest. */
function findingOf(products: readonly PcaChartProduct[]): string {
  const all = products.flatMap(({ name, factors }) => factors.map((factor) => ({ name, ...factor })))
  if (all.length === 0) return 'No curve to take apart'
  const most = all.reduce((a, b) => (Math.abs(b.usdPerSd) > Math.abs(a.usdPerSd) ? b : a))
  return `Largest along the curves: ${most.name} ${most.factor}, ${numberText(most.usdPerSd / 1000, 0, true)} thousand USD per standard deviation`
}

function panel({ name, observations, factors }: PcaChartProduct, widthPx: number): Layer {
  const ranks = factors[0]?.loadings.length ?? 1
  const axis = valueAxis(
    factors.flatMap(({ loadings }) => loadings),
    { maxTicks: 5, zero: true },
  )
  const step = [1, 2, 3, 6, 12].find((each) => ranks / each <= 8) ?? 12
  const ticks = Array.from({ length: ranks }, (_, k) => k + 1).filter((rank) => rank === 1 || rank % step === 0)
  const x = {
    field: 'rank',
    type: 'quantitative',
    scale: { domain: [1, Math.max(2, ranks)], nice: false, zero: false },
    axis: { values: ticks, format: 'd', title: 'rank', grid: false, tickSize: 4 },
  }
  const y = yOf(axis, 'loading', null)
  const places = placeLabels(
    factors.map(({ loadings }) => axis.yPx(loadings[loadings.length - 1], HEIGHT_PX)),
    LABEL_GAP_PX,
    HEIGHT_PX,
  )
  const lines = factors.map(({ loadings }, j) => ({
    data: { values: loadings.map((loading, k) => ({ rank: k + 1, loading })) },
    mark: { type: 'line', style: `plain${j}`, strokeWidth: 2, strokeDash: DASHES[j % DASHES.length] },
    encoding: { x, y },
  }))
  const each = (text: (factor: PcaChartFactor) => string): string => factors.map(text).join(' / ')
  const finding = `${each(({ explained }) => numberText(100 * explained, 1))} % · ${each(({ usdPerSd }) => numberText(usdPerSd / 1000, 1, true))}`
  return {
    width: widthPx,
    height: HEIGHT_PX,
    title: panelTitle(`${name}, ${numberText(observations, 0)} days`, finding),
    layer: [
      levelRule(0, y, 'zero'),
      ...lines,
      ...labelLayers(factors.map(({ factor }, j) => ({ text: factor, xPx: widthPx + 6, yPx: places[j] }))),
    ],
  }
}
