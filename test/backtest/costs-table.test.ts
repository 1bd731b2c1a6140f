import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { section } from '../../src/lib/config/sections/execution.js'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { parseCapacity } from '../../src/lib/desk/backtest-capacity.js'
import { costTable } from '../../src/lib/desk/requested-costs.js'
import { builtInYaml } from '../market/market.js'
import { inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-costs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const builtIn = section.schema.parse(builtInYaml('execution.yaml'))

describe('costs by product', () => {
  it('are those of the product, else the default: a spread of 6 ticks for RBOB, of 1 for crude', () => {
    const costsOf = costTable(builtIn, {})
    expect([costsOf('RB').bidAskTicks, costsOf('CL').bidAskTicks, costsOf(null).bidAskTicks]).toEqual([6, 1, 1])
    expect([costsOf('RB').commissionUsdPerLot, costsOf('RB').exchangeFeeUsdPerLot]).toEqual([1, 1.5])
  })

  it('give way to what the command line says', () => {
    const costsOf = costTable(builtIn, { commissionUsdPerLot: 0, bidAskTicks: 2 })
    expect([costsOf('RB').commissionUsdPerLot, costsOf('RB').bidAskTicks]).toEqual([0, 2])
  })

  it('are nothing where nothing was asked for', () => {
    const { commissionUsdPerLot, bidAskTicks, impact, tiers } = costTable(null, {})('CL')
    expect([commissionUsdPerLot, bidAskTicks, impact, tiers]).toEqual([0, 0, 0, []])
  })
})

describe('--costs FILE and --capacity', () => {
  const rows = ['date,open,high,low,close,volume']
  for (let i = 0; i < 40; i++) {
    const price = 50 + (i % 2) + i / 8
    rows.push(
      `${new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)},${price},${price},${price},${price},400`,
    )
  }
  writeFileSync(join(folder, 'bars.csv'), `${rows.join('\n')}\n`)
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return name
  }
  const prices = ['--prices', 'bars.csv', '--multiplier', '1000', '--initial-capital', '100000']
  const trade = (strategy: string, ...words: string[]) =>
    inside(['backtest', strategy, ...prices, ...words], { cwd: folder })
  const run = (...words: string[]) => trade('buy-hold', ...words)
  const dataOf = (stdout: string): BacktestData => (JSON.parse(stdout) as { data: BacktestData }).data

  it('charge 2 + 1 USD for the first lot of a month, 1 + 1 for the second', async () => {
    const text = [
      'source: test',
      'tierReset: month',
      'tiers: [{ throughLots: 1, usdPerLot: 1 }, { usdPerLot: 0 }]',
      'default: { commissionUsd: 1, exchangeFeeUsd: 1 }',
      'products: {}',
    ]
    const costs = file('costs.yaml', `${text.join('\n')}\n`)
    const { code, stdout } = await run('--costs', costs, '--lots', '2', '--json')
    expect([code, dataOf(stdout).costs.commissionUsd]).toEqual([0, 5])
    expect(stdout).toContain('"costs.yaml"')
  })

  it('are refused as configuration with file and line', async () => {
    const wrong = file('wrong.yaml', 'source: test\ntierReset: week\ntiers: []\ndefault: {}\nproducts: {}\n')
    const { code, stderr } = await run('--costs', wrong)
    expect([code, stderr]).toEqual([3, expect.stringContaining('wrong.yaml:2')])
    expect((await run('--costs', 'nowhere.yaml')).code).toBe(2)
  })

  it('repeat the run by size: impact a lot grows with the root of the lots', async () => {
    const { code, stdout } = await trade('momentum-breakout', '--impact', '1', '--capacity', '1,4', '--json')
    const [one, four] = dataOf(stdout).capacity ?? []
    expect([code, one.lots, four.lots, four.initialCapitalUsd]).toEqual([0, 1, 4, 400_000])
    expect(four.impactUsd / one.impactUsd).toBeCloseTo(8, 9)
    expect(one.grossProfitUsd - one.netProfitUsd).toBeCloseTo(one.totalUsd, 6)
  })

  it('take rising whole numbers of lots, of a run in fixed lots', async () => {
    expect(parseCapacity('1,10, 100')).toEqual([1, 10, 100])
    expect(() => parseCapacity('10,1')).toThrow('rising numbers of lots')
    expect(() => parseCapacity('1,')).toThrow('rising numbers of lots')
    const { code, stderr } = await run('--capacity', '1,2', '--sizing', 'vol-target')
    expect([code, stderr]).toEqual([2, expect.stringContaining('--sizing vol-target has none')])
  })

  it('say that they have nothing to say where nothing grows faster than the lots', async () => {
    expect((await run('--capacity', '1,2')).stderr).toContain('--capacity says something with --impact')
  })
})
