import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../../src/lib/kernel/day.js'
import { misbehave, startEiaServer, type EiaServer } from '../../support/eia-server.js'
import { day } from '../../market/market.js'
import { filesBelow, openDesk, quickEia, type Desk } from './support.js'

let server: EiaServer
let desk: Desk
beforeEach(async () => {
  server = await startEiaServer()
  desk = openDesk(server)
})
afterEach(async () => {
  desk.close()
  await server.close()
})

async function failure(
  promise: Promise<unknown>,
): Promise<{ kind: string; code: string; message: string; hint?: string; details: Record<string, unknown> }> {
  try {
    await promise
  } catch (error) {
    const all = JSON.stringify({ ...(error as object), message: String(error), stack: (error as Error).stack })
    expect(all).not.toContain(server.key)
    return error as Awaited<ReturnType<typeof failure>>
  }
  throw new Error('it did not fail')
}

async function valueOn(id: string, period: string, asOf?: string): Promise<{ value: number; knownOn: string } | null> {
  const at = day(period)
  const options = { source: 'eia', from: at, to: at, ...(asOf === undefined ? {} : { asOf: day(asOf) }) }
  const { columns } = await desk.store.readSeries(id, options)
  return columns.value.length === 0 ? null : { value: columns.value[0], knownOn: isoFromDay(columns.knownOn[0]) }
}

describe('a fetch', () => {
  it('asks page after page until as many rows are there as were announced, total being a text', async () => {
    const [wti] = await desk.fetch({ series: ['RWTC'] }, { config: quickEia({ pageRows: 25 }) })
    const rows = server.series.get('RWTC')?.rows ?? []
    expect(rows.length).toBe(61)
    expect(server.requests.map((url) => url.searchParams.get('offset'))).toEqual(['0', '25', '50'])
    expect(wti).toMatchObject({
      series: 'RWTC',
      unit: 'USD/bbl',
      frequency: 'daily',
      requests: 3,
      added: 61,
      revised: 0,
    })
    expect([wti.first, wti.last].map((at) => at !== null && isoFromDay(at))).toEqual(['2024-01-02', rows.at(-1)?.[0]])
    expect((await valueOn('RWTC', '2024-01-02'))?.value).toBe(76)
  })

  it('keeps asking where the vendor gives fewer rows than asked for, and stays silent about its page warnings', async () => {
    server.cap = 20
    const [wti] = await desk.fetch({ series: ['RWTC'] })
    expect(wti).toMatchObject({ requests: 4, added: 61 })
    expect(desk.warnings).toEqual([
      'EIA_WARNING: EIA petroleum/pri/spt: parameter out of range: length must not exceed 20',
    ])
  })

  it('shares a request among series and stores each by itself', async () => {
    const fetched = await desk.fetch({ presets: ['weekly'] })
    expect(fetched).toHaveLength(20)
    expect(server.requests.length).toBeLessThan(20)
    expect(fetched.every(({ added }) => added === 26)).toBe(true)
    expect(Object.fromEntries(fetched.map(({ series, unit }) => [series, unit]))).toMatchObject({
      WCESTUS1: 'kbbl',
      WCRFPUS2: 'kb/d',
      WPULEUS3: '%',
      NW2_EPG0_SWO_R48_BCF: 'Bcf',
    })
    // the report on the week to Friday 22 March appeared on Wednesday 27 March
    expect((await valueOn('WCESTUS1', '2024-03-22'))?.knownOn).toBe('2024-03-27')
  })

  it('takes months, and knows a forecast since it was fetched', async () => {
    await desk.fetch({ series: ['COPR_OPEC'] }, { from: day('2022-02-10') })
    expect(server.requests[0].searchParams.get('start')).toBe('2022-02')
    expect(await valueOn('COPR_OPEC', '2022-02-01')).not.toBeNull()
    expect((await valueOn('COPR_OPEC', '2024-01-01'))?.knownOn).toBe('2024-02-29')
    // fetched on 2 April 2024: usable from the 3rd, and not before
    expect((await valueOn('COPR_OPEC', '2025-12-01'))?.knownOn).toBe('2024-04-03')
    expect(await valueOn('COPR_OPEC', '2025-12-01', '2024-04-02')).toBeNull()
  })

  it('warns of what the vendor says beside the rows', async () => {
    server.next(
      misbehave.changed((document) => {
        document.response.warnings = [{ warning: 'deprecated route', description: 'use another one' }]
        return document
      }),
    )
    await desk.fetch({ series: ['RWTC'] })
    expect(desk.warnings).toEqual(['EIA_WARNING: EIA petroleum/pri/spt: deprecated route: use another one'])
  })

  it('leaves out what is null and counts it', async () => {
    const rows = server.series.get('RWTC')?.rows ?? []
    server.series.set('RWTC', {
      route: 'petroleum/pri/spt',
      unit: '$/BBL',
      rows: rows.map(([at, value], i) => [at, i === 3 ? null : value]),
    })
    expect(await desk.fetch({ series: ['RWTC'] })).toMatchObject([{ added: 60, missing: 1, dropped: 0 }])
  })

  it('begins a batch again when the data changes between its pages', async () => {
    server.next(
      null,
      misbehave.changed((document) => ({ ...document, response: { ...document.response, total: '62' } })),
    )
    const [wti] = await desk.fetch({ series: ['RWTC'] }, { config: quickEia({ pageRows: 40 }) })
    expect(wti).toMatchObject({ requests: 4, added: 61 })
    server.always(
      misbehave.changed((document) => ({ ...document, response: { ...document.response, total: '9999', data: [] } })),
    )
    expect(await failure(desk.fetch({ series: ['RBRTE'] }))).toMatchObject({ kind: 'source', code: 'EIA_INCOMPLETE' })
  })
})

describe('a second fetch', () => {
  it('asks only for what is new, with an overlap, and adds nothing where nothing is', async () => {
    await desk.fetch({ series: ['RWTC'] })
    const before = desk.store.pick('series', 'RWTC', 'eia')
    server.requests.length = 0
    const again = await desk.fetch({ series: ['RWTC'] })
    expect(server.requests.map((url) => url.searchParams.get('start'))).toEqual(['2024-02-27'])
    expect(again).toMatchObject([{ added: 0, revised: 0, sha256: before?.sha256 }])
  })

  it('takes a fresh answer from the disk, asks again once it is stale or under --no-cache', async () => {
    const once = { from: day('2024-01-02') }
    await desk.fetch({ series: ['RWTC'] }, once)
    expect(await desk.fetch({ series: ['RWTC'] }, once)).toMatchObject([{ cached: true, requests: 1, added: 0 }])
    expect(server.requests.length).toBe(1)
    expect(await desk.fetch({ series: ['RWTC'] }, { ...once, readCache: false })).toMatchObject([{ cached: false }])
    desk.nowMs += 61 * 60_000
    expect(await desk.fetch({ series: ['RWTC'] }, once)).toMatchObject([{ cached: false }])
    expect(server.requests.length).toBe(3)
  })

  it('keeps both vintages of a value that was revised: until the fetch the old one was the truth', async () => {
    await desk.fetch({ series: ['WCESTUS1'] })
    const { rows, ...rest } = server.series.get('WCESTUS1')!
    server.series.set('WCESTUS1', {
      ...rest,
      rows: rows.map(([at, value]) => [at, at === '2024-03-22' ? '444444' : value]),
    })
    const first = await valueOn('WCESTUS1', '2024-03-22')
    desk.nowMs = Date.UTC(2024, 4, 7, 20)
    expect(await desk.fetch({ series: ['WCESTUS1'] })).toMatchObject([{ added: 0, revised: 1 }])
    expect(await valueOn('WCESTUS1', '2024-03-22')).toEqual({ value: 444_444, knownOn: '2024-05-08' })
    expect(await valueOn('WCESTUS1', '2024-03-22', '2024-05-07')).toEqual(first)
  })

  it('after one that failed half-way asks for what is missing only', async () => {
    const config = quickEia({ seriesPerRequest: 1 }, { concurrency: 1, giveUpAfterFailures: 1, retries: 0 })
    server.next(null, null, misbehave.status(503))
    const error = await failure(desk.fetch({ presets: ['spot'] }, { config }))
    expect(error).toMatchObject({ kind: 'source', code: 'EIA_PARTIAL', details: { stored: ['RWTC', 'RBRTE'] } })
    expect((error.details['failed'] as { code: string }[]).map(({ code }) => code)).toEqual([
      'HTTP_STATUS',
      'NOT_TRIED',
      'NOT_TRIED',
      'NOT_TRIED',
    ])
    expect(server.requests.length).toBe(3)
    server.requests.length = 0
    expect(await desk.fetch({ presets: ['spot'] }, { config })).toHaveLength(6)
    expect(server.requests.map((url) => url.searchParams.has('start'))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('failure', () => {
  it('of one series among others names it, stores the others', async () => {
    const error = await failure(desk.fetch({ series: ['RWTC', 'RWTX', 'RBRTE'], route: 'petroleum/pri/spt' }))
    expect(error).toMatchObject({
      kind: 'noData',
      code: 'EIA_PARTIAL',
      message: '1 of 3 series failed (RWTX): EIA petroleum/pri/spt has no rows for RWTX; the others are stored',
      details: { failed: [{ series: 'RWTX', code: 'EIA_NO_ROWS' }], stored: ['RWTC', 'RBRTE'] },
    })
    expect(desk.store.pick('series', 'RBRTE', 'eia')?.rows).toBe(61)
  })

  it('of a series without rows is no data, unless the lake has some and the window is just empty', async () => {
    expect(await failure(desk.fetch({ series: ['RWTX'], route: 'petroleum/pri/spt' }))).toMatchObject({
      kind: 'noData',
      code: 'EIA_NO_ROWS',
    })
    await desk.fetch({ series: ['RWTC'] })
    expect(await desk.fetch({ series: ['RWTC'] }, { from: day('2031-01-02') })).toMatchObject([
      { added: 0, missing: 0 },
    ])
  })

  it('by a key that is rejected ends the run at the first request, without a second try', async () => {
    const error = await failure(
      desk.fetch({ presets: ['weekly'] }, { key: 'WrongKey00WrongKey00', config: quickEia({}, { concurrency: 1 }) }),
    )
    expect(error).toMatchObject({
      kind: 'source',
      code: 'EIA_KEY_REJECTED',
      details: { vendorCode: 'API_KEY_INVALID' },
    })
    expect(JSON.stringify(error)).not.toContain('WrongKey00')
    expect(server.requests.length).toBe(1)
  })

  it('by a key that is rejected while an earlier request still waits is the same error, and no crash', async () => {
    server.next(misbehave.silence(), misbehave.status(403, { error: { code: 'API_KEY_DISABLED', message: 'no' } }))
    const config = quickEia({ seriesPerRequest: 1 }, { attemptTimeoutSeconds: 0.15, retries: 0 })
    const error = await failure(desk.fetch({ series: ['RWTC', 'RBRTE'] }, { config }))
    expect(error).toMatchObject({ code: 'EIA_KEY_REJECTED', details: { vendorCode: 'API_KEY_DISABLED' } })
    expect(desk.store.datasets()).toEqual([])
  })

  it('by 403 without a code is asked again: a key that asked too fast is shut out for a while', async () => {
    server.next(misbehave.status(403, 'Forbidden'), misbehave.status(403, {}))
    expect(await desk.fetch({ series: ['RWTC'] })).toMatchObject([{ added: 61 }])
    server.always(misbehave.status(403, {}))
    expect(await failure(desk.fetch({ series: ['RBRTE'] }))).toMatchObject({ kind: 'source', code: 'EIA_FORBIDDEN' })
  })

  it('by 429 and 503 passes', async () => {
    server.next(
      misbehave.status(429, { error: { code: 'OVER_RATE_LIMIT' } }, { 'retry-after': '30' }),
      misbehave.status(503),
    )
    expect(await desk.fetch({ series: ['RWTC'] })).toMatchObject([{ added: 61 }])
    expect(desk.events.filter(({ event }) => event === 'retry').map(({ waitMs }) => waitMs)).toEqual([2, 1])
  })

  it('by 400 and 404 carries the vendor’s words or the route, once', async () => {
    expect(
      await failure(desk.fetch({ series: ['RWTC'], route: 'petroleum/pri/spt', frequency: 'weekly' })),
    ).toMatchObject({
      kind: 'source',
      code: 'EIA_BAD_REQUEST',
      message: "RWTC: EIA refuses the request for petroleum/pri/spt: Invalid frequency 'weekly' provided.",
    })
    expect(await failure(desk.fetch({ series: ['X'], route: 'petroleum/nowhere', frequency: 'daily' }))).toMatchObject({
      kind: 'source',
      code: 'EIA_ROUTE_NOT_FOUND',
    })
    expect(server.requests.length).toBe(2)
  })

  it('by silence, a drip, a broken connection or cut JSON is exit 5 or 6 and leaves the lake as it was', async () => {
    await desk.fetch({ series: ['RWTC'] })
    const lake = (): string =>
      filesBelow(join(desk.folder, 'lake'))
        .map((path) => readFileSync(path, 'latin1'))
        .join()
    const before = [lake(), desk.store.datasets()]
    const config = quickEia({}, { attemptTimeoutSeconds: 0.06, retries: 1 })
    for (const [misbehaviour, kind, code] of [
      [misbehave.silence(), 'source', 'TIMEOUT'],
      [misbehave.drip(), 'source', 'TIMEOUT'],
      [misbehave.cutOff(), 'source', 'UNREACHABLE'],
      [misbehave.truncated(), 'refused', 'TRUNCATED_JSON'],
      [misbehave.html(), 'refused', 'NOT_JSON'],
      [misbehave.redirect('http://127.0.0.1:1/v2/'), 'source', 'REDIRECTED'],
    ] as const) {
      server.always(misbehaviour)
      expect(await failure(desk.fetch({ series: ['RWTC'] }, { config })), code).toMatchObject({ kind, code })
    }
    expect([lake(), desk.store.datasets()]).toEqual(before)
  })

  it('by a surprise in the document is refused with its path, and nothing of it is stored', async () => {
    const changedRow = (change: (row: Record<string, unknown>) => void) =>
      misbehave.changed((document) => {
        change(document.response.data[3])
        return document
      })
    const surprises = [
      [changedRow((row) => (row['value'] = { amount: 70 })), 'response.data[3].value'],
      [changedRow((row) => delete row['value']), 'response.data[3].value'],
      [changedRow((row) => delete row['period']), 'response.data[3].period'],
      [changedRow((row) => (row['value'] = 'seventy')), 'response.data[3].value'],
      [changedRow((row) => (row['period'] = '2024-Q1')), 'response.data[3].period'],
      [misbehave.changed(({ response }) => ({ response: { ...response, total: 'many' } })), 'response.total'],
      [misbehave.changed(({ response }) => ({ response: { ...response, data: {} } })), 'response.data'],
      [misbehave.changed(() => ({ data: [] })), 'response'],
      [misbehave.changed(() => []), '(the whole document)'],
    ] as const
    for (const [misbehaviour, path] of surprises) {
      server.next(misbehaviour)
      const error = await failure(desk.fetch({ series: ['RWTC'] }))
      expect(error, path).toMatchObject({ kind: 'refused', code: 'EIA_SCHEMA', details: { path } })
    }
    expect(desk.store.datasets()).toEqual([])
    expect(server.requests.length).toBe(surprises.length)
  })

  it('of an outage ends after two requests in a row, not after thirty', async () => {
    server.always(misbehave.status(503))
    const config = quickEia({ seriesPerRequest: 1 }, { concurrency: 1, retries: 1 })
    expect(await failure(desk.fetch({ presets: ['steo'] }, { config }))).toMatchObject({
      kind: 'source',
      code: 'EIA_FAILED',
    })
    expect(server.requests.length).toBe(4)
  })

  it('by a stop leaves whole series and no temporary file', async () => {
    const stop = new AbortController()
    const config = quickEia({ seriesPerRequest: 1 }, { concurrency: 1 })
    server.next(null, (_request, _response) => setTimeout(() => stop.abort(new Error('stopped')), 30))
    await expect(desk.fetch({ presets: ['spot'] }, { config, signal: stop.signal })).rejects.toThrow('stopped')
    expect(desk.store.datasets().map(({ name, rows }) => [name, rows])).toEqual([['RWTC', 61]])
    expect(readdirSync(join(desk.folder, 'cache', 'http')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('the key', () => {
  it('is nowhere on disk and in no log line or warning, though the vendor echoes it', async () => {
    server.next(misbehave.status(500, { error: `internal error for api_key=${server.key}` }), null)
    await desk.fetch({ presets: ['spot'] })
    expect(server.requests[0].searchParams.get('api_key')).toBe(server.key)
    expect(desk.everythingOnDisk()).toContain('api_key=***')
    expect(desk.everythingOnDisk()).not.toContain(server.key)
    expect(JSON.stringify(desk.events)).not.toContain(server.key)
    expect(desk.warnings.join('\n')).not.toContain(server.key)
  })
})
