import type { CurveData } from '../../documents/curve.js'
import type { DataLsData } from '../../documents/data-ls.js'
import type { DataCheckData } from '../../documents/data-check.js'
import type { FundamentalsInventoryData } from '../../documents/fundamentals-inventory.js'
import type { FundamentalsPositioningData } from '../../documents/fundamentals-positioning.js'
import type { LimitsCheckData } from '../../documents/limits-check.js'
import type { PnlData } from '../../documents/pnl.js'
import type { PositionsData } from '../../documents/positions.js'
import type { PricesData } from '../../documents/prices.js'
import type { ProductSignals, SignalsData } from '../../documents/signals.js'
import type { SpreadsData } from '../../documents/spreads.js'
import type { StressData } from '../../documents/stress.js'
import type { VarBacktestData } from '../../documents/var-backtest.js'
import type { VarData } from '../../documents/var.js'
import type { Provenance } from '../../market/dataset.js'
import { PRODUCTS } from '../../market/instrument.js'

/** A document that a command printed with `--json`. */
export interface PrintedAnswer {
  /** `contango.var/1` */
  readonly schema: string
  readonly asOf: string | null
  readonly data: unknown
  readonly inputs: readonly (Provenance | { readonly config: string; readonly sha256: string })[]
  readonly params: Readonly<Record<string, unknown>>
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  readonly trip?: { readonly code: string; readonly message: string }
}

/** What a report is made of: each is null where there is no such document. */
export interface DailyDocuments {
  readonly asOf: string
  readonly prices: PricesData | null
  readonly curves: readonly CurveData[]
  readonly spreads: SpreadsData | null
  readonly inventory: FundamentalsInventoryData | null
  readonly positioning: FundamentalsPositioningData | null
  readonly positions: PositionsData | null
  /** The day's, then the days before it, newest first. */
  readonly pnl: readonly PnlData[]
  readonly var: VarData | null
  /** The book's VaR at the settlement before. */
  readonly previousVar: VarData | null
  readonly varBacktest: VarBacktestData | null
  readonly stress: StressData | null
  readonly limits: LimitsCheckData | null
  readonly signals: readonly ProductSignals[]
  readonly datasets: DataLsData | null
  readonly check: DataCheckData | null
  readonly inputs: readonly Provenance[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  /** Documents of the same command that are about another day than the report. */
  readonly otherDays: readonly { readonly schema: string; readonly asOf: string }[]
}

/**
 * Sorts documents by what they say: of two about different days the later one counts, an earlier VaR is that of the day
 * before. The report's day is that of the positions, else the latest day of any.
 */
export function dailyDocuments(answers: readonly PrintedAnswer[]): DailyDocuments {
  const named = (name: string): PrintedAnswer[] =>
    answers
      .filter(({ schema }) => schema.replace(/^contango\./, '').replace(/\/\d+$/, '') === name)
      .sort((a, b) => compare(b.asOf ?? '', a.asOf ?? ''))
  const days = answers.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])).sort()
  const asOf = named('positions')[0]?.asOf ?? days[days.length - 1] ?? ''
  const ofDay = (name: string): PrintedAnswer[] => named(name).filter((one) => one.asOf === null || one.asOf <= asOf)
  const newest = <T>(name: string): T | null => (ofDay(name)[0]?.data ?? null) as T | null
  const variance = ofDay('var')
  const place = ({ product }: CurveData): number => PRODUCTS.findIndex((one) => one === product)
  const curves = ofDay('curve').map(({ data }) => data as CurveData)
  const used = answers.filter((one) => one.asOf === null || one.asOf <= asOf)
  return {
    asOf,
    prices: newest('prices'),
    curves: curves
      .filter(({ product }, i) => curves.findIndex((other) => other.product === product) === i)
      .sort((a, b) => place(a) - place(b)),
    spreads: newest('spreads'),
    inventory: newest('fundamentals-inventory'),
    positioning: newest('fundamentals-positioning'),
    positions: newest('positions'),
    pnl: ofDay('pnl').map(({ data }) => data as PnlData),
    var: newest('var'),
    previousVar: (variance.find((one) => one.asOf !== variance[0].asOf)?.data ?? null) as VarData | null,
    varBacktest: newest('var-backtest'),
    stress: newest('stress'),
    limits: newest('limits-check'),
    signals: ofDay('signals').flatMap(({ data }) => productsOf(data as SignalsData)),
    datasets: newest('data-ls'),
    check: newest('data-check'),
    inputs: inputsOf(used),
    warnings: warningsOf(used.filter((one) => one.asOf === null || one.asOf === asOf)),
    otherDays: answers
      .filter(({ schema, asOf: day }) => day !== null && day !== asOf && !/^contango\.(var|pnl)\//.test(schema))
      .map((one) => ({ schema: one.schema, asOf: one.asOf ?? '' })),
  }
}

/** Of one product the document holds its members itself. */
function productsOf(data: SignalsData): readonly ProductSignals[] {
  if (data.products !== null) return data.products
  return data.product === null ? [] : [data as ProductSignals]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function inputsOf(answers: readonly PrintedAnswer[]): Provenance[] {
  const inputs = new Map<string, Provenance>()
  for (const input of answers.flatMap((one) => one.inputs)) {
    if (!('config' in input)) inputs.set([input.kind, input.series, input.source, input.sha256].join(' '), input)
  }
  return [...inputs.keys()].sort().map((key) => inputs.get(key)!)
}

function warningsOf(answers: readonly PrintedAnswer[]): DailyDocuments['warnings'] {
  const warnings = new Map<string, { code: string; message: string }>()
  for (const { code, message } of answers.flatMap((one) => one.warnings)) {
    if (code !== 'SIMULATED') warnings.set(`${code} ${message}`, { code, message })
  }
  return [...warnings.keys()].sort().map((key) => warnings.get(key)!)
}
