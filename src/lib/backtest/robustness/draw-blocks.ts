import type { Rng } from '../../kernel/rng.js'

/** stationary: geometric blocks around the circle; circular: fixed blocks around it; moving: fixed blocks that do not wrap. */
export type BlockMethod = 'stationary' | 'circular' | 'moving'

/**
 * Fills `target` with positions of a resampled series of `length` observations, block by block.
 * Stationary: each position follows the one before, or with probability 1 ÷ block starts anew anywhere, D. N. Politis,
 * J. P. Romano (1994), "The Stationary Bootstrap"; a block of 1 is the independent bootstrap. Circular: the same authors (1992).
 * Moving: H. R. Künsch (1989).
 * @param block mean length (stationary) or length, ≥ 1; the fixed ones are rounded and at most `length`
 */
export function drawBlocks(method: BlockMethod, block: number, length: number, rng: Rng, target: Int32Array): void {
  if (method === 'stationary') {
    const anew = 1 / block
    let at = 0
    for (let i = 0; i < target.length; i++) {
      if (i === 0 || rng.uniform() < anew) at = rng.integer(length)
      else at = at + 1 === length ? 0 : at + 1
      target[i] = at
    }
    return
  }
  const size = Math.min(length, Math.max(1, Math.round(block)))
  const starts = method === 'circular' ? length : length - size + 1
  for (let i = 0; i < target.length;) {
    let at = rng.integer(starts)
    for (const end = Math.min(target.length, i + size); i < end; i++) {
      target[i] = at
      at = at + 1 === length ? 0 : at + 1
    }
  }
}
