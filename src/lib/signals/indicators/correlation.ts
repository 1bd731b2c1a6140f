import { resumEvery } from '../rolling/resum-every.js'
import { bars, type Indicator } from './indicator.js'

export const correlation: Indicator = {
  name: 'correlation',
  title: 'Rolling correlation of high and low',
  formula: 'Pearson correlation of the last n highs and lows; undefined where either did not move',
  unit: 'number',
  panel: 'own',
  levels: [0, 1],
  inputs: ['high', 'low'],
  parameters: [bars('period', 30)],
  outputs: ['correlation'],
  warmUp: ([period]) => period - 1,
  kernel([first, second], [period], [out]) {
    const every = resumEvery(period)
    let age = every
    let anchorX = 0
    let anchorY = 0
    let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0]
    let [equalX, equalY] = [1, 1]
    for (let i = 1; i < first.length; i++) {
      equalX = first[i] === first[i - 1] ? equalX + 1 : 1
      equalY = second[i] === second[i - 1] ? equalY + 1 : 1
      if (i < period - 1) continue
      const isFresh = age === every
      if (isFresh) {
        age = 0
        anchorX = first[i]
        anchorY = second[i]
        x = y = xx = yy = xy = 0
      }
      age++
      for (let j = isFresh ? i - period + 1 : i; j <= i; j++) {
        const dx = first[j] - anchorX
        const dy = second[j] - anchorY
        x += dx
        y += dy
        xx += dx * dx
        yy += dy * dy
        xy += dx * dy
      }
      if (!isFresh) {
        const dx = first[i - period] - anchorX
        const dy = second[i - period] - anchorY
        x -= dx
        y -= dy
        xx -= dx * dx
        yy -= dy * dy
        xy -= dx * dy
      }
      const covariance = xy - (x * y) / period
      const variances = (xx - (x * x) / period) * (yy - (y * y) / period)
      const value = covariance / Math.sqrt(variances)
      out[i] = equalX >= period || equalY >= period ? Number.NaN : Math.min(1, Math.max(-1, value))
    }
  },
}
