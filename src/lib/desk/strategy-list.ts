import type { Section } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import { parseStrategyParameters } from '../backtest/parse-strategy-parameters.js'
import { COMPOSITE, SIGNAL_PREFIX, signalStrategy } from '../backtest/strategies/signal-strategy.js'
import type { Strategy } from '../backtest/strategy.js'
import type { BacktestListData } from '../documents/backtest-list.js'
import { sizingWords } from '../execution/sizing-words.js'
import { SIGNALS } from '../signals/definitions.js'

/** Strategies with their rules, parameters and needs; signals beside them where all are listed. */
export function strategyList(strategies: readonly Strategy[], withSignals: boolean): BacktestListData {
  return {
    strategies: strategies.map((strategy) => {
      const { name, summary, rule, parameters } = strategy
      const values = parseStrategyParameters(strategy, [])
      const sizing = strategy.sizing?.(values)
      return {
        name,
        summary,
        rule,
        parameters: parameters.map((parameter) => ({
          name: parameter.name,
          kind: parameter.kind,
          default: parameter.default,
          min: 'min' in parameter ? finite(parameter.min) : null,
          max: 'max' in parameter ? finite(parameter.max) : null,
          options: 'options' in parameter ? [...parameter.options] : null,
          summary: parameter.summary,
        })),
        columns: [...(strategy.columns?.(values) ?? [])],
        sizing: sizing === undefined ? null : sizingWords(sizing),
        firstDecisionBar: strategy.firstDecisionBar(values),
      }
    }),
    signals: withSignals
      ? [...SIGNALS, { name: COMPOSITE, title: signalStrategy(`${SIGNAL_PREFIX}${COMPOSITE}`).summary }].map(
          ({ name, title }) => ({ name: `${SIGNAL_PREFIX}${name}`, title }),
        )
      : [],
  }
}

const finite = (limit: number): number | null => (Math.abs(limit) === Number.MAX_VALUE ? null : limit)

type ListedParameter = BacktestListData['strategies'][number]['parameters'][number]

/** What a parameter takes: `1..100000`, `state|cross`, `TEXT`. */
function takes({ kind, min, max, options }: ListedParameter): string {
  if (options !== null) return options.join('|')
  if (kind === 'text') return 'TEXT'
  return min === null && max === null ? 'N' : `${min ?? ''}..${max ?? ''}`
}

/** One row a strategy. */
export function strategyListTable({ strategies }: BacktestListData): Table {
  const text = (of: (one: BacktestListData['strategies'][number]) => string): string[] => strategies.map(of)
  return {
    length: strategies.length,
    columns: [
      { name: 'strategy', kind: 'text', values: text(({ name }) => name) },
      {
        name: 'parameters',
        kind: 'text',
        values: text(({ parameters }) =>
          parameters.map((parameter) => `--${parameter.name} ${parameter.default}`.trim()).join(' '),
        ),
      },
      { name: 'columns', kind: 'text', values: text(({ columns }) => columns.join(' ')) },
      { name: 'rule', kind: 'text', values: text(({ rule }) => rule) },
    ],
  }
}

export function strategyListView({ strategies, signals }: BacktestListData): Section[] {
  return [
    ...strategies.map(({ name, summary, rule, parameters, columns, sizing }) => ({
      title: name,
      lines: [
        ...(summary === '' ? [] : [summary]),
        rule,
        ...(columns.length > 0 ? [`looks at ${columns.join(', ')} besides prices`] : []),
        ...(sizing === null ? [] : [`its size, unless --sizing says another: ${sizing}`]),
        ...parameters.map((parameter) =>
          `  --${parameter.name} ${takes(parameter)}  (${parameter.default})  ${parameter.summary}`.trimEnd(),
        ),
      ],
    })),
    ...(signals.length > 0
      ? [
          {
            title: 'signal:NAME, any signal of contango signals',
            lines: signals.map(({ name, title }) => `  ${name}  ${title}`),
          },
        ]
      : []),
  ]
}
