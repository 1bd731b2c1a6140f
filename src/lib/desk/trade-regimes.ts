import { volatilityRegimes, type VolatilityRegimes } from '../backtest/metrics/volatility-regimes.js'
import { CURVE_SHAPES } from './curve-shapes.js'

/** Changes of the close that say how wild a market is: a month. */
export const VOLATILITY_BARS = 21
export const VOLATILITY_NAMES = ['low', 'middle', 'high'] as const

/** In which regime each bar of a run began; null where nothing says. */
export interface RunRegimes {
  readonly volatility: VolatilityRegimes | null
  /** Of the curve before each bar, as `curveShapes` gives it. */
  readonly shapes: Int8Array | null
}

/** @param close of the one instrument, until the end of the run; null where there are several */
export function runRegimes(close: Float64Array | null, shapes: Int8Array | null): RunRegimes {
  return { volatility: close && volatilityRegimes(close, VOLATILITY_BARS), shapes }
}

/** Of volatility before a bar: what an order that fills in it could know when it was decided; null where nothing says. */
export function volatilityBefore({ volatility }: RunRegimes, bar: number): string | null {
  return VOLATILITY_NAMES[volatility?.regime[bar] ?? -1] ?? null
}

/** Of the curve at the settlement before a bar; null where nothing says. */
export function curveBefore({ shapes }: RunRegimes, bar: number): string | null {
  return CURVE_SHAPES[shapes?.[bar] ?? -1] ?? null
}
