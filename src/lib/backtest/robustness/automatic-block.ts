import { blockLengths } from './block-length.js'
import type { BlockMethod } from './draw-blocks.js'

/**
 * Block length for a figure of returns: the longer of the lengths for their mean and for the mean of their squares, because a
 * Sharpe ratio and a drawdown depend on both, and daily returns remember their size longer than their sign.
 */
export function automaticBlock(returns: Float64Array, method: BlockMethod): number {
  const sign = blockLengths(returns)
  const size = blockLengths(returns.map((value) => value * value))
  return method === 'stationary' ? Math.max(sign.stationary, size.stationary) : Math.max(sign.circular, size.circular)
}
