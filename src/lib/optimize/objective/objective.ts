import { LEAN_METRICS } from '../../backtest/lean/lean-metrics.js'
import { ContangoError } from '../../kernel/errors.js'

export type Direction = 'max' | 'min'

/** Metrics of which less is better; drawdowns and losses are negative, so that more of them is. */
const LESS_IS_BETTER = new Set([
  'annualVol',
  'downsideDeviation',
  'kurtosisExcess',
  'maxDrawdownBars',
  'drawdowns',
  'ulcerIndex',
  'minimumTrackRecordBars',
  'sharpeStandardError',
  'exposure',
  'turnoverLotsPerYear',
  'grossCommission',
  'costPerTradedLotUsd',
  'consecutiveLosses',
])

export interface Goal {
  readonly metric: string
  readonly direction: Direction
  /** Place in `LEAN_METRICS`. */
  readonly at: number
}

export interface Penalty {
  readonly metric: string
  readonly weight: number
  readonly at: number
}

/** What a search looks for. */
export interface Objective {
  /** The first decides; with more there is a front. */
  readonly goals: readonly Goal[]
  /** Round trips below which a cell is not to be chosen. */
  readonly minTrades: number
  /** weight × metric, taken off the score. */
  readonly penalties: readonly Penalty[]
}

const TRADES = LEAN_METRICS.indexOf('trades')

/**
 * Reads a target: `sharpe`, `max:sharpe`, `min:ulcerIndex`, or several between commas.
 * @param penalties `turnoverLotsPerYear:0.001`: 0.001 times the turnover comes off the score
 */
export function parseObjective(target: string, minTrades: number, penalties: readonly string[]): Objective {
  const goals = target.split(',').map((word): Goal => {
    const match = /^(?:(max|min):)?(.*)$/.exec(word.trim())
    const metric = match?.[2] ?? ''
    const at = placeOfMetric(metric, '--metric')
    return {
      metric,
      at,
      direction: (match?.[1] as Direction | undefined) ?? (LESS_IS_BETTER.has(metric) ? 'min' : 'max'),
    }
  })
  const twice = goals.find(({ metric }, i) => goals.findIndex((goal) => goal.metric === metric) !== i)
  if (twice) {
    throw new ContangoError(
      'usage',
      'BAD_METRIC',
      `--metric names ${twice.metric} twice`,
      '--metric sharpe,maxDrawdown',
    )
  }
  return {
    goals,
    minTrades,
    penalties: penalties.map((word) => {
      const match = /^([A-Za-z0-9]+):([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/.exec(word.trim())
      if (!match) {
        throw new ContangoError(
          'usage',
          'BAD_PENALTY',
          `--penalty takes METRIC:WEIGHT, not "${word}"`,
          '--penalty turnoverLotsPerYear:0.001',
          { penalty: word },
        )
      }
      return { metric: match[1], weight: Number(match[2]), at: placeOfMetric(match[1], '--penalty') }
    }),
  }
}

function placeOfMetric(metric: string, flag: string): number {
  const at = LEAN_METRICS.indexOf(metric)
  if (at >= 0) return at
  throw new ContangoError(
    'usage',
    'UNKNOWN_METRIC',
    `${flag}: there is no metric "${metric}"; there are ${LEAN_METRICS.join(', ')}`,
    '--metric sharpe, --metric min:ulcerIndex, or --metric sharpe,maxDrawdown',
    { metric, metrics: LEAN_METRICS },
  )
}

/**
 * What a cell is worth to the search, higher is better: the first goal (its negative where less is better) less the penalties.
 * NaN where it is undefined, a penalty is, or the cell has too few round trips.
 * @param metrics in the order of `LEAN_METRICS` from `offset` on
 */
export function scoreOf({ goals, minTrades, penalties }: Objective, metrics: Float64Array, offset: number): number {
  if (!(metrics[offset + TRADES] >= minTrades)) return Number.NaN
  const [{ at, direction }] = goals
  let score = direction === 'max' ? metrics[offset + at] : -metrics[offset + at]
  for (const { weight, at: metric } of penalties) score -= weight * metrics[offset + metric]
  return score
}

/** Index of the highest score, the first of equal ones; −1 where none is defined. */
export function bestCell(scores: Float64Array): number {
  let best = -1
  for (let cell = 0; cell < scores.length; cell++) {
    if (Number.isNaN(scores[cell])) continue
    if (best < 0 || scores[cell] > scores[best]) best = cell
  }
  return best
}

/** The metric that is undefined in every cell, and why; thrown as a numeric error by whoever needs a best cell. */
export function noBestCell(
  { goals, minTrades, penalties }: Objective,
  cells: number,
  where = 'the sample',
): ContangoError {
  const [{ metric }] = goals
  const beside = penalties.map((penalty) => penalty.metric)
  const trades = minTrades > 0 ? `, or it has fewer than ${minTrades} trades there` : ''
  return new ContangoError(
    'numeric',
    'METRIC_UNDEFINED',
    `${[metric, ...beside].join(', ')}: undefined in ${cells === 1 ? 'the one cell' : `each of ${cells} cells`} over ${where}${trades}`,
    'another --metric, fewer --min-trades, or wider ranges',
    { metric, minTrades, cells, where },
  )
}
