import type { FundamentalsTurnaroundsData } from '../documents/fundamentals-turnarounds.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Store } from '../store/types.js'
import { knownSeries, knownSince } from './known-series.js'

export interface TurnaroundsContext {
  readonly store: Pick<Store, 'datasets' | 'readSeries' | 'pick'>
  readonly requestedAsOf: EpochDay | null
}

export interface TurnaroundsRequest {
  readonly from: EpochDay | null
  readonly to: EpochDay | null
}

export interface TurnaroundsAnswer {
  readonly asOf: EpochDay
  readonly data: FundamentalsTurnaroundsData
  readonly pictures: readonly { readonly label: string; readonly days: Int32Array; readonly values: Float64Array }[]
  readonly sources: readonly string[]
  readonly simulated: boolean
}

const PREFIX = 'TURNAROUND_'

/** Capacity offline by week and region, as it was known on `--as-of`, by default now. */
export async function turnaroundsOn(ctx: TurnaroundsContext, request: TurnaroundsRequest): Promise<TurnaroundsAnswer> {
  const ids = ctx.store
    .datasets({ kind: 'series' })
    .map(({ name }) => name)
    .filter((name, i, all) => name.startsWith(PREFIX) && all.indexOf(name) === i)
    .sort()
  const found = []
  for (const id of ids) {
    const series = await knownSeries(ctx.store, id, ctx.requestedAsOf)
    if (series !== null) found.push({ region: id.slice(PREFIX.length), series })
  }
  const asOf = ctx.requestedAsOf ?? knownSince(found.map(({ series }) => series))
  const periods = found.flatMap(({ series }) => Array.from(series.columns.period))
  const from = request.from ?? -Infinity
  const to = request.to ?? Infinity
  const shown = [...new Set(periods)].filter((week) => week >= from && week <= to).sort((a, b) => a - b)
  if (asOf === null || shown.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no turnarounds${found.length === 0 ? '' : ' in those weeks'}${ctx.requestedAsOf === null ? '' : ` that were known on ${isoFromDay(ctx.requestedAsOf)}`}`,
      'contango fetch turnarounds FILE takes yours: docs/sources-turnarounds.md',
      {},
    )
  }
  const regions = found.map(({ region, series: { columns } }) => {
    const values = Float64Array.from(shown, (week) => {
      const at = columns.period.indexOf(week)
      return at < 0 ? 0 : columns.value[at]
    })
    const peak = values.reduce((best, value, i) => (value > values[best] ? i : best), 0)
    return { region, values, peak }
  })
  return {
    asOf,
    data: {
      unit: 'kb/d',
      from: isoFromDay(shown[0]),
      to: isoFromDay(shown[shown.length - 1]),
      regions: regions.map(({ region, values, peak }) => ({
        region,
        peak: values[peak],
        peakWeek: isoFromDay(shown[peak]),
        mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      })),
      weeks: shown.map((week, i) => ({
        period: isoFromDay(week),
        offline: Object.fromEntries(regions.map(({ region, values }) => [region, values[i]])),
      })),
    },
    pictures: regions.map(({ region, values }) => ({ label: region, days: Int32Array.from(shown), values })),
    sources: [...new Set(found.map(({ series }) => series.source))],
    simulated: found.some(({ series }) => series.simulated),
  }
}
