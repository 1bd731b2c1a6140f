import type { Logger } from 'pino'
import type { Config } from '../config/config.js'
import type { EpochDay } from '../kernel/day.js'
import type { ErrorDetails } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import type { Market, Product } from '../market/market.js'
import type { JobLedger } from '../store/job-ledger.js'
import type { RunLedger, Store } from '../store/types.js'
import type { SignalLog } from '../store/signal-log.js'
import type { Workspace } from '../config/workspace.js'
import type { InputRecord } from './inputs.js'

/** Where a command's bytes go; a job hands over its own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  readonly stderrIsTty: boolean
  readonly stdoutIsTty: boolean
}

/** A bar on a TTY, nothing elsewhere. */
export interface Progress {
  advance(by?: number, label?: string): void
  stop(): void
}

/** All that a command may touch. Commands never reach for process.stdout, exitCode, signals, the clock or the environment. */
export interface Context {
  /** Parsed on first touch of each section, frozen; each file that was touched stands in `inputs[]`. */
  readonly config: Config
  readonly workspace: Workspace
  /** Built from config on first touch. */
  readonly market: Market
  /** Opened on first touch; whatever is read through it stands in `inputs[]`. */
  readonly store: Store
  readonly runs: RunLedger
  readonly jobs: JobLedger
  /** What `contango signals` said. */
  readonly issuedSignals: SignalLog
  readonly seed: number
  readonly strict: boolean
  /** What `--as-of` said, unresolved. */
  readonly requestedAsOf: EpochDay | null
  /**
   * The date of the answer: `--as-of`, else the last day on which every one of `products` has settled.
   * Throws noData where the lake has none of them.
   */
  asOf(products: readonly Product[]): EpochDay
  rng(stream: string): Rng
  /** To stderr and into `warnings[]`. */
  warn(code: string, message: string, details?: ErrorDetails): void
  /** What an earlier answer was made from is what an answer about it is made from: it stands in `inputs[]`, SIMULATED and all. */
  relyOn(inputs: readonly InputRecord[]): void
  /** Talk on stderr, silenced by `-q`. */
  note(message: string): void
  /** A secret by its environment name, or from the file that NAME_FILE names; null if neither is set. Never printed. */
  secret(name: string): string | null
  progress(label: string, total: number): Progress
  /** Absolute path of a FILE argument (resolved against the current folder). */
  resolveFile(file: string): string
  readonly io: Io
  readonly signal: AbortSignal
  readonly log: Logger
}
