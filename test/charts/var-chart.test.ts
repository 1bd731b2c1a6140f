import { describe, expect, it } from 'vitest'
import { componentPanel } from '../../src/lib/charts/specs/component-panel.js'
import { varChart } from '../../src/lib/charts/specs/var-chart.js'
import type { VarData } from '../../src/lib/documents/var.js'
import { drawnWords, overlaps } from './drawn-words.js'

type Parts = Pick<VarData, 'decomposition' | 'components'>

function bookOf(shares: Readonly<Record<string, number>>): Parts {
  const sizes = Object.values(shares)
  return {
    decomposition: {
      method: 'normal',
      confidence: 0.95,
      horizonDays: 1,
      varUsd: sizes.reduce((sum, usd) => sum + usd, 0),
      undiversifiedUsd: sizes.reduce((sum, usd) => sum + Math.abs(usd), 0),
      diversificationUsd: 0,
      groups: [],
    },
    components: Object.entries(shares).map(([position, componentUsd]) => ({
      position,
      exposureUsd: 0,
      marginal: null,
      componentUsd,
      incrementalUsd: 0,
      standaloneUsd: Math.abs(componentUsd),
      tailLossUsd: 0,
    })),
  }
}

interface Bars {
  readonly data: { readonly values: readonly { readonly value: number; readonly top: number }[] }
}

function barsOf(parts: Parts): { adding: number[]; hedging: number[]; together: number[] } {
  const layers = componentPanel(parts, 400, 250)?.['layer'] as Bars[]
  const [adding, hedging, together] = layers.map(({ data }) => data.values.map(({ value }) => value))
  return { adding, hedging, together }
}

const values = { 'BRNH24 macro': 121_600, 'CLH24 crack 3-2-1': -109_200, HOG24: 66_200 }

describe('what positions contribute', () => {
  it('stands greatest first in thousand USD, hedges last, and adds up: 121.6 + 66.2 − 109.2 = 78.6', () => {
    const { adding, hedging, together } = barsOf(bookOf(values))
    expect(adding).toEqual([121.6, 66.2])
    expect(hedging).toEqual([-109.2])
    expect(together[0]).toBeCloseTo(78.6, 10)
  })

  it('of twenty positions shows thirteen, and the seven smallest as one bar', () => {
    const shares = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`P${i + 1}`, 1000 * (i + 1)]))
    const { adding, together } = barsOf(bookOf(shares))
    expect(adding).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 28])
    expect(together).toEqual([210])
  })

  it('is left out for one position, and in return space', () => {
    expect(componentPanel(bookOf({ CL: 1000 }), 400, 250)).toBeNull()
    expect(componentPanel({ ...bookOf(values), decomposition: null }, 400, 250)).toBeNull()
  })

  it('stands below the histogram without words that cover each other, however long a name', async () => {
    const pnl = Float64Array.from({ length: 250 }, (_, i) => 1000 * ((i * 37) % 101) - 50_000)
    const chart = varChart({
      data: dataOf(bookOf({ ...values, [`CLZ24 ${'a very long strategy name '.repeat(4)}`]: 31_000 })),
      pnl,
      simulated: true,
      source: 'sim',
    })
    const { words, widthPx, complaints } = await drawnWords(chart)
    expect(complaints).toEqual([])
    expect(overlaps(words)).toEqual([])
    expect(widthPx).toBeLessThanOrEqual(820)
    for (const { text, x2 } of words) expect([text, x2 <= widthPx]).toEqual([text, true])
    expect(words.map(({ text }) => text)).toContain('together: VaR')
  })
})

function dataOf(parts: Parts): VarData {
  const test = { statistic: 0, p: 1 }
  return {
    source: 'book',
    name: 'example',
    unit: 'USD',
    mode: 'diff',
    observations: 250,
    from: '2023-01-03',
    to: '2023-12-29',
    grossNotionalUsd: 0,
    netNotionalUsd: 0,
    zeroMean: false,
    results: [
      {
        method: 'normal',
        confidence: 0.99,
        horizonDays: 1,
        varUsd: 45_000,
        esUsd: 48_000,
        varPercent: null,
        esPercent: null,
        varStandardErrorUsd: null,
        esStandardErrorUsd: null,
        scaling: 'one day',
        fit: null,
        notes: [],
        error: null,
      },
    ],
    stressed: { from: '2019-07-01', to: '2020-06-30', observations: 0, results: [], reason: 'no history' },
    stalePositions: [],
    diagnostics: {
      mean: 0,
      sd: 1,
      skewness: 0,
      excessKurtosis: 0,
      skewnessAdjusted: 0,
      excessKurtosisAdjusted: 0,
      worst: -50_000,
      worstDay: '2023-01-03',
      best: 50_000,
      autocorrelation: [],
      partialAutocorrelation: [],
      arch: null,
      jarqueBera: test,
      ljungBox: { lags: 10, ...test },
      ljungBoxSquared: { lags: 10, ...test },
    },
    limit: null,
    ...parts,
  }
}
