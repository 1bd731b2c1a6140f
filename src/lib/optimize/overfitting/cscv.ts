import { barsInBlocks, type TrialBlocks } from './trial-blocks.js'

/** Parts of the sample in the standard set-up: 12,870 ways to take half of them. */
const MOST_PARTS = 16
const FEWEST_PARTS = 8
/** Fewer blocks in a part leave no Sharpe ratio to speak of. */
const BLOCKS_IN_PART = 2

/** Of the squares of a sample, and of all squares: less is what rounding leaves of nothing. */
const ROUNDING = 1e-13
const LEFT_OVER = 1e-12

export interface Cscv {
  readonly parts: number
  /** Ways to take half of the parts as the sample: the length of the columns. */
  readonly splits: number
  /** Share of the splits in which the best trial of one half is no better than the median in the other: logit ≤ 0. */
  readonly pbo: number
  /** ln(ω ÷ (1 − ω)), ω the rank out of sample of the best in sample, 0 the worst to 1 the best. */
  readonly logits: Float64Array
  /** Sharpe ratio per bar of the best trial in the half that chose it, and in the other. */
  readonly inSample: Float64Array
  readonly outOfSample: Float64Array
  /** Share of the splits in which the chosen trial lost money in the other half. */
  readonly probabilityOfLoss: number
}

/** Even number of parts that the blocks allow, at most 16; 0 where they are too few for a statement. */
export function cscvParts(blocks: number): number {
  const parts = Math.min(MOST_PARTS, 2 * Math.floor(blocks / (2 * BLOCKS_IN_PART)))
  return parts < FEWEST_PARTS ? 0 : parts
}

/**
 * Probability of back-test over-fitting by combinatorially symmetric cross-validation. D. H. Bailey, J. M. Borwein, M. López
 * de Prado, Q. J. Zhu (2017), "The Probability of Backtest Overfitting". The blocks are cut into `parts` stretches of time; each
 * choice of half of them is a sample, in which the trial with the highest Sharpe ratio is chosen and then ranked among all
 * in the other half. A trial that does not trade in a half has a Sharpe ratio of 0 there. Equal trials share their ranks.
 * @param parts even, 2 to 20
 */
export function cscv(trials: TrialBlocks, parts: number): Cscv {
  const { trials: count } = trials
  const { sums, squares, bars } = partSums(trials, parts)
  const half = parts / 2
  const totalBars = bars.reduce((total, n) => total + n, 0)
  const totalSums = new Float64Array(count)
  const totalSquares = new Float64Array(count)
  for (let part = 0; part < parts; part++) {
    for (let t = 0; t < count; t++) {
      totalSums[t] += sums[part * count + t]
      totalSquares[t] += squares[part * count + t]
    }
  }
  // A choice and its complement are one pair: part 0 is always in the first half. Sums of the parts taken so far lie at
  // each depth of the search, so that a pair costs one addition a trial. Scores are squares of Sharpe ratios with their sign,
  // but for a factor: s|s| ÷ (n Σr² − s²), the same order without a root.
  const depthSums = Array.from({ length: half }, () => new Float64Array(count))
  const depthSquares = Array.from({ length: half }, () => new Float64Array(count))
  const first = new Float64Array(count)
  const second = new Float64Array(count)
  const splits = binomial(parts, half)
  const logits = new Float64Array(splits)
  const inSample = new Float64Array(splits)
  const outOfSample = new Float64Array(splits)
  let found = 0

  /** Ranks the best of each half in the other: `first` belongs to the sample, `second` to the rest. */
  const choose = (bestFirst: number, bestSecond: number, firstScale: number, secondScale: number): void => {
    const inOther = second[bestFirst]
    const inThis = first[bestSecond]
    let belowOther = 0
    let equalOther = 0
    let belowThis = 0
    let equalThis = 0
    for (let t = 0; t < count; t++) {
      const one = first[t]
      const other = second[t]
      if (other < inOther) belowOther++
      else if (other === inOther) equalOther++
      if (one < inThis) belowThis++
      else if (one === inThis) equalThis++
    }
    note(belowOther, equalOther, first[bestFirst] * firstScale, inOther * secondScale)
    note(belowThis, equalThis, second[bestSecond] * secondScale, inThis * firstScale)
  }

  const note = (below: number, equal: number, inside: number, outside: number): void => {
    const rank = (below + (equal + 1) / 2) / (count + 1)
    logits[found] = Math.log(rank / (1 - rank))
    inSample[found] = Math.sign(inside) * Math.sqrt(Math.abs(inside))
    outOfSample[found] = Math.sign(outside) * Math.sqrt(Math.abs(outside))
    found++
  }

  /** Scores of all trials in the sample, which the last part completes, and in the rest. */
  const split = (part: number, barsTaken: number): void => {
    const [takenSums, takenSquares] = [depthSums[half - 1], depthSquares[half - 1]]
    const n = barsTaken
    const m = totalBars - barsTaken
    const at = part * count
    let bestFirst = 0
    let bestSecond = 0
    let highestFirst = -Infinity
    let highestSecond = -Infinity
    for (let t = 0; t < count; t++) {
      const sum = takenSums[t] + sums[at + t]
      const square = takenSquares[t] + squares[at + t]
      const restSum = totalSums[t] - sum
      const restSquare = totalSquares[t] - square
      const spread = n * square - sum * sum
      const restSpread = m * restSquare - restSum * restSum
      // What is left of the squares of a trial that does nothing in a half is rounding.
      const one = spread > ROUNDING * n * square ? (sum * Math.abs(sum)) / spread : 0
      const other =
        restSquare > LEFT_OVER * totalSquares[t] && restSpread > ROUNDING * m * restSquare
          ? (restSum * Math.abs(restSum)) / restSpread
          : 0
      first[t] = one
      second[t] = other
      if (one > highestFirst) {
        highestFirst = one
        bestFirst = t
      }
      if (other > highestSecond) {
        highestSecond = other
        bestSecond = t
      }
    }
    choose(bestFirst, bestSecond, (n - 1) / n, (m - 1) / m)
  }

  const take = (depth: number, next: number, barsTaken: number): void => {
    const last = depth === 0 ? 0 : parts - (half - depth)
    for (let part = next; part <= last; part++) {
      if (depth === half - 1) {
        split(part, barsTaken + bars[part])
        continue
      }
      addPart(depthSums[depth], sums, part * count, depthSums[depth + 1])
      addPart(depthSquares[depth], squares, part * count, depthSquares[depth + 1])
      take(depth + 1, part + 1, barsTaken + bars[part])
    }
  }
  take(0, 0, 0)
  return {
    parts,
    splits,
    logits,
    inSample,
    outOfSample,
    pbo: logits.reduce((total, logit) => total + (logit <= 0 ? 1 : 0), 0) / splits,
    probabilityOfLoss: outOfSample.reduce((total, sharpe) => total + (sharpe < 0 ? 1 : 0), 0) / splits,
  }
}

/** Sums of each part, trial beside trial, and its number of bars. */
function partSums(
  { trials, blocks, bars, sums, squares }: TrialBlocks,
  parts: number,
): { readonly sums: Float64Array; readonly squares: Float64Array; readonly bars: readonly number[] } {
  const partSum = new Float64Array(parts * trials)
  const partSquare = new Float64Array(parts * trials)
  const counts: number[] = []
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * blocks) / parts)
    const until = Math.floor(((part + 1) * blocks) / parts)
    counts.push(barsInBlocks({ bars }, from, until))
    for (let t = 0; t < trials; t++) {
      let sum = 0
      let square = 0
      for (let at = t * blocks + from; at < t * blocks + until; at++) {
        sum += sums[at]
        square += squares[at]
      }
      partSum[part * trials + t] = sum
      partSquare[part * trials + t] = square
    }
  }
  return { sums: partSum, squares: partSquare, bars: counts }
}

function addPart(so: Float64Array, parts: Float64Array, from: number, out: Float64Array): void {
  for (let t = 0; t < out.length; t++) out[t] = so[t] + parts[from + t]
}

/** Ways to take k of n. */
export function binomial(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return Math.round(ways)
}
