import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { startBloombergServer, type BloombergServer } from '../../support/bloomberg-server.js'
import { contango, packageRoot, words, type Finished } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { errorCode, openBloombergDesk, type BloombergDesk } from '../bloomberg/desk.js'

type Row = Record<string, unknown>
const rowsOf = (finished: Finished): Row[] =>
  finished.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

describe('quotes of the simulator', () => {
  const run = (line: string): Promise<Finished> => inside(words(line), { home: inject('simHome') })

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
  let home: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'contango-ticks-'))
    await inside(['init', join(folder, 'filled')])
    const line = 'fetch sim --product wti --product brent --from 2023-11-01 --to 2023-12-29'
    expect((await inside(words(line), { home: join(folder, 'filled') })).code).toBe(0)
  })
  beforeEach(() => {
    home = mkdtempSync(join(folder, 'desk-'))
    cpSync(join(folder, 'filled'), home, { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (line: string): Promise<Finished> => inside(words(line), { home })
  const waiting = (): string[] => {
    const recordings = join(home, 'data', 'recording')
    return existsSync(recordings) ? readdirSync(recordings) : []
  }
  /** The ticks of a ticker as the lake gives them. */
  async function stored(name: string): Promise<Row[]> {
    const finished = await run(`data export ${name} --kind ticks -f ndjson`)
    return finished.code === 0 ? rowsOf(finished).slice(0, -1) : []
  }
  const printed = (stdout: string): Row[] =>
    stdout
      .slice(0, stdout.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => JSON.parse(text) as Row)
      .filter(({ type }) => type !== 'end')

  /** A recorder that is stopped by a signal once it has printed so many lines. */
  function recordUntil(
    signal: NodeJS.Signals,
    lines: number,
    rate: number,
  ): Promise<{ stdout: string; code: unknown }> {
    const argv = ['quotes', '--tickers', 'wti', '--watch', '--record', '--rate', String(rate)]
    const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...argv], {
      env: { ...process.env, CONTANGO_HOME: home },
    })
    let stdout = ''
    return new Promise((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString()
        if (stdout.split('\n').length > lines) child.kill(signal)
      })
      child.on('close', (code, by) => resolve({ stdout, code: code ?? by }))
    })
  }

  it('appends what it printed to the lake, a dataset of ticks for each ticker, marked simulated', async () => {
    const watch = 'quotes --tickers wti,brent --watch --count 40 --rate 0 --record'
    const first = printed((await run(watch)).stdout)
    const crude = first.filter(({ ticker }) => ticker === 'CL1 Comdty')
    expect(
      (await stored('CL1_Comdty')).map(({ time, last, bid, ask, stale }) => ({ time, last, bid, ask, stale })),
    ).toEqual(crude.map(({ time, last, bid, ask, stale }) => ({ time, last, bid, ask, stale })))
    await run(watch)
    const listed = await run('data ls --kind ticks --json')
    const { datasets } = (JSON.parse(listed.stdout) as { data: { datasets: Row[] } }).data
    // the session after 2023-12-29, twice forty ticks
    expect(datasets).toMatchObject([
      { name: 'CL1_Comdty', source: 'sim', simulated: true, unit: 'USD/bbl', first: '2024-01-02', files: 1 },
      { name: 'CO1_Comdty', source: 'sim', simulated: true, unit: 'USD/bbl', last: '2024-01-02', files: 1 },
    ])
    expect(datasets.reduce((sum, { rows }) => sum + (rows as number), 0)).toBe(80)
    expect(waiting()).toEqual([])
    expect((await run('data check')).code).toBe(0)
    const inspected = await run('data inspect CL1_Comdty --json')
    expect(inspected.code, inspected.stderr).toBe(0)
    expect(inspected.stderr).toContain('SIMULATED')
  })

  it('puts everything that it printed away when it is interrupted', async () => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const stopped = await recordUntil(signal, 30, 400)
      expect(stopped.code).toBe(code)
      // in time for its end on a machine that is not busy, else before the next reader's eyes
      const times = (await stored('CL1_Comdty')).map(({ time }) => time)
      for (const { time } of printed(stopped.stdout)) expect(times).toContain(time)
      expect(waiting()).toEqual([])
    }
    expect((await run('data check')).code).toBe(0)
  })

  it('loses nothing of what it printed to kill -9: whatever reads ticks next has them, in order, and the next run goes on', async () => {
    const killed = await recordUntil('SIGKILL', 200, 2000)
    expect(killed.code).toBe('SIGKILL')
    const lines = printed(killed.stdout)
    expect(lines.length).toBeGreaterThanOrEqual(200)
    const checked = await run('data check --json')
    expect(checked.code).toBe(10)
    expect(checked.stdout).toContain('ticks of a killed quotes --record wait')
    const ticks = await stored('CL1_Comdty')
    // recorded before it is printed: what was printed is there, in order, and at most one batch more
    const times = ticks.map(({ time }) => time)
    for (const { time } of lines) expect(times).toContain(time)
    expect(ticks.length).toBeLessThanOrEqual(lines.length + 501)
    expect(waiting()).toEqual([])
    expect((await run('data check')).code).toBe(0)
    expect((await run('quotes --tickers wti --watch --count 1 --record')).code).toBe(0)
    expect(await stored('CL1_Comdty')).toHaveLength(ticks.length + 1)
  })

  it.each(['data ls --kind ticks --json', 'data inspect CL1_Comdty --json', 'fetch status --json'])(
    'contango %s has the ticks that a killed run left',
    async (line) => {
      expect((await recordUntil('SIGKILL', 50, 1000)).code).toBe('SIGKILL')
      const shown = await run(line)
      expect(shown.code, shown.stderr).toBe(0)
      expect(shown.stdout).toContain('"CL1_Comdty"')
      expect(waiting()).toEqual([])
      expect((await run(line)).stdout).toContain('"CL1_Comdty"')
    },
  )

  it('a lake that is busy is read without them, with a warning that says how many', async () => {
    await recordUntil('SIGKILL', 50, 1000)
    const lock = new Database(join(home, 'data', 'lock.db'))
    lock.exec('BEGIN EXCLUSIVE')
    const busy = await run('data ls --json --lock-wait-seconds 0')
    lock.exec('ROLLBACK')
    lock.close()
    expect(busy.code, busy.stderr).toBe(0)
    expect(busy.stdout).not.toContain('CL1_Comdty')
    expect(busy.stderr).toMatch(
      /\d+ ticks of a killed quotes --record are not in the lake yet: another contango is writing/,
    )
    expect((await run('data ls --json')).stdout).toContain('CL1_Comdty')
  })

  it('data check --rebuild takes in what a killed run left', async () => {
    const killed = await recordUntil('SIGKILL', 50, 1000)
    const rebuilt = await run('data check --rebuild')
    expect(rebuilt.code, rebuilt.stderr).toBe(0)
    expect((await stored('CL1_Comdty')).length).toBeGreaterThanOrEqual(printed(killed.stdout).length)
  })

  it('two at once keep all ticks of both', async () => {
    const line = 'quotes --tickers wti --watch --count 400 --rate 2000 --record'
    const both = await Promise.all([line, `${line} --seed 2`].map((one) => contango(words(one), { home })))
    for (const { code, stderr } of both) expect(code, stderr).toBe(0)
    expect(await stored('CL1_Comdty')).toHaveLength(800)
  })

  it('a busy lake does not end it: the ticks wait, and are not lost', async () => {
    const lock = new Database(join(home, 'data', 'lock.db'))
    lock.exec('BEGIN EXCLUSIVE')
    const finished = await run('quotes --tickers wti --watch --count 30 --rate 0 --record --lock-wait-seconds 0')
    lock.exec('ROLLBACK')
    lock.close()
    expect(finished.code, finished.stderr).toBe(0)
    expect(finished.stderr).toContain('30 ticks wait')
    await run('quotes --tickers wti --watch --count 1 --record')
    expect(await stored('CL1_Comdty')).toHaveLength(31)
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
    expect(existsSync(join(desk.home, 'data', 'recording'))).toBe(false)
  })
})
