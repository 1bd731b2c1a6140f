import { ContangoError } from '../kernel/errors.js'
import type { DatasetColumns } from '../market/dataset.js'

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/
const KEY: Readonly<Record<DatasetColumns['kind'], string>> = { curves: 'product', bars: 'symbol', series: 'series' }

function safeName(what: string, name: string): string {
  if (SAFE_NAME.test(name)) return name
  throw new ContangoError(
    'refused',
    'BAD_NAME',
    `${what} "${name}" cannot become a folder of the lake: 1 to 64 letters, digits, ".", "_" and "-", no leading dot`,
    'give another name with --series, --symbol or --source-name',
    { name },
  )
}

/** `lake/curves/product=CL/source=csv/data.parquet`: Hive layout, relative to the data folder. */
export function lakePath(kind: DatasetColumns['kind'], name: string, source: string): string {
  return `lake/${kind}/${KEY[kind]}=${safeName('dataset', name)}/source=${safeName('source', source)}/data.parquet`
}

/** The inverse of {@link lakePath}; null for a path that is none. */
export function parseLakePath(path: string): { kind: DatasetColumns['kind']; name: string; source: string } | null {
  const match = /^lake\/(curves|bars|series)\/(product|symbol|series)=([^/]+)\/source=([^/]+)\/data\.parquet$/.exec(
    path,
  )
  if (!match) return null
  const kind = match[1] as DatasetColumns['kind']
  return KEY[kind] === match[2] ? { kind, name: match[3], source: match[4] } : null
}
