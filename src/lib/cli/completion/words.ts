import type { Config } from '@oclif/core'

/** What can follow: for each run of command words its sub-commands and flags. */
export interface CompletionWords {
  /** `''`, `data`, `data ls` */
  readonly path: string
  readonly next: readonly string[]
  readonly flags: readonly string[]
}

export function completionWords(config: Config): CompletionWords[] {
  const commands = config.commands.filter((command) => !command.hidden)
  const next = new Map<string, Set<string>>([['', new Set()]])
  const flags = new Map<string, string[]>()
  for (const command of commands) {
    const words = command.id.split(':')
    for (let n = 0; n < words.length; n++) {
      const path = words.slice(0, n).join(' ')
      next.set(path, (next.get(path) ?? new Set()).add(words[n]))
    }
    const path = words.join(' ')
    if (!next.has(path)) next.set(path, new Set())
    flags.set(
      path,
      Object.keys(command.flags)
        .sort()
        .map((flag) => `--${flag}`),
    )
  }
  return [...next.keys()]
    .sort()
    .map((path) => ({ path, next: [...next.get(path)!].sort(), flags: flags.get(path) ?? ['--help'] }))
}
