import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { PriceRow, PricesData } from '../documents/prices.js'
import { priceDigits } from './number-text.js'

/** Every field of every row, for csv, ndjson and arrow. */
export function pricesTable({ prices }: PricesData): Table {
  const text = (name: keyof PriceRow & string): Column => ({
    name,
    kind: 'text',
    values: prices.map((row) => row[name] as string | null),
  })
  const number = (name: keyof PriceRow & string): Column => ({
    name,
    kind: 'number',
    values: prices.map((row) => row[name] as number | null),
  })
  return {
    length: prices.length,
    columns: [
      ...(['product', 'name', 'unit', 'contract', 'deliveryMonth', 'expiry'] as const).map(text),
      { name: 'daysToExpiry', kind: 'integer', values: prices.map((row) => row.daysToExpiry) },
      text('date'),
      text('previousDate'),
      { name: 'simulated', kind: 'boolean', values: prices.map((row) => row.simulated) },
      ...(
        [
          'last',
          'change',
          'changePercent',
          'change5d',
          'change5dPercent',
          'change1m',
          'change1mPercent',
          'change1y',
          'change1yPercent',
          'realisedVolPercent',
          'realisedVolPrice',
          'rangeLow',
          'rangeHigh',
          'rangePositionPercent',
        ] as const
      ).map(number),
      text('rangeLowDate'),
      text('rangeHighDate'),
    ],
  }
}

/** The morning look: one line a product. */
export function pricesView(data: PricesData): Section[] {
  const { prices, missing, assumptions: how } = data
  const digits = prices.map((row) => priceDigits(row.unit))
  const percent = (name: string, header: string, values: (number | null)[]): Column => ({
    name,
    header,
    kind: 'number',
    digits: 1,
    signed: true,
    values,
  })
  const table: Table = {
    length: prices.length,
    columns: [
      { name: 'name', header: 'product', kind: 'text', values: prices.map((row) => row.name) },
      { name: 'contract', kind: 'text', values: prices.map((row) => row.contract) },
      { name: 'last', kind: 'number', digits, values: prices.map((row) => row.last) },
      { name: 'unit', kind: 'text', values: prices.map((row) => row.unit) },
      { name: 'change', kind: 'number', digits, signed: true, values: prices.map((row) => row.change) },
      percent(
        'changePercent',
        '1d %',
        prices.map((row) => row.changePercent),
      ),
      percent(
        'change5dPercent',
        '5d %',
        prices.map((row) => row.change5dPercent),
      ),
      percent(
        'change1mPercent',
        '1m %',
        prices.map((row) => row.change1mPercent),
      ),
      percent(
        'change1yPercent',
        '1y %',
        prices.map((row) => row.change1yPercent),
      ),
      {
        name: 'realisedVolPercent',
        header: 'vol %',
        kind: 'number',
        digits: 1,
        values: prices.map((row) => row.realisedVolPercent),
      },
      { name: 'rangeLow', header: '1y low', kind: 'number', digits, values: prices.map((row) => row.rangeLow) },
      { name: 'rangeHigh', header: '1y high', kind: 'number', digits, values: prices.map((row) => row.rangeHigh) },
      {
        name: 'rangePositionPercent',
        header: 'in range %',
        kind: 'number',
        digits: 0,
        values: prices.map((row) => row.rangePositionPercent),
      },
      { name: 'daysToExpiry', header: 'days left', kind: 'integer', values: prices.map((row) => row.daysToExpiry) },
      ...(prices.some((row) => row.date !== data.date)
        ? [{ name: 'date', kind: 'text', values: prices.map((row) => row.date) } as const]
        : []),
      ...(prices.some((row) => row.simulated)
        ? [{ name: 'simulated', kind: 'boolean', values: prices.map((row) => row.simulated) } as const]
        : []),
    ],
  }
  const why = prices.flatMap((row) => reasonLines(row))
  return [
    { title: `Front months at settlement on ${data.date}`, table },
    ...(why.length > 0 ? [{ title: 'Without a number', lines: why }] : []),
    ...(missing.length > 0 ? [{ title: 'Without data', lines: missing.map(({ reason }) => reason) }] : []),
    {
      lines: [
        `Changes follow the contract held: 1d today's, 5d / 1m / 1y over ${how.fiveDaySettlements} / ${how.oneMonthSettlements} / ${how.oneYearSettlements} settlements, per cent compounded.`,
        `vol: ${how.volatilityWindow} ${how.volatilityMode}, × √${how.daysPerYear}. Range: last ${how.rangeWindow} ${how.rangeBasis}.`,
      ],
    },
  ]
}

/** Fields that share a reason stand in one line. */
function reasonLines({ product, reasons }: PriceRow): string[] {
  const byReason = new Map<string, string[]>()
  for (const [field, reason] of Object.entries(reasons)) byReason.set(reason, [...(byReason.get(reason) ?? []), field])
  return [...byReason].map(([reason, fields]) => {
    const what = [...new Set(fields.map((field) => field.replace(/(Percent|Price|Date)$/, '')))].join(', ')
    return reason.startsWith(product) ? `${what}: ${reason}` : `${product} ${what}: ${reason}`
  })
}
