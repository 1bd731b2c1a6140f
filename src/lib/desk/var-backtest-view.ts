import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { BacktestResult, VarBacktestData } from '../documents/var-backtest.js'
import { fixedText } from './number-text.js'
import { usdText } from './usd-text.js'
import { percentText } from './var-view.js'

type NumberField = {
  [K in keyof BacktestResult]: BacktestResult[K] extends number | null ? K : never
}[keyof BacktestResult]

/** One row a method and confidence. */
export function varBacktestTable({ results }: VarBacktestData): Table {
  const number = (name: NumberField): Column => ({ name, kind: 'number', values: results.map((row) => row[name]) })
  const integer = (name: NumberField): Column => ({ name, kind: 'integer', values: results.map((row) => row[name]) })
  return {
    length: results.length,
    columns: [
      { name: 'method', kind: 'text', values: results.map(({ method }) => method) },
      number('confidence'),
      integer('observations'),
      integer('exceptions'),
      ...(['expectedExceptions', 'kupiecP', 'independenceP', 'conditionalCoverageP', 'dynamicQuantileP'] as const).map(
        number,
      ),
      { name: 'trafficLight', kind: 'text', values: results.map(({ trafficLight }) => trafficLight) },
      { name: 'trafficLightRule', kind: 'text', values: results.map(({ trafficLightRule }) => trafficLightRule) },
      { name: 'acerbiSzekelyZ1', kind: 'number', values: results.map((row) => row.acerbiSzekely?.z1 ?? null) },
      { name: 'acerbiSzekelyZ2', kind: 'number', values: results.map((row) => row.acerbiSzekely?.z2 ?? null) },
      number('quantileLossUsd'),
      integer('rank'),
      integer('failedDays'),
      { name: 'error', kind: 'text', values: results.map(({ error }) => error?.message ?? null) },
    ],
  }
}

const WORST_DAYS = 10

/** A table a confidence, and the days that hurt most. */
export function varBacktestView(data: VarBacktestData): Section[] {
  const confidences = [...new Set(data.results.map(({ confidence }) => confidence))]
  const inUsd = data.unit === 'USD'
  const money = (value: number): string => (inUsd ? usdText(value) : fixedText(value, 5))
  const worst = data.exceptionDays.slice(0, WORST_DAYS).map(({ date, pnlUsd, exceeded }) => {
    const methods = [...new Set(exceeded.map(({ method }) => method))]
    return `${date}  ${money(pnlUsd)}  beyond ${methods.join(', ')}`
  })
  const errors = [...new Set(data.results.flatMap(({ error }) => (error ? [error.message] : [])))]
  return [
    ...confidences.map((confidence) => ({
      title: `${data.name}: one-day VaR ${percentText(confidence)}, ${data.from} to ${data.to}`,
      table: judgement(data.results.filter((row) => row.confidence === confidence)),
    })),
    ...(worst.length > 0 ? [{ title: 'Worst days beyond a VaR', lines: worst }] : []),
    ...(errors.length > 0 ? [{ title: 'Without a result', lines: errors }] : []),
    {
      lines: [
        `Each forecast from the ${data.window} returns before it, ${data.mode} changes; GARCH and t parameters every ${data.refitDays} days. A p below 0.05 speaks against the method; rank 1 has the lowest quantile loss.`,
      ],
    },
  ]
}

function judgement(results: readonly BacktestResult[]): Table {
  const p = (name: NumberField, header: string): Column => ({
    name,
    header,
    kind: 'number',
    digits: 3,
    values: results.map((row) => row[name]),
  })
  return {
    length: results.length,
    columns: [
      { name: 'method', kind: 'text', values: results.map(({ method }) => method) },
      { name: 'observations', header: 'days', kind: 'integer', values: results.map((row) => row.observations) },
      { name: 'exceptions', kind: 'integer', values: results.map(({ exceptions }) => exceptions) },
      {
        name: 'expectedExceptions',
        header: 'expected',
        kind: 'number',
        digits: 1,
        values: results.map((row) => row.expectedExceptions),
      },
      p('kupiecP', 'Kupiec p'),
      p('independenceP', 'indep. p'),
      p('conditionalCoverageP', 'joint p'),
      p('dynamicQuantileP', 'DQ p'),
      { name: 'trafficLight', header: 'light', kind: 'text', values: results.map(({ trafficLight }) => trafficLight) },
      {
        name: 'z2',
        header: 'ES Z2',
        kind: 'number',
        digits: 2,
        values: results.map(({ acerbiSzekely }) => acerbiSzekely?.z2 ?? null),
      },
      { name: 'rank', kind: 'integer', values: results.map(({ rank }) => rank) },
    ],
  }
}
