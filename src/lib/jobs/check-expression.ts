import { evaluateExpression, type Scope } from './evaluate-expression.js'
import { partsOf, type Expression } from './expression.js'
import type { AnswerForm, Scalar } from './job-plan.js'

/** What a step's expressions may name. */
export interface Surroundings {
  readonly vars: Readonly<Record<string, Scalar>>
  readonly matrix: Readonly<Record<string, Scalar>> | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** Steps that end before this one begins. */
  readonly before: ReadonlySet<string>
  /** Every step of the job; those that a matrix makes by their full id. */
  readonly steps: ReadonlySet<string>
  /** For each step with a matrix what it makes. */
  readonly made: ReadonlyMap<string, readonly string[]>
  /** Only one that answers in JSON has a document to look into. */
  readonly formOf: (step: string) => AnswerForm
  /** False where no output of a step can have anything at that path. */
  readonly mayHave: (step: string, path: readonly string[]) => boolean
  readonly closest: (word: string, candidates: readonly string[]) => string | null
}

const RUN = ['id', 'dir', 'job']
const STATUS = ['success', 'failure', 'always']
/** What the runner itself knows of a step; everything else is looked up in its document. */
export const STEP_FACTS = ['exitCode', 'status', 'allowed']

/** True where an expression says itself after which endings of its needs it wants to run. */
export function asksForStatus(expression: Expression): boolean {
  return [...partsOf(expression)].some((part) => part.kind === 'call' && STATUS.includes(part.name))
}

/** True where its value is known before the job runs. */
export function isStatic(expression: Expression, roots: readonly string[] = ['vars', 'matrix', 'env']): boolean {
  return [...partsOf(expression)].every(
    (part) => part.kind !== 'call' && (part.kind !== 'path' || roots.includes(String(part.path[0]))),
  )
}

/** Names that are known before the job runs. */
export function staticScope({ vars, matrix, env }: Pick<Surroundings, 'vars' | 'matrix' | 'env'>): Scope {
  const roots: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> = { vars, matrix, env }
  return {
    lookUp: ([root, name, ...rest]) => {
      const values = Object.hasOwn(roots, root) ? roots[root] : null
      return rest.length === 0 && values && Object.hasOwn(values, name) ? values[name] : undefined
    },
    call: () => undefined,
  }
}

/** The step that a path begins with, and what is left of the path: `steps.curves.wti.data` → curves.wti, [data]. */
export function stepOfPath(
  path: readonly string[],
  isStep: (id: string) => boolean,
): { readonly step: string; readonly rest: string[] } | null {
  for (let n = path.length; n > 1; n--) {
    const step = path.slice(1, n).join('.')
    if (isStep(step)) return { step, rest: path.slice(n) }
  }
  return null
}

/** What is wrong with the names of an expression, in words; empty for none. */
export function expressionMistakes(expression: Expression, around: Surroundings, inWhen: boolean): string[] {
  return [...partsOf(expression)].flatMap((part) => {
    if (part.kind === 'call') return callMistake(part.name, part.args.length, inWhen)
    if (part.kind === 'path') return pathMistake(part.path, around)
    return []
  })
}

function callMistake(name: string, args: number, inWhen: boolean): string[] {
  if (STATUS.includes(name)) {
    if (!inWhen) return [`${name}() is for when`]
    return args === 0 ? [] : [`${name}() takes nothing`]
  }
  if (name !== 'hasData') return [`there is no ${name}(): success() failure() always() hasData(kind, name)`]
  return args === 1 || args === 2 ? [] : ['hasData(kind, name) takes a kind and perhaps a name']
}

function pathMistake(written: readonly (string | Expression)[], around: Surroundings): string[] {
  const path: string[] = []
  for (const step of written) {
    if (typeof step === 'string') path.push(step)
    else if (isStatic(step)) path.push(String(evaluateExpression(step, staticScope(around))))
    else break // from here on only the run knows
  }
  const [root, name] = path
  const shown = path.join('.')
  const none = (what: string, names: readonly string[]): string[] => {
    const near = around.closest(name ?? '', names)
    const hint = near === null ? (names.length === 0 ? '' : `: ${names.join(', ')}`) : `; ${root}.${near}?`
    return [`${shown} is no ${what}${hint}`]
  }
  switch (root) {
    case 'asOf':
      return written.length === 1 ? [] : ['asOf is a date, with nothing below it']
    case 'env':
      return written.length === 2 ? [] : ['env.NAME is a variable of the environment']
    case 'run':
      return written.length === 2 && RUN.includes(name) ? [] : none('fact of the run', RUN)
    case 'vars':
      return written.length === 2 && Object.hasOwn(around.vars, name)
        ? []
        : none('variable of the job', Object.keys(around.vars))
    case 'matrix': {
      const matrix = around.matrix ?? {}
      return written.length === 2 && Object.hasOwn(matrix, name)
        ? []
        : none('name of the step’s matrix', Object.keys(matrix))
    }
    case 'steps':
      return stepMistake(path, written.length, around)
    default:
      return [`there is no variable ${root}: asOf, env, vars, matrix, steps, run`]
  }
}

function stepMistake(path: readonly string[], length: number, around: Surroundings): string[] {
  const shown = path.join('.')
  const found = stepOfPath(path, (id) => around.steps.has(id))
  if (!found) {
    const made = path.length > 1 ? around.made.get(path[1]) : undefined
    if (made) return [`${path[1]} has a matrix: name one of ${made.map((id) => `steps.${id}`).join(', ')}`]
    const near = around.closest(path[1] ?? '', [...around.steps])
    return [`${shown} names no step of this job${near === null ? '' : `; steps.${near}?`}`]
  }
  const { step, rest } = found
  if (!around.before.has(step)) return [`${shown} is not known yet: add ${step.split('.')[0]} to needs`]
  if (rest.length === 0 && path.length === length)
    return [`${shown} is a whole step: name one value of it, such as steps.${step}.exitCode`]
  if (rest.length === 1 && STEP_FACTS.includes(rest[0])) return []
  const form = around.formOf(step)
  if (form !== 'json') return [`${step} answers in ${form}: it has no document to look into`]
  return rest.length === 0 || around.mayHave(step, rest) ? [] : [`no document of ${step} has ${rest.join('.')}`]
}
