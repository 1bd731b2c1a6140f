import type { CostModel } from '../execution/costs.js'
import { ContangoError } from '../kernel/errors.js'
import type { ContractMonth } from '../market/contract-month.js'
import { barsUntil, type PriceBars } from './price-bars.js'

/** A leg moves from one contract to the next at the close of `bar`. */
export interface LegRoll {
  readonly bar: number
  readonly from: ContractMonth
  readonly to: ContractMonth
  readonly fromPrice: number
  readonly toPrice: number
}

/** What is really bought and sold: the prices of the contract that is held on each bar, and when it becomes another one. */
export interface TradedLeg {
  /** CL, BRN … or the name of a file. */
  readonly name: string
  /** Contracts for one lot of the instrument; negative is sold when the instrument is bought. */
  readonly lots: number
  /** USD per contract and unit of its price. */
  readonly multiplier: number
  /** The instrument's price is the sum of weight × price of its legs. */
  readonly weight: number
  readonly costs: CostModel
  readonly open: Float64Array
  readonly close: Float64Array
  /** Contracts traded, for impact and shares of volume; absent where it is not known. */
  readonly volume?: Float64Array
  /** Contract of each bar as yyyymm; absent where prices are of no contract. */
  readonly month?: Int32Array
  readonly rolls: readonly LegRoll[]
}

/** What one strategy trades: bars that it sees, and the legs that its orders become. */
export interface TradedInstrument {
  readonly name: string
  /** What signals and orders look at: of contracts that roll, joined so that no roll gap is a change. */
  readonly bars: PriceBars
  readonly legs: readonly TradedLeg[]
  /** A bar is one settlement, at which both contracts trade on the day of a roll; absent where bars have an open of their own. */
  readonly settles?: boolean
  /** USD per lot and unit of the instrument's price. */
  readonly multiplier: number
  /** USD per lot on each bar; absent where there is none. */
  readonly initialMarginUsd?: Float64Array
  readonly maintenanceMarginUsd?: Float64Array
  /** The contract stops trading at the close of this bar and is settled there; absent where it is rolled. */
  readonly expiry?: { readonly bar: number; readonly contract: string }
}

/** Bars that are themselves what is traded. */
export function plainInstrument(
  name: string,
  bars: PriceBars,
  multiplier: number,
  costs: CostModel,
  marginsUsd: { readonly initial: number; readonly maintenance: number },
): TradedInstrument {
  const { open, close, volume } = bars
  const column = (usd: number): Float64Array | undefined =>
    usd === 0 ? undefined : new Float64Array(close.length).fill(usd)
  return {
    name,
    bars,
    legs: [{ name, lots: 1, multiplier, weight: 1, costs, open, close, volume, rolls: [] }],
    multiplier,
    initialMarginUsd: column(marginsUsd.initial),
    maintenanceMarginUsd: column(marginsUsd.maintenance),
  }
}

/** The same instrument as it was known at the close of bar `bars − 1`. */
export function instrumentUntil(instrument: TradedInstrument, bars: number): TradedInstrument {
  const { expiry } = instrument
  return {
    ...instrument,
    bars: barsUntil(instrument.bars, bars),
    legs: instrument.legs.map((leg) => ({
      ...leg,
      open: leg.open.subarray(0, bars),
      close: leg.close.subarray(0, bars),
      volume: leg.volume?.subarray(0, bars),
      month: leg.month?.subarray(0, bars),
      rolls: leg.rolls.filter(({ bar }) => bar < bars),
    })),
    initialMarginUsd: instrument.initialMarginUsd?.subarray(0, bars),
    maintenanceMarginUsd: instrument.maintenanceMarginUsd?.subarray(0, bars),
    expiry: expiry !== undefined && expiry.bar < bars ? expiry : undefined,
  }
}

/** The same instrument on prices that might have been: its rolls stay on their bars and cost what they cost, without a gap. */
export function onOtherPrices(instrument: TradedInstrument, bars: PriceBars): TradedInstrument {
  const { legs } = instrument
  if (legs.length !== 1) {
    throw new ContangoError(
      'refused',
      'SEVERAL_LEGS',
      `${instrument.name} has ${legs.length} legs, and one series of prices says nothing of theirs`,
      'an instrument without legs; or a method that draws the returns of the account',
    )
  }
  const [leg] = legs
  const { open, close } = bars
  const rolls = leg.rolls.map((roll) => ({ ...roll, fromPrice: close[roll.bar], toPrice: close[roll.bar] }))
  return { ...instrument, bars, legs: [{ ...leg, lots: 1, weight: 1, open, close, rolls }] }
}
