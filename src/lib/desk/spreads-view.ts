import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { SpreadRow, SpreadsData } from '../documents/spreads.js'
import { fixedText, priceDigits, signedText } from './number-text.js'

/** One row a spread, or under --history one row a spread and day, for csv, ndjson and arrow. */
export function spreadsTable({ spreads }: SpreadsData): Table {
  if (spreads.some((spread) => spread.history !== null)) {
    const rows = spreads.flatMap(({ name, unit, history }) =>
      (history ?? []).map((point) => ({ name, unit, ...point })),
    )
    return {
      length: rows.length,
      columns: [
        { name: 'name', kind: 'text', values: rows.map((row) => row.name) },
        { name: 'date', kind: 'text', values: rows.map((row) => row.date) },
        { name: 'value', kind: 'number', values: rows.map((row) => row.value) },
        { name: 'unit', kind: 'text', values: rows.map((row) => row.unit) },
      ],
    }
  }
  const text = (name: string, of: (spread: SpreadRow) => string | null): Column => ({
    name,
    kind: 'text',
    values: spreads.map(of),
  })
  const number = (name: string, of: (spread: SpreadRow) => number | null): Column => ({
    name,
    kind: 'number',
    values: spreads.map(of),
  })
  return {
    length: spreads.length,
    columns: [
      text('name', (spread) => spread.name),
      text('title', (spread) => spread.title),
      text('unit', (spread) => spread.unit),
      text('align', (spread) => spread.align),
      text('date', (spread) => spread.date),
      text('previousDate', (spread) => spread.previousDate),
      { name: 'simulated', kind: 'boolean', values: spreads.map((spread) => spread.simulated) },
      number('value', (spread) => spread.value),
      number('change', (spread) => spread.change),
      number('mean', (spread) => spread.mean),
      number('sd', (spread) => spread.sd),
      number('zScore', (spread) => spread.zScore),
      number('percentile', (spread) => spread.percentile),
      number('low', (spread) => spread.low),
      number('high', (spread) => spread.high),
      number('seasonalPercentile', (spread) => spread.seasonal.percentile),
      { name: 'seasonalRank', kind: 'integer', values: spreads.map((spread) => spread.seasonal.rank) },
      { name: 'seasonalOf', kind: 'integer', values: spreads.map((spread) => spread.seasonal.of) },
      { name: 'clockMismatch', kind: 'boolean', values: spreads.map((spread) => spread.clockMismatch) },
      text('legs', legsText),
    ],
  }
}

/** +2 RBG24 +1 HOG24 -3 CLG24: what to trade, in lots. */
function legsText({ legs }: SpreadRow): string {
  return legs.map(({ lots, contract }) => `${signedText(lots, Number.isInteger(lots) ? 0 : 2)} ${contract}`).join(' ')
}

/** One line a spread, then whatever qualifies it. */
export function spreadsView(data: SpreadsData): Section[] {
  const { spreads, skipped, assumptions: how } = data
  const digits = spreads.map((spread) => priceDigits(spread.unit))
  const table: Table = {
    length: spreads.length,
    columns: [
      { name: 'name', header: 'spread', kind: 'text', values: spreads.map((spread) => spread.name) },
      { name: 'value', kind: 'number', digits, signed: true, values: spreads.map((spread) => spread.value) },
      { name: 'unit', kind: 'text', values: spreads.map((spread) => spread.unit) },
      { name: 'change', kind: 'number', digits, signed: true, values: spreads.map((spread) => spread.change) },
      {
        name: 'zScore',
        header: 'z',
        kind: 'number',
        digits: 2,
        signed: true,
        values: spreads.map((spread) => spread.zScore),
      },
      {
        name: 'percentile',
        header: 'pctile',
        kind: 'number',
        digits: 0,
        values: spreads.map((spread) => spread.percentile),
      },
      { name: 'low', kind: 'number', digits, signed: true, values: spreads.map((spread) => spread.low) },
      { name: 'high', kind: 'number', digits, signed: true, values: spreads.map((spread) => spread.high) },
      {
        name: 'seasonalPercentile',
        header: 'season',
        kind: 'number',
        digits: 0,
        values: spreads.map((spread) => spread.seasonal.percentile),
      },
      { name: 'legs', header: 'lots and contracts', kind: 'text', values: spreads.map(legsText) },
      ...(spreads.some((spread) => spread.date !== data.date)
        ? [{ name: 'date', kind: 'text', values: spreads.map((spread) => spread.date) } as const]
        : []),
    ],
  }
  const notes = spreads.flatMap(noteLines)
  const aligned =
    data.align === 'delivery'
      ? 'Legs deliver in the same month: the nearest in which none has expired.'
      : 'Legs at their own ranks: delivery months may differ by one or two.'
  return [
    { title: `Spreads at settlement on ${data.date}`, table },
    ...(notes.length > 0 ? [{ title: 'Notes', lines: notes }] : []),
    ...(skipped.length > 0
      ? [{ title: 'Without data', lines: skipped.map(({ name, reason }) => `${name}: ${reason}`) }]
      : []),
    ...spreads.flatMap((spread) => historySection(spread)),
    {
      lines: [
        `${aligned} Change is of the same contracts.`,
        `z (ddof 1), pctile (mid-rank), low and high: ${how.windowDays} common days up to the date. season: percentile among the same dates ±${how.seasonalDays} days of the previous ${how.seasonalYears} years.`,
      ],
    },
  ]
}

function noteLines({ name, clockMismatch, dropped, reasons, seasonal, history }: SpreadRow): string[] {
  const lines: string[] = []
  if (clockMismatch) lines.push(`${name}: New York and London clocks are out of step, the legs settle an hour apart`)
  if (dropped.length > 0) {
    lines.push(
      `${name}: ${dropped.length} ${dropped.length === 1 ? 'day' : 'days'} left out of the ${history ? 'period' : 'window'}, not every leg settled`,
    )
  }
  for (const reason of new Set(Object.values(reasons))) lines.push(`${name}: ${reason}`)
  if (seasonal.reason !== null) lines.push(`${name}: season: ${seasonal.reason}`)
  return lines
}

const HISTORY_LINES = 20

function historySection({ name, title, unit, history }: SpreadRow): Section[] {
  if (history === null) return []
  const tail = history.slice(-HISTORY_LINES)
  if (tail.length === 0) return [{ title: `${title}: no common day in the period` }]
  const low = history.reduce((a, b) => (b.value < a.value ? b : a))
  const high = history.reduce((a, b) => (b.value > a.value ? b : a))
  const digits = priceDigits(unit)
  return [
    {
      title: `${title}, ${history[0].date} to ${history[history.length - 1].date}: ${history.length} common days, ${unit}`,
      table: {
        length: tail.length,
        columns: [
          { name: 'date', kind: 'text', values: tail.map((point) => point.date) },
          { name: 'value', kind: 'number', digits, signed: true, values: tail.map((point) => point.value) },
        ],
      },
      lines: [
        `Lowest ${fixedText(low.value, digits)} on ${low.date}, highest ${fixedText(high.value, digits)} on ${high.date}.`,
        ...(history.length > tail.length
          ? [`The last ${tail.length}; all of them with contango spreads ${name} --history -f csv or --json.`]
          : []),
      ],
    },
  ]
}
