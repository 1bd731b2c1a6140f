import { blockCount } from './block-sums.js'
import { FACTS, LEVEL, type KernelShape, type LeanKernel, type PositionChanges, type Segments } from './lean-kernel.js'
import { LEAN_KERNEL_WASM } from './lean-kernel-wasm.js'

/** What wasm/lean-kernel.ts exports; its arguments are numbers and the addresses of columns, in the order given there. */
interface WasmExports {
  readonly changesOfSide: (...args: readonly number[]) => number
  readonly traceEquity: (...args: readonly number[]) => number
  readonly firstUnderMargin: (...args: readonly number[]) => number
  readonly follow: (...args: readonly number[]) => void
}

/** The part of WebAssembly that is used: its types come with those of a browser alone. */
declare const WebAssembly:
  | {
      readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
      readonly Module: new (code: Uint8Array) => object
      readonly Instance: new (module: object, imports: object) => { readonly exports: WasmExports }
    }
  | undefined

const PAGE_BYTES = 65_536
/** Four gigabytes: what 32 bits address. */
const MOST_PAGES = 65_536
/** Bytes for columns that a strategy looks at: memory that is reserved, and taken when they come. */
const COLUMN_BYTES = 64 * 2 ** 20
const MOST_COLUMNS = 1024
/** Below this the code keeps nothing. */
const START = 1024
/** Vectors may read and write over the end of a column by this much. */
const PAD = 32

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64

let compiled: object | null = null

/** The kernel in vectors; null where there is no WebAssembly, too many bars for its memory, or no address space for it. */
export function createWasmKernel(shape: KernelShape): LeanKernel | null {
  const { markUsd, maintenanceMarginUsd } = shape
  const bars = markUsd.length
  const blocks = blockCount(bars)
  let size = START
  const place = (bytes: number): number => {
    const address = size
    size += aligned(bytes + PAD)
    return address
  }
  const at = {
    mark: place(8 * bars),
    margin: maintenanceMarginUsd === null ? 0 : place(8 * bars),
    changeBar: place(4 * bars),
    changeLots: place(8 * bars),
    segmentBar: place(4 * shape.segments),
    segmentLots: place(8 * shape.segments),
    segmentBase: place(8 * shape.segments),
    equity: place(8 * (bars + 1)),
    sums: place(8 * blocks),
    squares: place(8 * blocks),
    facts: place(8 * FACTS.length),
  }
  const columnBytes = aligned(8 * bars + PAD)
  const slots = Math.min(MOST_COLUMNS, Math.floor(COLUMN_BYTES / columnBytes))
  // Two for columns of others, then those that are adopted.
  const guestsAt = size
  const columnsAt = guestsAt + 2 * columnBytes
  const pages = Math.ceil((columnsAt + slots * columnBytes) / PAGE_BYTES)
  const made = instance(pages)
  if (made === null) return null
  const { buffer, run } = made
  const doubles = (address: number, length: number): Float64Array => new Float64Array(buffer, address, length)
  doubles(at.mark, bars).set(markUsd)
  if (maintenanceMarginUsd !== null) doubles(at.margin, bars).set(maintenanceMarginUsd)
  const changes: PositionChanges = {
    bar: new Int32Array(buffer, at.changeBar, bars),
    lots: doubles(at.changeLots, bars),
    count: 0,
  }
  const segments: Segments = {
    bar: new Int32Array(buffer, at.segmentBar, shape.segments),
    lots: doubles(at.segmentLots, shape.segments),
    baseUsd: doubles(at.segmentBase, shape.segments),
    count: 0,
  }
  let adopted = 0
  const copiedTo = (address: number, column: Float64Array): Float64Array => {
    const copy = doubles(address, bars)
    copy.set(column)
    return copy
  }
  const addressOf = (column: Float64Array, guest: number): number =>
    (column.buffer === buffer ? column : copiedTo(guestsAt + guest * columnBytes, column)).byteOffset
  return {
    kind: 'wasm',
    changes,
    segments,
    equityUsd: doubles(at.equity, bars + 1),
    blockSums: doubles(at.sums, blocks),
    blockSquares: doubles(at.squares, blocks),
    facts: doubles(at.facts, FACTS.length),
    adopt: (column) =>
      adopted < slots && column.length === bars ? copiedTo(columnsAt + adopted++ * columnBytes, column) : column,
    changesOfSide({ above, below, margin }, first, long, short) {
      changes.count = run.changesOfSide(
        ...[addressOf(above, 0), addressOf(below, 1), margin, first, bars, long, short],
        ...[at.changeBar, at.changeLots],
      )
    },
    traceEquity: (from, until) =>
      run.traceEquity(
        ...[at.mark, at.segmentBar, at.segmentLots, at.segmentBase, segments.count],
        ...[from, until, at.equity],
      ),
    firstUnderMargin: (from, until) =>
      maintenanceMarginUsd === null
        ? until
        : run.firstUnderMargin(
            ...[at.margin, at.segmentBar, at.segmentLots, segments.count],
            ...[from, until, at.equity],
          ),
    follow: (count) => run.follow(at.equity, count, LEVEL, at.sums, at.squares, at.facts),
  }
}

/** Memory of so many pages and the code over it; null where it cannot be had. */
function instance(pages: number): { buffer: ArrayBuffer; run: WasmExports } | null {
  if (typeof WebAssembly === 'undefined' || pages > MOST_PAGES) return null
  const { Memory, Module, Instance } = WebAssembly
  try {
    compiled ??= new Module(Uint8Array.from(atob(LEAN_KERNEL_WASM), (character) => character.charCodeAt(0)))
    const memory = new Memory({ initial: pages })
    return { buffer: memory.buffer, run: new Instance(compiled, { env: { memory } }).exports }
  } catch (error) {
    // Each memory reserves gigabytes of addresses: a limit on those (ulimit -v) is no reason to fail, nor are old vectors.
    if (error instanceof RangeError || (error instanceof Error && error.name === 'CompileError')) return null
    throw error
  }
}
