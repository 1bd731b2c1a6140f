import { isoFromDay } from '../../kernel/day.js'
import type { FetchSimData } from '../../documents/fetch-sim.js'
import { datasetName } from '../../market/dataset.js'
import type { DatasetInfo, DatasetWrite, WriteReceipt } from '../../store/types.js'
import { SIM_SOURCE } from './generate.js'

/** What was written, and what the lake had of it before: one row per dataset, in the order of the receipts. */
export function writtenDatasets(
  before: readonly DatasetInfo[],
  writes: readonly DatasetWrite[],
  receipts: readonly WriteReceipt[],
): FetchSimData['datasets'] {
  const key = (kind: string, name: string): string => `${kind}/${name}`
  const rowsBefore = new Map(before.map(({ kind, name, rows }) => [key(kind, name), rows]))
  const units = new Map(writes.map(({ columns }) => [key(columns.kind, datasetName(columns)), columns.unit]))
  return receipts.map(({ kind, name, rows, added, revised, first, last, sha256 }) => ({
    kind,
    name,
    source: SIM_SOURCE,
    unit: units.get(key(kind, name)) ?? '',
    rows,
    added,
    revised,
    removed: (rowsBefore.get(key(kind, name)) ?? 0) + added - rows,
    first: isoFromDay(first),
    last: isoFromDay(last),
    sha256,
  }))
}

/**
 * Names of simulated datasets that stay in the lake beside ones that now come from another world: their prices no longer
 * belong together. Empty where nothing was revised.
 */
export function leftFromAnotherWorld(before: readonly DatasetInfo[], receipts: readonly WriteReceipt[]): string[] {
  if (receipts.every(({ revised }) => revised === 0)) return []
  const written = new Set(receipts.map(({ kind, name }) => `${kind}/${name}`))
  const left = before.filter(({ kind, name }) => !written.has(`${kind}/${name}`)).map(({ name }) => name)
  return [...new Set(left)].sort()
}
