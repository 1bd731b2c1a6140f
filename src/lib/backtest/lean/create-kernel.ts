import type { KernelShape, LeanKernel } from './lean-kernel.js'
import { createPlainKernel } from './plain-kernel.js'
import { createWasmKernel } from './wasm-kernel.js'

/** Vectors of WebAssembly where its memory can be had, else plain loops: slower, and the same numbers. */
export function createLeanKernel(shape: KernelShape): LeanKernel {
  return createWasmKernel(shape) ?? createPlainKernel(shape)
}
