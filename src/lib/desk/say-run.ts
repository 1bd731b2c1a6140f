import type { AccountSettings, BacktestRun } from '../backtest/run-account.js'
import { barTimeText } from '../backtest/price-bars.js'
import { ContangoError } from '../kernel/errors.js'
import type { BacktestBarsContext } from './backtest-bars.js'

type Voice = Pick<BacktestBarsContext, 'strict' | 'warn'>

/** Says what a reader of a run must not miss; under --strict an order that was rejected refuses the run. */
export function sayRun(ctx: Voice, run: BacktestRun, settings: AccountSettings): void {
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
      `${counted(orders.rejectedExpired)} of a contract that had stopped trading, rejected`,
      orders.rejectedExpired,
    )
  }
  const margin = orders.rejected - orders.rejectedExpired
  if (margin > 0) {
    sayRejected(ctx, 'MARGIN_NOT_THERE', `${counted(margin)} rejected: equity did not cover the initial margin`, margin)
  }
  if (ruinBar !== null) {
    const date = barTimeText(timeMs[ruinBar])
    const usd = equityUsd[ruinBar]
    const needed = usd > 0 ? ', below the maintenance margin of what is held' : ''
    ctx.warn('RUIN', `equity fell to ${usd.toFixed(2)} USD on ${date}${needed}: the run stops there`, { date })
  }
}

const counted = (orders: number): string => `${orders} ${orders === 1 ? 'order' : 'orders'}`

function sayRejected(ctx: Voice, code: string, message: string, orders: number): void {
  if (ctx.strict)
    throw new ContangoError('refused', code, message, 'without --strict the run goes on without them', { orders })
  ctx.warn(code, message, { orders })
}
