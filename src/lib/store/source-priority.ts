/**
 * Where a source stands: first those of `sources.priority` in order, then others by name, and the simulator always
 * last: simulated data never stands in front of real data.
 */
export function bySourcePriority(
  priority: readonly string[],
): (a: { source: string }, b: { source: string }) => number {
  const rank = (source: string): number => {
    if (source === 'sim') return Number.MAX_SAFE_INTEGER
    const index = priority.indexOf(source)
    return index === -1 ? priority.length : index
  }
  return (a, b) => rank(a.source) - rank(b.source) || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0)
}
