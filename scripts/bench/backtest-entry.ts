export { runBacktest } from '../../src/lib/backtest/run-backtest.js'
export { MARKET_ORDERS } from '../../src/lib/backtest/order-rules.js'
export { strategyNamed } from '../../src/lib/backtest/strategies.js'
export { NO_COSTS } from '../../src/lib/execution/costs.js'
