import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../../../src/lib/runtime/clock.js'
import { ingest } from '../../../src/lib/sources/ingest.js'
import { generate, type SimulationRequest } from '../../../src/lib/sources/sim/generate.js'
import { leftFromAnotherWorld, writtenDatasets } from '../../../src/lib/sources/sim/written-datasets.js'
import { openStore, type OpenStore } from '../../../src/lib/store/open-store.js'
import { day } from '../../market/market.js'
import { market } from '../../simulate/world.js'
import { request } from './request.js'

let folder: string
let store: OpenStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-sim-store-'))
  store = openStore({ dataDir: folder, priority: ['csv', 'sim'], lockWaitMs: 5000, clock })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function fetched(changes: Partial<SimulationRequest> = {}) {
  const signal = new AbortController().signal
  const before = store.datasets({ source: 'sim' })
  const writes = await generate(request({ to: day('2010-02-26'), products: ['CL', 'NG'], maxRank: 3, ...changes }))
  const warn = (code: string, message: string): never => {
    throw new Error(`${code}: ${message}`)
  }
  const results = await ingest({ store, market, strict: true, warn, signal }, writes)
  return { datasets: writtenDatasets(before, writes, results), left: leftFromAnotherWorld(before, results) }
}

const crude = (datasets: Awaited<ReturnType<typeof fetched>>['datasets']) =>
  datasets.find(({ kind, name }) => kind === 'curves' && name === 'CL')

describe('fetching the simulated market into a lake', () => {
  it('writes 38 settlement days × 3 ranks of WTI, once', async () => {
    const first = await fetched()
    expect(crude(first.datasets)).toMatchObject({ source: 'sim', unit: 'USD/bbl', rows: 114, added: 114, removed: 0 })
    expect(store.pick('curves', 'CL')?.simulated).toBe(true)
    const again = await fetched()
    for (const { added, revised, removed } of again.datasets) expect([added, revised, removed]).toEqual([0, 0, 0])
    expect(again.datasets.map((row) => row.sha256)).toEqual(first.datasets.map((row) => row.sha256))
    expect(again.left).toEqual([])
  })

  it('another seed is another world: prices revised, nothing of the first one left, no older vintages', async () => {
    await fetched()
    const other = await fetched({ seed: 2 })
    expect(crude(other.datasets)?.revised).toBeGreaterThan(105)
    expect(crude(other.datasets)).toMatchObject({ rows: 114, added: 0, removed: 0 })
    const stocks = await store.readSeries('WCESTUS1')
    expect(new Set(stocks.columns.period).size).toBe(stocks.columns.period.length)
  })

  it('a smaller window or fewer ranks leave only what was asked for, and say how much went', async () => {
    await fetched()
    const smaller = await fetched({ from: day('2010-02-01'), maxRank: 2 })
    expect(crude(smaller.datasets)).toMatchObject({ rows: 38, added: 0, revised: 0, removed: 76, first: '2010-02-01' })
  })

  it('passes the quality gate under --strict: fifteen years of all products, nothing dropped and nothing flagged', async () => {
    const { datasets } = await fetched({ to: day('2024-12-31'), products: market.products, maxRank: 36 })
    expect(crude(datasets)?.rows).toBe(3777 * 36)
  })

  it('names what stays from another world when only one product is fetched anew', async () => {
    await fetched()
    expect((await fetched({ seed: 2, products: ['CL'] })).left).toContain('NG')
  })
})
