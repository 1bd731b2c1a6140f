import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { CftcSection } from '../../config/sections/cftc.js'
import type { SeriesBatch } from '../series/series-vendor.js'
import { positionFields, positionId, type CftcReport } from './positions.js'

/** One request: some contract markets of one report. */
export interface CftcBatch extends SeriesBatch {
  readonly report: CftcReport
  /** `72hh-3qpy` */
  readonly resource: string
  readonly combined: boolean
  readonly codes: readonly string[]
  readonly fields: readonly (readonly [field: string, part: string])[]
}

export interface CftcWish {
  readonly codes: readonly string[]
  readonly reports: readonly CftcReport[]
  readonly combined: boolean
  readonly from: EpochDay | null
  readonly to: EpochDay | null
  /** Last period in the lake; null where the lake has none. */
  readonly lastStored: (id: string) => EpochDay | null
}

/**
 * Contract markets that are to be asked for from the same week share a request. A market of which the lake lacks a
 * series is asked for whole, others from shortly before the earliest last week of their series.
 */
export function planCftc(config: CftcSection, wish: CftcWish): CftcBatch[] {
  const { codes, reports, combined, from: first, to } = wish
  if (first !== null && to !== null && first > to) {
    throw new ContangoError(
      'usage',
      'BAD_WINDOW',
      `--from ${isoFromDay(first)} lies after --to ${isoFromDay(to)}`,
      'swap them, or leave one out',
    )
  }
  return reports.flatMap((report) => {
    const fields = positionFields(report, reports)
    const groups = new Map<EpochDay | null, string[]>()
    for (const code of codes) {
      const lasts = fields.map(([, part]) => wish.lastStored(positionId(code, combined, part)))
      const whole = lasts.some((last) => last === null)
      const from = first ?? (whole ? null : Math.min(...lasts.map((last) => last!)) - config.overlapDays)
      groups.set(from, [...(groups.get(from) ?? []), code])
    }
    return [...groups].map(([from, group]) => ({
      report,
      resource: config.resources[report][combined ? 'combined' : 'futures'],
      combined,
      codes: group,
      fields,
      ids: group.flatMap((code) => fields.map(([, part]) => positionId(code, combined, part))),
      frequency: 'weekly' as const,
      from,
      to,
    }))
  })
}
