import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import type { SignalsLogData } from '../../src/lib/documents/signals-log.js'
import type { SignalsPerformanceData } from '../../src/lib/documents/signals-performance.js'
import { words } from '../support/contango.js'
import { inside } from '../support/inside.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-signals-'))
  copyWorkspace(inject('simHome'), folder)
  // Other tests say things in the workspace that is copied.
  const db = new Database(join(folder, 'data', 'contango.db'))
  if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'issued_signals'").get() !== undefined)
    db.exec('DELETE FROM issued_signals')
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function json<T>(line: string): Promise<{ code: number | null; data: T }> {
  const { code, stdout } = await inside([...words(line), '--json'], { home: folder })
  return { code, data: (JSON.parse(stdout) as { data: T }).data }
}
const log = async (line = ''): Promise<SignalsLogData['signals']> =>
  (await json<SignalsLogData>(`signals log ${line}`)).data.signals

describe('the log of signals', () => {
  it('is empty before anything was said, and --issued says what to type', async () => {
    expect(await log()).toEqual([])
    const { code, stderr } = await inside(words('signals performance wti --issued'), { home: folder })
    expect(code).toBe(4)
    expect(stderr).toContain('contango signals')
  })

  it('keeps what was said once, with the numbers that made it', async () => {
    const said = await json<{ composite: { score: number }; signals: { name: string }[] }>('signals wti')
    const first = await log()
    expect(first).toHaveLength(said.data.signals.length + 1)
    expect(first.find(({ name }) => name === 'composite')?.score).toBe(said.data.composite.score)
    expect(first.find(({ name }) => name === 'rsi')?.parameters).toMatchObject({ period: 14 })
    await json('signals wti')
    expect(await log()).toHaveLength(first.length)
  })

  it('keeps another day beside it, and no replay', async () => {
    const before = (await log()).length
    await json('signals wti --as-of 2023-06-30')
    const after = await log('wti --to 2023-06-30')
    expect(after.length).toBeGreaterThan(0)
    await json('signals wti --history 2023-12-01..2023-12-29')
    expect((await log('--limit 1000')).length).toBe(before + after.length)
  })

  it('is judged by signals performance --issued, on the days that were said only', async () => {
    const { data } = await json<SignalsPerformanceData>('signals performance wti --issued --horizon 1')
    expect(data.basis).toBe('issued')
    for (const { horizons } of data.products[0].signals) expect(horizons[0].observations).toBeLessThanOrEqual(2)
  })
})

describe('contango signals performance', () => {
  it('knows every signal and horizon, and gives the composite first', async () => {
    const { data } = await json<SignalsPerformanceData>('signals performance wti')
    const [product] = data.products
    expect(product.signals[0].name).toBe('composite')
    for (const { horizons, decay } of product.signals) {
      expect(horizons.map(({ horizonDays }) => horizonDays)).toEqual([1, 5, 10, 20])
      expect(decay).toHaveLength(9)
    }
    const carry = product.signals.find(({ name }) => name === 'carry')
    const years = carry?.byYear.reduce((sum, { observations }) => sum + observations, 0)
    expect(years).toBe(carry?.horizons.find(({ horizonDays }) => horizonDays === 5)?.observations)
  })

  it('refuses a signal that is none and a product that the lake lacks', async () => {
    expect((await inside(words('signals performance wti --signal magic'), { home: folder })).code).toBe(2)
    expect((await inside(words('signals performance copper'), { home: folder })).code).toBe(2)
    expect((await inside(words('signals performance wti --from 2030-01-01'), { home: folder })).code).toBe(4)
  })
})
