import type { OptimizeResult } from '../documents/optimize.js'
import type { EpochDay } from '../kernel/day.js'
import { parameterMap, parameterSpread, type ParameterMap, type ParameterSpread } from '../optimize/landscape.js'
import type { Dimension } from '../optimize/space/dimension.js'
import type { OptimizeAnswer } from './optimize-on.js'

type Place = { readonly x: number; readonly y: number }

/** A search with what its document does not carry: how all cells came out, and every split of the cross-validation. */
export interface SearchLandscape {
  readonly data: OptimizeResult
  readonly asOf: EpochDay
  readonly simulated: boolean
  readonly source: string
  /** What the cells are shown by: the first goal, or the score where penalties come off it. */
  readonly metric: string
  readonly lowIsGood: boolean
  readonly digits: number
  /** Of the chosen cell. */
  readonly chosenValue: number | null
  /** Over the two parameters that move the metric most; null where fewer than two were searched. */
  readonly map: (Omit<ParameterMap, 'placeOf'> & { readonly chosen: Place; readonly others: readonly string[] }) | null
  /** One each searched parameter. */
  readonly slices: readonly (Omit<ParameterSpread, 'placeOf'> & { readonly chosen: number })[]
  /** Sharpe ratios a year of the best trial of each split in the half that chose it, and in the other. */
  readonly splits: { readonly inSample: Float64Array; readonly outOfSample: Float64Array } | null
}

/** How the metric is spread over the cells that might have been chosen. */
export function searchLandscape(answer: OptimizeAnswer): SearchLandscape {
  const { data, cells, scores, metrics, dimensions, split, goal } = answer
  const penalised = data.objective.penalties.length > 0
  const width = metrics.length / Math.max(1, cells.length)
  const metricOf = (cell: number): number =>
    penalised || Number.isNaN(scores[cell]) ? scores[cell] : metrics[cell * width + goal.at]
  const measured = { cells: cells.length, valuesAt: (cell: number) => cells[cell], metricOf }
  const lowIsGood = !penalised && goal.direction === 'min'
  const best = data.best.parameters
  const most = binsOf(dimensions, cells.length)
  const spreads = dimensions
    .map((dimension) => ({ dimension, spread: parameterSpread(dimension, measured, most) }))
    .filter(({ spread }) => spread.labels.length > 1)
  const [x, y] = twoThatMatter(spreads)
  const mapped = y === undefined ? null : parameterMap(x, y, measured, lowIsGood, most)
  const year = Math.sqrt(data.settings.barsPerYear)
  return {
    data,
    asOf: answer.asOf,
    simulated: answer.simulated,
    source: answer.source,
    metric: penalised ? 'score' : goal.metric,
    lowIsGood,
    digits: digitsOf(scores.map((_, cell) => metricOf(cell))),
    chosenValue: penalised ? data.best.score : (data.best.metrics[goal.metric] ?? null),
    map: mapped && {
      x: mapped.x,
      y: mapped.y,
      values: mapped.values,
      chosen: mapped.placeOf(best),
      others: spreads.map(({ dimension }) => dimension.name).filter((name) => name !== x.name && name !== y.name),
    },
    slices: spreads.map(({ spread: { placeOf, ...spread } }) => ({ ...spread, chosen: placeOf(best) })),
    splits: split && {
      inSample: split.inSample.map((sharpe) => sharpe * year),
      outOfSample: split.outOfSample.map((sharpe) => sharpe * year),
    },
  }
}

/** A drawn search tries few of the many combinations: bins wide enough to hold some of its cells. */
function binsOf(dimensions: readonly Dimension[], cells: number): number {
  const combinations = dimensions.reduce(
    (product, one) => product * (one.kind === 'values' ? one.values.length : 20),
    1,
  )
  return combinations <= 4 * cells ? Infinity : Math.min(20, Math.max(4, Math.round(Math.sqrt(cells / 2))))
}

/** The parameters along which the median moves most, in the order in which the strategy has them. */
function twoThatMatter(
  spreads: readonly { readonly dimension: Dimension; readonly spread: ParameterSpread }[],
): Dimension[] {
  return spreads
    .map(({ dimension, spread: { median } }, place) => {
      const known = median.filter((value) => value !== null)
      return { dimension, place, moves: known.length === 0 ? 0 : Math.max(...known) - Math.min(...known) }
    })
    .sort((a, b) => b.moves - a.moves || a.place - b.place)
    .slice(0, 2)
    .sort((a, b) => a.place - b.place)
    .map(({ dimension }) => dimension)
}

/** Two decimals of a ratio, more of small fractions, none of thousands. */
function digitsOf(values: Float64Array): number {
  const most = values.reduce((top, value) => (Number.isNaN(value) ? top : Math.max(top, Math.abs(value))), 0)
  if (most >= 1000) return 0
  if (most >= 10) return 1
  return most >= 0.1 || most === 0 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(most)))
}
