import { automaticBlock } from '../backtest/robustness/automatic-block.js'
import { blockPaths } from '../backtest/robustness/block-paths.js'
import type { BlockMethod } from '../backtest/robustness/draw-blocks.js'
import { decisionsFor, pricePaths, randomEntryPaths } from '../backtest/robustness/engine-paths.js'
import { garchPaths } from '../backtest/robustness/garch-paths.js'
import { sideRuns } from '../backtest/robustness/random-entries.js'
import { equitySteps, type SimulatePath, type StepKind } from '../backtest/robustness/simulate-path.js'
import { tradePaths, tradeStretches } from '../backtest/robustness/trade-paths.js'
import type { Progress } from '../cli/context.js'
import type { BacktestMontecarloData } from '../documents/backtest-montecarlo.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import type { SimulatorParameters } from '../simulate/parameters.js'
import type { BacktestAnswer, BacktestContext, BacktestRequest } from './backtest-on.js'
import { simulatedBars } from './simulated-bars.js'

export const MONTECARLO_METHODS = [
  'stationary',
  'circular',
  'moving',
  'trades',
  'trade-order',
  'garch',
  'simulator',
  'random-entry',
] as const
export type MontecarloMethod = (typeof MONTECARLO_METHODS)[number]

export interface MontecarloRequest {
  readonly backtest: Omit<BacktestRequest, 'assertions'>
  readonly method: MontecarloMethod
  readonly paths: number
  /** Mean length in bars; null chooses it. */
  readonly block: number | null
  readonly resample: StepKind | 'auto'
  /** USD; null is the maintenance margin of the largest position, 0 without one. */
  readonly ruinUsd: number | null
  readonly level: number
  readonly assertions: readonly string[]
}

export type MontecarloContext = BacktestContext & {
  readonly config: { readonly simulator: SimulatorParameters }
  readonly seed: number
  readonly signal: AbortSignal
  rng(stream: string): Rng
  progress(label: string, total: number): Progress
}

export const MONTECARLO_WORDS: Readonly<Record<MontecarloMethod, string>> = {
  stationary: 'bars of the run in blocks of geometric length, around the circle (Politis and Romano 1994)',
  circular: 'bars of the run in blocks of one length, around the circle (Politis and Romano 1992)',
  moving: 'bars of the run in blocks of one length that do not wrap (Künsch 1989)',
  trades: 'whole trades of the run with the bars they were held for and waited for, drawn with replacement',
  'trade-order': 'the trades of the run in another order, each once: only the way to the same end is chance',
  garch: 'prices of a GARCH(1,1) fitted to the price changes, residuals drawn from the past, traded by the engine',
  simulator: 'prices of the built-in simulator, one seed a path, traded by the engine',
  'random-entry':
    'the real prices, entered at random: as many positions on each side for as many bars, dealt anew, at the same costs and without stops',
}

/** How to make a path, and what it is measured against. */
export interface PreparedPaths {
  readonly simulate: SimulatePath
  /** The run that the paths are to be measured against. */
  readonly observedUsd: Float64Array
  readonly resampled: StepKind | null
  readonly block: BacktestMontecarloData['block']
  readonly garch: BacktestMontecarloData['garch']
  readonly entries: { readonly longBars: number; readonly shortBars: number; readonly stretches: number } | null
}

export function preparePaths(
  ctx: MontecarloContext,
  request: MontecarloRequest,
  answer: BacktestAnswer,
): PreparedPaths {
  const { method } = request
  const { run, bars } = answer
  const rng = ctx.rng(`montecarlo/${method}`)
  const plain = { observedUsd: run.equityUsd, resampled: null, block: null, garch: null, entries: null }
  switch (method) {
    case 'stationary':
    case 'circular':
    case 'moving':
      return blocks(request, answer, method, rng)
    case 'trades':
    case 'trade-order': {
      if (run.trades.exitBar.length < 5) {
        throw new ContangoError(
          'noData',
          'TOO_FEW_TRADES',
          `${run.trades.exitBar.length} closed trades are too few to draw from; 5 are needed`,
          '--method stationary draws bars',
          { trades: run.trades.exitBar.length },
        )
      }
      const kind = stepKind(request, answer)
      const steps = equitySteps(run.equityUsd, kind)
      const stretches = tradeStretches(run.trades.exitBar, steps.values.length)
      const simulate = tradePaths(steps, stretches, method === 'trades' ? 'draw' : 'shuffle', rng)
      return { ...plain, simulate, resampled: kind }
    }
    case 'garch': {
      const { fit, next } = garchPaths(bars, rng)
      const { mu, omega, alpha, beta } = fit.parameters
      const garch = { mu, omega, alpha, beta, persistence: alpha + beta, converged: fit.converged }
      if (!fit.converged) ctx.warn('GARCH_NOT_CONVERGED', 'the fit of the GARCH did not settle: its paths are a guess')
      return { ...plain, simulate: pricePaths(next, answer.runOver), garch }
    }
    case 'simulator': {
      const product = ctx.market.products.find((one) => one === answer.data.instrument)
      if (product === undefined) {
        throw new ContangoError(
          'usage',
          'NO_PRODUCT',
          'the simulator makes prices of a product; name the INSTRUMENT',
          'contango backtest montecarlo ma-crossover wti --method simulator',
        )
      }
      const next = simulatedBars({
        market: ctx.market,
        parameters: ctx.config.simulator,
        product,
        roll: request.backtest.roll,
        bars,
        seed: ctx.seed,
      })
      return { ...plain, simulate: pricePaths(next, answer.runOver) }
    }
    case 'random-entry': {
      if (answer.instruments.length > 1) {
        throw new ContangoError(
          'refused',
          'SEVERAL_INSTRUMENTS',
          `${answer.instruments.map(({ name }) => name).join(', ')} are several instruments, each with its own entries`,
          'one instrument; or --method stationary',
        )
      }
      const runs = sideRuns(run.lots)
      if (runs.sides.filter((side) => side !== 0).length < 5) {
        ctx.warn(
          'FEW_POSITIONS',
          `the run holds ${runs.sides.filter((side) => side !== 0).length} positions: dealt anew they are nearly the same`,
        )
      }
      const wanted = Int8Array.from(run.lots, Math.sign)
      const decisions = new Int8Array(bars.timeMs.length)
      decisionsFor(wanted, decisions.subarray(0, wanted.length))
      const held = (side: number): number => wanted.filter((sign) => sign === side).length
      return {
        ...plain,
        simulate: randomEntryPaths(runs, wanted.length, (script) => answer.runScript(script), rng),
        observedUsd: answer.runScript(decisions).equityUsd,
        entries: { longBars: held(1), shortBars: held(-1), stretches: runs.sides.length },
      }
    }
  }
}

function blocks(request: MontecarloRequest, answer: BacktestAnswer, method: BlockMethod, rng: Rng): PreparedPaths {
  const { equityUsd } = answer.run
  const kind = stepKind(request, answer)
  const steps = equitySteps(equityUsd, kind)
  const block = request.block ?? automaticBlock(steps.values, method)
  return {
    simulate: blockPaths(steps, method, block, rng),
    observedUsd: equityUsd,
    resampled: kind,
    block: { bars: block, chosen: request.block === null ? 'automatic' : 'given' },
    garch: null,
    entries: null,
  }
}

/** Where the size is fixed in lots, profit in USD knows nothing of the equity; where it follows equity, returns do not. */
function stepKind({ resample }: MontecarloRequest, { data }: BacktestAnswer): StepKind {
  if (resample !== 'auto') return resample
  return data.sizing.kind === 'fixed' ? 'pnl' : 'returns'
}
