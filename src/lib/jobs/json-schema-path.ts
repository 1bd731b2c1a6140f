type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** False where no document of a JSON Schema can have anything at a path; true where some may. */
export function mayLeadSomewhere(root: unknown, path: readonly string[]): boolean {
  return isNode(root) && leads(root, root, path, 0)
}

function leads(root: Node, node: Node, path: readonly string[], depth: number): boolean {
  if (depth > 64) return true
  if (typeof node['$ref'] === 'string') {
    const target = referenced(root, node['$ref'])
    return target === null || leads(root, target, path, depth + 1)
  }
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => {
    const list = node[name]
    return Array.isArray(list) ? list.filter(isNode) : []
  })
  if (branches.length > 0) return branches.some((branch) => leads(root, branch, path, depth + 1))
  if (path.length === 0) return true
  const [segment, ...rest] = path
  const into = (next: unknown): boolean => !isNode(next) || leads(root, next, rest, depth + 1)
  switch (node['type']) {
    case 'object': {
      const properties = isNode(node['properties']) ? node['properties'] : {}
      if (Object.hasOwn(properties, segment)) return into(properties[segment])
      const others = node['additionalProperties']
      return others !== false && (isNode(others) ? into(others) : true)
    }
    case 'array':
      return /^\d+$/.test(segment) && into(node['items'])
    case undefined:
      return true
    default:
      return false
  }
}

function referenced(root: Node, reference: string): Node | null {
  let node: unknown = root
  for (const name of reference.replace(/^#\/?/, '').split('/')) {
    if (name !== '' && isNode(node)) node = node[name]
  }
  return isNode(node) ? node : null
}
