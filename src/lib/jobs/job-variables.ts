import { ContangoError } from '../kernel/errors.js'
import type { PlanOptions } from './draft-step.js'
import type { Scalar } from './job-plan.js'

/** The variables of a job with what `--var` says. @throws usage UNKNOWN_VARIABLE, BAD_VARIABLE_VALUE */
export function jobVariables(
  declared: Readonly<Record<string, Scalar>>,
  { vars, commands }: PlanOptions,
): Readonly<Record<string, Scalar>> {
  for (const name of Object.keys(vars)) {
    if (Object.hasOwn(declared, name)) continue
    const names = Object.keys(declared)
    const near = commands.closest(name, names)
    throw new ContangoError(
      'usage',
      'UNKNOWN_VARIABLE',
      `the job has no variable "${name}"`,
      names.length === 0 ? 'name it under vars of the job' : `--var ${near ?? names.join(', --var ')}`,
      { variable: name, variables: names },
    )
  }
  return {
    ...declared,
    ...Object.fromEntries(Object.entries(vars).map(([name, text]) => [name, typed(name, text, declared[name])])),
  }
}

/** What `--var` says is of the kind of the default: a switch, a number, a text. */
function typed(name: string, text: string, like: Scalar): Scalar {
  if (typeof like === 'string') return text
  if (typeof like === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (typeof like === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  throw new ContangoError(
    'usage',
    'BAD_VARIABLE_VALUE',
    `the variable ${name} is a ${typeof like} in the job (${like}), and "${text}" is none`,
    `--var ${name}=${like}`,
    { variable: name, value: text },
  )
}
