import type { CurveRisk } from '../documents/curve-risk.js'
import { contractMoves } from '../analytics/contract-moves.js'
import { mean, sampleSd } from '../kernel/moments.js'
import type { Product } from '../market/market.js'
import { CURVE_FACTORS, curvePca, factorExposureUsd } from '../risk/curve/curve-pca.js'
import { keyTenorDeltas } from '../risk/curve/key-tenors.js'
import { liquidationDays, liquidationFactor, spreadCost } from '../risk/curve/liquidity.js'
import { spreadVar } from '../risk/curve/spread-var.js'
import { normalTail } from '../risk/methods/normal.js'
import { totalPnl, type PnlMatrix } from '../risk/pnl-matrix.js'
import { inForce } from '../risk/portfolio/in-force.js'
import { notionalUsd, type Book, type BookContext, type ValuedPosition } from './book-on.js'
import { loadCurve } from './load-curve.js'

const TENORS = 12
const KEY_RANKS = [1, 2, 3, 6, 12, 24]

/** Level, slope and curvature, key-tenor deltas, VaR of each spread and liquidity: a book along its curves. */
export async function curveRiskOf(
  ctx: BookContext,
  book: Book,
  matrix: PnlMatrix,
  confidence: number,
): Promise<CurveRisk> {
  const products = [...new Set(book.positions.map(({ product }) => product))]
  const pca: CurveRisk['pca'] = []
  for (const product of products) {
    const found = await pcaOf(ctx, book, product, matrix.days)
    if (found !== null) pca.push(found)
  }
  const unconfigured = products.find((product) => ctx.config.liquidity.products[product] === undefined)
  return {
    confidence,
    pca,
    keyTenors: products.map((product) => keyTenorsOf(ctx, book, product)),
    spreads: spreadsOf(book, matrix, confidence),
    liquidity: unconfigured === undefined ? liquidityOf(ctx, book, matrix, confidence) : null,
    liquidityReason: unconfigured === undefined ? null : `config/liquidity.yaml has no ${unconfigured}`,
  }
}

/** Contract-true changes of ranks 1 to 12 on the days of the sample on which all of them have one. */
async function pcaOf(
  ctx: BookContext,
  book: Book,
  product: Product,
  days: Int32Array,
): Promise<CurveRisk['pca'][number] | null> {
  const { index } = await loadCurve(ctx, product, { asOf: book.asOf, from: days[0] - 15, maxRank: TENORS + 2 })
  const moves = Array.from({ length: TENORS }, (_, k) => contractMoves(index, k + 1))
  const rows: number[] = []
  for (let t = 0; t < index.days.length; t++) {
    if (index.days[t] >= days[0] && moves.every(({ settlement, base }) => !Number.isNaN(settlement[t] - base[t])))
      rows.push(t)
  }
  if (rows.length <= TENORS) return null
  const pca = curvePca(moves.map(({ settlement, base }) => Float64Array.from(rows, (t) => settlement[t] - base[t])))
  const ranks = Array.from({ length: TENORS }, (_, k) => k + 1)
  const held = book.positions.filter((position) => position.product === product)
  const deltas = keyTenorDeltas(
    held.map(({ rank, lots, multiplier }) => ({ rank, delta: lots * multiplier })),
    ranks,
  )
  return {
    product,
    observations: rows.length,
    tenors: TENORS,
    factors: CURVE_FACTORS.map((factor, k) => ({
      factor,
      explainedPercent: 100 * pca.explained[k],
      sdUsd: factorExposureUsd(pca, k, deltas),
      loadings: [...pca.loadings[k]],
    })),
  }
}

function keyTenorsOf(ctx: BookContext, { positions }: Book, product: Product): CurveRisk['keyTenors'][number] {
  const held = positions.filter((position) => position.product === product)
  const perPoint = keyTenorDeltas(
    held.map(({ rank, lots, multiplier }) => ({ rank, delta: lots * multiplier })),
    KEY_RANKS,
  )
  const perPercent = held.every(({ settlement }) => settlement > 0)
    ? keyTenorDeltas(
        held.map((position) => ({ rank: position.rank, delta: notionalUsd(position) / 100 })),
        KEY_RANKS,
      )
    : null
  return {
    product,
    unit: ctx.market.instrument(product).unit,
    deltas: KEY_RANKS.map((rank, i) => ({
      rank,
      usdPerPoint: perPoint[i],
      usdPerPercent: perPercent === null ? null : perPercent[i],
    })),
  }
}

function spreadsOf({ positions }: Book, { pnlUsd }: PnlMatrix, confidence: number): CurveRisk['spreads'] {
  const names = new Set(positions.flatMap(({ spread }) => (spread === null ? [] : [spread])))
  return [...names].map((spread) => {
    const legs = pnlUsd.filter((_, i) => positions[i].spread === spread)
    return { spread, legs: legs.length, ...spreadVar(legs, confidence) }
  })
}

function liquidityOf(
  ctx: BookContext,
  { positions, asOf }: Book,
  matrix: PnlMatrix,
  confidence: number,
): NonNullable<CurveRisk['liquidity']> {
  const { liquidity } = ctx.config
  const { participation, spreadMultiplier, source } = liquidity
  const rows = positions.map((position) => {
    const { product, rank, lots, multiplier } = position
    const depths = liquidity.products[product] ?? []
    const depth = depths.find(({ throughRank }) => rank <= throughRank) ?? depths[depths.length - 1]
    const tick = inForce(ctx.market.instrument(product).ticks, asOf)?.tick ?? 0
    const days = liquidationDays(contractLots(positions, position), depth.averageDailyLots, participation)
    return {
      position: position.id,
      days,
      factor: liquidationFactor(days),
      spreadCostUsd: spreadCost(
        lots,
        multiplier,
        depth.spreadMeanTicks * tick,
        depth.spreadSdTicks * tick,
        spreadMultiplier,
      ),
    }
  })
  const scaled = { ...matrix, pnlUsd: matrix.pnlUsd.map((pnl, i) => pnl.map((value) => value * rows[i].factor)) }
  const varOf = (one: PnlMatrix): number => {
    const total = totalPnl(one)
    return normalTail(mean(total), sampleSd(total), confidence).varUsd
  }
  const horizonVarUsd = varOf(scaled)
  const spreadCostUsd = rows.reduce((sum, row) => sum + row.spreadCostUsd, 0)
  return {
    varUsd: varOf(matrix),
    horizonVarUsd,
    spreadCostUsd,
    liquidityAdjustedVarUsd: horizonVarUsd + spreadCostUsd,
    positions: rows,
    source,
  }
}

/** Net lots of the contract over the whole book: only those have to be sold. */
function contractLots(positions: readonly ValuedPosition[], { contract }: ValuedPosition): number {
  return positions.reduce((sum, position) => (position.contract === contract ? sum + position.lots : sum), 0)
}
