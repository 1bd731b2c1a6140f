import { lowerBound } from '../../kernel/lower-bound.js'
import { NO_MOVE } from '../metrics/growth.js'
import { BLOCK_BARS, type BlockTarget } from './block-sums.js'
import type { LeanMarket } from './lean-market.js'
import type { PositionChanges } from './position-changes.js'

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
  readonly initialCapitalUsd: number
  readonly barsPerYear: number
  /** Written by {@link traceEquity}, not by the run: its first `count + 1` numbers. */
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
  /** Stretches of constant lots: first bar, lots, and equity less lots × mark. */
  readonly segmentBar: Int32Array
  readonly segmentLots: Float64Array
  readonly segmentBaseUsd: Float64Array
  segments: number
}

export function newLeanPath({ markUsd, rollBars, initialCapitalUsd, barsPerYear }: LeanMarket): LeanPath {
  const bars = markUsd.length
  const segments = bars + rollBars.length + 2
  return {
    initialCapitalUsd,
    barsPerYear,
    equityUsd: new Float64Array(bars + 1),
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
    segmentBar: new Int32Array(segments),
    segmentLots: new Float64Array(segments),
    segmentBaseUsd: new Float64Array(segments),
    segments: 0,
  }
}

/**
 * Trades decided positions on the bars `from` to `until`, from flat and with the whole capital: what is held at the close of
 * bar `from − 1` by the decisions is bought where `from` fills. The returns are those of the bars from `from` on. The engine
 * (`runAccount`) gives the same equity with market orders. Blocks that a ruined run does not reach are left alone.
 * @param from ≥ 1: nothing can be filled on the first bar
 */
export function runLean(
  market: LeanMarket,
  changes: PositionChanges,
  from: number,
  until: number,
  blocks: BlockTarget,
  path: LeanPath,
): void {
  layOut(market, changes, from, until, path)
  follow(market, from, until, blocks, path)
  // Ruin ends the run: trades and costs after it are none.
  if (path.ruined) layOut(market, changes, from, from + path.count, path)
}

/** Fills, rolls, round trips and costs, without a look at equity. */
function layOut(market: LeanMarket, changes: PositionChanges, from: number, until: number, path: LeanPath): void {
  const { fillUsd, markUsd, commissionUsd, slippageUsd, rollBars, rollUsd, opensRolled, initialMarginUsd } = market
  const { segmentBar, segmentLots, segmentBaseUsd, netUsd } = path
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
  path.segments = segment + 1
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

/** Equity that is a rounding below its peak is at it: the engine's sums come out level where these do not. */
const LEVEL = 1 - NO_MOVE

/** Sums of the returns and drawdown along the segments; equity is not written down. */
function follow(
  { markUsd, maintenanceMarginUsd, initialCapitalUsd }: LeanMarket,
  from: number,
  until: number,
  { sums, squares, offset }: BlockTarget,
  path: LeanPath,
): void {
  const { segmentBar, segmentLots, segmentBaseUsd, segments, drawdown } = path
  let before = initialCapitalUsd
  let peak = before
  let peakBar = from - 1
  let low = before
  let stretches = 0
  let deepest = 0
  let deepestUsd = 0
  let longestBars = 0
  let depths = 0
  let exposed = 0
  let sum = 0
  let square = 0
  let blockSum = 0
  let blockSquare = 0
  let block = offset
  let left = BLOCK_BARS
  let bar = from
  let ruined = false
  for (let segment = 0; segment < segments && !ruined; segment++) {
    const lots = segmentLots[segment]
    const base = segmentBaseUsd[segment]
    let end = segment + 1 < segments ? segmentBar[segment + 1] : until
    const first = bar
    const size = Math.abs(lots)
    // Equity of zero is ruin too: the least positive number is the floor of no margin at all.
    const floor = maintenanceMarginUsd === null ? Number.MIN_VALUE : -Infinity
    // Whoever falls through a floor makes a new low, unless the low was below it already; margins are floors that move.
    if (low < floor || maintenanceMarginUsd !== null) {
      let at = bar
      for (; at < end; at++) {
        const value = base + lots * markUsd[at]
        if (value <= 0 || (maintenanceMarginUsd !== null && value < maintenanceMarginUsd[at] * size)) break
      }
      ruined = at < end
      end = Math.min(end, at + 1)
    }
    while (bar < end) {
      // To the end of the block or of the segment: the innermost loop has nothing else to count.
      const stop = Math.min(end, bar + left)
      left -= stop - bar
      for (; bar < stop; bar++) {
        const value = base + lots * markUsd[bar]
        const r = value / before - 1
        before = value
        blockSum += r
        blockSquare += r * r
        if (value < peak) {
          if (value < low) {
            low = value
            if (value < floor) break
          }
        } else {
          if (low < peak * LEVEL) {
            const depth = low / peak - 1
            stretches++
            depths += depth
            if (depth < deepest) deepest = depth
            if (low - peak < deepestUsd) deepestUsd = low - peak
            if (bar - peakBar > longestBars) longestBars = bar - peakBar
          }
          peak = value
          low = value
          peakBar = bar
        }
      }
      if (bar < stop) {
        bar++
        left += stop - bar
        ruined = true
        end = bar
      }
      if (left === 0) {
        sums[block] = blockSum
        squares[block] = blockSquare
        block++
        sum += blockSum
        square += blockSquare
        blockSum = 0
        blockSquare = 0
        left = BLOCK_BARS
      }
    }
    if (lots !== 0) exposed += bar - first
  }
  if (left < BLOCK_BARS) {
    sums[block] = blockSum
    squares[block] = blockSquare
    sum += blockSum
    square += blockSquare
  }
  if (low < peak * LEVEL) {
    const depth = low / peak - 1
    stretches++
    depths += depth
    if (depth < deepest) deepest = depth
    if (low - peak < deepestUsd) deepestUsd = low - peak
    if (bar - 1 - peakBar > longestBars) longestBars = bar - 1 - peakBar
  }
  path.count = bar - from
  path.ruined = ruined
  path.exposedBars = exposed
  path.sum = sum
  path.squares = square
  path.lastUsd = before
  drawdown.stretches = stretches
  drawdown.deepest = deepest
  drawdown.deepestUsd = deepestUsd
  drawdown.longestBars = longestBars
  drawdown.depths = depths
}

/** Writes down equity of the last run: at the close of each bar, and before them the capital. */
export function traceEquity({ markUsd, initialCapitalUsd }: LeanMarket, path: LeanPath): void {
  const { equityUsd, segmentBar, segmentLots, segmentBaseUsd, segments, count } = path
  const from = segmentBar[0]
  equityUsd[0] = initialCapitalUsd
  let bar = from
  for (let segment = 0; segment < segments; segment++) {
    const lots = segmentLots[segment]
    const base = segmentBaseUsd[segment]
    const end = segment + 1 < segments ? segmentBar[segment + 1] : from + count
    for (; bar < end; bar++) equityUsd[bar - from + 1] = base + lots * markUsd[bar]
  }
}
