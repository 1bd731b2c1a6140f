import type { Objective } from './objective.js'

/**
 * Cells that no other cell beats in one goal without falling behind in another, best first by the first goal. Of equal cells the first
 * stands for all. Cells with an undefined goal, or without a score, are not among them.
 * @param metrics row by row, `width` numbers a cell
 * @param scores NaN for a cell that is not to be chosen
 */
export function paretoFront(
  { goals }: Objective,
  metrics: Float64Array,
  width: number,
  scores: Float64Array,
): number[] {
  const value = (cell: number, goal: number): number => {
    const { at, direction } = goals[goal]
    const metric = metrics[cell * width + at]
    return direction === 'max' ? metric : -metric
  }
  const cells = Array.from(scores.keys()).filter(
    (cell) => !Number.isNaN(scores[cell]) && goals.every((_, goal) => !Number.isNaN(value(cell, goal))),
  )
  const compare = (a: number, b: number): number => {
    for (let goal = 0; goal < goals.length; goal++) {
      const difference = value(b, goal) - value(a, goal)
      if (difference !== 0) return difference
    }
    return a - b
  }
  const front: number[] = []
  // Sorted, a cell can only be beaten by one that stands before it.
  for (const cell of cells.sort(compare)) {
    const beaten = front.some((other) => goals.every((_, goal) => value(other, goal) >= value(cell, goal)))
    if (!beaten) front.push(cell)
  }
  return front
}
