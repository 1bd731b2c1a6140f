import { isAbsolute, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config/config.js'
import { loadConfig } from '../config/create-config.js'
import { findWorkspace, type Workspace } from '../config/workspace.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError, type ErrorDetails } from '../kernel/errors.js'
import { seededRng } from '../kernel/rng.js'
import { createMarket } from '../market/create-market.js'
import type { Market, Product } from '../market/market.js'
import { clock } from '../runtime/clock.js'
import { createLogger, type LogLevel } from '../runtime/logger.js'
import { createRedactor } from '../runtime/redact.js'
import type { openStore } from '../store/open-store.js'
import type { Context } from './context.js'
import type { Warning } from './emit/document.js'
import type { GlobalFlags } from './global-flags.js'
import type { Host } from './host.js'
import { orderedInputs, type InputRecord } from './inputs.js'
import { createProgress } from './progress.js'
import { saySimulated, sayNote, sayWarning, type Voice } from './talk.js'

type OpenStore = ReturnType<typeof openStore>

/** A run's context and what the base command asks of it when the answer is there. */
export interface Session {
  readonly ctx: Context
  readonly redact: (text: string) => string
  /** Null for a command that needs no workspace and has none. */
  workspace(): Workspace | null
  inputs(): InputRecord[]
  warnings(): readonly Warning[]
  /** Warns once, on stderr and in the document, where simulated data was read. */
  markSimulated(): void
  /** The run ledger, opened if need be. */
  ledger(): OpenStore['runs']
  close(): void
}

interface SessionOptions {
  readonly host: Host
  readonly flags: GlobalFlags
  /** Flags that were typed, not defaulted. */
  readonly typedFlags: Readonly<Record<string, unknown>>
  readonly voice: Voice
  readonly needsWorkspace: boolean
  readonly keepsLedger: boolean
}

function lazy<T>(make: () => T): { (): T; made(): T | null } {
  let value: { it: T } | null = null
  return Object.assign(() => (value ??= { it: make() }).it, { made: () => value?.it ?? null })
}

/** Loads the store's code only for commands that work in a workspace: it carries a native module. */
export async function createSession({
  host,
  flags,
  typedFlags,
  voice,
  needsWorkspace,
  keepsLedger,
}: SessionOptions): Promise<Session> {
  const warnings: Warning[] = []
  const reads: InputRecord[] = []
  const secrets = new Set<string>()
  const redact = (text: string): string => createRedactor(secrets)(text)
  const warn = (code: string, message: string, details?: ErrorDetails): void => {
    const clean = redact(message)
    warnings.push(details === undefined ? { code, message: clean } : { code, message: clean, details })
    sayWarning(voice, clean)
  }

  const findHome = (): Workspace =>
    findWorkspace({ cwd: host.cwd, env: host.env, homeFlag: flags.home, packageRoot: host.packageRoot })
  const workspace = lazy<Workspace>(findHome)
  const workspaceOrNone = lazy<Workspace | null>(() => {
    try {
      return workspace()
    } catch (error) {
      const mayDoWithout = !needsWorkspace && flags.home === undefined
      if (mayDoWithout && error instanceof ContangoError && error.code === 'NO_WORKSPACE') return null
      throw error
    }
  })
  const config = lazy<Config>(() =>
    loadConfig({
      workspace: needsWorkspace ? workspace() : workspaceOrNone(),
      env: host.env,
      flags: typedFlags,
      packageRoot: host.packageRoot,
      onSecret: (value) => secrets.add(value),
      onWarning: warn,
    }),
  )
  const market = lazy<Market>(() => createMarket(config().instruments, config().calendars))
  // A command that neither needs a workspace nor keeps a ledger (init, schema) does not even look for one.
  const usesStore = needsWorkspace || (keepsLedger && workspaceOrNone() !== null)
  const storeModule = usesStore ? await import('../store/open-store.js') : null
  const store = lazy<OpenStore>(() => {
    const home = workspace()
    if (!storeModule) throw new ContangoError('bug', 'BUG', 'a command without a workspace asked for the store')
    return storeModule.openStore({
      dataDir: home.dataDir,
      priority: config().settings.sources.priority,
      lockWaitMs: config().settings.lockWaitSeconds * 1000,
      clock,
      onRead: (provenance) => void reads.push(provenance),
      warn,
    })
  })
  const log = lazy<Logger>(() => {
    const level: LogLevel = voice.quiet ? 'error' : flags.verbose ? 'debug' : config().settings.logLevel
    return createLogger(level, host.io.stderr, redact)
  })

  const ctx: Context = {
    get config() {
      return config()
    },
    get workspace() {
      return workspace()
    },
    get market() {
      return market()
    },
    get store() {
      return store()
    },
    get runs() {
      return store().runs
    },
    get jobs() {
      return store().jobs
    },
    get issuedSignals() {
      return store().issuedSignals
    },
    get log() {
      return log()
    },
    seed: flags.seed,
    strict: flags.strict,
    requestedAsOf: flags['as-of'] ?? null,
    asOf: (products) => flags['as-of'] ?? lastCommonSettlement(store(), products),
    rng: (stream) => seededRng(flags.seed, stream),
    warn,
    relyOn: (inputs) => void reads.push(...inputs),
    note: (message) => sayNote(voice, redact(message)),
    secret: (name) => config().secret(name),
    progress: (label, total) => createProgress(label, total, host.io.stderr, host.io.stderrIsTty && !voice.quiet),
    resolveFile: (file) => (isAbsolute(file) ? file : resolve(host.cwd, file)),
    io: host.io,
    signal: host.signal,
  }

  return {
    ctx,
    redact,
    workspace: workspaceOrNone,
    inputs: () =>
      orderedInputs([
        ...reads,
        ...(config.made()?.files() ?? []).map(({ file, sha256 }) => ({ config: file, sha256 })),
      ]),
    warnings: () => warnings,
    markSimulated() {
      const simulated = reads.flatMap((read) => ('config' in read || !read.simulated ? [] : [read.series]))
      if (simulated.length === 0) return
      const names = [...new Set(simulated)].sort().join(', ')
      warnings.push({ code: 'SIMULATED', message: `simulated data, not market data: ${names}` })
      saySimulated(voice, `these figures rest on the built-in simulator, not on market data (${names})`)
    },
    ledger: () => store().runs,
    close: () => store.made()?.close(),
  }
}

/** The last day on which every one of the products has settled; products that the lake lacks do not count. */
function lastCommonSettlement(store: OpenStore, products: readonly Product[]): EpochDay {
  const lasts = products.flatMap((product) => store.pick('curves', product)?.last ?? [])
  if (lasts.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no settlements of ${products.join(', ')}`,
      'contango fetch sim (simulated) or contango fetch csv FILE (your own)',
      { products },
    )
  }
  return Math.min(...lasts)
}
