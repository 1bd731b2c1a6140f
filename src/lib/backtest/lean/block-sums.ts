/** Returns in one block of the sums that a sweep keeps of every cell. */
export const BLOCK_BARS = 20

/** Where the sums of each block go: {@link blockCount} numbers from `offset` on. Double or single precision. */
export interface BlockTarget {
  readonly sums: Float64Array | Float32Array
  readonly squares: Float64Array | Float32Array
  readonly offset: number
}

/** ⌈bars ÷ 20⌉ */
export function blockCount(bars: number): number {
  return Math.ceil(bars / BLOCK_BARS)
}

/** Sums and sums of squares of the returns in blocks; those of the blocks that a ruined run does not reach are left alone. */
export function blockSums(returns: Float64Array, { sums, squares, offset }: BlockTarget): void {
  let block = offset
  for (let from = 0; from < returns.length; from += BLOCK_BARS) {
    const end = Math.min(returns.length, from + BLOCK_BARS)
    let s = 0
    let q = 0
    for (let i = from; i < end; i++) {
      const r = returns[i]
      s += r
      q += r * r
    }
    sums[block] = s
    squares[block] = q
    block++
  }
}
