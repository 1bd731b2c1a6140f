import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { section as fundamentalsSection } from '../../src/lib/config/sections/fundamentals.js'
import { section as signalsSection } from '../../src/lib/config/sections/signals.js'
import { loadSignalHistories } from '../../src/lib/desk/signal-histories.js'
import type { SignalContext } from '../../src/lib/desk/signal-reader.js'
import type { SignalsData } from '../../src/lib/documents/signals.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { addMonths } from '../../src/lib/market/contract-month.js'
import { words, type Finished } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { builtIn, curveOf, day, deskOn, market, type Row } from './desk.js'

const run = (line: string, home = inject('simHome')): Promise<Finished> => inside(words(line), { home })

async function answer(line: string, home?: string): Promise<SignalsData> {
  const { code, stdout, stderr } = await run(`${line} --json`, home)
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { data: SignalsData }).data
}

async function refused(
  line: string,
  home?: string,
): Promise<{ exit: number | null; code: string; message: string; hint: string }> {
  const { code, stdout } = await run(`${line} --json`, home)
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }
  return { exit: code, ...error }
}

describe('contango signals', () => {
  it('of one product: composite, signals with what made them, and what is missing with the reason', async () => {
    const data = await answer('signals wti')
    expect(data).toMatchObject({ product: 'CL', date: '2023-12-29', products: null, history: null, simulated: true })
    for (const row of [data.composite!, ...data.signals]) {
      expect(['LONG', 'SHORT', 'NEUTRAL']).toContain(row.direction)
      expect(row.confidence).toBeGreaterThanOrEqual(0)
      expect(row.confidence).toBeLessThanOrEqual(100)
      expect(row.knownOn <= '2023-12-29').toBe(true)
      expect(row.reason).not.toMatch(/NaN|undefined|null/)
    }
    expect(data.signals.map(({ name }) => name)).toContain('carry')
    const sum = data.signals.reduce((total, { weight, score }) => total + weight * score, 0)
    expect(sum).toBeCloseTo(data.composite!.score, 9)
    expect(data.signals.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 9)
    expect(data.missing.find(({ name }) => name === 'turnarounds')!.reason).toContain('contango fetch turnarounds FILE')
    const ml = data.composite!.families.find(({ family }) => family === 'ml')!
    expect(ml).toMatchObject({ share: 0, score: null, signals: 0 })
    expect(ml.reason).toContain('its weight of 20 % goes to')
    expect(data.composite!.reasons.join('\n')).toContain('ml: no signal of it is known')
  })

  it('of all: one entry a product, each as it is alone', async () => {
    const [all, alone] = [await answer('signals --product all'), await answer('signals rbob')]
    expect(all).toMatchObject({ product: null, composite: null, signals: [] })
    expect(all.products!.map(({ product }) => product)).toEqual(['CL', 'BRN', 'BZ', 'RB', 'HO', 'LGO', 'NG', 'DBI'])
    const rbob = all.products!.find(({ product }) => product === 'RB')!
    expect(rbob.composite).toEqual(alone.composite)
    expect(rbob.signals).toEqual(alone.signals)
  })

  it('the history says on each day what --as-of says on it', async () => {
    const { history } = await answer('signals wti --history 2023-03-01..2023-03-31')
    const then = await answer('signals wti --as-of 2023-03-15')
    const at = history!.dates.indexOf('2023-03-15')
    expect(history!.dates).toHaveLength(23)
    expect(history!.composite.direction[at]).toBe(then.composite!.direction)
    expect(history!.composite.score[at]).toBe(then.composite!.score)
    for (const { name, score, confidence, value, knownOn } of then.signals) {
      const column = history!.signals[name]
      expect([name, column.score[at], column.confidence[at], column.value[at], column.knownOn[at]]).toEqual([
        name,
        score,
        confidence,
        value,
        knownOn,
      ])
    }
  })

  it('one signal with a parameter of its own', async () => {
    const { signals, composite } = await answer('signals brent --signal rsi:5')
    expect(signals).toHaveLength(1)
    expect(signals[0]).toMatchObject({ name: 'rsi', weight: 1, parameters: { period: 5, entry: 20, full: 40 } })
    expect(composite!.families.find(({ family }) => family === 'fundamental')!.share).toBe(0)
  })

  it.each([
    ['signals', 2, 'NO_PRODUCT', /contango signals wti/],
    ['signals lumber', 2, 'UNKNOWN_PRODUCT', /CL \(wti\)/],
    ['signals wti --signal foo', 2, 'UNKNOWN_SIGNAL', /ma-cross-fast, .*turnarounds/],
    ['signals wti --signal rsi:1', 2, 'BAD_SIGNAL_PARAMETER', /a whole number from 2 to 10000/],
    ['signals wti --signal rsi:x', 2, 'BAD_SIGNAL_PARAMETER', /period is "x"/],
    ['signals wti --signal ma-cross-fast:20:5', 2, 'BAD_SIGNAL_PARAMETER', /fast 20 is not below slow 5/],
    ['signals wti --history 2023', 2, 'BAD_FLAG_VALUE', /FROM\.\.TO/],
    ['signals wti --history 2023-02-30..', 2, 'BAD_FLAG_VALUE', /FROM\.\.TO/],
    ['signals wti --history 2023-05-01..2023-01-01', 2, 'BAD_FLAG_VALUE', /ends before it starts/],
    ['signals wti --history 2030-01-01..', 4, 'NO_DECISION_DAYS', /2021-12-01 to 2023-12-29/],
    [
      'signals wti --signal time-series-momentum:5000',
      4,
      'NO_SIGNAL_KNOWN',
      /needs 5001 settlement days, there are 52\d/,
    ],
    ['signals wti --as-of 2010-01-04', 4, 'NO_SETTLEMENT', /no settlement on or shortly before/],
  ])('%s is refused: exit %i, %s', async (line, exit, code, pattern) => {
    const error = await refused(line)
    expect({ exit: error.exit, code: error.code }).toEqual({ exit, code })
    expect(`${error.message} ${error.hint}`).toMatch(pattern)
  })
})

describe('contango signals in a workspace of its own', () => {
  let folder: string
  let home: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'contango-signals-'))
    home = join(folder, 'desk')
    expect((await inside(['init', home])).code).toBe(0)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('an empty lake has none; one settlement is no history; the first signals come with the fifth', async () => {
    expect(await refused('signals wti', home)).toMatchObject({ exit: 4, code: 'NO_DATA' })
    expect(await refused('signals --product all', home)).toMatchObject({ exit: 4, code: 'NO_DATA' })
    const rows = ['2023-12-22', '2023-12-26', '2023-12-27', '2023-12-28', '2023-12-29'].map(
      (date, i) => `${date},${75 - i},${75.2 - i},${75.3 - i}`,
    )
    const fetch = async (count: number): Promise<void> => {
      const file = join(folder, 'few.csv')
      writeFileSync(file, ['date,CL01,CL02,CL03', ...rows.slice(0, count), ''].join('\n'))
      const { code, stderr } = await inside(['fetch', 'csv', file], { home })
      expect(code, stderr).toBe(0)
    }
    await fetch(1)
    const one = await refused('signals wti', home)
    expect(one).toMatchObject({ exit: 4, code: 'NO_SIGNAL_KNOWN' })
    expect(one.message).toContain('ma-cross-fast: the first value needs 61 settlement days, there are 1')
    await fetch(5)
    const { signals } = await answer('signals wti', home)
    expect(signals.map(({ name, direction }) => [name, direction])).toEqual([['roll-yield', 'SHORT']])
  })

  it('a parameter out of range in config/signals.yaml is refused with its place', async () => {
    writeFileSync(
      join(home, 'config/signals.yaml'),
      [
        'roll: calendar:5',
        'composite: { families: { technical: 1, fundamental: 0, ml: 0 }, threshold: 0.1, fullScore: 0.5 }',
        'products: { CL: {} }',
        'signals: { rsi: { parameters: { period: 1 } } }',
        '',
      ].join('\n'),
    )
    const error = await refused('signals wti', home)
    expect(error.exit).toBe(3)
    expect(error.message).toMatch(/signals\.yaml:4.*rsi.*period/s)
  })
})

it('days between a roll that was made early, for want of a price, and the day it was planned are no decision days', async () => {
  const rows: Row[] = []
  const [from, to] = [day('2023-05-01'), day('2023-06-30')]
  const calendar = market.settlementCalendar('CL')
  // CLM23 trades until 22 May 2023, so it is rolled at the settlement of 15 May; CLN23 has no price from 12 to 15 May
  for (let at = from; at <= to; at++) {
    if (!calendar.isBusinessDay(at)) continue
    const date = isoFromDay(at)
    const front = market.monthAtRank('CL', at, 1)
    for (let k = 0; k < 16; k++) {
      const month = addMonths(front, k)
      if (month === 202307 && date >= '2023-05-12' && date <= '2023-05-15') continue
      rows.push([date, month, 70 + k / 10 + ((at * 7) % 11) / 10])
    }
  }
  const curves = new Map([['CL' as const, curveOf('CL', rows)]])
  const load = async (asOf: string): Promise<{ dates: string[]; close: number[] }> => {
    const desk = deskOn(curves, { asOf })
    const ctx: SignalContext = {
      ...desk,
      config: {
        ...desk.config,
        signals: signalsSection.schema.parse(builtIn('signals.yaml')),
        fundamentals: fundamentalsSection.schema.parse(builtIn('fundamentals.yaml')),
      },
      store: {
        ...desk.store,
        pick: (kind, name) => (kind === 'curves' ? desk.store.pick(kind, name) : null),
        readDataset: async () => Promise.reject(new Error('no series')),
      },
    }
    const { days, close } = await loadSignalHistories(ctx, { product: 'CL', names: ['rsi'] })
    return { dates: Array.from(days, isoFromDay), close: Array.from(close) }
  }
  const whole = await load('2023-06-30')
  expect(whole.dates.filter((date) => date >= '2023-05-11' && date <= '2023-05-16')).toEqual([
    '2023-05-11',
    '2023-05-16',
  ])
  for (const cut of ['2023-05-10', '2023-05-11', '2023-05-12', '2023-05-15', '2023-05-16', '2023-06-01']) {
    const part = await load(cut)
    part.dates.forEach((date, i) => {
      const at = whole.dates.indexOf(date)
      if (at >= 0) expect([date, part.close[i]]).toEqual([date, whole.close[at]])
    })
  }
})
