import { lowerBound } from '../../kernel/lower-bound.js'
import { blockCount, type BlockTarget } from './block-sums.js'
import { createLeanKernel } from './create-kernel.js'
import { FACTS, type LeanKernel } from './lean-kernel.js'
import type { LeanMarket } from './lean-market.js'

/** Sums over the round trips of a run. USD, net of all costs. */
const TRADE_SUMS = [
  'trades',
  'longTrades',
  'wins',
  'losses',
  'wonUsd',
  'lostUsd',
  'largestWinUsd',
  'largestLossUsd',
  'barsHeld',
  'longestWins',
  'longestLosses',
  'tradedLots',
  'commissionUsd',
  'slippageUsd',
] as const
export type TradeSum = (typeof TRADE_SUMS)[number]

/** Where each fact of a kernel stands. */
const AT = Object.fromEntries(FACTS.map((name, i) => [name, i])) as Record<(typeof FACTS)[number], number>

/** Sums over the stretches below a former peak. */
export interface DrawdownSums {
  stretches: number
  deepest: number
  deepestUsd: number
  longestBars: number
  depths: number
}

/** What a run leaves behind; its columns are written anew by each run. */
export interface LeanPath {
  readonly kernel: LeanKernel
  readonly initialCapitalUsd: number
  readonly barsPerYear: number
  /** Its first `count + 1` numbers: before the first bar, then at the close of each. */
  readonly equityUsd: Float64Array
  lastUsd: number
  /** Of all returns. */
  sum: number
  squares: number
  /** Returns until the end, or until ruin. */
  count: number
  ruined: boolean
  /** Equity did not cover the margin of an order, which the engine then rejects: the path is not what it would trade. */
  rejected: boolean
  /** Bars with a position at the close. */
  exposedBars: number
  /** Net profit of each round trip. */
  readonly netUsd: Float64Array
  readonly tradeSums: Record<TradeSum, number>
  readonly drawdown: DrawdownSums
}

export function newLeanPath(market: LeanMarket, makeKernel = createLeanKernel): LeanPath {
  const { markUsd, maintenanceMarginUsd, rollBars, initialCapitalUsd, barsPerYear } = market
  const bars = markUsd.length
  const kernel = makeKernel({ markUsd, maintenanceMarginUsd, segments: bars + rollBars.length + 2 })
  return {
    kernel,
    initialCapitalUsd,
    barsPerYear,
    equityUsd: kernel.equityUsd,
    lastUsd: initialCapitalUsd,
    sum: 0,
    squares: 0,
    count: 0,
    ruined: false,
    rejected: false,
    exposedBars: 0,
    netUsd: new Float64Array(bars + 1),
    tradeSums: Object.fromEntries(TRADE_SUMS.map((name) => [name, 0])) as Record<TradeSum, number>,
    drawdown: { stretches: 0, deepest: 0, deepestUsd: 0, longestBars: 0, depths: 0 },
  }
}

/**
 * Trades the position changes of the path's kernel on the bars `from` to `until`, from flat and with the whole capital: what is
 * held at the close of bar `from − 1` by the decisions is bought where `from` fills. The returns are those of the bars from
 * `from` on. The engine (`runAccount`) gives the same equity with market orders. Blocks that a ruined run does not reach are
 * left alone.
 * @param from ≥ 1: nothing can be filled on the first bar
 */
export function runLean(
  market: LeanMarket,
  from: number,
  until: number,
  { sums, squares, offset }: BlockTarget,
  path: LeanPath,
): void {
  const { kernel, drawdown } = path
  const { equityUsd, facts, blockSums, blockSquares } = kernel
  equityUsd[0] = market.initialCapitalUsd
  layOut(market, from, until, path)
  let exposed = kernel.traceEquity(from, until)
  let end = kernel.firstUnderMargin(from, until)
  let count = Math.min(until, end + 1) - from
  kernel.follow(count)
  if (end === until && facts[AT.lowestUsd] <= 0) {
    end = from
    while (equityUsd[end - from + 1] > 0) end++
    count = end + 1 - from
    kernel.follow(count)
  }
  path.ruined = end < until
  // Ruin ends the run: trades and costs after it are none.
  if (path.ruined) {
    layOut(market, from, end + 1, path)
    exposed = kernel.traceEquity(from, end + 1)
  }
  path.count = count
  path.exposedBars = exposed
  path.sum = facts[AT.sum]
  path.squares = facts[AT.squares]
  path.lastUsd = equityUsd[count]
  drawdown.stretches = facts[AT.stretches]
  drawdown.deepest = facts[AT.deepest]
  drawdown.deepestUsd = facts[AT.deepestUsd]
  drawdown.longestBars = facts[AT.longestBars]
  drawdown.depths = facts[AT.depths]
  const blocks = blockCount(count)
  for (let block = 0; block < blocks; block++) {
    sums[offset + block] = blockSums[block]
    squares[offset + block] = blockSquares[block]
  }
}

/** Fills, rolls, round trips and costs, without a look at equity. */
function layOut(market: LeanMarket, from: number, until: number, path: LeanPath): void {
  const { fillUsd, markUsd, commissionUsd, slippageUsd, rollBars, rollUsd, opensRolled, initialMarginUsd } = market
  const { netUsd } = path
  const { changes, segments } = path.kernel
  const { bar: segmentBar, lots: segmentLots, baseUsd: segmentBaseUsd } = segments
  // The last decision before the window is the position that it opens with.
  let change = Math.max(0, lowerBound(changes.bar, from, 0, changes.count) - 1)
  let roll = lowerBound(rollBars, from)
  let lots = 0
  let baseUsd = market.initialCapitalUsd
  // The position: mean worth of its lots when filled, what filling and rolling them cost, and its first bar.
  let entryUsd = 0
  let entryCostUsd = 0
  let entryBar = from
  // Lots before the last fill, and its bar.
  let beforeFill = 0
  let lastFill = -1
  path.rejected = false
  let trades = 0
  let longTrades = 0
  let barsHeld = 0
  let tradedLots = 0
  let commission = 0
  let slippage = 0
  segmentBar[0] = from
  segmentLots[0] = 0
  segmentBaseUsd[0] = baseUsd
  let segment = 0
  for (;;) {
    const fillBar = change < changes.count ? Math.max(from, changes.bar[change] + 1) : until
    const rollBar = roll < rollBars.length ? rollBars[roll] : until
    if (fillBar >= until && rollBar >= until) break
    const bar = Math.min(fillBar, rollBar)
    // On one bar the order fills first, then the contract rolls.
    if (fillBar <= rollBar) {
      const decided = changes.bar[change]
      const goal = changes.lots[change++]
      const size = goal - lots
      if (size === 0) continue
      const absolute = Math.abs(size)
      const worth = fillUsd[bar]
      const paidPerLot = commissionUsd[bar]
      const slippedPerLot = slippageUsd[bar]
      const costPerLot = paidPerLot + slippedPerLot
      const held = Math.abs(lots)
      const closed = lots * size < 0 ? Math.min(held, absolute) : 0
      if (closed > 0) {
        const share = closed === held ? entryCostUsd : (entryCostUsd * closed) / held
        const net = (worth - entryUsd) * (lots > 0 ? closed : -closed) - share - costPerLot * closed
        entryCostUsd -= share
        netUsd[trades++] = net
        if (lots > 0) longTrades++
        barsHeld += bar - entryBar
      }
      const opened = absolute - closed
      if (opened > 0) {
        if (initialMarginUsd !== null) {
          const equityUsd = decided < from ? market.initialCapitalUsd : baseUsd + lots * markUsd[decided]
          const marginBar = Math.max(decided, from - 1)
          if (Math.abs(goal) * initialMarginUsd[marginBar] > equityUsd) path.rejected = true
        }
        entryUsd = closed === held ? worth : (entryUsd * lots + worth * size) / goal
        if (closed === held) entryBar = bar
        entryCostUsd += costPerLot * opened
      }
      baseUsd -= size * worth + costPerLot * absolute
      tradedLots += absolute
      commission += paidPerLot * absolute
      slippage += slippedPerLot * absolute
      beforeFill = lots
      lastFill = bar
      lots = goal
    } else {
      const opensHere = opensRolled && lastFill === bar
      const rolled = opensHere
        ? beforeFill * lots > 0
          ? Math.min(Math.abs(beforeFill), Math.abs(lots))
          : 0
        : Math.abs(lots)
      const costUsd = rolled * rollUsd[roll++]
      if (costUsd === 0) continue
      baseUsd -= costUsd
      entryCostUsd += costUsd
    }
    if (bar > segmentBar[segment]) segment++
    segmentBar[segment] = bar
    segmentLots[segment] = lots
    segmentBaseUsd[segment] = baseUsd
  }
  segments.count = segment + 1
  const sums = path.tradeSums
  sums.trades = trades
  sums.longTrades = longTrades
  sums.barsHeld = barsHeld
  sums.tradedLots = tradedLots * market.contracts
  sums.commissionUsd = commission
  sums.slippageUsd = slippage
  countWins(netUsd, trades, sums)
}

/** Wins and losses among the round trips. A profit of exactly zero is neither, and ends a run of either. */
function countWins(netUsd: Float64Array, trades: number, sums: Record<TradeSum, number>): void {
  let wins = 0
  let losses = 0
  let wonUsd = 0
  let lostUsd = 0
  let largestWinUsd = 0
  let largestLossUsd = 0
  let winsRunning = 0
  let lossesRunning = 0
  let longestWins = 0
  let longestLosses = 0
  for (let trade = 0; trade < trades; trade++) {
    const net = netUsd[trade]
    if (net > 0) {
      wins++
      wonUsd += net
      lossesRunning = 0
      if (net > largestWinUsd) largestWinUsd = net
      if (++winsRunning > longestWins) longestWins = winsRunning
    } else {
      winsRunning = 0
      if (net < 0) {
        losses++
        lostUsd -= net
        if (net < largestLossUsd) largestLossUsd = net
        if (++lossesRunning > longestLosses) longestLosses = lossesRunning
      } else lossesRunning = 0
    }
  }
  sums.wins = wins
  sums.losses = losses
  sums.wonUsd = wonUsd
  sums.lostUsd = lostUsd
  sums.largestWinUsd = largestWinUsd
  sums.largestLossUsd = largestLossUsd
  sums.longestWins = longestWins
  sums.longestLosses = longestLosses
}
