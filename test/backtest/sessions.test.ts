import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { zoneOffset } from '../../src/lib/kernel/zone-offset.js'
import { inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-sessions-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every second hour of 31 March and 1 April 2020, a dollar more each time; the evening of the 31st begins at 22:00 UTC. */
const rows = Array.from({ length: 20 }, (_, i) => {
  const time = new Date(Date.parse('2020-03-31T12:00Z') + i * 7_200_000).toISOString().slice(0, 16)
  return `${time}Z,${20 + i},${20 + i},${20 + i},${20 + i}`
})
writeFileSync(join(folder, 'hours.csv'), `time,open,high,low,close\n${rows.join('\n')}\n`)
const run = (...words: string[]) => inside(['backtest', 'buy-hold', ...words, '--prices', 'hours.csv'], { cwd: folder })
const dataOf = (stdout: string): BacktestData => (JSON.parse(stdout) as { data: BacktestData }).data

describe('bars within the day', () => {
  it('of a product have the session dates of its exchange, as a column of their own', async () => {
    const { code, stdout } = await run('wti', '--equity', 'equity.csv', '--trades', 'trades.csv', '--json')
    const data = dataOf(stdout)
    expect([code, data.instruments[0].session]).toEqual([
      0,
      { zone: 'America/New_York', open: '18:00', close: '17:00' },
    ])
    expect(data.series).toContain('an evening belongs to the next date')
    // Twelve bars in the one session that is whole.
    expect(data.settings.barsPerYear).toBe(12 * 252)
    // Bought at 22; 24 at 20:00 UTC of 31 March, the rest of the way to 39 is April.
    expect(data.monthly.map(({ month, pnlUsd }) => [month, pnlUsd])).toEqual([
      ['2020-03', 2000],
      ['2020-04', 15_000],
    ])
    const [head, ...lines] = readFileSync(join(folder, 'equity.csv'), 'utf8').trim().split('\n')
    expect(head).toBe('date,close,lots,equity,drawdown,session')
    expect([lines[4], lines[5]].map((line) => line.split(',').filter((_, at) => at === 0 || at === 5))).toEqual([
      ['2020-03-31T20:00:00Z', '2020-03-31'],
      ['2020-03-31T22:00:00Z', '2020-04-01'],
    ])
    expect(readFileSync(join(folder, 'trades.csv'), 'utf8')).toContain('entrySession,exitSession')
  })

  it('are bounded by session: --from 2020-04-01 begins on the evening before', async () => {
    const { stdout } = await run('wti', '--from', '2020-04-01', '--json')
    expect(dataOf(stdout).first).toBe('2020-03-31T22:00:00Z')
  })

  it('are annualised by what --bars-per-year says, in the metrics and in the size', async () => {
    const said = dataOf((await run('wti', '--bars-per-year', '100', '--sizing', 'vol-target', '--json')).stdout)
    expect([said.settings.barsPerYear, said.conventions['cagr']]).toEqual([
      100,
      '(1 + totalReturn)^(100 / n) − 1, n = bars − 1',
    ])
    expect(said.sizing.formula).toContain('price changes × √100)')
  })

  it('that nothing says the exchange of go by UTC dates, and say so', async () => {
    const data = dataOf((await run('--json')).stdout)
    expect(data.series).toContain('a session is a UTC date')
    expect([data.instruments[0].session, data.monthly[0].pnlUsd]).toEqual([null, 3])
  })
})

describe('the clock of a zone', () => {
  it('is 4 or 5 hours behind in New York, changing at 07:00 and 06:00 UTC', () => {
    const newYork = zoneOffset('America/New_York')
    const hours = (time: string): number => newYork(Date.parse(time)) / 3_600_000
    expect([hours('2020-03-08T06:59Z'), hours('2020-03-08T07:00Z')]).toEqual([-5, -4])
    expect([hours('2020-11-01T05:59Z'), hours('2020-11-01T06:00Z')]).toEqual([-4, -5])
    expect([hours('1969-07-01T00:00:00.250Z'), hours('2020-07-01T12:34:56.789Z')]).toEqual([-4, -4])
  })

  it('is half an hour off the hour in Kolkata', () => {
    expect(zoneOffset('Asia/Kolkata')(0)).toBe(19_800_000)
  })
})
