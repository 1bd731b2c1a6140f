import type { JobPlan, PlannedStep } from './job-plan.js'

/**
 * A job as lines: steps in waves, each wave what could run once the one before it has ended, each step with what it needs
 * and how it is run.
 */
export function drawPlan(plan: JobPlan, jobs: number): string[] {
  const waveOf = new Map<string, number>()
  const byId = new Map(plan.steps.map((step) => [step.id, step]))
  const wave = (step: PlannedStep): number => {
    const known = waveOf.get(step.id)
    if (known !== undefined) return known
    const needed = step.needs.map((need) => wave(byId.get(need)!))
    const own = needed.length === 0 ? 1 : Math.max(...needed) + 1
    waveOf.set(step.id, own)
    return own
  }
  for (const step of plan.steps) wave(step)
  const waves = Math.max(...waveOf.values())
  const width = Math.max(...plan.steps.map(({ id }) => id.length))
  const lines = [`${count(plan.steps.length, 'step')} in ${count(waves, 'wave')}, ${jobs} at once at most`]
  for (let n = 1; n <= waves; n++) {
    const steps = plan.steps.filter(({ id }) => waveOf.get(id) === n)
    lines.push('', n === 1 ? 'wave 1' : `wave ${n}`)
    for (const [i, step] of steps.entries()) {
      const last = i === steps.length - 1
      lines.push(`${last ? '└─' : '├─'} ${step.id.padEnd(width)}  ${step.command.join(' ')}`)
      const notes = notesOf(step)
      if (notes.length > 0) lines.push(`${last ? '  ' : '│ '} ${' '.repeat(width)}  ${notes.join(' · ')}`)
    }
  }
  return lines
}

function notesOf(step: PlannedStep): string[] {
  return [
    ...(step.needs.length > 0 ? [`after ${step.needs.join(', ')}`] : []),
    ...(step.whenText === null ? [] : [`when ${step.whenText}`]),
    ...(step.retries > 0 ? [count(step.retries, 'retry', 'retries')] : []),
    ...(step.timeoutMs === null ? [] : [`at most ${step.timeoutMs / 1000} s`]),
    ...(step.allowExit.length > 0 ? [`exit ${step.allowExit.join(', ')} lets others run`] : []),
    ...(step.child ? ['child'] : []),
  ]
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
