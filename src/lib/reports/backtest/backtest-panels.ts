/** Pictures of a back-test by name, in the order of its report. */
export const BACKTEST_PANELS = ['equity', 'monthly', 'rolling-sharpe', 'trades', 'costs', 'cone'] as const
export type BacktestPanel = (typeof BACKTEST_PANELS)[number]
