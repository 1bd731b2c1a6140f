import { METRICS } from './metrics/measure.js'
import type { BacktestSettings } from './run-backtest.js'

/** Every convention of a run: how it was traded, and how each metric is computed. */
export function conventionsOf(settings: BacktestSettings): Record<string, string> {
  return {
    decision: 'at the close of a bar, from that bar and earlier ones',
    fill:
      settings.fill === 'next-open'
        ? 'market order at the open of the next bar'
        : 'market on close: at the close of the next bar',
    reversal: 'one order of twice the lots: a close and an open, commission on each lot once',
    slippage:
      'adverse, (price units + fraction × |price|) a unit, on market and stop orders; a limit never fills worse',
    mark: 'cash + (close − entry) × lots × multiplier at each close; the last position stays open',
    intrabar: `gaps fill at the open; where a bar touches stop and limit, the ${settings.intrabar} comes first`,
    roll: 'of joined settlements: at the settlement of the roll day, two fills a lot, charged to the trade; the gap is no profit',
    returns: 'of equity, per bar, the first bar dropped: n = bars − 1; 252 bars a year; risk-free rate 0',
    sizing:
      'a target is a fraction of full size; its lots are decided at the close from that bar and earlier ones: sizing.formula',
    benchmark: 'buy-hold sized in the same way on the same prices with the same costs',
    ...Object.fromEntries(METRICS.map(({ name, convention }) => [name, convention])),
  }
}
