/**
 * p-values of several tests at once: the smallest × their number, the next × one fewer …, never falling and at most 1. Rejecting
 * those below 5 % is wrong anywhere at most once in twenty times. S. Holm (1979), "A simple sequentially rejective multiple test
 * procedure".
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b])
  const adjusted = new Array<number>(pValues.length)
  let least = 0
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * pValues[i]))
    adjusted[i] = least
  })
  return adjusted
}
