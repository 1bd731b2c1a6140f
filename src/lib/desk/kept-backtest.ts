import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Context } from '../cli/context.js'
import type { InputRecord } from '../cli/inputs.js'
import type { BacktestData } from '../documents/backtest.js'
import { dayFromIso, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { findKeptRun, isKeptRunName, keptRunsFolder, RESULT_FILE } from '../store/kept-runs.js'

/** A back-test that was answered before, from the workspace or from a file. */
export interface KeptBacktest {
  /** null for a file. */
  readonly id: string | null
  /** Base name of a result file; null for a kept run. */
  readonly file: string | null
  readonly sha256: string
  readonly asOf: EpochDay | null
  readonly data: BacktestData
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: readonly InputRecord[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  readonly simulated: boolean
  /** Folder of the kept run; null for a file. */
  readonly folder: string | null
}

/** Where results are looked for; the workspace only where a kept run is named. */
export type KeptBacktestContext = Pick<Context, 'workspace' | 'resolveFile' | 'io'>

const SCHEMA = 'contango.backtest/1'

/** By `last`, the beginning of a kept run's id, or a result file (`-` is stdin). */
export async function keptBacktest(ctx: KeptBacktestContext, word: string): Promise<KeptBacktest> {
  const bytes = word === 'last' ? null : await resultFile(ctx, word)
  if (bytes !== null) {
    return parsedResult(bytes, { id: null, file: word === '-' ? 'stdin' : basename(word), folder: null })
  }
  if (!isKeptRunName(word)) {
    throw new ContangoError(
      'noData',
      'NO_RUN',
      `"${word}" is neither a result file nor the beginning of a kept run's id (4 to 12 hex digits)`,
      'contango backtest show last, or contango backtest show result.json',
      { run: word },
    )
  }
  const root = keptRunsFolder(ctx.workspace.dataDir)
  const id = await findKeptRun(root, word)
  const folder = join(root, id)
  return parsedResult(await readFile(join(folder, RESULT_FILE)), { id, file: null, folder })
}

/** null where there is no such file. */
async function resultFile({ resolveFile, io }: KeptBacktestContext, word: string): Promise<Uint8Array | null> {
  if (word === '-') {
    const blocks: Buffer[] = []
    for await (const block of io.stdin) blocks.push(Buffer.from(block))
    return Buffer.concat(blocks)
  }
  try {
    return await readFile(resolveFile(word))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null
    throw error
  }
}

function parsedResult(bytes: Uint8Array, where: Pick<KeptBacktest, 'id' | 'file' | 'folder'>): KeptBacktest {
  const name = where.file ?? `kept run ${where.id}`
  const document = parsed(Buffer.from(bytes).toString('utf8'))
  if (document === null || document['schema'] !== SCHEMA || !isResult(document['data'])) {
    const what = document === null ? 'not JSON' : `a document of ${String(document['schema'] ?? 'no schema')}`
    const why = document?.['schema'] === SCHEMA ? 'the document of an earlier version, or a damaged one' : what
    throw new ContangoError(
      'refused',
      'NOT_A_RESULT',
      `${name} is ${why}; a document of contango backtest is needed`,
      'contango backtest ma-crossover wti -o result.json',
      { file: where.file, run: where.id },
    )
  }
  const inputs = (document['inputs'] ?? []) as KeptBacktest['inputs']
  const asOf = document['asOf']
  return {
    ...where,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    asOf: typeof asOf === 'string' ? dayFromIso(asOf) : null,
    data: document['data'],
    params: (document['params'] ?? {}) as KeptBacktest['params'],
    inputs,
    warnings: ((document['warnings'] ?? []) as KeptBacktest['warnings']).filter(({ code }) => code !== 'SIMULATED'),
    simulated: inputs.some((input) => 'simulated' in input && input.simulated),
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** The parts that are read here; the rest is printed as it stands. */
function isResult(data: unknown): data is BacktestData {
  if (typeof data !== 'object' || data === null) return false
  const parts = data as Record<string, unknown>
  const isThere = (name: string): boolean => typeof parts[name] === 'object' && parts[name] !== null
  return PARTS.every(isThere) && 'equityByDay' in data && 'barsPerYear' in (parts['settings'] as object)
}

const PARTS = [
  ...['strategy', 'settings', 'instruments', 'sizing', 'equity', 'trades', 'fills', 'costs', 'attribution', 'metrics'],
  ...['conventions', 'monthly', 'yearly', 'rollingSharpe', 'regimes', 'sides', 'exits', 'tags', 'byInstrument'],
]
