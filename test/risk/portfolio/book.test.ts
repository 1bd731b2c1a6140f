import { describe, expect, it } from 'vitest'
import { bookOn, bookPnl } from '../../../src/lib/desk/book-on.js'
import { positionsOf } from '../../../src/lib/desk/positions-on.js'
import { varOn, type VarRequest } from '../../../src/lib/desk/var-on.js'
import { RISK_DEFAULTS } from '../../../src/lib/risk/methods/risk-method.js'
import { totalPnl } from '../../../src/lib/risk/pnl-matrix.js'
import { dayFromCivil, isoFromDay } from '../../../src/lib/kernel/day.js'
import { april2020, bookDesk, bookFile } from './book-desk.js'

const asOf = '2020-04-20'

describe('the example book on 20 April 2020', () => {
  it('gains 1,208,241.20 USD, position by position as worked out by hand', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const book = await bookOn(desk, 'example')
    const { matrix } = await bookPnl(desk, book, { window: 500, mode: 'diff', history: 'rank' })
    expect([...matrix.days].map(isoFromDay)).toEqual(['2020-04-17', asOf])
    const lastDay = matrix.pnlUsd.map((pnl) => Math.round(100 * pnl[1]) / 100)
    expect(Object.fromEntries(matrix.positions.map((name, i) => [name, lastDay[i]]))).toEqual({
      'CLM20 crack 3-2-1': 138_000, // −30 lots × 1,000 bbl × (20.43 − 25.03)
      RBM20: -32_844, // +20 × 42,000 gal × (0.7255 − 0.7646)
      HOM20: -27_216, // +10 × 42,000 × (0.9152 − 0.9800)
      CLK20: 1_397_500, // −25 × 1,000 × (−37.63 − 18.27)
      'CLM20 WTI M1-M2': -115_000, // +25 × 1,000 × −4.60
      CLV20: -76_000, // +40 × 1,000 × (30.81 − 32.71)
      BRNM20: -75_300, // +30 × 1,000 × (25.57 − 28.08)
      RBK20: 14_246.4, // −8 × 42,000 × (0.6683 − 0.7107)
      HON20: -15_145.2, // +6 × 42,000 × (0.9611 − 1.0212)
    })
    expect(totalPnl(matrix)[1]).toBeCloseTo(1_208_241.2, 6)
  })

  it('is never across the roll: on 22 April the front month gains 2.21, June against June', async () => {
    const desk = bookDesk(april2020(), { asOf: '2020-04-22' })
    const book = await bookOn(desk, bookFile('front.csv', 'contract,lots\nCL1,1\n'))
    const { matrix } = await bookPnl(desk, book, { window: 500, mode: 'diff', history: 'rank' })
    // 13.78 − 11.57; as ranks it would be 13.78 − 10.01
    expect([...matrix.pnlUsd[0]].map((pnl) => Math.round(pnl))).toEqual([-1600, -55_900, 47_640, 2210])
  })

  it('follows the very contract under --history contract: its changes add up to last minus first', async () => {
    const desk = bookDesk(april2020(), { asOf: '2020-04-22' })
    const book = await bookOn(desk, bookFile('june.csv', 'contract,lots\nCLM0,2\n'))
    const { matrix } = await bookPnl(desk, book, { window: null, mode: 'diff', history: 'contract' })
    expect(totalPnl(matrix).reduce((sum, pnl) => sum + pnl, 0)).toBeCloseTo(2 * 1000 * (13.78 - 25.53), 6)
  })

  it('has a simple return only above zero, and says which price forbids it', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const book = await bookOn(desk, bookFile('front.csv', 'contract,lots\nCL1,1\n'))
    const request = { window: 500, history: 'rank' } as const
    await expect(bookPnl(desk, book, { ...request, mode: 'simple' })).rejects.toMatchObject({
      kind: 'refused',
      code: 'RETURN_NEEDS_POSITIVE_PRICES',
      message: expect.stringContaining('-37.63'),
    })
    const june = await bookOn(desk, bookFile('june.csv', 'contract,lots\nCL2,1\n'))
    const simple = await bookPnl(desk, june, { ...request, mode: 'simple' })
    const log = await bookPnl(desk, june, { ...request, mode: 'log' })
    // 1,000 × 20.43 × (20.43 ÷ 25.03 − 1): the last change scaled to the last price
    expect(simple.matrix.pnlUsd[0][1]).toBeCloseTo(20_430 * (20.43 / 25.03 - 1), 6)
    expect(log.matrix.pnlUsd[0][1]).toBeCloseTo(simple.matrix.pnlUsd[0][1], 8)
  })

  it('drops a day on which one product did not settle and lists it', async () => {
    const curves = april2020()
    const brent = curves.get('BRN')!
    const rows = [...brent.day.keys()].filter((row) => isoFromDay(brent.day[row]) !== '2020-04-17')
    const pick = <T extends Int32Array | Float64Array>(values: T): T =>
      values.filter((_, row) => rows.includes(row)) as T
    curves.set('BRN', {
      ...brent,
      day: pick(brent.day),
      month: pick(brent.month),
      rank: pick(brent.rank),
      settlement: pick(brent.settlement),
    })
    const desk = bookDesk(curves, { asOf })
    const book = await bookOn(desk, bookFile('two.csv', 'contract,lots\nCL2,1\nBRN1,-1\n'))
    const { matrix, dropped } = await bookPnl(desk, book, { window: 500, mode: 'diff', history: 'rank' })
    // CLM20 from 16 to 20 April, in one change
    expect(matrix.pnlUsd.map((pnl) => Math.round(pnl[0]))).toEqual([-5100, 2250])
    expect(matrix.days).toHaveLength(1)
    expect(dropped).toEqual([{ day: '2020-04-17', reason: 'BRN did not settle' }])
  })
})

describe('positions', () => {
  it('shows lots, notional, barrels and margin, and flags WTI a day before its last', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const data = positionsOf(desk, await bookOn(desk, 'example'))
    const front = data.positions.find(({ contract }) => contract === 'CLK20')!
    expect(front).toMatchObject({
      lots: -25,
      settlement: -37.63,
      notionalUsd: expect.closeTo(940_750, 6),
      deltaBbl: -25_000,
      lastTradingDay: '2020-04-21',
      businessDaysToLastTradingDay: 1,
      inDeliveryWindow: true,
      spotMonthLimitLots: 3000,
      overSpotMonthLimit: false,
      initialMarginUsd: 25 * 7480,
    })
    expect(data.byTenor.map(({ name, lots }) => [name, lots])).toEqual([
      ['M1', -3],
      ['M2-M3', 31],
      ['M4-M6', 40],
    ])
    const net = data.positions.reduce((sum, { notionalUsd }) => sum + notionalUsd, 0)
    expect(data.total.netUsd).toBeCloseTo(net, 6)
    expect(data.byStrategy.reduce((sum, { netUsd }) => sum + netUsd, 0)).toBeCloseTo(net, 6)
  })

  it('uses the margin of the day: 13,200 USD a lot of WTI on 13 May 2020', async () => {
    const { inForce } = await import('../../../src/lib/risk/portfolio/in-force.js')
    const { margins } = await import('./book-desk.js')
    const { day } = await import('../../desk/desk.js')
    const rows = margins.products.CL!.margins
    expect(inForce(rows, day('2020-05-12'))?.initialUsd).toBe(7480)
    expect(inForce(rows, day('2020-05-13'))?.initialUsd).toBe(13_200)
    expect(inForce(rows, day('2008-12-31'))).toBeNull()
  })

  it('leaves leverage and margin unknown without capital', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const data = positionsOf(desk, await bookOn(desk, bookFile('b.csv', 'contract,lots\nCL2,1\n')))
    expect(data.total).toMatchObject({ leverage: null, marginToCapital: null, initialMarginUsd: 7480 })
    expect(data.reasons['leverage']).toContain('capitalUsd')
  })

  it('lists a contract that did not settle that day as stale, and refuses it under --strict', async () => {
    const book = bookFile('stale.yaml', 'positions: [{ contract: CLK0, lots: 1 }, { contract: CLV20, lots: -1 }]\n')
    const curves = april2020()
    const cl = curves.get('CL')!
    const keep = [...cl.day.keys()].filter(
      (row) => !(cl.month[row] === 202005 && isoFromDay(cl.day[row]) === '2020-04-21'),
    )
    const pick = <T extends Int32Array | Float64Array>(values: T): T =>
      values.filter((_, row) => keep.includes(row)) as T
    curves.set('CL', {
      ...cl,
      day: pick(cl.day),
      month: pick(cl.month),
      rank: pick(cl.rank),
      settlement: pick(cl.settlement),
    })
    const desk = bookDesk(curves, { asOf: '2020-04-21' })
    const loaded = await bookOn(desk, book)
    expect(loaded.stalePositions).toEqual([{ position: 'CLK20', lastSettlement: '2020-04-20' }])
    expect(desk.warnings.map(({ code }) => code)).toContain('STALE_POSITIONS')
    const { data } = await varOn(desk, normalOf(book))
    expect(data.stalePositions).toEqual([{ position: 'CLK20', lastSettlement: '2020-04-20' }])
    await expect(bookOn(bookDesk(curves, { asOf: '2020-04-21', strict: true }), book)).rejects.toMatchObject({
      kind: 'refused',
      code: 'STALE_POSITIONS',
    })
  })
})

function normalOf(book: string): VarRequest {
  return {
    pnl: { book, mode: 'diff', history: 'rank', unit: 'USD' },
    methods: ['normal'],
    confidences: [0.95],
    horizonDays: 1,
    scaling: 'sqrt',
    window: null,
    limitUsd: null,
    stress: { from: dayFromCivil(2019, 7, 1), to: dayFromCivil(2019, 7, 31) },
    settings: RISK_DEFAULTS,
    simulation: { scenarios: 1000, sampling: 'pseudo', covariance: 'sample', degreesOfFreedom: null, threads: null },
    signal: new AbortController().signal,
  }
}

describe('a bad book', () => {
  const desk = bookDesk(april2020(), { asOf })
  const refusal = async (text: string, name = 'bad.yaml'): Promise<unknown> =>
    bookOn(desk, bookFile(name, text)).then(
      () => null,
      (error: unknown) => error,
    )
  const one = (line: string): string => `positions:\n  - ${line}\n`

  it.each([
    ['an expired contract', '{ contract: CLJ20, lots: 1 }', 'EXPIRED_CONTRACT'],
    ['an unknown root', '{ contract: ZZZ20, lots: 1 }', 'UNKNOWN_CONTRACT'],
    ['an unknown product', '{ product: coal, rank: 1, lots: 1 }', 'UNKNOWN_CONTRACT'],
    ['no lots', '{ contract: CL2, lots: 0 }', 'ZERO_LOTS'],
    ['half a lot', '{ contract: CL2, lots: 0.5 }', 'BAD_LOTS'],
    ['an option by its strike', '{ contract: CLM20, strike: 25, lots: 1 }', 'NOT_LINEAR'],
    ['an option by its name', '{ contract: CLM20C25, lots: 1 }', 'NOT_LINEAR'],
    ['an option by its root', '{ contract: LOM20, lots: 1 }', 'NOT_LINEAR'],
    ['an average-price swap', '{ contract: CL2, type: average-price swap, lots: 1 }', 'NOT_LINEAR'],
    ['an average-price swap by its root', '{ contract: CSM20, lots: 1 }', 'NOT_LINEAR'],
    ['a rank that is also a contract', '{ contract: BZ6, lots: 1 }', 'AMBIGUOUS_CONTRACT'],
  ])('is refused for %s, with the line', async (_what, line, code) => {
    expect(await refusal(one(line))).toMatchObject({
      kind: 'refused',
      code,
      message: expect.stringContaining('bad.yaml:2'),
    })
  })

  it('names a product that has no settlements, Dubai among them', async () => {
    expect(await refusal(one('{ contract: DBI1, lots: 1 }'))).toMatchObject({ kind: 'noData', code: 'NO_SETTLEMENT' })
    expect(await refusal(one('{ contract: CLZ30, lots: 1 }'))).toMatchObject({ code: 'CONTRACT_NOT_LISTED' })
  })

  it('is a mistake of the file with its line for an unknown key, a missing key, a broken quote', async () => {
    expect(await refusal(one('{ contract: CL2, lots: 1, delta: 0.5 }'))).toMatchObject({
      kind: 'config',
      message: expect.stringMatching(/bad\.yaml:2:\d+ .*unknown key/),
    })
    expect(await refusal(one('{ contract: CL2 }'))).toMatchObject({ code: 'BAD_CONFIG' })
    expect(await refusal('contract,lots\n"CL2,1\n', 'bad.csv')).toMatchObject({
      message: expect.stringContaining('bad.csv:2'),
    })
    expect(await refusal('contract,lots\nCL2,NaN\n', 'bad.csv')).toMatchObject({ code: 'BAD_CONFIG' })
    expect(await refusal('{"positions": []}', 'bad.json')).toMatchObject({
      message: expect.stringContaining('no position'),
    })
  })

  it('that does not exist is answered with those that do', async () => {
    await expect(bookOn(desk, 'nobody')).rejects.toMatchObject({
      code: 'UNKNOWN_BOOK',
      hint: expect.stringContaining('example'),
    })
    await expect(bookOn(desk, './nobody.yaml')).rejects.toMatchObject({ code: 'NO_SUCH_FILE' })
  })

  it('says the same in YAML, JSON and CSV', async () => {
    const yaml = 'capitalUsd: 1000000\npositions:\n  - { contract: CL2, lots: -3, strategy: s, entryPrice: -1.5 }\n'
    const json =
      '{"capitalUsd": 1000000, "positions": [{"contract": "CL2", "lots": -3, "strategy": "s", "entryPrice": -1.5}]}'
    const csv = '# capitalUsd: 1000000\ncontract,lots,strategy,entryPrice\nCL2,-3,s,-1.5\n'
    const books = await Promise.all(
      [bookFile('b.yaml', yaml), bookFile('b.json', json), bookFile('b.csv', csv)].map((file) => bookOn(desk, file)),
    )
    expect(books[1]).toEqual(books[0])
    expect(books[2]).toEqual(books[0])
    expect(books[0]).toMatchObject({
      capitalUsd: 1_000_000,
      positions: [{ contract: 'CLM20', lots: -3, entryPrice: -1.5 }],
    })
  })
})
