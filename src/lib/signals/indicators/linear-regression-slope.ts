import { regressionLine } from '../rolling/regression-line.js'
import { bars, type Indicator } from './indicator.js'

export const linearRegressionSlope: Indicator = {
  name: 'linear-regression-slope',
  title: 'Linear regression, slope',
  formula: 'slope of the least-squares line through the last n closes',
  unit: 'price per bar',
  panel: 'own',
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['linear_regression_slope'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    regressionLine(close, period, (at, slope) => {
      out[at] = slope
    })
  },
}
