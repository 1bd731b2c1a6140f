import { describe, expect, it } from 'vitest'
import { FILL_REASONS } from '../../src/lib/backtest/records.js'
import { runAccount } from '../../src/lib/backtest/run-account.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { isoFromDay, type EpochDay } from '../../src/lib/kernel/day.js'
import { continuousSeries, pnlPoints, pointsFromFirst } from '../../src/lib/market/continuous.js'
import { addMonths, type ContractMonth } from '../../src/lib/market/contract-month.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import { day } from '../market/market.js'
import { csvRecords, curveOfWideTable } from '../market/shared-csv.js'
import { sharedFile } from '../support/shared.js'
import { account, curveOf, instrumentsOf, market } from './curve-desk.js'
import { scripted } from './scripted.js'

const buyHold = strategyNamed('buy-hold')

/** Business days of NYMEX from one date to another, with the contracts of so many months, priced by a rule. */
function settled(
  product: CurveColumns['product'],
  [from, to]: readonly [string, string],
  months: readonly ContractMonth[],
  price: (at: EpochDay, month: ContractMonth) => number,
): CurveColumns {
  const calendar = market.settlementCalendar(product)
  const rows: (readonly [EpochDay, ContractMonth, number])[] = []
  for (let at = day(from); at <= day(to); at++) {
    if (!calendar.isBusinessDay(at)) continue
    for (const month of months) {
      if (market.lastTradingDay(product, month) >= at) rows.push([at, month, price(at, month)])
    }
  }
  return curveOf(product, rows)
}

const monthsFrom = (first: ContractMonth, count: number): ContractMonth[] =>
  Array.from({ length: count }, (_, i) => addMonths(first, i))

describe('a product', () => {
  // The far contract stands 1 above the near one, and everything rises by 0.10 a business day.
  const start = day('2023-10-02')
  const contango = settled('CL', ['2023-10-02', '2023-12-29'], monthsFrom(202311, 6), (at, month) => {
    return 80 + (month - 202311) + 0.1 * (at - start)
  })

  it('is traded in its contracts: 5 business days before 2023-11-20 it moves from CLZ23 to CLF24', async () => {
    const { instruments } = await instrumentsOf('wti', [contango])
    const run = runAccount(instruments, buyHold, {}, account())
    const rolls = Array.from(run.fills.bar.keys()).filter((f) => FILL_REASONS[run.fills.reason[f]] === 'roll')
    const words = rolls.map((f) => {
      const date = isoFromDay(run.timeMs[run.fills.bar[f]] / 86_400_000)
      return `${date} ${run.fills.lots[f]} ${run.fills.month[f]}`
    })
    expect(words).toEqual([
      '2023-10-13 -1 202311',
      '2023-10-13 1 202312',
      '2023-11-13 -1 202312',
      '2023-11-13 1 202401',
      '2023-12-12 -1 202401',
      '2023-12-12 1 202402',
    ])
  })

  it('earns what its contracts earn: 0.10 a calendar day, and the gaps of 1 are the roll yield', async () => {
    const { instruments } = await instrumentsOf('wti', [contango])
    const run = runAccount(instruments, buyHold, {}, account())
    const held = run.timeMs[run.timeMs.length - 1] / 86_400_000 - run.timeMs[2] / 86_400_000
    // From December to January the yyyymm differs by 89: the rule above prices that gap too.
    expect(run.grossUsd).toBeCloseTo(100 * held, 4)
    expect(run.rollYieldUsd).toBeCloseTo(-1000 * (1 + 89 + 1), 6)
  })

  it('has levels that no later roll moves, and no roll gap in them', async () => {
    const { instruments } = await instrumentsOf('wti', [contango])
    const { instruments: until } = await instrumentsOf('wti', [contango], { asOf: day('2023-11-20') })
    const [whole, cut] = [instruments[0].bars, until[0].bars]
    expect([...cut.close]).toEqual([...whole.close.subarray(0, cut.close.length)])
    const largest = whole.close.reduce((most, level, i) => Math.max(most, i === 0 ? 0 : level - whole.close[i - 1]), 0)
    expect(largest).toBeLessThan(0.1 * 5)
  })

  it('has the margins of their date: 7,480 and 6,800 USD a lot of CL', async () => {
    const [{ initialMarginUsd, maintenanceMarginUsd }] = (await instrumentsOf('wti', [contango])).instruments
    expect([initialMarginUsd?.[0], maintenanceMarginUsd?.[0]]).toEqual([7480, expect.closeTo(6800, 9)])
  })
})

describe('a spread', () => {
  const start = day('2023-10-02')
  const span = ['2023-10-02', '2023-12-29'] as const
  // Crude falls by 0.01 a day, gasoline rises by 0.001 a gallon, heating oil by 0.002.
  const curves = [
    settled('CL', span, monthsFrom(202311, 6), (at, month) => 80 - 0.01 * (at - start) + 0.3 * (month % 5)),
    settled('RB', span, monthsFrom(202311, 6), (at, month) => 2 + 0.001 * (at - start) + 0.01 * (month % 7)),
    settled('HO', span, monthsFrom(202311, 6), (at, month) => 3 + 0.002 * (at - start) + 0.02 * (month % 3)),
  ]

  it('is its legs: 2 RBOB, 1 heating oil, −3 crude, and a crack of 1 is 3,000 USD', async () => {
    const [crack] = (await instrumentsOf('crack-3-2-1', curves)).instruments
    expect(crack.legs.map(({ name, lots }) => [name, lots])).toEqual([
      ['RB', 2],
      ['HO', 1],
      ['CL', -3],
    ])
    expect(crack.multiplier).toBeCloseTo(3000, 9)
  })

  it('earns the change of the crack × 3,000, through the roll too', async () => {
    const { instruments } = await instrumentsOf('crack-3-2-1', curves)
    const run = runAccount(instruments, buyHold, {}, account())
    const days = run.timeMs[run.timeMs.length - 1] / 86_400_000 - run.timeMs[2] / 86_400_000
    // (2 × 42 × 0.001 + 42 × 0.002 + 3 × 0.01) ÷ 3 a day.
    expect(run.equityUsd[run.equityUsd.length - 1] - 1_000_000).toBeCloseTo(3000 * days * (0.198 / 3), 4)
    expect(run.rollsHeld).toBe(3)
  })

  it('fills each leg at its own price and cost: six lots at 2.50 and a tick each', async () => {
    const costs = { commissionUsdPerLot: 2.5, slippageTicks: 1 }
    const { instruments } = await instrumentsOf('crack-3-2-1', curves, { costs })
    const run = runAccount(instruments, buyHold, {}, account())
    expect([...run.fills.lots.subarray(0, 3)]).toEqual([2, 1, -3])
    // Bought at the third settlement, 2023-10-04.
    expect(run.fills.price[0]).toBeCloseTo(2.002 + 0.01 * (202311 % 7) + 0.0001, 12)
    expect(run.fills.price[2]).toBeCloseTo(79.98 + 0.3 * (202311 % 5) - 0.01, 12)
    expect(run.commissionUsd).toBe(15)
    // A tick of RBOB and heating oil is 4.20 USD, one of crude 10.
    expect(run.slippageUsd).toBeCloseTo(3 * 4.2 + 3 * 10, 9)
    expect(run.rollUsd).toBeCloseTo(3 * 2 * (15 + 3 * 4.2 + 3 * 10), 9)
    expect(run.grossUsd - run.commissionUsd - run.slippageUsd - run.rollUsd).toBeCloseTo(
      run.equityUsd[run.equityUsd.length - 1] - 1_000_000,
      6,
    )
  })

  it('rolls all legs on the day on which the first has to go: crude, 2023-10-13', async () => {
    const [{ legs, bars }] = (await instrumentsOf('crack-3-2-1', curves)).instruments
    for (const { rolls } of legs) {
      expect(isoFromDay(bars.timeMs[rolls[0].bar] / 86_400_000)).toBe('2023-10-13')
      expect([rolls[0].from, rolls[0].to]).toEqual([202311, 202312])
    }
  })

  it('needs the margins of its legs less the credit: (2 × 7,700 + 7,700 + 3 × 7,480) × 30 %', async () => {
    const [{ initialMarginUsd }] = (await instrumentsOf('crack-3-2-1', curves)).instruments
    expect(initialMarginUsd?.[0]).toBeCloseTo(0.3 * (3 * 7700 + 3 * 7480), 9)
  })

  it('of one product holds two contracts of it: WTI M1 − M2 is +1 CLX23, −1 CLZ23', async () => {
    const { instruments } = await instrumentsOf('wti-m1-m2', curves)
    const run = runAccount(instruments, buyHold, {}, account())
    expect([...run.fills.lots.subarray(0, 2), ...run.fills.month.subarray(0, 2)]).toEqual([1, -1, 202311, 202312])
  })

  it('leaves out a day on which a leg did not settle, and says so', async () => {
    const [cl, rb, ho] = curves
    const missing = Array.from(ho.day.keys()).filter((row) => ho.day[row] !== day('2023-10-18'))
    const holed = curveOf(
      'HO',
      missing.map((row) => [ho.day[row], ho.month[row], ho.settlement[row]] as const),
    )
    const { instruments } = await instrumentsOf('crack-3-2-1', [cl, rb, holed])
    const { instruments: whole } = await instrumentsOf('crack-3-2-1', curves)
    expect(instruments[0].bars.close.length).toBe(whole[0].bars.close.length - 1)
  })

  it('does not roll by activity', async () => {
    await expect(instrumentsOf('crack-3-2-1', curves, { roll: 'volume' })).rejects.toThrow('rolls by date')
  })
})

describe('a contract', () => {
  const rows = settled('CL', ['2020-04-13', '2020-04-24'], [202005, 202006], (_, month) => (month === 202005 ? 20 : 27))

  it('is settled on its last trading day, and an order of it is rejected from then on', async () => {
    const { instruments } = await instrumentsOf('CLK20', [rows])
    const run = runAccount(instruments, scripted([1, 1, 1, 1, 1, 1, -1, -1]), {}, account())
    expect(run.timeMs).toHaveLength(7)
    expect(isoFromDay(run.timeMs[6] / 86_400_000)).toBe('2020-04-21')
    expect(FILL_REASONS[run.fills.reason[1]]).toBe('expiry')
    expect([run.lots[6], run.trades.lots.length]).toEqual([0, 1])
    expect([run.orders.rejected, run.orders.rejectedExpired]).toEqual([1, 1])
  })

  it('that stopped trading before the first day asked for is refused with the date', async () => {
    await expect(instrumentsOf('CLK20', [rows], { from: day('2020-04-22') })).rejects.toThrow(
      'CLK20 stopped trading on 2020-04-21',
    )
  })
})

const file = sharedFile('data/futures_curves_daily.csv')

describe.skipIf(file === null)('WTI as it settled', async () => {
  const records = file === null ? [] : csvRecords(file)
  const wti = file === null ? [] : [curveOfWideTable(market, records, 'CL')]

  it('bought and held through 2009 earns 4,300 USD a lot: thirteen contracts, added up by hand', async () => {
    const costs = { commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
    const asked = { from: day('2009-01-02'), asOf: day('2009-12-31'), costs }
    const { instruments } = await instrumentsOf('wti', wti, asked)
    const run = runAccount(instruments, buyHold, {}, account())
    // Settlements at which it was bought, and at which each contract was left for the next one.
    const bought = [48.58, 43.65, 42.17, 47.03, 52.52, 59.71, 71.31, 60.39, 72.48, 71.3, 74.71, 77.03, 71.86]
    const left = [37.59, 33.98, 46.25, 49.41, 58.85, 70.62, 59.52, 70.52, 70.93, 74.15, 76.35, 69.51, 79.36]
    const usd = left.map((price, i) => Math.round(1000 * (price - bought[i])))
    expect(usd).toEqual([-10990, -9670, 4080, 2380, 6330, 10910, -11790, 10130, -1550, 2850, 1640, -7520, 7500])
    expect(usd.reduce((sum, each) => sum + each, 0)).toBe(4300)
    expect(run.grossUsd).toBeCloseTo(4300, 6)
    // 25 fills of 2.50 and 10 USD; the front rose from 48.58 to 79.36, and rolling cost the rest.
    expect(run.commissionUsd + run.slippageUsd + run.rollUsd).toBeCloseTo(25 * 12.5, 9)
    expect(run.rollYieldUsd).toBeCloseTo(4300 - 30_780, 6)
    expect(run.equityUsd[run.equityUsd.length - 1]).toBeCloseTo(1_000_000 + 4300 - 312.5, 6)
    expect([...run.fills.price.subarray(1, 3)]).toEqual([expect.closeTo(37.58, 9), expect.closeTo(43.66, 9)])
  })

  it('held into the last trading day of CLK20 loses 55,900 USD on 2020-04-20 and gets 47,640 back', async () => {
    const asked = { from: day('2020-03-02'), asOf: day('2020-05-29'), roll: 'calendar:0' }
    const { instruments } = await instrumentsOf('wti', wti, asked)
    const run = runAccount(instruments, buyHold, {}, account())
    const at = (date: string): number => run.timeMs.indexOf(day(date) * 86_400_000)
    const change = (date: string): number => run.equityUsd[at(date)] - run.equityUsd[at(date) - 1]
    expect([change('2020-04-17'), change('2020-04-20'), change('2020-04-21'), change('2020-04-22')]).toEqual([
      expect.closeTo(-1600, 6),
      expect.closeTo(-55_900, 6),
      expect.closeTo(47_640, 6),
      // CLM20 from 11.57 to 13.78: the gap of 1.56 at the roll of the 21st is in no day.
      expect.closeTo(2210, 6),
    ])
    const rolls = Array.from(run.fills.price.keys()).filter((f) => run.fills.bar[f] === at('2020-04-21'))
    expect(rolls.map((f) => [run.fills.month[f], run.fills.price[f]])).toEqual([
      [202005, 10.01],
      [202006, 11.57],
    ])
  })

  it('April 2020 trade by trade: through the roll of the 14th, into −37.63 and out of it, short of the next contract', async () => {
    const asked = { from: day('2020-04-01'), asOf: day('2020-04-30') }
    const costs = { commissionUsdPerLot: 2.5, slippageTicks: 1 }
    const trades = async (roll: string, decided: Readonly<Record<string, number>>) => {
      const { instruments } = await instrumentsOf('wti', wti, { ...asked, roll, costs })
      let held = 0
      const plan = Array.from(instruments[0].bars.timeMs, (time) => {
        return (held = decided[isoFromDay(time / 86_400_000)] ?? held)
      })
      const run = runAccount(instruments, scripted(plan), {}, account())
      return Array.from(run.trades.lots, (lots, t) => [
        lots,
        isoFromDay(run.timeMs[run.trades.entryBar[t]] / 86_400_000),
        run.trades.entryMonth[t],
        Number(run.trades.entryPrice[t].toFixed(6)),
        isoFromDay(run.timeMs[run.trades.exitBar[t]] / 86_400_000),
        run.trades.exitMonth[t],
        Number(run.trades.exitPrice[t].toFixed(6)),
        Number(run.trades.netUsd[t].toFixed(6)),
      ])
    }
    // CLK20 from 22.42 to 20.10, CLM20 from 27.41 to 25.02, each a tick worse than it settled; four commissions of 2.50.
    expect(await trades('calendar:5', { '2020-04-09': 1, '2020-04-16': 0 })).toEqual([
      [1, '2020-04-13', 202005, 22.42, '2020-04-17', 202006, 25.02, -2320 - 2390 - 10],
    ])
    // Out at −37.64, and short from the 21st: what is opened at the settlement of the roll is opened in CLM20, at 11.57.
    expect(await trades('calendar:0', { '2020-04-16': 1, '2020-04-17': 0, '2020-04-20': -1, '2020-04-22': 0 })).toEqual(
      [
        [1, '2020-04-17', 202005, 18.28, '2020-04-20', 202005, -37.64, -55_920 - 5],
        [-1, '2020-04-21', 202006, 11.56, '2020-04-23', 202006, 16.51, -4950 - 5],
      ],
    )
    // Held over it: CLK20 from 18.28 to 10.00, CLM20 from 11.58 to 16.49; bought at −37.62, sold at 10.00.
    expect(await trades('calendar:0', { '2020-04-16': 1, '2020-04-22': 0 })).toEqual([
      [1, '2020-04-17', 202005, 18.28, '2020-04-23', 202006, 16.49, -8280 + 4910 - 10],
    ])
    expect(await trades('calendar:0', { '2020-04-17': 1, '2020-04-20': 0 })).toEqual([
      [1, '2020-04-20', 202005, -37.62, '2020-04-21', 202005, 10, 47_620 - 5],
    ])
  })

  it('rolled five business days before it expires never meets −37.63', async () => {
    const { instruments } = await instrumentsOf('wti', wti, { from: day('2020-03-02'), asOf: day('2020-05-29') })
    const run = runAccount(instruments, buyHold, {}, account())
    expect(Math.min(...(instruments[0].bars.price ?? []))).toBe(11.57)
    // 46.78 → 31.73, 32.11 → 20.11, 27.40 → 25.78, 26.33 → 35.49.
    expect(run.grossUsd).toBeCloseTo(-15_050 - 12_000 - 1620 + 9160, 6)
  })

  it('held from 2007 to 2023 earns the contract-true changes, and not the change of the front price', async () => {
    const { instruments } = await instrumentsOf('wti', wti)
    const run = runAccount(instruments, buyHold, {}, account())
    const roll = { kind: 'calendar', businessDaysBefore: 5 } as const
    const series = continuousSeries(market, wti[0], { roll, adjust: 'none', rank: 1 })
    const first = series.change[1] + series.change[2]
    expect(run.grossUsd).toBeCloseTo(1000 * (pnlPoints(series) - first), 4)
    expect(run.grossUsd - run.rollYieldUsd).toBeCloseTo(1000 * (pointsFromFirst(series) - first), 4)
    expect(run.rollsHeld).toBe(series.rolls.length)
  })
})
