import type { BloombergConfig } from '../../config/sections/sources.js'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { readContractCode } from '../../market/contract-code.js'
import { addMonths } from '../../market/contract-month.js'
import type { DatasetColumns } from '../../market/dataset.js'
import type { Market, Product } from '../../market/market.js'
import { BLOOMBERG_FIELDS } from '../../market/ticker.js'
import type { Clock } from '../../runtime/clock.js'
import type { Store } from '../../store/types.js'
import { ingest, type IngestResult } from '../ingest.js'
import { failedSeries, type SeriesFailure } from '../series/outcome.js'
import type { Bloomberg } from './bloomberg.js'
import { fetchIntraday, type FetchedIntraday } from './fetch-intraday.js'
import { contractFacts, REFERENCE_FIELDS, type ContractFacts } from './contract-facts.js'
import { BAR_FIELDS, CONTRACT_FIELD, CURVE_FIELDS, mapBars, mapCurves, type TickerHistory } from './map.js'
import { BLOOMBERG_SOURCE, type PlannedFetch } from './plan-fetch.js'
import { surprise, textOf, type SecurityHistory } from './schema.js'

export interface FetchBloombergOptions {
  readonly bloomberg: Bloomberg
  readonly config: BloombergConfig
  readonly planned: readonly PlannedFetch[]
  /** Curves by generic ticker (one request) or by the contracts of the chain. */
  readonly by: 'rank' | 'chain'
  readonly intervalMinutes: number
  readonly market: Market
  readonly store: Store
  readonly strict: boolean
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly warn: (code: string, message: string) => void
  readonly onDone: (planned: PlannedFetch) => void
}

export interface FetchedDataset extends Pick<
  IngestResult,
  'kind' | 'name' | 'added' | 'revised' | 'dropped' | 'rows' | 'first' | 'last' | 'sha256'
> {
  readonly unit: string
  /** Tickers that answered with values. */
  readonly tickers: number
}

export interface FetchedFromBloomberg {
  readonly datasets: readonly FetchedDataset[]
  readonly intraday: readonly FetchedIntraday[]
  readonly reference: readonly ContractFacts[]
}

/** After one of these the next product would meet the same. */
const OUTAGES = new Set([
  'UNREACHABLE',
  'TIMEOUT',
  'BLOOMBERG_BRIDGE',
  'BLOOMBERG_CERTIFICATE',
  'BLOOMBERG_HTTP_STATUS',
  'BLOOMBERG_LIMIT',
  'BLOOMBERG_NO_BLPAPI',
  'BLOOMBERG_RATE_LIMITED',
  'BLOOMBERG_UNAVAILABLE',
])

/**
 * Fetches product by product and stores each as soon as it is there: what failed is named at the end, what arrived
 * stays, and the next run begins where this one ended. Nothing is ever put in the place of what Bloomberg did not give.
 */
export async function fetchBloomberg(options: FetchBloombergOptions): Promise<FetchedFromBloomberg> {
  const { planned, signal } = options
  const datasets: FetchedDataset[] = []
  const intraday: FetchedIntraday[] = []
  const reference: ContractFacts[] = []
  const failures: SeriesFailure[] = []
  let outage: ContangoError | null = null
  for (const one of planned) {
    signal.throwIfAborted()
    try {
      if (outage !== null) throw outage
      if (one.what === 'reference') reference.push(...(await fetchReference(one, options)))
      else if (one.what === 'intraday') intraday.push(...(await intradayBars(one, options)))
      else datasets.push(await fetchDataset(one, options))
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ContangoError) || !['source', 'refused', 'noData'].includes(error.kind)) throw error
      if (OUTAGES.has(error.code)) outage = error
      failures.push({ series: `${one.product} ${one.what}`, error })
    }
    options.onDone(one)
  }
  if (failures.length > 0) {
    const stored = datasets.map(({ kind, name }) => `${name} ${kind}`)
    throw failedSeries('bloomberg', failures, stored)
  }
  return { datasets, intraday, reference }
}

async function fetchDataset(planned: PlannedFetch, options: FetchBloombergOptions): Promise<FetchedDataset> {
  const { market, store, strict, signal, warn } = options
  const { columns, tickers } =
    planned.what === 'bars' ? await fetchBars(planned, options) : await fetchCurves(planned, options)
  const [result] = await ingest({ store, market, strict, warn, signal }, [
    { columns, source: BLOOMBERG_SOURCE, simulated: false },
  ])
  const { kind, name, added, revised, dropped, rows, first, last, sha256 } = result
  return { kind, name, unit: columns.unit, tickers, added, revised, dropped, rows, first, last, sha256 }
}

interface Fetched {
  readonly columns: DatasetColumns
  readonly tickers: number
}

function mapContext(product: Product, { market, config, clock }: FetchBloombergOptions) {
  return { market, product, factor: config.priceFactors[product] ?? 1, nowMs: clock.nowMs() }
}

async function fetchBars(
  { product, tickers, from, to }: PlannedFetch,
  options: FetchBloombergOptions,
): Promise<Fetched> {
  const answers = await options.bloomberg.historical({ securities: tickers, fields: BAR_FIELDS, from, to })
  const [history] = usable(product, answers, options.warn)
  const columns = mapBars(history, mapContext(product, options))
  if (columns.sessionDay.length === 0) throw noRows(product, from, to)
  return { columns, tickers: 1 }
}

async function fetchCurves(planned: PlannedFetch, options: FetchBloombergOptions): Promise<Fetched> {
  const { product, from, to } = planned
  const histories =
    options.by === 'chain' ? await historiesByChain(planned, options) : await historiesByRank(planned, options)
  const { columns, withoutPrice, withoutContract } = mapCurves(histories, mapContext(product, options))
  if (withoutContract > 0) {
    options.warn(
      'BLOOMBERG_NO_CONTRACT',
      `${withoutContract} rows of ${product} do not say which contract they are (${CONTRACT_FIELD}): not stored; --by chain asks for the contracts themselves`,
    )
  }
  if (columns.day.length === 0 && withoutPrice + withoutContract === 0) throw noRows(product, from, to)
  return { columns, tickers: histories.length }
}

async function historiesByRank(
  { product, tickers, from, to }: PlannedFetch,
  { bloomberg, warn }: FetchBloombergOptions,
): Promise<TickerHistory[]> {
  const fields = [...CURVE_FIELDS, CONTRACT_FIELD]
  const answers = await bloomberg.historical({ securities: tickers, fields, from, to })
  return usable(product, answers, warn).map((history) => ({ history, month: null }))
}

/** The contracts that traded in the window, as Bloomberg lists them, each with its own history. */
async function historiesByChain(
  { product, tickers, from, to }: PlannedFetch,
  { bloomberg, market, warn }: FetchBloombergOptions,
): Promise<TickerHistory[]> {
  const chain = await bloomberg.futuresChain(tickers[0], true)
  const { lastTradingDay } = BLOOMBERG_FIELDS
  const facts = await bloomberg.reference(chain, [lastTradingDay])
  const furthest = addMonths(market.monthAtRank(product, to, 1), tickers.length)
  const contracts = facts.flatMap(({ security, values, error }) => {
    const text = textOf(values, lastTradingDay, security)
    const last = text === null ? null : dayFromIso(text.slice(0, 10))
    if (error !== null || last === null) return []
    const read = readContractCode(market, security.split(/\s+/)[0], last)
    if ('reason' in read) throw surprise('FUT_CHAIN', read.reason)
    return last >= from && read.month < furthest ? [{ security, month: read.month }] : []
  })
  if (contracts.length === 0) throw noRows(product, from, to)
  const answers = await bloomberg.historical({
    securities: contracts.map(({ security }) => security),
    fields: CURVE_FIELDS,
    from,
    to,
  })
  const monthOf = new Map(contracts.map(({ security, month }) => [security, month]))
  return usable(product, answers, warn).map((history) => ({ history, month: monthOf.get(history.security)! }))
}

function intradayBars(planned: PlannedFetch, options: FetchBloombergOptions): Promise<FetchedIntraday[]> {
  const { bloomberg, intervalMinutes } = options
  const { market, product, factor, nowMs } = mapContext(planned.product, options)
  const { unit } = market.instrument(product)
  return fetchIntraday(planned, { bloomberg, ingestion: options, intervalMinutes, factor, unit, nowMs })
}

async function fetchReference(
  { product, tickers }: PlannedFetch,
  { bloomberg, market, config, warn }: FetchBloombergOptions,
): Promise<ContractFacts[]> {
  const answers = usable(product, await bloomberg.reference(tickers, REFERENCE_FIELDS), warn)
  const facts = answers.map((one) => contractFacts(market, product, one, config.priceFactors[product] ?? 1))
  for (const { ticker, differs } of facts) {
    if (differs.length > 0) warn('BLOOMBERG_DIFFERS', `${ticker}: Bloomberg says ${differs.join('; ')}`)
  }
  return facts
}

/** The answers that are not a refusal; the refused ones and the fields without values are warned of. */
function usable<T extends Pick<SecurityHistory, 'security' | 'error' | 'fieldErrors'>>(
  product: Product,
  answers: readonly T[],
  warn: FetchBloombergOptions['warn'],
): T[] {
  const refused = answers.filter(({ error }) => error !== null)
  if (refused.length === answers.length) {
    throw new ContangoError(
      'source',
      'BLOOMBERG_SECURITY',
      `Bloomberg refuses ${refused[0].security}: ${refused[0].error}`,
      'check the root in config/instruments.yaml and what the licence covers',
      { product, refused: refused.map(({ security, error }) => ({ security, error })) },
    )
  }
  if (refused.length > 0) {
    const names = refused.map(({ security }) => security).join(', ')
    warn('BLOOMBERG_SECURITY', `Bloomberg has nothing of ${names}: ${refused[0].error}`)
  }
  const fields = new Map<string, string>()
  for (const { fieldErrors } of answers) for (const { field, message } of fieldErrors) fields.set(field, message)
  for (const [field, message] of fields) warn('BLOOMBERG_FIELD', `${field} of ${product}: ${message}`)
  return answers.filter(({ error }) => error === null)
}

function noRows(product: Product, from: EpochDay, to: EpochDay): ContangoError {
  return new ContangoError(
    'noData',
    'BLOOMBERG_NO_ROWS',
    `Bloomberg has no rows of ${product} in the ${to - from + 1} days asked for`,
    'widen --from and --to',
    { product },
  )
}
