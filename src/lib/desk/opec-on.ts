import {
  compensationOwed,
  compliance,
  complianceWithoutCredit,
  type QuotaMonth,
} from '../analytics/quota-compliance.js'
import type { FundamentalsConfig } from '../config/sections/fundamentals.js'
import type { FundamentalsOpecData } from '../documents/fundamentals-opec.js'
import { civilFromDay, daysInMonth, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Store } from '../store/types.js'
import { knownSeries, knownSince, type KnownSeries } from './known-series.js'

export interface OpecContext {
  readonly store: Pick<Store, 'readSeries' | 'pick'>
  readonly config: { readonly fundamentals: FundamentalsConfig }
  readonly requestedAsOf: EpochDay | null
}

/** A line of the picture. */
export interface OpecPicture {
  readonly label: string
  readonly days: Int32Array
  readonly values: Float64Array
  /** True of a quota: it holds until the next one. */
  readonly steps: boolean
}

export interface OpecAnswer {
  readonly asOf: EpochDay
  readonly data: FundamentalsOpecData
  /** Production of the members with a quota and their quotas; OPEC's spare capacity where there are none. */
  readonly pictures: readonly OpecPicture[]
  readonly sources: readonly string[]
  readonly simulated: boolean
}

type Member = FundamentalsOpecData['members'][number]
type Month = QuotaMonth & { readonly month: EpochDay; readonly days: number }

/** Production, quotas and spare capacity as they were known on `--as-of`, in `month` or the last one that had passed. */
export async function opecOn(ctx: OpecContext, requestedMonth: EpochDay | null): Promise<OpecAnswer> {
  const { countries, groups } = ctx.config.fundamentals.opec
  const found: KnownSeries[] = []
  const read = async (id: string): Promise<KnownSeries | null> => {
    const series = await knownSeries(ctx.store, id, ctx.requestedAsOf)
    if (series !== null) found.push(series)
    return series
  }
  const loaded = []
  for (const [country, name] of countries) {
    loaded.push({
      country,
      name,
      production: await read(`COPR_${country}`),
      baseline: await read(`OPEC_BASELINE_${country}`),
      quota: await read(`OPEC_QUOTA_${country}`),
      capacity: await read(`OPEC_CAPACITY_${country}`),
    })
  }
  const spares = []
  for (const [group, name] of groups) {
    spares.push({ group, name, capacity: await read(`COPC_${group}`), spare: await read(`COPS_${group}`) })
  }
  const asOf = ctx.requestedAsOf ?? knownSince(found)
  const month = requestedMonth ?? lastActualMonth(loaded.flatMap(({ production }) => production ?? []))
  const skipped: FundamentalsOpecData['skipped'] = []
  const members: Member[] = []
  const pledged: { country: string; months: Month[] }[] = []
  for (const { country, name, production, baseline, quota, capacity } of loaded) {
    const at = production === null || month === null ? -1 : production.columns.period.indexOf(month)
    if (production === null || at < 0) {
      skipped.push({
        name: country,
        reason: production === null ? `COPR_${country} is not in the lake` : 'no production in the month',
      })
      continue
    }
    const months = baseline === null || quota === null ? [] : quotaMonths(production, baseline, quota, month!)
    const last = months.at(-1)
    const now = last?.month === month ? last : null
    if (now !== null) pledged.push({ country, months })
    const able = capacity === null ? null : levelAt(capacity, month!)
    members.push(memberOf({ country, name, production, at, now, months, capacity: able }))
  }
  if (asOf === null || month === null || members.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no OPEC production${month === null ? '' : ` of ${isoFromDay(month).slice(0, 7)}`}${ctx.requestedAsOf === null ? '' : ` that was known on ${isoFromDay(ctx.requestedAsOf)}`}`,
      'contango fetch eia --preset steo, or contango fetch csv FILE with the release files of the outlook',
      {},
    )
  }
  const current = pledged.map(({ months }) => months.at(-1)!)
  const sum = (of: (one: QuotaMonth) => number): number => current.reduce((total, one) => total + of(one), 0)
  const simulated = found.some((one) => one.simulated)
  return {
    asOf,
    data: {
      month: isoFromDay(month),
      unit: 'million b/d',
      simulated,
      members,
      total:
        current.length === 0
          ? null
          : {
              members: current.length,
              production: sum(({ production }) => production),
              baseline: sum(({ baseline }) => baseline),
              quota: sum(({ quota }) => quota),
              compliance: compliance(current).value,
              complianceWithoutCredit: complianceWithoutCredit(current).value,
              owed: pledged.reduce((total, { months }) => total + compensationOwed(months), 0),
            },
      spare: spares.flatMap(({ group, name, capacity, spare }) => {
        const [all, free] = [valueAt(capacity, month), valueAt(spare, month)]
        if (all === null && free === null) {
          skipped.push({ name: group, reason: 'no capacity in the month' })
          return []
        }
        const spareFraction = all !== null && free !== null && all > 0 ? free / all : null
        return [{ group, name, capacity: all, spare: free, spareFraction }]
      }),
      skipped,
    },
    pictures: picturesOf(pledged, spares[0]?.spare ?? null, month),
    sources: [...new Set(found.map(({ source }) => source))],
    simulated,
  }
}

/** The last month of production by country: the outlook gives countries no forecasts. */
function lastActualMonth(production: readonly KnownSeries[]): EpochDay | null {
  const lasts = production.map(({ columns }) => columns.period[columns.period.length - 1])
  return lasts.length === 0 ? null : Math.max(...lasts)
}

function valueAt(series: KnownSeries | null, month: EpochDay): number | null {
  const at = series === null ? -1 : series.columns.period.indexOf(month)
  return series === null || at < 0 ? null : series.columns.value[at]
}

/** A level holds until the next one: the last on or before the month. */
function levelAt({ columns: { period, value } }: KnownSeries, month: EpochDay): number | null {
  const at = period.findLastIndex((each) => each <= month)
  return at < 0 ? null : value[at]
}

/** The months up to `through` in which the country had a quota and production. */
function quotaMonths(production: KnownSeries, baseline: KnownSeries, quota: KnownSeries, through: EpochDay): Month[] {
  return Array.from(production.columns.period).flatMap((month, i) => {
    const [from, to] = [levelAt(baseline, month), levelAt(quota, month)]
    if (month > through || from === null || to === null) return []
    const civil = civilFromDay(month)
    const days = daysInMonth(civil.year, civil.month)
    return [{ month, days, production: production.columns.value[i], baseline: from, quota: to }]
  })
}

function memberOf(one: {
  country: string
  name: string
  production: KnownSeries
  at: number
  now: Month | null
  months: readonly Month[]
  /** million b/d; null where the file says none. */
  capacity: number | null
}): Member {
  const { country, name, production, at, now, months, capacity } = one
  const kept = now === null ? null : compliance([now])
  const reasons: Record<string, string> = {}
  if (now === null) reasons['quota'] = 'no quota in the lake: contango fetch opec-quotas FILE'
  else if (kept !== null && kept.reason !== null) reasons['compliance'] = kept.reason
  const produced = production.columns.value[at]
  if (capacity === null) reasons['spare'] = 'no capacity in the quota file: the outlook gives capacity by group alone'
  return {
    country,
    name,
    production: produced,
    productionKnownOn: isoFromDay(production.columns.knownOn[at]),
    baseline: now?.baseline ?? null,
    quota: now?.quota ?? null,
    overQuota: now === null ? null : now.production - now.quota,
    compliance: kept?.value ?? null,
    owed: now === null ? null : compensationOwed(months),
    owedSince: now === null ? null : isoFromDay(months[0].month),
    capacity,
    spare: capacity === null ? null : capacity - produced,
    spareFraction: capacity === null || capacity === 0 ? null : (capacity - produced) / capacity,
    reasons,
  }
}

function picturesOf(
  pledged: readonly { months: readonly Month[] }[],
  spare: KnownSeries | null,
  month: EpochDay,
): OpecPicture[] {
  if (pledged.length === 0) {
    if (spare === null) return []
    const { period, value } = spare.columns
    const end = period.filter((each) => each <= month).length
    return [{ label: 'OPEC spare capacity', days: period.slice(0, end), values: value.slice(0, end), steps: false }]
  }
  // Months in which every member with a quota now had one: a sum over fewer is another sum.
  const [first] = pledged
  const common = first.months.filter(({ month: each }) =>
    pledged.every(({ months }) => months.some((one) => one.month === each)),
  )
  const days = Int32Array.from(common, ({ month: each }) => each)
  const sums = (of: (one: Month) => number): Float64Array =>
    Float64Array.from(common, ({ month: each }) =>
      pledged.reduce((sum, { months }) => sum + of(months.find((one) => one.month === each)!), 0),
    )
  return [
    { label: 'production', days, values: sums(({ production }) => production), steps: false },
    { label: 'quota', days, values: sums(({ quota }) => quota), steps: true },
  ]
}
