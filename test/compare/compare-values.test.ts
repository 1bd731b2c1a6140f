import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMPARE_ALL, compareValues } from '../../src/lib/compare/compare-values.js'
import { parsePathPattern } from '../../src/lib/compare/path-pattern.js'
import { parseTolerance } from '../../src/lib/compare/tolerance.js'

const document = (varUsd: number, method = 'normal'): object => ({
  data: {
    results: [
      { method, confidence: 0.95, varUsd },
      { method: 'normal', confidence: 0.99, varUsd: 2 },
      { method: 'historical', confidence: 0.95, varUsd: 3 },
    ],
  },
})
const paths = (older: unknown, newer: unknown, options = COMPARE_ALL): string[] =>
  compareValues(older, newer, options).differences.map(({ path, kind }) => `${kind} ${path}`)

describe('compareValues', () => {
  it('names an element by the fewest members that tell it apart: method and confidence, not its place', () => {
    expect(paths(document(100), document(102))).toEqual(['changed data.results[method=normal,confidence=0.95].varUsd'])
  })

  it('gives the delta and its share of the older value: 100 → 102 is +2, 2 %', () => {
    const [difference] = compareValues(document(100), document(102)).differences
    expect(difference).toMatchObject({ older: 100, newer: 102, delta: 2, relative: 0.02 })
  })

  it('does not take an inserted element for a change of all that follow', () => {
    const older = { limits: [{ name: 'a', value: 1 }, { name: 'c', value: 3 }] } // prettier-ignore
    const newer = { limits: [{ name: 'a', value: 1 }, { name: 'b', value: 2 }, { name: 'c', value: 3 }] } // prettier-ignore
    expect(paths(older, newer)).toEqual(['added limits[name=b]'])
    expect(paths(newer, older)).toEqual(['removed limits[name=b]'])
  })

  it('says that named elements changed places, once', () => {
    const older = [{ id: 'a' }, { id: 'b' }]
    expect(compareValues({ list: older }, { list: older.toReversed() }).differences).toEqual([
      expect.objectContaining({ path: 'list', kind: 'order', older: 'a b', newer: 'b a' }),
    ])
  })

  it('compares by place what has no names, and says how a longer list is longer', () => {
    expect(paths({ x: [1, 2] }, { x: [1, 3, 4] })).toEqual(['changed x[1]', 'added x[2]'])
  })

  it('tells null from zero, from absent and from text', () => {
    expect(paths({ a: null }, { a: 0 })).toEqual(['type a'])
    expect(paths({ a: null }, {})).toEqual(['removed a'])
    expect(paths({ a: 1 }, { a: '1' })).toEqual(['type a'])
    expect(paths({ a: null }, { a: null })).toEqual([])
  })

  it('takes a tolerance of 1 % of the older value: 100 → 101 is within, 101.01 is not', () => {
    const options = { ...COMPARE_ALL, tolerances: [parseTolerance('data.results.*.varUsd=1%')] }
    expect(compareValues(document(100), document(101), options)).toMatchObject({ differences: [], within: 1 })
    expect(paths(document(100), document(101.01), options)).toHaveLength(1)
  })

  it('has no relative tolerance around zero: only an absolute one lets 0 → 1e-9 pass', () => {
    const relative = { ...COMPARE_ALL, tolerance: { absolute: 0, relative: 1 } }
    expect(paths({ x: 0 }, { x: 1e-9 }, relative)).toEqual(['changed x'])
    const absolute = { ...COMPARE_ALL, tolerance: { absolute: 1e-9, relative: 0 } }
    expect(paths({ x: 0 }, { x: 1e-9 }, absolute)).toEqual([])
  })

  it('lets the last tolerance that names a path count', () => {
    const tolerances = [parseTolerance('**.varUsd=50%'), parseTolerance('data.results[confidence=0.95].varUsd=0')]
    expect(paths(document(100), document(101), { ...COMPARE_ALL, tolerances })).toHaveLength(1)
  })

  it('leaves out what is ignored, and all but what is asked for', () => {
    const [older, newer] = [{ a: { x: 1, y: 1 }, b: 1 }, { a: { x: 2, y: 2 }, b: 2 }] // prettier-ignore
    expect(compareValues(older, newer, { ...COMPARE_ALL, ignored: [parsePathPattern('a')] })).toMatchObject({
      ignored: 2,
      differences: [{ path: 'b' }],
    })
    expect(paths(older, newer, { ...COMPARE_ALL, only: [parsePathPattern('a.y')] })).toEqual(['changed a.y'])
  })

  it('writes a member whose name is no word in brackets', () => {
    expect(paths({ metrics: { 'equity.final': 1 } }, { metrics: { 'equity.final': 2 } })).toEqual([
      'changed metrics["equity.final"]',
    ])
  })

  it('finds no difference between a value and itself, and counts its leaves', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const leaves = (one: unknown): number =>
          typeof one !== 'object' || one === null
            ? 1
            : Object.values(one).reduce((sum: number, x) => sum + leaves(x), 0)
        const copy = JSON.parse(JSON.stringify(value)) as unknown
        const original = JSON.parse(JSON.stringify(value)) as unknown
        expect(compareValues(original, copy)).toEqual({
          differences: [],
          values: leaves(original),
          within: 0,
          ignored: 0,
        })
      }),
    )
  })

  it('finds a difference exactly where two values are not the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        const [older, newer] = [a, b].map((one) => JSON.parse(JSON.stringify(one)) as unknown)
        const sorted = (one: unknown): unknown =>
          typeof one !== 'object' || one === null || Array.isArray(one)
            ? Array.isArray(one)
              ? one.map(sorted)
              : one
            : Object.fromEntries(
                Object.entries(one)
                  .sort(([x], [y]) => (x < y ? -1 : 1))
                  .map(([name, inside]) => [name, sorted(inside)]),
              )
        const same = JSON.stringify(sorted(older)) === JSON.stringify(sorted(newer))
        expect(compareValues(older, newer).differences.length === 0).toBe(same)
      }),
    )
  })
})

describe('parsePathPattern', () => {
  it.each(['', '.a', 'a..b', 'a[', 'a[]', 'a[=b]', 'a]'])('refuses %j', (text) => {
    expect(() => parsePathPattern(text)).toThrow(/is no path of a document/)
  })
  it.each([
    ['data.results.1.varUsd', 1],
    ['data.results[1].varUsd', 1],
    ['data.results[historical].varUsd', 1],
    ['data.results[method=normal].varUsd', 2],
    ['data.results[method=normal,confidence=0.99].varUsd', 1],
    ['data.*.*.varUsd', 3],
    ['**.varUsd', 3],
    ['**', 3],
    ['["data"].results.*', 3],
    ['data.results.*.esUsd', 0],
  ])('%s names %i of three values', (pattern, count) => {
    const shifted = { data: { results: [1, 2, 3].map((x, i) => ({ ...named[i], varUsd: x + 1 })) } }
    const original = { data: { results: [1, 2, 3].map((x, i) => ({ ...named[i], varUsd: x })) } }
    const only = [parsePathPattern(pattern)]
    expect(compareValues(original, shifted, { ...COMPARE_ALL, only }).differences).toHaveLength(count)
  })
})
const named = [
  { method: 'normal', confidence: 0.95 },
  { method: 'normal', confidence: 0.99 },
  { method: 'historical', confidence: 0.95 },
]

describe('parseTolerance', () => {
  it('reads per cent as relative and a number as absolute', () => {
    expect(parseTolerance('a.b=1%')).toMatchObject({ absolute: 0, relative: 0.01 })
    expect(parseTolerance('a.b=0.005')).toMatchObject({ absolute: 0.005, relative: 0 })
    expect(parseTolerance('a[x=1].b=0.5%,0.01')).toMatchObject({ absolute: 0.01, relative: 0.005 })
  })
  it.each(['a.b', '=1', 'a.b=', 'a.b=-1', 'a.b=1%%', 'a.b=x', 'a[b=1]'])('refuses %j', (text) => {
    expect(() => parseTolerance(text)).toThrow(/--tol/)
  })
})
