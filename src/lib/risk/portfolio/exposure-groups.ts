/** What a position weighs. */
export interface Exposed {
  readonly lots: number
  /** USD, signed. */
  readonly notionalUsd: number
  /** Barrels, signed; null for a product without a barrel. */
  readonly deltaBbl: number | null
}

export interface ExposureGroup {
  readonly name: string
  readonly positions: number
  readonly lots: number
  /** Σ|notional|, USD. */
  readonly grossUsd: number
  /** Σ notional, USD, signed. */
  readonly netUsd: number
  /** Σ delta of the positions that have one, barrels; null where none has. */
  readonly deltaBbl: number | null
}

/** Sums of the positions that share a name, in the order in which the names first stand. */
export function exposureGroups<T extends Exposed>(
  positions: readonly T[],
  nameOf: (position: T) => string,
): ExposureGroup[] {
  const groups = new Map<string, T[]>()
  for (const position of positions) {
    const name = nameOf(position)
    groups.set(name, [...(groups.get(name) ?? []), position])
  }
  return [...groups].map(([name, members]) => exposureSum(name, members))
}

/** One group of all of them. */
export function exposureSum(name: string, positions: readonly Exposed[]): ExposureGroup {
  const deltas = positions.flatMap(({ deltaBbl }) => (deltaBbl === null ? [] : [deltaBbl]))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return {
    name,
    positions: positions.length,
    lots: sum(positions.map(({ lots }) => lots)),
    grossUsd: sum(positions.map(({ notionalUsd }) => Math.abs(notionalUsd))),
    netUsd: sum(positions.map(({ notionalUsd }) => notionalUsd)),
    deltaBbl: deltas.length === 0 ? null : sum(deltas),
  }
}
