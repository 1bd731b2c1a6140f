import type { IndicatorOverlay, IndicatorPanelInput, IndicatorsChartInput } from '../charts/specs/indicators-chart.js'
import { indicatorDigits } from './indicator-digits.js'
import type { IndicatorColumns, IndicatorsAnswer } from './indicators-on.js'

/** About a year: more bars than a picture of several panels can show. */
const BARS_DRAWN = 252
const PANELS_DRAWN = 5
const OVERLAYS_DRAWN = 4

/** What the chart draws: the bars shown, or the last year of them where nobody said from when. */
export function indicatorsPicture(
  { data, loaded, first, computed }: IndicatorsAnswer,
  isFrom: boolean,
): IndicatorsChartInput {
  const { days } = loaded
  const start = isFrom ? first : Math.max(first, days.length - BARS_DRAWN)
  const overlays: IndicatorOverlay[] = []
  const panels: IndicatorPanelInput[] = []
  computed.forEach((one, at) => {
    const { indicator, values } = one
    const cut = values.map((column) => column.subarray(start))
    if (indicator.panel === 'price') {
      overlays.push({ label: shortLabel(one), lines: cut, isBand: cut.length === 3, isDots: indicator.name === 'sar' })
      return
    }
    const { columns, unit } = data.indicators[at]
    panels.push({
      short: shortLabel(one),
      title: `${indicator.title}${one.params.length > 0 ? ` (${one.params.join(', ')})` : ''}`,
      unit,
      digits: indicatorDigits(unit, data.unit),
      levels: indicator.levels ?? [],
      lines: cut.map((column, output) => ({
        label: columns.length === 1 ? '' : outputLabel(indicator.outputs[output]),
        values: column,
        isHistogram: indicator.outputs[output].endsWith('histogram'),
      })),
    })
  })
  return {
    name: data.name,
    product: loaded.product ?? undefined,
    unit: data.unit,
    words: data.words,
    days: days.subarray(start),
    close: loaded.bars.close.subarray(start),
    overlays: overlays.slice(0, OVERLAYS_DRAWN),
    panels: panels.slice(0, PANELS_DRAWN),
    leftOut: [
      ...overlays.slice(OVERLAYS_DRAWN).map(({ label }) => label),
      ...panels.slice(PANELS_DRAWN).map(({ short }) => short),
    ],
    source: loaded.source,
    simulated: loaded.simulated,
    asOf: data.to,
  }
}

/** `SMA 20`, `Bollinger 20 2`, `Linear regression 14`. */
function shortLabel({ indicator: { name }, params }: IndicatorColumns): string {
  const words = name.length <= 4 ? name.toUpperCase() : `${name[0].toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`
  return [words, ...params].join(' ')
}

/** `macd_signal` → `signal`; `stochastic_rsi_k` → `%K`. */
function outputLabel(stem: string): string {
  const last = stem.split('_').at(-1) ?? stem
  return last === 'k' || last === 'd' ? `%${last.toUpperCase()}` : last === 'macd' ? 'MACD' : last
}
