import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import { isoDays } from '../kernel/day.js'
import type { BacktestCompareData } from '../documents/backtest-compare.js'
import type { Comparison } from './compare-backtests.js'
import { fixedText, signedText } from './number-text.js'
import { usdText } from './usd-text.js'

/** One row a metric over the common days, one column a run, the combined account last. */
export function compareTable({ runs, common }: BacktestCompareData): Table {
  const columns: Column[] = runs.map(({ label }, i) => ({
    name: label,
    kind: 'number',
    values: common.metrics.map(({ values }) => values[i]),
  }))
  return {
    length: common.metrics.length,
    columns: [
      { name: 'metric', kind: 'text', values: common.metrics.map(({ name }) => name) },
      ...columns,
      { name: 'combined', kind: 'number', values: common.metrics.map(({ combined }) => combined) },
    ],
  }
}

/** Equity of each run and of all together on the common days. */
export function compareEquityTable({ data, days, equityUsd, combinedUsd }: Comparison): Table {
  return {
    length: days.length,
    columns: [
      { name: 'date', kind: 'text', values: isoDays(days) },
      ...data.runs.map(({ label }, i): Column => ({ name: label, kind: 'number', values: equityUsd[i] })),
      { name: 'combined', kind: 'number', values: combinedUsd },
    ],
  }
}

const FRACTIONS = new Set([
  'totalReturn',
  'cagr',
  'annualVol',
  'probabilisticSharpe',
  'maxDrawdown',
  'ulcerIndex',
  'var95',
  'cvar95',
  'bestReturn',
  'worstReturn',
])

function metricText(name: string, value: number | null): string {
  if (value === null) return '–'
  if (name === 'maxDrawdownCash') return usdText(value)
  return FRACTIONS.has(name) ? `${fixedText(100 * value, 2)} %` : fixedText(value, 3)
}

export function compareView(data: BacktestCompareData): Section[] {
  const { runs, common, correlation, combined, pairs } = data
  const text = (name: string, values: readonly string[], header?: string): Column => ({
    name,
    kind: 'text',
    values,
    header,
  })
  const dropped = runs.filter(({ droppedDays }) => droppedDays > 0)
  return [
    {
      title: `${runs.length} runs on ${common.days} common days, ${common.first} to ${common.last}`,
      lines: [
        ...runs.map(
          ({ label, strategy, instrument, first, last, trades, from }, i) =>
            `${i + 1}  ${label}: ${strategy}${instrument === null ? '' : ` on ${instrument}`}, ${first} to ${last}, ${trades} trades${from === 'strategy' ? '' : ' (read, not run)'}`,
        ),
        ...dropped.map(
          ({ label, droppedDays, firstDropped }) =>
            `${label}: ${droppedDays} days are not in every run (${firstDropped.join(', ')}${droppedDays > firstDropped.length ? ' …' : ''})`,
        ),
      ],
    },
    {
      title: 'On the common days',
      table: {
        length: common.metrics.length,
        columns: [
          text(
            'metric',
            common.metrics.map(({ name }) => name),
          ),
          ...runs.map(({ label }, i) =>
            text(
              label,
              common.metrics.map(({ name, values }) => metricText(name, values[i])),
            ),
          ),
          text(
            'combined',
            common.metrics.map(({ name, combined: value }) => metricText(name, value)),
          ),
        ],
      },
      lines: [
        `combined: ${usdText(combined.initialUsd)} → ${usdText(combined.finalUsd)}; apart, the runs are ${fixedText(combined.diversification, 2)} times as volatile as together`,
      ],
    },
    {
      title: 'Correlation of daily returns',
      table: {
        length: runs.length,
        columns: [
          text(
            'run',
            runs.map(({ label }) => label),
          ),
          ...runs.map(({ label }, j) =>
            text(
              label,
              correlation.map((row) => fixedText(row[j], 2)),
            ),
          ),
        ],
      },
    },
    {
      title: `Difference of Sharpe ratios, ${data.draws} paired draws`,
      table: {
        length: pairs.length,
        columns: [
          text(
            'pair',
            pairs.map(({ a, b }) => `${a} − ${b}`),
          ),
          text(
            'difference',
            pairs.map(({ sharpeDifference }) => signedText(sharpeDifference, 2)),
          ),
          text(
            'interval',
            pairs.map(({ interval }) => `${signedText(interval.low, 2)} to ${signedText(interval.high, 2)}`),
            `${fixedText(100 * data.level, 0)} % interval`,
          ),
          text(
            'p',
            pairs.map(({ pValue }) => fixedText(pValue, 3)),
          ),
          text(
            'holm',
            pairs.map(({ holmPValue }) => fixedText(holmPValue, 3)),
            'p of all (Holm)',
          ),
          text(
            'studentised',
            pairs.map(({ studentisedPValue }) => fixedText(studentisedPValue, 3)),
            'p studentised',
          ),
          text(
            'better',
            pairs.map(({ probabilityBetter }) =>
              probabilityBetter === null ? '–' : `${fixedText(100 * probabilityBetter, 0)} %`,
            ),
            'first is better',
          ),
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
