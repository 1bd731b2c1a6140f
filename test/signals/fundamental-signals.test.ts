import { describe, expect, it } from 'vitest'
import { signalNamed } from '../../src/lib/signals/definitions.js'
import type { SignalHistory, SignalInputs } from '../../src/lib/signals/signal.js'
import { sampleInputs, seriesOf } from './sample-inputs.js'

const base = sampleInputs(3, 400)
/** Friday 2010-01-01. */
const FRIDAY = 14_610

function run(
  name: string,
  inputs: Partial<SignalInputs>,
  changed: Record<string, number> = {},
): SignalHistory & { why: (i: number) => string } {
  const definition = signalNamed(name)
  const params = { ...Object.fromEntries(definition.parameters.map((one) => [one.name, one.default])), ...changed }
  const history = definition.compute({ ...base, ...inputs }, params)
  return { ...history, why: (i) => definition.reason(history, i, params) }
}
const columnOf = ({ columns }: SignalHistory, name: string): Float64Array =>
  columns.find((one) => one.name === name)!.values

/** Weekly stocks known on the Wednesday after; `level` of week k. */
const stocks = (weeks: number, level: (k: number) => number): SignalInputs['stocks'] => ({
  title: 'Crude oil',
  series: seriesOf(
    'WCESTUS1',
    'kbbl',
    'weekly',
    Array.from({ length: weeks }, (_, k) => [FRIDAY + 7 * k, FRIDAY + 7 * k + 5, level(k)]),
  ),
})

describe('inventory surprise', () => {
  // every second week +1,000, every other −1,000, the same in each year of 52 weeks; the last week draws 4,000
  const weeks = 52 * 3 + 12
  const level = (k: number): number => 400_000 + (k % 2 === 0 ? 0 : 1000) + 10 * ((k * 7) % 11)
  const input = stocks(weeks, (k) => level(k) - (k === weeks - 1 ? 4000 : 0))
  const wednesday = FRIDAY + 7 * (weeks - 1) + 5
  const days = Int32Array.from([wednesday - 1, wednesday, wednesday + 5, wednesday + 20])
  const history = run('inventory-surprise', { stocks: input, days }, { weeks: 8, years: 2, minYears: 1 })

  it('is known on the Wednesday and not the day before, and is bullish after a larger draw', () => {
    expect(history.knownOn[0]).toBe(wednesday - 7)
    expect(history.knownOn[1]).toBe(wednesday)
    expect(history.period![1]).toBe(FRIDAY + 7 * (weeks - 1))
    expect(columnOf(history, 'surpriseZ')[1]).toBeLessThan(-2.5)
    expect(history.score[1]).toBe(1)
    expect(history.value[1]).toBe(columnOf(history, 'change')[1] - columnOf(history, 'expected')[1])
    expect(history.why(1)).toMatch(/where past years say .* so LONG, strength 100 %/)
  })

  it('has half the confidence after ten days, three quarters after five, none after more', () => {
    expect(history.confidence[1]).toBe(100)
    expect(history.confidence[2]).toBe(75)
    expect(history.score[3]).toBeNaN()
    expect(history.why(3)).toContain('was known 20 days before; after 10 it says nothing')
  })

  it('without a year before there is no surprise, with the reason', () => {
    const early = run('inventory-surprise', { stocks: stocks(10, level), days: Int32Array.of(FRIDAY + 68) })
    expect(early.score[0]).toBeNaN()
    expect(early.why(0)).toContain('has no surprise: 3 of the 5 years before must have it')
    expect(run('inventory-surprise', { stocks: stocks(1, level), days: Int32Array.of(FRIDAY) }).why(0)).toBe(
      'no report was known by 2010-01-01',
    )
  })
})

it('stocks 100, 110, 120 in the same week of three years and 130 now: +20 on the mean 110, two deviations of 10, short to the full', () => {
  const level = (k: number): number => 100 + 10 * Math.floor(k / 52)
  const weeks = 3 * 52 + 1
  const day = FRIDAY + 7 * (weeks - 1) + 5
  // 2010 has 52 ISO weeks from its first full week on; week 53 of 2009 stands at k = 0
  const history = run('inventory-range', {
    stocks: stocks(weeks + 3, (k) => level(k - 3)),
    days: Int32Array.of(day + 21),
  })
  expect(history.value[0]).toBeCloseTo(20, 10)
  expect(columnOf(history, 'zScore')[0]).toBeCloseTo(2, 10)
  expect(history.score[0]).toBe(-1)
})

it('positioning: the largest net position of ten reports has mid-rank percentile 95: 45 points from 50, short with 0.9', () => {
  const rows = (of: (k: number) => number): ReturnType<typeof seriesOf> =>
    seriesOf(
      'X',
      'contracts',
      'weekly',
      Array.from({ length: 10 }, (_, k) => [FRIDAY + 7 * k - 3, FRIDAY + 7 * k + 3, of(k)]),
    )
  const positions = {
    title: 'managed money',
    long: rows((k) => 1000 + 100 * k),
    short: rows(() => 500),
    openInterest: rows(() => 9000),
  }
  const monday = FRIDAY + 63 + 3
  const history = run('positioning', { positions, days: Int32Array.of(monday - 1, monday) }, { weeks: 10 })
  expect(history.score[0]).toBeNaN() // nine reports
  expect(history.value[1]).toBe(95)
  expect(history.score[1]).toBeCloseTo(-0.9, 12)
  expect(columnOf(history, 'net')[1]).toBe(1400)
  expect(history.why(1)).toContain('percentile 95 of 10 reports: crowded long, so SHORT')
})

describe('OPEC', () => {
  const monthly = (id: string, values: readonly [number, number, number][]): ReturnType<typeof seriesOf> =>
    seriesOf(id, 'million b/d', 'monthly', values)
  const opec: SignalInputs['opec'] = {
    members: [
      {
        name: 'A',
        production: monthly('P', [
          [100, 140, 10.4],
          [100, 170, 10.6],
        ]),
        baseline: monthly('B', [[70, 60, 11]]),
        quota: monthly('Q', [[70, 60, 10.5]]),
      },
      {
        name: 'B',
        production: monthly('P', [[100, 140, 4.6]]),
        baseline: monthly('B', [[70, 60, 5]]),
        quota: monthly('Q', [[70, 60, 4.8]]),
      },
    ],
  }
  const history = run('opec-compliance', { opec, days: Int32Array.of(139, 140, 170, 241) })

  it('cut 0.6 + 0.4 of a pledged 0.5 + 0.2: 142.9 %, 42.9 points over, long; after the revision 0.4 + 0.4: 114.3 %', () => {
    expect(
      Array.from(history.value)
        .slice(1, 3)
        .map((one) => Math.round(one * 10) / 10),
    ).toEqual([142.9, 114.3])
    expect(history.score[1]).toBeCloseTo((100 / 0.7 - 100) / 50, 10)
    expect(history.score[2]).toBeCloseTo((80 / 0.7 - 100) / 50, 10)
    expect(Array.from(history.knownOn).slice(1, 3)).toEqual([140, 170])
  })

  it('says nothing before the first production is known, nor 101 days after', () => {
    expect(history.score[0]).toBeNaN()
    expect(history.score[3]).toBeNaN()
    expect(history.why(3)).toContain('was known 101 days before')
  })
})

describe('term structure', () => {
  it('a prompt spread of +2 where the same dates of three years had −1, 0 and 1 is long', () => {
    const days = Int32Array.from({ length: 3 * 365 + 40 }, (_, i) => FRIDAY + i)
    const near = Float64Array.from(days, (_, i) => 80 + (i >= 3 * 365 ? 2 : Math.floor(i / 365) - 1))
    const second = new Float64Array(days.length).fill(80)
    const curve = { ...base.curve, near, second, secondDays: new Float64Array(days.length).fill(61) }
    const history = run('term-structure', { days, close: near, curve })
    const last = days.length - 5
    expect(history.value[last]).toBe(2)
    expect(columnOf(history, 'seasonMean')[last]).toBeCloseTo(0, 1)
    expect(history.score[last]).toBe(1)
    expect(history.why(last)).toContain('+2.00 USD/bbl (backwardation)')
  })
})

describe('turnarounds', () => {
  const weeks = 60
  // 400 or 500 kb/d each week, 1,000 in the four weeks after week 55; all announced at the start
  const series = seriesOf(
    'TURNAROUND_ALL',
    'kb/d',
    'weekly',
    Array.from({ length: weeks }, (_, k) => [FRIDAY + 7 * k, FRIDAY - 10, k >= 55 ? 1000 : 400 + 100 * (k % 2)]),
  )
  const days = Int32Array.of(FRIDAY + 7 * 54, FRIDAY + 7 * 20)

  it('twice the maintenance of before takes demand from crude and supply from products', () => {
    const crude = run('turnarounds', { days, turnarounds: { series, side: 'input' } }, { maxAgeDays: 400 })
    expect(crude.value[0]).toBe(1000)
    expect(crude.score[0]).toBe(-1)
    expect(crude.why(0)).toContain('less of it is bought, so SHORT')
    expect(run('turnarounds', { days, turnarounds: { series, side: 'output' } }, { maxAgeDays: 400 }).score[0]).toBe(1)
  })

  it('a file that begins twenty weeks before has no year to compare with', () => {
    const history = run(
      'turnarounds',
      { days: days.slice(1), turnarounds: { series, side: 'input' } },
      { maxAgeDays: 400 },
    )
    expect(history.score[0]).toBeNaN()
    expect(history.why(0)).toContain('has not both 52 weeks before and a week after')
  })
})
