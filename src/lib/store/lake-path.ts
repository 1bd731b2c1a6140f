import { ContangoError } from '../kernel/errors.js'
import type { DatasetColumns } from '../market/dataset.js'

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/
const KEY: Readonly<Record<DatasetColumns['kind'], string>> = {
  curves: 'product',
  bars: 'symbol',
  series: 'series',
  ticks: 'ticker',
  intraday: 'ticker',
}

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

/** `lake/curves/product=CL/source=csv`: Hive layout, relative to the data folder. */
export function lakeFolder(kind: DatasetColumns['kind'], name: string, source: string): string {
  return `lake/${kind}/${KEY[kind]}=${safeName('dataset', name)}/source=${safeName('source', source)}`
}

/**
 * The file of a dataset in its {@link lakeFolder}, or of one of its parts: `data.parquet`, ticks
 * `date=2024-01-02/part-001.parquet`, intraday bars `month=2024-01/data.parquet`.
 * @param part `2024-01-02.001` of ticks, `2024-01` of intraday bars, empty of the others
 */
export function lakePath(kind: DatasetColumns['kind'], name: string, source: string, part = ''): string {
  const folder = lakeFolder(kind, name, source)
  if (kind === 'intraday') return `${folder}/month=${part}/data.parquet`
  if (kind !== 'ticks') return `${folder}/data.parquet`
  const [date, number] = part.split('.')
  return `${folder}/date=${date}/part-${number}.parquet`
}

interface LakePlace {
  readonly kind: DatasetColumns['kind']
  readonly name: string
  readonly source: string
  readonly part: string
}

const PLACE =
  /^lake\/(curves|bars|series|ticks|intraday)\/([a-z]+)=([^/]+)\/source=([^/]+)\/(?:date=(\d{4}-\d{2}-\d{2})\/part-(\d{3,})|month=(\d{4}-\d{2})\/data|data)\.parquet$/

/** The inverse of {@link lakePath}; null for a path that is none. */
export function parseLakePath(path: string): LakePlace | null {
  const match = PLACE.exec(path)
  if (!match) return null
  const [, kindText, key, name, source, date, number, month] = match as (string | undefined)[]
  const kind = kindText as DatasetColumns['kind']
  const form = date !== undefined ? 'ticks' : month !== undefined ? 'intraday' : null
  if (KEY[kind] !== key || (isParted(kind) ? kind : null) !== form) return null
  return { kind, name: name!, source: source!, part: date === undefined ? (month ?? '') : `${date}.${number}` }
}

/** Kinds that grow too long for one file: their datasets have a file for each day or month. */
export function isParted(kind: DatasetColumns['kind']): kind is 'ticks' | 'intraday' {
  return kind === 'ticks' || kind === 'intraday'
}
