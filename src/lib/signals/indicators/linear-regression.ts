import { regressionLine } from '../rolling/regression-line.js'
import { bars, type Indicator } from './indicator.js'

export const linearRegression: Indicator = {
  name: 'linear-regression',
  title: 'Linear regression, value at the last bar',
  formula: 'value today of the least-squares line through the last n closes',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['linear_regression'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    regressionLine(close, period, (at, slope, middle) => {
      out[at] = middle + (slope * (period - 1)) / 2
    })
  },
}
