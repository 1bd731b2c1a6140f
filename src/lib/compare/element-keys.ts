/** Members that name an element of a list, the most telling first. */
const NAMING = [
  'id',
  'name',
  'series',
  'product',
  'contract',
  'position',
  'spread',
  'instrument',
  'strategy',
  'scenario',
  'signal',
  'step',
  'config',
  'code',
  'method',
  'kind',
  'source',
  'metric',
  'date',
  'day',
  'period',
  'fold',
  'year',
  'month',
  'rank',
  'confidence',
  'horizonDays',
  'horizon',
  'by',
  'group',
]

export type Members = Readonly<Record<string, unknown>>

/**
 * The members that tell the elements of two lists apart, as few as do: no two elements of one list share all their
 * values. Null where none do: elements then are what stands at the same place.
 * @param among members to use, in place of the usual ones
 */
export function namingMembers(
  older: readonly Members[],
  newer: readonly Members[],
  among: readonly string[] = NAMING,
): string[] | null {
  const isKey = (value: unknown): boolean =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const hasKey = (name: string) => (element: Members) => isKey(element[name])
  const chosen: string[] = []
  let distinct = 0
  for (const name of among) {
    if (!older.every(hasKey(name)) || !newer.every(hasKey(name))) continue
    const tried = [...chosen, name]
    const count = distinctOf(older, tried) + distinctOf(newer, tried)
    if (count <= distinct) continue
    chosen.push(name)
    distinct = count
    if (distinct === older.length + newer.length) return chosen
  }
  return null
}

export function keyOf(element: Members, names: readonly string[]): string {
  if (names.length === 1) return String(element[names[0]])
  return JSON.stringify(names.map((name) => element[name]))
}

function distinctOf(elements: readonly Members[], names: readonly string[]): number {
  return new Set(elements.map((element) => keyOf(element, names))).size
}
