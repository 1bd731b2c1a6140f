import type { BookLiquidity, CurvePca, KeyTenor, SpreadVar, VarCurveData } from '../documents/var-curve.js'
import { isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { sampleSd } from '../kernel/moments.js'
import { isoFromMonth } from '../market/contract-month.js'
import { rowOfMonth } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import { changeReturns } from '../risk/changes-pnl.js'
import { factorExposures } from '../risk/curve/factor-exposure.js'
import { bucketDeltas, contractDeltas } from '../risk/curve/key-tenor-deltas.js'
import { legCorrelation } from '../risk/curve/leg-correlation.js'
import { principalComponents, signChanges, type ComponentBasis } from '../risk/curve/principal-components.js'
import { spreadRisk } from '../risk/curve/spread-risk.js'
import { liquidityAdjusted, type LiquidContract } from '../risk/liquidity/liquidity-adjusted.js'
import { RISK_DEFAULTS } from '../risk/methods/risk-method.js'
import { totalPnl } from '../risk/pnl-matrix.js'
import { bookPnl, notionalUsd, type Book, type BookContext, type BookPnl, type ValuedPosition } from './book-on.js'
import { lastSettledIndex, loadCurve } from './load-curve.js'

export interface VarCurveRequest {
  readonly confidence: number
  readonly window: number
  readonly zeroMean: boolean
  /** Ranks of the components, at the least; as many more as the book holds. */
  readonly ranks: number
  readonly mode: 'diff' | 'log'
  readonly basis: ComponentBasis
}

const FACTORS = ['level', 'slope', 'curvature']
const MIN_OBSERVATIONS = 30
const CORRELATION_WINDOW = 60

const HORIZON_BASIS =
  'sold evenly over whole days T, days independent: deviations of one contract × √((1 + T)(1 + 2T) ÷ (6T)); formula from ' +
  'memory, without a source at hand, checked to equal √Σ(i ÷ T)², i = 1 … T'

/** Level, slope and curvature, key tenors, spreads and liquidity: what a book risks along its curves. */
export async function varCurveOn(ctx: BookContext, book: Book, request: VarCurveRequest): Promise<VarCurveData> {
  const reasons: Record<string, string> = {}
  const unitOf = (product: Product): ReturnType<typeof unit> => unit(ctx, product)
  const products = [...new Set(book.positions.map(({ product }) => product))]
  const pca: CurvePca[] = []
  for (const product of products) {
    const found = await orReason(() => pcaOf(ctx, book, product, request))
    if (typeof found === 'string') reasons[`pca ${product}`] = found
    else pca.push(found)
  }
  const spreads: SpreadVar[] = []
  for (const legs of spreadsOf(book)) {
    const found = await orReason(() => spreadOf(ctx, book, legs, request))
    if (typeof found === 'string') reasons[`spread ${legs[0].spread}`] = found
    else spreads.push(found)
  }
  if (book.positions.every(({ spread }) => spread === null)) reasons['spreads'] = 'the book holds none'
  const liquidity = await orReason(() => liquidityOf(ctx, book, request))
  if (typeof liquidity === 'string') reasons['liquidity'] = liquidity
  return {
    book: book.name,
    title: book.title,
    date: isoFromDay(book.asOf),
    confidence: request.confidence,
    window: request.window,
    zeroMean: request.zeroMean,
    pca: { mode: request.mode, basis: request.basis, products: pca },
    keyTenors: contractDeltas(book.positions, unitOf).map(({ contract, month, rank, bucket, ...rest }): KeyTenor => ({
      ...rest,
      contract: contract ?? '',
      deliveryMonth: isoFromMonth(month ?? 0),
      rank: rank ?? 0,
      tenor: bucket,
      unit: unitOf(rest.product),
    })),
    tenorBuckets: bucketDeltas(book.positions, unitOf).map(
      ({ product, bucket, lots, usdPerPoint, usdPerUsdBbl, usdPerPercent }) => ({
        product,
        tenor: bucket,
        lots,
        usdPerPoint,
        usdPerUsdBbl,
        usdPerPercent,
      }),
    ),
    spreads,
    liquidity: typeof liquidity === 'string' ? null : liquidity,
    stalePositions: [...book.stalePositions],
    reasons,
  }
}

function unit(ctx: BookContext, product: Product): BookUnit {
  return ctx.market.instrument(product).unit
}
type BookUnit = ReturnType<BookContext['market']['instrument']>['unit']

/** A part that cannot be had leaves its reason; what is wrong with the question itself is thrown. */
async function orReason<T>(part: () => Promise<T>): Promise<T | string> {
  try {
    return await part()
  } catch (error) {
    if (error instanceof ContangoError && ['noData', 'numeric'].includes(error.kind)) return error.message
    throw error
  }
}

function enough(pnl: BookPnl, what: string): void {
  const { length } = pnl.matrix.days
  if (length >= MIN_OBSERVATIONS) return
  throw new ContangoError(
    'noData',
    'TOO_FEW_CHANGES',
    `${what}: ${length} price changes in common, ${MIN_OBSERVATIONS} are needed`,
    'a longer --window, or more history: contango data ls',
  )
}

/** One lot and a multiplier of one at every rank, so that its P&L is the price change of the contract that held it. */
async function ranksOf(ctx: BookContext, book: Book, product: Product, ranks: number): Promise<ValuedPosition[]> {
  const { asOf } = book
  const { index } = await loadCurve(ctx, product, { asOf, from: asOf - ctx.config.analytics.maxStaleDays })
  const at = lastSettledIndex(ctx, index, asOf)
  const settled: ValuedPosition[] = []
  for (let rank = 1; at !== null && rank <= ranks; rank++) {
    const month = ctx.market.monthAtRank(product, asOf, rank)
    const row = rowOfMonth(index, at, month)
    if (row < 0) continue
    const contract = ctx.market.contractCode(product, month)
    settled.push({
      ...{ id: contract, product, contract, month, rank, lots: 1, multiplier: 1 },
      ...{ strategy: '', spread: null, entryPrice: null },
      settlement: index.columns.settlement[row],
      settlementDay: index.days[at],
    })
  }
  // a far rank that did not settle ends the curve; what is nearer has no gap
  const gap = settled.findIndex(({ rank }, k) => rank !== k + 1)
  return gap < 0 ? settled : settled.slice(0, gap)
}

async function pcaOf(ctx: BookContext, book: Book, product: Product, request: VarCurveRequest): Promise<CurvePca> {
  const held = book.positions.filter((position) => position.product === product)
  const wanted = Math.max(request.ranks, ...held.map(({ rank }) => rank))
  const curve = await ranksOf(ctx, book, product, wanted)
  const name = `${product} ranks 1 to ${curve.length}`
  const beyond = held.find(({ rank }) => rank > curve.length)
  if (beyond !== undefined || curve.length < 2) {
    throw new ContangoError(
      'noData',
      'CURVE_TOO_SHORT',
      beyond === undefined
        ? `${product}: only ${curve.length} contracts settled, and a curve has two at the least`
        : `${beyond.contract} is rank ${beyond.rank}, and of ${product} only ranks 1 to ${curve.length} settled`,
    )
  }
  const { window } = request
  const pnl = await bookPnl(ctx, { ...book, name, positions: curve }, { window, mode: 'diff', history: 'rank' })
  enough(pnl, name)
  const { changes, matrix } = pnl
  const moves = curve.map((position, k) =>
    changeReturns(position, changes, changes.settlement[k], changes.base[k], request.mode),
  )
  const components = principalComponents(moves, request.basis)
  const usdPerUnit = new Float64Array(curve.length)
  for (const position of held) {
    const price = request.mode === 'log' ? position.settlement : 1
    usdPerUnit[position.rank - 1] += position.lots * position.multiplier * price
  }
  const { usdPerSd, totalSdUsd } = factorExposures(components, usdPerUnit)
  const factors = components.slice(0, FACTORS.length)
  const explainedUsd = factors.reduce((sum, _, j) => sum + usdPerSd[j] ** 2, 0)
  const { days } = matrix
  return {
    product,
    name: ctx.market.instrument(product).name,
    unit: unit(ctx, product),
    ranks: curve.length,
    observations: days.length,
    from: isoFromDay(days[0]),
    to: isoFromDay(days[days.length - 1]),
    daysDropped: changes.dropped.length,
    factors: factors.map(({ explained, loadings, moveOfOneSd, scores }, j) => {
      const sd = sampleSd(scores)
      return {
        factor: FACTORS[j],
        explained,
        signChanges: signChanges(loadings),
        loadings: [...loadings],
        moveOfOneSd: [...moveOfOneSd],
        usdPerSd: usdPerSd[j],
        lastMoveSd: sd > 0 ? scores[scores.length - 1] / sd : null,
      }
    }),
    sdUsd: totalSdUsd,
    residualSdUsd: Math.sqrt(Math.max(0, totalSdUsd ** 2 - explainedUsd)),
  }
}

/** Positions that share a spread and a strategy, in the order of the book. */
function spreadsOf({ positions }: Book): ValuedPosition[][] {
  const legs = new Map<string, ValuedPosition[]>()
  for (const position of positions) {
    if (position.spread === null) continue
    const key = JSON.stringify([position.strategy, position.spread])
    legs.set(key, [...(legs.get(key) ?? []), position])
  }
  return [...legs.values()]
}

async function spreadOf(
  ctx: BookContext,
  book: Book,
  legs: readonly ValuedPosition[],
  { confidence, window, zeroMean }: VarCurveRequest,
): Promise<SpreadVar> {
  const spread = legs[0].spread ?? ''
  const pnl = await bookPnl(ctx, { ...book, name: spread, positions: legs }, { window, mode: 'diff', history: 'rank' })
  enough(pnl, spread)
  const { matrix, changes } = pnl
  const risk = spreadRisk(legs, matrix.pnlUsd, confidence, zeroMean)
  const { days } = matrix
  const moves = changes.settlement.map((prices, j) => prices.map((price, t) => price - changes.base[j][t]))
  const correlations = legs.flatMap((a, i) =>
    legs.slice(i + 1).flatMap((b, k) => {
      if (a.contract === b.contract) return []
      const settings = { lambda: RISK_DEFAULTS.ewmaLambda, window: CORRELATION_WINDOW }
      const found = legCorrelation(moves[i], moves[i + 1 + k], settings)
      return [
        {
          a: a.contract,
          b: b.contract,
          pearson: finite(found.pearson),
          low95: finite(found.low95),
          high95: finite(found.high95),
          spearman: finite(found.spearman),
          kendall: finite(found.kendall),
          ewma: finite(found.ewma),
          lowest60: finite(found.lowest),
        },
      ]
    }),
  )
  return {
    spread,
    strategy: legs[0].strategy,
    valueUsd: legs.reduce((sum, leg) => sum + notionalUsd(leg), 0),
    observations: days.length,
    from: isoFromDay(days[0]),
    to: isoFromDay(days[days.length - 1]),
    legs: legs.map(({ id, lots }, j) => ({
      position: id,
      lots,
      sdUsd: risk.legs[j].sdUsd,
      varUsd: risk.legs[j].varUsd,
    })),
    sdUsd: risk.sdUsd,
    varUsd: risk.varUsd,
    esUsd: risk.esUsd,
    historicalVarUsd: risk.historical.varUsd,
    historicalEsUsd: risk.historical.esUsd,
    undiversifiedUsd: risk.undiversifiedUsd,
    brokenVarUsd: risk.brokenVarUsd,
    brokenToVar: risk.varUsd > 0 ? risk.brokenVarUsd / risk.varUsd : null,
    correlations,
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

async function liquidityOf(ctx: BookContext, book: Book, request: VarCurveRequest): Promise<BookLiquidity> {
  const { participation, spreadDeviations, source, products } = ctx.config.liquidity
  const { window, confidence, zeroMean } = request
  const pnl = await bookPnl(ctx, book, { window, mode: 'diff', history: 'rank' })
  enough(pnl, book.name)
  const contracts = [...new Set(book.positions.map(({ contract }) => contract))].map((contract) => {
    const held = book.positions.flatMap((position, j) => (position.contract === contract ? [{ position, j }] : []))
    const { product, rank, multiplier } = held[0].position
    const tier = products[product]?.tiers.find(({ throughRank }) => rank <= throughRank)
    if (tier === undefined) {
      throw new ContangoError(
        'noData',
        'NO_LIQUIDITY',
        `config/liquidity.yaml says nothing of ${contract}: ${product} rank ${rank}`,
        `add a tier of ${product} to config/liquidity.yaml`,
      )
    }
    return {
      contract,
      lots: held.reduce((sum, { position }) => sum + position.lots, 0),
      multiplier,
      bidAsk: { mean: tier.spreadMean, sd: tier.spreadSd },
      dailyLots: tier.dailyLots,
      source: products[product]?.source ?? source,
      pnlUsd: totalPnl({ ...pnl.matrix, pnlUsd: held.map(({ j }) => pnl.matrix.pnlUsd[j]) }),
    } satisfies LiquidContract & { contract: string; source: string }
  })
  const adjusted = liquidityAdjusted(contracts, { confidence, zeroMean, participation, spreadDeviations })
  return {
    observations: pnl.matrix.days.length,
    participation,
    spreadDeviations,
    varUsd: adjusted.varUsd,
    costUsd: adjusted.costUsd,
    liquidityVarUsd: adjusted.liquidityVarUsd,
    horizonVarUsd: adjusted.horizonVarUsd,
    horizonBasis: HORIZON_BASIS,
    source,
    contracts: contracts.map(({ contract, lots, bidAsk, dailyLots, source: from }, j) => ({
      contract,
      lots,
      spreadMean: bidAsk.mean,
      spreadSd: bidAsk.sd,
      dailyLots,
      source: from,
      ...adjusted.contracts[j],
    })),
  }
}
