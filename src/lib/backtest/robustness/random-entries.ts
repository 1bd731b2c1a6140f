import type { Rng } from '../../kernel/rng.js'

/** Stretches of one side, in order: −1 short, 0 flat, 1 long. */
export interface SideRuns {
  readonly sides: Int8Array
  readonly lengths: Int32Array
}

/** Stretches of equal sign in the lots held at each close. */
export function sideRuns(lots: Float64Array): SideRuns {
  const sides: number[] = []
  const lengths: number[] = []
  for (let bar = 0; bar < lots.length; bar++) {
    const side = Math.sign(lots[bar])
    if (sides.at(-1) === side) lengths[lengths.length - 1]++
    else {
      sides.push(side)
      lengths.push(1)
    }
  }
  return { sides: Int8Array.from(sides), lengths: Int32Array.from(lengths) }
}

/**
 * A position that trades as often, as long and on the same sides as the one given, at times of chance: the lengths are
 * shuffled among the stretches of each side, and the whole is turned around the circle of bars by a random number of them.
 */
export function drawRandomEntries({ sides, lengths }: SideRuns, rng: Rng, targets: Int8Array): void {
  const dealt = Int32Array.from(lengths)
  for (const side of [-1, 0, 1]) {
    const places: number[] = []
    for (let i = 0; i < sides.length; i++) if (sides[i] === side) places.push(i)
    for (let i = places.length - 1; i > 0; i--) {
      const other = rng.integer(i + 1)
      const length = dealt[places[i]]
      dealt[places[i]] = dealt[places[other]]
      dealt[places[other]] = length
    }
  }
  const bars = targets.length
  let at = rng.integer(bars)
  for (let i = 0; i < dealt.length; i++) {
    for (let k = 0; k < dealt[i]; k++) {
      targets[at] = sides[i]
      at = at + 1 === bars ? 0 : at + 1
    }
  }
}
