import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Store } from '../../store/types.js'
import type { StoredValues } from './known-on.js'

/** What the lake holds of a series since `from`: the last vintage of each period. */
export async function storedValues(
  store: Store,
  id: string,
  source: string,
  from: EpochDay | null,
): Promise<StoredValues> {
  if (store.pick('series', id, source) === null) return new Map()
  try {
    const { columns } = await store.readSeries(id, from === null ? { source } : { source, from })
    const values = new Map<EpochDay, { value: number; knownOn: EpochDay }>()
    // ascending by (period, knownOn): the last one stays
    columns.period.forEach((day, i) => {
      values.set(day, { value: columns.value[i], knownOn: columns.knownOn[i] })
    })
    return values
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return new Map()
    throw error
  }
}
