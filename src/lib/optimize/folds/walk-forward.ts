import { ContangoError } from '../../kernel/errors.js'

/** Bars `from` to `until`, the latter not among them, whose returns count. */
export interface Window {
  readonly from: number
  readonly until: number
}

/** One step of walking forward: the search sees `train`, the parameters that it chooses are traded on `test`. */
export interface Fold {
  readonly train: Window
  readonly test: Window
}

/** rolling: each search sees as many bars as the first. anchored: all bars from the beginning. */
export const WALK_MODES = ['rolling', 'anchored'] as const
export type WalkMode = (typeof WALK_MODES)[number]

export interface WalkForwardPlan extends Window {
  readonly mode: WalkMode
  readonly folds: number
  /** Share of a fold that the search sees, between 0 and 1. */
  readonly inSample: number
  /** Bars between a search and its test that belong to neither: as many as a decision looks ahead or a position lasts. */
  readonly purge: number
  /** Further such bars. Walking forward, nothing of a search comes after its test, so that both make one gap. */
  readonly embargo: number
  /** Bars before the slowest cell decides. */
  readonly warmUp: number
}

/** A test of fewer bars is no test. */
const SHORTEST_TEST = 20

/**
 * Folds whose tests follow each other without a gap until the end. A window of W bars, `inSample` of it for the search, moves on by its
 * test: W (1 + (folds − 1)(1 − inSample)) bars in all. One fold is a plain split. Bar 0 has no return and is in none.
 */
export function walkForwardFolds(plan: WalkForwardPlan): Fold[] {
  const { folds, inSample, mode, purge, embargo, warmUp } = plan
  const first = Math.max(1, plan.from)
  const bars = plan.until - first
  if (!(inSample > 0 && inSample < 1)) {
    throw new ContangoError('usage', 'BAD_FOLDS', `--in-sample is between 0 and 1, not ${inSample}`, '--in-sample 0.7')
  }
  const window = bars / (1 + (folds - 1) * (1 - inSample))
  const trainBars = window * inSample
  const testBars = window - trainBars
  const gap = purge + embargo
  const edge = (fold: number): number => first + Math.round(trainBars + fold * testBars)
  const found = Array.from({ length: folds }, (_, fold): Fold => {
    const test = { from: edge(fold), until: fold + 1 === folds ? plan.until : edge(fold + 1) }
    const start = mode === 'anchored' ? first : test.from - Math.round(trainBars)
    return { train: { from: start, until: test.from - gap }, test }
  })
  for (const [fold, { train, test }] of found.entries()) {
    const trained = train.until - train.from
    if (trained <= warmUp)
      throw tooShort(
        fold,
        `its search has ${trained} bars, and ${warmUp} pass before the slowest parameters decide`,
        trained,
        warmUp,
      )
    const tested = test.until - test.from
    if (tested < SHORTEST_TEST)
      throw tooShort(fold, `its test has ${tested} bars, and ${SHORTEST_TEST} are the fewest`, tested, SHORTEST_TEST)
  }
  return found
}

function tooShort(fold: number, problem: string, bars: number, needed: number): ContangoError {
  return new ContangoError(
    'refused',
    'FOLD_TOO_SHORT',
    `fold ${fold + 1} is too short: ${problem}`,
    'fewer --folds, a longer history, shorter windows, or less --purge and --embargo',
    { fold: fold + 1, bars, needed },
  )
}

/**
 * Parts of a training window that a nested search scores one by one: parameters must do well in each, and the test of the fold is
 * in none of them. Contiguous, as even as whole bars allow.
 */
export function innerWindows({ from, until }: Window, parts: number): Window[] {
  const bars = until - from
  return Array.from({ length: parts }, (_, part) => ({
    from: from + Math.floor((part * bars) / parts),
    until: from + Math.floor(((part + 1) * bars) / parts),
  }))
}
