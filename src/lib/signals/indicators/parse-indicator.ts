import { ContangoError } from '../../kernel/errors.js'
import { columnName, type Indicator, type Parameter } from './indicator.js'
import { INDICATORS } from './registry.js'

/** An indicator with its parameters, and the columns that it gives. */
export interface IndicatorRequest {
  readonly indicator: Indicator
  readonly params: readonly number[]
  readonly columns: readonly string[]
}

/** `rsi:14`, `macd:12:26:9`; a parameter left out takes its default. */
export function parseIndicator(text: string): IndicatorRequest {
  const [name, ...values] = text.trim().toLowerCase().split(':')
  const indicator = INDICATORS.find((one) => one.name === name)
  if (!indicator) throw unknownIndicator(name)
  const { parameters } = indicator
  if (values.length > parameters.length) {
    throw badParameter(text, indicator, `${name} takes ${count(parameters.length)}, not ${values.length}`)
  }
  const params = parameters.map((parameter, at) => {
    const value = at < values.length ? valueOf(parameter, values[at]) : parameter.default
    if (value !== null) return value
    throw badParameter(text, indicator, `${name}: ${parameter.name} is "${values[at]}"; it takes ${range(parameter)}`)
  })
  const conflict = indicator.conflict?.(params) ?? null
  if (conflict !== null) throw badParameter(text, indicator, `${name}: ${conflict}`)
  return { indicator, params, columns: indicator.outputs.map((stem) => columnName(stem, params)) }
}

/** `sma:period`, `macd:fast:slow:signal`. */
export function indicatorUsage({ name, parameters }: Indicator): string {
  return [name, ...parameters.map((parameter) => parameter.name)].join(':')
}

function count(parameters: number): string {
  return parameters === 0 ? 'no parameter' : parameters === 1 ? 'one parameter' : `${parameters} parameters`
}

function valueOf({ min, max, whole }: Parameter, text: string): number | null {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : null
}

function range({ min, max, whole }: Parameter): string {
  return `${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`
}

function unknownIndicator(name: string): ContangoError {
  const valid = INDICATORS.map((indicator) => indicator.name)
  return new ContangoError(
    'usage',
    'UNKNOWN_INDICATOR',
    `no indicator is called "${name}"; there are ${valid.join(', ')}`,
    '--indicator rsi:14, or --indicator all',
    { indicator: name, valid },
  )
}

function badParameter(text: string, indicator: Indicator, message: string): ContangoError {
  const { name, parameters } = indicator
  const defaults = parameters.map((parameter) => parameter.default)
  return new ContangoError(
    'usage',
    'BAD_INDICATOR_PARAMETER',
    parameters.length === 0
      ? message
      : `${message}. ${indicatorUsage(indicator)}: ${parameters.map((one) => `${one.name} ${range(one)}, default ${one.default}`).join('; ')}`,
    `--indicator ${[name, ...defaults].join(':')}`,
    { indicator: text, parameters: parameters.map(({ name, min, max }) => ({ name, min, max })) },
  )
}
