export interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly evaluations: number
  readonly converged: boolean
}

export interface NelderMeadOptions {
  /** Size of the first simplex along each axis. */
  readonly steps: ArrayLike<number>
  readonly maxEvaluations?: number
  /** Stop where the simplex's values lie this close together, relative to 1 + |value|. */
  readonly tolerance?: number
  /** New simplices from the best point until one brings nothing. */
  readonly restarts?: number
}

/**
 * Minimum of a function without derivatives; a value of +∞ or NaN marks what may not be. J. A. Nelder, R. Mead (1965),
 * "A Simplex Method for Function Minimization", with the dimension-dependent coefficients of F. Gao, L. Han (2012), and
 * restarted, because a simplex can collapse against a bound.
 */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: ArrayLike<number>,
  { steps, maxEvaluations = 4000, tolerance = 1e-12, restarts = 6 }: NelderMeadOptions,
): Minimum {
  let best = runOnce(f, Float64Array.from(start), steps, 1, maxEvaluations, tolerance)
  let { evaluations } = best
  let settled = false
  for (let k = 0; k < restarts && best.value < Infinity; k++) {
    const sign = k % 2 === 0 ? -0.5 : 0.5
    const again = runOnce(f, best.point, steps, sign * 0.5 ** k, maxEvaluations, tolerance)
    evaluations += again.evaluations
    const gain = best.value - again.value
    if (again.value <= best.value) best = again
    if (again.converged && gain <= 1e3 * tolerance * (1 + Math.abs(best.value))) {
      settled = true
      break
    }
  }
  return { ...best, evaluations, converged: (settled || restarts === 0) && best.converged && best.value < Infinity }
}

function runOnce(
  f: (point: Float64Array) => number,
  start: Float64Array,
  steps: ArrayLike<number>,
  stepScale: number,
  maxEvaluations: number,
  tolerance: number,
): Minimum {
  const n = start.length
  const expansion = 1 + 2 / n
  const contraction = 0.75 - 1 / (2 * n)
  const shrinkage = 1 - 1 / n
  let evaluations = 0
  const valueAt = (point: Float64Array): number => {
    evaluations++
    const value = f(point)
    return Number.isNaN(value) ? Infinity : value
  }
  const simplex: { point: Float64Array; value: number }[] = [{ point: start.slice(), value: valueAt(start) }]
  for (let j = 0; j < n; j++) {
    const point = start.slice()
    point[j] += steps[j] * stepScale
    simplex.push({ point, value: valueAt(point) })
  }
  const byValue = (a: { value: number }, b: { value: number }): number =>
    a.value === b.value ? 0 : a.value < b.value ? -1 : 1
  const along = (centre: Float64Array, worst: Float64Array, t: number): { point: Float64Array; value: number } => {
    const point = new Float64Array(n)
    for (let j = 0; j < n; j++) point[j] = centre[j] + t * (centre[j] - worst[j])
    return { point, value: valueAt(point) }
  }
  let converged = false
  while (evaluations < maxEvaluations) {
    simplex.sort(byValue)
    const best = simplex[0]
    const worst = simplex[n]
    if (worst.value - best.value <= tolerance * (1 + Math.abs(best.value)) && isSmall(simplex, steps)) {
      converged = true
      break
    }
    const centre = new Float64Array(n)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) centre[j] += simplex[i].point[j] / n
    const reflected = along(centre, worst.point, 1)
    if (reflected.value < best.value) {
      const expanded = along(centre, worst.point, expansion)
      simplex[n] = expanded.value < reflected.value ? expanded : reflected
      continue
    }
    if (reflected.value < simplex[n - 1].value) {
      simplex[n] = reflected
      continue
    }
    const outside = reflected.value < worst.value
    const contracted = along(centre, worst.point, outside ? contraction : -contraction)
    if (contracted.value < Math.min(reflected.value, worst.value)) {
      simplex[n] = contracted
      continue
    }
    for (let i = 1; i <= n; i++) {
      const { point } = simplex[i]
      for (let j = 0; j < n; j++) point[j] = best.point[j] + shrinkage * (point[j] - best.point[j])
      simplex[i] = { point, value: valueAt(point) }
    }
  }
  simplex.sort(byValue)
  return { point: simplex[0].point, value: simplex[0].value, evaluations, converged }
}

/** Values lie together where the simplex is small, or where it is flat and merely wide. */
function isSmall(simplex: readonly { point: Float64Array }[], steps: ArrayLike<number>): boolean {
  const [{ point: best }] = simplex
  return simplex.every(({ point }) => point.every((x, j) => Math.abs(x - best[j]) <= 1e-4 * Math.abs(steps[j])))
}
