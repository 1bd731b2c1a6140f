/** A number, or why there is none. */
export type Measured =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string }

export function measured(value: number): Measured {
  return { value, reason: null }
}

export function unmeasured(reason: string): Measured {
  return { value: null, reason }
}
