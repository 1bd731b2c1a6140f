import { wholeLots } from '../../execution/sizing.js'
import type { Decide, Scan } from '../strategy.js'

/** Lots decided at the closes of bars, only where they become others; made once and filled again for each cell. */
export interface PositionChanges {
  readonly bar: Int32Array
  /** Lots to hold from the fill after that bar on. */
  readonly lots: Float64Array
  count: number
}

export function newPositionChanges(bars: number): PositionChanges {
  return { bar: new Int32Array(bars), lots: new Float64Array(bars), count: 0 }
}

/**
 * Every decision of a strategy over bars, from the first one on, whatever is traded of them: its state on a bar is what
 * it would be had it been followed all along.
 */
export function decideAll(
  decide: Decide,
  scan: Scan | null,
  firstDecisionBar: number,
  bars: number,
  fullLots: number,
  changes: PositionChanges,
): void {
  const { bar: at, lots } = changes
  let target = 0
  let goal = 0
  let count = 0
  for (let bar = Math.max(0, firstDecisionBar); bar < bars; bar++) {
    if (scan !== null) bar = scan(bar, target, bars)
    if (bar >= bars) break
    const wanted = decide(bar, target)
    if (wanted === target) continue
    target = wanted
    const wantedLots = wholeLots(target * fullLots)
    if (wantedLots === goal) continue
    goal = wantedLots
    at[count] = bar
    lots[count] = goal
    count++
  }
  changes.count = count
}
