import { describe, expect, it } from 'vitest'
import { terminalText } from '../../../src/lib/cli/emit/terminal.js'
import { pcaChart } from '../../../src/lib/charts/specs/pca-chart.js'
import { bookOn, type BookContext } from '../../../src/lib/desk/book-on.js'
import { varCurveOn, type VarCurveRequest } from '../../../src/lib/desk/var-curve-on.js'
import { varCurveTable, varCurveView } from '../../../src/lib/desk/var-curve-view.js'
import { VarCurveData } from '../../../src/lib/documents/var-curve.js'
import { isWeekend, isoFromDay } from '../../../src/lib/kernel/day.js'
import { sampleSd } from '../../../src/lib/kernel/moments.js'
import { normalQuantile } from '../../../src/lib/kernel/normal-distribution.js'
import { addMonths } from '../../../src/lib/market/contract-month.js'
import type { CurveColumns } from '../../../src/lib/market/dataset.js'
import type { Product } from '../../../src/lib/market/market.js'
import { curveOf, day, market, realCurves, type Row } from '../../desk/desk.js'
import { sharedFile } from '../../support/shared.js'
import { bookDesk, bookFile } from '../portfolio/book-desk.js'

const REQUEST: VarCurveRequest = {
  confidence: 0.99,
  window: 500,
  zeroMean: false,
  ranks: 12,
  mode: 'diff',
  basis: 'covariance',
}

/** Fourteen contracts that all rise and fall by the same amount, two steps up and two down, each on its own price. */
function parallel(product: Product, from: string, to: string): CurveColumns {
  const rows: Row[] = []
  let step = 0
  for (let at = day(from); at <= day(to); at++) {
    if (isWeekend(at)) continue
    const shift = [0, 1, 2, 1][step++ % 4]
    const front = market.monthAtRank(product, at, 1)
    for (let k = 0; k < 14; k++)
      rows.push([isoFromDay(at), addMonths(front, k), 80 + shift + addMonths(front, k) / 1e6])
  }
  return curveOf(product, rows)
}

const answer = async (ctx: BookContext, file: string, request = REQUEST): Promise<VarCurveData> => {
  const data = await varCurveOn(ctx, await bookOn(ctx, file), request)
  return VarCurveData.parse(data)
}
const SPREAD = bookFile(
  'spread.yaml',
  `title: A spread
positions:
  - spread: WTI M1-M2
    lots: 10
    legs:
      - { contract: CL1, lots: 1 }
      - { contract: CL2, lots: -1 }
`,
)
const OUTRIGHT = bookFile('outright.yaml', 'title: Outright\npositions:\n  - { contract: CL2, lots: 10 }\n')

describe('a curve that only moves in parallel', () => {
  const lake = new Map<Product, CurveColumns>([['CL', parallel('CL', '2023-09-01', '2024-03-28')]])
  const ctx = bookDesk(lake, { asOf: '2024-03-28' })

  it('is all level, through every roll: 12 loadings of 1/√12, and 10 lots risk 10,000 USD × the deviation', async () => {
    const data = await answer(ctx, OUTRIGHT)
    const [pca] = data.pca.products
    expect(pca.factors[0].explained).toBeCloseTo(1, 9)
    pca.factors[0].loadings.forEach((loading) => expect(loading).toBeCloseTo(1 / Math.sqrt(12), 9))
    // every day moves by one dollar
    expect(pca.factors[0].usdPerSd).toBeCloseTo(pca.sdUsd, 6)
    expect(pca.sdUsd).toBeGreaterThan(9900)
    expect(pca.sdUsd).toBeLessThan(10_200)
    expect(data.reasons['spreads']).toBe('the book holds none')
  })
  it('leaves a calendar spread without risk, until its legs part', async () => {
    const [spread] = (await answer(ctx, SPREAD)).spreads
    expect(spread.varUsd).toBeCloseTo(0, 4)
    expect(spread.legs[0].varUsd).toBeGreaterThan(20_000)
    expect(spread.brokenVarUsd).toBeCloseTo(Math.SQRT2 * normalQuantile(0.99) * spread.legs[0].sdUsd, 4)
    expect(spread.correlations[0].pearson).toBeCloseTo(1, 9)
  })
  it('says why a part is missing where the history is short, and keeps the rest', async () => {
    const short = new Map<Product, CurveColumns>([['CL', parallel('CL', '2024-03-11', '2024-03-28')]])
    const data = await answer(bookDesk(short, { asOf: '2024-03-28' }), SPREAD)
    expect([data.pca.products, data.spreads, data.liquidity]).toEqual([[], [], null])
    expect(data.reasons['pca CL']).toMatch(/13 price changes in common, 30 are needed/)
    expect(Object.keys(data.reasons)).toEqual(['pca CL', 'spread WTI M1-M2', 'liquidity'])
    expect(data.keyTenors).toHaveLength(2)
  })
  it('refuses to call a product liquid of which nothing is configured', async () => {
    const { liquidity } = ctx.config
    const bare = bookDesk(lake, { asOf: '2024-03-28', config: { liquidity: { ...liquidity, products: {} } } })
    const data = await answer(bare, OUTRIGHT)
    expect(data.liquidity).toBeNull()
    expect(data.reasons['liquidity']).toBe('config/liquidity.yaml says nothing of CLM24: CL rank 2')
  })
  it('prints factors, tenors, spread and liquidity, and one csv row a contract', async () => {
    const data = await answer(ctx, SPREAD)
    const text = terminalText(varCurveView(data), (words) => words)
    expect(text).toContain('CL       level      100.0 %')
    expect(text).toContain('correlation 0')
    expect(text).toContain('assumption, not measured (config/liquidity.yaml)')
    expect(varCurveTable(data).length).toBe(2)
    const chart = pcaChart({
      products: data.pca.products,
      mode: 'diff',
      asOf: data.date,
      simulated: true,
      source: 'sim',
    })
    expect(chart.alt).toContain('WTI: level 100.0 %')
    expect(chart.simulated).toBe(true)
  })
  it('a picture of nothing says so', () => {
    const chart = pcaChart({ products: [], mode: 'diff', asOf: '2024-03-28', simulated: false, source: 'csv' })
    expect(chart.title).toBe('No curve to take apart')
  })
})

const file = sharedFile('data/futures_curves_daily.csv')
describe.skipIf(!file)('on real settlements', () => {
  const curves = file ? realCurves(file, ['CL', 'RB', 'HO', 'BRN']) : new Map()

  it('the example book of 2023-12-29: the components of WTI hold all of its variance, 19,374 USD a day', async () => {
    const data = await answer(bookDesk(curves, { asOf: '2023-12-29' }), 'example')
    const cl = data.pca.products[0]
    expect(Math.round(cl.sdUsd)).toBe(19_374)
    const three = cl.factors.reduce((sum, { usdPerSd }) => sum + usdPerSd ** 2, 0)
    expect(three + cl.residualSdUsd ** 2).toBeCloseTo(cl.sdUsd ** 2, 0)
    expect(cl.factors.map(({ signChanges }) => signChanges)).toEqual([0, 1, 2])
    // ten 3-2-1 cracks: −30 CL, +20 RB, +10 HO, from P&L day by day
    expect(Math.round(data.spreads[0].varUsd)).toBe(97_044)
    expect(data.spreads[0].brokenVarUsd).toBeGreaterThan(2 * data.spreads[0].varUsd)
  })
  it('2020-04-20: a spread through −37.63 has a VaR, a per cent of it has no direction, log returns are refused', async () => {
    const ctx = bookDesk(curves, { asOf: '2020-04-20' })
    const data = await answer(ctx, SPREAD)
    const [spread] = data.spreads
    expect(spread.valueUsd).toBeCloseTo(10_000 * (-37.63 - 20.43), 6)
    expect(spread.varUsd).toBeGreaterThan(spread.historicalVarUsd * 5)
    expect(data.keyTenors[0]).toMatchObject({ contract: 'CLK20', usdPerPoint: 10_000, usdPerPercent: null })
    const slope = data.pca.products[0].factors[1]
    expect(Math.abs(slope.lastMoveSd ?? 0)).toBeGreaterThan(20)
    await expect(answer(ctx, SPREAD, { ...REQUEST, mode: 'log' })).rejects.toMatchObject({
      kind: 'refused',
      code: 'RETURN_NEEDS_POSITIVE_PRICES',
    })
  })
  it('a correlation basis weighs every rank alike and leaves the variance of the book as it is', async () => {
    const ctx = bookDesk(curves, { asOf: '2023-12-29' })
    const [a] = (await answer(ctx, OUTRIGHT)).pca.products
    const [b] = (await answer(ctx, OUTRIGHT, { ...REQUEST, basis: 'correlation' })).pca.products
    expect(a.factors[0].explained).not.toBeCloseTo(b.factors[0].explained, 3)
    expect(b.sdUsd).toBeCloseTo(a.sdUsd, 4)
    expect(sampleSd([...b.factors[0].loadings])).toBeLessThan(sampleSd([...a.factors[0].loadings]))
  })
})
