import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { LimitRow, LimitsCheckData } from '../documents/limits-check.js'
import type { LimitsWhatIfData } from '../documents/limits-what-if.js'
import { usdText } from './usd-text.js'

/** Every field of every limit; those of a what-if with what was before. */
export function limitsTable(
  { limits }: { readonly limits: readonly LimitRow[] },
  extra: readonly Column[] = [],
): Table {
  return {
    length: limits.length,
    columns: [
      { name: 'name', kind: 'text', values: limits.map(({ name }) => name) },
      { name: 'unit', kind: 'text', values: limits.map(({ unit }) => unit) },
      { name: 'value', kind: 'number', values: limits.map(({ value }) => value) },
      { name: 'limit', kind: 'number', values: limits.map(({ limit }) => limit) },
      { name: 'utilisation', kind: 'number', values: limits.map(({ utilisation }) => utilisation) },
      { name: 'status', kind: 'text', values: limits.map(({ status }) => status) },
      ...extra,
      { name: 'about', kind: 'text', values: limits.map(({ about }) => about) },
      { name: 'origin', kind: 'text', values: limits.map(({ origin }) => origin) },
    ],
  }
}

/** The columns that a what-if has more. */
export function whatIfColumns({ limits }: LimitsWhatIfData): Column[] {
  return [
    { name: 'valueBefore', kind: 'number', values: limits.map(({ valueBefore }) => valueBefore) },
    { name: 'utilisationBefore', kind: 'number', values: limits.map(({ utilisationBefore }) => utilisationBefore) },
    { name: 'statusBefore', kind: 'text', values: limits.map(({ statusBefore }) => statusBefore) },
  ]
}

function shown(limits: readonly LimitRow[], before: readonly Column[]): Table {
  const digits = limits.map(({ unit }) => (unit === 'fraction' ? 4 : 0))
  return {
    length: limits.length,
    columns: [
      { name: 'limit', kind: 'text', values: limits.map(({ name }) => name) },
      { name: 'value', kind: 'number', digits, values: limits.map(({ value }) => value) },
      { name: 'of', kind: 'number', digits, values: limits.map(({ limit }) => limit) },
      { name: 'unit', kind: 'text', values: limits.map(({ unit }) => unit) },
      ...before,
      {
        name: 'used',
        header: 'used %',
        kind: 'number',
        digits: 0,
        values: limits.map((row) => percent(row.utilisation)),
      },
      {
        name: 'status',
        kind: 'text',
        values: limits.map(({ status }) => (status === 'ok' ? status : status.toUpperCase())),
      },
      { name: 'about', kind: 'text', values: limits.map(({ about }) => about) },
    ],
  }
}

function percent(fraction: number | null): number | null {
  return fraction === null ? null : 100 * fraction
}

/** The limits as a desk reads them. */
export function limitsView(data: LimitsCheckData | LimitsWhatIfData): Section[] {
  const trades = 'trades' in data ? data.trades : []
  const before: Column[] =
    'newBreaches' in data
      ? [
          {
            name: 'before',
            header: 'before %',
            kind: 'number',
            digits: 0,
            values: data.limits.map((row) => percent(row.utilisationBefore)),
          },
        ]
      : []
  const { varMethod, varObservations, drawdown } = data.assumptions
  return [
    {
      title: `Limits of ${data.book} on ${data.date}${trades.length > 0 ? ' with the trades' : ''}`,
      ...(trades.length > 0
        ? {
            lines: trades.map(
              ({ contract, lots, settlement, notionalUsd }) =>
                `${lots > 0 ? 'buy' : 'sell'} ${Math.abs(lots)} ${contract} at ${settlement}: ${usdText(notionalUsd, true)}`,
            ),
          }
        : {}),
      table: shown(data.limits, before),
    },
    {
      lines: [
        data.capitalUsd === null
          ? 'The book has no capitalUsd: leverage, margin and drawdown are unknown.'
          : `Capital ${usdText(data.capitalUsd)}.`,
        `VaR 95 % one day, ${varMethod} over ${varObservations} days. Drawdown: ${drawdown}.`,
        ...data.stalePositions.map(
          ({ position, lastSettlement }) => `Stale: ${position} last settled on ${lastSettlement}.`,
        ),
      ],
    },
  ]
}
