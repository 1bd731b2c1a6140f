import type { Rng } from '../../kernel/rng.js'
import { drawBlocks, type BlockMethod } from './draw-blocks.js'
import { walkSteps, type EquitySteps, type SimulatePath } from './simulate-path.js'

/** Paths of equity out of blocks of a run's own bars. */
export function blockPaths(steps: EquitySteps, method: BlockMethod, block: number, rng: Rng): SimulatePath {
  const positions = new Int32Array(steps.values.length)
  return (equityUsd) => {
    drawBlocks(method, block, positions.length, rng, positions)
    return walkSteps(steps, positions, equityUsd)
  }
}
