import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { BacktestMontecarloData } from '../documents/backtest-montecarlo.js'
import { fixedText, wholeText } from './number-text.js'
import { parametersText } from './parameters-text.js'
import { usdText } from './usd-text.js'

const FIGURES = ['finalEquity', 'totalReturn', 'sharpe', 'maxDrawdown', 'maxDrawdownUsd'] as const
const STATISTICS = ['observed', 'mean', 'sd', 'p1', 'p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95', 'p99'] as const

/** One row a figure. */
export function montecarloTable(data: BacktestMontecarloData): Table {
  return {
    length: FIGURES.length,
    columns: [
      { name: 'figure', kind: 'text', values: [...FIGURES] },
      ...STATISTICS.map((statistic): Column => ({
        name: statistic,
        kind: 'number',
        values: FIGURES.map((figure) => data[figure][statistic]),
      })),
      { name: 'intervalLow', kind: 'number', values: FIGURES.map((figure) => data[figure].interval.low) },
      { name: 'intervalHigh', kind: 'number', values: FIGURES.map((figure) => data[figure].interval.high) },
      { name: 'observedPercentile', kind: 'number', values: FIGURES.map((figure) => data[figure].observedPercentile) },
      { name: 'paths', kind: 'integer', values: FIGURES.map((figure) => data[figure].paths) },
    ],
  }
}

const percent = (value: number | null, digits = 1): string =>
  value === null ? '–' : `${fixedText(100 * value, digits)} %`

const ROWS: readonly [name: string, figure: (typeof FIGURES)[number], text: (value: number | null) => string][] = [
  ['final equity, USD', 'finalEquity', (value) => wholeText(value)],
  ['total return', 'totalReturn', (value) => percent(value)],
  ['Sharpe', 'sharpe', (value) => fixedText(value, 2)],
  ['max drawdown', 'maxDrawdown', (value) => percent(value)],
  ['max drawdown, USD', 'maxDrawdownUsd', (value) => wholeText(value)],
]

const SHOWN = ['p5', 'p25', 'p50', 'p75', 'p95'] as const

export function montecarloView(data: BacktestMontecarloData): Section[] {
  const { strategy, randomEntry, garch, block, probabilityOfLossInterval: loss } = data
  const parameters = parametersText(strategy.parameters)
  const text = (column: (row: (typeof ROWS)[number]) => string): readonly string[] => ROWS.map(column)
  return [
    {
      title: `${strategy.name}${parameters.length > 0 ? ` (${parameters.join(', ')})` : ''} on ${data.instrument ?? data.series}, ${data.first} to ${data.last}: ${data.paths} paths by ${data.method}`,
      lines: [
        data.how,
        ...(block ? [`blocks of ${fixedText(block.bars, 1)} bars (${block.chosen})`] : []),
        ...(data.resampled ? [data.resampled === 'pnl' ? 'profits in USD are added' : 'returns are compounded'] : []),
        ...(garch
          ? [
              `GARCH(1,1) of price changes: mu ${fixedText(garch.mu, 4)}, alpha ${fixedText(garch.alpha, 3)}, beta ${fixedText(garch.beta, 3)}${garch.converged ? '' : ' (did not settle)'}`,
            ]
          : []),
        `probability of a loss ${percent(data.probabilityOfLoss)} (${percent(loss.low)} to ${percent(loss.high)}); of ruin at ${usdText(data.ruinUsd)} ${percent(data.probabilityOfRuin, 2)}`,
        ...(randomEntry
          ? [
              `against chance: p ${fixedText(randomEntry.pValueSharpe, 3)} by Sharpe, ${fixedText(randomEntry.pValueFinalEquity, 3)} by final equity`,
            ]
          : []),
      ],
    },
    {
      table: {
        length: ROWS.length,
        columns: [
          { name: 'figure', kind: 'text', values: text(([name]) => name) },
          { name: 'run', kind: 'text', values: text(([, figure, show]) => show(data[figure].observed)) },
          ...SHOWN.map((statistic): Column => ({
            name: statistic,
            kind: 'text',
            values: text(([, figure, show]) => show(data[figure][statistic])),
          })),
          {
            name: 'percentile',
            header: 'run’s percentile',
            kind: 'text',
            values: text(([, figure]) => fixedText(data[figure].observedPercentile, 0)),
          },
        ],
      },
    },
    ...(data.assertions.length > 0
      ? [
          {
            title: 'Assertions',
            lines: data.assertions.map(
              ({ assertion, value, holds }) =>
                `${holds ? 'holds' : 'FAILS'}  ${assertion}  (${value === null ? 'undefined' : Number(value.toPrecision(6))})`,
            ),
          },
        ]
      : []),
  ]
}
