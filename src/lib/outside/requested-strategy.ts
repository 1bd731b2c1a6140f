import { basename } from 'node:path'
import { signalFileStrategy } from '../backtest/signal-file-strategy.js'
import { strategyNamed } from '../backtest/strategies.js'
import type { Strategy } from '../backtest/strategy.js'
import { ContangoError } from '../kernel/errors.js'
import { namesAFile } from '../kernel/names-a-file.js'

export interface StrategyContext {
  resolveFile(file: string): string
  readonly signal: AbortSignal
}

const PROGRAM = /\.[cm]?[jt]s$/i
const TABLE = /\.(csv|tsv|txt|ndjson|jsonl|parquet|pq)$/i

/** What STRATEGY says: a name, a file with a strategy of the user's own, or a file of signals. */
export async function requestedStrategy(ctx: StrategyContext, word: string): Promise<Strategy> {
  if (!namesAFile(word)) return strategyNamed(word)
  const file = basename(word)
  if (PROGRAM.test(file)) {
    const { loadUserStrategy } = await import('./load-user-strategy.js')
    return loadUserStrategy(ctx.resolveFile(word), file, ctx.signal)
  }
  if (TABLE.test(file)) {
    const { readSignalFile } = await import('../sources/csv/signal-file.js')
    return signalFileStrategy(await readSignalFile(ctx.resolveFile(word), file, ctx.signal), file)
  }
  throw new ContangoError(
    'usage',
    'NOT_A_STRATEGY_FILE',
    `${file} is neither a strategy (.js, .mjs, .cjs, .ts, .mts, .cts) nor a file of signals (.csv, .ndjson, .parquet)`,
    'docs/strategies.md',
    { file },
  )
}
