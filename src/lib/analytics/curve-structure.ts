export type CurveStructure = 'contango' | 'backwardation' | 'mixed'

/**
 * Shape of a curve: contango if every difference (farther − nearer) between neighbours is > 0, backwardation if every
 * one is < 0, else mixed: one flat pair is enough.
 * @param settlements nearest first, the ranks that decide (1–12)
 * @returns null for fewer than two contracts
 */
export function curveStructure(settlements: ArrayLike<number>): CurveStructure | null {
  if (settlements.length < 2) return null
  let rising = 0
  let falling = 0
  for (let i = 1; i < settlements.length; i++) {
    if (settlements[i] > settlements[i - 1]) rising++
    else if (settlements[i] < settlements[i - 1]) falling++
  }
  const pairs = settlements.length - 1
  return rising === pairs ? 'contango' : falling === pairs ? 'backwardation' : 'mixed'
}
