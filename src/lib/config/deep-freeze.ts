function refuse(): never {
  throw new TypeError('the configuration is frozen')
}

/** Freezes a value and all that it holds, maps and sets included; typed arrays cannot be frozen and stay as they are. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
  if (value instanceof Map || value instanceof Set) {
    const members = value instanceof Map ? [...value.keys(), ...value.values()] : [...value]
    members.forEach(deepFreeze)
    for (const method of ['set', 'add', 'delete', 'clear']) {
      if (method in value) Object.defineProperty(value, method, { value: refuse })
    }
  }
  Object.values(value).forEach(deepFreeze)
  return Object.freeze(value)
}
