/** Writes the equity of one simulated path at each bar and returns how many bars it has: fewer where it ended in ruin. */
export type SimulatePath = (equityUsd: Float64Array) => number

/** What is drawn anew: profit in USD of a bar, where the size is fixed in lots, or its return, where the size follows equity. */
export type StepKind = 'pnl' | 'returns'

/** Equity of each bar from the steps between them; its first bar is that of the run. */
export interface EquitySteps {
  readonly kind: StepKind
  readonly firstUsd: number
  readonly values: Float64Array
}

export function equitySteps(equityUsd: Float64Array, kind: StepKind): EquitySteps {
  const values = new Float64Array(Math.max(0, equityUsd.length - 1))
  for (let i = 0; i < values.length; i++) {
    const step = equityUsd[i + 1] - equityUsd[i]
    values[i] = kind === 'pnl' ? step : step / equityUsd[i]
  }
  return { kind, firstUsd: equityUsd[0], values }
}

/** Equity along the steps at `positions`; as many bars as positions, and the first. */
export function walkSteps(steps: EquitySteps, positions: Int32Array, equityUsd: Float64Array): number {
  const { kind, firstUsd, values } = steps
  let equity = firstUsd
  equityUsd[0] = equity
  for (let i = 0; i < positions.length; i++) {
    const step = values[positions[i]]
    equity = kind === 'pnl' ? equity + step : equity * (1 + step)
    equityUsd[i + 1] = equity
  }
  return positions.length + 1
}
