import { numberText } from '../../charts/number-text.js'
import { unitDigits } from '../../charts/unit-digits.js'
import type { CurveData } from '../../documents/curve.js'
import type { PricesData } from '../../documents/prices.js'
import type { SpreadRow, SpreadsData } from '../../documents/spreads.js'
import type { Block } from '../blocks.js'
import { curveSentence } from '../market-headline.js'
import { number, signed, text } from './cells.js'

const SPREADS_SHOWN = 6

/** The spreads that stand furthest from their year: what a reader must see first. */
export function strikingSpreads({ spreads }: SpreadsData): SpreadRow[] {
  return spreads
    .map((row, i) => ({ row, i, far: row.zScore === null ? -1 : Math.abs(row.zScore) }))
    .sort((a, b) => b.far - a.far || a.i - b.i)
    .slice(0, SPREADS_SHOWN)
    .map(({ row }) => row)
}

export function marketBlocks(
  prices: PricesData | null,
  curves: readonly CurveData[],
  spreads: SpreadsData | null,
  weekly: boolean,
): Block[] {
  if (prices === null && curves.length === 0 && spreads === null) return []
  return [
    { kind: 'heading', text: 'Market' },
    ...(curves.length > 0 ? [{ kind: 'list' as const, items: curves.map(curveSentence) }] : []),
    ...(prices === null ? [] : [pricesTable(prices, weekly)]),
    ...curves.map(({ product }): Block => ({ kind: 'chart', id: `curve-${product}` })),
    ...(spreads === null ? [] : [spreadsTable(spreads), { kind: 'chart' as const, id: 'spreads' }]),
  ]
}

function pricesTable({ prices }: PricesData, weekly: boolean): Block {
  return {
    kind: 'table',
    caption: 'Front months; changes are of the contract held',
    columns: [
      { header: 'product', text: true },
      { header: 'contract', text: true },
      { header: 'unit', text: true },
      { header: 'last' },
      { header: weekly ? '5 days' : 'change' },
      { header: '%' },
      { header: 'volatility %' },
      { header: 'place in range %' },
    ],
    rows: prices.map((row) => {
      const digits = unitDigits(row.unit)
      const [change, inPercent] = weekly ? [row.change5d, row.change5dPercent] : [row.change, row.changePercent]
      return [
        text(row.name),
        text(row.contract),
        text(row.unit),
        { text: numberText(row.last, digits), tone: 'strong' },
        signed(change, digits),
        signed(row.last > 0 ? inPercent : null, 2),
        number(row.realisedVolPercent, 1, row.reasons['realisedVolPercent']),
        number(row.rangePositionPercent, 0),
      ]
    }),
  }
}

function spreadsTable(data: SpreadsData): Block {
  const shown = strikingSpreads(data)
  return {
    kind: 'table',
    caption: `The ${shown.length} spreads furthest from their mean of ${data.assumptions.windowDays} days`,
    columns: [
      { header: 'spread', text: true },
      { header: 'unit', text: true },
      { header: 'value' },
      { header: 'change' },
      { header: 'z-score' },
      { header: 'percentile' },
      { header: 'seasonal percentile' },
    ],
    rows: shown.map((row) => {
      const digits = unitDigits(row.unit)
      return [
        text(row.title),
        text(row.unit),
        { text: numberText(row.value, digits, true), tone: 'strong' },
        signed(row.change, digits),
        signed(row.zScore, 2),
        number(row.percentile, 0),
        number(row.seasonal.percentile, 0),
      ]
    }),
  }
}
