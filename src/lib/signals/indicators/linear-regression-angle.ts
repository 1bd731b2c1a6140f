import { regressionLine } from '../rolling/regression-line.js'
import { bars, type Indicator } from './indicator.js'

export const linearRegressionAngle: Indicator = {
  name: 'linear-regression-angle',
  title: 'Linear regression, angle',
  formula: 'arctangent of the slope: what one price unit a bar draws as 45°',
  unit: 'degrees',
  panel: 'own',
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['linear_regression_angle'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    regressionLine(close, period, (at, slope) => {
      out[at] = (Math.atan(slope) * 180) / Math.PI
    })
  },
}
