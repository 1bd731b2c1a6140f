import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { barsUntil, type PriceBars } from '../../src/lib/backtest/price-bars.js'
import { rankSpread } from '../../src/lib/desk/rank-spread.js'
import type { SignalContext } from '../../src/lib/desk/signal-reader.js'
import { loadStrategyColumns, type StrategyColumns } from '../../src/lib/desk/strategy-columns.js'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { addMonths } from '../../src/lib/market/contract-month.js'
import { indexCurve, settlementOf, type CurveIndex } from '../../src/lib/market/curve-index.js'
import { SIGNALS } from '../../src/lib/signals/definitions.js'
import { inside } from '../support/inside.js'
import { market } from './desk.js'
import { signalDesk } from './signals-lake.js'

const DAY_MS = 86_400_000
const ROLL = { kind: 'calendar', businessDaysBefore: 5 } as const

let folder: string
let ctx: SignalContext
let curve: CurveIndex

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-columns-'))
  cpSync(inject('simHome'), join(folder, 'home'), { recursive: true })
  ctx = signalDesk(join(folder, 'home'), null)
  curve = indexCurve((await ctx.store.readCurves('CL', {})).columns)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bars on these days, their prices without a meaning. */
function barsOn(timesMs: readonly number[]): PriceBars {
  const flat = new Float64Array(timesMs.length).fill(50)
  return { timeMs: Float64Array.from(timesMs), open: flat, high: flat, low: flat, close: flat }
}

const daily = (): PriceBars => barsOn(Array.from(curve.days, (day) => day * DAY_MS))
const load = (names: readonly string[], bars = daily(), product: 'CL' | null = 'CL'): Promise<StrategyColumns> =>
  loadStrategyColumns(ctx, { names, bars, product, roll: ROLL })

describe('columns of the curve', () => {
  it('are settlements of the contract held and those behind it, and what they come to', async () => {
    const { columns } = await load(['settlement:1', 'settlement:3', 'spread:1:3', 'roll-yield:1:2'])
    const [first, third] = [columns['settlement:1'], columns['settlement:3']]
    let seen = 0
    curve.days.forEach((day, bar) => {
      // The contract held into a day: the front month until five business days before its last trading day.
      let month = market.monthAtRank('CL', day, 1)
      const rollsOn = market.settlementCalendar('CL').addBusinessDays(market.lastTradingDay('CL', month), -5)
      if (day > rollsOn) month = addMonths(month, 1)
      const [near, next, far] = [0, 1, 2].map((n) => settlementOf(curve, day, addMonths(month, n)))
      expect([first[bar], third[bar], columns['spread:1:3'][bar]]).toEqual([near, far, near - far])
      const days = market.lastTradingDay('CL', addMonths(month, 1)) - market.lastTradingDay('CL', month)
      expect(columns['roll-yield:1:2'][bar]).toBeCloseTo((Math.log(near / next) * 365) / days, 12)
      seen++
    })
    expect(seen).toBeGreaterThan(500)
  })

  it('follow the contract that an instrument holds, where it says so', async () => {
    const bars = daily()
    // The third contract of each day, which no roll rule of the front month would hold.
    const month = Int32Array.from(curve.days, (day) => market.monthAtRank('CL', day, 3))
    const { columns } = await loadStrategyColumns(ctx, {
      names: ['settlement:2'],
      bars,
      product: 'CL',
      month,
      roll: ROLL,
    })
    curve.days.forEach((day, bar) => {
      expect(columns['settlement:2'][bar]).toBe(settlementOf(curve, day, market.monthAtRank('CL', day, 4)))
    })
  })

  it('are of the day before on bars within a day, whose close may come before the settlement', async () => {
    const [monday, tuesday] = [curve.days[20], curve.days[21]]
    const hours = barsOn(
      [10, 15].flatMap((hour) => [monday, tuesday].map((day) => day * DAY_MS + hour * 3_600_000)).sort((a, b) => a - b),
    )
    const { columns } = await load(['settlement:1'], hours)
    const whole = (await load(['settlement:1'])).columns['settlement:1']
    expect([...columns['settlement:1']]).toEqual([whole[19], whole[19], whole[20], whole[20]])
  })

  it('are not there a week after the last settlement', async () => {
    const last = curve.days[curve.days.length - 1]
    const { columns } = await load(['settlement:1'], barsOn([0, 1, 7, 8].map((later) => (last + later) * DAY_MS)))
    expect([...columns['settlement:1']].map(Number.isFinite)).toEqual([true, true, true, false])
  })
})

describe('columns of signals', () => {
  const names = [...SIGNALS.map(({ name }) => `signal:${name}`), 'signal:composite']

  it('are the same where the inputs end on an earlier day: what the guard recomputes', async () => {
    let known = 0
    for (const name of names) {
      const loaded = await load([name]).catch((error: { kind: string }) => {
        // The simulated lake has no turnarounds and no quotas.
        expect(error.kind).toBe('noData')
        return null
      })
      if (loaded === null) continue
      const whole = loaded.columns[name]
      if (whole.some((score) => score > 0) && whole.some((score) => score < 0)) known++
      for (const bars of [60, 260, 501]) expect(loaded.until(bars)[name]).toEqual(whole.subarray(0, bars))
    }
    expect(known).toBeGreaterThan(12)
  })

  it('are what barsUntil cuts with', async () => {
    const { columns, until } = await load(['signal:momentum'])
    const marked = { ...daily(), extra: columns, extraUntil: (bars: number) => ({ x: new Float64Array(bars).fill(7) }) }
    expect(barsUntil(marked, 3).extra).toEqual({ x: Float64Array.of(7, 7, 7) })
    expect(until(3)['signal:momentum']).toHaveLength(3)
  })
})

describe('columns of a series', () => {
  it('are the newest period that was known, in the vintage that was known then', async () => {
    const info = ctx.store.pick('series', 'WCESTUS1')
    if (info === null) throw new Error('the simulated lake has crude stocks')
    const { columns: series } = await ctx.store.readDataset(info, { vintages: true })
    if (series.kind !== 'series') throw new Error('it is a series')
    const { columns } = await load(['series:WCESTUS1'])
    curve.days.forEach((day, bar) => {
      const rows = Array.from(series.period.keys()).filter((row) => series.knownOn[row] <= day)
      const newest = Math.max(...rows.map((row) => series.period[row]))
      const vintages = rows.filter((row) => series.period[row] === newest)
      const latest = vintages.reduce(
        (best, row) => (series.knownOn[row] >= series.knownOn[best] ? row : best),
        vintages[0],
      )
      expect(columns['series:WCESTUS1'][bar]).toBe(rows.length === 0 ? Number.NaN : series.value[latest])
    })
  })
})

describe('columns that cannot be', () => {
  it.each<[string, 'CL' | null, RegExp]>([
    ['roll-yield:2:1', 'CL', /there is no column "roll-yield:2:1"; there are settlement:1/],
    ['spread:0:1', 'CL', /there is no column/],
    ['close:VIX', 'CL', /there is no column "close:VIX"/],
    ['signal:cary', 'CL', /no signal is called/],
    ['series:NOTHING', 'CL', /NOTHING is not in the lake/],
    ['settlement:1', null, /settlement:1 is of one product/],
    ['signal:carry', null, /signal:carry is of one product/],
  ])('%s of %s', async (name, product, message) => {
    await expect(load([name], daily(), product)).rejects.toThrow(message)
  })
})

describe('a calendar spread by its contracts', () => {
  it('is near − far, one lot of each', () => {
    expect(rankSpread(market, 'wti:1:13')).toMatchObject({
      name: 'CL:1:13',
      unit: 'USD/bbl',
      legs: [
        { product: 'CL', lots: 1, offset: 0 },
        { product: 'CL', lots: -1, offset: 12 },
      ],
    })
    expect(rankSpread(market, 'wti')).toBeNull()
    expect(() => rankSpread(market, 'wti:2:2')).toThrow(/the far one lies behind it/)
  })
})

describe('strategies on the curve, from the command line', () => {
  const run = (...words: string[]) =>
    inside(['backtest', '--json', ...words], { home: join(folder, 'home'), cwd: folder })
  const dataOf = (stdout: string): BacktestData => (JSON.parse(stdout) as { data: BacktestData }).data

  it.each([
    [['carry', 'wti', '--commission-usd', '2.5', '--', '--near', '1', '--far', '6']],
    [['time-series-momentum', 'wti', '--', '--lookback', '60']],
    [['calendar-spread', 'wti:1:3', '--', '--carry', 'any']],
    [['crack-reversion', 'crack-3-2-1', '--', '--season', 'none']],
    [['signal:momentum', 'wti']],
    [['signal:composite', 'wti', '--lots', '10', '--', '--target', 'score']],
    [['composite', 'wti', '--lots', '10', '--', '--members', 'ma-crossover,signal:momentum,carry', '--mode', 'vote']],
  ])('%j trades, and its past comes out the same', async (line) => {
    const { code, stdout, stderr } = await run(...line)
    expect(code, stderr).toBe(0)
    expect(dataOf(stdout).fills.count).toBeGreaterThan(1)
    expect(dataOf(stdout).lookAhead.checkedBars.length).toBeGreaterThan(0)
  })

  it('a strategy of one’s own asks for columns by name', async () => {
    writeFileSync(
      join(folder, 'own.js'),
      `export default {
        columns: ({ far }) => ['roll-yield:1:' + far, 'signal:momentum'],
        parameters: { far: { kind: 'integer', default: 2, min: 2, max: 12 } },
        onBar: (ctx) => Math.sign(ctx.column('roll-yield:1:' + ctx.parameters.far) + 0 * ctx.column('signal:momentum', -1)) || undefined,
      }`,
    )
    const { code, stdout, stderr } = await run('own.js', 'wti', '--', '--far', '6')
    expect(code, stderr).toBe(0)
    expect(dataOf(stdout).fills.count).toBeGreaterThan(0)
  })

  it('says what is missing: a product beside --prices, the legs of several products, an unknown signal', async () => {
    writeFileSync(
      join(folder, 'bars.csv'),
      ['date,open,high,low,close', ...[1, 2, 3, 4].map((d) => `2023-01-0${d + 1},1,1,1,1`), ''].join('\n'),
    )
    const prices = ['--prices', join(folder, 'bars.csv')]
    expect(await run('carry', ...prices, '--', '--smooth', '1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is of one product') as string,
    })
    expect((await run('carry', 'wti', ...prices, '--', '--smooth', '1')).code).toBe(0)
    expect(await run('carry', 'crack-3-2-1')).toMatchObject({ code: 2 })
    expect(await run('signal:nothing', 'wti')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no signal is called') as string,
    })
  })
})
