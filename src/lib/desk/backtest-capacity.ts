import { performanceOf } from '../backtest/metrics/performance.js'
import { RATIO_METRICS } from '../backtest/metrics/ratios.js'
import { runAccount, type AccountSettings } from '../backtest/run-account.js'
import type { ParameterValues, Strategy } from '../backtest/strategy.js'
import type { TradedInstrument } from '../backtest/traded-instrument.js'
import type { BacktestData } from '../documents/backtest.js'
import { ContangoError } from '../kernel/errors.js'

const MOST_SIZES = 50
const sharpe = RATIO_METRICS.find(({ name }) => name === 'sharpe')

/** Reads `1,10,100`: sizes of a full position, ascending. */
export function parseCapacity(text: string): number[] {
  const sizes = text.split(',').map((part) => (/^[1-9]\d{0,8}$/.test(part.trim()) ? Number(part) : Number.NaN))
  const ascending = sizes.every((lots, i) => lots > (sizes[i - 1] ?? 0))
  if (ascending && sizes.length <= MOST_SIZES) return sizes
  throw new ContangoError(
    'usage',
    'BAD_FLAG_VALUE',
    `--capacity takes up to ${MOST_SIZES} rising numbers of lots with commas between, not "${text}"`,
    '--capacity 1,10,100,1000 --impact 1',
    { flag: 'capacity', value: text },
  )
}

/**
 * The run again at other sizes of a full position, with capital in proportion: what grows faster than the lots is impact, and what
 * the volume does not fill.
 */
export function capacityCurve(
  sizes: readonly number[],
  instruments: readonly TradedInstrument[],
  strategy: Strategy,
  values: ParameterValues,
  settings: AccountSettings,
): NonNullable<BacktestData['capacity']> {
  return sizes.map((lots) => {
    const initialCapitalUsd = (settings.initialCapitalUsd * lots) / settings.lots
    const run = runAccount(instruments, strategy, values, { ...settings, lots, initialCapitalUsd })
    const netProfitUsd = run.equityUsd[run.equityUsd.length - 1] - initialCapitalUsd
    const ratio = sharpe?.value(performanceOf(run, initialCapitalUsd, null)) ?? Number.NaN
    const { commissionUsd, slippageUsd, impactUsd, rollUsd } = run
    return {
      lots,
      initialCapitalUsd,
      grossProfitUsd: run.grossUsd,
      netProfitUsd,
      netProfitPerLotUsd: netProfitUsd / lots,
      sharpe: Number.isFinite(ratio) ? ratio : null,
      commissionUsd,
      slippageUsd,
      impactUsd,
      rollUsd,
      totalUsd: commissionUsd + slippageUsd + impactUsd + rollUsd,
      ruined: run.ruinBar !== null,
    }
  })
}
