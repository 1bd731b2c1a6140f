import { describe, expect, it } from 'vitest'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { goldenBars, readGolden, settings } from './golden-bars.js'

interface Golden {
  settings: { commissionPerContractPerSide: number; slippagePerUnit: number }
  equity: number[]
  fills: { bar: number; qty: number; price: number; commission: number }[]
  trades: {
    side: string
    contracts: number
    entryBar: number
    exitBar: number
    entryPrice: number
    exitPrice: number
    grossPnl: number
    commission: number
    netPnl: number
  }[]
  openPosition: { contracts: number; entryPrice: number; entryBar: number }
}

const CASES = ['nocost', 'comm2.50', 'comm2.50_slip0.01'].flatMap((costs) => [
  { name: `strategy_buy_hold_${costs}`, strategy: 'buy-hold', words: [] },
  {
    name: `strategy_ma_crossover_state_10_30_${costs}`,
    strategy: 'ma-crossover',
    words: ['--fast', '10', '--slow', '30'],
  },
])

describe.each(CASES)('$name', ({ name, strategy: strategyName, words }) => {
  const golden = readGolden<Golden>(`${name}.json`)
  const strategy = strategyNamed(strategyName)
  const run = runBacktest(
    goldenBars(),
    strategy,
    parseStrategyParameters(strategy, words),
    settings({
      commissionUsdPerLot: golden.settings.commissionPerContractPerSide,
      slippagePrice: golden.settings.slippagePerUnit,
    }),
  )

  it('has the equity of backtrader on every bar to 1e-9', () => {
    const worst = Math.max(...golden.equity.map((equity, bar) => Math.abs(equity - run.equityUsd[bar])))
    expect(run.equityUsd).toHaveLength(golden.equity.length)
    expect(worst).toBeLessThanOrEqual(1e-9)
  })

  it('has its fills', () => {
    expect(
      golden.fills.map((_, i) => ({
        bar: run.fills.bar[i],
        qty: run.fills.lots[i],
        price: run.fills.price[i],
        commission: run.fills.commissionUsd[i],
      })),
    ).toEqual(golden.fills)
    expect(run.fills.bar).toHaveLength(golden.fills.length)
  })

  it('has its trades', () => {
    expect(run.trades.lots).toHaveLength(golden.trades.length)
    golden.trades.forEach((trade, i) => {
      const { trades } = run
      expect(trades.lots[i]).toBe(trade.side === 'long' ? trade.contracts : -trade.contracts)
      expect([trades.entryBar[i], trades.exitBar[i]]).toEqual([trade.entryBar, trade.exitBar])
      expect([trades.entryPrice[i], trades.exitPrice[i]]).toEqual([trade.entryPrice, trade.exitPrice])
      expect(trades.grossUsd[i]).toBeCloseTo(trade.grossPnl, 9)
      expect(trades.commissionUsd[i]).toBe(trade.commission)
      expect(trades.netUsd[i]).toBeCloseTo(trade.netPnl, 9)
    })
  })

  it('leaves the last position open, marked at the close', () => {
    const { contracts, entryPrice, entryBar } = golden.openPosition
    expect(run.open).toMatchObject({ lots: contracts, entryPrice, entryBar })
  })

  it('attributes costs that are exactly gross minus net', () => {
    const netUsd = run.equityUsd[run.equityUsd.length - 1] - 1_000_000
    expect(run.grossUsd - netUsd).toBeCloseTo(run.commissionUsd + run.slippageUsd, 6)
  })
})
