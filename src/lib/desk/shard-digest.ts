import { createHash } from 'node:crypto'
import type { SweepResults } from '../optimize/sweep-cells.js'

/** sha256 of the cells of a shard: a byte that a disk or a network changed inside its columns is seen when shards are merged. */
export function shardDigest(keys: readonly string[], results: SweepResults): string {
  const hash = createHash('sha256').update(keys.join())
  for (const values of [results.metrics, results.foldScores, results.sums, results.squares]) {
    // What is undefined is null in a file: it has no bits of its own.
    const plain = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0.1 : value))
    hash.update(new Uint8Array(plain.buffer))
  }
  return hash.digest('hex')
}
