import { measured, unmeasured, type Measured } from './measured.js'

/** One member in one month, million b/d. */
export interface QuotaMonth {
  readonly production: number
  readonly baseline: number
  readonly quota: number
}

/**
 * Conformity with a pledged cut, in percent: 100 × Σ(baseline − production) ÷ Σ(baseline − quota). Of several members by sums,
 * not by a mean of percentages. Over 100 is more than was pledged; below 0 production lies above the baseline.
 * Undefined where nothing was pledged: quota equals baseline.
 */
export function compliance(members: readonly QuotaMonth[]): Measured {
  const cut = members.reduce((sum, { baseline, production }) => sum + baseline - production, 0)
  return share(cut, members)
}

/** As {@link compliance}, where a member that cut more than it pledged counts for what it pledged only. */
export function complianceWithoutCredit(members: readonly QuotaMonth[]): Measured {
  const cut = members.reduce(
    (sum, { baseline, production, quota }) => sum + Math.min(baseline - production, baseline - quota),
    0,
  )
  return share(cut, members)
}

function share(cut: number, members: readonly QuotaMonth[]): Measured {
  const pledged = members.reduce((sum, { baseline, quota }) => sum + baseline - quota, 0)
  return pledged > 0 ? measured((100 * cut) / pledged) : unmeasured('no cut is pledged')
}

/**
 * Compensation owed by one member, million bbl: Σ max(0, production − quota) × days over the months.
 * @param months with the days of each
 */
export function compensationOwed(months: readonly (QuotaMonth & { readonly days: number })[]): number {
  return months.reduce((sum, { production, quota, days }) => sum + Math.max(0, production - quota) * days, 0)
}
