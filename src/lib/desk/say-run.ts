import type { AccountSettings, BacktestRun } from '../backtest/run-account.js'
import { barTimeText } from '../backtest/price-bars.js'
import { ContangoError } from '../kernel/errors.js'
import type { TradingContext } from './traded-instruments.js'

/** Says what a reader of a run must not miss; under --strict an order that was rejected refuses the run. */
export function sayRun(ctx: TradingContext, run: BacktestRun, settings: AccountSettings): void {
  const { orders, ruinBar, equityUsd, timeMs } = run
  if (settings.fill === 'same-close') {
    ctx.warn(
      'SAME_BAR_FILL',
      'orders fill at the close that they were decided on, which no trader gets: --fill next-open or next-close',
    )
  }
  if (orders.rejectedExpired > 0) {
    sayRejected(
      ctx,
      'CONTRACT_EXPIRED',
      `${orders.rejectedExpired} orders of a contract that had stopped trading were rejected`,
      orders.rejectedExpired,
    )
  }
  const margin = orders.rejected - orders.rejectedExpired
  if (margin > 0) {
    sayRejected(
      ctx,
      'MARGIN_NOT_THERE',
      `${margin} orders were rejected: equity did not cover the initial margin`,
      margin,
    )
  }
  if (ruinBar !== null) {
    const date = barTimeText(timeMs[ruinBar])
    const usd = equityUsd[ruinBar].toFixed(2)
    ctx.warn('RUIN', `equity fell to ${usd} USD on ${date}: the run stops there`, { date })
  }
}

function sayRejected(ctx: TradingContext, code: string, message: string, orders: number): void {
  if (ctx.strict)
    throw new ContangoError('refused', code, message, 'without --strict the run goes on without them', { orders })
  ctx.warn(code, message, { orders })
}
