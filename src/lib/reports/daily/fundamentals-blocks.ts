import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { FundamentalsInventoryData } from '../../documents/fundamentals-inventory.js'
import type { FundamentalsPositioningData } from '../../documents/fundamentals-positioning.js'
import type { Block } from '../blocks.js'
import { number, plain, text } from './cells.js'

export function fundamentalsBlocks(
  inventory: FundamentalsInventoryData | null,
  positioning: FundamentalsPositioningData | null,
): Block[] {
  if (inventory === null && positioning === null) return []
  return [
    { kind: 'heading', text: 'Fundamentals' },
    ...(inventory === null ? [] : [stocks(inventory)]),
    ...(positioning === null ? [] : [funds(positioning)]),
  ]
}

function stocks({ series }: FundamentalsInventoryData): Block {
  return {
    kind: 'table',
    caption: 'Weekly stocks as known on the day; a surprise above zero is a build beyond what was expected',
    columns: [
      { header: 'series', text: true },
      { header: 'week', text: true },
      { header: 'unit', text: true },
      { header: 'level' },
      { header: 'change' },
      { header: 'surprise' },
      { header: 'z' },
      { header: 'against five years' },
      { header: 'days of supply' },
    ],
    rows: series.map((row) => [
      text(row.title),
      text(dateText(row.period), `known on ${dateText(row.knownOn)}`),
      text(row.unit),
      number(row.level, 0),
      plain(row.change, 0),
      { ...plain(row.surprise, 0), title: row.expectedFrom === 'model' ? 'against a model, no consensus' : undefined },
      plain(row.surpriseZ, 2),
      text(
        row.fiveYear === null
          ? '–'
          : `${numberText(row.fiveYear.deviation, 0, true)} (percentile ${numberText(row.fiveYear.percentile, 0)})`,
      ),
      number(row.daysOfSupply, 1),
    ]),
  }
}

function funds({ markets }: FundamentalsPositioningData): Block {
  return {
    kind: 'table',
    caption: 'Positions of funds (CFTC), as known on the day',
    columns: [
      { header: 'market', text: true },
      { header: 'as of', text: true },
      { header: 'net contracts' },
      { header: 'change' },
      { header: '% of open interest' },
      { header: 'percentile' },
      { header: 'crowded', text: true },
    ],
    rows: markets.map((row) => [
      text(`${row.name}, ${row.group}`),
      text(dateText(row.period), `known on ${dateText(row.knownOn)}`),
      plain(row.net, 0),
      plain(row.change, 0),
      number(row.pctOfOpenInterest, 1),
      number(row.percentile, 0),
      text(row.crowded ?? '–'),
    ]),
  }
}
