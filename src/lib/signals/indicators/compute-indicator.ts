import type { Bars, Indicator } from './indicator.js'

/**
 * The outputs of an indicator, each as long as the bars. NaN during the warm-up. A bar on which an input is missing
 * (or infinite) is NaN, and the indicator begins again after it, warm-up and all, as if history began there: nothing is
 * carried over a gap. NaN too where the number itself is undefined, as an RSI of prices that never moved.
 */
export function computeIndicator(indicator: Indicator, bars: Bars, params: readonly number[]): Float64Array[] {
  const inputs = indicator.inputs.map((field) => bars[field])
  const length = bars.close.length
  const warmUp = indicator.warmUp(params)
  const outputs = indicator.outputs.map(() => new Float64Array(length))
  for (let start = 0; start < length;) {
    const end = endOfStretch(inputs, start, length)
    const first = Math.min(start + warmUp, end)
    if (first < end) {
      const whole = start === 0 && end === length
      const cut = (column: Float64Array): Float64Array => (whole ? column : column.subarray(start, end))
      indicator.kernel(inputs.map(cut), params, outputs.map(cut))
    }
    for (const output of outputs) output.fill(Number.NaN, start, first)
    if (end < length) for (const output of outputs) output[end] = Number.NaN
    start = end + 1
  }
  return outputs
}

/** The first bar from `start` on that lacks an input; `length` if none does. */
function endOfStretch(inputs: readonly Float64Array[], start: number, length: number): number {
  let end = length
  for (const column of inputs) {
    let at = start
    // x − x is 0 for every finite number and NaN for the others
    while (at < end && column[at] - column[at] === 0) at++
    end = at
  }
  return end
}
