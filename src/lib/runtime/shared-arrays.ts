/** A plain value whose typed arrays lie in shared memory, so that worker threads read them without a copy each; those that do already are taken as they are. */
export function sharedArrays<T>(value: T): T {
  return copied(value, new Map()) as T
}

function copied(value: unknown, seen: Map<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer) return value
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Float32Array) {
    const shared = inSharedMemory(value)
    seen.set(value, shared)
    return shared
  }
  if (Array.isArray(value)) return value.map((one) => copied(one, seen))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copied(one, seen)]))
}

function inSharedMemory<T extends Float64Array | Float32Array | Int32Array>(values: T): T {
  const buffer = new SharedArrayBuffer(values.byteLength)
  const Column = values.constructor as new (buffer: SharedArrayBuffer) => T
  const shared = new Column(buffer)
  shared.set(values)
  return shared
}
