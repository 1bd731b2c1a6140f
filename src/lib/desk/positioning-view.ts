import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { FundamentalsPositioningData, PositioningRow } from '../documents/fundamentals-positioning.js'

const NUMBERS = [
  'long',
  'short',
  'net',
  'change',
  'openInterest',
  'pctOfOpenInterest',
  'longShortRatio',
  'zScore',
  'percentile',
  'cotIndex',
] as const
const TEXTS = ['product', 'code', 'group', 'source', 'period', 'knownOn', 'crowded'] as const

/** One row a market for csv, ndjson and arrow. */
export function positioningTable({ markets }: FundamentalsPositioningData): Table {
  return {
    length: markets.length,
    columns: [
      ...TEXTS.map((name): Column => ({ name, kind: 'text', values: markets.map((row) => row[name]) })),
      { name: 'simulated', kind: 'boolean', values: markets.map((row) => row.simulated) },
      ...NUMBERS.map((name): Column => ({ name, kind: 'number', values: markets.map((row) => row[name]) })),
    ],
  }
}

/** One line a market, then what qualifies it. */
export function positioningView({ markets, skipped, assumptions }: FundamentalsPositioningData): Section[] {
  const text = (name: string, of: (row: PositioningRow) => string | null, header?: string): Column => ({
    name,
    kind: 'text',
    values: markets.map(of),
    ...(header === undefined ? {} : { header }),
  })
  const number = (name: (typeof NUMBERS)[number], digits: number, header?: string, signed?: boolean): Column => ({
    name,
    kind: 'number',
    digits,
    values: markets.map((row) => row[name]),
    ...(header === undefined ? {} : { header }),
    ...(signed === undefined ? {} : { signed }),
  })
  const notes = markets.flatMap(({ product, reasons, crowded, percentile }) => [
    ...(crowded === null || percentile === null
      ? []
      : [`${product}: crowded ${crowded}, percentile ${percentile.toFixed(0)} of ${assumptions.weeks} weeks`]),
    ...[...new Set(Object.values(reasons))].map((reason) => `${product}: ${reason}`),
  ])
  return [
    {
      title: 'Positions, in contracts',
      table: {
        length: markets.length,
        columns: [
          text('product', (row) => row.product),
          text('group', (row) => row.group),
          text('period', (row) => row.period, 'as of'),
          text('knownOn', (row) => row.knownOn, 'known on'),
          number('long', 0),
          number('short', 0),
          number('net', 0, undefined, true),
          number('change', 0, undefined, true),
          number('pctOfOpenInterest', 1, '% of OI', true),
          number('zScore', 2, 'z', true),
          number('percentile', 0, 'pctile'),
          number('cotIndex', 0, 'index'),
        ],
      },
    },
    ...(notes.length > 0 ? [{ title: 'Notes', lines: notes }] : []),
    ...(skipped.length > 0
      ? [{ title: 'Without data', lines: skipped.map(({ name, reason }) => `${name}: ${reason}`) }]
      : []),
    {
      lines: [
        `z (ddof 1), pctile (mid-rank) and index (0 lowest, 100 highest): net among the last ${assumptions.weeks} reports, the last one included.`,
        'Positions of Tuesday are published on Friday after the settlement: known from the next business day.',
      ],
    },
  ]
}
