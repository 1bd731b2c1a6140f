/**
 * What a stream of random words is for: streams of one seed are apart, so that the normal and the Student-t scenarios of
 * a seed share their normals.
 */
const STREAMS = { normals: 1, mixing: 2, shift: 3 } as const
export type StreamName = keyof typeof STREAMS

/** State of xoshiro128++ (D. Blackman, S. Vigna, 2019): four 32-bit words. */
export type StreamState = Int32Array

/** The state of stream `name`, part `part` (a block of scenarios, a replicate) of `seed`. */
export function streamState(seed: number, name: StreamName, part: number): StreamState {
  const state = new Int32Array(4)
  const high = Math.floor(seed / 0x1_0000_0000)
  let hash = 0
  for (const word of [seed | 0, high | 0, STREAMS[name], part]) hash = mixed(hash ^ word)
  for (let i = 0; i < 4; i++) {
    hash = mixed(hash + 0x9e3779b9 + i)
    state[i] = hash
  }
  if (state.every((word) => word === 0)) state[0] = 1
  return state
}

/** The 32-bit finaliser of MurmurHash3: every bit of the input turns half the bits of the output. */
function mixed(word: number): number {
  let hash = (word + 0x6d2b79f5) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** The next 32 random bits, signed. */
export function nextWord(state: StreamState): number {
  const sum = (state[0] + state[3]) | 0
  const word = (((sum << 7) | (sum >>> 25)) + state[0]) | 0
  const shifted = state[1] << 9
  state[2] ^= state[0]
  state[3] ^= state[1]
  state[1] ^= state[2]
  state[0] ^= state[3]
  state[2] ^= shifted
  state[3] = (state[3] << 11) | (state[3] >>> 21)
  return word
}

const nextUniform = (state: StreamState): number => ((nextWord(state) >>> 0) + 0.5) / 0x1_0000_0000

// The ziggurat of 256 layers of equal area under exp(−x²/2): G. Marsaglia, W. W. Tsang (2000), with the layer drawn from
// bits of its own as J. A. Doornik (2005) asks. Rightmost edge and area for 256 layers.
const LAYERS = 256
const EDGE = 3.6541528853610088
const AREA = 0.00492867323399
const edges = new Float64Array(LAYERS + 1)
/** A signed word times this is a point of the layer. */
const widths = new Float64Array(LAYERS)
/** Words smaller than this lie under the curve whatever their height. */
const inside = new Float64Array(LAYERS)

const height = (x: number): number => Math.exp(-0.5 * x * x)

function buildLayers(): void {
  edges[0] = AREA / height(EDGE)
  edges[1] = EDGE
  for (let i = 2; i < LAYERS; i++) {
    edges[i] = Math.sqrt(-2 * Math.log(AREA / edges[i - 1] + height(edges[i - 1])))
  }
  edges[LAYERS] = 0
  for (let i = 0; i < LAYERS; i++) {
    widths[i] = edges[i] / 0x8000_0000
    inside[i] = (edges[i + 1] / edges[i]) * 0x8000_0000
  }
}
buildLayers()

/** Fills `target[from … from + count)` with standard normals and leaves `state` behind the last word it used. */
export function fillNormals(state: StreamState, target: Float64Array, from: number, count: number): void {
  let s0 = state[0]
  let s1 = state[1]
  let s2 = state[2]
  let s3 = state[3]
  let layerBits = 0
  for (let k = 0; k < count; k++) {
    let sum = (s0 + s3) | 0
    let word = 0
    let shifted = 0
    if ((k & 3) === 0) {
      layerBits = (((sum << 7) | (sum >>> 25)) + s0) | 0
      shifted = s1 << 9
      s2 ^= s0
      s3 ^= s1
      s1 ^= s2
      s0 ^= s3
      s2 ^= shifted
      s3 = (s3 << 11) | (s3 >>> 21)
      sum = (s0 + s3) | 0
    }
    word = (((sum << 7) | (sum >>> 25)) + s0) | 0
    shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 11) | (s3 >>> 21)
    const layer = layerBits & 255
    layerBits >>>= 8
    const across = word + 0.5
    if (Math.abs(across) < inside[layer]) {
      target[from + k] = across * widths[layer]
      continue
    }
    state[0] = s0
    state[1] = s1
    state[2] = s2
    state[3] = s3
    target[from + k] = fromEdge(state, layer, across)
    s0 = state[0]
    s1 = state[1]
    s2 = state[2]
    s3 = state[3]
  }
  state[0] = s0
  state[1] = s1
  state[2] = s2
  state[3] = s3
}

/** The one point in a hundred that its layer alone does not decide: beyond the right edge, or beside the curve. */
function fromEdge(state: StreamState, firstLayer: number, firstAcross: number): number {
  let layer = firstLayer
  let across = firstAcross
  for (;;) {
    const x = across * widths[layer]
    if (Math.abs(across) < inside[layer]) return x
    if (layer === 0) return across < 0 ? -beyondEdge(state) : beyondEdge(state)
    const outer = height(edges[layer])
    const inner = height(edges[layer + 1])
    if (outer + nextUniform(state) * (inner - outer) < height(x)) return x
    layer = nextWord(state) & 255
    across = nextWord(state) + 0.5
  }
}

/** A normal given that it lies beyond the edge: G. Marsaglia (1964). */
function beyondEdge(state: StreamState): number {
  for (;;) {
    const x = -Math.log(nextUniform(state)) / EDGE
    const y = -Math.log(nextUniform(state))
    if (y + y > x * x) return EDGE + x
  }
}
