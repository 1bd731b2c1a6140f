import { JOE_KUO } from './joe-kuo.js'

const BITS = 32

/** Coordinates for which direction numbers are held. */
export const MAX_SOBOL_DIMENSIONS = JOE_KUO.length + 1

/**
 * Direction numbers as 32-bit fractions, 32 per coordinate: v_k = m_k ÷ 2^k, continued by the recurrence
 * v_k = a_1 v_{k−1} ⊕ … ⊕ a_{s−1} v_{k−s+1} ⊕ v_{k−s} ⊕ (v_{k−s} ≫ s). P. Bratley, B. L. Fox (1988), Algorithm 659.
 */
export function sobolDirections(dimensions: number): Uint32Array {
  const directions = new Uint32Array(dimensions * BITS)
  for (let k = 0; k < BITS; k++) directions[k] = 2 ** (BITS - 1 - k)
  for (let dimension = 1; dimension < dimensions; dimension++) {
    const [degree, coefficients, ...first] = JOE_KUO[dimension - 1]
    const own = directions.subarray(dimension * BITS, (dimension + 1) * BITS)
    for (let k = 0; k < BITS; k++) {
      if (k < degree) {
        own[k] = first[k] * 2 ** (BITS - 1 - k)
        continue
      }
      let value = own[k - degree] ^ (own[k - degree] >>> degree)
      for (let lag = 1; lag < degree; lag++) {
        if ((coefficients >>> (degree - 1 - lag)) & 1) value ^= own[k - lag]
      }
      own[k] = value
    }
  }
  return directions
}

/** Point `index` of the sequence in Gray-code order as 32-bit fractions, one per coordinate; point 0 is the origin. */
export function sobolPoint(directions: Uint32Array, index: number, target: Uint32Array): void {
  const gray = index ^ (index >>> 1)
  for (let dimension = 0; dimension < target.length; dimension++) {
    let word = 0
    for (let bit = 0; gray >>> bit > 0; bit++) {
      if ((gray >>> bit) & 1) word ^= directions[dimension * BITS + bit]
    }
    target[dimension] = word
  }
}

/** Turns point `index` into point `index + 1`: one direction number per coordinate, that of the lowest zero bit. */
export function nextSobolPoint(directions: Uint32Array, index: number, target: Uint32Array): void {
  const bit = 31 - Math.clz32(~index & (index + 1))
  for (let dimension = 0; dimension < target.length; dimension++)
    target[dimension] ^= directions[dimension * BITS + bit]
}
