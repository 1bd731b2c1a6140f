import type { EpochDay } from '../kernel/day.js'
import type { Product } from '../market/instrument.js'
import type { GjrGarch } from './gjr-garch.js'
import type { Jumps } from './jumps.js'
import type { MonthlyPattern } from './seasonal.js'

/** The products that have their own two factors; the others are tied to one of them. */
export const DRIVERS = ['CL', 'BRN', 'HO', 'RB', 'NG'] as const
export type Driver = (typeof DRIVERS)[number]

/** One product with its own factors. Prices in the product's unit, rates per year, logs as fractions. */
export interface DriverParameters {
  readonly startPrice: number
  readonly startChi: number
  /** Where ξ is pulled to, as a price. */
  readonly longRunPrice: number
  readonly kappaPerYear: number
  readonly sigmaChi: number
  readonly sigmaXi: number
  readonly lambdaChi: number
  readonly muXiStar: number
  /** Real-world pull of ξ to its long run (and to the leader's); the pricing formula does not see it. */
  readonly pullPerYear: number
  /** The product whose level this one follows; null for WTI and natural gas. */
  readonly leader: 'CL' | null
  /** Whether the tight and loose oil markets move its χ. */
  readonly oilRegime: boolean
  readonly garch: GjrGarch & { readonly nu: number }
  /** Share of a common oil jump that it takes; 0 for natural gas. */
  readonly oilJumpShare: number
  readonly ownJumps: Jumps
  /** Log points by delivery month. */
  readonly season: MonthlyPattern
}

/** A product that is another one's curve plus a small basis that wanders and returns. */
export interface TiedParameters {
  readonly to: Driver
  /** Units of the tied quote in one unit of the anchor's quote: 42 × 7.45 from USD/gal to USD/t. */
  readonly factor: number
  readonly basisMean: number
  readonly basisSd: number
  /** Daily AR(1) coefficient of the basis. */
  readonly basisPersistence: number
}

/** Open interest and volume of one product, all months together. */
export interface ActivityParameters {
  readonly openInterestLots: number
  readonly volumeLots: number
  /** Weight of June and December contracts that are still far away. */
  readonly juneBoost: number
  readonly decemberBoost: number
  /** Ranks written by default. */
  readonly ranks: number
}

/** A weekly series: level + trend + season + slow deviation − elasticity × smoothed χ + noise. */
export interface WeeklyParameters {
  readonly unit: string
  readonly base: number
  readonly trendPerYear: number
  /** Years after the start at which the trend begins and ends. */
  readonly trendFromYears: number
  readonly trendToYears: number
  readonly season: MonthlyPattern
  /** Standard deviation of the weekly shock to the slow deviation. */
  readonly changeSd: number
  /** Weekly AR(1) coefficient of the slow deviation. */
  readonly persistence: number
  /** Noise of one week alone: measurement and timing. */
  readonly noiseSd: number
  /** Fall per unit of `driver`'s smoothed χ, as a fraction of base: stocks are low when the curve is backwardated. */
  readonly elasticity: number
  readonly driver: Driver
  readonly floor: number
  readonly cap: number
  readonly decimals: number
}

/** The crude balance that imports close: imports = runs + exports − production + stock change / 7 − adjustment. */
export interface BalanceParameters {
  readonly refiningCapacityKbPerDay: number
  readonly adjustmentSdKbPerDay: number
  /** Share of a week's stock change that the report's unexplained adjustment absorbs. */
  readonly adjustmentShareOfBuild: number
}

export interface PositioningParameters {
  readonly openInterestLots: number
  readonly netMeanFraction: number
  /** Change of the net position, as a fraction of open interest, per log point of 13-week price change. */
  readonly momentum: number
  readonly grossFraction: number
  readonly changeSdFraction: number
  readonly persistence: number
  /** Share of the non-commercial position that managed money holds. */
  readonly managedMoneyShare: number
}

/** Everything in `config/simulator.yaml`. */
export interface SimulatorParameters {
  readonly start: EpochDay
  readonly end: EpochDay
  /** The window that `fetch sim` writes unless told otherwise. */
  readonly defaultStart: EpochDay
  readonly defaultEnd: EpochDay
  readonly tradingDaysPerYear: number
  readonly rho: number
  /** Correlation of drivers, in the order of {@link DRIVERS}; symmetric. */
  readonly correlation: readonly (readonly number[])[]
  readonly varianceCap: number
  readonly oilJumps: Jumps
  readonly regime: { readonly chiTight: number; readonly chiLoose: number; readonly meanYears: number }
  readonly overnightVarianceShare: number
  readonly drivers: Readonly<Record<Driver, DriverParameters>>
  readonly tied: Readonly<Record<Exclude<Product, Driver>, TiedParameters>>
  readonly activity: Readonly<Record<Product, ActivityParameters>>
  readonly weekly: Readonly<Record<string, WeeklyParameters>>
  readonly balance: BalanceParameters
  readonly positioning: Readonly<Partial<Record<Product, PositioningParameters>>>
}
