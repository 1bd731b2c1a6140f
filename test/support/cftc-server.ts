import { startLoopback, type Answer, type Loopback } from './loopback.js'

export interface CftcServer extends Loopback {
  readonly token: string
  /** Rows by resource, as the site sends them; tests add to it and change it. */
  readonly rows: Map<string, Record<string, unknown>[]>
  /** Rows in an answer at most, whatever was asked for. */
  cap: number
}

const LEGACY = [
  'open_interest_all',
  'noncomm_positions_long_all',
  'noncomm_positions_short_all',
  'noncomm_postions_spread_all',
  'comm_positions_long_all',
  'comm_positions_short_all',
  'nonrept_positions_long_all',
  'nonrept_positions_short_all',
]
const DISAGGREGATED = [
  'open_interest_all',
  'prod_merc_positions_long',
  'prod_merc_positions_short',
  'swap_positions_long_all',
  'swap__positions_short_all',
  'swap__positions_spread_all',
  'm_money_positions_long_all',
  'm_money_positions_short_all',
  'm_money_positions_spread',
  'other_rept_positions_long',
  'other_rept_positions_short',
  'other_rept_positions_spread',
  'nonrept_positions_long_all',
  'nonrept_positions_short_all',
]
const DAY_MS = 86_400_000

/** `weeks` Tuesdays from 2024-01-02 of one market: field n of week w is 1000 × (n + 1) + w, the open interest 1,500,000 + w. */
export function cotRows(code: string, fields: readonly string[], weeks: number): Record<string, unknown>[] {
  return Array.from({ length: weeks }, (_, week) => ({
    market_and_exchange_names: 'CRUDE OIL, LIGHT SWEET - NEW YORK MERCANTILE EXCHANGE',
    report_date_as_yyyy_mm_dd: `${new Date(Date.UTC(2024, 0, 2) + week * 7 * DAY_MS).toISOString().slice(0, 10)}T00:00:00.000`,
    cftc_contract_market_code: code,
    futonly_or_combined: 'FutOnly',
    ...Object.fromEntries(fields.map((field, n) => [field, String(n === 0 ? 1_500_000 + week : 1000 * n + week)])),
  }))
}

/** The CFTC's public reporting site on loopback: 13 weeks of WTI and Henry Hub in each resource. */
export async function startCftcServer(): Promise<CftcServer> {
  const token = 'Loopback0Token1ForTests'
  const codes = ['067651', '06765T', '111659', '022651', '023651']
  const of = (fields: readonly string[]): Record<string, unknown>[] =>
    codes.flatMap((code) => cotRows(code, fields, 13))
  const rows = new Map([
    ['6dca-aqww', of(LEGACY)],
    ['jun7-fc8e', of(LEGACY)],
    ['72hh-3qpy', of(DISAGGREGATED)],
    ['kh3c-gbw2', of(DISAGGREGATED)],
  ])
  const loopback = await startLoopback((url, headers) => answerOf(url, headers['x-app-token'], server))
  const server: CftcServer = { ...loopback, token, rows, cap: 50_000 }
  return server
}

function answerOf(url: URL, given: string | string[] | undefined, { token, rows, cap }: CftcServer): Answer {
  if (given !== undefined && given !== token) {
    return { status: 403, body: { code: 'permission_denied', error: true, message: 'Invalid app_token specified' } }
  }
  const all = rows.get(/^\/resource\/(.+)\.json$/.exec(url.pathname)?.[1] ?? '')
  if (!all) return { status: 404, body: { code: 'dataset.missing', error: true, message: 'Not found' } }
  const query = url.searchParams
  const select = (query.get('$select') ?? '').split(',')
  const unknown = select.find((name) => !(name in (all[0] ?? {})))
  if (all.length > 0 && unknown !== undefined) {
    return { status: 400, body: { message: `No such column: ${unknown}`, errorCode: 'query.soql.no-such-column' } }
  }
  const where = query.get('$where') ?? ''
  const wanted = new Set([...where.matchAll(/'([0-9A-Z]{6})'/g)].map((match) => match[1]))
  const from = />= '([^']+)'/.exec(where)?.[1] ?? ''
  const to = /<= '([^']+)'/.exec(where)?.[1] ?? '~'
  const date = (row: Record<string, unknown>): string => String(row['report_date_as_yyyy_mm_dd'])
  const found = all
    .filter((row) => wanted.has(String(row['cftc_contract_market_code'])) && date(row) >= from && date(row) <= to)
    .sort((a, b) => (date(a) < date(b) ? -1 : date(a) > date(b) ? 1 : 0))
  const offset = Number(query.get('$offset') ?? 0)
  const limit = Math.min(Number(query.get('$limit') ?? 1000), cap)
  const page = found
    .slice(offset, offset + limit)
    .map((row) => Object.fromEntries(select.filter((name) => row[name] !== null).map((name) => [name, row[name]])))
  return { status: 200, body: page }
}
