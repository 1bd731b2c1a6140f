import { describe, expect, it } from 'vitest'
import { blockCount } from '../../../src/lib/backtest/lean/block-sums.js'
import { createLeanKernel } from '../../../src/lib/backtest/lean/create-kernel.js'
import { FACTS, type KernelShape, type LeanKernel } from '../../../src/lib/backtest/lean/lean-kernel.js'
import { createPlainKernel } from '../../../src/lib/backtest/lean/plain-kernel.js'
import { decideAll } from '../../../src/lib/backtest/lean/position-changes.js'
import { createWasmKernel } from '../../../src/lib/backtest/lean/wasm-kernel.js'
import type { Rng } from '../../../src/lib/kernel/rng.js'
import { caseRng } from './lean-cases.js'

const MARGIN = 1e-9

function wasm(shape: KernelShape): LeanKernel {
  const kernel = createWasmKernel(shape)
  if (kernel === null) throw new Error('there is no WebAssembly here')
  return kernel
}

/** A walk that rests now and then, so that peaks are met again, and may fall below any margin. */
function someWalk(bars: number, rng: Rng): Float64Array {
  let level = 50_000
  return Float64Array.from({ length: bars }, () => (level += rng.uniform() < 0.2 ? 0 : 900 * rng.normal()))
}

/** Columns that cross, touch and are unknown in places. */
function someColumns(bars: number, rng: Rng): readonly [Float64Array, Float64Array] {
  const below = someWalk(bars, rng)
  const above = below.map((value) => {
    const kind = rng.uniform()
    const apart = kind < 0.05 ? 0 : kind < 0.1 ? MARGIN / 2 : rng.normal()
    return kind > 0.97 ? Number.NaN : value + apart
  })
  return [above, below]
}

/** Stretches of one to forty bars from `from` on, some of them flat. */
function someSegments(kernels: readonly LeanKernel[], from: number, until: number, rng: Rng): void {
  let count = 0
  for (let bar = from; bar < until; bar += 1 + rng.integer(40)) {
    const lots = rng.integer(7) - 3
    const baseUsd = 1_000_000 + 1000 * rng.normal()
    for (const { segments } of kernels) {
      segments.bar[count] = bar
      segments.lots[count] = lots
      segments.baseUsd[count] = baseUsd - lots * 50_000
    }
    count++
  }
  for (const { segments } of kernels) segments.count = count
}

describe('kernel of the lean path', () => {
  it('is the one in vectors on this machine, and the plain one where there is no WebAssembly', () => {
    const shape = { markUsd: new Float64Array(10), maintenanceMarginUsd: null, segments: 12 }
    expect(createLeanKernel(shape).kind).toBe('wasm')
    const there = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')
    if (there === undefined) throw new Error('there is no WebAssembly here')
    Reflect.deleteProperty(globalThis, 'WebAssembly')
    try {
      expect(createLeanKernel(shape).kind).toBe('plain')
    } finally {
      Object.defineProperty(globalThis, 'WebAssembly', there)
    }
  })

  it('is none in vectors where the columns would not fit into four gigabytes', () => {
    const shape = { markUsd: new Float64Array(10), maintenanceMarginUsd: null, segments: 2 ** 30 }
    expect(createWasmKernel(shape)).toBeNull()
  })

  it('is the plain one where no memory can be had, and fails as it should on any other error', () => {
    const shape = { markUsd: new Float64Array(10), maintenanceMarginUsd: null, segments: 12 }
    const wasmThere = Reflect.get(globalThis, 'WebAssembly') as { Memory: unknown }
    const { Memory } = wasmThere
    const failWith = (error: Error): void => {
      wasmThere.Memory = class {
        constructor() {
          throw error
        }
      }
    }
    try {
      failWith(new RangeError('WebAssembly.Memory(): could not allocate memory'))
      expect(createLeanKernel(shape).kind).toBe('plain')
      failWith(new TypeError('something else'))
      expect(() => createLeanKernel(shape)).toThrow('something else')
    } finally {
      wasmThere.Memory = Memory
    }
  })

  it('finds the bars on which a side becomes the other as a decision asked bar by bar does, in both kinds', () => {
    for (let seed = 0; seed < 200; seed++) {
      const rng = caseRng(seed)
      const bars = 1 + rng.integer(120)
      const shape = { markUsd: new Float64Array(bars), maintenanceMarginUsd: null, segments: bars + 2 }
      const [above, below] = someColumns(bars, rng)
      const first = rng.integer(bars + 5)
      const expected = { bar: new Int32Array(bars), lots: new Float64Array(bars), count: 0 }
      const decide = (bar: number, held: number): number =>
        above[bar] - below[bar] > MARGIN ? 1 : above[bar] - below[bar] < -MARGIN ? -1 : held
      decideAll(decide, first, bars, 3, expected)
      for (const kernel of [wasm(shape), createPlainKernel(shape)]) {
        kernel.changesOfSide({ above, below, margin: MARGIN }, first, 3, -3)
        const { bar, lots, count } = kernel.changes
        const words = `seed ${seed}, ${kernel.kind}`
        expect(count, words).toBe(expected.count)
        expect([...bar.subarray(0, count)], words).toEqual([...expected.bar.subarray(0, count)])
        expect([...lots.subarray(0, count)], words).toEqual([...expected.lots.subarray(0, count)])
      }
    }
  })

  it('adopts columns while there is room, and reads the others where they are', () => {
    const bars = 2_000_000
    const shape = { markUsd: new Float64Array(bars), maintenanceMarginUsd: null, segments: 2 }
    const kernel = wasm(shape)
    const level = (value: number): Float64Array => new Float64Array(bars).fill(value)
    const own = [0, 1, 2, 3, 4, 5].map(level)
    const columns = own.map((column) => kernel.adopt(column))
    const isAdopted = columns.map((column, i) => column !== own[i])
    expect(isAdopted).toEqual([true, true, true, true, false, false])
    columns.forEach((column, i) => expect([column[0], column[bars - 1]]).toEqual([i, i]))
    for (const [high, low] of [
      [1, 0],
      [5, 4],
      [4, 5],
      [3, 5],
      [4, 2],
    ]) {
      const sides = { above: columns[high], below: columns[low], margin: MARGIN }
      kernel.changesOfSide(sides, 7, 1, -1)
      expect([kernel.changes.count, kernel.changes.bar[0], kernel.changes.lots[0]]).toEqual([1, 7, high > low ? 1 : -1])
    }
    const plain = createPlainKernel(shape)
    expect(plain.adopt(own[0])).toBe(own[0])
  })

  it('computes equity, ruin, sums of blocks and drawdowns to the same last bit in both kinds', () => {
    for (let seed = 0; seed < 200; seed++) {
      const rng = caseRng(1000 + seed)
      const bars = 2 + rng.integer(300)
      const markUsd = someWalk(bars, rng)
      const maintenanceMarginUsd =
        rng.uniform() < 0.5 ? Float64Array.from(markUsd, () => 900_000 * rng.uniform() ** 0.02) : null
      const shape = { markUsd, maintenanceMarginUsd, segments: bars + 2 }
      const kernels = [wasm(shape), createPlainKernel(shape)]
      const from = 1 + rng.integer(bars - 1)
      const until = from + 1 + rng.integer(bars - from)
      someSegments(kernels, from, until, rng)
      const [one, other] = kernels.map((kernel) => {
        kernel.equityUsd[0] = 1_000_000
        const held = kernel.traceEquity(from, until)
        const ruin = kernel.firstUnderMargin(from, until)
        const count = until - from
        kernel.follow(count)
        const blocks = blockCount(count)
        return {
          held,
          ruin,
          equity: [...kernel.equityUsd.subarray(0, count + 1)],
          sums: [...kernel.blockSums.subarray(0, blocks)],
          squares: [...kernel.blockSquares.subarray(0, blocks)],
          facts: Object.fromEntries(FACTS.map((name, i) => [name, kernel.facts[i]])),
        }
      })
      expect(one, `seed ${seed}`).toEqual(other)
      expect(one.equity.every(Number.isFinite)).toBe(true)
    }
  })

  it('tells the stretches below a peak of 100, 110, 99, 105, 110, 121, 60.5: 10 % until the third bar, then 50 % on the last', () => {
    const levels = [110, 99, 105, 110, 121, 60.5]
    const shape = { markUsd: Float64Array.from([0, ...levels]), maintenanceMarginUsd: null, segments: 3 }
    for (const kernel of [wasm(shape), createPlainKernel(shape)]) {
      kernel.segments.bar[0] = 1
      kernel.segments.lots[0] = 1
      kernel.segments.baseUsd[0] = 0
      kernel.segments.count = 1
      kernel.equityUsd[0] = 100
      expect(kernel.traceEquity(1, 7)).toBe(6)
      kernel.follow(6)
      const facts = Object.fromEntries(FACTS.map((name, i) => [name, kernel.facts[i]]))
      expect(facts).toMatchObject({ lowestUsd: 60.5, stretches: 2, deepest: -0.5, deepestUsd: -60.5, longestBars: 3 })
      expect(facts['depths']).toBeCloseTo(-0.6, 15)
      expect(facts['sum']).toBeCloseTo(0.1 - 0.1 + 6 / 99 + 5 / 105 + 0.1 - 0.5, 15)
      expect(kernel.blockSums[0]).toBe(facts['sum'])
    }
  })
})
