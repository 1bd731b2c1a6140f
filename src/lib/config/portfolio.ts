import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { ContangoError } from '../kernel/errors.js'
import { badConfig, type ConfigIssue } from './config-issue.js'
import type { ConfigFile } from './config.js'
import type { ConfigFolders } from './load-section.js'
import type { Loaded } from './loaded.js'
import { portfolioCsv } from './portfolio-csv.js'
import { PortfolioSchema, type PortfolioInput } from './portfolio-schema.js'
import { plainMessage, validateYaml } from './validate-yaml.js'
import { readYamlFile } from './yaml-file.js'

/** One line of a book as it is written: nothing of it has been looked up in the market yet. */
export interface BookLine {
  /** Where it stands, for messages: `config/portfolios/desk.yaml:12`. */
  readonly place: string
  /** `CLZ26`, `CL1`, or what `product` and `rank` say. */
  readonly contract: string | null
  readonly product: string | null
  readonly rank: number | null
  readonly lots: number
  readonly entryPrice: number | null
  readonly strategy: string
  readonly spread: string | null
  readonly type: string | null
  readonly strike: number | null
}

export interface BookFile {
  /** File name without its ending. */
  readonly name: string
  readonly title: string
  /** null where the book does not say. */
  readonly capitalUsd: number | null
  readonly lines: readonly BookLine[]
  readonly file: ConfigFile
}

const FOLDER = 'portfolios'
const ENDINGS = ['.yaml', '.yml', '.json', '.csv']
const MAX_CSV_BYTES = 1024 * 1024

/** A name has neither a folder nor an ending; everything else is a file of the user's. */
export function isBookName(reference: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(reference) && !ENDINGS.includes(extname(reference).toLowerCase())
}

/**
 * Reads a book by name from `config/portfolios/` (the workspace's before the built-in one) or from a file.
 * @throws usage UNKNOWN_BOOK or NO_SUCH_FILE, config BAD_CONFIG with every mistake
 */
export function readBook(reference: string, folders: ConfigFolders, resolveFile: (file: string) => string): BookFile {
  const found = isBookName(reference) ? bookNamed(reference, folders) : bookFile(resolveFile(reference))
  const read = extname(found.path).toLowerCase() === '.csv' ? fromCsv(found) : fromYaml(found)
  if (!read.ok) throw badConfig(read.issues, 'docs/risk-book.md shows how a book is written')
  const name = basename(found.path, extname(found.path))
  const { input, places, sha256 } = read.value
  return {
    name,
    title: input.title ?? name,
    capitalUsd: input.capitalUsd ?? null,
    lines: linesOf(input, places),
    file: { file: found.label, sha256, origin: found.origin },
  }
}

interface Found {
  readonly path: string
  readonly label: string
  readonly origin: ConfigFile['origin']
}

function bookNamed(name: string, { workspaceDir, builtInDir }: ConfigFolders): Found {
  const places = [
    ...(workspaceDir === null ? [] : [{ dir: workspaceDir, origin: 'workspace' as const }]),
    ...(workspaceDir === builtInDir ? [] : [{ dir: builtInDir, origin: 'built-in' as const }]),
  ]
  const names = new Set<string>()
  for (const { dir, origin } of places) {
    const files = filesIn(join(dir, FOLDER))
    const file = ENDINGS.map((ending) => `${name}${ending}`).find((candidate) => files.includes(candidate))
    if (file !== undefined) return { path: join(dir, FOLDER, file), label: `config/${FOLDER}/${file}`, origin }
    for (const other of files) names.add(basename(other, extname(other)))
  }
  const known = [...names].sort()
  throw new ContangoError(
    'usage',
    'UNKNOWN_BOOK',
    `there is no book "${name}" in config/${FOLDER}`,
    `${known.length > 0 ? `one of ${known.join(', ')}` : `write config/${FOLDER}/${name}.yaml`}, or --book FILE`,
    { book: name, books: known },
  )
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.') && ENDINGS.includes(extname(name).toLowerCase()))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function bookFile(path: string): Found {
  const label = basename(path)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new ContangoError(
      'usage',
      'NO_SUCH_FILE',
      `there is no file "${label}"`,
      '--book NAME of config/portfolios, or a .yaml, .json or .csv file',
      { file: label },
    )
  }
  if (!ENDINGS.includes(extname(path).toLowerCase())) {
    throw new ContangoError('usage', 'NOT_A_BOOK', `"${label}" is not .yaml, .json or .csv`, '--book book.yaml', {
      file: label,
    })
  }
  return { path, label, origin: 'user' }
}

interface Written {
  readonly input: PortfolioInput
  readonly places: (position: number, leg: number | null) => string
  readonly sha256: string
}

/** JSON is YAML: the same parser, so that a mistake has its line in both. */
function fromYaml({ path, label }: Found): Loaded<Written> {
  const read = readYamlFile(path, label)
  if (read === null) return { ok: false, issues: [whole(label, 'does not exist')] }
  if (!read.ok) return read
  const checked = validateYaml(read.value, PortfolioSchema)
  if (!checked.ok) return checked
  const places = (position: number, leg: number | null): string => {
    const where = leg === null ? ['positions', position] : ['positions', position, 'legs', leg]
    return `${label}:${read.value.positionOf(where).line}`
  }
  return { ok: true, value: { input: checked.value, places, sha256: read.value.sha256 } }
}

function fromCsv({ path, label }: Found): Loaded<Written> {
  const bytes = readFileSync(path)
  if (bytes.length > MAX_CSV_BYTES) return { ok: false, issues: [whole(label, 'is larger than 1 MiB')] }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, issues: [whole(label, 'is not UTF-8 text')] }
  }
  const parsed = portfolioCsv(text)
  if (!parsed.ok) return { ok: false, issues: [{ ...whole(label, parsed.message), line: parsed.line }] }
  const { value, lines } = parsed
  const checked = PortfolioSchema.safeParse(value, { jitless: true })
  if (checked.success) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { ok: true, value: { input: checked.data, places: (position) => `${label}:${lines[position]}`, sha256 } }
  }
  return {
    ok: false,
    issues: checked.error.issues.map((issue) => {
      const [, position, column] = issue.path
      const line = typeof position === 'number' ? (lines[position] ?? null) : null
      const message =
        issue.code === 'unrecognized_keys' ? `unknown column ${issue.keys.join(', ')}` : plainMessage(issue)
      return { ...whole(label, message), line, path: column === undefined ? '' : String(column) }
    }),
  }
}

function whole(file: string, message: string): ConfigIssue {
  return { file, line: null, column: null, path: '', message }
}

/** Spreads become their legs: the lots beside a spread multiply those of its legs. */
function linesOf(input: PortfolioInput, places: Written['places']): BookLine[] {
  return input.positions.flatMap((entry, i) => {
    const shared = { strategy: entry.strategy ?? 'unassigned', spread: entry.spread ?? null }
    const lineOf = (leg: Omit<typeof entry, 'legs'>, lots: number, place: string): BookLine => ({
      place,
      contract: leg.contract ?? null,
      product: leg.product ?? null,
      rank: leg.rank ?? null,
      lots,
      entryPrice: leg.entryPrice ?? null,
      type: leg.type ?? entry.type ?? null,
      strike: leg.strike ?? entry.strike ?? null,
      ...shared,
    })
    if (entry.legs === undefined) return [lineOf(entry, entry.lots ?? 0, places(i, null))]
    const times = entry.lots ?? 1
    return entry.legs.map((leg, k) => ({
      ...lineOf(leg, times * leg.lots, places(i, k)),
      spread: entry.spread ?? `spread ${i + 1}`,
    }))
  })
}
