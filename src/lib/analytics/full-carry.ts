/** What it costs to hold a barrel; `config/analytics.yaml`. */
export interface CarryAssumptions {
  /** Simple interest a year on actual days over 365, as a fraction. */
  readonly financingRate: number
  /** USD/bbl for each `storagePeriodDays`. */
  readonly storageUsdPerBbl: number
  readonly storagePeriodDays: number
}

/**
 * Cost of carrying a barrel from one last trading day to the next: near × rate × days ÷ 365 + storage × days ÷ period.
 * @param nearUsdPerBbl settlement of the nearer contract, USD/bbl, > 0
 * @param days calendar days between the last trading days
 * @returns USD/bbl; NaN where the near contract is ≤ 0: nobody finances a barrel that is paid to leave
 */
export function fullCarryUsdPerBbl(nearUsdPerBbl: number, days: number, carry: CarryAssumptions): number {
  if (!(nearUsdPerBbl > 0)) return Number.NaN
  return (nearUsdPerBbl * carry.financingRate * days) / 365 + (carry.storageUsdPerBbl * days) / carry.storagePeriodDays
}

/**
 * (far − near) as a fraction of full carry: 1 where the curve pays for financing and storage, negative in
 * backwardation, above 1 where tanks are short.
 * @returns NaN where full carry is undefined or not above zero
 */
export function fullCarryFraction(
  nearUsdPerBbl: number,
  farUsdPerBbl: number,
  days: number,
  carry: CarryAssumptions,
): number {
  const cost = fullCarryUsdPerBbl(nearUsdPerBbl, days, carry)
  return cost > 0 ? (farUsdPerBbl - nearUsdPerBbl) / cost : Number.NaN
}
