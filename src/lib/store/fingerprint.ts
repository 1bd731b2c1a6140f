import { createHash } from 'node:crypto'
import type { LakeColumn } from './layout.js'

/** One bit pattern for every NaN, so that equal columns have equal bytes. */
function canonicalBytes(values: Int32Array | Float64Array): Uint8Array {
  if (values instanceof Int32Array) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  let hasNaN = false
  for (let i = 0; i < values.length && !hasNaN; i++) hasNaN = Number.isNaN(values[i])
  if (!hasNaN) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const words = new BigUint64Array(values.length)
  const doubles = new Float64Array(words.buffer)
  doubles.set(values)
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) words[i] = 0x7ff8_0000_0000_0000n
  return new Uint8Array(words.buffer)
}

/**
 * sha256 of columns: for each in schema order its name, type and length, then its values little-endian with one
 * canonical NaN. Every machine that Node 20 runs on here is little-endian.
 */
export function fingerprint(columns: readonly LakeColumn[]): string {
  const hash = createHash('sha256')
  for (const { name, type, values } of columns)
    hash.update(`${name}\0${type}\0${values.length}\0`).update(canonicalBytes(values))
  return hash.digest('hex')
}
