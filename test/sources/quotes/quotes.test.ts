import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { startBloombergServer, type BloombergServer } from '../../support/bloomberg-server.js'
import { contango, packageRoot, words, type Finished } from '../../support/contango.js'
import { errorCode, openBloombergDesk, type BloombergDesk } from '../bloomberg/desk.js'

type Row = Record<string, unknown>
const rowsOf = (finished: Finished): Row[] =>
  finished.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

describe('quotes of the simulator', () => {
  const run = (line: string): Promise<Finished> => contango(words(line), { home: inject('simHome') })

  it('say that they are simulated, in the document, in every row and on stderr even under -q', async () => {
    const shown = await run('quotes --tickers "wti,CO2,NG1 Comdty" -q --json')
    expect(shown.code, shown.stderr).toBe(0)
    expect(shown.stderr).toContain('SIMULATED')
    const { data, warnings } = JSON.parse(shown.stdout) as {
      data: { quotes: { last: number; bid: number; ask: number }[] }
      warnings: { code: string }[]
    }
    expect(data).toMatchObject({
      source: 'sim',
      simulated: true,
      quotes: [{ ticker: 'CL1 Comdty', unit: 'USD/bbl' }, { ticker: 'CO2 Comdty' }, { unit: 'USD/MMBtu' }],
    })
    expect(data.quotes.every(({ last, bid, ask }) => bid < ask && (last === bid || last === ask))).toBe(true)
    expect(warnings.map(({ code }) => code)).toEqual(['SIMULATED'])
  })

  it('stream the same bytes for the same seed, however they are paced, and others for another', async () => {
    const [one, two, other] = await Promise.all([
      run('quotes --watch --rate 1000 --count 50 --source sim'),
      run('quotes --watch --rate 1000 --count 50 --source sim'),
      run('quotes --watch --rate 1000 --count 50 --source sim --seed 2'),
    ])
    expect(one.code, one.stderr).toBe(0)
    expect(two.stdout).toBe(one.stdout)
    expect(other.stdout).not.toBe(one.stdout)
    const rows = rowsOf(one)
    expect(rows).toHaveLength(51)
    expect(rows.slice(0, 50).every(({ simulated, source }) => simulated === true && source === 'sim')).toBe(true)
    expect(rows[50]).toEqual({ ok: true, rows: 50, type: 'end' })
  })

  it('are refused in another form than NDJSON, and for tickers that the market does not have', async () => {
    for (const [line, exit, code] of [
      ['quotes --watch --json', 2, 'STREAM_FORM'],
      ['quotes --tickers ZZ1 --json', 2, 'BAD_TICKER'],
      ['quotes --tickers "SPX Index" --json', 4, 'NO_DATA'],
      ['quotes --tickers CL99 --json', 4, 'NO_DATA'],
      ['quotes --source bloomberg --json', 3, 'BLOOMBERG_NOT_CHOSEN'],
    ] as const) {
      const finished = await run(line)
      expect([finished.code, errorCode(finished)], line).toEqual([exit, code])
    }
  })

  it('end a stopped stream with its end line and exit 130', async () => {
    const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), 'quotes', '--watch', '--rate', '50'], {
      env: { ...process.env, CONTANGO_HOME: inject('simHome') },
    })
    let stdout = ''
    const code = await new Promise<number | null>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (stdout === '') child.kill('SIGINT')
        stdout += chunk.toString()
      })
      child.on('close', resolve)
    })
    expect(code).toBe(130)
    const last = JSON.parse(stdout.trim().split('\n').at(-1)!) as Row
    expect(last).toEqual({ ok: true, rows: stdout.trim().split('\n').length - 1, stopped: 'SIGINT', type: 'end' })
  })
})

describe('quotes --record', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contango-ticks-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('appends what it printed, marked simulated, and cuts off what a killed run left of a line', async () => {
    const home = join(folder, 'desk')
    await contango(['init', home])
    const line = 'fetch sim --product wti --from 2023-11-01 --to 2023-12-29'
    expect((await contango(words(line), { home })).code).toBe(0)
    const watch = words('quotes --tickers wti --watch --count 20 --rate 0 --record')
    const first = await contango(watch, { home })
    expect(first.code, first.stderr).toBe(0)
    const ticks = join(home, 'data', 'ticks', 'source=sim')
    expect(readdirSync(ticks)).toEqual(['date=2024-01-02.ndjson']) // the session after 2023-12-29
    const file = join(ticks, 'date=2024-01-02.ndjson')
    expect(readFileSync(file, 'utf8')).toBe(first.stdout.split('\n').slice(0, 20).join('\n') + '\n')
    appendFileSync(file, '{"ask":87.3')
    await contango(watch, { home })
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(lines).toHaveLength(40)
    expect(lines.map((text) => (JSON.parse(text) as Row)['simulated'])).not.toContain(false)
    expect((await contango(['data', 'check'], { home })).code).toBe(0)
  })
})

describe('quotes of Bloomberg over blpapi-http', () => {
  let server: BloombergServer
  let desk: BloombergDesk
  beforeEach(async () => {
    server = await startBloombergServer()
    desk = await openBloombergDesk(server)
  })
  afterEach(async () => {
    await server.close()
    desk.remove()
  })

  it('are one request for all tickers, in our units', async () => {
    const shown = await desk.run('quotes --json')
    expect(shown.code, shown.stderr).toBe(0)
    expect(server.asked).toHaveLength(1)
    const { data } = JSON.parse(shown.stdout) as { data: { quotes: { ticker: string; last: number; unit: string }[] } }
    const gasoline = data.quotes.find(({ ticker }) => ticker === 'XB1 Comdty')!
    expect(gasoline.unit).toBe('USD/gal')
    expect(gasoline.last).toBeGreaterThan(1.5) // 210 cents
    expect(gasoline.last).toBeLessThan(3)
  })

  it('never become simulated ones: unreachable exits 5, though the lake has a simulated market', async () => {
    expect((await desk.run('fetch sim --product wti --from 2023-12-01 --to 2023-12-29')).code).toBe(0)
    for (const line of ['quotes --tickers wti --json', 'quotes --tickers wti --watch --count 1']) {
      const finished = await desk.run(line, { env: { BLOOMBERG_PORT: '1' } })
      expect(finished.code).toBe(5)
      expect(finished.stderr).toContain('check BLOOMBERG_HOST and BLOOMBERG_PORT')
      expect(finished.stdout).not.toContain('"last"')
    }
    const asked = await desk.run('quotes --tickers wti --json', { env: { BLOOMBERG_USE_MOCK: 'true' } })
    expect(asked.stderr).toContain('SIMULATED')
  })

  it('are refused as a stream where subscriptions are switched off', async () => {
    const finished = await desk.run('quotes --watch --count 1', { env: { BLOOMBERG_ENABLE_SUBSCRIPTIONS: 'false' } })
    expect(finished.code).toBe(3)
    expect(finished.stderr).toContain('BLOOMBERG_ENABLE_SUBSCRIPTIONS')
  })

  it('stream what changed, keep the other numbers, and unsubscribe at the end', async () => {
    const ticking = setInterval(() => {
      if (server.subscribed().length < 2) return
      server.tick(0, { LAST_PRICE: 71.5, BID: 71.49 })
      server.tick(1, { ASK: 210.6, LAST_PRICE: 210.55 })
      server.tick(0, { BID: 71.48 })
    }, 20)
    const finished = await desk.run('quotes --tickers wti,rbob --watch --count 3')
    clearInterval(ticking)
    expect(finished.code, finished.stderr).toBe(0)
    const [first, second, third] = rowsOf(finished)
    expect(first).toMatchObject({ ticker: 'CL1 Comdty', last: 71.5, bid: 71.49, ask: null, stale: false })
    expect(second).toMatchObject({ ticker: 'XB1 Comdty', last: 2.1055, ask: 2.106, unit: 'USD/gal' })
    expect(third).toMatchObject({ ticker: 'CL1 Comdty', last: 71.5, bid: 71.48 })
    expect(server.subscribed()).toEqual([])
  })

  it('mark a silent ticker stale once, and fresh again when it speaks', async () => {
    desk.configure({ staleSeconds: '0.3' })
    let polls = 0
    const ticking = setInterval(() => {
      if (server.subscribed().length === 0) return
      if (polls++ === 0 || polls > 60) server.tick(0, { LAST_PRICE: 71 + polls })
    }, 20)
    const finished = await desk.run('quotes --tickers wti --watch --count 3')
    clearInterval(ticking)
    expect(rowsOf(finished).map(({ stale }) => stale)).toEqual([false, true, false, undefined])
  })

  it('come back after a loss, and end with exit 5 and an end line that says so where they do not', async () => {
    let starts = 0
    let ticked = 0
    // one tick in the first and the second subscription, each lost after it; from the third on nothing works
    server.onStart = () => (server.pollsFail = ++starts > 2)
    const ticking = setInterval(() => {
      if (!server.polling() || ticked === starts) return
      ticked = starts
      server.tick(0, { LAST_PRICE: 70 + starts })
      server.pollsFail = true
    }, 10)
    const finished = await desk.run('quotes --tickers wti --watch --seconds 20')
    clearInterval(ticking)
    expect(finished.code).toBe(5)
    expect(finished.stderr).toContain('the subscription is lost')
    const rows = rowsOf(finished)
    expect(rows.some(({ stale }) => stale === true)).toBe(true)
    expect(rows.at(-1)).toEqual({ code: 'BLOOMBERG_HTTP_STATUS', ok: false, rows: rows.length - 1, type: 'end' })
    const prices = rows.flatMap(({ last, stale }) => (typeof last === 'number' && stale === false ? [last] : []))
    expect(prices).toEqual([71, 72])
    expect(existsSync(join(desk.home, 'data', 'ticks'))).toBe(false)
  })
})
