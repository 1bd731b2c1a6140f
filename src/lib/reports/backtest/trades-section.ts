import { dateText } from '../../charts/date-text.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import type { BacktestBreakdown } from '../../documents/parts/backtest-breakdown.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { headCell, numberCell, reportTable, signedCell, textCell } from '../report-table.js'

type TradeGroup = BacktestBreakdown['sides'][number]

const EXITS: Readonly<Record<string, string>> = {
  decision: 'closed by a decision',
  'stop-loss': 'closed by a stop',
  'trailing-stop': 'closed by a trailing stop',
  'take-profit': 'closed by a limit',
  expiry: 'settled at expiry',
}

/** Round trips: the scatter, what sides and exits earned, and the last of them. */
export function tradesSection({ data }: BacktestHistory, charts: readonly ReportChart[]): Markup {
  const { trades, sides, exits, tags, byInstrument, regimes } = data
  const atEntry = (groups: readonly TradeGroup[] | undefined, words: string): TradeGroup[] =>
    (groups ?? []).map((group) => ({ ...group, name: `${words} ${group.name}` }))
  const groups: TradeGroup[] = [
    ...sides,
    ...(exits.length > 1 ? exits.map((exit) => ({ ...exit, name: EXITS[exit.name] ?? exit.name })) : []),
    ...(tags.some(({ name }) => name !== 'untagged') ? atEntry(tags, 'tag') : []),
    ...(byInstrument.length > 1 ? byInstrument : []),
    ...atEntry(regimes.curve?.trades, 'entered in'),
    ...atEntry(regimes.volatility?.trades, 'entered in volatility'),
  ].filter((group) => group.trades > 0)
  return markup`<section><h2>Trades</h2>
${trades.count === 0 ? markup`<p>There was no closed trade.</p>\n` : chartFigure(charts, 'trades')}${groups.length === 0 ? NOTHING : groupTable(groups)}${
    trades.last.length === 0 ? NOTHING : lastTrades(data)
  }</section>
`
}

function groupTable(groups: readonly TradeGroup[]): Markup {
  const rows = groups.map(
    (group) =>
      markup`${[
        headCell(group.name),
        numberCell(group.trades, 0),
        numberCell(group.winRate === null ? null : 100 * group.winRate, 0),
        signedCell(group.netUsd, 0),
        signedCell(group.expectancyUsd, 0),
        numberCell(group.profitFactor, 2),
        numberCell(group.avgBars, 0),
        signedCell(group.avgMaeUsd, 0),
        signedCell(group.avgMfeUsd, 0),
        signedCell(group.worstUsd, 0),
        signedCell(group.bestUsd, 0),
      ]}`,
  )
  return reportTable(
    'By side, exit, tag, instrument and by the regime before the entry: USD after commission; farthest open loss and profit by highs and lows',
    [
      { header: '', text: true },
      { header: 'trades' },
      { header: 'won %' },
      { header: 'net' },
      { header: 'a trade' },
      { header: 'profit factor' },
      { header: 'bars' },
      { header: 'mean worst' },
      { header: 'mean best' },
      { header: 'lowest' },
      { header: 'highest' },
    ],
    rows,
  )
}

function lastTrades({ trades }: BacktestHistory['data']): Markup {
  const contracts = trades.last.some(({ entryContract }) => entryContract !== null)
  const rolled = trades.last.some(({ rolls }) => rolls > 0)
  const tagged = trades.last.some(({ tag }) => tag !== null)
  const several = new Set(trades.last.map(({ instrument }) => instrument)).size > 1
  const rows = trades.last.map(
    (trade) =>
      markup`${[
        headCell(trade.side),
        ...(several ? [textCell(trade.instrument)] : []),
        ...(tagged ? [textCell(trade.tag ?? '–')] : []),
        numberCell(trade.lots, 0),
        textCell(dateText(trade.entry)),
        textCell(dateText(trade.exit)),
        ...(contracts ? [textCell(trade.entryContract ?? '–'), textCell(trade.exitContract ?? '–')] : []),
        numberCell(trade.entryPrice, 2),
        numberCell(trade.exitPrice, 2),
        ...(rolled ? [numberCell(trade.rolls, 0)] : []),
        numberCell(trade.commissionUsd, 0),
        signedCell(trade.netUsd, 0),
      ]}`,
  )
  return reportTable(
    `The last ${trades.last.length} of ${trades.count} trades${rolled ? '; the profit is that of each contract it was held in, so that no roll gap is in it' : ''}`,
    [
      { header: 'side', text: true },
      ...(several ? [{ header: 'instrument', text: true }] : []),
      ...(tagged ? [{ header: 'tag', text: true }] : []),
      { header: 'lots' },
      { header: 'in', text: true },
      { header: 'out', text: true },
      ...(contracts
        ? [
            { header: 'contract in', text: true },
            { header: 'contract out', text: true },
          ]
        : []),
      { header: 'price in' },
      { header: 'price out' },
      ...(rolled ? [{ header: 'rolls' }] : []),
      { header: 'commission USD' },
      { header: 'net USD' },
    ],
    rows,
  )
}
