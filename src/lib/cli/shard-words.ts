import { ContangoError } from '../kernel/errors.js'

export interface ShardPlace {
  /** 1 to `of`. */
  readonly shard: number
  readonly of: number
}

/**
 * Reads `3/16`, or `auto`: the index of a Kubernetes indexed Job (JOB_COMPLETION_INDEX from 0, with JOB_COMPLETIONS that its file
 * sets) or of a Slurm array (SLURM_ARRAY_TASK_ID with _MIN, _STEP and _COUNT).
 */
export function parseShard(text: string, env: Readonly<Record<string, string | undefined>>): ShardPlace {
  if (text !== 'auto') {
    const typed = /^(\d{1,6})\/(\d{1,6})$/.exec(text)
    return checked(text, typed === null ? Number.NaN : Number(typed[1]), typed === null ? Number.NaN : Number(typed[2]))
  }
  const whole = (name: string): number => (/^\d+$/.test(env[name] ?? '') ? Number(env[name]) : Number.NaN)
  if (env['JOB_COMPLETION_INDEX'] !== undefined)
    return checked(
      'JOB_COMPLETION_INDEX and JOB_COMPLETIONS',
      whole('JOB_COMPLETION_INDEX') + 1,
      whole('JOB_COMPLETIONS'),
    )
  if (env['SLURM_ARRAY_TASK_ID'] !== undefined) {
    const first = env['SLURM_ARRAY_TASK_MIN'] === undefined ? 1 : whole('SLURM_ARRAY_TASK_MIN')
    const step = env['SLURM_ARRAY_TASK_STEP'] === undefined ? 1 : whole('SLURM_ARRAY_TASK_STEP')
    return checked(
      'SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT',
      (whole('SLURM_ARRAY_TASK_ID') - first) / step + 1,
      whole('SLURM_ARRAY_TASK_COUNT'),
    )
  }
  throw new ContangoError(
    'usage',
    'NO_SHARD',
    '--shard auto finds neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID in the environment',
    '--shard 3/16',
  )
}

function checked(what: string, shard: number, of: number): ShardPlace {
  if (Number.isInteger(shard) && Number.isInteger(of) && shard >= 1 && shard <= of) return { shard, of }
  throw new ContangoError(
    'usage',
    'BAD_SHARD',
    `${what} ${what.includes('_') ? 'name' : 'is'} no shard: it is I/N with I from 1 to N`,
    '--shard 3/16',
  )
}

/** Flags that say where an answer goes or how it is computed, with a value and without: a merge has its own. */
const OWN_WITH_VALUE = /^--(?:shard|cells|output|format|home|threads|lock-wait-seconds)$/
const OWN = /^(?:--(?:json|quiet|verbose|(?:no-)?store|(?:no-)?color)|-[qv]+)$/

/** The words of a shard without what is its own: those of the whole search. */
export function wholeSearchWords(argv: readonly string[]): string[] {
  const words: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (OWN_WITH_VALUE.test(word) || word === '-o' || word === '-f') i++
    else if (!OWN.test(word) && !OWN_WITH_VALUE.test(word.replace(/=.*$/s, '')) && !/^-[of]./.test(word))
      words.push(word)
  }
  return words
}
