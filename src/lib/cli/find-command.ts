import { Config } from '@oclif/core'
import { ContangoError } from '../kernel/errors.js'
import { closest } from './closest.js'

let loaded: { root: string; config: Promise<Config> } | null = null

/** What oclif knows of the package, read once a process. */
export function oclifConfig(root: string): Promise<Config> {
  if (loaded?.root !== root) loaded = { root, config: Config.load({ root, devPlugins: false, userPlugins: false }) }
  return loaded.config
}

/** The longest run of leading words that names a command or a topic: `data ls -f csv` → `data:ls`. */
export function splitCommand(words: readonly string[], config: Config): { id: string | null; rest: string[] } {
  const end = words.findIndex((word) => word.startsWith('-'))
  const leading = end === -1 ? words : words.slice(0, end)
  for (let n = Math.min(leading.length, 4); n > 0; n--) {
    const id = leading.slice(0, n).join(':')
    if (config.findCommand(id) ?? config.findTopic(id)) return { id, rest: words.slice(n) }
  }
  return { id: null, rest: [...words] }
}

export function unknownCommand(words: readonly string[], config: Config): ContangoError {
  const typed = words.filter((word) => !word.startsWith('-'))
  if (typed.length === 0) {
    return new ContangoError(
      'usage',
      'UNKNOWN_FLAG',
      `${words[0]} needs a command before it`,
      'contango --help lists the commands',
      { flag: words[0] },
    )
  }
  const names = config.commandIDs.map((id) => id.replaceAll(':', ' '))
  const near = closest(typed.slice(0, 2).join(' '), names) ?? closest(typed[0], names)
  const hint = near === null ? 'contango --help lists the commands' : `contango ${near}`
  return new ContangoError('usage', 'UNKNOWN_COMMAND', `there is no command "${typed.slice(0, 2).join(' ')}"`, hint, {
    command: typed[0],
  })
}
