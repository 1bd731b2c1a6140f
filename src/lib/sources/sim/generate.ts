import type { EpochDay } from '../../kernel/day.js'
import { isoFromDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { datasetName, type SeriesColumns } from '../../market/dataset.js'
import type { Product } from '../../market/instrument.js'
import type { Market } from '../../market/market.js'
import { knownOnDays, publicationRuleOf, type Publications } from '../../market/publication.js'
import type { SimulatorParameters } from '../../simulate/parameters.js'
import { simulateBars } from '../../simulate/simulate-bars.js'
import { simulateCurves } from '../../simulate/simulate-curves.js'
import { simulatePositioning } from '../../simulate/simulate-positioning.js'
import { simulateStates } from '../../simulate/simulate-states.js'
import { simulateWeekly, type WeeklySeries } from '../../simulate/simulate-weekly.js'
import type { DatasetWrite } from '../../store/types.js'

/** The one name under which simulated data is filed; no flag changes it. */
export const SIM_SOURCE = 'sim'

export interface SimulationRequest {
  readonly parameters: SimulatorParameters
  readonly market: Market
  readonly publications: Publications
  readonly seed: number
  readonly from: EpochDay
  readonly to: EpochDay
  readonly products: readonly Product[]
  /** At most this many ranks; each product lists as many as `activity.<product>.ranks` says. */
  readonly maxRank: number
  /** Lets signals and progress in between two products. */
  readonly yieldNow: () => Promise<void>
}

/**
 * The window [from, to] of the world of one seed, as datasets marked simulated that replace what the lake has of them.
 * Weekly petroleum figures come with WTI, positions with each product. A weekly figure is part of the window where
 * its period is inside and it was published by `to`.
 */
export async function generate(request: SimulationRequest): Promise<DatasetWrite[]> {
  const { parameters, market, publications, seed, from, to, products, maxRank, yieldNow } = request
  checkWindow(request)
  const states = simulateStates(parameters, market, seed, to)
  const writes: DatasetWrite[] = []
  const add = (columns: DatasetWrite['columns'], length: number): void => {
    if (length > 0) writes.push({ columns, source: SIM_SOURCE, simulated: true, replace: true })
  }
  const addWeekly = (series: WeeklySeries): void => {
    const columns = publishedColumns(series, publications, market, from, to)
    add(columns, columns.period.length)
  }
  for (const product of products) {
    await yieldNow()
    const cut = { states, parameters, market, seed, product, from }
    const curves = simulateCurves({ ...cut, ranks: Math.min(maxRank, parameters.activity[product].ranks) })
    const bars = simulateBars(cut)
    add(curves, curves.day.length)
    add(bars, bars.sessionDay.length)
    for (const series of simulatePositioning(states, parameters, seed, market.instrument(product))) addWeekly(series)
  }
  await yieldNow()
  if (products.includes('CL')) for (const series of simulateWeekly(states, parameters, seed)) addWeekly(series)
  if (writes.length === 0) {
    throw new ContangoError(
      'usage',
      'EMPTY_WINDOW',
      `no settlement day from ${isoFromDay(from)} to ${isoFromDay(to)}`,
      'widen --from and --to',
      { from: isoFromDay(from), to: isoFromDay(to) },
    )
  }
  return writes.sort((a, b) => compare(sortKey(a), sortKey(b)))
}

function sortKey({ columns }: DatasetWrite): string {
  return `${columns.kind}/${datasetName(columns)}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function checkWindow({ parameters, from, to }: SimulationRequest): void {
  const { start, end } = parameters
  if (from >= start && to <= end && from <= to) return
  const message =
    from > to
      ? `--from ${isoFromDay(from)} is after --to ${isoFromDay(to)}`
      : `the simulated world runs from ${isoFromDay(start)} to ${isoFromDay(end)}`
  throw new ContangoError(
    'usage',
    'BAD_WINDOW',
    message,
    `contango fetch sim --from ${isoFromDay(start)} --to 2024-12-31; start and end are in config/simulator.yaml`,
    { from: isoFromDay(from), to: isoFromDay(to), start: isoFromDay(start), end: isoFromDay(end) },
  )
}

/** The rows of a weekly series that fall into the window and were public by its end, dated by the publication rule. */
function publishedColumns(
  { id, unit, period, value }: WeeklySeries,
  publications: Publications,
  market: Market,
  from: EpochDay,
  to: EpochDay,
): SeriesColumns {
  const rule = publicationRuleOf(publications, id, 'weekly')
  const knownOn = knownOnDays(rule, period, market.calendar('NYMEX'))
  const kept = Array.from(period.keys()).filter((i) => period[i] >= from && knownOn[i] <= to)
  return {
    kind: 'series',
    id,
    unit,
    frequency: 'weekly',
    period: Int32Array.from(kept, (i) => period[i]),
    knownOn: Int32Array.from(kept, (i) => knownOn[i]),
    value: Float64Array.from(kept, (i) => value[i]),
    knownOnFrom: 'rule',
  }
}
