/** Minimal standard generator of Park and Miller: the peers' figures were made from the same numbers. */
export function parkMiller(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** x_t = ρ x_{t−1} + e_t, e the sum of twelve uniforms less 6, after 100 values of warm-up. */
export function autoregression(rho: number, length: number, seed: number): Float64Array {
  const uniform = parkMiller(seed)
  const values = new Float64Array(length)
  let x = 0
  for (let i = -100; i < length; i++) {
    let shock = -6
    for (let k = 0; k < 12; k++) shock += uniform()
    x = rho * x + shock
    if (i >= 0) values[i] = x
  }
  return values
}
