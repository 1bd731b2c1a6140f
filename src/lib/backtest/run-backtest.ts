import { bookFill, closingLots, equityUsd, newAccount } from '../execution/account.js'
import { commissionOf, slippageOf, type CostModel } from '../execution/costs.js'
import { cancelOrder, newOrder, placeOrder, slippedPrice, touchPrice } from '../execution/order.js'
import type { Order } from '../execution/order.js'
import { wholeLots } from '../execution/sizing.js'
import { GrowingColumns } from './growing-columns.js'
import type { PriceBars } from './price-bars.js'
import { prepareSizer, resolveSizing, type SizingSettings } from './prepare-sizing.js'
import { FILL_COLUMNS, TRADE_COLUMNS, type FillRows, type TradeRows } from './records.js'
import type { ParameterValues, Strategy, Target } from './strategy.js'

/** next-open: at the open of the bar after the decision. next-close: market on close of that bar. */
export type FillTime = 'next-open' | 'next-close'

/** Which of a stop and a limit comes first where one bar touches both. */
export type IntrabarPath = 'worst' | 'best'

/** How a decision is traded. */
export interface BacktestSettings {
  /** Lots of a target of 1, where no other rule of sizing stands. */
  readonly lots: number
  /** null where nothing was said: the strategy's own rule, else `lots`. */
  readonly sizing: SizingSettings | null
  /** USD per lot and unit of price. */
  readonly multiplier: number
  readonly initialCapitalUsd: number
  /** Margin per lot below which the position is closed out and the run ends; 0 leaves equity of zero as the end. */
  readonly maintenanceMarginUsd: number
  readonly costs: CostModel
  readonly fill: FillTime
  /** Price units from the entry at which a stop or a limit order takes the position out; null for none. */
  readonly stopLoss: number | null
  readonly takeProfit: number | null
  /** Price units behind the best close since the entry. */
  readonly trailingStop: number | null
  readonly intrabar: IntrabarPath
}

export interface BacktestRun {
  /** At the close of each bar. */
  readonly equityUsd: Float64Array
  /** Lots held at the close of each bar. */
  readonly lots: Float64Array
  /** Lots decided at the close of each bar, to be held from the next one on. */
  readonly wantedLots: Float64Array
  readonly fills: FillRows
  readonly trades: TradeRows
  /** What is still held after the last bar; null when flat. */
  readonly open: { readonly lots: number; readonly entryPrice: number; readonly entryBar: number } | null
  readonly commissionUsd: number
  readonly slippageUsd: number
  /** Two fills a lot for each roll: commission and slippage on both legs. The gap between the contracts is no profit. */
  readonly rollUsd: number
  /** Times that a position moved to the next contract. */
  readonly rollsHeld: number
  /** Profit at the prices before slippage and without commission: gross − net is the cost. */
  readonly grossUsd: number
  /** Bars on which a stop and a limit were both touched, so that the path inside the bar decided. */
  readonly ambiguousBars: number
  /** Bar on whose close equity was no longer enough: the run ends there. null otherwise. */
  readonly ruinBar: number | null
  /** Decisions whose size a cap (lots, leverage, margin) cut. */
  readonly cappedDecisions: number
}

/** The decision of a strategy over bars, in a loop that decides at each close and fills afterwards. */
export function runBacktest(
  all: PriceBars,
  strategy: Strategy,
  values: ParameterValues,
  settings: BacktestSettings,
): BacktestRun {
  const bars = all.timeMs.length
  const { open, high, low, close, rolls } = all
  const decide = strategy.prepare(all, values)
  const firstDecision = strategy.firstDecisionBar(values)
  const { multiplier, costs, stopLoss, takeProfit, trailingStop } = settings
  const account = newAccount(settings.initialCapitalUsd, multiplier)
  const equity = new Float64Array(bars)
  const held = new Float64Array(bars)
  const decided = new Float64Array(bars)
  const fills = new GrowingColumns(FILL_COLUMNS)
  const trades = new GrowingColumns(TRADE_COLUMNS)
  const entry = newOrder(settings.fill === 'next-open' ? 'market' : 'market-on-close')
  const stop = newOrder('stop')
  const limit = newOrder('limit')
  const sizing = resolveSizing(settings.sizing, strategy.sizing?.(values), settings.lots)
  const sizer = prepareSizer(all, sizing, multiplier, stopLoss)
  const fullLots = sizing.rule.kind === 'fixed' ? sizing.rule.lots : settings.lots
  const guarded = stopLoss !== null || takeProfit !== null || trailingStop !== null

  let target: Target = 0
  /** Lots that the target stands for: decided at the close, whatever a stop does to the position afterwards. */
  let goal = 0
  /** The target waits for a size that is not known yet. */
  let unsized = false
  let commissionUsd = 0
  let slippageUsd = 0
  let rawFlowUsd = 0
  let rollUsd = 0
  let rollsHeld = 0
  let entryBar = -1
  let entryCommissionUsd = 0
  let bestClose = Number.NaN
  let worstUsd = 0
  let bestUsd = 0
  let ambiguousBars = 0
  let ruinBar: number | null = null

  const fillAt = (bar: number, order: Order, touched: number): void => {
    const slippage = order.kind === 'limit' ? 0 : slippageOf(touched, costs)
    const price = slippedPrice(order, touched, slippage)
    const { lots } = order
    const before = account.lots
    const entryPrice = account.entryPrice
    const commission = commissionOf(lots, costs)
    const closed = closingLots(before, lots)
    const grossUsd = bookFill(account, lots, price, commission)
    const slipped = slippage * Math.abs(lots) * multiplier
    const fill = fills.grow()
    const f = fills.length - 1
    fill.bar[f] = bar
    fill.lots[f] = lots
    fill.price[f] = price
    fill.commissionUsd[f] = commission
    fill.slippageUsd[f] = slipped
    commissionUsd += commission
    slippageUsd += slipped
    rawFlowUsd -= lots * touched * multiplier
    if (closed > 0) {
      // Commission of the entry goes with the lots that close, that of this fill with its closing part.
      const entryShare = (entryCommissionUsd * closed) / Math.abs(before)
      const tradeCommission = entryShare + (commission * closed) / Math.abs(lots)
      entryCommissionUsd -= entryShare
      const trade = trades.grow()
      const t = trades.length - 1
      trade.lots[t] = before > 0 ? closed : -closed
      trade.entryBar[t] = entryBar
      trade.exitBar[t] = bar
      trade.entryPrice[t] = entryPrice
      trade.exitPrice[t] = price
      trade.grossUsd[t] = grossUsd
      trade.commissionUsd[t] = tradeCommission
      trade.netUsd[t] = grossUsd - tradeCommission
      trade.worstUsd[t] = Math.min(worstUsd, grossUsd)
      trade.bestUsd[t] = Math.max(bestUsd, grossUsd)
    }
    const opened = Math.abs(lots) - closed
    if (opened > 0) {
      entryBar = bar
      entryCommissionUsd += (commission * opened) / Math.abs(lots)
      bestClose = price
      worstUsd = 0
      bestUsd = 0
    }
    order.state = 'filled'
    if (guarded) {
      cancelOrder(stop)
      cancelOrder(limit)
      if (account.lots !== 0) placeBracket()
    }
  }

  /** One cancels the other: whichever fills first takes the whole position out. */
  const placeBracket = (): void => {
    const { lots, entryPrice } = account
    const sign = lots > 0 ? 1 : -1
    const fixed = stopLoss === null ? Number.NaN : entryPrice - sign * stopLoss
    const trailed = trailingStop === null ? Number.NaN : bestClose - sign * trailingStop
    const nearest = Number.isNaN(fixed) ? trailed : Number.isNaN(trailed) ? fixed : nearer(sign, fixed, trailed)
    if (!Number.isNaN(nearest)) placeOrder(stop, -lots, nearest)
    if (takeProfit !== null) placeOrder(limit, -lots, entryPrice + sign * takeProfit)
  }

  let bar = 0
  for (; bar < bars; bar++) {
    if (entry.state === 'working' && entry.kind === 'market') fillAt(bar, entry, open[bar])
    if (guarded && account.lots !== 0) {
      const stopped = touchPrice(stop, open[bar], high[bar], low[bar], close[bar])
      const limited = touchPrice(limit, open[bar], high[bar], low[bar], close[bar])
      const both = stopped === stopped && limited === limited
      // An open beyond one of them settles which came first.
      const atOpen = stopped === open[bar] || limited === open[bar]
      if (both && !atOpen) ambiguousBars++
      const takeLimit = both ? (atOpen ? limited === open[bar] : settings.intrabar === 'best') : limited === limited
      if (takeLimit) fillAt(bar, limit, limited)
      else if (stopped === stopped) fillAt(bar, stop, stopped)
    }
    if (entry.state === 'working') {
      // A stop may have taken the position out since the order was placed.
      entry.lots = goal - account.lots
      if (entry.lots === 0) cancelOrder(entry)
      else fillAt(bar, entry, close[bar])
    }

    if (rolls !== undefined && rolls[bar] === 1 && account.lots !== 0) {
      const size = Math.abs(account.lots)
      const costUsd = 2 * (commissionOf(size, costs) + slippageOf(close[bar], costs) * size * multiplier)
      account.cashUsd -= costUsd
      // It belongs to the trade that was carried over.
      entryCommissionUsd += costUsd
      rollUsd += costUsd
      rollsHeld++
    }
    const { lots, entryPrice } = account
    const value = equityUsd(account, close[bar])
    equity[bar] = value
    held[bar] = lots
    if (lots !== 0) {
      const size = lots * multiplier
      const atHigh = (high[bar] - entryPrice) * size
      const atLow = (low[bar] - entryPrice) * size
      worstUsd = Math.min(worstUsd, atHigh, atLow)
      bestUsd = Math.max(bestUsd, atHigh, atLow)
      if (value <= 0 || value < settings.maintenanceMarginUsd * Math.abs(lots)) {
        ruinBar = bar
        bar++
        break
      }
      if (trailingStop !== null) {
        bestClose = lots > 0 ? Math.max(bestClose, close[bar]) : Math.min(bestClose, close[bar])
        placeBracket()
      }
    }
    if (bar >= firstDecision) {
      const wanted = decide(bar, target)
      // What a stop took out stays out until the target changes; what was too small for a lot may grow into one.
      const resized = sizer !== null && (unsized || (sizer.eachBar && (lots !== 0 || goal === 0)))
      if (wanted !== target || resized) {
        target = wanted
        let lotsWanted = sizer === null ? wholeLots(target * fullLots) : sizer.lotsAt(bar, target, value, goal)
        unsized = lotsWanted !== lotsWanted
        if (unsized) lotsWanted = target * goal > 0 ? goal : 0
        if (lotsWanted !== goal) {
          goal = lotsWanted
          if (goal !== lots) placeOrder(entry, goal - lots, Number.NaN)
        }
      }
    }
    decided[bar] = goal
  }
  const lastClose = bar > 0 ? close[bar - 1] : Number.NaN
  const openGrossUsd = account.lots === 0 ? 0 : account.lots * lastClose * multiplier
  return {
    equityUsd: equity.subarray(0, bar),
    lots: held.subarray(0, bar),
    wantedLots: decided.subarray(0, bar),
    fills: fills.rows(),
    trades: trades.rows(),
    open: account.lots === 0 ? null : { lots: account.lots, entryPrice: account.entryPrice, entryBar },
    commissionUsd,
    slippageUsd,
    rollUsd,
    rollsHeld,
    grossUsd: rawFlowUsd + openGrossUsd,
    ambiguousBars,
    ruinBar,
    cappedDecisions: sizer?.cappedDecisions ?? 0,
  }
}

/** The stop that is hit first: the higher one under a long, the lower one over a short. */
function nearer(sign: number, a: number, b: number): number {
  return sign > 0 ? Math.max(a, b) : Math.min(a, b)
}
