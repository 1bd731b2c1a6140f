/** Thresholds are met within rounding. */
const EPSILON = 1e-9

/**
 * Strength of a graded number: x ÷ full, at most 1 in size, and 0 (neutral) while |x| is below `entry`.
 * @returns −1 to 1; NaN for NaN
 */
export function graded(x: number, entry: number, full: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (Math.abs(x) < entry - EPSILON || Math.abs(x) < EPSILON) return 0
  return Math.max(-1, Math.min(1, x / full))
}
