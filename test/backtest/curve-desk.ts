import { section as marginsSection } from '../../src/lib/config/sections/margins.js'
import { section as spreadsSection } from '../../src/lib/config/sections/spreads.js'
import { section as liquiditySection } from '../../src/lib/config/sections/liquidity.js'
import { MARKET_ORDERS } from '../../src/lib/backtest/order-rules.js'
import type { AccountSettings } from '../../src/lib/backtest/run-account.js'
import type { TradedInstrument } from '../../src/lib/backtest/traded-instrument.js'
import { loadInstruments } from '../../src/lib/desk/backtest-bars.js'
import { tradedInstruments, type TradingContext } from '../../src/lib/desk/traded-instruments.js'
import { NO_TERMS, type CostTerms } from '../../src/lib/desk/requested-costs.js'
import type { EpochDay } from '../../src/lib/kernel/day.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import { parseRollRule } from '../../src/lib/market/roll.js'
import { builtInMarket, builtInYaml } from '../market/market.js'

export const market = builtInMarket()

const config = {
  margins: marginsSection.schema.parse(builtInYaml('margins.yaml')),
  spreads: spreadsSection.schema.parse(builtInYaml('spreads.yaml')),
  liquidity: liquiditySection.schema.parse(builtInYaml('liquidity.yaml')),
}

/** Settlements by product and contract: `['2020-04-20', 202005, -37.63]`. */
export function curveOf(
  product: CurveColumns['product'],
  rows: readonly (readonly [day: EpochDay, month: number, settlement: number])[],
): CurveColumns {
  return {
    kind: 'curves',
    product,
    unit: market.instrument(product).unit,
    day: Int32Array.from(rows, ([day]) => day),
    month: Int32Array.from(rows, ([, month]) => month),
    rank: Int32Array.from(rows, ([day, month]) => market.rankOfMonth(product, day, month)),
    settlement: Float64Array.from(rows, ([, , settlement]) => settlement),
  }
}

export interface Asked {
  readonly roll?: string
  readonly from?: EpochDay
  readonly asOf?: EpochDay
  readonly costs?: Partial<CostTerms>
  readonly sharesVolume?: boolean
}

/** What names stand for in a lake that has these curves and nothing else, and what was said about it. */
export async function instrumentsOf(
  names: string,
  curves: readonly CurveColumns[],
  { roll = 'calendar:5', from, asOf = Infinity, costs = {}, sharesVolume = false }: Asked = {},
): Promise<{ readonly instruments: readonly TradedInstrument[]; readonly warnings: readonly string[] }> {
  const warnings: string[] = []
  const ctx = {
    market,
    config,
    strict: false,
    requestedAsOf: asOf === Infinity ? null : asOf,
    asOf: () => Math.min(asOf, ...curves.map(({ day }) => day[day.length - 1])),
    warn: (code: string) => void warnings.push(code),
    store: {
      readCurves: async (product: string, options: { from?: number; to?: number; maxRank?: number }) => {
        const whole = curves.find((curve) => curve.product === product)
        if (!whole) throw new Error(`there is no curve of ${product}`)
        const kept = Array.from(whole.day.keys()).filter(
          (row) =>
            whole.day[row] >= (options.from ?? -Infinity) &&
            whole.day[row] <= (options.to ?? Infinity) &&
            whole.rank[row] >= 1 &&
            whole.rank[row] <= (options.maxRank ?? Infinity),
        )
        const columns = {
          ...whole,
          day: Int32Array.from(kept, (row) => whole.day[row]),
          month: Int32Array.from(kept, (row) => whole.month[row]),
          rank: Int32Array.from(kept, (row) => whole.rank[row]),
          settlement: Float64Array.from(kept, (row) => whole.settlement[row]),
        }
        return { columns, provenance: { source: 'test', simulated: false } }
      },
      datasets: () => [],
      pick: () => null,
    },
  } as unknown as TradingContext // what loading and pricing contracts asks for
  const rule = parseRollRule(roll)
  if (rule === null) throw new Error(`"${roll}" is no rule`)
  const loaded = await loadInstruments(ctx, { instrument: names, basis: 'auto', roll: rule, from: from ?? null }, false)
  const traded = tradedInstruments(ctx, loaded, {
    multiplier: null,
    costsOf: () => ({ ...NO_TERMS, ...costs }),
    margins: { initialUsd: null, maintenanceUsd: null, spreadCredit: null },
    sharesVolume,
  })
  return { instruments: traded.map(({ traded: one }) => one), warnings }
}

/** A million of capital, one lot, orders at the market, but for what is given. */
export function account(others: Partial<AccountSettings> = {}): AccountSettings {
  return { ...MARKET_ORDERS, lots: 1, sizing: null, initialCapitalUsd: 1_000_000, ...others }
}
