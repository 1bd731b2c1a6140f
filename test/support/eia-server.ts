import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A value as the vendor sends it: a text, in the outlook a number, null where there is none. */
export type WireValue = string | number | null | object

export interface WireSeries {
  readonly route: string
  readonly unit: string
  /** [period stamp, value], ascending. */
  readonly rows: readonly (readonly [period: string, value: WireValue])[]
}

/** Takes over one request; `usual` is what the server would have answered. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, usual: object) => void

export interface EiaServer {
  readonly baseUrl: string
  readonly key: string
  /** Every request since the start, oldest first. */
  readonly requests: URL[]
  /** By id; tests add to it and change it. */
  readonly series: Map<string, WireSeries>
  /** Rows in an answer at most. */
  cap: number
  /** The next requests are answered by these, in turn; null answers as usual. */
  next(...misbehaviours: (Misbehaviour | null)[]): void
  /** Every request is answered by it until it is taken back with null. */
  always(misbehaviour: Misbehaviour | null): void
  close(): Promise<void>
}

const FREQUENCY: Readonly<Record<string, string>> = {
  'petroleum/pri/spt': 'daily',
  'petroleum/pri/fut': 'daily',
  'natural-gas/pri/fut': 'daily',
  'petroleum/stoc/wstk': 'weekly',
  'petroleum/sum/sndw': 'weekly',
  'petroleum/pnp/wiup': 'weekly',
  'petroleum/move/wkly': 'weekly',
  'petroleum/cons/wpsup': 'weekly',
  'natural-gas/stor/wkly': 'weekly',
  'crude-oil-imports/test': 'monthly',
  steo: 'monthly',
}

/** The v2 API on loopback, with a short history of the series that the presets name. */
export async function startEiaServer(): Promise<EiaServer> {
  const key = 'Loopback0Key1For2Tests3Only4abcdefghijkl'
  const requests: URL[] = []
  const series = builtInSeries()
  const queue: (Misbehaviour | null)[] = []
  let standing: Misbehaviour | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback')
    requests.push(url)
    const { status, body } = answerOf(url, key, series, api.cap)
    const misbehaviour = queue.shift() ?? standing
    if (misbehaviour) misbehaviour(request, response, body)
    else sendJson(response, status, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const api: EiaServer = {
    baseUrl: `http://127.0.0.1:${port}/v2`,
    key,
    requests,
    series,
    cap: 5000,
    next: (...misbehaviours) => void queue.push(...misbehaviours),
    always: (misbehaviour) => void (standing = misbehaviour),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return api
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  })
  response.end(text)
}

/** What can go wrong on the way. */
export const misbehave = {
  status:
    (code: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Misbehaviour =>
    (_request, response) =>
      sendJson(response, code, body, headers),
  /** The usual document, changed. */
  changed:
    (change: (document: UsualDocument) => unknown): Misbehaviour =>
    (_request, response, usual) =>
      sendJson(response, 200, change(structuredClone(usual) as UsualDocument)),
  /** Accepts the request and never says a word. */
  silence: (): Misbehaviour => () => undefined,
  /** Sends a head and then a byte now and then, without end. */
  drip: (): Misbehaviour => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{')
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  },
  /** Announces all of the body and closes half-way. */
  cutOff: (): Misbehaviour => (_request, response, usual) => {
    const text = JSON.stringify(usual)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) })
    response.write(text.slice(0, text.length / 2))
    setTimeout(() => response.destroy(), 5)
  },
  /** A whole answer on the wire whose JSON breaks off. */
  truncated: (): Misbehaviour => (_request, response, usual) => {
    const text = JSON.stringify(usual)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(text.slice(0, text.length / 2))
  },
  html: (): Misbehaviour => (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end('<html><body>Sign in to the guest network</body></html>')
  },
  redirect:
    (location: string): Misbehaviour =>
    (_request, response) => {
      response.writeHead(302, { location })
      response.end()
    },
}

export interface UsualDocument {
  response: { total: unknown; data: Record<string, unknown>[]; warnings?: unknown }
  [other: string]: unknown
}

function answerOf(
  url: URL,
  key: string,
  series: ReadonlyMap<string, WireSeries>,
  cap: number,
): { status: number; body: object } {
  const { searchParams: query, pathname } = url
  const given = query.get('api_key')
  if (given === null) return refusal(403, { code: 'API_KEY_MISSING', message: 'No api_key was supplied.' })
  if (given !== key)
    return refusal(403, { code: 'API_KEY_INVALID', message: `An invalid api_key was supplied: ${given}` })
  const route = /^\/v2\/(.+)\/data\/?$/.exec(pathname)?.[1] ?? ''
  const frequency = FREQUENCY[route]
  if (frequency === undefined) return { status: 404, body: { error: 'Not found.', code: 404 } }
  if (query.get('frequency') !== frequency) {
    return { status: 400, body: { error: `Invalid frequency '${query.get('frequency')}' provided.`, code: 400 } }
  }
  const facet = route === 'steo' ? 'seriesId' : 'series'
  const wanted = new Set(query.getAll(`facets[${facet}][]`))
  const start = query.get('start') ?? ''
  const end = query.get('end') ?? '~'
  const rows = [...series]
    .filter(([id, one]) => one.route === route && wanted.has(id))
    .flatMap(([id, one]) => one.rows.map(([period, value]) => ({ id, unit: one.unit, period, value })))
    // as the vendor does it: texts against texts
    .filter(({ period }) => period >= start && period <= end)
    .sort((a, b) => order(a.period, b.period) || order(a.id, b.id))
  const offset = Number(query.get('offset') ?? 0)
  const length = Number(query.get('length') ?? cap)
  const page = rows.slice(offset, offset + Math.min(length, cap))
  const warnings = [
    ...(length > cap ? [{ warning: 'parameter out of range', description: `length must not exceed ${cap}` }] : []),
    ...(page.length < rows.length
      ? [{ warning: 'incomplete return', description: `${page.length} of ${rows.length}` }]
      : []),
  ]
  const asked = Object.fromEntries(query)
  return {
    status: 200,
    body: {
      response: {
        ...(warnings.length > 0 ? { warnings } : {}),
        total: String(rows.length),
        dateFormat: frequency === 'monthly' ? 'YYYY-MM' : 'YYYY-MM-DD',
        frequency,
        data: page.map((row) => wireRow(facet, row, query.has('data[0]'))),
        description: 'test data',
      },
      request: { command: pathname, params: asked },
      apiVersion: '2.1.12',
    },
  }
}

function refusal(status: number, error: object): { status: number; body: object } {
  return { status, body: { error } }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface FlatRow {
  readonly id: string
  readonly unit: string
  readonly period: string
  readonly value: WireValue
}

function wireRow(facet: string, { id, unit, period, value }: FlatRow, withValue: boolean): object {
  const named =
    facet === 'seriesId'
      ? { period, seriesId: id, seriesDescription: `${id} in words` }
      : {
          period,
          duoarea: 'YCUOK',
          'area-name': 'NA',
          product: 'EPCWTI',
          'product-name': 'WTI Crude Oil',
          process: 'PF4',
          'process-name': 'Spot Price FOB',
          series: id,
          'series-description': `${id} in words`,
        }
  if (!withValue) return named
  return facet === 'seriesId' ? { ...named, value, unit } : { ...named, value, units: unit }
}

const DAY_MS = 86_400_000

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** New York's business days of the first quarter of 2024, before Good Friday. */
const DAYS = Array.from({ length: 87 }, (_, i) => Date.UTC(2024, 0, 2) + i * DAY_MS)
  .filter((ms) => ![0, 6].includes(new Date(ms).getUTCDay()))
  .map(iso)
  .filter((day) => !['2024-01-15', '2024-02-19'].includes(day))
const FRIDAYS = Array.from({ length: 26 }, (_, i) => iso(Date.UTC(2023, 9, 6) + i * 7 * DAY_MS))
const MONTHS = Array.from(
  { length: 48 },
  (_, i) => `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
)

function builtInSeries(): Map<string, WireSeries> {
  const series = new Map<string, WireSeries>()
  const add = (
    route: string,
    unit: string,
    stamps: readonly string[],
    base: number,
    digits: number,
    ids: string,
  ): void => {
    for (const [n, id] of ids.split(' ').entries()) {
      const rows = stamps.map((stamp, i): [string, WireValue] => {
        const value = (base * (1 + n / 100 + ((i * 7) % 11) / 1000)).toFixed(digits)
        return [stamp, route === 'steo' ? Number(value) : value]
      })
      series.set(id, { route, unit, rows })
    }
  }
  add('petroleum/pri/spt', '$/BBL', DAYS, 76, 2, 'RWTC RBRTE')
  const spot = 'EER_EPMRU_PF4_Y35NY_DPG EER_EPD2F_PF4_Y35NY_DPG EER_EPD2DXL0_PF4_Y35NY_DPG'
  add('petroleum/pri/spt', '$/GAL', DAYS, 2.4, 3, spot)
  add('natural-gas/pri/fut', '$/MMBTU', DAYS, 2.1, 3, 'RNGWHHD RNGC1')
  add('petroleum/pri/fut', '$/BBL', DAYS, 77, 2, 'RCLC1 RCLC2 RCLC3 RCLC4')
  for (const root of ['EPMRR', 'EPD2F']) {
    const ids = [1, 2, 3, 4].map((rank) => `EER_${root}_PE${rank}_Y35NY_DPG`).join(' ')
    add('petroleum/pri/fut', '$/GAL', DAYS, 2.5, 4, ids)
  }
  const stocks = 'WCESTUS1 W_EPC0_SAX_YCUOK_MBBL WCSSTUS1 WGTSTUS1 WDISTUS1 WKJSTUS1 WRESTUS1 WPRSTUS1 WTTSTUS1'
  add('petroleum/stoc/wstk', 'MBBL', FRIDAYS, 430_000, 0, stocks)
  add('petroleum/sum/sndw', 'MBBL/D', FRIDAYS, 13_200, 0, 'WCRFPUS2')
  add('petroleum/pnp/wiup', 'MBBL/D', FRIDAYS, 16_000, 0, 'WCRRIUS2 WGIRIUS2')
  add('petroleum/pnp/wiup', 'PCT', FRIDAYS, 90, 1, 'WPULEUS3')
  add('petroleum/move/wkly', 'MBBL/D', FRIDAYS, 6_500, 0, 'WCEIMUS2 WCREXUS2')
  add('petroleum/cons/wpsup', 'MBBL/D', FRIDAYS, 20_000, 0, 'WRPUPUS2 WGFUPUS2 WDIUPUS2 WKJUPUS2')
  add('natural-gas/stor/wkly', 'BCF', FRIDAYS, 3_000, 0, 'NW2_EPG0_SWO_R48_BCF')
  const outlook =
    'COPR_OPEC COPR_OPECPLUS COPR_OPECPLUS_OPEC COPR_OPECPLUS_OTHER COPR_SA COPR_IR COPR_IZ COPR_KU COPR_TC COPR_NI ' +
    'COPR_LY COPR_VE COPR_AG COPR_RS COPR_KZ COPR_CF COPR_GB COPR_EK COPR_MU COPR_AJ COPR_MX COPR_MY COPR_BX COPR_BA ' +
    'COPR_SU COPR_OD COPC_OPEC COPC_OPEC_R05 COPC_OPEC_ROT COPS_OPEC COPS_OPEC_R05 COPS_OPEC_ROT COPRPUS PAPR_WORLD PATC_WORLD'
  add('steo', 'million barrels per day', MONTHS, 12, 3, outlook)
  add('steo', 'dollars per barrel', MONTHS, 80, 2, 'BREPUUS WTIPUUS')
  return series
}
