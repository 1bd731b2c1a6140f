/**
 * How many bars a running sum may live before it is summed afresh: rounding then never builds up over a long history,
 * and the extra work stays below a quarter.
 */
export function resumEvery(period: number): number {
  return Math.max(256, 4 * period)
}
