import type { EpochDay } from '../kernel/day.js'
import { dayIndexOnOrBefore, indexCurve, rowOfRank } from '../market/curve-index.js'
import type { BarsContext } from './load-bars.js'

/** Names of what {@link curveShapes} answers, in the order of its numbers. */
export const CURVE_SHAPES = ['contango', 'backwardation', 'level'] as const

const DAY_MS = 86_400_000
/** A settlement older than this says nothing about today. */
const OLDEST_DAYS = 7

/**
 * Shape of the first two contracts at the last settlement before the day of each bar: contango where the second is dearer,
 * backwardation where the first is; −1 where two are not known. Known before the bar, so that its own move is not in it.
 * @returns null where the instrument is no product, or the lake has no curve of it
 */
export async function curveShapes(
  ctx: BarsContext,
  instrument: string | null,
  timeMs: Float64Array,
  from: EpochDay | null,
): Promise<Int8Array | null> {
  const product = instrument === null ? undefined : ctx.market.products.find((one) => one === instrument)
  if (product === undefined || ctx.store.pick('curves', product) === null) return null
  const last = Math.floor(timeMs[timeMs.length - 1] / DAY_MS)
  const asOf = ctx.requestedAsOf ?? last
  // As the settlements that are traded are read, so that it is one input and not two.
  const { columns } = await ctx.store.readCurves(product, {
    asOf,
    to: Math.min(asOf, last),
    from: from ?? undefined,
    maxRank: 4,
    activity: true,
  })
  const index = indexCurve(columns)
  return Int8Array.from(timeMs, (time) => {
    const day = Math.floor(time / DAY_MS)
    const i = dayIndexOnOrBefore(index, day - 1)
    if (i < 0 || day - index.days[i] > OLDEST_DAYS) return -1
    const near = rowOfRank(index, i, 1)
    const far = rowOfRank(index, i, 2)
    const spread = near < 0 || far < 0 ? Number.NaN : columns.settlement[far] - columns.settlement[near]
    return Number.isNaN(spread) ? -1 : spread > 0 ? 0 : spread < 0 ? 1 : 2
  })
}
