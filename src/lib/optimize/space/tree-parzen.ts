import { normalCdf, normalPdf, normalQuantile } from '../../kernel/normal-distribution.js'
import { seededRng, type Rng } from '../../kernel/rng.js'
import type { ParameterValues } from '../../backtest/strategy.js'
import { placeOf, type Dimension } from './dimension.js'
import { cellKey, randomCells, valuesAtPlaces } from './draw-cells.js'
import type { SearchSpace } from './search-space.js'

/** Cells of one proposal: always so many, so that what is tried does not depend on the number of threads. */
export const TPE_BATCH = 8
/** Cells drawn at random before there is something to learn from. */
const START_UP = 16
/** Share of the trials that count as good. */
const GOOD = 0.25
const CANDIDATES = 32
/** Draws for one proposal until the space counts as drawn out. */
const PATIENCE = 200

export interface TrialScore {
  readonly values: ParameterValues
  /** Higher is better; NaN where the trial is none that may be chosen. */
  readonly score: number
}

/**
 * The next {@link TPE_BATCH} cells of a Bayesian search by tree-structured Parzen estimators: of candidates drawn where good
 * trials lie, those whose density among the good is highest beside that among the others. J. Bergstra, R. Bardenet, Y. Bengio,
 * B. Kégl (2011), "Algorithms for Hyper-Parameter Optimization". One kernel density a parameter, a prior over the whole range
 * among its kernels. A cell that was tried or proposed is not proposed again; those proposed in this batch count as
 * not good, which keeps the batch apart.
 * @param history all trials of the batches before, in their order
 * @param seed with the number of trials so far it fixes the draws: a search goes on where it was stopped
 * @returns fewer where the space has no more, none where it is drawn out
 */
export function proposeCells(space: SearchSpace, history: readonly TrialScore[], seed: number): ParameterValues[] {
  const rng = seededRng(seed, `tpe/${history.length}`)
  const tried = new Set(history.map(({ values }) => cellKey(space, values)))
  if (history.length < START_UP) {
    return randomCells(space, tried.size + TPE_BATCH, rng)
      .filter((values) => !tried.has(cellKey(space, values)))
      .slice(0, TPE_BATCH)
  }
  const { dimensions } = space
  const order = history
    .map((_, i) => i)
    .sort((a, b) => rankScore(history[b].score) - rankScore(history[a].score) || a - b)
  const goodCount = Math.max(2, Math.ceil(GOOD * history.length))
  const placesOf = (indices: readonly number[]): number[][] =>
    dimensions.map((dimension) => indices.map((i) => placeOf(dimension, history[i].values[dimension.name])))
  const good = placesOf(order.slice(0, goodCount))
  const others = placesOf(order.slice(goodCount))
  const proposals: ParameterValues[] = []
  while (proposals.length < TPE_BATCH) {
    const found = bestCandidate(space, good, others, tried, rng)
    if (found === null) break
    proposals.push(found)
    tried.add(cellKey(space, found))
    dimensions.forEach((dimension, d) => others[d].push(placeOf(dimension, found[dimension.name])))
  }
  // What no density leads to may still be there.
  if (proposals.length < TPE_BATCH) {
    for (const values of randomCells(space, tried.size + TPE_BATCH, rng)) {
      if (proposals.length < TPE_BATCH && !tried.has(cellKey(space, values))) proposals.push(values)
    }
  }
  return proposals
}

const rankScore = (score: number): number => (Number.isNaN(score) ? -Infinity : score)

function bestCandidate(
  space: SearchSpace,
  good: readonly number[][],
  others: readonly number[][],
  tried: ReadonlySet<string>,
  rng: Rng,
): ParameterValues | null {
  const { dimensions } = space
  const near = good.map((places, d) => densityOf(places, dimensions[d]))
  const far = others.map((places, d) => densityOf(places, dimensions[d]))
  let best: ParameterValues | null = null
  let highest = -Infinity
  let found = 0
  for (let draw = 0; draw < PATIENCE && found < CANDIDATES; draw++) {
    const values = valuesAtPlaces(
      dimensions,
      near.map((density) => density.sample(rng)),
    )
    if (tried.has(cellKey(space, values)) || !space.allows(values)) continue
    found++
    let gain = 0
    dimensions.forEach((dimension, d) => {
      const place = placeOf(dimension, values[dimension.name])
      gain += Math.log(near[d].at(place)) - Math.log(far[d].at(place))
    })
    if (gain > highest) {
      highest = gain
      best = values
    }
  }
  return best
}

interface Density {
  readonly at: (place: number) => number
  readonly sample: (rng: Rng) => number
}

/** Kernels on the unit interval, cut off at its ends, and one as wide as the interval; shares for words without an order. */
function densityOf(places: readonly number[], dimension: Dimension): Density {
  if (dimension.kind === 'values' && typeof dimension.values[0] === 'string') {
    return categorical(places, dimension.values.length)
  }
  const sorted = [...places].sort((a, b) => a - b)
  const narrowest = 1 / Math.min(100, sorted.length + 1)
  const kernels = sorted.map((centre, i) => {
    const left = centre - (i > 0 ? sorted[i - 1] : 0)
    const right = (i + 1 < sorted.length ? sorted[i + 1] : 1) - centre
    return kernelAt(centre, Math.min(1, Math.max(narrowest, left, right)))
  })
  kernels.push(kernelAt(0.5, 1))
  return {
    at: (place) => kernels.reduce((sum, kernel) => sum + kernel.at(place), 0) / kernels.length,
    sample: (rng) => kernels[rng.integer(kernels.length)].sample(rng),
  }
}

function kernelAt(centre: number, width: number): Density {
  const from = normalCdf(-centre / width)
  const mass = normalCdf((1 - centre) / width) - from
  return {
    at: (place) => normalPdf((place - centre) / width) / (width * mass),
    sample: (rng) => Math.min(1, Math.max(0, centre + width * normalQuantile(from + rng.uniform() * mass))),
  }
}

function categorical(places: readonly number[], count: number): Density {
  const weights = new Array<number>(count).fill(1)
  for (const place of places) weights[Math.min(count - 1, Math.floor(place * count))]++
  const total = places.length + count
  return {
    at: (place) => weights[Math.min(count - 1, Math.floor(place * count))] / total,
    sample(rng) {
      let rest = rng.uniform() * total
      let choice = 0
      while (choice + 1 < count && rest >= weights[choice]) rest -= weights[choice++]
      return (choice + 0.5) / count
    },
  }
}
