import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { ExposureRow, PositionRow, PositionsData } from '../documents/positions.js'
import { priceDigits, wholeText } from './number-text.js'
import { usdText } from './usd-text.js'

type TextField = { [K in keyof PositionRow]: PositionRow[K] extends string | null ? K : never }[keyof PositionRow]
type NumberField = { [K in keyof PositionRow]: PositionRow[K] extends number | null ? K : never }[keyof PositionRow]

/** Every field of every position, for csv, ndjson and arrow. */
export function positionsTable({ positions }: PositionsData): Table {
  const text = (name: TextField): Column => ({ name, kind: 'text', values: positions.map((row) => row[name]) })
  const number = (name: NumberField): Column => ({ name, kind: 'number', values: positions.map((row) => row[name]) })
  return {
    length: positions.length,
    columns: [
      ...(['position', 'product', 'contract'] as const).map(text),
      number('rank'),
      ...(['tenor', 'strategy', 'spread'] as const).map(text),
      ...(['lots', 'multiplier'] as const).map(number),
      text('unit'),
      number('settlement'),
      text('settlementDate'),
      ...(['notionalUsd', 'deltaBbl', 'entryPrice', 'pnlSinceEntryUsd'] as const).map(number),
      text('lastTradingDay'),
      number('businessDaysToLastTradingDay'),
      { name: 'inDeliveryWindow', kind: 'boolean', values: positions.map((row) => row.inDeliveryWindow) },
      number('spotMonthLimitLots'),
      { name: 'overSpotMonthLimit', kind: 'boolean', values: positions.map((row) => row.overSpotMonthLimit) },
      number('initialMarginUsd'),
      ...(['marginFrom', 'marginProduct'] as const).map(text),
    ],
  }
}

/** The book as a desk reads it: positions, then the sums. */
export function positionsView(data: PositionsData): Section[] {
  const { positions, total } = data
  const digits = positions.map(({ unit }) => priceDigits(unit))
  const usd = (name: string, header: string, values: (number | null)[]): Column => ({
    name,
    header,
    kind: 'number',
    digits: 0,
    signed: true,
    values,
  })
  const flagged = positions.filter(({ inDeliveryWindow }) => inDeliveryWindow)
  return [
    {
      title: `${data.title} on ${data.date}`,
      table: {
        length: positions.length,
        columns: [
          { name: 'position', kind: 'text', values: positions.map((row) => row.position) },
          { name: 'strategy', kind: 'text', values: positions.map((row) => row.strategy) },
          { name: 'lots', kind: 'number', digits: 0, signed: true, values: positions.map((row) => row.lots) },
          {
            name: 'settlement',
            header: 'settle',
            kind: 'number',
            digits,
            values: positions.map((row) => row.settlement),
          },
          { name: 'unit', kind: 'text', values: positions.map((row) => row.unit) },
          usd(
            'notional',
            'notional USD',
            positions.map((row) => row.notionalUsd),
          ),
          usd(
            'delta',
            'delta bbl',
            positions.map((row) => row.deltaBbl),
          ),
          usd(
            'pnl',
            'P&L since entry',
            positions.map((row) => row.pnlSinceEntryUsd),
          ),
          {
            name: 'margin',
            header: 'margin USD',
            kind: 'number',
            digits: 0,
            values: positions.map((row) => row.initialMarginUsd),
          },
          { name: 'expires', kind: 'text', values: positions.map((row) => row.lastTradingDay) },
        ],
      },
    },
    { title: 'By product', table: groupTable('product', data.byProduct) },
    { title: 'By tenor', table: groupTable('tenor', data.byTenor) },
    { title: 'By strategy', table: groupTable('strategy', data.byStrategy) },
    {
      lines: [
        `Gross ${usdText(total.grossUsd)}, net ${usdText(total.netUsd)}, delta ${wholeText(total.deltaBbl)} bbl.`,
        total.leverage === null
          ? `Leverage and margin to capital are unknown: ${data.reasons['marginToCapital'] ?? data.reasons['leverage']}.`
          : `Leverage ${total.leverage.toFixed(2)} of ${usdText(data.capitalUsd)} capital; ${marginText(data)}.`,
        ...flagged.map(
          (row) =>
            `Delivery window: ${row.position} has ${row.businessDaysToLastTradingDay} business days to its last trading day ${row.lastTradingDay}` +
            (row.spotMonthLimitLots === null
              ? '.'
              : `; spot-month limit ${row.spotMonthLimitLots} lots${row.overSpotMonthLimit === true ? ', EXCEEDED' : ''}.`),
        ),
        ...data.stalePositions.map(
          ({ position, lastSettlement }) => `Stale: ${position} last settled on ${lastSettlement}.`,
        ),
        `Margins: ${data.margins.source}; known to ${data.margins.through}.`,
      ],
    },
  ]
}

function marginText({ total, reasons }: PositionsData): string {
  return total.marginToCapital === null
    ? `margin unknown: ${reasons['initialMarginUsd']}`
    : `initial margin ${usdText(total.initialMarginUsd)}, ${(100 * total.marginToCapital).toFixed(1)} % of capital`
}

function groupTable(name: string, groups: readonly ExposureRow[]): Table {
  const number = (field: 'lots' | 'grossUsd' | 'netUsd' | 'deltaBbl', header: string, signed: boolean): Column => ({
    name: field,
    header,
    kind: 'number',
    digits: 0,
    signed,
    values: groups.map((group) => group[field]),
  })
  return {
    length: groups.length,
    columns: [
      { name, kind: 'text', values: groups.map((group) => group.name) },
      number('lots', 'lots', true),
      number('grossUsd', 'gross USD', false),
      number('netUsd', 'net USD', true),
      number('deltaBbl', 'delta bbl', true),
    ],
  }
}
