import type { ParameterValues } from '../backtest/strategy.js'
import { quantile } from '../kernel/quantile.js'
import { placeOf, shortNumber, valueAt, type Dimension } from './space/dimension.js'

/** Cells of a search and what one metric came to in each; NaN where undefined. */
export interface MeasuredCells {
  readonly cells: number
  readonly valuesAt: (cell: number) => ParameterValues
  readonly metricOf: (cell: number) => number
}

interface Axis {
  readonly name: string
  readonly labels: readonly string[]
  readonly at: (values: ParameterValues) => number
}

/** Bins of a parameter that may be any number of an interval. */
const BINS = 20

/**
 * Numbers ascending whatever the order in which they were typed, words as typed, intervals in bins by their middle.
 * @param most bins of an interval; numbers that are more than that share bins too, each named by its ends
 */
function axisOf(dimension: Dimension, most: number): Axis {
  const { name } = dimension
  if (dimension.kind === 'values') {
    const numeric = dimension.values.every((value) => typeof value === 'number')
    const sorted = numeric ? dimension.values.toSorted((a, b) => Number(a) - Number(b)) : dimension.values
    const bins = numeric ? Math.min(most, sorted.length) : sorted.length
    const binOf = (place: number): number => Math.floor((place * bins) / sorted.length)
    const places = new Map(sorted.map((value, place) => [value, binOf(place)]))
    const members = Array.from({ length: bins }, (_, bin) => sorted.filter((_value, place) => binOf(place) === bin))
    const labels = members.map((of) => (of.length === 1 ? String(of[0]) : `${of[0]}–${of[of.length - 1]}`))
    return { name, labels, at: (values) => places.get(values[name]) ?? -1 }
  }
  const bins = dimension.whole ? Math.min(most, BINS, dimension.high - dimension.low + 1) : Math.min(most, BINS)
  return {
    name,
    labels: Array.from({ length: bins }, (_, bin) => {
      const middle = Number(valueAt(dimension, (bin + 0.5) / bins))
      return String(shortNumber(Number(middle.toPrecision(3))))
    }),
    at: (values) => Math.min(bins - 1, Math.max(0, Math.floor(placeOf(dimension, values[name]) * bins))),
  }
}

export interface ParameterMap {
  readonly x: { readonly name: string; readonly labels: readonly string[] }
  readonly y: { readonly name: string; readonly labels: readonly string[] }
  /** Row by row of y; the best over all other parameters, null where no cell has the metric. */
  readonly values: readonly (readonly (number | null)[])[]
  /** Column and row of a cell. */
  readonly placeOf: (values: ParameterValues) => { readonly x: number; readonly y: number }
}

/**
 * A metric over two parameters, the best of what the others allow.
 * @param most bins of a number, where the cells are few beside its values
 */
export function parameterMap(
  x: Dimension,
  y: Dimension,
  measured: MeasuredCells,
  lowIsGood: boolean,
  most = Infinity,
): ParameterMap {
  const [across, up] = [axisOf(x, most), axisOf(y, most)]
  const values = up.labels.map(() => across.labels.map((): number | null => null))
  for (let cell = 0; cell < measured.cells; cell++) {
    const metric = measured.metricOf(cell)
    if (Number.isNaN(metric)) continue
    const parameters = measured.valuesAt(cell)
    const row = values[up.at(parameters)]
    const column = across.at(parameters)
    const held = row[column]
    if (held === null || (lowIsGood ? metric < held : metric > held)) row[column] = metric
  }
  return {
    x: { name: across.name, labels: across.labels },
    y: { name: up.name, labels: up.labels },
    values,
    placeOf: (parameters) => ({ x: across.at(parameters), y: up.at(parameters) }),
  }
}

export interface ParameterSpread {
  readonly name: string
  readonly labels: readonly string[]
  readonly min: readonly (number | null)[]
  readonly p10: readonly (number | null)[]
  readonly median: readonly (number | null)[]
  readonly p90: readonly (number | null)[]
  readonly max: readonly (number | null)[]
  readonly placeOf: (values: ParameterValues) => number
}

/** How a metric is spread at each value, or bin, of one parameter, whatever the others are. */
export function parameterSpread(dimension: Dimension, measured: MeasuredCells, most = Infinity): ParameterSpread {
  const axis = axisOf(dimension, most)
  const columns = axis.labels.map((): number[] => [])
  for (let cell = 0; cell < measured.cells; cell++) {
    const metric = measured.metricOf(cell)
    if (!Number.isNaN(metric)) columns[axis.at(measured.valuesAt(cell))].push(metric)
  }
  const sorted = columns.map((column) => column.sort((a, b) => a - b))
  const at = (share: number): (number | null)[] =>
    sorted.map((column) => (column.length === 0 ? null : quantile(column, share)))
  return {
    name: axis.name,
    labels: axis.labels,
    min: at(0),
    p10: at(0.1),
    median: at(0.5),
    p90: at(0.9),
    max: at(1),
    placeOf: axis.at,
  }
}
