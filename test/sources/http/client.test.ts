import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clock } from '../../../src/lib/runtime/clock.js'
import { createRedactor } from '../../../src/lib/runtime/redact.js'
import { createHttpClient, type GetOptions, type HttpEvent } from '../../../src/lib/sources/http/client.js'
import type { HttpPolicy } from '../../../src/lib/sources/http/http-policy.js'
import { quickPolicy } from './support.js'

const KEY = 'Secret0Key1'
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  }
})

async function serve(...answers: RequestListener[]): Promise<{ url: URL; asked: string[]; origin: string }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answers[Math.min(asked.length, answers.length) - 1](request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: new URL(`${origin}/data?api_key=${KEY}`), asked, origin }
}

const json =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
const fine = json(200, '{"ok":true}')

function client(policy: Partial<HttpPolicy> = {}, signal = new AbortController().signal) {
  const events: HttpEvent[] = []
  const http = createHttpClient({
    vendor: 'EIA',
    policy: { ...quickPolicy, ...policy },
    clock,
    rng: null,
    redact: createRedactor([KEY]),
    signal,
    log: (event) => events.push(event),
    cache: null,
  })
  return { http, events }
}

const plain: GetOptions<unknown> = { read: (document) => document, refusal: () => null, cacheTtlMs: 0 }

async function failure(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise
  } catch (error) {
    expect(JSON.stringify({ ...(error as Error), message: (error as Error).message })).not.toContain(KEY)
    expect(String((error as Error).stack)).not.toContain(KEY)
    return error as Record<string, unknown>
  }
  throw new Error('it did not fail')
}

describe('HTTP client', () => {
  it('gives the document of a 200, and its log carries no key', async () => {
    const { url } = await serve(fine)
    const { http, events } = client()
    expect(await http.get(url, plain)).toEqual({ value: { ok: true }, cached: false })
    expect(events).toMatchObject([{ event: 'answer', status: 200, attempt: 1, bytes: 11 }])
    expect(events[0].url).toBe(url.href.replace(KEY, '***'))
  })

  it('asks again after 503, 500, 408 and 429, then succeeds', async () => {
    for (const status of [503, 500, 408, 429]) {
      const { url, asked } = await serve(json(status, '{}'), json(status, '{}'), fine)
      await client().http.get(url, plain)
      expect(asked.length, String(status)).toBe(3)
    }
  })

  it('gives up after the last attempt: one and three retries make four requests', async () => {
    const { url, asked } = await serve(json(503, 'busy'))
    const error = await failure(client().http.get(url, plain))
    expect(error).toMatchObject({ kind: 'source', code: 'HTTP_STATUS', details: { status: 503 } })
    expect(asked.length).toBe(4)
  })

  it('does not ask again after a 400 or a 404', async () => {
    for (const status of [400, 404]) {
      const { url, asked } = await serve(json(status, '{}'))
      expect(await failure(client().http.get(url, plain))).toMatchObject({ kind: 'source', details: { status } })
      expect(asked.length).toBe(1)
    }
  })

  it('waits as Retry-After says, in seconds or until a date, but not longer than it accepts', async () => {
    const soon = new Date(Date.now() + 3_600_000).toUTCString()
    const { url } = await serve(
      json(429, '{}', { 'retry-after': '3600' }),
      json(429, '{}', { 'retry-after': soon }),
      json(429, '{}', { 'retry-after': '0' }),
      fine,
    )
    const { http, events } = client({ maxRetryAfterMs: 20, firstDelayMs: 1 })
    await http.get(url, plain)
    expect(events.filter(({ event }) => event === 'retry').map(({ waitMs }) => waitMs)).toEqual([20, 20, 0])
  })

  it('backs off on its own where a 429 names no time', async () => {
    const { url } = await serve(json(429, '{}'), json(429, '{}'), fine)
    const { http, events } = client({ firstDelayMs: 2, delayFactor: 2, maxDelayMs: 100 })
    await http.get(url, plain)
    expect(events.filter(({ event }) => event === 'retry').map(({ waitMs }) => waitMs)).toEqual([2, 4])
  })

  it('ends each attempt in time: when nothing comes, and when the body drips', async () => {
    const silence: RequestListener = () => undefined
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    }
    for (const listener of [silence, drip]) {
      const { url, asked } = await serve(listener)
      const error = await failure(client({ attemptTimeoutMs: 500, retries: 1 }).http.get(url, plain))
      expect(error).toMatchObject({ kind: 'source', code: 'TIMEOUT' })
      expect(error['message']).toMatch(/^EIA at 127\.0\.0\.1:\d+ did not answer within 0\.5 s$/)
      expect(asked.length).toBe(2)
    }
  })

  it('asks again when the connection breaks in the body, and names the cause when it stays so', async () => {
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"ok":')
      setTimeout(() => response.destroy(), 2)
    }
    const once = await serve(cut, fine)
    expect((await client().http.get(once.url, plain)).value).toEqual({ ok: true })
    const always = await serve(cut)
    expect(await failure(client().http.get(always.url, plain))).toMatchObject({ kind: 'source', code: 'UNREACHABLE' })
    expect(always.asked.length).toBe(4)
  })

  it('says that nobody listens', async () => {
    const { url } = await serve(fine)
    await new Promise((resolve) => servers.splice(0)[0].close(resolve))
    const error = await failure(client().http.get(url, plain))
    expect(error).toMatchObject({ kind: 'source', code: 'UNREACHABLE' })
    expect(error['message']).toContain('ECONNREFUSED')
  })

  it('refuses JSON that breaks off and pages that are no JSON, after asking again', async () => {
    const broken = await serve(json(200, '{"response":{"data":['))
    expect(await failure(client().http.get(broken.url, plain))).toMatchObject({
      kind: 'refused',
      code: 'TRUNCATED_JSON',
    })
    expect(broken.asked.length).toBe(4)
    const portal = await serve(json(200, '<html></html>', { 'content-type': 'text/html' }))
    expect(await failure(client().http.get(portal.url, plain))).toMatchObject({ kind: 'refused', code: 'NOT_JSON' })
    const latin = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(Buffer.from([0x22, 0xe9, 0x22]))
    })
    expect(await failure(client().http.get(latin.url, plain))).toMatchObject({ kind: 'refused', code: 'NOT_JSON' })
  })

  it('stops at the bound of a body, announced, dripping or unpacked', async () => {
    const large = `"${'x'.repeat(5000)}"`
    const announced = await serve(json(200, large))
    const streamed = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(large.slice(0, 2000))
      response.end(large.slice(2000))
    })
    const packed = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(gzipSync(large))
    })
    for (const { url, asked } of [announced, streamed, packed]) {
      const error = await failure(client({ maxBodyBytes: 1000 }).http.get(url, plain))
      expect(error).toMatchObject({ kind: 'source', code: 'BODY_TOO_LARGE' })
      expect(asked.length).toBe(1)
    }
  })

  it('never carries the key to another host', async () => {
    const elsewhere = await serve(fine)
    const { url, asked } = await serve(json(302, '', { location: `${elsewhere.origin}/data?api_key=${KEY}` }))
    const error = await failure(client().http.get(url, plain))
    expect(error).toMatchObject({ kind: 'source', code: 'REDIRECTED' })
    expect(error['message']).toContain(elsewhere.origin)
    expect(asked.length).toBe(1)
    expect(elsewhere.asked).toEqual([])
  })

  it('follows a redirect within the host, and not in circles', async () => {
    const within = await serve(json(301, '', { location: `/data/?api_key=${KEY}` }), fine)
    expect((await client().http.get(within.url, plain)).value).toEqual({ ok: true })
    const circle = await serve(json(302, '', { location: '/data' }))
    expect(await failure(client().http.get(circle.url, plain))).toMatchObject({ code: 'REDIRECTED' })
    expect(circle.asked.length).toBe(4)
  })

  it('does not ask again for a document that is odd: it will be odd again', async () => {
    const { url, asked } = await serve(fine)
    const read = (): never => {
      throw new RangeError('odd')
    }
    await expect(client().http.get(url, { ...plain, read })).rejects.toThrow('odd')
    expect(asked.length).toBe(1)
  })

  it('stops at once when the run is stopped: in a request, in a wait, and before the first', async () => {
    const stop = new Error('stopped by the user')
    const silent = await serve(() => undefined)
    const inRequest = new AbortController()
    setTimeout(() => inRequest.abort(stop), 20)
    await expect(client({}, inRequest.signal).http.get(silent.url, plain)).rejects.toBe(stop)

    const busy = await serve(json(429, '{}', { 'retry-after': '60' }))
    const inWait = new AbortController()
    const waiting = client({ maxRetryAfterMs: 60_000 }, inWait.signal)
    const stopped = expect(waiting.http.get(busy.url, plain)).rejects.toBe(stop)
    await vi.waitUntil(() => waiting.events.some(({ event }) => event === 'retry'), { timeout: 10_000 })
    inWait.abort(stop)
    await stopped
    expect(busy.asked.length).toBe(1)

    const idle = await serve(fine)
    await expect(client({}, AbortSignal.abort(stop)).http.get(idle.url, plain)).rejects.toBe(stop)
    expect(idle.asked).toEqual([])
  })
})
