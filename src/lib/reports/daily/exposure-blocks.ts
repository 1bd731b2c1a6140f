import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { ExposureRow, PositionsData } from '../../documents/positions.js'
import type { Block } from '../blocks.js'
import { number, percent, signed, text, usd } from './cells.js'

/** Gross and net by product, tenor and strategy; what is about to deliver. */
export function exposureBlocks(data: PositionsData): Block[] {
  const { total, positions } = data
  const delivering = positions.filter(({ inDeliveryWindow }) => inDeliveryWindow)
  const margin =
    total.initialMarginUsd === null
      ? 'initial margin unknown'
      : `initial margin ${usd(total.initialMarginUsd)} (${percent(total.marginToCapital)} of capital)`
  return [
    { kind: 'heading', text: 'Exposure' },
    {
      kind: 'text',
      text: `${positions.length} positions: gross ${usd(total.grossUsd)}, net ${usd(total.netUsd, true)}, ${numberText(total.deltaBbl === null ? null : total.deltaBbl / 1000, 0, true)} kbbl; leverage ${total.leverage === null ? 'unknown: the book has no capital' : numberText(total.leverage, 2)}; ${margin}.`,
    },
    exposureTable('By product', data.byProduct),
    exposureTable('By time to expiry', data.byTenor),
    exposureTable('By strategy', data.byStrategy),
    ...(delivering.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: `Within ${data.deliveryWindowDays} business days of the last trading day`,
            columns: [
              { header: 'position', text: true },
              { header: 'lots' },
              { header: 'last trading day', text: true },
              { header: 'business days left' },
              { header: 'spot-month limit, lots' },
            ],
            rows: delivering.map((row) => [
              text(row.position),
              signed(row.lots, 0),
              text(dateText(row.lastTradingDay)),
              number(row.businessDaysToLastTradingDay, 0),
              {
                text: numberText(row.spotMonthLimitLots, 0),
                tone: row.overSpotMonthLimit === true ? ('breach' as const) : undefined,
              },
            ]),
          },
        ]
      : []),
  ]
}

function exposureTable(caption: string, rows: readonly ExposureRow[]): Block {
  return {
    kind: 'table',
    caption,
    columns: [{ header: '', text: true }, { header: 'positions' }, { header: 'gross USD' }, { header: 'net USD' }, { header: 'kbbl' }],
    rows: rows.map((row) => [
      text(row.name),
      number(row.positions, 0),
      number(row.grossUsd, 0),
      signed(row.netUsd, 0),
      signed(row.deltaBbl === null ? null : row.deltaBbl / 1000, 0),
    ]),
  }
}
