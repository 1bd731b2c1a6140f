/**
 * Spreads the delta of each contract over the key tenors next to it, in proportion to its distance: a contract between
 * two keys belongs to both, one outside to the nearest. The sum stays.
 * @param keys ranks, ascending
 */
export function keyTenorDeltas(
  positions: readonly { readonly rank: number; readonly delta: number }[],
  keys: readonly number[],
): Float64Array {
  const deltas = new Float64Array(keys.length)
  for (const { rank, delta } of positions) {
    const after = keys.findIndex((key) => key >= rank)
    if (after <= 0) {
      deltas[after < 0 ? keys.length - 1 : 0] += delta
      continue
    }
    const weight = (rank - keys[after - 1]) / (keys[after] - keys[after - 1])
    deltas[after] += weight * delta
    deltas[after - 1] += (1 - weight) * delta
  }
  return deltas
}
