import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { EiaSeries } from './plan-series.js'

/** Series that share a request: same route, facet, frequency and first period. */
export interface EiaBatch extends Omit<EiaSeries, 'id'> {
  readonly ids: readonly string[]
  /** null for everything there is. */
  readonly from: EpochDay | null
  readonly to: EpochDay | null
}

export interface BatchWindow {
  /** What `--from` said. */
  readonly from: EpochDay | null
  readonly to: EpochDay | null
  readonly seriesPerRequest: number
  /** Last period in the lake; null where the lake has none. */
  readonly lastStored: (id: string) => EpochDay | null
}

/**
 * One batch for each run of series that can share a request, in the order of `series`. A series that is in the lake is
 * asked for again from its last period less the route's overlap, others whole; `from` says otherwise.
 */
export function planBatches(series: readonly EiaSeries[], window: BatchWindow): EiaBatch[] {
  const { from: first, to } = window
  if (first !== null && to !== null && first > to) {
    throw new ContangoError(
      'usage',
      'BAD_WINDOW',
      `--from ${isoFromDay(first)} lies after --to ${isoFromDay(to)}`,
      'swap them, or leave one out',
    )
  }
  const groups = new Map<string, EiaBatch[]>()
  for (const { id, ...shared } of series) {
    const last = first === null ? window.lastStored(id) : null
    const from = first ?? (last === null ? null : last - shared.overlapDays)
    const key = `${shared.route} ${shared.facet} ${shared.frequency} ${from}`
    const group = groups.get(key) ?? []
    const open = group.at(-1)
    if (open && open.ids.length < window.seriesPerRequest) {
      group[group.length - 1] = { ...open, ids: [...open.ids, id] }
    } else {
      group.push({ ...shared, ids: [id], from, to })
    }
    groups.set(key, group)
  }
  return [...groups.values()].flat()
}
