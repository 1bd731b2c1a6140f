import { wholeLots } from '../../execution/sizing.js'
import type { Decide } from '../strategy.js'
import type { PositionChanges } from './lean-kernel.js'

/**
 * Every decision of a strategy over bars, from the first one on, whatever is traded of them: its state on a bar is what
 * it would be had it been followed all along.
 */
export function decideAll(
  decide: Decide,
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
