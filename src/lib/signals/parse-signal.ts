import { ContangoError } from '../kernel/errors.js'
import type { Parameter } from './indicators/indicator.js'
import { signalNamed } from './definitions.js'
import type { SignalDefinition, SignalParameters } from './signal.js'

export interface SignalRequest {
  readonly definition: SignalDefinition
  /** null where none was given: those of config/signals.yaml. */
  readonly parameters: SignalParameters | null
}

/** `rsi`, or `rsi:10:15` with parameters in their order; one left out then takes its default. */
export function parseSignal(text: string): SignalRequest {
  const [name, ...values] = text.split(':')
  const definition = signalNamed(name)
  if (values.length === 0) return { definition, parameters: null }
  const { parameters } = definition
  if (values.length > parameters.length) {
    throw badParameter(
      text,
      definition,
      `${definition.name} takes ${parameters.length} parameters, not ${values.length}`,
    )
  }
  const given: Record<string, number> = {}
  parameters.forEach((parameter, at) => {
    const value = at < values.length ? valueOf(parameter, values[at]) : parameter.default
    if (value === null) {
      throw badParameter(
        text,
        definition,
        `${definition.name}: ${parameter.name} is "${values[at]}"; it takes ${rangeWords(parameter)}`,
      )
    }
    given[parameter.name] = value
  })
  const conflict = definition.conflict?.(given) ?? null
  if (conflict !== null) throw badParameter(text, definition, `${definition.name}: ${conflict}`)
  return { definition, parameters: given }
}

function valueOf({ min, max, whole }: Parameter, text: string): number | null {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : null
}

function rangeWords({ min, max, whole }: Parameter): string {
  return `${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`
}

function badParameter(text: string, { name, parameters }: SignalDefinition, message: string): ContangoError {
  return new ContangoError(
    'usage',
    'BAD_SIGNAL_PARAMETER',
    `${message}. ${[name, ...parameters.map((one) => one.name)].join(':')}: ${parameters
      .map((one) => `${one.name} ${rangeWords(one)}, default ${one.default}`)
      .join('; ')}`,
    `--signal ${[name, ...parameters.map((one) => one.default)].join(':')}`,
    { signal: text, parameters: parameters.map(({ name: parameter, min, max }) => ({ name: parameter, min, max })) },
  )
}
