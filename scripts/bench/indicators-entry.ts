export { computeIndicator } from '../../src/lib/signals/indicators/compute-indicator.js'
export { parseIndicator } from '../../src/lib/signals/indicators/parse-indicator.js'
