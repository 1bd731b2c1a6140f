import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Command } from '@oclif/core'
import { isBookName } from '../config/portfolio.js'
import { namesAFile } from '../kernel/names-a-file.js'
import { isoFromDay } from '../kernel/day.js'
import { isoFromMonth } from '../market/contract-month.js'
import { argumentParamKind, flagParamKind, type ParamKind } from './flags.js'

/** Flags that change how an answer is shown or computed, or where it goes and what is written beside it, never what it says. */
const PRESENTATION = new Set([
  'format',
  'json',
  'output',
  'chart',
  'quiet',
  'verbose',
  'color',
  'home',
  'lock-wait-seconds',
  'threads',
  'jobs',
  'keep',
  'equity',
  'trades',
  'fills',
  'report',
  'charts',
  'panel',
  'cells',
  'store',
  'help',
])

interface Parsed {
  readonly flags: Readonly<Record<string, unknown>>
  readonly args: Readonly<Record<string, unknown>>
  readonly argv: readonly unknown[]
}

/** Every resolved flag and argument with its default, as the document's `params`: dates as ISO, files as name and sha256. */
export async function documentParams(
  command: typeof Command,
  parsed: Parsed,
  resolveFile: (file: string) => string,
  redact: (text: string) => string,
): Promise<Record<string, unknown>> {
  const params: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries({ ...command.baseFlags, ...command.flags })) {
    if (!PRESENTATION.has(name) && flagParamKind(definition) !== 'other-words')
      params[camelCase(name)] = await rendered(
        parsed.flags[name] ?? (definition.type === 'boolean' ? false : undefined),
        flagParamKind(definition),
        resolveFile,
        redact,
      )
  }
  for (const name of Object.keys(command.args)) {
    const value = command.strict ? parsed.args[name] : parsed.argv
    params[camelCase(name)] = await rendered(value, argumentParamKind(name), resolveFile, redact)
  }
  return params
}

export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

async function rendered(
  value: unknown,
  kind: ParamKind,
  resolveFile: (file: string) => string,
  redact: (text: string) => string,
): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => rendered(item, kind, resolveFile, redact)))
  if (value === undefined) return null
  if (kind === 'date' && typeof value === 'number') return isoFromDay(value)
  if (kind === 'month' && typeof value === 'number') return isoFromMonth(value)
  if (kind === 'book' && typeof value === 'string' && isBookName(value)) return value
  if (kind === 'strategy' && typeof value === 'string' && !namesAFile(value)) return redact(value)
  if (kind === 'run' && typeof value === 'string' && !(namesAFile(value) && !/\s/.test(value))) {
    // A strategy's own file is told by its name: where it lies is nobody's business.
    return redact(value.replace(/^\S+/, (first) => (namesAFile(first) ? basename(first) : first)))
  }
  if ((kind === 'file' || kind === 'book' || kind === 'strategy' || kind === 'run') && typeof value === 'string') {
    return { name: basename(value), sha256: value === '-' ? null : await sha256OfFile(resolveFile(value)) }
  }
  if (kind === 'folder' && typeof value === 'string') return { sha256: await sha256OfFolder(resolveFile(value)) }
  return typeof value === 'string' ? redact(value) : value
}

/** Of the names and fingerprints of the documents in a folder: the folder of a run has another name each time. */
async function sha256OfFolder(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for (const name of (await readdir(path)).filter((file) => file.endsWith('.json')).sort())
      hash.update(`${name}\0${await sha256OfFile(join(path, name))}\0`)
  } catch {
    return null
  }
  return hash.digest('hex')
}

/** Null where there is no such file (yet): a command that needs it has said so already. */
async function sha256OfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  } catch {
    return null
  }
  return hash.digest('hex')
}
