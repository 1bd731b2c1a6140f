/** Horner's rule, highest power first. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * x + coefficient
  return sum
}

// W. J. Cody (1969), "Rational Chebyshev Approximations for the Error Function", tables II and III.
const SMALL_P = [
  1.85777706184603153e-1, 3.1611237438705656, 1.1386415415105016e2, 3.77485237685302021e2, 3.20937758913846947e3,
]
const SMALL_Q = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3]
const MIDDLE_P = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
  8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
]
const MIDDLE_Q = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
  4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
]
const LARGE_P = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
]
const LARGE_Q = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3,
]
const INVERSE_SQRT_PI = 0.564189583547756286948

/** exp(−x²) with the square split, so that the tail keeps its relative precision. */
function expMinusSquare(x: number): number {
  const rounded = Math.trunc(x * 16) / 16
  return Math.exp(-rounded * rounded) * Math.exp(-(x - rounded) * (x + rounded))
}

/** Error function 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size > 0.46875) return x > 0 ? 1 - erfc(x) : erfc(-x) - 1
  const square = x * x
  return (x * horner(SMALL_P, square)) / horner(SMALL_Q, square)
}

/** Complement 1 − erf(x), with full relative precision far into the tail; 0 beyond 26.5. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  const size = Math.abs(x)
  if (size <= 0.46875) return 1 - erf(x)
  let tail = 0
  if (size <= 4) tail = (expMinusSquare(size) * horner(MIDDLE_P, size)) / horner(MIDDLE_Q, size)
  else if (size < 26.6) {
    const inverse = 1 / (size * size)
    const correction = (inverse * horner(LARGE_P, inverse)) / horner(LARGE_Q, inverse)
    tail = (expMinusSquare(size) * (INVERSE_SQRT_PI - correction)) / size
  }
  return x > 0 ? tail : 2 - tail
}
