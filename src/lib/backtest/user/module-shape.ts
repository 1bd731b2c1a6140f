import type { ParameterDeclaration, StrategyModule } from '../../../../types/strategy.js'
import { ContangoError } from '../../kernel/errors.js'
import type { StrategyParameter } from '../strategy.js'

const NAME = /^[a-z][a-z0-9-]*$/

/** The default export of `file`, or why it is no strategy. */
export function strategyModuleOf(exported: unknown, file: string): StrategyModule {
  if (exported === undefined) {
    throw badModule(file, 'NO_DEFAULT_EXPORT', 'has no default export')
  }
  if (typeof exported !== 'object' || exported === null || typeof (exported as StrategyModule).onBar !== 'function') {
    throw badModule(file, 'NOT_A_STRATEGY', 'its default export has no onBar(ctx)')
  }
  const module = exported as StrategyModule
  const wrong = (what: string): never => {
    throw badModule(file, 'NOT_A_STRATEGY', what)
  }
  const { name, init, warmUp, columns, parameters, orders } = module
  if (name !== undefined && (typeof name !== 'string' || !NAME.test(name))) {
    wrong(`name is ${JSON.stringify(name)}: lower case letters, digits and dashes`)
  }
  if (orders !== undefined && orders !== true) wrong('orders is true, or is not there')
  if (init !== undefined && typeof init !== 'function') wrong('init is no function')
  if (warmUp !== undefined && typeof warmUp !== 'function' && !isBarCount(warmUp)) {
    wrong(`warmUp is ${String(warmUp)}: a whole number of bars, or a function that returns one`)
  }
  if (columns !== undefined && typeof columns !== 'function' && !isTextList(columns))
    wrong('columns is no list of names')
  if (parameters !== undefined && (typeof parameters !== 'object' || parameters === null)) {
    wrong('parameters is no object of name → declaration')
  }
  return module
}

export function isBarCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** Parameters as the command line reads them. */
export function declaredParameters({ parameters = {} }: StrategyModule, file: string): StrategyParameter[] {
  return Object.entries(parameters as Readonly<Record<string, ParameterDeclaration>>).map(([name, declared]) => {
    const wrong = (what: string): ContangoError =>
      badModule(file, 'BAD_PARAMETER_DECLARATION', `parameter ${name}: ${what}`)
    if (!NAME.test(name)) throw wrong('a name is lower case letters, digits and dashes')
    if (typeof declared === 'string') return { name, kind: 'text', default: declared, summary: '' }
    if (typeof declared === 'number') return numeric(name, { default: declared }, wrong)
    if (typeof declared !== 'object' || declared === null) throw wrong('it is a number, a text or a declaration')
    if (declared.kind === 'text' || declared.kind === 'choice') {
      if (typeof declared.default !== 'string') throw wrong('its default is no text')
      const { summary = '' } = declared
      if (declared.kind === 'text') return { name, kind: 'text', default: declared.default, summary }
      if (!isTextList(declared.options) || !declared.options.includes(declared.default)) {
        throw wrong('options is a list of texts with the default among them')
      }
      return { name, kind: 'choice', default: declared.default, options: declared.options, summary }
    }
    return numeric(name, declared, wrong)
  })
}

function numeric(
  name: string,
  declared: Extract<ParameterDeclaration, { kind?: 'number' | 'integer' }>,
  wrong: (what: string) => ContangoError,
): StrategyParameter {
  const { kind = 'number', min = -Number.MAX_VALUE, max = Number.MAX_VALUE, summary = '' } = declared
  if (kind !== 'number' && kind !== 'integer') throw wrong(`there is no kind ${JSON.stringify(kind)}`)
  const numbers = [declared.default, min, max]
  if (!numbers.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    throw wrong('default, min and max are numbers')
  }
  if (!(min <= declared.default && declared.default <= max)) throw wrong(`its default is not from ${min} to ${max}`)
  return { name, kind, default: declared.default, min, max, summary }
}

function badModule(file: string, code: string, what: string): ContangoError {
  return new ContangoError(
    'usage',
    code,
    `${file}: ${what}`,
    'export default { name, parameters, init(ctx), onBar(ctx) }: docs/strategies.md',
    { file },
  )
}
