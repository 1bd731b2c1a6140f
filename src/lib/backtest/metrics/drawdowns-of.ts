export interface Drawdown {
  /** Bar of the peak; −1 is the initial capital. */
  readonly peakBar: number
  readonly troughBar: number
  /** First bar back at the peak; null while it lasts. */
  readonly recoveryBar: number | null
  /** Fraction of the peak, negative. */
  readonly depth: number
  readonly depthUsd: number
  /** Bars from the peak to the recovery, or to the last bar. */
  readonly bars: number
}

/** Every stretch below a former peak, in order of time. */
export function drawdownsOf({
  drawdown,
  drawdownUsd,
}: {
  readonly drawdown: Float64Array
  readonly drawdownUsd: Float64Array
}): Drawdown[] {
  const found: Drawdown[] = []
  let peakBar = -1
  let troughBar = -1
  for (let bar = 0; bar <= drawdown.length; bar++) {
    const ends = bar === drawdown.length || drawdown[bar] === 0
    if (!ends) {
      if (troughBar < 0 || drawdown[bar] < drawdown[troughBar]) troughBar = bar
      continue
    }
    if (troughBar >= 0) {
      found.push({
        peakBar,
        troughBar,
        recoveryBar: bar === drawdown.length ? null : bar,
        depth: drawdown[troughBar],
        depthUsd: drawdownUsd[troughBar],
        bars: Math.min(bar, drawdown.length - 1) - peakBar,
      })
      troughBar = -1
    }
    peakBar = bar
  }
  return found
}
