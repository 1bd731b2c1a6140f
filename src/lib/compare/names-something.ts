import type { PathPattern } from './path-pattern.js'
import { matchesPath } from './path-pattern.js'
import type { Step } from './path.js'
import { namingMembers, type Members } from './element-keys.js'

/** Which of the patterns name a place in the value at all: a slip in a path would otherwise go unnoticed. */
export function patternsThatName(value: unknown, patterns: readonly PathPattern[]): Set<PathPattern> {
  const found = new Set<PathPattern>()
  const path: Step[] = []
  const visit = (here: unknown): void => {
    if (found.size === patterns.length) return
    for (const pattern of patterns) if (!found.has(pattern) && matchesPath(pattern, path)) found.add(pattern)
    if (Array.isArray(here)) {
      const elements = here as readonly unknown[]
      const named = elements.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
      const names = named ? (namingMembers(elements as Members[], []) ?? []) : []
      for (const [index, element] of elements.entries()) {
        const keys = names.map((name) => [name, String((element as Members)[name])] as const)
        path.push({ kind: 'element', index, keys })
        visit(element)
        path.pop()
      }
    } else if (typeof here === 'object' && here !== null) {
      for (const [name, member] of Object.entries(here)) {
        path.push({ kind: 'member', name })
        visit(member)
        path.pop()
      }
    }
  }
  visit(value)
  return found
}
