import { clock } from '../runtime/clock.js'
import type { Progress } from './context.js'
import { paceText } from './pace-text.js'

const SILENT: Progress = { advance() {}, stop() {} }

/** A bar on a terminal, with the pace and the time left; nothing in a pipe, under `-q`, or for work that is over before the bar is drawn. */
export function createProgress(
  label: string,
  total: number,
  stderr: NodeJS.WritableStream,
  visible: boolean,
): Progress {
  if (!visible) return SILENT
  let bar: { update(current: number, payload: object): void; stop(): void } | null = null
  let done = 0
  let current = label
  let stopped = false
  const startedMs = clock.monotonicMs()
  const payload = (): object => ({ label: current, pace: paceText(done, total, clock.monotonicMs() - startedMs) })
  void import('cli-progress').then(({ default: cliProgress }) => {
    if (stopped) return
    const created = new cliProgress.SingleBar({
      stream: stderr,
      format: '{label} {bar} {value}/{total} {pace}',
      clearOnComplete: true,
      hideCursor: true,
      fps: 10,
    })
    created.start(total, done, payload())
    bar = created
  })
  return {
    advance(by = 1, next) {
      done += by
      current = next ?? current
      bar?.update(done, payload())
    },
    stop() {
      stopped = true
      bar?.stop()
    },
  }
}
