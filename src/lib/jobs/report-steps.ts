import type { Context, Progress } from '../cli/context.js'
import type { JobPlan } from './job-plan.js'
import type { JobEvent } from './run-job.js'

/** Tells on stderr how a job goes on: a bar with the running steps on a terminal, a line for each step elsewhere. */
export function reportSteps(
  ctx: Pick<Context, 'io' | 'note' | 'progress' | 'log'>,
  plan: JobPlan,
): { onEvent: (event: JobEvent) => void; stop: () => void } {
  const total = plan.steps.length
  const bar: Progress | null = ctx.io.stderrIsTty ? ctx.progress(plan.job, total) : null
  const running = new Set<string>()
  const width = String(total).length
  let done = 0
  const show = (by: number): void => bar?.advance(by, [plan.job, [...running].join(', ')].join(': '))
  const say = (line: string): void => {
    if (bar === null) ctx.note(line)
  }
  return {
    onEvent(event) {
      const { id } = event.step
      if (event.kind === 'started') {
        running.add(id)
        show(0)
        return
      }
      if (event.kind === 'retried') {
        say(`${' '.repeat(2 * width + 3)} again  ${id}: exit ${event.exitCode}, attempt ${event.attempt + 1}`)
        return
      }
      const { status, message, exitCode, keptFrom } = event.outcome
      running.delete(id)
      done++
      show(1)
      const why = status === 'ok' || message === null ? '' : `: ${message.split('\n')[0]}`
      const how = keptFrom === null ? status : 'kept'
      const code = exitCode === null || exitCode === 0 ? '' : ` (exit ${exitCode})`
      say(`[${String(done).padStart(width)}/${total}] ${how.padEnd(7)} ${id}${code}${why}`)
      ctx.log.debug({ step: id, status, exitCode, durationMs: event.durationMs }, 'step ended')
    },
    stop: () => bar?.stop(),
  }
}
