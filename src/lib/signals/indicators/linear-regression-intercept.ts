import { regressionLine } from '../rolling/regression-line.js'
import { bars, type Indicator } from './indicator.js'

export const linearRegressionIntercept: Indicator = {
  name: 'linear-regression-intercept',
  title: 'Linear regression, value at the first bar',
  formula: 'value of the line at the oldest of the n closes',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['linear_regression_intercept'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    regressionLine(close, period, (at, slope, middle) => {
      out[at] = middle - (slope * (period - 1)) / 2
    })
  },
}
