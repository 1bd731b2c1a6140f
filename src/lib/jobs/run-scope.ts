import type { JobStepOutcome } from '../store/job-ledger.js'
import { stepOfPath } from './check-expression.js'
import type { Scope } from './evaluate-expression.js'
import type { PlannedStep, Scalar } from './job-plan.js'

/** Where a running job finds the values of its variables. */
export interface RunFacts {
  readonly id: string
  /** Absolute folder of the outputs. */
  readonly dir: string
  readonly job: string
  readonly vars: Readonly<Record<string, Scalar>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** YYYY-MM-DD; asked for once, then the same for every step. */
  asOf(): string
  hasData(kind: string, name: string | null): boolean
  /** null until the step has ended. */
  outcomeOf(id: string): JobStepOutcome | null
  /** The document that a step printed; null where it printed none. */
  documentOf(id: string): unknown
}

/** The names that a step's words and its `when` may use while the job runs. */
export function runScope(step: PlannedStep, facts: RunFacts): Scope {
  return {
    lookUp(path) {
      const [root, name] = path
      switch (root) {
        case 'asOf':
          return facts.asOf()
        case 'vars':
          return facts.vars[name]
        case 'env':
          return facts.env[name]
        case 'matrix':
          return step.matrix?.[name]
        case 'run':
          return name === 'id' ? facts.id : name === 'dir' ? facts.dir : facts.job
        default:
          return ofStep(path, facts)
      }
    },
    call(name, args) {
      if (name === 'always') return true
      if (name === 'success') return step.needs.every((need) => isSatisfied(facts.outcomeOf(need)))
      if (name === 'failure') return !step.needs.every((need) => isSatisfied(facts.outcomeOf(need)))
      return facts.hasData(String(args[0]), args[1] === undefined ? null : String(args[1]))
    },
  }
}

/** A step whose dependants may run: it went well, was skipped, or its `allow-exit` names how it ended. */
export function isSatisfied(outcome: JobStepOutcome | null): boolean {
  return outcome !== null && (outcome.status === 'ok' || outcome.status === 'skipped' || outcome.allowed)
}

function ofStep(path: readonly string[], facts: RunFacts): unknown {
  const found = stepOfPath(path, (id) => facts.outcomeOf(id) !== null)
  if (!found) return undefined
  const { step, rest } = found
  const outcome = facts.outcomeOf(step)
  if (rest.length === 1) {
    if (rest[0] === 'exitCode') return outcome?.exitCode
    if (rest[0] === 'status') return outcome?.status
    if (rest[0] === 'allowed') return outcome?.allowed
  }
  return rest.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined,
    facts.documentOf(step),
  )
}
