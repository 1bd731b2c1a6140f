/** The shock of one contract month: a change in the quote, a fraction of the price, or both. */
export interface ShockNode {
  readonly rank: number
  readonly usd?: number
  readonly fraction?: number
  /** Which is applied; the fraction where there is one. */
  readonly in?: 'usd' | 'fraction'
}

/** The shock of one product along its curve. */
export interface CurveShock {
  /** Ascending by rank. */
  readonly nodes: readonly ShockNode[]
  /** What a contract takes in its last business days, in place of the nodes. */
  readonly deliveryWindow?: { readonly businessDays: number; readonly usd: number }
}

/** What a shock falls on. */
export interface ShockedContract {
  readonly rank: number
  /** In the quote; may be zero or negative. */
  readonly price: number
  readonly businessDaysToExpiry: number
}

/**
 * Change of price in the quote: in the delivery window its own dollars; else linear in rank between the nodes and flat
 * beyond them, each node worth `usd`, or fraction × price. A fraction of a price at or below zero has no meaning: there
 * the node's dollars are applied.
 * @returns NaN where a node has only a fraction and the price is not above zero
 */
export function shockedChange({ nodes, deliveryWindow }: CurveShock, contract: ShockedContract): number {
  if (deliveryWindow && contract.businessDaysToExpiry <= deliveryWindow.businessDays) return deliveryWindow.usd
  const changes = nodes.map((node) => nodeChange(node, contract.price))
  const { rank } = contract
  const after = nodes.findIndex((node) => node.rank >= rank)
  if (after < 0) return changes[changes.length - 1]
  if (after === 0 || nodes[after].rank === rank) return changes[after]
  const near = nodes[after - 1].rank
  const weight = (rank - near) / (nodes[after].rank - near)
  return changes[after - 1] + weight * (changes[after] - changes[after - 1])
}

function nodeChange(node: ShockNode, price: number): number {
  const inUsd = node.in === 'usd' || node.fraction === undefined || !(price > 0)
  return inUsd ? (node.usd ?? Number.NaN) : node.fraction * price
}

/** A proxy's dollars in the quote of another product; fractions stay. */
export function scaledNodes(nodes: readonly ShockNode[], usdFactor: number): ShockNode[] {
  return nodes.map((node) => (node.usd === undefined ? node : { ...node, usd: node.usd * usdFactor }))
}

/**
 * A shock of rank 1 alone drawn out along the curve as `shape` decays: fraction(rank) = fraction(1) × shape(rank) ÷
 * shape(1). Null where the shape has no fractions at rank 1 and beyond, or turns sign at once.
 */
export function drawnOut({ nodes }: CurveShock, shape: CurveShock): CurveShock | null {
  const [front] = nodes
  const along = shape.nodes.filter(({ fraction, in: by }) => fraction !== undefined && by !== 'usd')
  const first = along[0]?.fraction
  if (nodes.length !== 1 || front.rank !== 1 || along.length < 2 || along[0].rank !== 1 || !first) return null
  return {
    nodes: along.map(({ rank, fraction }) => {
      const decay = (fraction ?? 0) / first
      return {
        rank,
        ...(front.usd === undefined ? {} : { usd: front.usd * decay }),
        ...(front.fraction === undefined ? {} : { fraction: front.fraction * decay }),
      }
    }),
  }
}
