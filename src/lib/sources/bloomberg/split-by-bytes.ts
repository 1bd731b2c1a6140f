import { ContangoError } from '../../kernel/errors.js'

/**
 * Cuts a list into the fewest runs whose JSON body stays within `maxBytes`, in order; one run where there is no limit.
 * @param bodyOf the request around a part of the list
 */
export function splitByBytes<T>(
  items: readonly T[],
  bodyOf: (part: readonly T[]) => object,
  maxBytes: number | null,
): (readonly T[])[] {
  if (items.length === 0) return []
  const bytesOf = (part: readonly T[]): number => Buffer.byteLength(JSON.stringify(bodyOf(part)))
  if (maxBytes === null || bytesOf(items) <= maxBytes) return [items]
  const parts: T[][] = []
  for (const item of items) {
    const last = parts.at(-1)
    if (last && bytesOf([...last, item]) <= maxBytes) last.push(item)
    else if (bytesOf([item]) <= maxBytes) parts.push([item])
    else {
      throw new ContangoError(
        'config',
        'BLOOMBERG_BODY_LIMIT',
        `a request for a single security is longer than ${maxBytes} bytes`,
        'raise maxBodySize of the server and bloomberg.http.maxRequestBytes in config/sources.yaml',
        { maxBytes },
      )
    }
  }
  return parts
}
