import { quantile } from '../../kernel/quantile.js'
import type { PathFigures } from './path-figures.js'

/** Equity over the paths at one bar, USD. */
export interface ConePoint {
  readonly bar: number
  /** Of the run itself; null after its ruin. */
  readonly observed: number | null
  readonly p5: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
}

/** Type 7 quantiles of equity at each cut of the cone. */
export function coneOf({ coneBars, coneUsd, finalUsd }: PathFigures, observedUsd: Float64Array): ConePoint[] {
  const cuts = coneBars.length
  const column = new Float64Array(finalUsd.length)
  return Array.from(coneBars, (bar, cut): ConePoint => {
    for (let path = 0; path < column.length; path++) column[path] = coneUsd[path * cuts + cut]
    const ascending = column.slice().sort()
    const at = (probability: number): number => quantile(ascending, probability)
    return {
      bar,
      observed: bar < observedUsd.length ? observedUsd[bar] : null,
      p5: at(0.05),
      p25: at(0.25),
      p50: at(0.5),
      p75: at(0.75),
      p95: at(0.95),
    }
  })
}
