/** How far equity is below its highest so far at each bar. */
export interface Underwater {
  /** Equity ÷ its highest so far − 1, ≤ 0. */
  readonly drawdown: Float64Array
  /** Equity − its highest so far, USD, ≤ 0. */
  readonly drawdownUsd: Float64Array
}

/** The first peak is the initial capital. */
export function underwater(equityUsd: Float64Array, initialCapitalUsd: number): Underwater {
  const drawdown = new Float64Array(equityUsd.length)
  const drawdownUsd = new Float64Array(equityUsd.length)
  let peakUsd = initialCapitalUsd
  for (let i = 0; i < equityUsd.length; i++) {
    if (equityUsd[i] > peakUsd) peakUsd = equityUsd[i]
    drawdown[i] = equityUsd[i] / peakUsd - 1
    drawdownUsd[i] = equityUsd[i] - peakUsd
  }
  return { drawdown, drawdownUsd }
}
