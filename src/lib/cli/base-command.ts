import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { Command, type Config, type Interfaces } from '@oclif/core'
import { isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { clock } from '../runtime/clock.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import { asContangoError } from './as-contango-error.js'
import { asksForJson } from './asks-for-json.js'
import type { Context } from './context.js'
import { withOpenWords, withoutStdin } from './declarations.js'
import { createSession, type Session } from './create-context.js'
import { documentText, errorDocumentText } from './emit/document.js'
import { answerLines } from './emit/answer.js'
import { EXIT, exitCodeOf, TERMINATED } from './exit-codes.js'
import { outputTarget, type OutputTarget } from './formats.js'
import { globalFlags, type GlobalFlags } from './global-flags.js'
import type { Host } from './host.js'
import { documentParams } from './params.js'
import type { Report } from './report.js'
import { bold, sayError, sayNote, sayTrip, sayWarning, type Voice } from './talk.js'
import { isBrokenPipe, writeFully, writeLines } from './write-stream.js'

type Declared = Pick<typeof Command, 'args' | 'flags'>
type Typed<T extends Declared> = {
  readonly flags: Interfaces.InferredFlags<T['flags']>
  readonly args: Interfaces.InferredArgs<T['args']>
  readonly argv: readonly string[]
}

/** What a command class says of itself besides what oclif knows. */
type CommandTraits = typeof Command &
  Pick<typeof ContangoCommand, 'schemaVersion' | 'needsWorkspace' | 'keepsLedger' | 'ownEndings' | 'passesOn'>

/**
 * Every command: parses, makes the context, asks `answer` for a {@link Report}, prints it in the form that was
 * asked for, keeps the run ledger and turns whatever was thrown into a message, a document and an exit code.
 */
export abstract class ContangoCommand extends Command {
  /** `chartingFlags` in a command that accepts `--chart`. */
  static override baseFlags = globalFlags
  /** The `n` of `contango.<command>/<n>`. */
  static schemaVersion = 1
  /** False for the few commands that answer without `config/`, `data/` and `reports/` of their own. */
  static needsWorkspace = true
  /** False for commands that only look at the ledger, so that looking does not fill it. */
  static keepsLedger = true
  /** Endings of `-o FILE` that the command writes itself: `report market -o x.html`. */
  static ownEndings: readonly string[] = []
  /** True where the words after the first `--` are not flags of the command but parameters that it reads itself. */
  static passesOn = false
  /** Puts words of the command line in the order that its declarations read: `strategyFirst`. */
  static arranged: (argv: readonly string[]) => string[] = (argv) => [...argv]

  /** This run in the ledger; a job names its folder after it. */
  protected readonly runId = randomUUID()
  private readonly host: Host
  private typed: { flags: object; args: object; argv: readonly unknown[] } | null = null
  /** The picture was asked for: history that only it needs is worth reading. */
  protected wantsChart = false
  /** `-o FILE` where the command writes that ending itself, as typed. */
  protected ownOutput: string | null = null

  /** What stands after the first `--`, in a command that `passesOn`. */
  protected readonly passedOn: readonly string[]

  constructor(given: string[], config: Config, host: Host) {
    const argv = new.target.arranged(given)
    const end = new.target.passesOn ? argv.indexOf('--') : -1
    super(end === -1 ? argv : argv.slice(0, end), config)
    this.passedOn = end === -1 ? [] : argv.slice(end + 1)
    this.host = host
  }

  /** The command's work: one call into a room, one report. */
  protected abstract answer(ctx: Context): Promise<Report>

  /** The parsed flags and arguments with the types of the command's own declarations. */
  protected input<T extends Declared>(_command: T): Typed<T> {
    if (!this.typed) throw new ContangoError('bug', 'BUG', 'input() was called before the command line was parsed')
    return this.typed as Typed<T>
  }

  /** Reads the command line as {@link run} does, where words that `isOpen` stand for any value; throws what is wrong. */
  async check(isOpen: (word: string) => boolean): Promise<void> {
    const ctor = this.ctor as CommandTraits
    const { flags } = await this.parse(withOpenWords(ctor, this.argv, isOpen))
    const given = flags as unknown as GlobalFlags // the base flags are declared in global-flags.ts
    outputTarget({ ...given, chart: given.chart === true }, ctor.ownEndings)
  }

  /** Another command line in the same host but for what is given: it has its own context, ledger entry and exit code. */
  protected async runAnother(argv: readonly string[], instead: Partial<Host>): Promise<number> {
    const { runCommand } = await import('./run.js')
    return runCommand(argv, { ...this.host, ...instead })
  }

  /** What the scheduler that started this process says of its place among others. */
  protected get environment(): Host['env'] {
    return this.host.env
  }

  /** Flags and arguments of another command, the arguments in the order of the command line. */
  protected async declaredInput(id: string): Promise<Pick<typeof Command, 'args' | 'flags'>> {
    const other = (await this.host.loadCommand(id)) as unknown as typeof Command // the host's view of it is narrower
    return { args: other.args, flags: { ...other.baseFlags, ...other.flags } }
  }

  /** Runs to the end and says how it ended; never throws. */
  override async run(): Promise<number> {
    const startedAtMs = clock.nowMs()
    const startedMs = clock.monotonicMs()
    const { host } = this
    const ctor = this.ctor as CommandTraits
    const schema = `contango.${(ctor.id ?? '').replaceAll(':', '-')}/${ctor.schemaVersion}`
    let voice: Voice = { stderr: host.io.stderr, colour: colourWanted(host, this.argv), quiet: false }
    let json = asksForJson(this.argv)
    let session: Session | null = null
    let report: Report | null = null
    let outputSha256: string | null = null
    let failure: ContangoError | null = null
    try {
      const parsed = await this.parse(host.ignoresStdin ? withoutStdin(ctor) : ctor)
      const flags = parsed.flags as unknown as GlobalFlags // the base flags are declared in global-flags.ts
      this.typed = { flags: parsed.flags, args: parsed.args, argv: parsed.argv }
      voice = { ...voice, quiet: flags.quiet }
      const target = outputTarget({ ...flags, chart: flags.chart === true }, ctor.ownEndings)
      json = target.format === 'json'
      this.wantsChart = target.chart !== null
      this.ownOutput = ownOutput(flags.output, ctor.ownEndings)
      const typedFlags = Object.fromEntries(
        Object.entries(parsed.flags).filter(([name]) => parsed.metadata.flags[name]?.setFromDefault !== true),
      )
      session = await createSession({
        host,
        flags,
        typedFlags,
        voice,
        needsWorkspace: ctor.needsWorkspace,
        keepsLedger: ctor.keepsLedger,
      })
      if (ctor.needsWorkspace) void session.ctx.workspace
      report = await this.answer(session.ctx)
      host.signal.throwIfAborted()
      session.markSimulated()
      outputSha256 = await this.emit(schema, report, target, session, voice, {
        flags: parsed.flags,
        args: parsed.args,
        argv: parsed.argv,
      })
      if (report.incomplete) sayError(voice, session.redact(report.incomplete.message), report.incomplete.hint)
      if (report.trip) sayTrip(voice, report.trip.message)
    } catch (thrown) {
      if (isBrokenPipe(thrown) || isBrokenPipe(host.signal.reason)) {
        session?.close()
        return EXIT.ok
      }
      failure = asContangoError(thrown, host.signal, ctor.passesOn)
      await this.sayFailure(failure, json, voice, session)
    }
    const exitCode = failure ? exitCodeOfFailure(failure) : exitCodeOfReport(report)
    const durationMs = clock.monotonicMs() - startedMs
    if (session && ctor.keepsLedger) {
      keepInLedger(session, voice, () => ({
        id: this.runId,
        command: (ctor.id ?? '').replaceAll(':', ' '),
        argv: [...this.argv, ...(this.passedOn.length > 0 ? ['--', ...this.passedOn] : [])].map((word) =>
          session.redact(word),
        ),
        startedAtMs,
        durationMs: Math.round(durationMs * 10) / 10,
        exitCode,
        errorCode: failure?.code ?? report?.trip?.code ?? report?.incomplete?.code ?? null,
        asOf: report?.asOf == null ? null : isoFromDay(report.asOf),
        schema: report ? schema : null,
        outputSha256,
        inputs: session.inputs().flatMap((input) => ('config' in input ? [] : [input])),
        version: this.config.version,
        host: hostname(),
        pid: process.pid,
      }))
    }
    if (this.argv.includes('-v') || this.argv.includes('--verbose')) {
      sayNote(
        { ...voice, quiet: false },
        `${ctor.id?.replaceAll(':', ' ')}: exit ${exitCode} after ${durationMs.toFixed(0)} ms`,
      )
    }
    session?.close()
    return exitCode
  }

  private async emit(
    schema: string,
    report: Report,
    target: OutputTarget,
    session: Session,
    voice: Voice,
    parsed: Parameters<typeof documentParams>[1],
  ): Promise<string | null> {
    const { ctx } = session
    const document = async (): Promise<string> =>
      documentText(
        schema,
        report,
        {
          ...(await documentParams(this.ctor, parsed, ctx.resolveFile, session.redact)),
          ...((this.ctor as CommandTraits).passesOn ? { passedOn: this.passedOn } : {}),
        },
        session.inputs(),
        session.warnings(),
      )
    if (report.onDocument) await report.onDocument(await document())
    if (target.chart) {
      if (!report.chart) throw new ContangoError('noData', 'NO_CHART', 'there is nothing to draw for this answer')
      const { renderChart } = await import('../charts/render.js')
      await writeAtomic(
        ctx.resolveFile(target.chart.file),
        await renderChart(report.chart(), target.chart.format),
        ctx.signal,
      )
      sayNote(voice, `wrote ${basename(target.chart.file)}`)
    }
    if (!target.printAnswer) return null
    const hash = createHash('sha256')
    if (report.stream) {
      const { hashedWriter, requireStreamable, writeNdjsonStream } = await import('./emit/stream.js')
      requireStreamable(target)
      await writeNdjsonStream(report.stream, hashedWriter(ctx.io.stdout, hash), ctx.signal)
      return hash.digest('hex')
    }
    const lines = await answerLines(
      report,
      target.format,
      document,
      bold(voice.colour && target.file === null && ctx.io.stdoutIsTty),
    )
    if (target.file === null) {
      if (lines instanceof Uint8Array) {
        hash.update(lines)
        await writeFully(ctx.io.stdout, lines)
      } else {
        await writeLines(ctx.io.stdout, hashed(lines, hash), ctx.signal)
      }
      return hash.digest('hex')
    }
    const bytes = lines instanceof Uint8Array ? lines : Buffer.from([...lines].join(''))
    await writeAtomic(ctx.resolveFile(target.file), bytes, ctx.signal)
    sayNote(voice, `wrote ${basename(target.file)}`)
    return hash.update(bytes).digest('hex')
  }

  private async sayFailure(
    failure: ContangoError,
    json: boolean,
    voice: Voice,
    session: Session | null,
  ): Promise<void> {
    const message = session ? session.redact(failure.message) : failure.message
    sayError(voice, message, failure.hint)
    if (failure.kind === 'bug' && this.argv.some((word) => word === '-v' || word === '--verbose')) {
      const cause = failure.cause instanceof Error ? failure.cause : failure
      voice.stderr.write(`${session ? session.redact(cause.stack ?? '') : cause.stack}\n`)
    }
    if (!json) return
    try {
      await writeFully(this.host.io.stdout, errorDocumentText(failure, message))
    } catch (error) {
      if (!isBrokenPipe(error)) throw error
    }
  }
}

function* hashed(lines: Iterable<string>, hash: ReturnType<typeof createHash>): Generator<string> {
  for (const line of lines) {
    hash.update(line)
    yield line
  }
}

function ownOutput(output: string | undefined, endings: readonly string[]): string | null {
  return output !== undefined && endings.some((ending) => output.toLowerCase().endsWith(ending)) ? output : null
}

function exitCodeOfReport(report: Report | null): number {
  if (report?.trip) return EXIT.trip
  return report?.incomplete ? exitCodeOfFailure(report.incomplete) : EXIT.ok
}

function exitCodeOfFailure(failure: ContangoError): number {
  return TERMINATED.has(failure.code) ? EXIT.terminated : exitCodeOf(failure.kind)
}

function colourWanted(host: Host, argv: readonly string[]): boolean {
  return host.io.stderrIsTty && !host.env['NO_COLOR'] && host.env['TERM'] !== 'dumb' && !argv.includes('--no-color')
}

/** A ledger that cannot be written is a warning, never an exit code. */
function keepInLedger(
  session: Session,
  voice: Voice,
  run: () => Parameters<ReturnType<Session['ledger']>['append']>[0],
): void {
  try {
    if (session.workspace() !== null) session.ledger().append(run())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    sayWarning(voice, session.redact(`this run is not in the run ledger: ${message}`))
  }
}
