import { ContangoError } from '../../kernel/errors.js'
import { readRecording, recordings, waitingTicks, type Recorded } from '../../store/recording.js'
import { ingest, type IngestContext } from '../ingest.js'

export interface TakeInContext extends Pick<IngestContext, 'store' | 'market' | 'warn' | 'signal'> {
  readonly dataDir: string
}

/** The context of a command; its market and store are touched only where something waits. */
export interface ReadingContext extends Omit<TakeInContext, 'dataDir'> {
  readonly workspace: { readonly dataDir: string }
}

/**
 * Puts the ticks of a recording into the lake; the write deletes the recording, so that none is lost or there twice whenever
 * the process ends. Does nothing where another process holds the recording or has taken it in.
 * @returns how many ticks it had
 */
export async function takeInRecording(ctx: TakeInContext, path: string): Promise<number> {
  let recorded: Recorded | null
  try {
    recorded = readRecording(ctx.dataDir, path)
  } catch (error) {
    throw new ContangoError(
      'refused',
      'RECORDING_DAMAGED',
      `data/${path} is not a sound recording: ${(error as Error).message}`,
      'move it away; sqlite3 .recover may save some of it',
      { path },
      { cause: error },
    )
  }
  if (recorded === null) return 0
  const { tickers, source, simulated } = recorded
  // what a live feed shows for a moment is worth keeping and not worth a line a minute
  const warn: IngestContext['warn'] = (code, message, details) => {
    if (code !== 'ROWS_FLAGGED') ctx.warn(code, message, details)
  }
  await ingest(
    { ...ctx, warn, strict: false },
    tickers.map((columns) => ({ columns, source, simulated })),
    { consumes: path },
  )
  return recorded.rows
}

/** Takes in whatever processes that are gone have left. */
export async function takeInRecordings(ctx: TakeInContext): Promise<number> {
  let rows = 0
  for (const path of recordings(ctx.dataDir)) {
    try {
      rows += await takeInRecording(ctx, path)
    } catch (error) {
      if (!(error instanceof ContangoError && error.code === 'RECORDING_DAMAGED')) throw error
      ctx.warn(error.code, error.message)
    }
  }
  return rows
}

/**
 * What a reader of ticks does first: takes in what a killed `quotes --record` has left, so that it is listed and read. Where that
 * cannot be now (the lake is busy, or may not be written) it warns, and the reader goes on without.
 */
export async function takeInForReading(ctx: ReadingContext): Promise<void> {
  const { dataDir } = ctx.workspace
  if (recordings(dataDir).length === 0) return
  let reason = 'another process has them'
  try {
    const { store, market, warn, signal } = ctx
    await takeInRecordings({ store, market, warn, signal, dataDir })
  } catch (error) {
    ctx.signal.throwIfAborted()
    if (!(error instanceof ContangoError)) throw error
    reason = error.message
  }
  const rows = waitingTicks(dataDir).reduce((sum, one) => sum + (one.rows ?? 0), 0)
  if (rows > 0) ctx.warn('TICKS_WAIT', `${rows} ticks of a killed quotes --record are not in the lake yet: ${reason}`)
}
