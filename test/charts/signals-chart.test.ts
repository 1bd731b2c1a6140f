import { describe, expect, it } from 'vitest'
import { signalMapChart, type SignalMapInput } from '../../src/lib/charts/specs/signal-map-chart.js'
import { signalsChart, type SignalsChartInput } from '../../src/lib/charts/specs/signals-chart.js'
import { drawnWords, overlaps } from './drawn-words.js'

const DAYS = 120
const wave = (level: number, size: number): Float64Array =>
  Float64Array.from({ length: DAYS }, (_, i) => level + size * Math.sin(i / 9))

/** Prices that fall through zero, a composite that turns, a family that is not known at first. */
const full: SignalsChartInput = {
  name: 'WTI',
  product: 'CL',
  unit: 'USD/bbl',
  only: null,
  confidence: 42,
  words: 'CLK20 and the contracts before it, joined without roll gaps',
  days: Int32Array.from({ length: DAYS }, (_, i) => 18_300 + i),
  price: wave(5, 30),
  band: { label: '20 days ± 2 sd', upper: wave(12, 33), middle: wave(5, 25), lower: wave(-4, 28) },
  score: wave(0.05, 0.4),
  direction: Int8Array.from(wave(0.05, 0.4), (score) => (Math.abs(score) < 0.1 ? 0 : Math.sign(score))),
  threshold: 0.1,
  families: [
    { label: 'technical', score: wave(0.1, 0.5) },
    { label: 'fundamental', score: wave(0.1, 0.49).map((score, i) => (i < 40 ? Number.NaN : score)) },
  ],
  source: 'csv',
  simulated: false,
  asOf: '2020-06-08',
}
const cut = (input: SignalsChartInput, length: number): SignalsChartInput => ({
  ...input,
  days: input.days.slice(0, length),
  price: input.price.slice(0, length),
  band: {
    ...input.band,
    upper: input.band.upper.slice(0, length),
    middle: input.band.middle.slice(0, length),
    lower: input.band.lower.slice(0, length),
  },
  score: input.score.slice(0, length),
  direction: input.direction.slice(0, length),
  families: input.families.map(({ label, score }) => ({ label, score: score.slice(0, length) })),
})
const map: SignalMapInput = {
  title: 'Composite of signals: long WTI; short Natural gas (Henry Hub)',
  products: ['CL', 'BRN', 'RB', 'HO', 'LGO', 'NG', 'BZ', 'DBI'],
  rows: [
    { name: 'composite', isFirst: true, bold: true, scores: [0.31, -1, 0, null, 0.04, -0.13, 0.5, 1] },
    ...['time-series-momentum', 'inventory-surprise'].map((name) => ({
      name,
      isFirst: true,
      bold: false,
      scores: [1, -1, 0, null, 0.5, -0.5, 0.01, -0.01],
    })),
  ],
  source: 'csv',
  simulated: false,
  asOf: '2023-12-29',
}

describe.each([
  ['prices below zero, two families', signalsChart(full)],
  ['simulated', signalsChart({ ...full, simulated: true, source: 'sim' })],
  ['one day', signalsChart(cut(full, 1))],
  ['nothing', signalsChart(cut(full, 0))],
  ['one family', signalsChart({ ...full, families: full.families.slice(0, 1) })],
  ['a map of eight products', signalMapChart(map)],
  [
    'a map of one product',
    signalMapChart({
      ...map,
      products: ['CL'],
      rows: map.rows.map((row) => ({ ...row, scores: row.scores.slice(0, 1) })),
    }),
  ],
])('signals chart: %s', (_what, chart) => {
  it('has words that neither cover each other nor leave the picture', async () => {
    const { words, widthPx, heightPx, complaints } = await drawnWords(chart)
    expect(complaints).toEqual([])
    expect(overlaps(words)).toEqual([])
    expect(widthPx).toBeLessThanOrEqual(820)
    for (const { text, x1, x2, y1, y2 } of words)
      expect([text, x1 >= 0, y1 >= 0, x2 <= widthPx, y2 <= heightPx]).toEqual([text, true, true, true, true])
  })
})

it('says the finding, and leaves out marks that would cover the price', () => {
  expect(signalsChart(full).title).toBe('WTI at 23.30 USD/bbl: LONG with confidence 42, score +0.29')
  const short = {
    ...full,
    only: 'carry',
    score: full.score.map((one) => -one),
    direction: full.direction.map((one) => -one),
  }
  expect(signalsChart(short).title).toBe('WTI at 23.30 USD/bbl: carry SHORT with confidence 42, score −0.29')
  expect(signalsChart(cut(full, 0)).title).toBe('WTI: no signal is known')
  expect(signalsChart(full).subtitle).toContain('triangles where the composite turns')
  const restless = { ...full, direction: full.direction.map((_, i) => (i % 2 === 0 ? 1 : -1)) }
  expect(signalsChart(restless).subtitle).toContain('119 turns, too many to mark')
})

it('tells long from short by sign, not by colour alone', async () => {
  const { words } = await drawnWords(signalMapChart(map))
  const texts = words.map(({ text }) => text)
  for (const text of ['+0.31', '−1.00', '0', '–']) expect(texts).toContain(text)
})
