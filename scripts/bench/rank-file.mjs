import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

const DAYS = 4389
const RANKS = { CL: 36, BRN: 36, HO: 18, RB: 18, NG: 36 }
const FIRST_USD = { CL: 61.05, BRN: 60.44, HO: 1.6859, RB: 1.5432, NG: 6.163 }
const SHARED = process.env.CONTANGO_SHARED ?? join(root, '../shared')

/** The real settlements by rank where they lie beside the checkout; else a made-up file of the same shape. */
export function rankFile(folder) {
  const real = join(SHARED, 'data/futures_curves_daily.csv')
  if (existsSync(real)) return { path: real, about: 'futures_curves_daily.csv, 4,389 days × 144 columns' }
  const path = join(folder, 'ranks.csv')
  writeFileSync(path, syntheticRanks())
  return { path, about: 'synthetic, 4,389 weekdays × 144 columns' }
}

/** Xorshift from a fixed start: the same prices every time. */
function noise() {
  let state = 0x9e3779b9
  const uniform = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6)
}

/** Prices that wander around their first, crude and products together, far ranks less than near ones. */
function syntheticRanks() {
  const columns = Object.entries(RANKS).flatMap(([product, ranks]) =>
    Array.from({ length: ranks }, (_, at) => ({ product, rank: at + 1 })),
  )
  const lines = [`date,${columns.map(({ product, rank }) => product + String(rank).padStart(2, '0')).join(',')}`]
  const start = Date.UTC(2007, 0, 2)
  const normal = noise()
  const logs = Object.fromEntries(Object.keys(RANKS).map((product) => [product, 0]))
  for (let day = 0, calendarDay = 0; day < DAYS; calendarDay++) {
    const date = new Date(start + calendarDay * 86_400_000)
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue
    const common = 0.018 * normal()
    for (const product of Object.keys(RANKS)) logs[product] = 0.995 * logs[product] + common + 0.007 * normal()
    const cells = columns.map(({ product, rank }) => {
      const price = FIRST_USD[product] * Math.exp(logs[product] * 0.98 ** (rank - 1)) * (1 + 0.002 * rank)
      return price.toFixed(product === 'CL' || product === 'BRN' ? 2 : 4)
    })
    lines.push(`${date.toISOString().slice(0, 10)},${cells.join(',')}`)
    day++
  }
  return `${lines.join('\n')}\n`
}
