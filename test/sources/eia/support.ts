import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { section as eiaSection, type EiaSection } from '../../../src/lib/config/sections/eia.js'
import { section as publicationsSection } from '../../../src/lib/config/sections/publications.js'
import type { EpochDay } from '../../../src/lib/kernel/day.js'
import type { HttpEvent } from '../../../src/lib/sources/http/client.js'
import { EIA_SOURCE, fetchEia } from '../../../src/lib/sources/eia/fetch-eia.js'
import type { FetchedSeries } from '../../../src/lib/sources/series/fetch-series.js'
import { planBatches, type EiaBatch } from '../../../src/lib/sources/eia/plan-batches.js'
import { planSeries, type SeriesWish } from '../../../src/lib/sources/eia/plan-series.js'
import { openStore, type OpenStore } from '../../../src/lib/store/open-store.js'
import { builtInMarket } from '../../market/market.js'
import type { EiaServer } from '../../support/eia-server.js'

const yaml = (file: string): unknown =>
  parse(readFileSync(fileURLToPath(new URL(`../../../config/${file}`, import.meta.url)), 'utf8'))

export const builtInEia: EiaSection = eiaSection.schema.parse(yaml('eia.yaml'))
export const publications = publicationsSection.schema.parse(yaml('publications.yaml'))
export const market = builtInMarket()

/** The built-in configuration, without the patience. */
export function quickEia(changes: Partial<EiaSection> = {}, http: Partial<EiaSection['http']> = {}): EiaSection {
  return {
    ...builtInEia,
    ...changes,
    http: {
      ...builtInEia.http,
      attemptTimeoutSeconds: 5,
      retries: 2,
      firstDelaySeconds: 0.001,
      maxDelaySeconds: 0.001,
      maxRetryAfterSeconds: 0.002,
      requestsPerSecond: 100,
      burst: 100,
      ...http,
    },
  }
}

export interface FetchChanges {
  readonly config?: EiaSection
  readonly from?: EpochDay
  readonly to?: EpochDay
  readonly key?: string
  readonly readCache?: boolean
  readonly strict?: boolean
  readonly signal?: AbortSignal
}

export interface Desk {
  readonly folder: string
  readonly store: OpenStore
  readonly warnings: string[]
  readonly events: HttpEvent[]
  /** The run's clock: milliseconds since 1970. */
  nowMs: number
  fetch(wish: Partial<SeriesWish>, changes?: FetchChanges): Promise<FetchedSeries[]>
  /** Every byte that was written below the folder, as one text. */
  everythingOnDisk(): string
  close(): void
}

/** A lake of its own in front of a server. */
export function openDesk(server: EiaServer): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'contango-eia-'))
  const warnings: string[] = []
  const events: HttpEvent[] = []
  const clock = { nowMs: () => desk.nowMs, monotonicMs: () => performance.now() }
  const store = openStore({ dataDir: folder, priority: ['eia', 'csv', 'sim'], lockWaitMs: 1000, clock })
  const desk: Desk = {
    folder,
    store,
    warnings,
    events,
    nowMs: Date.UTC(2024, 3, 2, 12),
    fetch: (wish, changes = {}) => {
      const config = changes.config ?? quickEia()
      return fetchEia({
        config,
        publications,
        market,
        store,
        dataDir: folder,
        batches: batchesFor(config, wish, changes, store),
        baseUrl: server.baseUrl,
        key: changes.key ?? server.key,
        readCache: changes.readCache ?? true,
        strict: changes.strict ?? false,
        rng: null,
        clock,
        signal: changes.signal ?? new AbortController().signal,
        log: (event) => events.push(event),
        // the desk's clock stands in 2024, the server's does not
        warn: (code, message) => void (code === 'CLOCK_SKEW' || warnings.push(`${code}: ${message}`)),
        onBatch: () => undefined,
      })
    },
    everythingOnDisk: () =>
      filesBelow(folder)
        .map((path) => readFileSync(path, 'latin1'))
        .join('\n'),
    close: () => {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return desk
}

function batchesFor(
  config: EiaSection,
  wish: Partial<SeriesWish>,
  { from = null, to = null }: { from?: EpochDay | null; to?: EpochDay | null },
  store: OpenStore,
): EiaBatch[] {
  return planBatches(planSeries(config, { presets: [], series: [], route: null, frequency: null, ...wish }), {
    from,
    to,
    seriesPerRequest: config.seriesPerRequest,
    lastStored: (id) => store.pick('series', id, EIA_SOURCE)?.last ?? null,
  })
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
}
