import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { IndicatorsData } from '../../src/lib/documents/indicators.js'
import { packageRoot } from '../support/contango.js'
import { inside, type Inside } from '../support/inside.js'

const BARS = join(packageRoot, 'test/fixtures/goldens/indicators/bars_500.csv')
const folder = mkdtempSync(join(tmpdir(), 'contango-indicators-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...argv: string[]): Promise<Inside> => inside(['indicators', ...argv], { home: inject('simHome') })

async function answerOf(...argv: string[]): Promise<IndicatorsData> {
  const { code, stdout, stderr } = await run(...argv, '--json')
  expect(code, stderr).toBe(0)
  return IndicatorsData.parse((JSON.parse(stdout) as { data: unknown }).data)
}

/** A file of the golden's first bars with one column rewritten. */
function barsWith(name: string, rows: number, cells: (cells: string[], at: number) => string[]): string {
  const [header, ...lines] = readFileSync(BARS, 'utf8').trimEnd().split('\n')
  const path = join(folder, name)
  const changed = lines.slice(0, rows).map((line, at) => cells(line.split(','), at).join(','))
  writeFileSync(path, [header, ...changed, ''].join('\n'))
  return path
}

describe('contango indicators', () => {
  it('answers a file of bars with one column each, and TA-Lib’s RSI on the first bar that has one', async () => {
    const data = await answerOf('--prices', BARS, '--indicator', 'rsi:14', '--indicator', 'macd')
    const prices = ['open', 'high', 'low', 'close', 'volume']
    const names = ['rsi_14', 'macd_12_26_9', 'macd_signal_12_26_9', 'macd_histogram_12_26_9']
    expect(Object.keys(data.columns).sort()).toEqual([...prices, ...names].sort())
    expect(data.columns['rsi_14'].slice(13, 15)).toEqual([null, 47.571942446])
    expect(data.indicators[0]).toMatchObject({ name: 'rsi:14', parameters: { period: 14 }, warmUpBars: 14 })
    expect(data.indicators[0].columns[0].firstDate).toBe(data.dates[14])
  })

  it('shows from a day without beginning there: the average remembers the bars before', async () => {
    const [all, late] = await Promise.all([
      answerOf('--prices', BARS, '--indicator', 'ema:50'),
      answerOf('--prices', BARS, '--indicator', 'ema:50', '--from', '2011-11-28'),
    ])
    expect(late.dates[0]).toBe('2011-11-28')
    expect(late.columns['ema_50']).toEqual(all.columns['ema_50'].slice(-late.dates.length))
  })

  it('says the same of a day whether or not the file goes on after it', async () => {
    const [cut, all] = await Promise.all([
      answerOf('--prices', BARS, '--indicator', 'all', '--to', '2011-03-01'),
      answerOf('--prices', BARS, '--indicator', 'all'),
    ])
    expect(cut.to).toBe('2011-03-01')
    for (const [name, values] of Object.entries(cut.columns))
      expect(values).toEqual(all.columns[name].slice(0, cut.dates.length))
  })

  it('takes the continuous front series where there are no bars, and says how it was made', async () => {
    const data = await answerOf('wti', '--basis', 'settlements', '--indicator', 'sma:5')
    expect(data.basis).toBe('settlements')
    expect(data.words).toContain('adjusted by difference')
    const last = data.columns['close'].slice(-5).map(Number)
    expect(data.columns['sma_5'].at(-1)).toBeCloseTo(last.reduce((a, b) => a + b, 0) / 5, 9)
  })

  it('leaves out of a set what settlements cannot give, by name', async () => {
    const data = await answerOf('wti', '--basis', 'settlements')
    expect(data.omitted).toContainEqual({
      name: 'atr:14',
      reason: 'atr:14 needs high, low: CL has settlements only',
    })
  })

  it('carries the same columns in csv and arrow', async () => {
    const argv = ['--prices', BARS, '--indicator', 'bollinger:20:2']
    const [csv, arrow] = await Promise.all([run(...argv, '-f', 'csv'), run(...argv, '-f', 'arrow')])
    const header = 'date,open,high,low,close,volume,bollinger_upper_20_2,bollinger_middle_20_2,bollinger_lower_20_2'
    expect(csv.stdout.split('\n', 1)[0]).toBe(header)
    expect(tableFromIPC(arrow.stdoutBytes).schema.fields.map(({ name }) => name)).toEqual(header.split(','))
  })

  it('begins again after a blank close', async () => {
    const gap = barsWith('gap.csv', 60, (cells, at) =>
      at === 57 ? cells.map((cell, i) => (i === 4 ? '' : cell)) : cells,
    )
    const data = await answerOf('--prices', gap, '--indicator', 'sma:10')
    expect(data.columns['sma_10'].slice(-3)).toEqual([null, null, null])
    expect(data.indicators[0].reason).toMatch(/^close is missing on 2010-03-24; after a gap 9 bars are needed/)
  })
})

describe('bad input of contango indicators', () => {
  const noVolume = (): string => barsWith('no-volume.csv', 60, (cells) => [...cells.slice(0, 5), '0'])
  const noHigh = (): string => barsWith('no-high.csv', 60, (cells) => cells.map((cell, i) => (i === 2 ? '' : cell)))
  const short = (): string => barsWith('short.csv', 10, (cells) => cells)
  const twice = (): string => barsWith('twice.csv', 5, (cells) => ['2010-01-04', ...cells.slice(1)])

  it.each([
    [
      'an unknown indicator',
      2,
      () => ['--prices', BARS, '--indicator', 'vwap'],
      /no indicator is called "vwap"; there are sma, ema,/,
    ],
    [
      'a window below its range',
      2,
      () => ['--prices', BARS, '--indicator', 'rsi:1'],
      /period is "1"; it takes a whole number from 2 to 10000/,
    ],
    ['half a bar', 2, () => ['--prices', BARS, '--indicator', 'sma:2.5'], /a whole number from 2 to 10000/],
    ['too many parameters', 2, () => ['--prices', BARS, '--indicator', 'obv:3'], /obv takes no parameter, not 1/],
    [
      'windows the wrong way round',
      2,
      () => ['--prices', BARS, '--indicator', 'macd:26:12'],
      /fast 26 is not below slow 12/,
    ],
    [
      'a window longer than history',
      4,
      () => ['--prices', short(), '--indicator', 'sma:11'],
      /first value on bar 11; short.csv has 10 bars/,
    ],
    [
      'an empty column',
      4,
      () => ['--prices', noHigh(), '--indicator', 'atr'],
      /atr:14 needs high: no bar of no-high.csv has a value/,
    ],
    [
      'volume that is zero',
      4,
      () => ['--prices', noVolume(), '--indicator', 'mfi'],
      /mfi:14 needs volume: it is zero on every bar/,
    ],
    [
      'settlements for a range',
      4,
      () => ['wti', '--basis', 'settlements', '--indicator', 'adx'],
      /adx:14 needs high, low: CL has settlements only/,
    ],
    ['a day that comes twice', 6, () => ['--prices', twice()], /line 2 and line 3 are of the same day/],
    ['nothing to look at', 2, () => [], /neither a product nor a --prices file/],
    ['two things to look at', 2, () => ['wti', '--prices', BARS], /not both/],
    ['a history that ends before it begins', 4, () => ['wti', '--to', '1980-01-01'], /has no bars|no settlements/],
    ['a first day after the last', 4, () => ['--prices', BARS, '--from', '2030-01-01'], /they end on 2011-12-02/],
  ] as const)('%s: exit %i', async (_what, code, argv, words) => {
    const finished = await run(...argv())
    expect([finished.code, finished.stdout]).toEqual([code, ''])
    expect(finished.stderr).toMatch(words)
    expect(finished.stderr).toMatch(/\n {2}try: /)
  })
})
