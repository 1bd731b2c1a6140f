import type { PriceBars } from '../backtest/price-bars.js'
import type { LegRoll } from '../backtest/traded-instrument.js'
import type { Product } from '../market/market.js'

/** A session by the clock of its exchange. */
export interface SessionClock {
  /** IANA zone. */
  readonly zone: string
  /** `18:00`. */
  readonly open: string
  readonly close: string
}

/** A leg as it was loaded: no costs yet. */
export interface LoadedLeg {
  readonly name: string
  /** null where nothing says what it is. */
  readonly product: Product | null
  readonly lots: number
  readonly multiplier: number
  readonly weight: number
  /** In units of its price; null where nothing says. */
  readonly tick: number | null
  readonly open: Float64Array
  readonly close: Float64Array
  readonly volume?: Float64Array
  readonly month?: Int32Array
  readonly rolls: readonly LegRoll[]
}

/** What one name on the command line stands for, up to --as-of. */
export interface LoadedInstrument {
  readonly name: string
  /** Bars of a file that nothing says the product of. */
  readonly isFile: boolean
  /** What the prices are. */
  readonly words: string
  /** What signals and orders look at. */
  readonly bars: PriceBars
  readonly legs: readonly LoadedLeg[]
  /** USD per lot and unit of the instrument's price; 1 where nothing says. */
  readonly multiplier: number
  /** A bar is one settlement. */
  readonly settles: boolean
  readonly expiry?: { readonly bar: number; readonly contract: string }
  readonly simulated: boolean
  readonly source: string
  /** By whose clock bars within a day belong to a session; absent where each bar is a day, or nothing says. */
  readonly session?: SessionClock
}
