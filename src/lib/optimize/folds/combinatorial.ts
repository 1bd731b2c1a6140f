import { ContangoError } from '../../kernel/errors.js'
import { BLOCK_BARS } from '../../backtest/lean/block-sums.js'
import { sharpeFromSums } from '../overfitting/block-sharpe.js'
import { barsInBlocks, type TrialBlocks } from '../overfitting/trial-blocks.js'

export interface CombinatorialPlan {
  /** Stretches of time, N. */
  readonly groups: number
  /** How many of them are tested at a time, k. */
  readonly testGroups: number
  /** Training bars before a test, and after it, that are left out; whole blocks of 20 bars are. */
  readonly purge: number
  readonly embargo: number
}

export interface CombinatorialSplit {
  readonly testGroups: readonly number[]
  readonly trainBars: number
  /** Trial with the highest Sharpe ratio in training, the first of equal ones. */
  readonly chosen: number
  /** Per bar; NaN where nothing was traded. */
  readonly inSample: number
  readonly outOfSample: number
}

export interface Combinatorial {
  readonly plan: CombinatorialPlan
  readonly splits: readonly CombinatorialSplit[]
  /** Sharpe ratio per bar of each path: every group once, each tested by parameters that were chosen without it. */
  readonly pathSharpes: Float64Array
}

/** More splits than this tell nothing new. */
const MOST_SPLITS = 20_000

/**
 * Combinatorial purged cross-validation over the trials of a sweep. M. López de Prado (2018), "Advances in Financial Machine
 * Learning", chapter 12: each choice of k of N groups is tested by the trial that was best on the others, C(N, k) splits; their
 * tests make C(N − 1, k − 1) histories of the whole sample out of sample, and a spread of Sharpe ratios in place of one.
 */
export function combinatorialCrossValidation(trials: TrialBlocks, plan: CombinatorialPlan): Combinatorial {
  const { edges, pieces, plans } = splitsOf(trials, plan)
  const splits = bestOf(trials, plans, pieces)
  return { plan, splits, pathSharpes: pathsOf(trials, plan, splits, edges) }
}

/** Whether a sample of so many bars can be cut like that; before a search is run. */
export function checkCombinatorial(sample: Sample, plan: CombinatorialPlan): void {
  splitsOf(sample, plan)
}

type Sample = Pick<TrialBlocks, 'blocks' | 'bars'>

interface SplitPlan {
  readonly tested: readonly number[]
  readonly isTest: Uint8Array
  /** Pieces to choose on. */
  readonly trained: Int32Array
  readonly trainBars: number
}

/** Every split, and the edges of the groups and of the pieces that splits are made of. */
function splitsOf(
  sample: Sample,
  { groups, testGroups, purge, embargo }: CombinatorialPlan,
): { readonly edges: number[]; readonly pieces: number[]; readonly plans: SplitPlan[] } {
  checkGroups(sample.blocks, groups, testGroups)
  const edges = Array.from({ length: groups + 1 }, (_, group) => Math.floor((group * sample.blocks) / groups))
  const groupOf = new Int32Array(sample.blocks)
  for (let group = 0; group < groups; group++) groupOf.fill(group, edges[group], edges[group + 1])
  const [before, after] = [purge, embargo].map((bars) => Math.ceil(bars / BLOCK_BARS))
  const pieces = piecesOf(edges, before, after)
  const plans = combinations(groups, testGroups).map((tested): SplitPlan => {
    const isTest = Uint8Array.from(groupOf, (group) => (tested.includes(group) ? 1 : 0))
    const isTrain = isTest.map((test, block) => {
      if (test === 1) return 0
      for (let next = block + 1; next <= block + before && next < isTest.length; next++)
        if (isTest[next] === 1) return 0
      for (let last = block - 1; last >= block - after && last >= 0; last--) if (isTest[last] === 1) return 0
      return 1
    })
    const trained = Array.from({ length: pieces.length - 1 }, (_, piece) => piece).filter(
      (piece) => isTrain[pieces[piece]] === 1,
    )
    return { tested, isTest, trained: Int32Array.from(trained), trainBars: barsOf(sample, isTrain) }
  })
  for (const { trainBars } of plans) {
    if (trainBars >= BLOCK_BARS) continue
    throw new ContangoError(
      'refused',
      'FOLD_TOO_SHORT',
      `purge and embargo leave ${trainBars} bars to choose parameters on`,
      'less --purge and --embargo, or fewer groups',
      { trainBars },
    )
  }
  return { edges, pieces, plans }
}

function checkGroups(blocks: number, groups: number, testGroups: number): void {
  const usage = (message: string, hint: string): ContangoError =>
    new ContangoError('usage', 'BAD_GROUPS', message, hint)
  if (testGroups < 1 || testGroups >= groups) {
    throw usage(
      `${testGroups} of ${groups} groups cannot be tested: at least one, and fewer than all`,
      '10 groups, 2 of them tested',
    )
  }
  if (groups > blocks / 2) {
    throw new ContangoError(
      'refused',
      'FOLD_TOO_SHORT',
      `${groups} groups of ${blocks} blocks of ${BLOCK_BARS} bars: a group needs two of them`,
      'fewer groups, or a longer history',
      { groups, blocks },
    )
  }
  let count = 1
  for (let i = 1; i <= testGroups; i++) count = (count * (groups - testGroups + i)) / i
  if (count > MOST_SPLITS) throw usage(`${Math.round(count)} splits are more than ${MOST_SPLITS}`, 'fewer groups')
}

/** Edges of the longest runs of blocks that every split takes or leaves as a whole. */
function piecesOf(edges: readonly number[], before: number, after: number): number[] {
  const last = edges[edges.length - 1]
  const cuts = edges.flatMap((edge) => [edge, edge - before, edge + after]).filter((cut) => cut >= 0 && cut <= last)
  return [...new Set(cuts)].sort((a, b) => a - b)
}

/** One pass over the trials: sums of a piece are added up once for all splits. */
function bestOf(trials: TrialBlocks, plans: readonly SplitPlan[], pieces: readonly number[]): CombinatorialSplit[] {
  const { blocks, sums, squares } = trials
  const count = pieces.length - 1
  const pieceSums = new Float64Array(count)
  const pieceSquares = new Float64Array(count)
  const chosen = new Int32Array(plans.length)
  const best = new Float64Array(plans.length).fill(Number.NaN)
  for (let trial = 0; trial < trials.trials; trial++) {
    for (let piece = 0; piece < count; piece++) {
      let sum = 0
      let square = 0
      for (let at = trial * blocks + pieces[piece]; at < trial * blocks + pieces[piece + 1]; at++) {
        sum += sums[at]
        square += squares[at]
      }
      pieceSums[piece] = sum
      pieceSquares[piece] = square
    }
    for (let split = 0; split < plans.length; split++) {
      const { trained, trainBars } = plans[split]
      let sum = 0
      let square = 0
      for (let i = 0; i < trained.length; i++) {
        sum += pieceSums[trained[i]]
        square += pieceSquares[trained[i]]
      }
      const sharpe = sharpeFromSums(sum, square, trainBars)
      // The first one that traded, then whoever is better.
      if (sharpe > best[split] || (Number.isNaN(best[split]) && !Number.isNaN(sharpe))) {
        best[split] = sharpe
        chosen[split] = trial
      }
    }
  }
  return plans.map(({ tested, isTest, trainBars }, split) => ({
    testGroups: tested,
    trainBars,
    chosen: chosen[split],
    inSample: best[split],
    outOfSample: sharpeOver(trials, chosen[split], isTest, barsOf(trials, isTest)),
  }))
}

function barsOf(sample: Sample, isIn: Uint8Array): number {
  let bars = 0
  for (let block = 0; block < isIn.length; block++)
    if (isIn[block] === 1) bars += barsInBlocks(sample, block, block + 1)
  return bars
}

function sharpeOver({ blocks, sums, squares }: TrialBlocks, trial: number, isIn: Uint8Array, bars: number): number {
  let sum = 0
  let square = 0
  for (let block = 0; block < blocks; block++) {
    if (isIn[block] === 0) continue
    sum += sums[trial * blocks + block]
    square += squares[trial * blocks + block]
  }
  return sharpeFromSums(sum, square, bars)
}

/** Path p takes for each group the p-th of the splits that test it. */
function pathsOf(
  trials: TrialBlocks,
  { groups }: CombinatorialPlan,
  splits: readonly CombinatorialSplit[],
  edges: readonly number[],
): Float64Array {
  const testing = Array.from({ length: groups }, (_, group) =>
    splits.filter(({ testGroups }) => testGroups.includes(group)).map(({ chosen }) => chosen),
  )
  return Float64Array.from({ length: testing[0].length }, (_, path) => {
    let sum = 0
    let square = 0
    for (let group = 0; group < groups; group++) {
      const row = testing[group][path] * trials.blocks
      for (let block = edges[group]; block < edges[group + 1]; block++) {
        sum += trials.sums[row + block]
        square += trials.squares[row + block]
      }
    }
    return sharpeFromSums(sum, square, trials.bars)
  })
}

/** Every choice of k of n, in the order of a dictionary. */
function combinations(n: number, k: number): number[][] {
  const found: number[][] = []
  const take = (chosen: readonly number[], next: number): void => {
    if (chosen.length === k) {
      found.push([...chosen])
      return
    }
    for (let i = next; i <= n - (k - chosen.length); i++) take([...chosen, i], i + 1)
  }
  take([], 0)
  return found
}
