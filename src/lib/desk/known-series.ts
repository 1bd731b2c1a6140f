import { ContangoError } from '../kernel/errors.js'
import type { EpochDay } from '../kernel/day.js'
import type { SeriesColumns } from '../market/dataset.js'
import type { Store } from '../store/types.js'

/** A series as it was known on a day. */
export interface KnownSeries {
  readonly columns: SeriesColumns
  readonly source: string
  readonly simulated: boolean
}

/** What was known of a series on `asOf`, or all that is known now; null where that is nothing. */
export async function knownSeries(
  store: Pick<Store, 'readSeries' | 'pick'>,
  id: string,
  asOf: EpochDay | null,
): Promise<KnownSeries | null> {
  if (store.pick('series', id) === null) return null
  try {
    const { columns, provenance } = await store.readSeries(id, asOf === null ? {} : { asOf })
    if (columns.period.length === 0) return null
    return { columns, source: provenance.source, simulated: provenance.simulated }
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return null
    throw error
  }
}

/** The day from which all that was read was known: the date of an answer that was asked without one. */
export function knownSince(series: readonly KnownSeries[]): EpochDay | null {
  let last: EpochDay | null = null
  for (const { columns } of series) {
    const { knownOn } = columns
    const at = knownOn.length === 0 ? null : knownOn[knownOn.length - 1]
    if (at !== null && (last === null || at > last)) last = at
  }
  return last
}
