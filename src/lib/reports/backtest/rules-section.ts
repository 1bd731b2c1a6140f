import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { BacktestData } from '../../documents/backtest.js'
import { type Markup, markup } from '../markup.js'
import { headCell, reportTable } from '../report-table.js'

const SETTINGS: Readonly<Record<string, string>> = {
  lots: 'lots of a full position',
  multiplier: 'USD per lot and unit of price',
  initialCapitalUsd: 'initial capital, USD',
  barsPerYear: 'bars a year',
  riskFreePerYear: 'risk-free rate a year',
  commissionUsdPerLot: 'commission, USD a lot and side',
  exchangeFeeUsdPerLot: 'exchange fee, USD a lot and side',
  commissionFraction: 'commission, fraction of |notional|',
  tierReset: 'tiers begin anew each',
  slippagePrice: 'slippage, price units',
  slippageTicks: 'slippage, ticks',
  slippageFraction: 'slippage, fraction of |price|',
  slippageVolatility: 'slippage, deviations of a bar',
  bidAsk: 'bid–ask spread, price units',
  bidAskTicks: 'bid–ask spread, ticks',
  impact: 'market impact, Y of the root law',
  dailyVolume: 'lots a bar, as said',
  fill: 'fill',
  entry: 'entry order',
  entryOffset: 'entry offset, price units',
  entryLimitOffset: 'limit beyond the stop, price units',
  timeInForce: 'time in force',
  renew: 'expired entries are placed anew',
  maxVolumeShare: 'largest share of the volume',
  stopLoss: 'stop loss, price units',
  takeProfit: 'take profit, price units',
  trailingStop: 'trailing stop, price units',
  intrabar: 'path inside a bar',
}

/** Settings that do something, in words. */
function settingRows({ tiers, tierReset, ...others }: BacktestData['settings']): [string, string][] {
  const shown = tiers.length === 0 ? others : { ...others, tierReset }
  const rows = Object.entries(shown).flatMap(([name, value]): [string, string][] =>
    value === null || value === 0 || value === false ? [] : [[SETTINGS[name] ?? name, settingText(value)]],
  )
  const slices = tiers.map(({ throughLots, usdPerLot }) => `${usdPerLot} USD ${throughLots === null ? 'beyond' : `through lot ${throughLots}`}`)
  return tiers.length === 0 ? rows : [...rows, ['commission by volume', slices.join(', ')]]
}

function settingText(value: string | number | boolean): string {
  if (value === true) return 'yes'
  const decimals = /^-?\d+(?:\.(\d+))?$/.exec(String(value))
  return typeof value === 'number' && decimals ? numberText(value, decimals[1]?.length ?? 0) : String(value)
}

/** What was run, with every setting that was not left out, and what the look-ahead guard looked at. */
export function rulesSection(data: BacktestData): Markup {
  const { strategy, settings, sizing, orders, lookAhead } = data
  const rows: [string, string][] = [
    ['strategy', strategy.name],
    ['rule', strategy.rule],
    ...Object.entries(strategy.parameters).map(([name, value]): [string, string] => [`parameter ${name}`, String(value)]),
    ['first decision', `on the close of bar ${strategy.firstDecisionBar + 1}`],
    ['prices', data.series],
    ...data.instruments.flatMap((instrument): [string, string][] => [
      [
        `instrument ${instrument.name}`,
        `${numberText(instrument.multiplier, 0)} USD per lot and unit of price${instrument.legs.length > 1 ? `; legs ${instrument.legs.map(({ name, lots }) => `${numberText(lots, 0, true)} ${name}`).join(', ')}` : ''}; margin: ${instrument.margin.words}`,
      ],
    ]),
    ['size', sizing.formula],
    ...settingRows(settings),
    [
      'orders',
      `${numberText(orders.placed, 0)} placed, ${numberText(orders.filled, 0)} filled, ${numberText(orders.cancelled, 0)} cancelled, ${numberText(orders.expired, 0)} expired, ${numberText(orders.rejected, 0)} rejected`,
    ],
    [
      'inside the bar',
      data.intrabarBounds === null
        ? 'no bar on which two paths fill differently'
        : `${numberText(data.ambiguousBars, 0)} bars on which two paths fill differently: final equity from ${numberText(data.intrabarBounds.worstFinal, 0)} to ${numberText(data.intrabarBounds.bestFinal, 0)} USD`,
    ],
    [
      'look-ahead guard',
      lookAhead.checkedBars.length === 0
        ? 'too few bars to check'
        : `passed: ${numberText(100 * lookAhead.recomputedShare, 0)} % of the bars recomputed with the future cut off on ${lookAhead.checkedBars.map(dateText).join(', ')}`,
    ],
  ]
  return markup`<section><h2>Rule and settings</h2>
${reportTable(
  'What was run; settings that are off are left out',
  [
    { header: '', text: true },
    { header: '', text: true },
  ],
  rows.map(([name, words]) => markup`${[headCell(name), markup`<td class="text wrap">${words}</td>`]}`),
)}</section>
`
}
