import { bars, type Parameter } from './indicators/indicator.js'

const number = (name: string, value: number, min: number, max: number): Parameter => ({
  name,
  default: value,
  min,
  max,
  whole: false,
})
const whole = (name: string, value: number, min: number, max: number): Parameter => ({
  name,
  default: value,
  min,
  max,
  whole: true,
})

/** Below `entry` a signal is neutral; at `full` its strength is 1. Both in the unit of the number that the rule grades. */
const grade = (entry: number, full: number): Parameter[] => [
  number('entry', entry, 0, 1000),
  number('full', full, 0.001, 1000),
]

/** Days of the standard deviation of daily changes that a move is measured in. */
const volatility = bars('volatilityDays', 60, 5)

const crossover = (fast: number, slow: number): Parameter[] => [
  bars('fast', fast, 1),
  bars('slow', slow),
  volatility,
  ...grade(0.1, 2),
]

/** Age in calendar days, since it was known, from which a report says nothing more. */
const maxAge = (days: number): Parameter => whole('maxAgeDays', days, 1, 400)

/** The parameters of every signal with defaults and ranges: `config/signals.yaml` is held against them. */
export const SIGNAL_PARAMETERS = {
  'ma-cross-fast': crossover(5, 20),
  'ma-cross-medium': crossover(10, 50),
  'ma-cross-slow': crossover(20, 100),
  'ma-cross-long': crossover(50, 200),
  rsi: [bars('period', 14), number('entry', 20, 0, 50), number('full', 40, 0.001, 50)],
  bollinger: [bars('period', 20), ...grade(2, 3)],
  momentum: [bars('lookback', 20, 1), volatility, ...grade(0.5, 2)],
  breakout: [bars('channel', 55), number('entry', 0.8, 0, 1), number('full', 1, 0.001, 1)],
  macd: [bars('fast', 12), bars('slow', 26), bars('signal', 9, 1), volatility, ...grade(0.05, 0.8)],
  'adx-trend': [bars('period', 14), number('entry', 25, 0, 100), number('full', 50, 0.001, 100)],
  'time-series-momentum': [bars('lookback', 252, 1), volatility, ...grade(0.25, 1.5)],
  carry: [bars('smoothDays', 5, 1), ...grade(0.02, 0.2)],
  'roll-yield': [bars('smoothDays', 5, 1), ...grade(0.03, 0.3)],
  'curve-slope': [bars('window', 60, 20), ...grade(1, 2.5)],
  'crack-reversion': [bars('window', 252, 20), ...grade(1.5, 3)],
  'calendar-reversion': [bars('window', 252, 20), ...grade(1.5, 3)],
  seasonality: [
    bars('horizon', 20, 1),
    whole('years', 10, 2, 30),
    whole('minYears', 5, 2, 30),
    volatility,
    ...grade(1, 3),
  ],
  'inventory-surprise': [
    whole('weeks', 52, 8, 520),
    whole('years', 5, 1, 30),
    whole('minYears', 3, 1, 30),
    ...grade(0.5, 2.5),
    maxAge(10),
  ],
  'inventory-range': [whole('years', 5, 2, 30), whole('minYears', 3, 2, 30), ...grade(0.5, 2), maxAge(10)],
  'opec-compliance': [number('centre', 100, 0, 200), ...grade(10, 50), maxAge(100)],
  'term-structure': [
    whole('years', 5, 1, 30),
    whole('minYears', 3, 1, 30),
    whole('windowDays', 10, 1, 60),
    ...grade(0.5, 2),
  ],
  positioning: [whole('weeks', 156, 10, 1040), number('entry', 40, 0, 50), number('full', 50, 0.001, 50), maxAge(14)],
  turnarounds: [whole('weeksAhead', 4, 1, 26), whole('weeksBefore', 52, 8, 520), ...grade(0.5, 2), maxAge(200)],
} as const satisfies Readonly<Record<string, readonly Parameter[]>>

export type SignalName = keyof typeof SIGNAL_PARAMETERS
