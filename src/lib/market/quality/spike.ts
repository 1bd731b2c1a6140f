/** How many robust standard deviations make a move worth a second look. */
export const SPIKE_DEVIATIONS = 5

/** Changes on either side of one that say what is usual around it: about three months. */
const HALF_WINDOW = 60
/** Fewer changes than this cannot say what is usual. */
const FEWEST_CHANGES = 8
/** A normal variable's standard deviation is this many median absolute deviations. */
const SD_PER_MAD = 1.4826

/**
 * Robust standard deviation of the changes around each change: 1.4826 × median |change| over it and up to 60 changes on
 * either side. Zeros do not count (a source that repeats prices is not calm). What is a wild day in 2015 was usual in 2008,
 * so the yardstick moves along.
 * @returns NaN where fewer than 8 changes are known
 */
export function localDeviations(changes: Float64Array): Float64Array {
  const deviations = new Float64Array(changes.length)
  const window: number[] = []
  const counts = (i: number): boolean => i >= 0 && i < changes.length && Number.isFinite(changes[i]) && changes[i] !== 0
  for (let i = -HALF_WINDOW; i < changes.length; i++) {
    const enters = i + HALF_WINDOW
    const leaves = i - HALF_WINDOW - 1
    if (counts(enters)) window.splice(placeOf(window, Math.abs(changes[enters])), 0, Math.abs(changes[enters]))
    if (counts(leaves)) window.splice(placeOf(window, Math.abs(changes[leaves])), 1)
    if (i >= 0) deviations[i] = window.length < FEWEST_CHANGES ? Number.NaN : SD_PER_MAD * medianOf(window)
  }
  return deviations
}

/** First position in an ascending array whose value is ≥ `value`. */
function placeOf(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

function medianOf(ascending: readonly number[]): number {
  const middle = ascending.length >>> 1
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2
}

/** Did the move of one day come back the next: opposite sign, and at most a third of it left? */
export function reverts(change: number, next: number): boolean {
  return change * next < 0 && Math.abs(change + next) <= Math.min(Math.abs(change), Math.abs(next)) / 3
}

/**
 * Rows of a price history that jumped by over five robust deviations and came back the next day.
 * @param values ascending in time
 */
export function revertingSpikes(values: Float64Array): number[] {
  const change = values.map((value, row) => (row === 0 ? Number.NaN : value - values[row - 1]))
  const deviation = localDeviations(change)
  const spikes: number[] = []
  for (let row = 1; row + 1 < change.length; row++) {
    const isWild = Math.abs(change[row]) > SPIKE_DEVIATIONS * deviation[row]
    if (isWild && reverts(change[row], change[row + 1])) spikes.push(row)
  }
  return spikes
}
