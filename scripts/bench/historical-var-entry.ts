export { totalPnl } from '../../src/lib/risk/pnl-matrix.js'
export { historical } from '../../src/lib/risk/methods/historical.js'
export { RISK_DEFAULTS } from '../../src/lib/risk/methods/risk-method.js'
