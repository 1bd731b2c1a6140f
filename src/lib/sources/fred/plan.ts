import type { FredSection } from '../../config/sections/fred.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { seriesFactsOf, type Publications } from '../../market/publication.js'
import type { SeriesBatch } from '../series/series-vendor.js'

/** One request: FRED answers for one series at a time. */
export interface FredBatch extends SeriesBatch {
  readonly id: string
  /** FRED's answer names none: the one that the series is known to have, or `--unit`. */
  readonly unit: string
}

export interface FredWish {
  readonly presets: readonly string[]
  readonly series: readonly string[]
  /** For a series that `config/publications.yaml` does not know. */
  readonly unit: string | null
  readonly frequency: SeriesBatch['frequency'] | null
  readonly from: EpochDay | null
  readonly to: EpochDay | null
  /** Last period in the lake; null where the lake has none. */
  readonly lastStored: (id: string) => EpochDay | null
}

/** The series of the presets in their order, then those asked for by name; each once. Throws usage errors. */
export function planFred(config: FredSection, publications: Publications, wish: FredWish): FredBatch[] {
  const { from: first, to } = wish
  if (first !== null && to !== null && first > to) {
    throw new ContangoError(
      'usage',
      'BAD_WINDOW',
      `--from ${isoFromDay(first)} lies after --to ${isoFromDay(to)}`,
      'swap them, or leave one out',
    )
  }
  const names = [...config.presets.keys()].join(', ')
  const ids = new Set<string>()
  for (const preset of wish.presets) {
    const listed = config.presets.get(preset)
    if (!listed) {
      throw new ContangoError('usage', 'UNKNOWN_PRESET', `there is no preset "${preset}"`, `--preset takes ${names}`, {
        preset,
      })
    }
    for (const id of listed) ids.add(id)
  }
  for (const typed of wish.series) ids.add(typed.toUpperCase())
  if (ids.size === 0) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_FETCH',
      'fetch fred needs to be told what to fetch',
      `--preset ${names.replaceAll(', ', '|')}, or --series ID`,
    )
  }
  return [...ids].map((id) => {
    const facts = seriesFactsOf(publications, id)
    const unit = facts?.unit ?? wish.unit
    const frequency = facts?.frequency ?? wish.frequency
    if (unit === null || frequency === null) {
      throw new ContangoError(
        'usage',
        'FRED_UNIT_NEEDED',
        `what ${id} is measured in, and how often, is not known here, and FRED's observations do not say`,
        `contango fetch fred --series ${id} --unit UNIT --frequency daily|weekly|monthly (fred.stlouisfed.org/series/${id} shows both)`,
        { series: id },
      )
    }
    const last = first === null ? wish.lastStored(id) : null
    const from = first ?? (last === null ? null : last - config.overlapDays)
    return { id, ids: [id], unit, frequency, from, to }
  })
}
