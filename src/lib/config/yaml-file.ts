import { createHash } from 'node:crypto'
import { closeSync, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import type { ConfigIssue } from './config-issue.js'
import type { Loaded } from './loaded.js'

const MAX_BYTES = 1024 * 1024

/** Deeper nesting than any honest file; far deeper, the YAML parser takes the whole process down with it. */
const MAX_DEPTH = 64

export type YamlPath = readonly PropertyKey[]

export interface Position {
  readonly line: number
  readonly column: number
}

/** A parsed YAML file that still knows where each value stands. */
export interface YamlFile {
  readonly label: string
  readonly sha256: string
  /** Plain objects, arrays and scalars; null for a file that holds nothing but comments. */
  readonly value: unknown
  /** Of the value at `path`, or of its key; the nearest thing above it where there is no such value. */
  positionOf(path: YamlPath, part?: 'key' | 'value'): Position
}

type Bytes = { readonly bytes: Buffer } | { readonly problem: string } | null

function readBytes(path: string): Bytes {
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch (error) {
    return openProblem(path, error)
  }
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) return { problem: 'is not a file' }
    if (stat.size > MAX_BYTES) return { problem: `is larger than 1 MiB (${stat.size} bytes)` }
    return { bytes: readFileSync(handle) }
  } finally {
    closeSync(handle)
  }
}

function openProblem(path: string, error: unknown): Bytes {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOTDIR') return null
  if (code !== 'ENOENT') return { problem: `cannot be read (${code})` }
  const isDangling = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  return isDangling ? { problem: 'is a link to a file that does not exist' } : null
}

/** First line that is nested too deeply, or null: brackets that stay open, or indentation. */
function tooDeepLine(text: string): number | null {
  let open = 0
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (/^[ ?:-]*/.exec(line)![0].length > 2 * MAX_DEPTH) return index + 1
    for (const char of line) {
      if (char === '[' || char === '{') open++
      else if ((char === ']' || char === '}') && open > 0) open--
    }
    if (open > MAX_DEPTH) return index + 1
  }
  return null
}

function parse(text: string, counter: LineCounter): Document.Parsed {
  return parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    stringKeys: true,
    strict: true,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: counter,
  })
}

function positionIn(document: Document.Parsed, counter: LineCounter, path: YamlPath, part: 'key' | 'value'): Position {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0] ?? 0
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) break
      const key = isScalar(pair.key) ? pair.key.range?.[0] : undefined
      node = pair.value
      const value = isScalar(node) || isAlias(node) || isSeq(node) || isMap(node) ? node.range?.[0] : undefined
      const isLast = depth === path.length - 1
      const isBlock = isMap(node) || isSeq(node)
      offset = (isLast && (part === 'key' || isBlock) ? key : (value ?? key)) ?? offset
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      if (!(isScalar(item) || isAlias(item) || isSeq(item) || isMap(item))) break
      node = item
      offset = item.range?.[0] ?? offset
    } else {
      break
    }
  }
  const { line, col } = counter.linePos(offset)
  return { line, column: col }
}

/**
 * Reads and parses one YAML 1.2 file; null where there is none. Refused with the line: duplicate keys, several
 * documents, unknown tags, tabs as indentation, alias bombs, deep nesting, more than 1 MiB, bytes that are not UTF-8.
 * @param label how messages call the file
 */
export function readYamlFile(path: string, label: string): Loaded<YamlFile> | null {
  const read = readBytes(path)
  if (read === null) return null
  const fail = (message: string, position?: Position): Loaded<YamlFile> => ({
    ok: false,
    issues: [{ file: label, line: position?.line ?? null, column: position?.column ?? null, path: '', message }],
  })
  if ('problem' in read) return fail(read.problem)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)
  } catch {
    return fail('is not UTF-8 text')
  }
  const deepLine = tooDeepLine(text)
  if (deepLine !== null) return fail(`is nested deeper than ${MAX_DEPTH} levels`, { line: deepLine, column: 1 })
  const counter = new LineCounter()
  const document = parse(text, counter)
  const problems = [...document.errors, ...document.warnings]
  if (problems.length > 0) return { ok: false, issues: problems.map((problem) => yamlIssue(label, problem, counter)) }
  const bad = badAlias(document)
  if (bad !== null) {
    const { line, col } = counter.linePos(bad.offset)
    return fail(bad.message, { line, column: col })
  }
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return fail('repeats aliases too often; write the values out')
    throw error
  }
  return {
    ok: true,
    value: {
      label,
      sha256: createHash('sha256').update(read.bytes).digest('hex'),
      value,
      positionOf: (at, part = 'value') => positionIn(document, counter, at, part),
    },
  }
}

/** An alias of nothing, or one inside the very value that it repeats. */
function badAlias(document: Document.Parsed): { readonly message: string; readonly offset: number } | null {
  const anchored = new Map<string, Node>()
  let bad: { message: string; offset: number } | null = null
  visit(document, {
    Node(_key, node, above) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchored.set(node.anchor, node)
        return undefined
      }
      const name = node.source
      const target = anchored.get(name)
      if (target !== undefined && !above.includes(target)) return undefined
      const message =
        target === undefined
          ? `*${name} repeats something that no &${name} above it names`
          : `*${name} stands inside the value that it repeats`
      bad = { message, offset: node.range?.[0] ?? 0 }
      return visit.BREAK
    },
  })
  return bad
}

const YAML_MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the key stands twice in this mapping',
  TAB_AS_INDENT: 'a tab cannot indent YAML; use spaces',
  MULTIPLE_DOCS: 'one document per file; take the --- away',
  NON_STRING_KEY: 'a key must be plain text',
}

function yamlIssue(
  file: string,
  problem: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  counter: LineCounter,
): ConfigIssue {
  const { line, col } = counter.linePos(problem.pos[0])
  return { file, line, column: col, path: '', message: YAML_MESSAGES[problem.code] ?? problem.message }
}
