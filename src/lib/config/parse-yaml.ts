import { isAlias, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import type { ConfigIssue } from './config-issue.js'
import type { Loaded } from './loaded.js'
import type { Position } from './yaml-position.js'

/** Deeper nesting than any honest file; far deeper, the YAML parser takes the whole process down with it. */
const MAX_DEPTH = 64

export interface ParsedYaml {
  readonly document: Document.Parsed
  readonly counter: LineCounter
  /** Plain objects, arrays and scalars; null where there is nothing but comments. */
  readonly value: unknown
}

/** YAML 1.2 to plain values; every mistake with its line. */
export function parseYaml(text: string, label: string): Loaded<ParsedYaml> {
  const fail = (message: string, position?: Position): Loaded<ParsedYaml> => ({
    ok: false,
    issues: [{ file: label, line: position?.line ?? null, column: position?.column ?? null, path: '', message }],
  })
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
  try {
    return { ok: true, value: { document, counter, value: document.toJS() } }
  } catch (error) {
    if (error instanceof ReferenceError) return fail('repeats aliases too often; write the values out')
    throw error
  }
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
