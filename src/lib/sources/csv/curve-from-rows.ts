import type { CurveColumns } from '../../market/dataset.js'
import { ascendingOrder, reordered } from './row-order.js'

/** Curve rows in the order of the lake: by day, then contract month; rows with equal keys keep the file's order. */
export function curveFromRows(rows: CurveColumns): CurveColumns {
  const order = ascendingOrder(rows.day, rows.month)
  if (order === null) return rows
  return {
    ...rows,
    day: reordered(rows.day, order),
    month: reordered(rows.month, order),
    rank: reordered(rows.rank, order),
    settlement: reordered(rows.settlement, order),
    ...(rows.openInterest ? { openInterest: reordered(rows.openInterest, order) } : {}),
    ...(rows.volume ? { volume: reordered(rows.volume, order) } : {}),
  }
}
