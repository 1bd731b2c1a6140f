import type { Performance } from './performance.js'

/** A figure that several metrics are made of, computed once for each performance (or what was made of one): a run may have a million bars. */
export function once<Figure, Of extends object = Performance>(compute: (of: Of) => Figure): (of: Of) => Figure {
  const known = new WeakMap<Of, { readonly figure: Figure }>()
  return (of) => {
    const found = known.get(of)
    if (found !== undefined) return found.figure
    const figure = compute(of)
    known.set(of, { figure })
    return figure
  }
}
