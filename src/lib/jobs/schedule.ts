/** A step as far as its turn goes. */
export interface Scheduled {
  readonly id: string
  readonly needs: readonly string[]
}

export interface ScheduleOptions<Step extends Scheduled> {
  /** How many run at once, at most. */
  readonly jobs: number
  /** Asked once, when all that the step needs has ended: false where it ends without running. */
  readonly begin: (step: Step) => boolean
  readonly run: (step: Step) => Promise<void>
  /** After an abort nothing begins any more. */
  readonly signal: AbortSignal
}

/**
 * Runs steps, each when those that it needs have ended, in the order of the list among those that could. Ends when
 * nothing runs and nothing can begin; steps that never began are returned.
 */
export async function schedule<Step extends Scheduled>(
  steps: readonly Step[],
  { jobs, begin, run, signal }: ScheduleOptions<Step>,
): Promise<Step[]> {
  const waiting = new Set(steps)
  const ended = new Set<string>()
  const running = new Set<Promise<void>>()
  const nextReady = (): Step | undefined => {
    for (const step of waiting) if (step.needs.every((need) => ended.has(need))) return step
    return undefined
  }
  for (;;) {
    while (!signal.aborted && running.size < jobs) {
      const step = nextReady()
      if (!step) break
      waiting.delete(step)
      if (!begin(step)) {
        ended.add(step.id)
        continue
      }
      const work = run(step).finally(() => {
        ended.add(step.id)
        running.delete(work)
      })
      running.add(work)
    }
    if (running.size === 0) return [...waiting]
    await Promise.race(running)
  }
}
