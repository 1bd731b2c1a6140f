/**
 * A uniform number in [0, 1) that belongs to its three keys and to no sequence: the same contract on the same day gets
 * the same noise however many ranks, products or days are asked for. Finaliser of MurmurHash3 (A. Appleby, public domain).
 */
export function hashUniform(key: number, a: number, b: number): number {
  let hash = mixed(key ^ 0x9e3779b9)
  hash = mixed(hash ^ Math.imul(a, 0x85ebca6b))
  hash = mixed(hash ^ Math.imul(b, 0xc2b2ae35))
  return (hash >>> 0) / 4_294_967_296
}

function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
