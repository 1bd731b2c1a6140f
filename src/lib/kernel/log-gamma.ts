const HALF_LOG_2_PI = 0.91893853320467274178
/** B₂ₖ ÷ (2k(2k − 1)), highest first: the terms of Stirling's series. */
const STIRLING = [-3617 / 122400, 1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]

/**
 * ln Γ(x) for x > 0: Stirling's series from 16 on, the recurrence Γ(x + 1) = xΓ(x) below.
 * @returns NaN for x ≤ 0
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let product = 1
  let shifted = x
  while (shifted < 16) {
    product *= shifted
    shifted += 1
  }
  const inverseSquare = 1 / (shifted * shifted)
  let series = 0
  for (const term of STIRLING) series = series * inverseSquare + term
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_2_PI + series / shifted - Math.log(product)
}
