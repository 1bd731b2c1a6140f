import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A seeded stream of random numbers; the only randomness in the project. */
export interface Rng {
  /** In [0, 1), 53 bits. */
  uniform(): number
  /** Standard normal, Marsaglia's polar method. */
  normal(): number
  /** Integer in [0, below). */
  integer(below: number): number
}

/** FNV-1a over the stream's name, so that each stream of one seed is its own sequence. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash | 0
}

/** The stream `name` of `seed`: equal on every machine, independent of every other stream's draws. */
export function seededRng(seed: number, name: string): Rng {
  const generator = xoroshiro128plus(hashName(`${seed}/${name}`) ^ (seed | 0))
  let spare = Number.NaN
  const uniform = (): number => {
    const high = generator.next() >>> 5
    const low = generator.next() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare
        spare = Number.NaN
        return value
      }
      for (;;) {
        const u = 2 * uniform() - 1
        const v = 2 * uniform() - 1
        const s = u * u + v * v
        if (s >= 1 || s === 0) continue
        const scale = Math.sqrt((-2 * Math.log(s)) / s)
        spare = v * scale
        return u * scale
      }
    },
    integer: (below) => Math.floor(uniform() * below),
  }
}
