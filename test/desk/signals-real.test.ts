import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadSignalHistories, type SignalHistories } from '../../src/lib/desk/signal-histories.js'
import { signalReader } from '../../src/lib/desk/signal-reader.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import type { Product } from '../../src/lib/market/market.js'
import { SIGNALS } from '../../src/lib/signals/definitions.js'
import { inside } from '../support/inside.js'
import { sharedFile } from '../support/shared.js'
import { day } from './desk.js'
import { signalDesk } from './signals-lake.js'

const curves = sharedFile('data/futures_curves_daily.csv')
const weekly = sharedFile('data/eia_weekly_petroleum.csv')
const positions = sharedFile('data/cftc_wti_noncommercial.csv')
const isAbsent = curves === null || weekly === null || positions === null

/** Every number of two histories of the same days, bit for bit; the first that differs in words. */
function difference(a: SignalHistories, b: SignalHistories, length: number): string | null {
  const columns = (of: SignalHistories): Map<string, ArrayLike<number>> =>
    new Map<string, ArrayLike<number>>([
      ['days', of.days],
      ['close', of.close],
      ['settlement', of.settlement],
      ['month', of.month],
      ['composite.score', of.composite.score],
      ['composite.confidence', of.composite.confidence],
      ['composite.agreement', of.composite.agreement],
      ['composite.direction', of.composite.direction],
      ...of.histories.flatMap((one): [string, ArrayLike<number>][] => [
        [`${one.name}.score`, one.score],
        [`${one.name}.confidence`, one.confidence],
        [`${one.name}.value`, one.value],
        [`${one.name}.knownOn`, one.knownOn],
        ...one.columns.map((column): [string, ArrayLike<number>] => [`${one.name}.${column.name}`, column.values]),
      ]),
    ])
  const second = columns(b)
  for (const [name, values] of columns(a)) {
    const other = second.get(name)
    // a dataset that nobody knew of yet gives no signal then, and no score later for those days
    if (other === undefined) {
      if (!name.endsWith('.score')) continue
      for (let i = 0; i < length; i++)
        if (!Number.isNaN(values[i])) return `${name} on ${isoFromDay(a.days[i])} came from nowhere`
      continue
    }
    for (let i = 0; i < length; i++) {
      if (!Object.is(values[i], other[i])) return `${name} on ${isoFromDay(a.days[i])}: ${values[i]} and ${other[i]}`
    }
  }
  return null
}

async function expectNoLookAhead(home: string, products: readonly Product[], cuts: readonly string[]): Promise<void> {
  const whole = signalDesk(home, null)
  const reader = signalReader(whole, whole.asOf(products))
  const early = cuts.map((cut) => ({ cut, desk: signalDesk(home, cut) }))
  for (const product of products) {
    const all = await loadSignalHistories(whole, { product }, reader)
    for (const { cut, desk } of early) {
      const part = await loadSignalHistories(desk, { product })
      expect(part.days.length).toBe(all.days.filter((one) => one <= day(cut)).length)
      expect(difference(all, part, part.days.length), `${product} as of ${cut}`).toBeNull()
    }
  }
}

/** Random days of a period, of the calendar: a cut need not be a settlement day. */
function randomDays(name: string, from: string, to: string, count: number): string[] {
  const rng = seededRng(5, name)
  const [first, last] = [day(from), day(to)]
  return Array.from({ length: count }, () => isoFromDay(first + rng.integer(last - first)))
}

it('no signal of a simulated lake changes when its future is cut off', async () => {
  await expectNoLookAhead(inject('simHome'), ['CL', 'RB', 'NG'], randomDays('sim', '2022-02-01', '2023-12-28', 4))
})

if (isAbsent) console.warn('the shared data is not here: signals on it are not checked')
describe.skipIf(isAbsent)('signals on seventeen years of real data', () => {
  let home: string
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contango-signals-'))
    home = join(folder, 'desk')
    const run = async (...argv: string[]): Promise<void> => {
      const { code, stderr } = await inside(argv, { home, cwd: folder })
      expect(code, stderr).toBe(0)
    }
    expect((await inside(['init', home])).code).toBe(0)
    await run('fetch', 'csv', curves!, weekly!, positions!)
    // two years of a user's own files: production in releases with a revision, a quota that is cut, two seasons of maintenance
    writeFileSync(
      join(folder, 'production.csv'),
      [
        '"id","name",release_date,"uom",2022-10-01,2022-11-01,2022-12-01,2023-01-01',
        '"COPR_SA","Saudi Arabia",2022-12-06,"mbd",10.9,10.5,,',
        '"COPR_SA","Saudi Arabia",2023-01-10,"mbd",10.9,10.6,10.4,',
        '"COPR_SA","Saudi Arabia",2023-02-07,"mbd",10.9,10.6,10.2,10.0',
        '',
      ].join('\n'),
    )
    writeFileSync(
      join(folder, 'quotas.csv'),
      'country,from,baseline,quota,announced\nSA,2022-10-01,11.0,10.5,2022-09-05\nSA,2023-01-01,11.0,10.3,2022-12-05\n',
    )
    writeFileSync(
      join(folder, 'turnarounds.csv'),
      [
        'refinery,unit,region,capacity_kbd,start,end,announced',
        'A,CDU 1,PADD3,300,2021-02-01,2021-03-15,2020-10-01',
        'B,CDU 1,PADD3,200,2021-09-15,2021-10-31,2021-05-03',
        'A,CDU 2,PADD3,250,2022-02-01,2022-03-20,2021-11-15',
        'C,CDU 1,PADD2,400,2022-10-03,2022-11-20,2022-08-22',
        '',
      ].join('\n'),
    )
    await run('fetch', 'csv', 'production.csv')
    await run('fetch', 'opec-quotas', 'quotas.csv')
    await run('fetch', 'turnarounds', 'turnarounds.csv')
  }, 120_000)
  afterAll(() => {
    if (home !== undefined) rmSync(join(home, '..'), { recursive: true, force: true })
  })

  it('no signal of any product changes when the future is cut off, on random days and about the rolls of April 2020', async () => {
    const cuts = [...randomDays('real', '2008-01-01', '2023-12-20', 3), '2020-04-20', '2020-04-14', '2023-01-31']
    await expectNoLookAhead(home, ['CL', 'BRN', 'RB', 'HO', 'NG'], cuts)
  }, 240_000)

  it('gives every signal of WTI some days, and holds no contract into the settlement at −37.63', async () => {
    const { days, histories, missing, settlement, close } = await loadSignalHistories(signalDesk(home, null), {
      product: 'CL',
    })
    expect(missing).toEqual([])
    expect(histories.map(({ name }) => name)).toEqual(SIGNALS.map(({ name }) => name))
    for (const { name, score } of histories)
      expect(
        score.some((one) => !Number.isNaN(one)),
        name,
      ).toBe(true)
    const at = days.indexOf(day('2020-04-20'))
    expect(settlement[at]).toBe(20.43) // CLM20
    expect(close[at] - close[at - 1]).toBeCloseTo(20.43 - 25.03, 8)
    for (const { name, score } of histories) {
      if (name !== 'opec-compliance') expect(Number.isNaN(score[at]), name).toBe(name === 'turnarounds')
    }
  })

  it('Friday’s stocks speak from Wednesday on, positions of Tuesday from the Monday after', async () => {
    const { days, histories } = await loadSignalHistories(signalDesk(home, null), { product: 'CL' })
    const periodOn = (name: string, iso: string): string =>
      isoFromDay(histories.find((one) => one.name === name)!.period![days.indexOf(day(iso))])
    expect(periodOn('inventory-range', '2023-06-13')).toBe('2023-06-02') // Tuesday
    expect(periodOn('inventory-range', '2023-06-14')).toBe('2023-06-09') // Wednesday
    expect(periodOn('positioning', '2023-06-16')).toBe('2023-06-06') // Friday: published after the settlement
    expect(periodOn('positioning', '2023-06-20')).toBe('2023-06-13') // Tuesday: Monday 19 June was a holiday
  })

  it('OPEC’s compliance is of the vintage that was known: 100 % of November on 3 January 2023, 120 % of December on 31 January', async () => {
    const { days, histories } = await loadSignalHistories(signalDesk(home, null), {
      product: 'CL',
      names: ['opec-compliance'],
    })
    const [{ value, score, period, knownOn }] = histories
    const on = (iso: string): readonly [number, string, string, number] => {
      const at = days.indexOf(day(iso))
      return [value[at], isoFromDay(period![at]).slice(0, 7), isoFromDay(knownOn[at]), score[at]]
    }
    // release of December: known at its month's end, by the day of release where a file gives one
    const [early, month] = on('2023-01-03')
    expect(month).toBe('2022-11')
    expect(early).toBeCloseTo((100 * (11 - 10.5)) / (11 - 10.5), 10)
    const [later, laterMonth, , laterScore] = on('2023-01-31')
    expect(laterMonth).toBe('2022-12')
    expect(later).toBeCloseTo((100 * (11 - 10.4)) / (11 - 10.5), 10)
    expect(laterScore).toBeCloseTo(0.4, 10) // 120 % is 20 points over, of 50 for full strength
  })
})
