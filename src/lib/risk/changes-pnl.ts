import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { PnlSample } from './methods/risk-method.js'
import { grossNotionalUsd, totalPnl, type PnlMatrix } from './pnl-matrix.js'
import { positionPnl, type BookChanges, type PriceMode } from './portfolio/book-changes.js'
import type { ReplayedPnl } from './backtest/rolling-forecasts.js'

/** What P&L is made of: a size, and the prices at both ends of each change. */
export interface HeldColumn {
  readonly id: string
  readonly lots: number
  readonly multiplier: number
}

export type PriceChanges = Pick<BookChanges, 'days' | 'settlement' | 'base'>

/** The last `window` changes; all where null. */
export function lastChanges(changes: PriceChanges, window: number | null): PriceChanges {
  const from = window === null ? 0 : Math.max(0, changes.days.length - window)
  return {
    days: changes.days.slice(from),
    settlement: changes.settlement.map((column) => column.slice(from)),
    base: changes.base.map((column) => column.slice(from)),
  }
}

/** Return of each change: price points for `diff`, fractions for `simple` and `log`. */
export function changeReturns(
  held: HeldColumn,
  { days }: Pick<PriceChanges, 'days'>,
  settlement: Float64Array,
  base: Float64Array,
  mode: PriceMode,
): Float64Array {
  if (mode === 'log') {
    // refuses prices at or below zero
    positionPnl({ id: held.id, lots: 1, multiplier: 1 }, { days }, settlement, base, 1, 'log')
    return settlement.map((price, i) => Math.log(price / base[i]))
  }
  return positionPnl({ id: held.id, lots: 1, multiplier: 1 }, { days }, settlement, base, 1, mode)
}

/** The changes of a period, both ends included. */
export function changesBetween(changes: PriceChanges, from: EpochDay, to: EpochDay): PriceChanges {
  const first = changes.days.findIndex((day) => day >= from)
  const after = changes.days.findIndex((day) => day > to)
  const [start, end] = [first < 0 ? changes.days.length : first, after < 0 ? changes.days.length : after]
  return {
    days: changes.days.slice(start, end),
    settlement: changes.settlement.map((column) => column.slice(start, end)),
    base: changes.base.map((column) => column.slice(start, end)),
  }
}

/** P&L of every position from price changes, scaled to today's prices. */
export function changesPnl(
  held: readonly HeldColumn[],
  changes: PriceChanges,
  lastPrices: readonly number[],
  mode: PriceMode,
): PnlMatrix {
  return {
    positions: held.map(({ id }) => id),
    days: changes.days,
    pnlUsd: held.map((position, j) =>
      positionPnl(position, changes, changes.settlement[j], changes.base[j], lastPrices[j], mode),
    ),
    exposureUsd: Float64Array.from(held, ({ lots, multiplier }, j) => lots * multiplier * lastPrices[j]),
  }
}

/** A book's P&L, with 100 × P&L ÷ gross notional for GARCH. */
export function bookSample(matrix: PnlMatrix): PnlSample {
  const pnlUsd = totalPnl(matrix)
  const gross = grossNotionalUsd(matrix)
  if (!(gross > 0))
    throw new ContangoError('numeric', 'NO_NOTIONAL', 'the positions have no notional to measure against')
  return { pnlUsd, percent: pnlUsd.map((pnl) => (100 * pnl) / gross), usdPerPercent: gross / 100, logarithmic: false }
}

/** One column's P&L, with 100 × return for GARCH: falls of the price stay falls where the position is short. */
export function columnSample(held: HeldColumn, changes: PriceChanges, mode: PriceMode, matrix: PnlMatrix): PnlSample {
  const [settlement, base] = [changes.settlement[0], changes.base[0]]
  return {
    pnlUsd: matrix.pnlUsd[0],
    percent: changeReturns(held, changes, settlement, base, mode).map((value) => 100 * value),
    usdPerPercent: (mode === 'diff' ? held.lots * held.multiplier : matrix.exposureUsd[0]) / 100,
    logarithmic: mode === 'log',
  }
}

/** One column's returns as they stand, long or short by the sign of the lots: P&L and VaR are returns, not USD. */
export function returnSample(held: HeldColumn, changes: PriceChanges, mode: PriceMode): PnlSample {
  const returns = changeReturns(held, changes, changes.settlement[0], changes.base[0], mode)
  const sign = Math.sign(held.lots)
  return {
    pnlUsd: returns.map((value) => sign * value),
    percent: returns.map((value) => 100 * value),
    usdPerPercent: sign / 100,
    logarithmic: false,
  }
}

/**
 * Replays price changes for a back-test: before change t the positions are worth what the price before it says, and their
 * past P&L is `mode` returns of t − window … t − 1 on that worth. What then happened is lots × multiplier × (P_t − P_{t−1}).
 */
export function replayChanges(held: readonly HeldColumn[], changes: PriceChanges, mode: PriceMode): ReplayedPnl {
  const { days, settlement, base } = changes
  const returns = held.map((position, j) => changeReturns(position, changes, settlement[j], base[j], mode))
  const realisedUsd = new Float64Array(days.length)
  const points = held.map(({ lots, multiplier }) => lots * multiplier)
  points.forEach((point, j) => {
    for (let t = 0; t < days.length; t++) realisedUsd[t] += point * (settlement[j][t] - base[j][t])
  })
  return {
    returns: days.length,
    realisedUsd,
    sampleBefore(t, window) {
      const pnlUsd = new Float64Array(window)
      let gross = 0
      let scale = 0
      for (let j = 0; j < held.length; j++) {
        const past = returns[j].subarray(t - window, t)
        const exposure = points[j] * base[j][t]
        gross += Math.abs(exposure)
        scale = mode === 'diff' ? points[j] : exposure
        if (mode === 'log') for (let i = 0; i < window; i++) pnlUsd[i] += scale * Math.expm1(past[i])
        else for (let i = 0; i < window; i++) pnlUsd[i] += scale * past[i]
      }
      if (held.length > 1) {
        return { pnlUsd, percent: pnlUsd.map((x) => (100 * x) / gross), usdPerPercent: gross / 100, logarithmic: false }
      }
      return {
        pnlUsd,
        percent: returns[0].subarray(t - window, t).map((x) => 100 * x),
        usdPerPercent: scale / 100,
        logarithmic: mode === 'log',
      }
    },
  }
}

/** Replays one column in return space. */
export function replayReturns(held: HeldColumn, changes: PriceChanges, mode: PriceMode): ReplayedPnl {
  const { pnlUsd, percent, usdPerPercent } = returnSample(held, changes, mode)
  return {
    returns: pnlUsd.length,
    realisedUsd: pnlUsd,
    sampleBefore: (t, window) => ({
      pnlUsd: pnlUsd.slice(t - window, t),
      percent: percent.slice(t - window, t),
      usdPerPercent,
      logarithmic: false,
    }),
  }
}
