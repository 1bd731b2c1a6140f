// Runs in a process of its own, which a test kills: `node writer.cjs DATA_DIR MODE …`.
import { clock } from '../../src/lib/runtime/clock.js'
import { openStore } from '../../src/lib/store/open-store.js'
import type { WriteStep } from '../../src/lib/store/write.js'
import { startRecording } from '../../src/lib/store/recording.js'
import { takeInRecordings } from '../../src/lib/sources/quotes/take-in.js'
import { generation, oneDay } from './generation.js'
import { noMarket, recordedTicks } from './recorded-ticks.js'

const [dataDir, mode, ...rest] = process.argv.slice(2)
const never = new AbortController().signal
const say = (word: string): void => void process.stdout.write(`${word}\n`)

/** Dies at the nth time that a write reaches a step: nothing of the process runs after it. */
async function dieAt(value: number, step: WriteStep, nth: number): Promise<void> {
  let seen = 0
  const onWriteStep = (reached: WriteStep): void => {
    if (reached === step && ++seen === nth) process.kill(process.pid, 'SIGKILL')
  }
  await openStore({ dataDir, priority: [], lockWaitMs: 0, clock, onWriteStep }).write(generation(value), never)
}

/** One generation after the other until it is killed; says when the first is in. */
async function forever(first: number): Promise<void> {
  const store = openStore({ dataDir, priority: [], lockWaitMs: 0, clock })
  for (let value = first; ; value++) {
    await store.write(generation(value), never)
    say('wrote')
  }
}

/** Writes days `first` to `last`, one write each, waiting for whoever else writes. */
async function days(first: number, last: number): Promise<void> {
  const store = openStore({ dataDir, priority: [], lockWaitMs: 60_000, clock })
  for (let day = first; day <= last; day++) await store.write(oneDay(day), never)
  store.close()
}

/** Takes the lock and stays in it. */
async function hold(): Promise<void> {
  const onWriteStep = (): void => {
    say('held')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
  await openStore({ dataDir, priority: [], lockWaitMs: 0, clock, onWriteStep }).write(generation(1), never)
}

/** Records quotes and takes them into the lake; dies at the nth time that the write reaches a step. */
async function record(rows: number, step: WriteStep, nth: number): Promise<void> {
  const recording = startRecording(dataDir, { source: 'bloomberg', simulated: false })
  recording.append(recordedTicks(rows))
  if ((step as string) === 'appended') process.kill(process.pid, 'SIGKILL')
  recording.close()
  let seen = 0
  const onWriteStep = (reached: WriteStep): void => {
    if (reached === step && ++seen === nth) process.kill(process.pid, 'SIGKILL')
  }
  const store = openStore({ dataDir, priority: [], lockWaitMs: 0, clock, onWriteStep })
  await takeInRecordings({ store, dataDir, market: noMarket, warn: () => undefined, signal: never })
}

/** Keeps a recording open. */
function keepRecording(rows: number): Promise<void> {
  startRecording(dataDir, { source: 'bloomberg', simulated: false }).append(recordedTicks(rows))
  say('recorded')
  return new Promise(() => setInterval(() => undefined, 1000))
}

const modes: Record<string, () => Promise<void>> = {
  record: () => record(Number(rest[0]), rest[1] as WriteStep, Number(rest[2])),
  keepRecording: () => keepRecording(Number(rest[0])),
  die: () => dieAt(Number(rest[0]), rest[1] as WriteStep, Number(rest[2])),
  forever: () => forever(Number(rest[0])),
  days: () => days(Number(rest[0]), Number(rest[1])),
  hold,
}
void modes[mode]()
