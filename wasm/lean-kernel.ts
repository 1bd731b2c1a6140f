// The loops over bars of src/lib/backtest/lean/lean-kernel.ts, two or four bars at a time, in AssemblyScript.
// `node scripts/generate.mjs` compiles it into src/lib/backtest/lean/lean-kernel-wasm.ts. plain-kernel.ts says the same in
// TypeScript and gives the same numbers to the last bit: whoever changes one changes both.
// Columns are addresses of doubles, of bars those of 32-bit integers. A store of four may run over the end of a column by three.

const BLOCK_BARS = 20

function at(column: usize, index: i32): f64 {
  return load<f64>(column + ((<usize>index) << 3))
}

/** Bars on which a − b leaves the band of ±margin for the other side; returns how many there are. */
export function changesOfSide(
  a: usize,
  b: usize,
  margin: f64,
  first: i32,
  until: i32,
  long: f64,
  short: f64,
  bars: usize,
  lots: usize,
): i32 {
  let bar = first
  while (bar < until && !(Math.abs(at(a, bar) - at(b, bar)) > margin)) bar++
  if (bar >= until) return 0
  let isLong = at(a, bar) > at(b, bar)
  const limit = f64x2.splat(-margin)
  let count = 0
  while (true) {
    store<i32>(bars + ((<usize>count) << 2), bar)
    store<f64>(lots + ((<usize>count) << 3), isLong ? long : short)
    count++
    bar++
    const above = isLong ? a : b
    const below = isLong ? b : a
    let left: i32 = 0
    while (bar + 4 <= until) {
      const p = above + ((<usize>bar) << 3)
      const q = below + ((<usize>bar) << 3)
      const near = f64x2.lt(f64x2.sub(v128.load(p), v128.load(q)), limit)
      const far = f64x2.lt(f64x2.sub(v128.load(p, 16), v128.load(q, 16)), limit)
      if (v128.any_true(v128.or(near, far))) {
        left = i64x2.bitmask(near) | (i64x2.bitmask(far) << 2)
        break
      }
      bar += 4
    }
    if (left != 0) bar += ctz(left)
    else {
      while (bar < until && !(at(above, bar) - at(below, bar) < -margin)) bar++
      if (bar >= until) return count
    }
    isLong = !isLong
  }
  return count
}

/** Equity at the closes of the bars `from` to `until`, from equity + 8 on; returns the bars on which a position is held. */
export function traceEquity(
  mark: usize,
  bars: usize,
  lots: usize,
  base: usize,
  segments: i32,
  from: i32,
  until: i32,
  equity: usize,
): i32 {
  let held = 0
  let bar = from
  let to = equity + 8
  for (let segment = 0; segment < segments; segment++) {
    const end = segment + 1 < segments ? load<i32>(bars + ((<usize>(segment + 1)) << 2)) : until
    const size = at(lots, segment)
    if (size != 0) held += end - bar
    const sizes = f64x2.splat(size)
    const bases = f64x2.splat(at(base, segment))
    let p = mark + ((<usize>bar) << 3)
    let q = to
    const stop = mark + ((<usize>end) << 3)
    while (p < stop) {
      v128.store(q, f64x2.add(bases, f64x2.mul(sizes, v128.load(p))))
      v128.store(q, f64x2.add(bases, f64x2.mul(sizes, v128.load(p, 16))), 16)
      p += 32
      q += 32
    }
    to += (<usize>(end - bar)) << 3
    bar = end
  }
  return held
}

/** First bar at whose close equity is nothing or below the margin of the lots held; `until` where there is none. */
export function firstUnderMargin(
  margin: usize,
  bars: usize,
  lots: usize,
  segments: i32,
  from: i32,
  until: i32,
  equity: usize,
): i32 {
  const zero = f64x2.splat(0)
  let bar = from
  for (let segment = 0; segment < segments; segment++) {
    const end = segment + 1 < segments ? load<i32>(bars + ((<usize>(segment + 1)) << 2)) : until
    const size = Math.abs(at(lots, segment))
    const sizes = f64x2.splat(size)
    while (bar + 2 <= end) {
      const value = v128.load(equity + ((<usize>(bar - from + 1)) << 3))
      const needed = f64x2.mul(sizes, v128.load(margin + ((<usize>bar) << 3)))
      if (v128.any_true(v128.or(f64x2.le(value, zero), f64x2.lt(value, needed)))) break
      bar += 2
    }
    for (; bar < end; bar++) {
      const value = at(equity, bar - from + 1)
      if (value <= 0 || value < size * at(margin, bar)) return bar
    }
  }
  return until
}

/**
 * Returns of `count` bars: sums and squares of each block and of all, and the stretches below a former peak.
 * @param level share of a peak above which equity is at it
 * @param facts in the order of FACTS in lean-kernel.ts
 */
export function follow(
  equity: usize,
  count: i32,
  level: f64,
  blockSums: usize,
  blockSquares: usize,
  facts: usize,
): void {
  const one = f64x2.splat(1)
  let sum: f64 = 0
  let square: f64 = 0
  let peak = load<f64>(equity)
  let peakAt = 0
  let low = peak
  let lowest = peak
  let stretches: f64 = 0
  let deepest: f64 = 0
  let deepestUsd: f64 = 0
  let longest = 0
  let depths: f64 = 0
  let block: usize = 0
  for (let done = 0; done < count; done += BLOCK_BARS) {
    const start = equity + ((<usize>done) << 3)
    const size = min(BLOCK_BARS, count - done)
    let blockSum: f64 = 0
    let blockSquare: f64 = 0
    let top = -Infinity
    let bottom = Infinity
    if (size == BLOCK_BARS) {
      let sums = f64x2.splat(0)
      let otherSums = sums
      let squares = sums
      let otherSquares = sums
      let tops = f64x2.splat(-Infinity)
      let bottoms = f64x2.splat(Infinity)
      const stop = start + (BLOCK_BARS << 3)
      for (let p = start; p < stop; p += 32) {
        const value = v128.load(p, 8)
        const r = f64x2.sub(f64x2.div(value, v128.load(p)), one)
        sums = f64x2.add(sums, r)
        squares = f64x2.add(squares, f64x2.mul(r, r))
        tops = f64x2.pmax(tops, value)
        bottoms = f64x2.pmin(bottoms, value)
        const other = v128.load(p, 24)
        const s = f64x2.sub(f64x2.div(other, v128.load(p, 16)), one)
        otherSums = f64x2.add(otherSums, s)
        otherSquares = f64x2.add(otherSquares, f64x2.mul(s, s))
        tops = f64x2.pmax(tops, other)
        bottoms = f64x2.pmin(bottoms, other)
      }
      sums = f64x2.add(sums, otherSums)
      squares = f64x2.add(squares, otherSquares)
      blockSum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
      blockSquare = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)
      top = max(f64x2.extract_lane(tops, 0), f64x2.extract_lane(tops, 1))
      bottom = min(f64x2.extract_lane(bottoms, 0), f64x2.extract_lane(bottoms, 1))
    } else {
      for (let i = 0; i < size; i++) {
        const value = at(start, i + 1)
        const r = value / at(start, i) - 1
        blockSum += r
        blockSquare += r * r
        if (value > top) top = value
        if (value < bottom) bottom = value
      }
    }
    store<f64>(blockSums + block, blockSum)
    store<f64>(blockSquares + block, blockSquare)
    block += 8
    sum += blockSum
    square += blockSquare
    if (bottom < lowest) lowest = bottom
    if (top >= peak) {
      for (let i = 1; i <= size; i++) {
        const value = at(start, i)
        if (value < peak) {
          if (value < low) low = value
          continue
        }
        if (low < peak * level) {
          const depth = low / peak - 1
          stretches++
          depths += depth
          if (depth < deepest) deepest = depth
          if (low - peak < deepestUsd) deepestUsd = low - peak
          if (done + i - peakAt > longest) longest = done + i - peakAt
        }
        peak = value
        low = value
        peakAt = done + i
      }
    } else if (bottom < low) low = bottom
  }
  if (low < peak * level) {
    const depth = low / peak - 1
    stretches++
    depths += depth
    if (depth < deepest) deepest = depth
    if (low - peak < deepestUsd) deepestUsd = low - peak
    if (count - peakAt > longest) longest = count - peakAt
  }
  store<f64>(facts, sum)
  store<f64>(facts, square, 8)
  store<f64>(facts, lowest, 16)
  store<f64>(facts, stretches, 24)
  store<f64>(facts, deepest, 32)
  store<f64>(facts, deepestUsd, 40)
  store<f64>(facts, <f64>longest, 48)
  store<f64>(facts, depths, 56)
}
