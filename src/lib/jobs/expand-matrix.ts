import type { Scalar } from './job-plan.js'

/** Every combination of the lists, the last name turning fastest; one empty combination for no matrix. */
export function matrixCombinations(matrix: Readonly<Record<string, readonly Scalar[]>>): Record<string, Scalar>[] {
  return Object.entries(matrix).reduce<Record<string, Scalar>[]>(
    (combinations, [name, values]) =>
      combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value }))),
    [{}],
  )
}

/** `curves` and {product: wti} → `curves.wti`: a name for files and variables. */
export function matrixId(step: string, combination: Readonly<Record<string, Scalar>>): string {
  return [step, ...Object.values(combination).map((value) => String(value).replace(/[^A-Za-z0-9._-]/g, '_'))].join('.')
}
