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

/** Slow waves along days and ranks, no chance in them: the same bytes every time, and nothing the quality gate minds. */
function syntheticRanks() {
  const columns = Object.entries(RANKS).flatMap(([product, ranks]) =>
    Array.from({ length: ranks }, (_, at) => ({ product, rank: at + 1 })),
  )
  const lines = [`date,${columns.map(({ product, rank }) => product + String(rank).padStart(2, '0')).join(',')}`]
  const start = Date.UTC(2007, 0, 2)
  for (let day = 0, calendarDay = 0; day < DAYS; calendarDay++) {
    const date = new Date(start + calendarDay * 86_400_000)
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue
    const cells = columns.map(({ product, rank }) => {
      const level = 1 + 0.3 * Math.sin(day / 260) + 0.05 * Math.sin(day / 17 + rank / 9) + 0.02 * Math.sin(day * 1.7)
      return (FIRST_USD[product] * level * (1 + 0.002 * rank)).toFixed(product === 'CL' || product === 'BRN' ? 2 : 4)
    })
    lines.push(`${date.toISOString().slice(0, 10)},${cells.join(',')}`)
    day++
  }
  return `${lines.join('\n')}\n`
}
