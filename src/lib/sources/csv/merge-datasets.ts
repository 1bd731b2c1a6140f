import type { BarColumns, CurveColumns, DatasetColumns, SeriesColumns } from '../../market/dataset.js'
import { datasetName } from '../../market/dataset.js'
import { curveFromRows } from './curve-from-rows.js'
import { refusal } from './refusals.js'
import { ascendingOrder, reordered } from './row-order.js'

/** A dataset and the file that it came from. */
export interface FromFile {
  readonly file: string
  readonly columns: DatasetColumns
}

function joined<T extends Int32Array | Float64Array>(make: (length: number) => T, parts: readonly T[]): T {
  const whole = make(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const ints = (parts: readonly Int32Array[]): Int32Array => joined((length) => new Int32Array(length), parts)
const doubles = (parts: readonly Float64Array[]): Float64Array => joined((length) => new Float64Array(length), parts)

/** NaN for the parts that have no such column; absent where no part has it. */
function optional<T extends { readonly settlement: Float64Array } | { readonly close: Float64Array }>(
  parts: readonly T[],
  of: (part: T) => Float64Array | undefined,
): Float64Array | undefined {
  if (parts.every((part) => of(part) === undefined)) return undefined
  const length = (part: T): number => ('settlement' in part ? part.settlement : part.close).length
  return doubles(parts.map((part) => of(part) ?? new Float64Array(length(part)).fill(Number.NaN)))
}

function mergedCurves(parts: readonly CurveColumns[]): CurveColumns {
  const openInterest = optional(parts, (part) => part.openInterest)
  const volume = optional(parts, (part) => part.volume)
  return curveFromRows({
    ...parts[0],
    day: ints(parts.map((part) => part.day)),
    month: ints(parts.map((part) => part.month)),
    rank: ints(parts.map((part) => part.rank)),
    settlement: doubles(parts.map((part) => part.settlement)),
    ...(openInterest ? { openInterest } : {}),
    ...(volume ? { volume } : {}),
  })
}

function mergedBars(parts: readonly BarColumns[]): BarColumns {
  const sessionDay = ints(parts.map((part) => part.sessionDay))
  const order = ascendingOrder(sessionDay)
  const column = (of: (part: BarColumns) => Float64Array): Float64Array => reordered(doubles(parts.map(of)), order)
  const openInterest = optional(parts, (part) => part.openInterest)
  return {
    ...parts[0],
    sessionDay: reordered(sessionDay, order),
    open: column((part) => part.open),
    high: column((part) => part.high),
    low: column((part) => part.low),
    close: column((part) => part.close),
    volume: column((part) => part.volume),
    ...(openInterest ? { openInterest: reordered(openInterest, order) } : {}),
  }
}

function mergedSeries(parts: readonly SeriesColumns[]): SeriesColumns {
  const period = ints(parts.map((part) => part.period))
  const knownOn = ints(parts.map((part) => part.knownOn))
  const order = ascendingOrder(period, knownOn)
  return {
    ...parts[0],
    period: reordered(period, order),
    knownOn: reordered(knownOn, order),
    value: reordered(doubles(parts.map((part) => part.value)), order),
    knownOnFrom: parts.every((part) => part.knownOnFrom === 'vendor') ? 'vendor' : 'rule',
  }
}

/** Datasets of one name from several files as one (a file a year is common); they must agree in unit and frequency. */
export function mergeDatasets(all: readonly FromFile[]): DatasetColumns[] {
  const groups = new Map<string, FromFile[]>()
  for (const each of all) {
    const key = `${each.columns.kind}\0${datasetName(each.columns)}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()].map((group) => {
    const columns = group.map((each) => each.columns)
    if (columns.length === 1) return columns[0]
    checkAgreement(group)
    const [first] = columns
    if (first.kind === 'curves') return mergedCurves(columns as CurveColumns[])
    return first.kind === 'bars' ? mergedBars(columns as BarColumns[]) : mergedSeries(columns as SeriesColumns[])
  })
}

function checkAgreement(group: readonly FromFile[]): void {
  const said = ({ columns }: FromFile): string =>
    columns.kind === 'series' ? `${columns.unit}, ${columns.frequency}` : columns.unit
  const other = group.find((each) => said(each) !== said(group[0]))
  if (!other) return
  const name = datasetName(group[0].columns)
  throw refusal(
    'FILES_DISAGREE',
    `${name} is ${said(group[0])} in ${group[0].file} and ${said(other)} in ${other.file}`,
    'say the unit with --unit, or import the files one by one',
    { name, files: [group[0].file, other.file] },
  )
}
