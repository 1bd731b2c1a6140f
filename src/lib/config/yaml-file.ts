import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, statSync } from 'node:fs'
import type { Loaded } from './loaded.js'
import { parseYaml, type ParsedYaml } from './parse-yaml.js'
import { parsedBuiltIn } from './parsed-built-in.js'
import { yamlPosition, type Position, type YamlPath } from './yaml-position.js'

const MAX_BYTES = 1024 * 1024

/** A parsed YAML file that still knows where each value stands. */
export interface YamlFile {
  readonly label: string
  readonly sha256: string
  /** Plain objects, arrays and scalars; null for a file that holds nothing but comments. */
  readonly value: unknown
  /** Of the value at `path`, or of its key. */
  positionOf(path: YamlPath, part?: 'key' | 'value'): Position
}

type Bytes = { readonly bytes: Buffer } | { readonly problem: string } | null

function readBytes(path: string): Bytes {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return { problem: 'is not a file' }
    if (stat.size > MAX_BYTES) return { problem: `is larger than 1 MiB (${stat.size} bytes)` }
    return { bytes: readFileSync(path) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOTDIR') return null
    if (code !== 'ENOENT') return { problem: `cannot be read (${code})` }
    const isDangling = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
    return isDangling ? { problem: 'is a link to a file that does not exist' } : null
  }
}

/**
 * Reads and parses one YAML 1.2 file; null where there is none. Refused with the line: duplicate keys, several
 * documents, unknown tags, tabs as indentation, alias bombs, deep nesting, more than 1 MiB, bytes that are not UTF-8.
 * A file that is to the byte one that the build has parsed is not parsed again until someone asks for a position.
 * @param label how messages call the file
 */
export function readYamlFile(file: string, label: string): Loaded<YamlFile> | null {
  const read = readBytes(file)
  if (read === null) return null
  const fail = (message: string): Loaded<YamlFile> => ({
    ok: false,
    issues: [{ file: label, line: null, column: null, path: '', message }],
  })
  if ('problem' in read) return fail(read.problem)
  const sha256 = createHash('sha256').update(read.bytes).digest('hex')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)
  } catch {
    return fail('is not UTF-8 text')
  }
  const known = parsedBuiltIn[sha256]
  let parsed: Loaded<ParsedYaml> | null = null
  let value: unknown
  if (known === undefined) {
    parsed = parseYaml(text, label)
    if (!parsed.ok) return parsed
    value = parsed.value.value
  } else {
    value = JSON.parse(known)
  }
  return {
    ok: true,
    value: {
      label,
      sha256,
      value,
      positionOf(path, part = 'value') {
        parsed ??= parseYaml(text, label)
        return parsed.ok ? yamlPosition(parsed.value, path, part) : { line: 1, column: 1 }
      },
    },
  }
}
