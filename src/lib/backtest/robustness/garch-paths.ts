import { ContangoError } from '../../kernel/errors.js'
import { fitGarch, type GarchFit } from '../../kernel/fit-garch.js'
import type { Rng } from '../../kernel/rng.js'
import type { PriceBars } from '../price-bars.js'

/** Prices as they might have been: the run's own bars, drawn anew and scaled by a simulated variance. */
export interface PricePaths {
  readonly fit: GarchFit
  /** Overwrites `bars` with the next path; time is that of the run. */
  next(): PriceBars
}

/** At least so many price changes to fit a GARCH to. */
const GARCH_MIN_BARS = 100
const VARIANCE_CAP = 4

/**
 * Filtered historical simulation of price changes, so that prices may be zero or negative: GARCH(1,1) is fitted to the changes
 * of the close, c_t = mu + √h_t z_t; a path starts from the variance of a day of the past, draws residuals z with replacement
 * and runs h forward, at most to 4 times the highest one fitted. Open, high and low keep their distances from the close before, scaled by the same √(h ÷ h of the day drawn).
 * G. Barone-Adesi, K. Giannopoulos, L. Vosper (1999), "VaR without correlations for portfolios of derivative securities".
 */
export function garchPaths(bars: PriceBars, rng: Rng): PricePaths {
  const { timeMs, open, high, low, close } = bars
  const n = close.length
  if (n < GARCH_MIN_BARS) {
    throw new ContangoError(
      'noData',
      'TOO_FEW_BARS',
      `a GARCH needs ${GARCH_MIN_BARS} bars to be fitted to; there are ${n}`,
      '--method stationary, or a longer history',
      { bars: n },
    )
  }
  const changes = new Float64Array(n - 1)
  for (let i = 0; i < changes.length; i++) changes[i] = close[i + 1] - close[i]
  const fit = fitGarch(changes, { asymmetric: false })
  const { mu, omega, alpha, beta } = fit.parameters
  // A persistence near 1 has no usable long-run mean: what the past never came near to is no future of this model.
  const highest = VARIANCE_CAP * fit.variances.reduce((most, variance) => Math.max(most, variance), 0)
  const path = {
    timeMs,
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
  }
  const next = (): PriceBars => {
    let variance = fit.variances[rng.integer(n - 1)]
    for (let bar = 1; bar < n; bar++) {
      const drawn = rng.integer(changes.length)
      const scale = Math.sqrt(variance / fit.variances[drawn])
      const before = close[drawn]
      const base = path.close[bar - 1] + mu
      const moved = (price: number): number => base + scale * (price - before - mu)
      path.open[bar] = moved(open[drawn + 1])
      path.high[bar] = moved(high[drawn + 1])
      path.low[bar] = moved(low[drawn + 1])
      path.close[bar] = moved(close[drawn + 1])
      const shock = path.close[bar] - base
      variance = Math.min(highest, omega + alpha * shock * shock + beta * variance)
    }
    return path
  }
  return { fit, next }
}
