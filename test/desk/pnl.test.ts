import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import type { PnlData } from '../../src/lib/documents/pnl.js'
import { words } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { sharedFile } from '../support/shared.js'

let folder: string
let home: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-pnl-'))
  home = join(folder, 'home')
  copyWorkspace(inject('simHome'), home)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function pnl(line: string): Promise<{ code: number | null; data: PnlData; stderr: string }> {
  const { code, stdout, stderr } = await inside(words(`pnl ${line} --json`), { home, cwd: folder })
  return { code, data: (JSON.parse(stdout) as { data: PnlData }).data, stderr }
}
const explained = ({ explain }: PnlData): number => Object.values(explain).reduce((sum, part) => sum + part, 0)

describe('contango pnl', () => {
  it('adds up, as a whole and position by position', async () => {
    const { code, data } = await pnl('--book example')
    expect(code).toBe(0)
    expect(explained(data)).toBeCloseTo(data.actualUsd, 4)
    for (const { pnlUsd, carryUsd, levelUsd, slopeUsd, curvatureUsd, spreadUsd, residualUsd } of data.positions) {
      expect(carryUsd + levelUsd + slopeUsd + curvatureUsd + spreadUsd + residualUsd).toBeCloseTo(pnlUsd, 4)
    }
    expect(data.positions.reduce((sum, { pnlUsd }) => sum + pnlUsd, 0)).toBeCloseTo(data.hypotheticalUsd, 4)
  })

  it('counts what was bought today from its price, not from yesterday, and pays for it', async () => {
    writeFileSync(join(folder, 'book.csv'), 'contract,lots,strategy\nCL2,15,macro\n')
    const before = await pnl('--book book.csv')
    const { settlement, previousSettlement } = before.data.positions[0]
    const price = Math.round(settlement - 1)
    const { data } = await pnl(`--book book.csv --trade "buy 10 CL2 @ ${price}" --cost-usd-per-lot 2.5`)
    expect(data.positions[0].lots).toBe(5)
    expect(data.hypotheticalUsd).toBeCloseTo(5 * 1000 * (settlement - previousSettlement), 4)
    expect(data.explain.newTradesUsd).toBeCloseTo(10 * 1000 * (settlement - price), 4)
    expect(data.explain.costsUsd).toBe(-25)
    expect(data.actualUsd).toBeCloseTo(explained(data), 4)
  })

  it('holds overnight what was sold today', async () => {
    writeFileSync(join(folder, 'flat.csv'), 'contract,lots,strategy\nCL3,1,macro\n')
    const { data } = await pnl('--book flat.csv --trade "sell 7 CL2"')
    expect(data.positions.map(({ lots }) => lots)).toEqual([1, 7])
    expect(data.explain.newTradesUsd).toBe(0)
    expect(data.trades[0]).toMatchObject({ lots: -7, priceGiven: false })
  })

  it('refuses a trade that is none and a day without a day before', async () => {
    expect((await inside(words('pnl --book example --trade "buy CL1"'), { home })).code).toBe(2)
    expect((await inside(words('pnl --book example --as-of 1999-01-04'), { home })).code).toBe(4)
  })
})

const curves = sharedFile('data/futures_curves_daily.csv')
describe.skipIf(curves === null)('contango pnl on the days of April 2020', () => {
  beforeAll(async () => {
    await inside(['init', 'real'], { cwd: folder })
    await inside(['fetch', 'csv', curves ?? '', '-q'], { home: join(folder, 'real') })
    home = join(folder, 'real')
  })

  it('is +1,208,241.20 USD for the example book on the 20th, by hand; the front month is residual', async () => {
    const { data, stderr } = await pnl('--book example --as-of 2020-04-20')
    expect(data.actualUsd).toBeCloseTo(1_208_241.2, 2)
    const front = data.positions.find(({ contract }) => contract === 'CLK20')
    expect(front).toMatchObject({ previousSettlement: 18.27, settlement: -37.63 })
    expect(front?.pnlUsd).toBeCloseTo(-25 * 1000 * -55.9, 6)
    expect(front?.residualUsd).toBeGreaterThan(1_300_000)
    expect(stderr).toContain('not explained')
  })

  it('says that a rank moved on, and takes no gap for profit: CL1 was CLK20 on the 21st and CLM20 on the 22nd', async () => {
    writeFileSync(join(folder, 'front.csv'), 'contract,lots,strategy\nCL1,1,macro\n')
    const { data } = await pnl('--book front.csv --as-of 2020-04-22 --cost-usd-per-lot 2')
    expect(data.hypotheticalUsd).toBeCloseTo(1000 * (13.78 - 11.57), 6)
    expect(data.rolls).toEqual([{ position: 'CL1', from: 'CLK20', to: 'CLM20', lots: 1, costUsd: 4 }])
    expect(data.explain.costsUsd).toBe(-4)
  })
})
