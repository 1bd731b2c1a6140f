/** The vertical axis of a panel, decided before drawing so that labels can be placed by arithmetic. */
export interface ValueAxis {
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  /** d3 format of the tick labels. */
  readonly format: string
  /** Pixels from the top of a panel of `heightPx`. */
  yPx(value: number, heightPx: number): number
}

/** Smallest step of 1, 2 or 5 times a power of ten that gives at most `maxTicks` ticks. */
function niceStep(span: number, maxTicks: number): number {
  const raw = span / maxTicks
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw * (1 - 1e-9)) ?? 10
  return factor * power
}

/**
 * An axis that holds every finite value with some air above and below.
 * @param options.zero the axis must reach zero, because the sign matters
 * @param options.air above and below, as a fraction of the span; default 0.06
 * @param options.outer values that may widen the axis by no more than 60 % of its span on either side: one day of
 *   April 2020 must not flatten the picture. What lies farther is drawn at the edge (the scale clamps).
 */
export function valueAxis(
  values: Iterable<number>,
  options: { maxTicks: number; zero?: boolean; air?: number; outer?: Iterable<number> },
): ValueAxis {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  const isEmpty = low > high
  if (isEmpty) [low, high] = [0, 1]
  if (!isEmpty && options.outer) {
    const limit = 0.6 * (high - low)
    const [lowest, highest] = [low - limit, high + limit]
    for (const value of options.outer) {
      if (value < low) low = Math.max(value, lowest)
      if (value > high) high = Math.min(value, highest)
    }
  }
  if (options.zero) [low, high] = [Math.min(low, 0), Math.max(high, 0)]
  // One price, or all prices equal: room around it, else the scale has no height.
  const isFlat = high - low <= 1e-9 * Math.max(1, Math.abs(low), Math.abs(high))
  const span = isFlat ? Math.max(Math.abs(high) * 0.1, 1e-6) : high - low
  const air = isFlat ? span : span * (options.air ?? 0.06)
  const domain = [low - air, high + air] as const
  const step = niceStep(domain[1] - domain[0], options.maxTicks)
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const ticks: number[] = []
  for (let i = Math.ceil(domain[0] / step); !isEmpty && i * step <= domain[1]; i++)
    ticks.push(Number((i * step).toFixed(digits)))
  return {
    domain,
    ticks,
    format: `,.${digits}f`,
    yPx: (value, heightPx) => (heightPx * (domain[1] - value)) / (domain[1] - domain[0]),
  }
}
