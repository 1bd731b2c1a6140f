export const CFTC_REPORTS = ['legacy', 'disaggregated'] as const
export type CftcReport = (typeof CFTC_REPORTS)[number]

/**
 * The publisher's field → the last part of our series id. The names are irregular and are the publisher's own: some
 * end in `_all`, `swap__` has two underscores, `postions` lacks an i.
 */
const LEGACY: Readonly<Record<string, string>> = {
  open_interest_all: 'OI',
  noncomm_positions_long_all: 'NONCOMM_LONG',
  noncomm_positions_short_all: 'NONCOMM_SHORT',
  noncomm_postions_spread_all: 'NONCOMM_SPREAD',
  comm_positions_long_all: 'COMM_LONG',
  comm_positions_short_all: 'COMM_SHORT',
  nonrept_positions_long_all: 'NONREPT_LONG',
  nonrept_positions_short_all: 'NONREPT_SHORT',
}

const DISAGGREGATED: Readonly<Record<string, string>> = {
  open_interest_all: 'OI',
  prod_merc_positions_long: 'PROD_LONG',
  prod_merc_positions_short: 'PROD_SHORT',
  swap_positions_long_all: 'SWAP_LONG',
  swap__positions_short_all: 'SWAP_SHORT',
  swap__positions_spread_all: 'SWAP_SPREAD',
  m_money_positions_long_all: 'MM_LONG',
  m_money_positions_short_all: 'MM_SHORT',
  m_money_positions_spread: 'MM_SPREAD',
  other_rept_positions_long: 'OTHER_LONG',
  other_rept_positions_short: 'OTHER_SHORT',
  other_rept_positions_spread: 'OTHER_SPREAD',
  nonrept_positions_long_all: 'NONREPT_LONG',
  nonrept_positions_short_all: 'NONREPT_SHORT',
}

/** Stand in both reports with the same numbers; the legacy report reaches back further, to 1986. */
const IN_BOTH = new Set(['OI', 'NONREPT_LONG', 'NONREPT_SHORT'])

/** Field → last part of the id, of what is taken from one report where `reports` are fetched. */
export function positionFields(report: CftcReport, reports: readonly CftcReport[]): [field: string, part: string][] {
  const fields = Object.entries(report === 'legacy' ? LEGACY : DISAGGREGATED)
  const twice = report === 'disaggregated' && reports.includes('legacy')
  return twice ? fields.filter(([, part]) => !IN_BOTH.has(part)) : fields
}

/** `CFTC_067651_MM_LONG`, of futures and options together `CFTC_067651_COMB_MM_LONG`. */
export function positionId(code: string, combined: boolean, part: string): string {
  return `CFTC_${code}_${combined ? 'COMB_' : ''}${part}`
}
