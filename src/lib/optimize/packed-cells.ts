import type { ParameterValues } from '../backtest/strategy.js'

/** Parameters of many cells, column by column: an object each takes a hundred megabytes where there are hundreds of thousands on several threads. */
export interface PackedCells {
  readonly names: readonly string[]
  /** What a parameter is in some cell. */
  readonly values: readonly (readonly (number | string)[])[]
  /** Which of them it is, parameter beside parameter, cell after cell. */
  readonly codes: Int32Array
}

/** Every cell has the parameters of the first, in its order. */
export function packCells(cells: readonly ParameterValues[]): PackedCells {
  const names = Object.keys(cells[0] ?? {})
  const known = names.map(() => new Map<number | string, number>())
  const codes = new Int32Array(cells.length * names.length)
  cells.forEach((values, cell) =>
    names.forEach((name, i) => {
      const value = values[name]
      const code = known[i].get(value) ?? known[i].size
      known[i].set(value, code)
      codes[cell * names.length + i] = code
    }),
  )
  return { names, values: known.map((column) => [...column.keys()]), codes }
}

/** The parameters of one cell. */
export function unpackedCell({ names, values, codes }: PackedCells, cell: number): ParameterValues {
  return Object.fromEntries(names.map((name, i) => [name, values[i][codes[cell * names.length + i]]]))
}
