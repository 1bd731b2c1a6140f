import { startLoopback, type Answer, type Loopback } from './loopback.js'

export interface FredServer extends Loopback {
  readonly key: string
  readonly baseUrl: string
  /** [date, value] by id, ascending; tests add to it and change it. */
  readonly series: Map<string, (readonly [date: string, value: string])[]>
}

const DAY_MS = 86_400_000
const DAYS = Array.from({ length: 31 }, (_, i) => Date.UTC(2024, 0, 1) + i * DAY_MS)
  .filter((ms) => ![0, 6].includes(new Date(ms).getUTCDay()))
  .map((ms) => new Date(ms).toISOString().slice(0, 10))

/** FRED on loopback: the weekdays of January 2024, without a value on its two holidays. */
export async function startFredServer(): Promise<FredServer> {
  const key = '0123456789abcdef0123456789abcdef'
  const series = new Map<string, (readonly [string, string])[]>()
  const ids = 'DGS10 DFF DTWEXBGS VIXCLS DCOILWTICO DCOILBRENTEU DHHNGSP DGASNYH DHOILNYH DJFUELUSGULF'.split(' ')
  for (const [n, id] of ids.entries()) {
    series.set(
      id,
      DAYS.map((day, i) => [day, ['2024-01-01', '2024-01-15'].includes(day) ? '.' : (4 + n + i / 100).toFixed(2)]),
    )
  }
  const loopback = await startLoopback((url) => answerOf(url, server))
  const server: FredServer = { ...loopback, key, baseUrl: `${loopback.origin}/fred`, series }
  return server
}

function answerOf(url: URL, { key, series }: FredServer): Answer {
  const bad = (message: string): Answer => ({
    status: 400,
    body: { error_code: 400, error_message: `Bad Request.  ${message}` },
  })
  const query = url.searchParams
  if (query.get('api_key') !== key) return bad('The value for variable api_key is not registered.')
  const rows = series.get(query.get('series_id') ?? '')
  if (!rows) return bad('The series does not exist.')
  const start = query.get('observation_start') ?? ''
  const end = query.get('observation_end') ?? '~'
  const found = rows.filter(([date]) => date >= start && date <= end)
  const offset = Number(query.get('offset') ?? 0)
  const limit = Number(query.get('limit') ?? 100_000)
  return {
    status: 200,
    body: {
      realtime_start: '2024-02-01',
      realtime_end: '2024-02-01',
      units: 'lin',
      sort_order: 'asc',
      count: found.length,
      offset,
      limit,
      observations: found
        .slice(offset, offset + limit)
        .map(([date, value]) => ({ realtime_start: '2024-02-01', realtime_end: '2024-02-01', date, value })),
    },
  }
}
