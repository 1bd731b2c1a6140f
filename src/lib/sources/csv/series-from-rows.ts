import type { SeriesColumns } from '../../market/dataset.js'
import { knownOnDays, publicationRuleOf, seriesFactsOf } from '../../market/publication.js'
import { namedUnit } from './dataset-unit.js'
import type { ImportDesk } from './import-request.js'
import { inferFrequency } from './infer-frequency.js'
import { ascendingOrder, reordered } from './row-order.js'

/** Observations of one series as a file gives them: any order, NaN where there is none. */
export interface SeriesRows {
  readonly id: string
  readonly period: Int32Array
  readonly value: Float64Array
  /** First usable day by the vendor's own stamp; null where the publication rule decides. */
  readonly knownOn: Int32Array | null
  /** The file's own unit column. */
  readonly unit: string | null
}

/** A series in the order of the lake, with its frequency, its unit and the day from which each value may be used. */
export function seriesFromRows(desk: ImportDesk, file: string, rows: SeriesRows): SeriesColumns {
  const { publications, market } = desk
  const { id } = rows
  const observed = Int32Array.from(rows.value.keys()).filter((i) => rows.value[i] === rows.value[i])
  const period = Int32Array.from(observed, (i) => rows.period[i])
  const value = Float64Array.from(observed, (i) => rows.value[i])
  const facts = seriesFactsOf(publications, id)
  const frequency = facts?.frequency ?? inferFrequency(period.slice().sort())
  const knownOn =
    rows.knownOn === null
      ? knownOnDays(publicationRuleOf(publications, id, frequency), period, market.calendar('NYMEX'))
      : Int32Array.from(observed, (i) => rows.knownOn![i])
  const order = ascendingOrder(period, knownOn)
  return {
    kind: 'series',
    id,
    unit: namedUnit(desk, file, id, facts?.unit ?? null, rows.unit),
    frequency,
    period: reordered(period, order),
    knownOn: reordered(knownOn, order),
    value: reordered(value, order),
    knownOnFrom: rows.knownOn === null ? 'rule' : 'vendor',
  }
}
