import type { Table } from '../cli/table.js'
import type { BacktestKeptData } from '../documents/backtest-kept.js'
import { keptRunIds, keptRunsFolder, lastKeptRun } from '../store/kept-runs.js'
import { keptBacktest, type KeptBacktestContext } from './kept-backtest.js'

/** Every kept run, by id. */
export async function keptList(ctx: KeptBacktestContext): Promise<BacktestKeptData> {
  const root = keptRunsFolder(ctx.workspace.dataDir)
  const last = await lastKeptRun(root)
  const runs: BacktestKeptData['runs'] = []
  for (const id of await keptRunIds(root)) {
    const { data } = await keptBacktest(ctx, id)
    const { strategy, instrument, first, last: until, metrics, trades } = data
    runs.push({
      id,
      isLast: id === last,
      strategy: strategy.name,
      parameters: strategy.parameters,
      instrument,
      first,
      last: until,
      totalReturn: metrics['totalReturn'] ?? null,
      sharpe: metrics['sharpe'] ?? null,
      maxDrawdown: metrics['maxDrawdown'] ?? null,
      trades: trades.count,
    })
  }
  return { runs }
}

export function keptListTable({ runs }: BacktestKeptData): Table {
  const parametersOf = (parameters: Readonly<Record<string, number | string>>): string =>
    Object.entries(parameters)
      .map(([name, value]) => `--${name} ${value}`)
      .join(' ')
  return {
    length: runs.length,
    columns: [
      { name: 'id', kind: 'text', values: runs.map(({ id }) => id) },
      { name: 'isLast', header: 'last', kind: 'boolean', values: runs.map(({ isLast }) => isLast) },
      { name: 'strategy', kind: 'text', values: runs.map(({ strategy }) => strategy) },
      { name: 'parameters', kind: 'text', values: runs.map(({ parameters }) => parametersOf(parameters)) },
      { name: 'instrument', kind: 'text', values: runs.map(({ instrument }) => instrument) },
      { name: 'first', kind: 'text', values: runs.map(({ first }) => first) },
      { name: 'until', kind: 'text', values: runs.map(({ last }) => last) },
      { name: 'totalReturn', header: 'return', kind: 'number', digits: 4, values: runs.map((run) => run.totalReturn) },
      { name: 'sharpe', header: 'Sharpe', kind: 'number', digits: 3, values: runs.map(({ sharpe }) => sharpe) },
      {
        name: 'maxDrawdown',
        header: 'drawdown',
        kind: 'number',
        digits: 4,
        values: runs.map(({ maxDrawdown }) => maxDrawdown),
      },
      { name: 'trades', kind: 'integer', values: runs.map(({ trades }) => trades) },
    ],
  }
}
