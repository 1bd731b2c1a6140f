import { ContangoError } from '../kernel/errors.js'

/**
 * What today's positions would have gained or lost on each past day: the one input of every VaR method, whatever the
 * positions came from (a book, a price file, a scenario).
 */
export interface PnlMatrix {
  /** Names of the positions, unique, in the order of the book. */
  readonly positions: readonly string[]
  /** The day on which each P&L was realised, ascending. */
  readonly days: Int32Array
  /** One vector per position, USD, gains positive, as long as `days`. */
  readonly pnlUsd: readonly Float64Array[]
  /** Signed exposure of each position at the last price: lots × multiplier × price, USD. */
  readonly exposureUsd: Float64Array
}

/** P&L of all positions together, day by day, USD. */
export function totalPnl(matrix: PnlMatrix): Float64Array {
  const total = new Float64Array(matrix.days.length)
  for (const pnl of matrix.pnlUsd) {
    for (let i = 0; i < total.length; i++) total[i] += pnl[i]
  }
  return total
}

/** Σ|exposure|, USD: the notional that VaR is a per cent of. */
export function grossNotionalUsd({ exposureUsd }: Pick<PnlMatrix, 'exposureUsd'>): number {
  let gross = 0
  for (const exposure of exposureUsd) gross += Math.abs(exposure)
  return gross
}

/** Refuses a matrix that is not one: unequal lengths, a value that is no number. */
export function checkPnlMatrix(matrix: PnlMatrix): void {
  const { positions, days, pnlUsd, exposureUsd } = matrix
  if (positions.length === 0) throw new ContangoError('noData', 'NO_POSITIONS', 'there is no position to measure')
  if (pnlUsd.length !== positions.length || exposureUsd.length !== positions.length) {
    throw new ContangoError('bug', 'BUG', `P&L of ${pnlUsd.length} positions, names of ${positions.length}`)
  }
  pnlUsd.forEach((pnl, j) => {
    if (pnl.length !== days.length) {
      throw new ContangoError('bug', 'BUG', `${positions[j]} has ${pnl.length} P&L values on ${days.length} days`)
    }
    const bad = pnl.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) {
      throw new ContangoError(
        'refused',
        'PNL_NOT_A_NUMBER',
        `the P&L of ${positions[j]} is not a number at observation ${bad + 1} of ${days.length}`,
        'a price of zero or below has no simple or log return: use --mode diff',
        { position: positions[j], observation: bad + 1 },
      )
    }
    if (!Number.isFinite(exposureUsd[j])) {
      throw new ContangoError('refused', 'EXPOSURE_NOT_A_NUMBER', `${positions[j]} has no exposure in USD`)
    }
  })
}
