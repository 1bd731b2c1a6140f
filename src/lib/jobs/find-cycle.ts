/**
 * A way round in a graph, each node before the one that it needs and the first again at the end; null where there is none.
 * @param needs for each node those that it needs
 */
export function findCycle(needs: ReadonlyMap<string, readonly string[]>): string[] | null {
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (node: string): string[] | null => {
    if (state.get(node) === 'done') return null
    if (state.get(node) === 'open') return [...path.slice(path.indexOf(node)), node]
    state.set(node, 'open')
    path.push(node)
    for (const need of needs.get(node) ?? []) {
      const cycle = visit(need)
      if (cycle) return cycle
    }
    path.pop()
    state.set(node, 'done')
    return null
  }
  for (const node of needs.keys()) {
    const cycle = visit(node)
    if (cycle) return cycle
  }
  return null
}

/** For each node all that it needs, directly or through others; the graph has no cycle. */
export function allNeeds(needs: ReadonlyMap<string, readonly string[]>): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>()
  const collect = (node: string): ReadonlySet<string> => {
    const known = found.get(node)
    if (known) return known
    const all = new Set<string>()
    for (const need of needs.get(node) ?? []) {
      all.add(need)
      for (const further of collect(need)) all.add(further)
    }
    found.set(node, all)
    return all
  }
  for (const node of needs.keys()) collect(node)
  return found
}
