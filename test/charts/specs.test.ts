import { describe, expect, it } from 'vitest'
import { frame } from '../../src/lib/charts/frame.js'
import { curveChart } from '../../src/lib/charts/specs/curve-chart.js'
import { pricesChart } from '../../src/lib/charts/specs/prices-chart.js'
import { spreadsChart } from '../../src/lib/charts/specs/spreads-chart.js'
import { themes } from '../../src/lib/charts/theme.js'
import { drawnWords } from './drawn-words.js'
import { backwardatedCurve, negativeCurve, pricePanel, sampleCharts, spreadPanel } from './sample-charts.js'

describe('titles say the finding', () => {
  it('of a curve: shape and M1–M12 with sign and unit', () => {
    expect(curveChart(backwardatedCurve).title).toBe('WTI in backwardation: M1–M12 +31.53 USD/bbl')
    expect(curveChart(negativeCurve).title).toBe('WTI in contango: M1–M12 −71.98 USD/bbl')
    expect(curveChart({ ...negativeCurve, structure: 'mixed', m1m12: 1.71 }).title).toBe(
      'WTI curve mixed: M1–M12 +1.71 USD/bbl',
    )
    expect(curveChart({ ...negativeCurve, points: [] }).title).toBe('WTI: no settlements on 20 Apr 2020')
  })
  it('of spreads: those in the highest and lowest tenth', () => {
    const spreads = [
      { ...spreadPanel('3-2-1 crack', 25, 8, false), percentile: 97 },
      { ...spreadPanel('WTI − Brent', -4, 2, false), percentile: 3 },
    ]
    const chart = spreadsChart({ asOf: '2023-12-29', spreads, simulated: false, source: 'csv' })
    expect(chart.title).toBe('Spreads high for the year: 3-2-1 crack; low for the year: WTI − Brent')
  })
  it('of prices: the crudes, in per cent, and in dollars where the price ended below zero', () => {
    const brent = { ...pricePanel('BRN', 'Brent (ICE)', 70, 5), last: 25.57, change: -2.51, changePercent: -8.94 }
    const wti = { ...pricePanel('CL', 'WTI', 70, 5), last: -37.63, change: -55.9, changePercent: -305.97 }
    const products = [wti, brent]
    expect(pricesChart({ asOf: '2020-04-20', products, simulated: false, source: 'csv' }).title).toBe(
      'WTI −37.63, −55.90 USD/bbl; Brent (ICE) 25.57, −8.94 %',
    )
  })
})

it('the description of a curve names its ends, for those who do not see it', () => {
  expect(curveChart(negativeCurve).alt).toBe(
    'WTI in contango: M1–M12 −71.98 USD/bbl. WTI settlements of 20 Apr 2020 by delivery month, 16 contracts from CLK20 −37.63 to CLQ21 35.55 USD/bbl.',
  )
})

it('a NaN breaks the line instead of drawing a price', () => {
  const panel = pricePanel('CL', 'WTI', 70, 5)
  panel.values[3] = Number.NaN
  const { vegaLite } = pricesChart({ asOf: '2023-12-29', products: [panel], simulated: false, source: 'csv' })
  const [first] = vegaLite['concat'] as { data: { values: { value: number | null }[] } }[]
  expect(first.data.values[3].value).toBeNull()
})

it('the unit stands above the axis and dates are written in words', async () => {
  const { words } = await drawnWords(sampleCharts['curve below zero'])
  const texts = words.map((word) => word.text)
  expect(texts).toContain('USD/bbl')
  expect(texts).toContain('CLK20 −37.63')
  expect(texts).toContain('Source: csv · as of 20 Apr 2020 · contango')
})

describe('titles of a search say what it found', () => {
  it('of a map: the chosen cell beside its neighbours, a peak against a plateau', () => {
    const { title, alt } = sampleCharts['map of two parameters']
    expect(title).toBe('ma-crossover on WTI: sharpe 0.23 at fast 15, slow 100, its neighbours 0.05 on average')
    expect(alt).toContain('21 of 24 combinations, from −0.46 to 0.23')
  })
  it('of slices: what moves the metric more than the other parameters do', () => {
    expect(sampleCharts['slices of three parameters'].title).toBe(
      'ma-crossover on WTI: sharpe by parameter, fast matters; slow matters little; mode matters little',
    )
  })
  it('of splits and folds: how often the choice failed', () => {
    expect(sampleCharts['in against out of sample'].title).toBe(
      'ma-crossover on WTI: 21 % of the choices lose out of sample, and a Sharpe ratio higher by 1 in sample means −0.75 out of it',
    )
    expect(sampleCharts['logits'].title).toContain(
      'in 62 % of 15\u2009038 splits the best in sample was not above the median',
    )
    expect(sampleCharts['folds'].title).toBe(
      'ma-crossover on WTI: 2 of 4 tests with a positive Sharpe ratio out of sample',
    )
    expect(sampleCharts['folds'].alt).toContain(
      'Fold 3: fast 15, slow 50, mode cross, ddof 1, exit 0.25, 1.40 in sample, – out of',
    )
  })
})

describe('the frame', () => {
  const count = (chart: keyof typeof sampleCharts, what: string, interactive = false): number =>
    JSON.stringify(frame(sampleCharts[chart], themes.light, interactive)).split(what).length - 1

  it('marks simulated data in every panel and in the heading, and real data nowhere', () => {
    expect(count('prices', '"text":"SIMULATED"')).toBe(6)
    expect(count('prices', 'SIMULATED DATA, not market prices')).toBe(1)
    expect(count('curve below zero', 'SIMULATED')).toBe(0)
  })
  it('keeps what answers the mouse only where there is one', () => {
    expect(count('two histories', '"params"')).toBe(0)
    expect(count('two histories', '"params"', true)).toBe(3)
  })
})
