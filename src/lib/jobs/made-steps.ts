import { matrixCombinations, matrixId } from './expand-matrix.js'
import type { IssueList } from './issue-list.js'
import type { Scalar } from './job-plan.js'
import type { StepInput } from './job-schema.js'

interface MadeStep {
  readonly id: string
  readonly matrix: Readonly<Record<string, Scalar>> | null
}

/** By step of the file what it becomes: itself, or one step for each combination of its matrix. */
export function madeSteps(inputs: readonly StepInput[], issues: IssueList): Map<string, MadeStep[]> {
  const made = new Map<string, MadeStep[]>()
  const taken = new Map<string, string>()
  for (const [index, step] of inputs.entries()) {
    const all: MadeStep[] =
      step.matrix === undefined
        ? [{ id: step.id, matrix: null }]
        : matrixCombinations(step.matrix).map((matrix) => ({ id: matrixId(step.id, matrix), matrix }))
    for (const { id } of all) {
      // some file systems do not tell Var.json from var.json
      const twin = taken.get(id.toLowerCase())
      if (twin !== undefined) {
        const field = step.matrix === undefined || twin === step.id ? 'id' : 'matrix'
        issues.add(
          ['steps', index, field],
          twin === id ? `${id} stands twice` : `${id} and ${twin} differ by case only`,
        )
      }
      taken.set(id.toLowerCase(), id)
    }
    if (!made.has(step.id)) made.set(step.id, all)
  }
  return made
}
