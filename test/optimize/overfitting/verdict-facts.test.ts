import { expect, it } from 'vitest'
import { parameterStability } from '../../../src/lib/optimize/folds/parameter-stability.js'
import { edgesOf, neighboursOf, restlessOf } from '../../../src/lib/optimize/overfitting/verdict-facts.js'
import type { Dimension } from '../../../src/lib/optimize/space/dimension.js'

const fast: Dimension = { name: 'fast', kind: 'values', values: [10, 5, 15] }
const slow: Dimension = { name: 'slow', kind: 'values', values: [20, 40, 60, 80] }
const mode: Dimension = { name: 'mode', kind: 'values', values: ['state', 'cross'] }
const cells = [5, 10, 15].flatMap((f) =>
  [20, 40, 60, 80].flatMap((s) => ['state', 'cross'].map((m) => ({ fast: f, slow: s, mode: m }))),
)

it('finds the cells one step beside the best, however their values were typed: four inside, two in a corner', () => {
  const value = (cell: number): number => Number(cells[cell].fast) + Number(cells[cell].slow)
  const of = (f: number, s: number): number[] =>
    neighboursOf([fast, slow, mode], cells, { fast: f, slow: s, mode: 'state' }, value).sort((a, b) => a - b)
  expect(of(10, 40)).toEqual([30, 45, 55, 70])
  expect(of(5, 80)).toEqual([65, 90])
  expect(neighboursOf([fast], cells, cells[0], () => Number.NaN)).toEqual([])
})

it('names numbers at an end of three or more, or of an interval', () => {
  expect(edgesOf([fast, slow, mode], { fast: 15, slow: 40, mode: 'state' })).toEqual([{ name: 'fast', value: 15 }])
  expect(edgesOf([{ name: 'fast', kind: 'values', values: [5, 10] }], { fast: 5 })).toEqual([])
  const interval: Dimension = { name: 'x', kind: 'interval', low: 1, high: 9, log: false, whole: true }
  expect(edgesOf([interval], { x: 9 })).toEqual([{ name: 'x', value: 9 }])
  expect(edgesOf([interval], { x: 8 })).toEqual([])
})

it('calls restless what moves by (1 − 1/n²) ÷ 3 of its range or more: 5/16 for four values', () => {
  const of = (values: readonly number[]): string[] => {
    const stability = parameterStability(
      [slow],
      values.map((value) => ({ slow: value })),
    )
    return restlessOf([slow], stability).map(({ name }) => name)
  }
  expect(of([20, 40, 60, 40])).toEqual([]) // a quarter each time
  expect(of([20, 60, 20, 40])).toEqual(['slow']) // 1/2, 1/2, 1/4
  expect(of([20, 80])).toEqual([]) // one step says little
  expect(of([20, 20, 20])).toEqual([])
})
