import { basename } from 'node:path'
import { dailyEquity, type DailyEquity } from '../backtest/metrics/daily-equity.js'
import { sessionTimes } from '../backtest/price-bars.js'
import { STRATEGIES } from '../backtest/strategies.js'
import type { Context } from '../cli/context.js'
import type { BacktestData } from '../documents/backtest.js'
import { dayFromIso, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { namesAFile } from '../kernel/names-a-file.js'
import { isKeptRunName } from '../store/kept-runs.js'
import { backtestOn } from './backtest-on.js'
import type { BacktestLine } from './backtest-request.js'
import { keptBacktest, type KeptBacktest } from './kept-backtest.js'
import { keptEquity } from './kept-tables.js'

/** One of the runs that are laid side by side. */
export interface Comparand {
  readonly label: string
  readonly from: 'strategy' | 'file' | 'kept'
  readonly id: string | null
  readonly asOf: EpochDay
  readonly data: BacktestData
  readonly equity: DailyEquity
  readonly simulated: boolean
  readonly source: string
}

type RunLine = (line: BacktestLine) => Parameters<typeof backtestOn>[1]

/**
 * Each word as a run: a result file, a kept run (`last`, the beginning of an id), or a strategy with its own instrument and
 * parameters in one word, `"ma-crossover wti --fast 5"`. A word that names only a product is what the strategies without one trade.
 */
export async function comparands(ctx: Context, words: readonly string[], runLine: RunLine): Promise<Comparand[]> {
  const found: (KeptBacktest | BacktestLine)[] = []
  let shared: string | undefined
  for (const word of words) {
    const one = await comparand(ctx, word)
    if (typeof one !== 'string') found.push(one)
    else if (shared === undefined) shared = one
    else {
      throw new ContangoError(
        'usage',
        'TWO_INSTRUMENTS',
        `${shared} and ${one} are both instruments: one stands for all strategies, others in the word of theirs`,
        `contango backtest compare "ma-crossover ${shared}" "ma-crossover ${one}"`,
      )
    }
  }
  if (found.length < 2) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_COMPARE',
      `a comparison takes two runs or more, and there ${found.length === 1 ? 'is one' : 'is none'}`,
      'contango backtest compare ma-crossover buy-hold wti',
    )
  }
  const runs: Comparand[] = []
  for (const one of found)
    runs.push('strategy' in one ? await runNow(ctx, one, shared, runLine) : await readThen(ctx, one))
  return distinctLabels(runs)
}

async function comparand(ctx: Context, word: string): Promise<KeptBacktest | BacktestLine | string> {
  if (word === '-' || /\.json$/i.test(word) || isKeptRunName(word)) return keptBacktest(ctx, word)
  const [strategy, ...rest] = word
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '--')
  if (namesAFile(strategy) || strategy.startsWith('signal:') || STRATEGIES.some(({ name }) => name === strategy)) {
    const [first, ...others] = rest
    const named = first !== undefined && !first.startsWith('--')
    return { strategy, instrument: named ? first : undefined, parameters: named ? others : rest }
  }
  if (rest.length === 0 && isInstrument(ctx, word)) return word
  throw new ContangoError(
    'usage',
    'UNKNOWN_RUN',
    `"${word}" is no strategy, no result file, no kept run and no instrument; strategies are ${STRATEGIES.map(({ name }) => name).join(', ')}`,
    'contango backtest compare "ma-crossover wti --fast 5" result.json last',
    { run: word },
  )
}

function isInstrument(ctx: Context, word: string): boolean {
  try {
    ctx.market.resolveProduct(word)
    return true
  } catch {
    return ctx.store.datasets({ kind: 'bars', name: word.toUpperCase() }).length > 0
  }
}

async function runNow(
  ctx: Context,
  line: BacktestLine,
  shared: string | undefined,
  runLine: RunLine,
): Promise<Comparand> {
  const instrument = line.instrument ?? shared
  const answer = await backtestOn(ctx, runLine({ ...line, instrument }), ctx.rng('look-ahead'))
  const parts = [
    namesAFile(line.strategy) ? basename(line.strategy) : line.strategy,
    line.instrument,
    ...line.parameters,
  ]
  return {
    label: parts.filter((part) => part !== undefined).join(' '),
    from: 'strategy',
    id: null,
    asOf: answer.asOf,
    data: answer.data,
    equity: dailyEquity(sessionTimes(answer.run), answer.run.equityUsd),
    simulated: answer.simulated,
    source: answer.source,
  }
}

async function readThen(ctx: Context, kept: KeptBacktest): Promise<Comparand> {
  ctx.relyOn(kept.inputs)
  const label = kept.file?.replace(/\.json$/i, '') ?? kept.id ?? 'run'
  const equity = await keptEquity(kept)
  return {
    label,
    from: kept.id === null ? 'file' : 'kept',
    id: kept.id,
    asOf: kept.asOf ?? dayFromIso(kept.data.last.slice(0, 10)) ?? equity.days[equity.days.length - 1],
    data: kept.data,
    equity,
    simulated: kept.simulated,
    source: sourcesOf(kept),
  }
}

function sourcesOf({ inputs, file, id }: KeptBacktest): string {
  const sources = [...new Set(inputs.flatMap((input) => ('config' in input ? [] : [input.source])))]
  return sources.length > 0 ? sources.join(', ') : (file ?? id ?? 'result')
}

/** Two runs of one name are told apart by a number. */
function distinctLabels(runs: readonly Comparand[]): Comparand[] {
  // Columns of the tables that have a name already.
  const seen = new Map(['metric', 'date', 'combined'].map((name) => [name, 1]))
  return runs.map((run) => {
    const times = (seen.get(run.label) ?? 0) + 1
    seen.set(run.label, times)
    return times === 1 ? run : { ...run, label: `${run.label} (${times})` }
  })
}
