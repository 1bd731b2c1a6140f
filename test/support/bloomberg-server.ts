import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { dayFromIso, isoFromDay, type EpochDay } from '../../src/lib/kernel/day.js'
import { MONTH_LETTERS, readContractCode } from '../../src/lib/market/contract-code.js'
import type { ContractMonth } from '../../src/lib/market/contract-month.js'
import type { Product } from '../../src/lib/market/market.js'
import { builtInMarket } from '../market/market.js'

const market = builtInMarket()
const folder = fileURLToPath(new URL('../fixtures/bloomberg-tls/', import.meta.url))

/** Path of a certificate or key of the tests. */
export const tlsFile = (name: string): string => `${folder}${name}`

export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly bytes: number
  readonly body: Readonly<Record<string, unknown>> | readonly unknown[] | null
}

/** What the server would have answered. */
export interface Usual {
  data: Record<string, unknown>[]
  status: unknown
  message: string
}

/** Takes over one request to /request. */
export type BloombergMisbehaviour = (response: ServerResponse, usual: Usual) => void

export interface BloombergServer {
  readonly host: string
  readonly port: number
  /** Every request since the start, oldest first. */
  readonly asked: Asked[]
  /** Days that have data. */
  days: EpochDay[]
  next(...misbehaviours: (BloombergMisbehaviour | null)[]): void
  always(misbehaviour: BloombergMisbehaviour | null): void
  /** Hands ticks to the open poll or keeps them for the next. */
  tick(correlationId: number, values: Readonly<Record<string, unknown>>): void
  /** Correlation ids that are subscribed now. */
  subscribed(): number[]
  /** A poll is open and waits for ticks. */
  polling(): boolean
  /** Polls are answered 503 while it is on. */
  pollsFail: boolean
  /** Called for each subscription that begins. */
  onStart: () => void
  close(): Promise<void>
}

export interface ServerOptions {
  /** Null for plain http. */
  readonly certificate?: 'server' | 'server-expired' | null
  readonly maxBodyBytes?: number
}

/** Settles the same on every machine: a slope along the curve and a small wave in time. */
export function testPrice(product: Product, month: ContractMonth, day: EpochDay): number {
  const base = { CL: 72, BRN: 77, RB: 2.1, HO: 2.6, LGO: 800, NG: 2.5, DBI: 75, BZ: 77 }[product]
  const slope = (Math.floor(month / 100) * 12 + (month % 100) - 24_289) * 0.004
  return Math.round(base * (1 - slope + ((day * 7) % 11) / 500) * 10_000) / 10_000
}

/** The settlement days of the first quarter of 2024. */
export function firstQuarter(): EpochDay[] {
  const calendar = market.calendar('NYMEX')
  const first = dayFromIso('2024-01-02')!
  return Array.from({ length: 87 }, (_, i) => first + i).filter((day) => calendar.isBusinessDay(day))
}

/** A blpapi-http server on loopback, with mutual TLS unless told otherwise. */
export async function startBloombergServer(options: ServerOptions = {}): Promise<BloombergServer> {
  const { certificate = 'server', maxBodyBytes = 1024 } = options
  const asked: Asked[] = []
  const queue: (BloombergMisbehaviour | null)[] = []
  let standing: BloombergMisbehaviour | null = null
  const live = new Map<number, string>()
  let waitingTicks: object[] = []
  let lastTicks: object[] = []
  let lastPoll: number | null = null
  let openPoll: { readonly id: number; readonly response: ServerResponse } | null = null

  const flush = (): void => {
    if (openPoll === null || waitingTicks.length === 0) return
    lastTicks = waitingTicks
    waitingTicks = []
    lastPoll = openPoll.id
    send(openPoll.response, { data: [lastTicks], status: 0, message: 'OK' })
    openPoll = null
  }

  function poll(id: number, response: ServerResponse): void {
    if (api.pollsFail) return send(response, { code: 'InternalError', message: 'session lost' }, 503)
    if (live.size === 0) return send(response, { code: 'BadRequest', message: 'No active subscriptions.' }, 400)
    if (lastPoll !== null && id !== lastPoll && id !== lastPoll + 1) {
      return send(response, { code: 'InvalidArgument', message: `Invalid Poll Id ${id}` }, 409)
    }
    if (id === lastPoll) return send(response, { data: [lastTicks], status: 0, message: 'OK' })
    openPoll = { id, response }
    setTimeout(() => {
      if (openPoll?.response !== response) return
      openPoll = null
      send(response, { code: 'RequestTimeoutError', message: 'No subscription data within 150ms.' }, 408)
    }, 150).unref()
    flush()
  }

  function subscription(url: URL, body: unknown, response: ServerResponse): void {
    const action = url.searchParams.get('action')
    if (action === 'start') {
      api.onStart()
      for (const one of body as { security: string; correlationId: number }[]) {
        if (live.has(one.correlationId)) {
          return send(response, { message: `Correlation Id ${one.correlationId} already exist.` }, 500)
        }
        live.set(one.correlationId, one.security)
      }
      return send(response, { status: 0, message: 'Subscribed' })
    }
    if (action === 'stop') {
      if (live.size === 0) return send(response, { code: 'BadRequest', message: 'No active subscriptions.' }, 400)
      live.clear()
      lastPoll = null
      waitingTicks = []
      return send(response, { data: [[]], status: 0, message: 'Unsubscribe Successfully' })
    }
    poll(Number(url.searchParams.get('pollid')), response)
  }

  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const body = text === '' ? null : (JSON.parse(text) as Asked['body'])
      const url = new URL(request.url ?? '/', 'http://loopback')
      asked.push({ method: request.method ?? '', path: request.url ?? '', bytes: Buffer.byteLength(text), body })
      if (certificate !== null && !(request.socket as TLSSocket).authorized) return void request.socket.destroy()
      if (Buffer.byteLength(text) > maxBodyBytes) return send(response, { message: 'Request body size exceeds' }, 413)
      if (url.pathname === '/subscription') return subscription(url, body, response)
      const usual: Usual = {
        data: answerOf(url.searchParams.get('type') ?? '', body as Readonly<Record<string, unknown>>, api.days),
        status: 0,
        message: 'OK',
      }
      const misbehaviour = queue.shift() ?? standing
      if (misbehaviour) misbehaviour(response, usual)
      else send(response, usual, 200, request.headers['accept-encoding'] === 'gzip')
    })
  }
  const server =
    certificate === null
      ? createServer(handler)
      : createTlsServer(
          {
            key: readFileSync(tlsFile(`${certificate}.key`)),
            cert: readFileSync(tlsFile(`${certificate}.crt`)),
            ca: readFileSync(tlsFile('ca.crt')),
            requestCert: true,
            rejectUnauthorized: true,
          },
          handler,
        )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const api: BloombergServer = {
    host: '127.0.0.1',
    port,
    asked,
    days: firstQuarter(),
    next: (...misbehaviours) => void queue.push(...misbehaviours),
    always: (misbehaviour) => void (standing = misbehaviour),
    tick(correlationId, values) {
      waitingTicks.push({ correlationId, data: [values], missed_ticks: 0 })
      flush()
    },
    subscribed: () => [...live.keys()],
    polling: () => openPoll !== null,
    pollsFail: false,
    onStart: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return api
}

function send(response: ServerResponse, body: unknown, status = 200, gzip = false): void {
  const bytes = Buffer.from(JSON.stringify(body))
  const sent = gzip ? gzipSync(bytes) : bytes
  const encoding = gzip ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': sent.length, ...encoding })
  response.end(sent)
}

/** What can go wrong on the way. */
export const misbehave = {
  status:
    (code: number, headers: Readonly<Record<string, string>> = {}): BloombergMisbehaviour =>
    (response) => {
      response.writeHead(code, { 'content-type': 'application/json', ...headers })
      response.end('{"code":"Trouble","message":"no more for now"}')
    },
  changed:
    (change: (usual: Usual) => void): BloombergMisbehaviour =>
    (response, usual) => {
      const copy = structuredClone(usual)
      change(copy)
      send(response, copy)
    },
  /** Accepts the request and never says a word. */
  silence: (): BloombergMisbehaviour => () => undefined,
  /** Announces all of the body and closes half-way. */
  cutOff: (): BloombergMisbehaviour => (response, usual) => {
    const text = JSON.stringify(usual)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length })
    response.write(text.slice(0, text.length / 2))
    setTimeout(() => response.destroy(), 5)
  },
  /** A whole answer on the wire whose JSON breaks off. */
  truncated: (): BloombergMisbehaviour => (response, usual) => {
    const text = JSON.stringify(usual)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(text.slice(0, text.length / 2))
  },
}

function answerOf(
  type: string,
  body: Readonly<Record<string, unknown>>,
  days: readonly EpochDay[],
): Record<string, unknown>[] {
  const securities = (body['securities'] ?? []) as string[]
  const fields = (body['fields'] ?? []) as string[]
  switch (type) {
    case 'HistoricalDataRequest': {
      const [from, to] = [plainDay(body['startDate']), plainDay(body['endDate'])]
      const window = days.filter((day) => day >= from && day <= to)
      return securities.map((security, sequenceNumber) => ({
        securityData: { security, eidData: [], sequenceNumber, ...historyOf(security, fields, window) },
      }))
    }
    case 'ReferenceDataRequest':
      return [
        {
          securityData: securities.map((security, sequenceNumber) => ({
            security,
            eidData: [],
            sequenceNumber,
            ...factsOf(security, fields, days.at(-1)!),
          })),
        },
      ]
    case 'IntradayBarRequest': {
      const barTickData = [0, 1, 2].map((i) => ({
        time: `2024-03-28T14:0${i}:00.000Z`,
        open: 72 + i,
        high: 73 + i,
        low: 71 + i,
        close: 72.5 + i,
        volume: 100 * i,
        numEvents: 3,
      }))
      return [{ barData: { eidData: [], barTickData } }]
    }
    default:
      return [{ responseError: { source: 'test', category: 'BAD_ARGS', message: `no operation ${type}` } }]
  }
}

function plainDay(text: unknown): EpochDay {
  return dayFromIso(String(text).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))!
}

const UNKNOWN = {
  securityError: {
    source: '100::bbdbs1',
    code: 15,
    category: 'BAD_SEC',
    message: 'Unknown/Invalid security',
    subcategory: 'INVALID_SECURITY',
  },
  fieldExceptions: [],
}

interface Known {
  readonly product: Product
  readonly root: string
  /** Of a generic ticker. */
  readonly rank: number | null
  readonly month: ContractMonth | null
}

/** Generic tickers up to 12, and contracts. */
function known(security: string): Known | null {
  const symbol = /^(\S+) Comdty$/.exec(security)?.[1] ?? ''
  for (const product of market.products) {
    const root = market.instrument(product).codes.bloomberg
    if (root === null || !symbol.startsWith(root)) continue
    const rest = symbol.slice(root.length)
    if (/^([1-9]|1[0-2])$/.test(rest)) return { product, root, rank: Number(rest), month: null }
    const read = readContractCode(market, symbol, dayFromIso('2024-01-02')!)
    if (!('reason' in read)) return { product, root, rank: null, month: read.month }
  }
  return null
}

const shortCode = (root: string, month: ContractMonth): string =>
  `${root}${MONTH_LETTERS[(month % 100) - 1]}${Math.floor(month / 100) % 10}`

/** Gasoline and heating oil in cents, as the vendor quotes them. */
function quoteOf(product: Product, month: ContractMonth, day: EpochDay): number {
  const price = testPrice(product, month, day)
  return ['RB', 'HO'].includes(product) ? Math.round(price * 1e6) / 1e4 : price
}

function historyOf(security: string, fields: readonly string[], days: readonly EpochDay[]): object {
  const one = known(security)
  if (one === null) return { ...UNKNOWN, fieldData: [] }
  const fieldData = days.flatMap((day) => {
    const month = one.month ?? market.monthAtRank(one.product, day, one.rank!)
    if (market.lastTradingDay(one.product, month) < day) return []
    const quote = quoteOf(one.product, month, day)
    const all: Record<string, unknown> = {
      PX_SETTLE: quote,
      PX_LAST: quote,
      PX_OPEN: quote,
      PX_HIGH: quote * 1.01,
      PX_LOW: quote * 0.99,
      OPEN_INT: 100_000 - (day % 100),
      PX_VOLUME: 50_000,
      FUT_CUR_GEN_TICKER: one.rank === null ? undefined : shortCode(one.root, month),
    }
    const picked = fields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]]))
    return [{ date: `${isoFromDay(day)}T00:00:00.000Z`, ...(Object.fromEntries(picked) as object) }]
  })
  return { fieldExceptions: [], fieldData }
}

function factsOf(security: string, fields: readonly string[], day: EpochDay): object {
  const one = known(security)
  if (one === null) return { ...UNKNOWN, fieldData: {} }
  const month = one.month ?? market.monthAtRank(one.product, day, one.rank!)
  const { contractSize } = market.instrument(one.product)
  const quote = quoteOf(one.product, month, day)
  const cents = ['RB', 'HO'].includes(one.product)
  const first = market.monthAtRank(one.product, day - 120, 1)
  const chain = Array.from({ length: 20 }, (_, i) => {
    const index = Math.floor(first / 100) * 12 + (first % 100) - 1 + i
    return { 'Security Description': `${shortCode(one.root, Math.floor(index / 12) * 100 + (index % 12) + 1)} Comdty` }
  })
  const all: Record<string, unknown> = {
    PX_LAST: quote,
    PX_BID: quote - 0.01,
    PX_ASK: quote + 0.01,
    CHG_NET_1D: 0.42,
    CRNCY: 'USD',
    FUT_CONT_SIZE: contractSize,
    FUT_VAL_PT: cents ? contractSize / 100 : contractSize,
    FUT_TICK_SIZE: cents ? 0.01 : 0.01,
    FUT_CUR_GEN_TICKER: shortCode(one.root, month),
    LAST_TRADEABLE_DT: isoFromDay(market.lastTradingDay(one.product, month)),
    FUT_CHAIN: chain,
  }
  return {
    fieldExceptions: fields
      .filter((field) => all[field] === undefined)
      .map((fieldId) => ({ fieldId, errorInfo: { category: 'BAD_FLD', message: 'Field not applicable to security' } })),
    fieldData: Object.fromEntries(fields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]]))),
  }
}
