import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { z } from 'zod'
import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import { ContangoError } from '../kernel/errors.js'
import { yieldNow } from '../runtime/yield-now.js'
import { openSweepStore, SWEEP_ENGINE, writeRecord } from './sweep-cells-on.js'
import { shardDigest } from './shard-digest.js'
import type { ShardFacts } from './sweep-shard.js'

const Facts: z.ZodType<ShardFacts> = z.object({
  engine: z.string(),
  identity: z.string().regex(/^[0-9a-f]{24}$/),
  shard: z.int().min(1),
  of: z.int().min(1),
  total: z.int().min(0),
  trains: z.int().min(0),
  blocks: z.int().min(0),
  sha256: z.string(),
  argv: z.array(z.string()),
})

interface ShardFile {
  readonly name: string
  readonly facts: ShardFacts
  readonly bytes: ArrayBuffer
}

/**
 * Puts the cells of all shards in `folder` into the cell store, and answers the words of the whole search.
 * Refuses what is of another search or there twice (refused) and says which shards are not there (noData); nothing is kept then.
 */
export async function mergeShards(
  folder: string,
  shownFolder: string,
  dataDir: string,
  signal: AbortSignal,
): Promise<{ argv: readonly string[]; total: number }> {
  const files = await shardFiles(folder, shownFolder, signal)
  const [first] = files
  const { identity, of, total, trains, blocks, argv } = first.facts
  if (first.facts.engine !== SWEEP_ENGINE) {
    throw refused(
      'SHARD_ENGINE',
      `${first.name} is of engine ${first.facts.engine}, this is ${SWEEP_ENGINE}`,
      'compute the shards again with this version of contango',
    )
  }
  const places = new Map<number, string>()
  for (const { name, facts } of files) {
    if (
      facts.identity !== identity ||
      facts.of !== of ||
      JSON.stringify({ ...facts, shard: 0, sha256: '' }) !== JSON.stringify({ ...first.facts, shard: 0, sha256: '' })
    )
      throw refused(
        'FOREIGN_SHARD',
        `${name} is a shard of another search than ${first.name}`,
        'one folder holds the shards of one search: the same words, prices and configuration',
      )
    const other = places.get(facts.shard)
    if (other !== undefined)
      throw refused(
        'DUPLICATE_SHARD',
        `${other} and ${name} are both shard ${facts.shard}/${of}`,
        'move one of them away',
      )
    places.set(facts.shard, name)
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((shard) => !places.has(shard))
  if (missing.length > 0) {
    throw new ContangoError(
      'noData',
      'MISSING_SHARDS',
      `${shownFolder} lacks ${missing.map((shard) => `${shard}/${of}`).join(', ')}`,
      `compute it with --shard ${missing[0]}/${of}`,
      { missing },
    )
  }
  const store = openSweepStore(dataDir, identity, { trains, blocks })
  try {
    const read: Awaited<ReturnType<typeof cellsIn>>[] = []
    for (const file of files) {
      await yieldNow(signal)
      read.push(await cellsIn(file))
    }
    for (const { keys, results } of read) {
      store.append(
        keys.flatMap((key, cell) =>
          store.has(key)
            ? []
            : [{ key, fill: (record: DataView) => writeRecord(record, { trains, blocks }, cell, results) }],
        ),
      )
    }
  } finally {
    store.close()
  }
  return { argv, total }
}

async function shardFiles(folder: string, shownFolder: string, signal: AbortSignal): Promise<ShardFile[]> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => /\.parquet$/i.test(name)).sort()
  } catch (error) {
    throw new ContangoError(
      'noData',
      'NO_SHARDS',
      `${shownFolder} cannot be read`,
      'give the folder of the shards',
      {},
      { cause: error },
    )
  }
  if (names.length === 0)
    throw new ContangoError(
      'noData',
      'NO_SHARDS',
      `${shownFolder} holds no .parquet file`,
      'contango optimize … --shard 1/4 --cells 1.parquet writes one',
    )
  const files: ShardFile[] = []
  for (const name of names) {
    await yieldNow(signal)
    const bytes = new Uint8Array(await readFile(join(folder, name))).buffer
    let told: string | undefined
    try {
      told = parquetMetadata(bytes).key_value_metadata?.find(({ key }) => key === 'contango.shard')?.value
    } catch (error) {
      throw damaged(name, error)
    }
    if (told === undefined)
      throw refused('FOREIGN_SHARD', `${name} is no shard of a search`, 'move it out of the folder')
    let said: unknown
    try {
      said = JSON.parse(told)
    } catch (error) {
      throw damaged(name, error)
    }
    const facts = Facts.safeParse(said)
    if (!facts.success) throw damaged(name, facts.error)
    files.push({ name, facts: facts.data, bytes })
  }
  return files
}

async function cellsIn({
  name,
  facts,
  bytes,
}: ShardFile): Promise<{ keys: string[]; results: Parameters<typeof writeRecord>[3] }> {
  const { shard, of, total, trains, blocks } = facts
  let rows: Record<string, unknown>[]
  try {
    rows = await parquetReadObjects({ file: bytes })
  } catch (error) {
    throw damaged(name, error)
  }
  const expected = Math.max(0, Math.ceil((total - shard + 1) / of))
  if (rows.length !== expected || rows.some((row, i) => row['cell'] !== shard - 1 + i * of))
    throw damaged(name, new Error(`${rows.length} cells instead of ${expected}`))
  const all = (names: readonly string[]): Float64Array =>
    Float64Array.from(
      rows.flatMap((row) => names.map((column) => (typeof row[column] === 'number' ? row[column] : Number.NaN))),
    )
  const numbered = (prefix: string, width: number): string[] =>
    Array.from({ length: width }, (_, i) => `${prefix}${i + 1}`)
  const keys = rows.map((row) => String(row['key']))
  const results = {
    metrics: all(LEAN_METRICS),
    foldScores: all(numbered('fold', trains)),
    sums: Float32Array.from(all(numbered('sum', blocks))),
    squares: Float32Array.from(all(numbered('square', blocks))),
  }
  if (shardDigest(keys, results) !== facts.sha256) throw damaged(name, new Error('its numbers have another checksum'))
  return { keys, results }
}

function damaged(name: string, cause: unknown): ContangoError {
  return new ContangoError(
    'refused',
    'SHARD_DAMAGED',
    `${name} is not a whole shard: ${cause instanceof Error ? cause.message.split('\n')[0] : 'unreadable'}`,
    'compute it again',
    { file: name },
    { cause },
  )
}

function refused(code: string, message: string, hint: string): ContangoError {
  return new ContangoError('refused', code, message, hint)
}
