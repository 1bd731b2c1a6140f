import { checkCommand, commandFacts } from './check-command.js'
import { closest } from './closest.js'
import type { Host } from './host.js'
import type { CommandLines } from '../jobs/command-lines.js'
import { findSchema } from './shipped-schemas.js'

/** The command line as jobs see it: what each command takes, whether a line would run, what its documents hold. */
export function commandLines(host: Host): CommandLines {
  const schemas = new Map<string, unknown>()
  return {
    facts: (words) => commandFacts(words, host.packageRoot),
    check: (argv, isOpen) => checkCommand(argv, host, isOpen),
    schema(commandId) {
      if (!schemas.has(commandId)) {
        const { text } = findSchema(host.packageRoot, commandId.replaceAll(':', '-'))
        schemas.set(commandId, JSON.parse(text))
      }
      return schemas.get(commandId)
    },
    closest: (word, candidates) => closest(word, candidates),
  }
}
