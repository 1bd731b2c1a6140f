import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { BacktestData } from '../documents/backtest.js'
import { fixedText } from './number-text.js'
import { parametersText } from './parameters-text.js'
import { usdText } from './usd-text.js'

/** One row a metric. */
export function metricsTable({ metrics, conventions }: BacktestData): Table {
  const names = Object.keys(metrics)
  return {
    length: names.length,
    columns: [
      { name: 'metric', kind: 'text', values: names },
      { name: 'value', kind: 'number', values: names.map((name) => metrics[name]) },
      { name: 'convention', kind: 'text', values: names.map((name) => conventions[name] ?? null) },
    ],
  }
}

const lotsText = (lots: number): string => `${lots} ${Math.abs(lots) === 1 ? 'lot' : 'lots'}`

const percent = (value: number | null): string => (value === null ? '–' : `${fixedText(100 * value, 2)} %`)

/** What happened, what it cost, the metrics that are read first, and the last trades. */
export function backtestView(data: BacktestData): Section[] {
  const { metrics, costs, equity, strategy, trades, ruin } = data
  const parameters = parametersText(strategy.parameters)
  const number = (name: string, digits: number): string => fixedText(metrics[name] ?? null, digits)
  const pairs: [string, string][] = [
    ['total return', percent(metrics['totalReturn'])],
    ['CAGR', percent(metrics['cagr'])],
    ['volatility', percent(metrics['annualVol'])],
    ['Sharpe', number('sharpe', 3)],
    ['probability that Sharpe > 0', percent(metrics['probabilisticSharpe'])],
    ['Sortino', number('sortino', 3)],
    ['Calmar', number('calmar', 3)],
    ['max drawdown', `${percent(metrics['maxDrawdown'])}, ${usdText(metrics['maxDrawdownCash'])}`],
    ['longest drawdown', `${number('maxDrawdownBars', 0)} bars`],
    ['VaR 95 of a bar', percent(metrics['var95'])],
    ['beta to buy-hold', number('beta', 3)],
    ['exposure', percent(metrics['exposure'])],
    ['trades', `${trades.count}, ${percent(metrics['winRate'])} won`],
    ['profit factor', number('profitFactor', 3)],
    ['expectancy', `${usdText(metrics['expectancy'], true)} a trade`],
  ]
  return [
    {
      title: `${strategy.name}${parameters.length > 0 ? ` (${parameters.join(', ')})` : ''} on ${data.instrument ?? data.series}, ${data.first} to ${data.last}`,
      lines: [
        strategy.rule,
        ...data.instruments.map(({ series }) => series),
        ...(data.sizing.kind === 'fixed'
          ? []
          : [
              `${data.sizing.formula}; at most ${lotsText(data.sizing.largestLots)} held, ${data.sizing.cappedDecisions} decisions cut by a limit`,
            ]),
        `${data.bars} bars; ${data.sizing.kind === 'fixed' ? lotsText(data.settings.lots) : 'lots'} of ${data.instruments.map(({ multiplier }) => multiplier).join(', ')} USD a unit of price; ${usdText(equity.initial)} → ${usdText(equity.final)}`,
        `gross ${usdText(costs.grossProfitUsd, true)} − commission ${usdText(costs.commissionUsd)} − slippage ${usdText(costs.slippageUsd)} − impact ${usdText(costs.impactUsd)} − ${data.rolls.count} rolls ${usdText(costs.rollUsd)} = net ${usdText(costs.netProfitUsd, true)}`,
        ...(data.rolls.count > 0
          ? [
              `gross of the front price ${usdText(data.attribution.frontUsd, true)}, of rolling ${usdText(data.attribution.rollYieldUsd, true)}`,
            ]
          : []),
        ...data.instruments.flatMap(({ name, openPosition }) =>
          openPosition
            ? [
                `still holds ${lotsText(openPosition.lots)}${data.instruments.length > 1 ? ` of ${name}` : ''} from ${openPosition.entry}: ${usdText(openPosition.profitUsd, true)}`,
              ]
            : [],
        ),
        ...ordersLines(data),
        ...(ruin ? [`RUIN on ${ruin.date}: the run stops there`] : []),
        ...(data.ambiguousBars > 0
          ? [
              `${data.ambiguousBars} bars fill differently on two paths inside them: the ${data.settings.intrabar} was taken; final equity ${usdText(data.intrabarBounds?.worstFinal ?? null)} to ${usdText(data.intrabarBounds?.bestFinal ?? null)}`,
            ]
          : []),
        data.lookAhead.checkedBars.length > 0
          ? `look-ahead: the past came out the same with the future cut off on ${data.lookAhead.checkedBars.length} dates`
          : 'look-ahead: too few bars to check',
      ],
    },
    {
      title: 'Metrics (--json has all with their conventions)',
      table: {
        length: pairs.length,
        columns: [
          { name: 'metric', kind: 'text', values: pairs.map(([name]) => name) },
          { name: 'value', kind: 'text', values: pairs.map(([, value]) => value) },
        ],
      },
    },
    ...(data.capacity === null
      ? []
      : [{ title: 'Capacity, capital in proportion to the lots', table: capacityTable(data.capacity) }]),
    ...(trades.count > 0 ? [{ title: 'Trades by side, exit, tag and regime at entry', table: groupsTable(data) }] : []),
    ...(trades.last.length > 0
      ? [{ title: `Last ${trades.last.length} of ${trades.count} trades`, table: lastTrades(data) }]
      : []),
    ...(data.assertions.length > 0
      ? [
          {
            title: 'Assertions',
            lines: data.assertions.map(
              ({ assertion, value, holds }) =>
                `${holds ? 'holds' : 'FAILS'}  ${assertion}  (${value === null ? 'undefined' : Number(value.toPrecision(6))})`,
            ),
          },
        ]
      : []),
  ]
}

function capacityTable(rows: NonNullable<BacktestData['capacity']>): Table {
  const usd = (name: string, header: string, values: number[]): Column => ({
    name,
    header,
    kind: 'number',
    digits: 0,
    signed: header.includes('net'),
    values,
  })
  return {
    length: rows.length,
    columns: [
      { name: 'lots', kind: 'number', digits: 0, values: rows.map(({ lots }) => lots) },
      usd(
        'netProfitUsd',
        'net USD',
        rows.map(({ netProfitUsd }) => netProfitUsd),
      ),
      usd(
        'netProfitPerLotUsd',
        'net USD a lot',
        rows.map(({ netProfitPerLotUsd }) => netProfitPerLotUsd),
      ),
      {
        name: 'sharpe',
        header: 'Sharpe',
        kind: 'number',
        digits: 3,
        values: rows.map((row) => row.sharpe ?? Number.NaN),
      },
      usd(
        'impactUsd',
        'impact USD',
        rows.map(({ impactUsd }) => impactUsd),
      ),
      usd(
        'totalUsd',
        'costs USD',
        rows.map(({ totalUsd }) => totalUsd),
      ),
      { name: 'ruined', kind: 'boolean', values: rows.map(({ ruined }) => ruined) },
    ],
  }
}

/** Trades by what tells them apart; a table of one group says nothing. */
function groupsTable({ sides, exits, tags, regimes, byInstrument }: BacktestData): Table {
  const sets: [string, BacktestData['sides']][] = [
    ['side', sides],
    ['exit', exits.length > 1 ? exits : []],
    ['tag', tags.some(({ name }) => name !== 'untagged') ? tags : []],
    ['instrument', byInstrument.length > 1 ? byInstrument : []],
    ['curve', regimes.curve?.trades ?? []],
    ['volatility', regimes.volatility?.trades ?? []],
  ]
  const rows = sets.flatMap(([by, groups]) =>
    groups.filter((group) => group.trades > 0).map((group) => ({ by, group })),
  )
  const usd = (name: string, header: string, of: (group: BacktestData['sides'][number]) => number | null): Column => ({
    name,
    header,
    kind: 'number',
    digits: 0,
    signed: true,
    values: rows.map(({ group }) => of(group)),
  })
  return {
    length: rows.length,
    columns: [
      { name: 'by', kind: 'text', values: rows.map(({ by }) => by) },
      { name: 'group', header: '', kind: 'text', values: rows.map(({ group }) => group.name) },
      { name: 'trades', kind: 'number', digits: 0, values: rows.map(({ group }) => group.trades) },
      {
        name: 'winRate',
        header: 'won %',
        kind: 'number',
        digits: 0,
        values: rows.map(({ group }) => (group.winRate === null ? null : 100 * group.winRate)),
      },
      usd('netUsd', 'net USD', (group) => group.netUsd),
      usd('expectancyUsd', 'a trade', (group) => group.expectancyUsd),
    ],
  }
}

/** Where some order did not simply fill. */
function ordersLines({ orders }: BacktestData): string[] {
  const { placed, filled, partialFills, cancelled, expired, rejected } = orders
  return placed === filled && rejected === 0
    ? []
    : [
        `${placed} orders: ${filled} filled whole, ${partialFills} fills of a part, ${cancelled} cancelled, ${expired} expired, ${rejected} rejected`,
      ]
}

function lastTrades({ trades: { last }, instruments }: BacktestData): Table {
  const several = instruments.length > 1
  return {
    length: last.length,
    columns: [
      ...(several
        ? [{ name: 'instrument', kind: 'text', values: last.map(({ instrument }) => instrument) } as const]
        : []),
      { name: 'side', kind: 'text', values: last.map(({ side }) => side) },
      { name: 'lots', kind: 'number', digits: 0, values: last.map(({ lots }) => lots) },
      { name: 'entry', kind: 'text', values: last.map(({ entry }) => entry) },
      { name: 'exit', kind: 'text', values: last.map(({ exit }) => exit) },
      {
        name: 'entryPrice',
        header: 'in at',
        kind: 'number',
        digits: 2,
        values: last.map(({ entryPrice }) => entryPrice),
      },
      {
        name: 'exitPrice',
        header: 'out at',
        kind: 'number',
        digits: 2,
        values: last.map(({ exitPrice }) => exitPrice),
      },
      {
        name: 'netUsd',
        header: 'net USD',
        kind: 'number',
        digits: 0,
        signed: true,
        values: last.map(({ netUsd }) => netUsd),
      },
    ],
  }
}
