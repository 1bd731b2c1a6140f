/** What is kept of each simulated path. */
export interface PathFigures {
  readonly finalUsd: Float64Array
  /** mean ÷ standard deviation (ddof 1) of the returns of equity × √ of bars a year, as in the metrics; NaN where they do not vary. */
  readonly sharpe: Float64Array
  /** Fraction, ≤ 0; the first peak is the initial capital. */
  readonly maxDrawdown: Float64Array
  readonly maxDrawdownUsd: Float64Array
  readonly ruined: Uint8Array
  /** Bars at which the cone is cut, ascending, from the first to the last. */
  readonly coneBars: Int32Array
  /** Equity of each path at each cut, path after path; a ruined path stays where it ended. */
  readonly coneUsd: Float64Array
  readonly initialCapitalUsd: number
  readonly ruinUsd: number
  readonly barsPerYear: number
}

const MOST_CUTS = 100

export function newPathFigures(
  paths: number,
  bars: number,
  { initialCapitalUsd, ruinUsd, barsPerYear }: Pick<PathFigures, 'initialCapitalUsd' | 'ruinUsd' | 'barsPerYear'>,
): PathFigures {
  const cuts = Math.min(MOST_CUTS, bars - 1)
  return {
    finalUsd: new Float64Array(paths),
    sharpe: new Float64Array(paths),
    maxDrawdown: new Float64Array(paths),
    maxDrawdownUsd: new Float64Array(paths),
    ruined: new Uint8Array(paths),
    coneBars: Int32Array.from({ length: cuts + 1 }, (_, i) => Math.round((i * (bars - 1)) / Math.max(1, cuts))),
    coneUsd: new Float64Array(paths * (cuts + 1)),
    initialCapitalUsd,
    ruinUsd,
    barsPerYear,
  }
}

/**
 * Measures one path and keeps it. It ends on its first bar at or below the level of ruin: nothing is earned after that.
 * @param equityUsd at each bar, from the first
 * @param bars how many of them the path has: an engine that ran into ruin has stopped by itself
 */
export function keepPath(figures: PathFigures, path: number, equityUsd: Float64Array, bars: number): void {
  const { coneBars, coneUsd, initialCapitalUsd, ruinUsd, barsPerYear } = figures
  const cuts = coneBars.length
  let peak = initialCapitalUsd
  let deepest = 0
  let deepestUsd = 0
  let sum = 0
  let squares = 0
  let cut = 0
  let bar = 0
  for (; bar < bars; bar++) {
    const equity = equityUsd[bar]
    if (bar > 0) {
      const step = equity / equityUsd[bar - 1] - 1
      sum += step
      squares += step * step
    }
    if (equity > peak) peak = equity
    const below = equity - peak
    if (below < deepestUsd) deepestUsd = below
    if (below / peak < deepest) deepest = below / peak
    while (cut < cuts && coneBars[cut] === bar) coneUsd[path * cuts + cut++] = equity
    if (equity <= ruinUsd) {
      bar++
      break
    }
  }
  const last = equityUsd[bar - 1]
  while (cut < cuts) coneUsd[path * cuts + cut++] = last
  const n = bar - 1
  const mean = sum / n
  const variance = (squares - n * mean * mean) / (n - 1)
  figures.finalUsd[path] = last
  figures.sharpe[path] =
    variance > 1e-12 * mean * mean ? (mean / Math.sqrt(variance)) * Math.sqrt(barsPerYear) : Number.NaN
  figures.maxDrawdown[path] = deepest
  figures.maxDrawdownUsd[path] = deepestUsd
  figures.ruined[path] = last <= ruinUsd || bar <= coneBars[cuts - 1] ? 1 : 0
}
