import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter } from 'yaml'

export type YamlPath = readonly PropertyKey[]

/** Both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

interface YamlSource {
  readonly document: Document.Parsed
  readonly counter: LineCounter
}

/**
 * Where the value at `path` stands, or its key; the nearest thing above it where there is no such value. A mapping
 * or a list that starts on the next line stands at its key.
 */
export function yamlPosition({ document, counter }: YamlSource, path: YamlPath, part: 'key' | 'value'): Position {
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
