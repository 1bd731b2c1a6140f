import { expect, it } from 'vitest'
import { packCells, unpackedCell } from '../../src/lib/optimize/packed-cells.js'

it('packs cells into codes and gives each back as it was, in the order of its parameters', () => {
  const cells = [
    { fast: 5, slow: 20, mode: 'state' },
    { fast: 7.5, slow: 20, mode: 'cross' },
    { fast: 5, slow: 30, mode: 'cross' },
  ]
  const packed = packCells(cells)
  expect(packed.values).toEqual([
    [5, 7.5],
    [20, 30],
    ['state', 'cross'],
  ])
  expect([...packed.codes]).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 1])
  cells.forEach((cell, i) => expect(JSON.stringify(unpackedCell(packed, i))).toBe(JSON.stringify(cell)))
  expect(packCells([])).toEqual({ names: [], values: [], codes: new Int32Array(0) })
})
