import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { PnlData, PnlPosition } from '../documents/pnl.js'
import { usdText } from './usd-text.js'

const PARTS = [
  ['carry', 'carryUsd'],
  ['level', 'levelUsd'],
  ['slope', 'slopeUsd'],
  ['curvature', 'curvatureUsd'],
  ['spread and basis', 'spreadUsd'],
  ['residual', 'residualUsd'],
] as const

/** One row a position, the parts beside its P&L. */
export function pnlTable({ positions }: PnlData): Table {
  const text = (name: 'position' | 'contract' | 'product' | 'strategy'): Column => ({
    name,
    kind: 'text',
    values: positions.map((row) => row[name]),
  })
  const usd = (header: string, name: keyof PnlPosition & `${string}Usd`): Column => ({
    name,
    header,
    kind: 'number',
    digits: 0,
    signed: true,
    values: positions.map((row) => row[name]),
  })
  return {
    length: positions.length,
    columns: [
      text('position'),
      text('contract'),
      text('product'),
      text('strategy'),
      { name: 'lots', kind: 'integer', values: positions.map(({ lots }) => lots) },
      usd('P&L', 'pnlUsd'),
      ...PARTS.map(([header, name]) => usd(header, name)),
    ],
  }
}

/** What the day brought and why; then position by position. */
export function pnlView(data: PnlData): Section[] {
  const { explain, hypotheticalUsd, residualShare, trades, rolls, notPriced, assumptions } = data
  const whole = [
    ...PARTS.slice(0, 5).map(([label, name]) => [label, explain[name]] as const),
    ['new trades', explain.newTradesUsd] as const,
    ['costs', explain.costsUsd] as const,
    ['residual', explain.residualUsd] as const,
    ['actual P&L', data.actualUsd] as const,
  ]
  const detail = pnlTable(data)
  const shown = detail.columns.filter(({ name }) => name !== 'contract' && name !== 'strategy')
  return [
    {
      title: `${data.title}: ${usdText(data.actualUsd, true)} from ${data.previousDate} to ${data.date}`,
      table: {
        length: whole.length,
        columns: [
          { name: 'part', kind: 'text', values: whole.map(([label]) => label) },
          { name: 'usd', header: 'USD', kind: 'number', digits: 0, signed: true, values: whole.map(([, usd]) => usd) },
        ],
      },
    },
    {
      lines: [
        `Hypothetical P&L (overnight positions, no trades, no costs): ${usdText(hypotheticalUsd, true)}`,
        ...(residualShare === null ? [] : [`Residual: ${(100 * residualShare).toFixed(1)} % of it`]),
        ...trades
          .filter(({ priceGiven }) => !priceGiven)
          .map(({ contract, lots }) => `${lots} ${contract} without a price count as done at the settlement`),
        ...rolls.map(({ position, from, to }) => `${position} moved from ${from} to ${to}`),
        ...notPriced.map(({ position, reason }) => `${position}: ${reason}`),
      ],
    },
    { title: 'Positions', table: { ...detail, columns: shown } },
    {
      lines: [
        `Level is that of ${assumptions.benchmark ?? 'each product'}; curves are fitted over ranks 1 to ${assumptions.ranks} outside the last ${assumptions.deliveryWindowDays} business days. docs/pnl.md`,
      ],
    },
  ]
}
