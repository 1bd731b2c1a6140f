import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import { indicatorDigits } from './indicator-digits.js'
import { priceDigits } from './number-text.js'
import { priceFields, type IndicatorsAnswer } from './indicators-on.js'

/** Date, prices and one column an output. */
export function indicatorsTable({ loaded, first, computed }: IndicatorsAnswer): Table {
  const numbers = (name: string, values: Float64Array): Column => ({
    name,
    kind: 'number',
    values: values.subarray(first),
  })
  return {
    length: loaded.days.length - first,
    columns: [
      { name: 'date', kind: 'date', values: loaded.days.subarray(first) },
      ...priceFields(loaded).map((field) => numbers(field, loaded.bars[field])),
      ...computed.flatMap(({ columns, values }) => columns.map((name, at) => numbers(name, values[at]))),
    ],
  }
}

/** What a trader reads: where each indicator stands, and where it stood a bar before. */
export function indicatorsView({ data, loaded }: IndicatorsAnswer): Section[] {
  const rows = data.indicators.flatMap(({ columns, unit, reason }) =>
    columns.map((column) => ({ ...column, unit, reason: column.last === null ? reason : null })),
  )
  const digits = rows.map(({ unit }) => indicatorDigits(unit, data.unit))
  const close = data.columns['close']
  const table: Table = {
    length: rows.length,
    columns: [
      { name: 'column', header: 'indicator', kind: 'text', values: rows.map(({ name }) => name) },
      { name: 'last', kind: 'number', digits, values: rows.map(({ last }) => last) },
      { name: 'previous', header: 'bar before', kind: 'number', digits, values: rows.map(({ previous }) => previous) },
      { name: 'unit', kind: 'text', values: rows.map(({ unit }) => unit) },
      { name: 'firstDate', header: 'first value', kind: 'text', values: rows.map(({ firstDate }) => firstDate) },
    ],
  }
  const last = close[close.length - 1]
  const level = last === null ? 'no close' : `close ${last.toFixed(priceDigits(data.unit ?? ''))} ${data.unit ?? ''}`
  return [
    {
      title: `${data.name} on ${data.to}: ${level.trim()}`,
      lines: [
        `${data.words}; ${data.historyBars} bars from ${data.historyFrom}${loaded.simulated ? ', simulated' : ''}`,
      ],
      table,
    },
    ...section(
      'Undefined',
      data.indicators.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`])),
    ),
    ...section(
      'Left out',
      data.omitted.map(({ reason }) => reason),
    ),
  ]
}

function section(title: string, lines: readonly string[]): Section[] {
  return lines.length === 0 ? [] : [{ title, lines }]
}
