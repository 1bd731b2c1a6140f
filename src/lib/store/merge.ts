import type { LakeColumn } from './layout.js'
import { joinRows } from './slice.js'

export interface Merged {
  readonly columns: LakeColumn[]
  readonly added: number
  readonly revised: number
}

type Values = Int32Array | Float64Array

const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b))

/**
 * Both sides ascending and unique in their first `keys` columns. A row of `incoming` replaces the row of the same key,
 * field by field where it has a value; a field that it lacks keeps what was there. `revised` counts rows that were there
 * and in which a number has changed or has become known.
 */
export function mergeRows(existing: readonly LakeColumn[], incoming: readonly LakeColumn[], keys: number): Merged {
  const names = [...existing.map((column) => column.name), ...incoming.map((column) => column.name)].filter(
    (name, i, all) => all.indexOf(name) === i,
  )
  const oldByName = new Map(existing.map((column) => [column.name, column]))
  const newByName = new Map(incoming.map((column) => [column.name, column]))
  const oldRows = existing[0]?.values.length ?? 0
  const newRows = incoming[0]?.values.length ?? 0
  const oldKeys = existing.slice(0, keys).map((column) => column.values)
  const newKeys = incoming.slice(0, keys).map((column) => column.values)
  // Where each merged row comes from: −1 is "not on that side".
  const fromOld = new Int32Array(oldRows + newRows)
  const fromNew = new Int32Array(oldRows + newRows)
  let rows = 0
  let added = 0
  for (let o = 0, n = 0; o < oldRows || n < newRows; rows++) {
    const order = o === oldRows ? 1 : n === newRows ? -1 : compareKeys(oldKeys, o, newKeys, n)
    if (order > 0) added++
    fromOld[rows] = order <= 0 ? o++ : -1
    fromNew[rows] = order >= 0 ? n++ : -1
  }
  const changed = new Uint8Array(rows)
  const columns = names.map((name): LakeColumn => {
    const before = oldByName.get(name)
    const after = newByName.get(name)
    const { type } = (after ?? before)!
    const values: Values = type === 'double' || type === 'timestamp' ? new Float64Array(rows) : new Int32Array(rows)
    for (let row = 0; row < rows; row++) {
      const was = before && fromOld[row] >= 0 ? before.values[fromOld[row]] : Number.NaN
      const is = after && fromNew[row] >= 0 ? after.values[fromNew[row]] : Number.NaN
      values[row] = Number.isNaN(is) ? was : is
      if (type === 'double' && fromOld[row] >= 0 && !Number.isNaN(is) && is !== was) changed[row] = 1
    }
    return { name, type, values }
  })
  return { columns, added, revised: changed.reduce((sum, one) => sum + one, 0) }
}

/**
 * Ticks: `incoming` after `existing`, in the order of their times (column 1); rows of one time stay in the order in which
 * they came. Nothing is ever replaced: two quotes of one millisecond are two quotes.
 */
export function appendRows(existing: readonly LakeColumn[], incoming: readonly LakeColumn[]): Merged {
  const added = incoming[0].values.length
  if (existing.length === 0) return { columns: inTimeOrder(incoming), added, revised: 0 }
  return { columns: inTimeOrder(joinRows([existing, incoming])), added, revised: 0 }
}

/** Rows ascending by their times; equal times keep their order. */
export function inTimeOrder(columns: readonly LakeColumn[]): LakeColumn[] {
  const time = columns[1].values
  let ascending = true
  for (let row = 1; row < time.length && ascending; row++) ascending = time[row - 1] <= time[row]
  if (ascending) return [...columns]
  const rows = Int32Array.from(time, (_, row) => row).sort((a, b) => time[a] - time[b] || a - b)
  return columns.map((column): LakeColumn => {
    const values = column.values.slice()
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]]
    return { ...column, values }
  })
}

function compareKeys(a: readonly Values[], i: number, b: readonly Values[], j: number): number {
  for (let k = 0; k < a.length; k++) {
    const difference = a[k][i] - b[k][j]
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Vintages: key (period, known_on), both sides ascending and unique in it. An incoming value equal to the vintage in
 * force on its day adds nothing; another value is a new row; another value for the very same key (an import whose
 * known-on dates come from the rule) replaces it. `added` counts rows of new periods, `revised` new or changed vintages.
 */
export function mergeVintages(existing: readonly LakeColumn[], incoming: readonly LakeColumn[]): Merged {
  const [oldPeriod, oldKnown, oldValue] =
    existing.length > 0 ? existing.map((column) => column.values) : [[], [], []].map(() => new Float64Array(0))
  const [newPeriod, newKnown, newValue] = incoming.map((column) => column.values)
  const most = oldPeriod.length + newPeriod.length
  const period = new Int32Array(most)
  const known = new Int32Array(most)
  const value = new Float64Array(most)
  const wasThere = new Set<number>(oldPeriod)
  let rows = 0
  let added = 0
  let revised = 0
  const put = (p: number, k: number, v: number): void => {
    period[rows] = p
    known[rows] = k
    value[rows++] = v
  }
  for (let o = 0, n = 0; o < oldPeriod.length || n < newPeriod.length;) {
    const order =
      o === oldPeriod.length
        ? 1
        : n === newPeriod.length
          ? -1
          : oldPeriod[o] - newPeriod[n] || oldKnown[o] - newKnown[n]
    if (order < 0) {
      put(oldPeriod[o], oldKnown[o], oldValue[o])
      o++
      continue
    }
    if (order === 0) {
      if (!same(oldValue[o], newValue[n])) revised++
      put(newPeriod[n], newKnown[n], newValue[n])
      o++
      n++
      continue
    }
    const inForce = rows > 0 && period[rows - 1] === newPeriod[n] ? value[rows - 1] : null
    if (inForce === null || !same(inForce, newValue[n])) {
      if (wasThere.has(newPeriod[n])) revised++
      else added++
      put(newPeriod[n], newKnown[n], newValue[n])
    }
    n++
  }
  return {
    columns: [
      { name: 'period', type: 'date', values: period.slice(0, rows) },
      { name: 'known_on', type: 'date', values: known.slice(0, rows) },
      { name: 'value', type: 'double', values: value.slice(0, rows) },
    ],
    added,
    revised,
  }
}
