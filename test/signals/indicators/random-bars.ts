import { seededRng } from '../../../src/lib/kernel/rng.js'
import type { Bars } from '../../../src/lib/signals/indicators/indicator.js'

/** A walk of `length` bars in cents from 70, with ranges, volumes and some unchanged closes. */
export function randomBars(length: number, seed: number): Bars {
  const rng = seededRng(seed, 'random-bars')
  const columns = Array.from({ length: 5 }, () => new Float64Array(length))
  const [open, high, low, close, volume] = columns
  const cents = (value: number): number => Math.round(100 * value) / 100
  let price = 70
  for (let i = 0; i < length; i++) {
    open[i] = cents(price + rng.uniform() - 0.5)
    price = rng.uniform() < 0.1 ? price : cents(Math.max(20, price + 3 * (rng.uniform() - 0.5)))
    close[i] = price
    high[i] = cents(Math.max(open[i], price) + rng.uniform())
    low[i] = cents(Math.min(open[i], price) - rng.uniform())
    volume[i] = 1 + Math.floor(1e5 * rng.uniform())
  }
  return { open, high, low, close, volume }
}
