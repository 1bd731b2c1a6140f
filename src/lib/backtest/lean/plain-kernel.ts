import type { HoldingSides } from '../strategy.js'
import { BLOCK_BARS, blockCount } from './block-sums.js'
import { FACTS, LEVEL, type KernelShape, type LeanKernel, type PositionChanges, type Segments } from './lean-kernel.js'

/**
 * The kernel in plain loops, in the order of sums of `wasm/lean-kernel.ts`: where there is no WebAssembly, or no address space
 * for it.
 */
export function createPlainKernel({ markUsd, maintenanceMarginUsd, segments: most }: KernelShape): LeanKernel {
  const bars = markUsd.length
  const changes: PositionChanges = { bar: new Int32Array(bars), lots: new Float64Array(bars), count: 0 }
  const segments: Segments = {
    bar: new Int32Array(most),
    lots: new Float64Array(most),
    baseUsd: new Float64Array(most),
    count: 0,
  }
  const equityUsd = new Float64Array(bars + 1)
  const blockSums = new Float64Array(blockCount(bars))
  const blockSquares = new Float64Array(blockCount(bars))
  const facts = new Float64Array(FACTS.length)
  return {
    kind: 'plain',
    changes,
    segments,
    equityUsd,
    blockSums,
    blockSquares,
    facts,
    adopt: (column) => column,
    changesOfSide: (sides, first, long, short) => changesOfSide(sides, first, bars, long, short, changes),
    traceEquity: (from, until) => traceEquity(markUsd, segments, from, until, equityUsd),
    firstUnderMargin: (from, until) =>
      maintenanceMarginUsd === null ? until : firstUnderMargin(maintenanceMarginUsd, segments, from, until, equityUsd),
    follow: (count) => follow(equityUsd, count, blockSums, blockSquares, facts),
  }
}

function changesOfSide(
  { above, below, margin }: HoldingSides,
  first: number,
  until: number,
  long: number,
  short: number,
  changes: PositionChanges,
): void {
  const { bar: bars, lots } = changes
  let bar = first
  while (bar < until && !(Math.abs(above[bar] - below[bar]) > margin)) bar++
  let isLong = bar < until && above[bar] > below[bar]
  let count = 0
  while (bar < until) {
    bars[count] = bar
    lots[count] = isLong ? long : short
    count++
    bar++
    const [high, low] = isLong ? [above, below] : [below, above]
    while (bar < until && !(high[bar] - low[bar] < -margin)) bar++
    isLong = !isLong
  }
  changes.count = count
}

function traceEquity(
  markUsd: Float64Array,
  { bar: bars, lots, baseUsd, count }: Segments,
  from: number,
  until: number,
  equityUsd: Float64Array,
): number {
  let held = 0
  let bar = from
  for (let segment = 0; segment < count; segment++) {
    const end = segment + 1 < count ? bars[segment + 1] : until
    const size = lots[segment]
    const base = baseUsd[segment]
    if (size !== 0) held += end - bar
    for (; bar < end; bar++) equityUsd[bar - from + 1] = base + size * markUsd[bar]
  }
  return held
}

function firstUnderMargin(
  marginUsd: Float64Array,
  { bar: bars, lots, count }: Segments,
  from: number,
  until: number,
  equityUsd: Float64Array,
): number {
  let bar = from
  for (let segment = 0; segment < count; segment++) {
    const end = segment + 1 < count ? bars[segment + 1] : until
    const size = Math.abs(lots[segment])
    for (; bar < end; bar++) {
      const value = equityUsd[bar - from + 1]
      if (value <= 0 || value < size * marginUsd[bar]) return bar
    }
  }
  return until
}

function follow(
  equityUsd: Float64Array,
  count: number,
  blockSums: Float64Array,
  blockSquares: Float64Array,
  facts: Float64Array,
): void {
  let sum = 0
  let square = 0
  let peak = equityUsd[0]
  let peakAt = 0
  let low = peak
  let lowest = peak
  let stretches = 0
  let deepest = 0
  let deepestUsd = 0
  let longest = 0
  let depths = 0
  const endStretch = (bar: number): void => {
    if (!(low < peak * LEVEL)) return
    const depth = low / peak - 1
    stretches++
    depths += depth
    if (depth < deepest) deepest = depth
    if (low - peak < deepestUsd) deepestUsd = low - peak
    if (bar - peakAt > longest) longest = bar - peakAt
  }
  // Returns of a whole block are added in four lanes, then the lanes in pairs; those of a part of one in their order.
  const lanes = new Float64Array(8)
  for (let done = 0; done < count; done += BLOCK_BARS) {
    const size = Math.min(BLOCK_BARS, count - done)
    const lane = size === BLOCK_BARS ? 3 : 0
    lanes.fill(0)
    let top = -Infinity
    let bottom = Infinity
    for (let i = 0; i < size; i++) {
      const value = equityUsd[done + i + 1]
      const r = value / equityUsd[done + i] - 1
      lanes[i & lane] += r
      lanes[4 + (i & lane)] += r * r
      if (value > top) top = value
      if (value < bottom) bottom = value
    }
    const blockSum = lanes[0] + lanes[2] + (lanes[1] + lanes[3])
    const blockSquare = lanes[4] + lanes[6] + (lanes[5] + lanes[7])
    blockSums[done / BLOCK_BARS] = blockSum
    blockSquares[done / BLOCK_BARS] = blockSquare
    sum += blockSum
    square += blockSquare
    if (bottom < lowest) lowest = bottom
    if (top >= peak) {
      for (let i = done + 1; i <= done + size; i++) {
        const value = equityUsd[i]
        if (value < peak) {
          if (value < low) low = value
          continue
        }
        endStretch(i)
        peak = value
        low = value
        peakAt = i
      }
    } else if (bottom < low) low = bottom
  }
  endStretch(count)
  facts.set([sum, square, lowest, stretches, deepest, deepestUsd, longest, depths])
}
