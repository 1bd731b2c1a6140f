import type { Rng } from '../../kernel/rng.js'
import { walkSteps, type EquitySteps, type SimulatePath } from './simulate-path.js'

/** Stretches of bars that belong together: from after one exit up to and with the next, waiting time and trade. */
export interface TradeStretches {
  /** First step of each, ascending. */
  readonly starts: Int32Array
  /** One past its last step. */
  readonly ends: Int32Array
}

/**
 * Cuts the steps between bars after each exit; what comes after the last one (a position still open) is a stretch too.
 * @param exitBar bar of each exit, ascending; step i leads to bar i + 1
 */
export function tradeStretches(exitBar: ArrayLike<number>, steps: number): TradeStretches {
  const ends: number[] = []
  for (let t = 0; t < exitBar.length; t++) {
    const end = Math.min(steps, exitBar[t])
    if (end > (ends.at(-1) ?? 0)) ends.push(end)
  }
  if ((ends.at(-1) ?? 0) < steps) ends.push(steps)
  return { starts: Int32Array.from([0, ...ends.slice(0, -1)]), ends: Int32Array.from(ends) }
}

/**
 * Paths that draw whole trades, each with the bars it was held for, so that losses inside a trade stay in the drawdown.
 * @param order draw: with replacement, until the bars of the run are filled; shuffle: each once, so that only the order is chance
 */
export function tradePaths(
  steps: EquitySteps,
  { starts, ends }: TradeStretches,
  order: 'draw' | 'shuffle',
  rng: Rng,
): SimulatePath {
  const positions = new Int32Array(steps.values.length)
  const deck = Int32Array.from(starts, (_, i) => i)
  return (equityUsd) => {
    let filled = 0
    for (let drawn = 0; filled < positions.length; drawn++) {
      let stretch: number
      if (order === 'draw') stretch = rng.integer(deck.length)
      else {
        const other = drawn + rng.integer(deck.length - drawn)
        stretch = deck[other]
        deck[other] = deck[drawn]
        deck[drawn] = stretch
      }
      for (let at = starts[stretch]; at < ends[stretch] && filled < positions.length; at++) positions[filled++] = at
    }
    return walkSteps(steps, positions, equityUsd)
  }
}
