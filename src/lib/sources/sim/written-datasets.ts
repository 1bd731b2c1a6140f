import { isoFromDay } from '../../kernel/day.js'
import type { FetchSimData } from '../../documents/fetch-sim.js'
import { datasetName } from '../../market/dataset.js'
import type { DatasetInfo, DatasetWrite } from '../../store/types.js'
import type { IngestResult } from '../ingest.js'
import { SIM_SOURCE } from './generate.js'

/** What was written, and what the lake had of it before: one row per dataset, in the order of the writes. */
export function writtenDatasets(
  before: readonly DatasetInfo[],
  writes: readonly DatasetWrite[],
  results: readonly IngestResult[],
): FetchSimData['datasets'] {
  const key = (kind: string, name: string): string => `${kind}/${name}`
  const rowsBefore = new Map(before.map(({ kind, name, rows }) => [key(kind, name), rows]))
  const units = new Map(writes.map(({ columns }) => [key(columns.kind, datasetName(columns)), columns.unit]))
  return results.map(({ kind, name, rows, added, revised, first, last, sha256 }) => ({
    kind,
    name,
    source: SIM_SOURCE,
    unit: units.get(key(kind, name)) ?? '',
    rows,
    added,
    revised,
    removed: (rowsBefore.get(key(kind, name)) ?? 0) + added - rows,
    first: first === null ? null : isoFromDay(first),
    last: last === null ? null : isoFromDay(last),
    sha256,
  }))
}

/**
 * Products whose simulated curves or bars stay in the lake beside ones that now come from another world: their prices no longer
 * belong together. Empty where nothing was revised.
 */
export function leftFromAnotherWorld(before: readonly DatasetInfo[], results: readonly IngestResult[]): string[] {
  if (results.every(({ revised }) => revised === 0)) return []
  const written = new Set(results.map(({ kind, name }) => `${kind}/${name}`))
  const left = before
    .filter(({ kind, name }) => kind !== 'series' && !written.has(`${kind}/${name}`))
    .map(({ name }) => name)
  return [...new Set(left)].sort()
}
