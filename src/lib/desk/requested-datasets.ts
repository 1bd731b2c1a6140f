import { ContangoError } from '../kernel/errors.js'
import type { DatasetColumns } from '../market/dataset.js'
import type { DatasetInfo, Store } from '../store/types.js'

export interface RequestedDataset {
  readonly name: string
  readonly kind?: DatasetColumns['kind']
  readonly source?: string
}

/** Every dataset of a name; throws noData where the lake has none, naming what comes close. */
export function requestedDatasets(store: Pick<Store, 'datasets'>, requested: RequestedDataset): DatasetInfo[] {
  const found = store.datasets(requested)
  if (found.length > 0) return found
  const { name, kind, source } = requested
  const others = store.datasets().filter((info) => info.name.toLowerCase() === name.toLowerCase())
  const known = others.map((info) => `${info.kind} ${info.name} from ${info.source}`).join(', ')
  throw new ContangoError(
    'noData',
    'NO_DATA',
    `the lake has no ${kind ?? 'dataset'} ${kind ? `of ${name}` : name}${source === undefined ? '' : ` from ${source}`}` +
      (known === '' ? '' : `; it has ${known}`),
    'contango data ls lists what it has',
    { name, kind: kind ?? null, source: source ?? null },
  )
}

/** The one dataset that a reader of the name would take; the kind must be said where the name has several. */
export function requestedDataset(store: Pick<Store, 'datasets' | 'pick'>, requested: RequestedDataset): DatasetInfo {
  const found = requestedDatasets(store, requested)
  const kinds = [...new Set(found.map((info) => info.kind))]
  if (kinds.length > 1) {
    throw new ContangoError(
      'usage',
      'AMBIGUOUS_DATASET',
      `${requested.name} names ${kinds.join(' and ')}`,
      `add ${kinds.map((kind) => `--kind ${kind}`).join(' or ')}`,
      { name: requested.name, kinds },
    )
  }
  return store.pick(kinds[0], requested.name, requested.source) ?? found[0]
}
