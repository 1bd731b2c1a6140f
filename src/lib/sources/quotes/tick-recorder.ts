import { ContangoError } from '../../kernel/errors.js'
import type { Clock } from '../../runtime/clock.js'
import { startRecording, type RecordedTick, type Recording } from '../../store/recording.js'
import { tickerDataset } from '../ticker-dataset.js'
import type { Quote, QuoteFeed } from './quote.js'
import { takeInRecording, takeInRecordings, type TakeInContext } from './take-in.js'
import type { Recorder } from './watch-quotes.js'

export interface RecorderContext extends TakeInContext {
  readonly clock: Pick<Clock, 'monotonicMs'>
}

/** A recording of so many ticks, or so old, goes into the lake, and another one begins. */
const FULL_TICKS = 25_000
const FULL_MS = 60_000
/** What is appended is on the disk after so long at the latest. */
const SYNC_MS = 1000
/** A run that was stopped puts its last ticks away within this, or leaves them for the next one. */
const LAST_WRITE_MS = 5000
/** Of a ticker whose unit is not known. */
const AS_QUOTED = 'as quoted'

/**
 * Keeps ticks: each batch is in a recording under `data/recording/` before it is printed, and a recording goes into the lake as
 * ticks of each ticker when it is full and when the run ends. What a killed run left there the next one takes in.
 */
export function createTickRecorder(ctx: RecorderContext, source: QuoteFeed['source']): Recorder {
  const { clock, dataDir } = ctx
  let recording: Recording | null = null
  let beganMs = 0
  let syncedMs = 0
  /** Finished, and not in the lake yet. */
  const full: Recording[] = []

  const names = new Map<string, string>()
  function* recorded(quotes: readonly Quote[]): Generator<RecordedTick> {
    for (const { ticker, unit, time, last, change, bid, ask, stale } of quotes) {
      let name = names.get(ticker)
      if (name === undefined) names.set(ticker, (name = tickerDataset(ticker)))
      yield { ticker: name, unit: unit ?? AS_QUOTED, timeMs: Date.parse(time), last, change, bid, ask, stale }
    }
  }

  async function putAway(signal: AbortSignal): Promise<void> {
    if (recording !== null) {
      recording.close()
      full.push(recording)
      recording = null
    }
    while (full.length > 0) {
      try {
        await takeInRecording({ ...ctx, signal }, full[0].path)
      } catch (error) {
        if (signal === ctx.signal) signal.throwIfAborted()
        if (!signal.aborted && !(error instanceof ContangoError)) throw error
        const rows = full.reduce((sum, one) => sum + one.rows, 0)
        const why = error instanceof Error ? error.message : String(error)
        ctx.warn(
          'TICKS_WAIT',
          `${rows} ticks wait in data/recording (${why}): contango data ls, or any other command that reads ticks, takes them in`,
        )
        return
      }
      full.shift()
    }
  }

  return {
    async write(quotes) {
      try {
        if (recording === null) {
          if (full.length === 0) await takeInRecordings(ctx)
          recording = startRecording(dataDir, { source, simulated: source === 'sim' })
          beganMs = syncedMs = clock.monotonicMs()
        }
        recording.append(recorded(quotes))
        const nowMs = clock.monotonicMs()
        if (nowMs - syncedMs >= SYNC_MS) {
          recording.sync()
          syncedMs = nowMs
        }
      } catch (error) {
        throw cannotRecord(error)
      }
      if (recording.rows >= FULL_TICKS || clock.monotonicMs() - beganMs >= FULL_MS) await putAway(ctx.signal)
    },
    close: () => putAway(ctx.signal.aborted ? AbortSignal.timeout(LAST_WRITE_MS) : ctx.signal),
  }
}

function cannotRecord(error: unknown): unknown {
  if (error instanceof ContangoError) return error
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  return new ContangoError(
    'config',
    'TICKS_NOT_WRITTEN',
    `the ticks cannot be written to data/recording: ${reason}`,
    'check the disk and the permissions, or leave --record out',
    { reason },
    { cause: error },
  )
}
