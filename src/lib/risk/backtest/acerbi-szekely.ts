export interface ShortfallTests {
  /** mean(x ÷ ES over the exceptions) + 1: 0 where ES is right, negative where it was too small; null without exceptions. */
  readonly z1: number | null
  /** Σ(x·1[exception] ÷ ES) ÷ (n·p) + 1: also sees too many exceptions. */
  readonly z2: number
}

/**
 * Was the loss beyond VaR as large as ES said? C. Acerbi, B. Székely (2014), "Backtesting Expected Shortfall", tests 1 and 2.
 * @returns null where some day has no ES above zero
 */
export function acerbiSzekely(
  pnlUsd: Float64Array,
  varUsd: Float64Array,
  esUsd: Float64Array,
  tail: number,
): ShortfallTests | null {
  const n = pnlUsd.length
  let sum = 0
  let exceptions = 0
  for (let i = 0; i < n; i++) {
    if (!(esUsd[i] > 0)) return null
    if (!(-pnlUsd[i] > varUsd[i])) continue
    sum += pnlUsd[i] / esUsd[i]
    exceptions++
  }
  return { z1: exceptions === 0 ? null : sum / exceptions + 1, z2: sum / (n * tail) + 1 }
}
