import { keyOf, namingMembers, type Members } from './element-keys.js'
import { pathText, type Step } from './path.js'
import { matchesPath, matchesPathOrParent, type PathPattern } from './path-pattern.js'
import { EXACT, isWithin, toleranceText, type PathTolerance, type Tolerance } from './tolerance.js'

/** changed: another value of the same type; type: null against a number, say; order: the same elements in another order. */
export type DifferenceKind = 'changed' | 'type' | 'added' | 'removed' | 'order'

export interface Difference {
  readonly path: string
  readonly kind: DifferenceKind
  /** Undefined where there was nothing, null where there was null. */
  readonly older: unknown
  readonly newer: unknown
  /** newer − older of two numbers. */
  readonly delta: number | null
  /** delta ÷ |older|; null where that has no meaning. */
  readonly relative: number | null
  /** What it was allowed. */
  readonly tolerance: string
}

export interface CompareOptions {
  /** Of numbers that no pattern names. */
  readonly tolerance: Tolerance
  /** The last one that names a path counts. */
  readonly tolerances: readonly PathTolerance[]
  /** Left out with everything in them. */
  readonly ignored: readonly PathPattern[]
  /** Compared alone with everything in them; empty compares all. */
  readonly only: readonly PathPattern[]
  /** Members that name the elements of a list, by the list's path. */
  readonly keys: readonly { readonly pattern: PathPattern; readonly names: readonly string[] }[]
}

export const COMPARE_ALL: CompareOptions = { tolerance: EXACT, tolerances: [], ignored: [], only: [], keys: [] }

export interface Comparison {
  readonly differences: Difference[]
  /** Values that were held against each other: numbers, texts, truths, nulls. */
  readonly values: number
  /** Numbers that differ within their tolerance. */
  readonly within: number
  /** Differences that were not to be looked at. */
  readonly ignored: number
}

/** Two JSON values, field by field; lists of named elements by their names, other lists by place. */
export function compareValues(older: unknown, newer: unknown, options: CompareOptions = COMPARE_ALL): Comparison {
  const walk = new Walk(options)
  walk.compare(older, newer)
  const { differences, values, within, ignored } = walk
  return { differences, values, within, ignored }
}

class Walk {
  readonly differences: Difference[] = []
  values = 0
  within = 0
  ignored = 0
  private readonly path: Step[] = []

  constructor(private readonly options: CompareOptions) {}

  compare(older: unknown, newer: unknown): void {
    if (Array.isArray(older) && Array.isArray(newer)) this.compareLists(older, newer)
    else if (isMembers(older) && isMembers(newer)) this.compareMembers(older, newer)
    else {
      this.values++
      if (!Object.is(older, newer)) this.differ(older, newer)
    }
  }

  private compareMembers(older: Members, newer: Members): void {
    for (const name of Object.keys(older)) {
      this.path.push({ kind: 'member', name })
      if (Object.hasOwn(newer, name)) this.compare(older[name], newer[name])
      else this.differ(older[name], undefined)
      this.path.pop()
    }
    for (const name of Object.keys(newer)) {
      if (Object.hasOwn(older, name)) continue
      this.path.push({ kind: 'member', name })
      this.differ(undefined, newer[name])
      this.path.pop()
    }
  }

  private compareLists(older: readonly unknown[], newer: readonly unknown[]): void {
    const same = equalValues(older, newer)
    if (same >= 0) {
      this.values += same
      return
    }
    const names = older.every(isMembers) && newer.every(isMembers) ? this.namesOf(older, newer) : null
    if (names === null) {
      const length = Math.max(older.length, newer.length)
      for (let index = 0; index < length; index++) {
        this.path.push({ kind: 'element', index, keys: [] })
        if (index >= newer.length) this.differ(older[index], undefined)
        else if (index >= older.length) this.differ(undefined, newer[index])
        else this.compare(older[index], newer[index])
        this.path.pop()
      }
      return
    }
    this.compareNamed(older as Members[], newer as Members[], names)
  }

  private compareNamed(older: readonly Members[], newer: readonly Members[], names: readonly string[]): void {
    const placeOf = new Map(newer.map((element, index) => [keyOf(element, names), index]))
    const met = new Set<number>()
    let last = -1
    let inOrder = true
    for (const [index, element] of older.entries()) {
      const place = placeOf.get(keyOf(element, names))
      if (place !== undefined) {
        met.add(place)
        inOrder &&= place > last
        last = place
        const same = equalValues(element, newer[place])
        if (same >= 0) {
          this.values += same
          continue
        }
      }
      this.pushNamed(element, index, names)
      if (place === undefined) this.differ(element, undefined)
      else this.compare(element, newer[place])
      this.path.pop()
    }
    for (const [index, element] of newer.entries()) {
      if (met.has(index)) continue
      this.pushNamed(element, index, names)
      this.differ(undefined, element)
      this.path.pop()
    }
    if (inOrder) return
    const labels = (list: readonly Members[]): string => list.map((element) => labelOf(element, names)).join(' ')
    this.differ(labels(older), labels(newer), 'order')
  }

  private pushNamed(element: Members, index: number, names: readonly string[]): void {
    this.path.push({ kind: 'element', index, keys: names.map((name) => [name, String(element[name])] as const) })
  }

  private namesOf(older: readonly Members[], newer: readonly Members[]): string[] | null {
    if (older.length + newer.length === 0) return null
    const told = this.options.keys.findLast(({ pattern }) => matchesPath(pattern, this.path))
    return namingMembers(older, newer, told?.names)
  }

  private differ(older: unknown, newer: unknown, kind: DifferenceKind = kindOf(older, newer)): void {
    const { path, options } = this
    const outside = options.only.length > 0 && !options.only.some((pattern) => matchesPathOrParent(pattern, path))
    if (outside || options.ignored.some((pattern) => matchesPathOrParent(pattern, path))) {
      this.ignored++
      return
    }
    let delta: number | null = null
    let relative: number | null = null
    let tolerance: Tolerance = EXACT
    if (typeof older === 'number' && typeof newer === 'number') {
      tolerance = options.tolerances.findLast(({ pattern }) => matchesPath(pattern, path)) ?? options.tolerance
      if (isWithin(older, newer, tolerance)) {
        this.within++
        return
      }
      delta = newer - older
      relative = older === 0 ? null : delta / Math.abs(older)
    }
    this.differences.push({
      path: pathText(path),
      kind,
      older,
      newer,
      delta,
      relative,
      tolerance: toleranceText(tolerance),
    })
  }
}

/** How many values two equal trees hold; −1 where they differ. Most of two outputs is equal: no path is made for it. */
function equalValues(older: unknown, newer: unknown): number {
  if (typeof older !== 'object' || older === null || typeof newer !== 'object' || newer === null)
    return Object.is(older, newer) ? 1 : -1
  let values = 0
  if (Array.isArray(older)) {
    if (!Array.isArray(newer) || older.length !== newer.length) return -1
    for (let i = 0; i < older.length; i++) {
      const inside = equalValues(older[i], newer[i])
      if (inside < 0) return -1
      values += inside
    }
    return values
  }
  if (Array.isArray(newer)) return -1
  const [a, b] = [older as Members, newer as Members]
  let members = 0
  for (const name in a) {
    const inside = name in b ? equalValues(a[name], b[name]) : -1
    if (inside < 0) return -1
    values += inside
    members++
  }
  for (const _ in b) members--
  return members === 0 ? values : -1
}

function labelOf(element: Members, names: readonly string[]): string {
  return names.map((name) => String(element[name])).join('/')
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(older: unknown, newer: unknown): DifferenceKind {
  if (older === undefined) return 'added'
  if (newer === undefined) return 'removed'
  return typeOf(older) === typeOf(newer) ? 'changed' : 'type'
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}
