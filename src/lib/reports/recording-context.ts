import type { DeskContext } from '../desk/desk-context.js'
import type { EpochDay } from '../kernel/day.js'
import type { Provenance } from '../market/dataset.js'

export interface RecordingContext {
  readonly ctx: DeskContext
  /** Every later answer is about this day, so that no two tables of a report speak of different ones. */
  holdAt(day: EpochDay): void
  /** What was read so far, each slice once, in an order that does not depend on who read first. */
  inputs(): Provenance[]
  warnings(): { code: string; message: string }[]
}

/** A context that remembers what was read and warned through it: a report names its own sources. */
export function recordingContext(inner: DeskContext): RecordingContext {
  const reads = new Map<string, Provenance>()
  const warned = new Map<string, { code: string; message: string }>()
  let held: EpochDay | null = null
  return {
    ctx: {
      store: {
        pick: (...request) => inner.store.pick(...request),
        async readCurves(...request) {
          const read = await inner.store.readCurves(...request)
          const { kind, series, source, first, last, rows, sha256 } = read.provenance
          reads.set(
            [kind, series, source, first, last, String(rows).padStart(9, '0'), sha256].join(' '),
            read.provenance,
          )
          return read
        },
      },
      get market() {
        return inner.market
      },
      get config() {
        return inner.config
      },
      get requestedAsOf() {
        return held ?? inner.requestedAsOf
      },
      asOf: (products) => held ?? inner.asOf(products),
      warn(code, message, details) {
        warned.set(`${code} ${message}`, { code, message })
        inner.warn(code, message, details)
      },
    },
    holdAt: (day) => void (held = day),
    inputs: () => [...reads.keys()].sort().map((key) => reads.get(key)!),
    warnings: () => [...warned.values()],
  }
}
