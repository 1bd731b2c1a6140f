import type { RunRecord } from '../../store/types.js'

export const MODES = ['live', 'simulated', 'disconnected', 'connection-error'] as const
export type Mode = (typeof MODES)[number]

/** A vendor as its configuration has it. */
export interface Vendor {
  /** Name of the source in the lake, and of its fetch command. */
  readonly source: string
  /** Environment name of its key; null where it wants none. */
  readonly secret: string | null
  /** False where it works without the key too. */
  readonly needsKey: boolean
  /** The flag of its fetch command that needs no key; null where there is none. */
  readonly keylessFlag: string | null
  /** A reason why it is not asked at all: not chosen, not accepted. */
  readonly off: string | null
  /** It stands in for a real source. */
  readonly simulated: boolean
  /** Where `--probe` knocks. */
  readonly address: string | null
}

export interface SourceStatus {
  readonly source: string
  readonly mode: Mode
  /** Why it is not live. */
  readonly reason: string | null
  readonly key: 'set' | 'missing' | 'none-needed'
  readonly lastRunAtMs: number | null
  readonly lastExitCode: number | null
  readonly lastErrorCode: string | null
}

/** What `--probe` found: null for an answer, else what went wrong. */
export type Probe = { readonly trouble: string | null }

/** Exit codes of runs that were answered, or were refused or not heard: others ended before anything was asked. */
const ASKED = new Set([0, 4, 5, 6])

/** The last run that asked the vendor, of runs newest first: a dry run and a typing error say nothing of it. */
export function lastAsking(runs: readonly RunRecord[]): RunRecord | null {
  const asked = runs.find(({ argv, exitCode }) => {
    const simulated = argv.some((word, i) => word === '--source=sim' || (word === 'sim' && argv[i - 1] === '--source'))
    return ASKED.has(exitCode) && !argv.includes('--dry-run') && !simulated
  })
  return asked ?? null
}

/**
 * What is known of a source without asking it: whether it is chosen, whether its key is set, and how its last fetch ended.
 * A fetch that could not reach it, or that it refused (exit 5), is a connection error until one succeeds; `--probe`
 * puts what was found now in its place.
 */
export function sourceStatus(
  vendor: Vendor,
  hasKey: boolean,
  lastRun: RunRecord | null,
  probe: Probe | null,
): SourceStatus {
  const key = hasKey ? 'set' : vendor.needsKey ? 'missing' : 'none-needed'
  const [mode, reason] = modeOf(vendor, key, lastRun, probe)
  return {
    source: vendor.source,
    mode,
    reason,
    key,
    lastRunAtMs: lastRun?.startedAtMs ?? null,
    lastExitCode: lastRun?.exitCode ?? null,
    lastErrorCode: lastRun?.errorCode ?? null,
  }
}

function modeOf(
  vendor: Vendor,
  key: SourceStatus['key'],
  lastRun: RunRecord | null,
  probe: Probe | null,
): [Mode, string | null] {
  if (vendor.simulated) return ['simulated', null]
  if (vendor.off !== null) return ['disconnected', vendor.off]
  if (vendor.needsKey && key === 'missing') {
    const { keylessFlag } = vendor
    if (keylessFlag === null) return ['disconnected', `${vendor.secret} is not set`]
    if (probe === null && lastRun?.argv.includes(keylessFlag) === true && lastRun.exitCode !== 5) {
      return ['live', `${vendor.secret} is not set: ${keylessFlag} alone`]
    }
    return ['disconnected', `${vendor.secret} is not set; contango fetch ${vendor.source} ${keylessFlag} needs none`]
  }
  if (probe !== null) return probe.trouble === null ? ['live', null] : ['connection-error', probe.trouble]
  if (lastRun === null) return ['disconnected', `not asked yet: contango fetch ${vendor.source}, or --probe`]
  if (lastRun.exitCode === 5) return ['connection-error', `the last fetch ended with ${lastRun.errorCode ?? 'exit 5'}`]
  return ['live', null]
}
