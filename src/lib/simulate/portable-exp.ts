/** ln 2 in two parts: the first has 32 significant bits, so that k × LN2_HIGH is exact for every k in range. */
export const LN2_HIGH = 2_977_044_471 / 4_294_967_296
export const LN2_LOW = 1.9082149292705877e-10

const SMALLEST_EXPONENT = -1022
const powersOfTwo = new Float64Array(2046)
powersOfTwo[-SMALLEST_EXPONENT] = 1
for (let k = 1; k <= 1023; k++) powersOfTwo[k - SMALLEST_EXPONENT] = powersOfTwo[k - 1 - SMALLEST_EXPONENT] * 2
for (let k = -1; k >= SMALLEST_EXPONENT; k--)
  powersOfTwo[k - SMALLEST_EXPONENT] = powersOfTwo[k + 1 - SMALLEST_EXPONENT] / 2

const inverseFactorials = new Float64Array(14)
inverseFactorials[0] = 1
for (let n = 1; n < 14; n++) inverseFactorials[n] = inverseFactorials[n - 1] / n

/**
 * e^x from additions, multiplications and divisions alone. IEEE 754 fixes those to the bit and leaves `Math.exp` to the
 * engine, whose last digit has changed between V8 versions: a price one tick apart would change every fingerprint.
 * Argument reduction to |r| ≤ ln 2 / 2, then the Taylor series to r¹³: relative error below 4e-16.
 * @param x −700 to 700; NaN outside
 */
export function portableExp(x: number): number {
  if (!(x >= -700 && x <= 700)) return Number.NaN
  const k = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = inverseFactorials[13]
  for (let n = 12; n >= 0; n--) sum = sum * r + inverseFactorials[n]
  return sum * powersOfTwo[k - SMALLEST_EXPONENT]
}
