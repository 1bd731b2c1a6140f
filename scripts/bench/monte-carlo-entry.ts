export { simulatePnl } from '../../src/lib/risk/monte-carlo/simulate-pnl.js'
export { tailFigures } from '../../src/lib/risk/monte-carlo/tail-figures.js'
export { mapInWorkers } from '../../src/lib/runtime/pool.js'
