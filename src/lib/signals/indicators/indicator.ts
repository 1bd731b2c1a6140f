/** A column of a bar. */
export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume'

/** Columns of equal length, oldest bar first; NaN where a value is missing. */
export type Bars = Readonly<Record<BarField, Float64Array>>

export interface Parameter {
  readonly name: string
  readonly default: number
  readonly min: number
  readonly max: number
  /** A count of bars; else any number. */
  readonly whole: boolean
}

/** How an indicator is drawn: on the price, or in a panel of its own. */
export type IndicatorPanel = 'price' | 'own'

/** One technical indicator: what it needs, what it is called, and its kernel. */
export interface Indicator {
  /** As typed: `rsi`, `stochastic-rsi`. */
  readonly name: string
  readonly title: string
  /** Formula and conventions, in one line. */
  readonly formula: string
  /** Unit of every output. */
  readonly unit: 'price' | 'percent' | 'number' | 'lots' | 'degrees' | 'price per bar' | 'percent per year'
  readonly panel: IndicatorPanel
  /** Levels drawn in its panel: 30 and 70 of an RSI. */
  readonly levels?: readonly number[]
  /** It divides by a price or takes a logarithm of one, so that a shifted price level changes it. */
  readonly divides?: true
  readonly inputs: readonly BarField[]
  readonly parameters: readonly Parameter[]
  /** Stems of the column names; the parameters follow: `macd_signal` → `macd_signal_12_26_9`. */
  readonly outputs: readonly string[]
  /** Bars before the first value: exactly as many are NaN at the start, and again after each gap. */
  warmUp(params: readonly number[]): number
  /** Why these parameters do not go together; null where they do. */
  conflict?(params: readonly number[]): string | null
  /**
   * Fills each output from bar `warmUp` on; what it leaves before is not looked at. Inputs are in the order of `inputs`, finite, and longer than the warm-up.
   * A bar that depends on later bars would be a bug: cutting the end off changes nothing before it.
   */
  kernel(inputs: readonly Float64Array[], params: readonly number[], outputs: readonly Float64Array[]): void
}

const MAX_PERIOD = 10_000

/** A number of bars. */
export function bars(name: string, fallback: number, min = 2): Parameter {
  return { name, default: fallback, min, max: MAX_PERIOD, whole: true }
}

/** `macd`, [12, 26, 9] → `macd_12_26_9`. */
export function columnName(stem: string, params: readonly number[]): string {
  return [stem, ...params].join('_')
}
