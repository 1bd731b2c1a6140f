import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bars } from '../../../src/lib/signals/indicators/indicator.js'

export const GOLDENS = fileURLToPath(new URL('../../fixtures/goldens/indicators', import.meta.url))

/** 500 simulated daily bars. */
export function goldenBars(): Bars {
  const rows = readFileSync(`${GOLDENS}/bars_500.csv`, 'utf8').trimEnd().split('\n').slice(1)
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => Number(row.split(',')[at]))
  return { open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) }
}
