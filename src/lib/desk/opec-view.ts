import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { FundamentalsOpecData } from '../documents/fundamentals-opec.js'

const NUMBERS = ['production', 'baseline', 'quota', 'overQuota', 'compliance', 'owed', 'capacity', 'spare'] as const

/** One row a country for csv, ndjson and arrow. */
export function opecTable({ month, members }: FundamentalsOpecData): Table {
  return {
    length: members.length,
    columns: [
      { name: 'month', kind: 'text', values: members.map(() => month) },
      { name: 'country', kind: 'text', values: members.map(({ country }) => country) },
      { name: 'name', kind: 'text', values: members.map(({ name }) => name) },
      ...NUMBERS.map((name): Column => ({ name, kind: 'number', values: members.map((row) => row[name]) })),
    ],
  }
}

/** Countries, the sum of those with a quota, and spare capacity by group. */
export function opecView({ month, members, total, spare, skipped }: FundamentalsOpecData): Section[] {
  const number = (name: (typeof NUMBERS)[number], digits: number, header?: string, signed?: boolean): Column => ({
    name,
    kind: 'number',
    digits,
    values: members.map((row) => row[name]),
    ...(header === undefined ? {} : { header }),
    ...(signed === undefined ? {} : { signed }),
  })
  const percent = (value: number | null): string => (value === null ? 'no cut is pledged' : `${value.toFixed(0)} %`)
  return [
    {
      title: `Crude oil, million b/d, ${month.slice(0, 7)}`,
      table: {
        length: members.length,
        columns: [
          { name: 'name', header: 'country', kind: 'text', values: members.map(({ name }) => name) },
          number('production', 2),
          number('baseline', 2),
          number('quota', 2),
          number('overQuota', 2, 'over quota', true),
          number('compliance', 0, 'compliance %'),
          number('owed', 1, 'owed, million bbl'),
          ...(members.some(({ capacity }) => capacity !== null) ? [number('capacity', 2), number('spare', 2)] : []),
        ],
      },
      lines:
        total === null
          ? ['No quotas in the lake: contango fetch opec-quotas FILE takes yours (docs/sources-opec.md).']
          : [
              `${total.members} members with a quota: ${total.production.toFixed(2)} against ${total.quota.toFixed(2)} allowed; compliance ${percent(total.compliance)}, without credit for over-compliance ${percent(total.complianceWithoutCredit)}; ${total.owed.toFixed(1)} million bbl owed.`,
            ],
    },
    ...(spare.length === 0
      ? []
      : [
          {
            title: 'Capacity and spare capacity, million b/d',
            table: {
              length: spare.length,
              columns: [
                { name: 'name', header: 'group', kind: 'text', values: spare.map(({ name }) => name) },
                { name: 'capacity', kind: 'number', digits: 2, values: spare.map(({ capacity }) => capacity) },
                { name: 'spare', kind: 'number', digits: 2, values: spare.map((one) => one.spare) },
                {
                  name: 'spareFraction',
                  header: 'spare %',
                  kind: 'number',
                  digits: 1,
                  values: spare.map(({ spareFraction }) => (spareFraction === null ? null : 100 * spareFraction)),
                },
              ] satisfies Column[],
            },
          },
        ]),
    ...(skipped.length > 0
      ? [{ title: 'Without data', lines: skipped.map(({ name, reason }) => `${name}: ${reason}`) }]
      : []),
    {
      lines: [
        'compliance: (baseline − production) ÷ (baseline − quota), by sums over countries; over 100 is more than pledged.',
      ],
    },
  ]
}
