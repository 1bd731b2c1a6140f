import type { SignalMapInput } from '../charts/specs/signal-map-chart.js'
import type { SignalsChartInput } from '../charts/specs/signals-chart.js'
import { isoFromDay } from '../kernel/day.js'
import { bollinger } from '../signals/indicators/bollinger.js'
import { closeOnly } from '../signals/indicators/close-only.js'
import { computeIndicator } from '../signals/indicators/compute-indicator.js'
import { SIGNALS } from '../signals/definitions.js'
import type { SignalsAnswer } from './signals-on.js'

/** About a year, where no period was asked for. */
const DAYS_DRAWN = 252
const BAND_DAYS = 20
const BAND_DEVIATIONS = 2

/** What the chart of one product draws: the period, or the last year. */
export function signalsPicture({ products, period, source, asOf }: SignalsAnswer): SignalsChartInput {
  const [{ answer, histories }] = products
  const { close, settlement, composite, days } = histories
  const start = period === null ? Math.max(0, days.length - DAYS_DRAWN) : 0
  const end = days.length
  // joined levels, moved so that the last one is a price
  const shift = settlement[end - 1] - close[end - 1]
  const price = close.map((level) => level + shift)
  const [upper, middle, lower] = computeIndicator(bollinger, closeOnly(price), [BAND_DAYS, BAND_DEVIATIONS])
  return {
    name: answer.name,
    product: histories.product,
    unit: answer.unit,
    only: answer.signals.length === 1 ? answer.signals[0].name : null,
    confidence: answer.composite.confidence,
    words: `${answer.contract} and the contracts before it, joined without roll gaps`,
    days: days.subarray(start),
    price: price.subarray(start),
    band: {
      label: `${BAND_DAYS} days ± ${BAND_DEVIATIONS} sd`,
      upper: upper.subarray(start),
      middle: middle.subarray(start),
      lower: lower.subarray(start),
    },
    score: composite.score.subarray(start),
    direction: composite.direction.subarray(start),
    threshold: histories.weights.threshold,
    families: composite.families
      .map(({ family, score: mean }) => ({ label: family, score: mean.subarray(start) }))
      .filter(({ score: mean }) => mean.some(Number.isFinite)),
    source,
    simulated: answer.simulated,
    asOf: period === null ? isoFromDay(asOf) : answer.date,
  }
}

/** What the chart of several products draws: each signal of each on the last day. */
export function signalMapPicture({ products, data, source, simulated }: SignalsAnswer): SignalMapInput {
  const answers = products.map(({ answer }) => answer)
  const sides = (direction: string): string =>
    answers
      .filter(({ composite }) => composite.direction === direction)
      .map(({ name }) => name)
      .join(', ')
  const [long, short] = [sides('LONG'), sides('SHORT')]
  const finding = [long === '' ? [] : [`long ${long}`], short === '' ? [] : [`short ${short}`]].flat().join('; ')
  const shown = SIGNALS.filter(({ name }) => answers.some(({ signals }) => signals.some((row) => row.name === name)))
  return {
    title: `Composite of signals: ${finding === '' ? 'neutral everywhere' : finding}`,
    products: answers.map(({ product }) => product),
    rows: [
      { name: 'composite', isFirst: true, bold: true, scores: answers.map(({ composite }) => composite.score) },
      ...shown.map(({ name, family }, i) => ({
        name,
        isFirst: i === 0 || shown[i - 1].family !== family,
        bold: false,
        scores: answers.map(({ signals }) => signals.find((row) => row.name === name)?.score ?? null),
      })),
    ],
    source,
    simulated,
    asOf: data.products?.[0]?.date ?? data.date ?? '',
  }
}
