import { describe, expect, it } from 'vitest'
import { indicatorsChart, type IndicatorsChartInput } from '../../src/lib/charts/specs/indicators-chart.js'
import { drawnWords, overlaps } from './drawn-words.js'

const DAYS = 200
const wave = (level: number, size: number, days: number): Float64Array =>
  Float64Array.from({ length: DAYS }, (_, i) => level + size * Math.sin(i / days))
const warm = (values: Float64Array, bars: number): Float64Array => values.map((x, i) => (i < bars ? Number.NaN : x))

const full: IndicatorsChartInput = {
  name: 'CL',
  product: 'CL',
  unit: 'USD/bbl',
  words: 'settlements, front contract, adjusted by difference',
  days: Int32Array.from({ length: DAYS }, (_, i) => 18262 + i),
  close: wave(20, 58, 30),
  overlays: [
    { label: 'SMA 20', lines: [warm(wave(21, 50, 31), 19)], isBand: false, isDots: false },
    { label: 'SMA 50', lines: [warm(wave(22, 50, 31), 49)], isBand: false, isDots: false },
    {
      label: 'Bollinger 20 2',
      lines: [wave(30, 58, 30), wave(20, 58, 30), wave(10, 58, 30)],
      isBand: true,
      isDots: false,
    },
    { label: 'Linear regression intercept 14', lines: [wave(24, 40, 29)], isBand: false, isDots: true },
  ],
  panels: [
    {
      short: 'RSI 14',
      title: 'Relative strength index, Wilder (14)',
      unit: 'percent',
      digits: 2,
      levels: [30, 70],
      lines: [{ label: '', values: warm(wave(50, 40, 9), 14), isHistogram: false }],
    },
    {
      short: 'MACD 12 26 9',
      title: 'Moving average convergence divergence (12, 26, 9)',
      unit: 'USD/bbl',
      digits: 2,
      levels: [0],
      lines: [
        { label: 'MACD', values: wave(0, 1, 9), isHistogram: false },
        { label: 'signal', values: wave(0, 1, 9.1), isHistogram: false },
        { label: 'histogram', values: wave(0, 0.1, 5), isHistogram: true },
      ],
    },
    {
      short: 'OBV',
      title: 'On-balance volume',
      unit: 'lots',
      digits: 0,
      levels: [],
      lines: [{ label: '', values: wave(0, 4e7, 20), isHistogram: false }],
    },
    {
      short: 'NATR 14',
      title: 'Average true range in per cent of the close (14)',
      unit: 'percent',
      digits: 2,
      levels: [],
      lines: [{ label: '', values: new Float64Array(DAYS).fill(Number.NaN), isHistogram: false }],
    },
  ],
  leftOut: ['ATR 14'],
  source: 'csv',
  simulated: false,
  asOf: '2020-07-18',
}
const alone: IndicatorsChartInput = { ...full, overlays: [], panels: [], leftOut: [] }
const oneBar: IndicatorsChartInput = {
  ...alone,
  product: undefined,
  unit: null,
  days: full.days.slice(0, 1),
  close: full.close.slice(0, 1),
}

describe.each([
  ['four overlays and four panels', full],
  ['a price alone', alone],
  ['one bar of a file', oneBar],
])('indicators chart: %s', (_what, input) => {
  it('has words that neither cover each other nor leave the picture, about 800 px wide', async () => {
    const { words, widthPx, heightPx, complaints } = await drawnWords(indicatorsChart(input))
    expect(complaints).toEqual([])
    expect(overlaps(words)).toEqual([])
    expect(widthPx).toBeGreaterThan(680)
    expect(widthPx).toBeLessThanOrEqual(820)
    for (const { text, x1, x2, y1, y2 } of words)
      expect([text, x1 >= 0, y1 >= 0, x2 <= widthPx, y2 <= heightPx]).toEqual([text, true, true, true, true])
  })
})

it('says where the close stands, what was not drawn, and which panel has nothing', async () => {
  const chart = indicatorsChart(full)
  expect(chart.title).toBe('CL 39.90 USD/bbl, above SMA 20, RSI 14 at 45.2')
  expect(chart.subtitle).toContain('not drawn: ATR 14')
  const { words } = await drawnWords(chart)
  expect(words.map(({ text }) => text)).toContain('no value on these bars')
})
