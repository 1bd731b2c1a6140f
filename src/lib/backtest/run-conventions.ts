import { METRICS } from './metrics/measure.js'
import { BARS_PER_YEAR } from './metrics/performance.js'
import type { OrderRules } from './order-rules.js'

const FILLS: Readonly<Record<OrderRules['fill'], string>> = {
  'next-open': 'market order at the open of the next bar',
  'next-close': 'market on close: at the close of the next bar',
  'same-close': 'at the close that was decided on, which no trader gets',
}

const ENTRIES: Readonly<Record<OrderRules['entry'], string>> = {
  market: 'at the market',
  'market-on-close': 'market on close: at the close of the next bar, of bars within a day at that of their session',
  limit: 'limit order entryOffset better than the close of the decision; what takes a position out goes at the market',
  stop: 'stop order entryOffset worse than the close of the decision; what takes a position out goes at the market',
  'stop-limit':
    'stop order entryOffset worse than the close of the decision, no fill more than entryLimitOffset beyond it; what takes a position out goes at the market',
}

/** Every convention of a run: how it was traded, and how each metric is computed. */
export function conventionsOf(
  rules: OrderRules,
  riskFreePerYear = 0,
  barsPerYear = BARS_PER_YEAR,
  namesOrders = false,
): Record<string, string> {
  const year = String(Number(barsPerYear.toPrecision(6)))
  return {
    decision: 'at the close of a bar, from that bar and earlier ones',
    fill: FILLS[rules.fill],
    entry: `${namesOrders ? 'as the strategy says with its decision; where it does not, ' : ''}${ENTRIES[rules.entry]}`,
    reversal: 'one order of twice the lots: a close and an open, commission on each lot once',
    slippage:
      'adverse, (price units + fraction × |price| + multiple × deviation + half the bid-ask spread) a unit, on market and stop orders; a limit never fills worse. Deviation: of the changes of the 20 bars before the fill, ddof 1',
    impact:
      'Y × deviation × √(lots ÷ mean volume of the 20 bars before the fill) in price units, adverse, on market and stop orders',
    mark: 'cash + (close − entry) × lots × multiplier at each close; the last position stays open',
    intrabar: `gaps fill at the open; then open–high–low–close or open–low–high–close: where they fill differently, the ${rules.intrabar} by the worth at that close`,
    roll: 'at the settlement of the roll day, two fills a lot, charged to the trade; the gap is no profit',
    rollYield: '−Σ (next − left) × lots × multiplier over the rolls',
    ruin: 'equity ≤ 0, or below the maintenance margin of what is held, at a close: the run ends there',
    returns: `of equity, per bar, the first bar dropped: n = bars − 1; ${year} bars a year; risk-free rate ${riskFreePerYear} a year`,
    sizing:
      'a target is a fraction of full size; its lots are decided at the close from that bar and earlier ones: sizing.formula',
    benchmark: 'buy-hold at the market, sized in the same way on the same prices with the same costs, without stops',
    ...Object.fromEntries(METRICS.map(({ name, convention }) => [name, convention.replaceAll('252', year)])),
  }
}
