import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { FundamentalsInventoryData, InventoryRow } from '../documents/fundamentals-inventory.js'
import { signedText } from './number-text.js'

type InventoryTotal = NonNullable<FundamentalsInventoryData['total']>

/** One row a series for csv, ndjson and arrow. */
export function inventoryTable({ series }: FundamentalsInventoryData): Table {
  const text = (name: string, of: (row: InventoryRow) => string | null): Column => ({
    name,
    kind: 'text',
    values: series.map(of),
  })
  const number = (name: string, of: (row: InventoryRow) => number | null | undefined): Column => ({
    name,
    kind: 'number',
    values: series.map((row) => of(row) ?? null),
  })
  return {
    length: series.length,
    columns: [
      text('name', (row) => row.name),
      text('series', (row) => row.series),
      text('unit', (row) => row.unit),
      text('source', (row) => row.source),
      { name: 'simulated', kind: 'boolean', values: series.map((row) => row.simulated) },
      text('period', (row) => row.period),
      text('knownOn', (row) => row.knownOn),
      number('level', (row) => row.level),
      number('change', (row) => row.change),
      number('expected', (row) => row.expected),
      text('expectedFrom', (row) => row.expectedFrom),
      number('surprise', (row) => row.surprise),
      number('surpriseZ', (row) => row.surpriseZ),
      number('fiveYearMin', (row) => row.fiveYear?.min),
      number('fiveYearMean', (row) => row.fiveYear?.mean),
      number('fiveYearMax', (row) => row.fiveYear?.max),
      number('fiveYearPercentile', (row) => row.fiveYear?.percentile),
      number('fiveYearZ', (row) => row.fiveYear?.z),
      number('fiveYearExcludingMin', (row) => row.fiveYearExcluding?.min),
      number('fiveYearExcludingMean', (row) => row.fiveYearExcluding?.mean),
      number('fiveYearExcludingMax', (row) => row.fiveYearExcluding?.max),
      number('fiveYearExcludingPercentile', (row) => row.fiveYearExcluding?.percentile),
      number('daysOfSupply', (row) => row.daysOfSupply),
      number('utilisation', (row) => row.utilisation),
      number('aboveFloor', (row) => row.aboveFloor),
    ],
  }
}

/** One line a series in million barrels, then what qualifies it. */
export function inventoryView({ series, total, skipped, assumptions }: FundamentalsInventoryData): Section[] {
  const millions = (of: (row: InventoryRow) => number | null | undefined): (number | null)[] =>
    series.map((row) => {
      const value = of(row)
      return value === null || value === undefined ? null : row.unit === 'kbbl' ? value / 1000 : value
    })
  const number = (
    name: string,
    values: (number | null)[],
    digits: number,
    more: { signed?: boolean; header?: string } = {},
  ): Column => ({ name, kind: 'number', values, digits, ...more })
  const table: Table = {
    length: series.length,
    columns: [
      { name: 'title', header: 'million bbl', kind: 'text', values: series.map((row) => row.title) },
      { name: 'period', header: 'week to', kind: 'text', values: series.map((row) => row.period) },
      number(
        'level',
        millions((row) => row.level),
        1,
      ),
      number(
        'change',
        millions((row) => row.change),
        2,
        { signed: true },
      ),
      number(
        'expected',
        millions((row) => row.expected),
        2,
        { signed: true },
      ),
      number(
        'surprise',
        millions((row) => row.surprise),
        2,
        { signed: true },
      ),
      number(
        'surpriseZ',
        series.map((row) => row.surpriseZ),
        2,
        { signed: true, header: 'z' },
      ),
      number(
        'fiveYearMin',
        millions((row) => row.fiveYear?.min),
        1,
        { header: 'low' },
      ),
      number(
        'fiveYearMean',
        millions((row) => row.fiveYear?.mean),
        1,
        { header: 'mean' },
      ),
      number(
        'fiveYearMax',
        millions((row) => row.fiveYear?.max),
        1,
        { header: 'high' },
      ),
      number(
        'fiveYearPercentile',
        series.map((row) => row.fiveYear?.percentile ?? null),
        0,
        { header: 'pctile' },
      ),
      number(
        'daysOfSupply',
        series.map((row) => row.daysOfSupply),
        1,
        { header: 'days' },
      ),
    ],
  }
  const model = series.filter((row) => row.expectedFrom === 'model')
  const notes = [
    ...series.flatMap(({ title, utilisation, aboveFloor }) =>
      utilisation === null
        ? []
        : [
            `${title}: ${(100 * utilisation).toFixed(1)} % of working capacity${aboveFloor === null ? '' : `, ${(aboveFloor / 1000).toFixed(1)} million bbl above the operational floor`}`,
          ],
    ),
    ...series.flatMap(({ title, reasons }) =>
      Object.entries(reasons)
        .filter(([name]) => name !== 'daysOfSupply')
        .map(([name, reason]) => `${title}: no ${name}: ${reason}`),
    ),
  ]
  return [
    { title: 'Stocks', table },
    ...(total === null ? [] : [{ lines: [totalLine(total)] }]),
    ...excludingTable(series, assumptions),
    ...(notes.length > 0 ? [{ lines: notes }] : []),
    ...(skipped.length > 0
      ? [{ title: 'Without data', lines: skipped.map(({ name, reason }) => `${name}: ${reason}`) }]
      : []),
    {
      lines: [
        ...(model.length > 0
          ? [
              `expected is a model expectation, no survey: the mean change of the same week in the ${assumptions.years} years before. --consensus FILE takes yours.`,
            ]
          : []),
        `z: surprise against the ${assumptions.surpriseWeeks} before it (ddof 1); positive is bearish. low, mean, high, pctile: same ISO week of the ${assumptions.years} years before. days: over ${assumptions.demandWeeks} weeks of demand.`,
      ],
    },
  ]
}

/** "Crude, gasoline and distillate: −3.21 million bbl on the week, expected −1.10, surprise −2.11 (z −0.64)". */
function totalLine({ names, period, unit, change, expected, surprise, surpriseZ }: InventoryTotal): string {
  const listed = `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
  const title = names.length > 1 ? listed : names[0]
  const scaled = (value: number | null): string =>
    signedText(value === null || unit !== 'kbbl' ? value : value / 1000, 2)
  const z = surpriseZ === null ? '' : ` (z ${signedText(surpriseZ, 2)})`
  return (
    `${title[0].toUpperCase()}${title.slice(1)}, week to ${period}: ${scaled(change)} million bbl, ` +
    `expected ${scaled(expected)}, surprise ${scaled(surprise)}${z}`
  )
}

/** The range without the excluded years, where it is another one. */
function excludingTable(
  series: readonly InventoryRow[],
  { years, excludedYears }: FundamentalsInventoryData['assumptions'],
): Section[] {
  const rows = series.filter(
    ({ fiveYear, fiveYearExcluding }) =>
      fiveYearExcluding !== null && fiveYearExcluding.calendarYears.join() !== fiveYear?.calendarYears.join(),
  )
  if (rows.length === 0) return []
  const number = (name: 'min' | 'mean' | 'max' | 'percentile', header: string, digits: number): Column => ({
    name,
    header,
    kind: 'number',
    digits,
    values: rows.map(({ unit, fiveYearExcluding }) => {
      const value = fiveYearExcluding![name]
      return unit === 'kbbl' && name !== 'percentile' ? value / 1000 : value
    }),
  })
  return [
    {
      title: `The same week of ${years} years without ${excludedYears.join(', ')}`,
      table: {
        length: rows.length,
        columns: [
          { name: 'title', header: 'million bbl', kind: 'text', values: rows.map(({ title }) => title) },
          number('min', 'low', 1),
          number('mean', 'mean', 1),
          number('max', 'high', 1),
          number('percentile', 'pctile', 0),
        ],
      },
    },
  ]
}
