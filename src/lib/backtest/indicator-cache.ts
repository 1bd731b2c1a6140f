/**
 * Columns of one series of bars by what they are ("mean:close:20"): a sweep computes each once for all cells that use it.
 * Nobody writes into what it returns.
 */
export type IndicatorCache = (key: string, make: () => readonly Float64Array[]) => readonly Float64Array[]

/** Keeps nothing: one run uses each column once. */
export const computeAnew: IndicatorCache = (_, make) => make()

/**
 * Keeps columns of one series of bars up to a number of bytes, those used last.
 * @param adopt the same column where somebody else has room for it for good; such columns are kept and not counted
 */
export function createIndicatorCache(
  limitBytes: number,
  adopt: (column: Float64Array) => Float64Array = (column) => column,
): IndicatorCache {
  const kept = new Map<string, readonly Float64Array[]>()
  const adopted = new Map<string, readonly Float64Array[]>()
  let bytes = 0
  const sizeOf = (columns: readonly Float64Array[]): number =>
    columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
  return (key, make) => {
    const elsewhere = adopted.get(key)
    if (elsewhere !== undefined) return elsewhere
    const found = kept.get(key)
    if (found !== undefined) {
      // The order of a Map is that of insertion: what was used last goes to the end.
      kept.delete(key)
      kept.set(key, found)
      return found
    }
    const own = make()
    const made = own.map(adopt)
    if (own.every((column, i) => column !== made[i])) {
      adopted.set(key, made)
      return made
    }
    bytes += sizeOf(made)
    kept.set(key, made)
    for (const [oldest, columns] of kept) {
      if (bytes <= limitBytes || oldest === key) break
      kept.delete(oldest)
      bytes -= sizeOf(columns)
    }
    return made
  }
}
