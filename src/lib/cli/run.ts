import { ContangoError } from '../kernel/errors.js'
import { asksForJson } from './asks-for-json.js'
import { errorDocumentText } from './emit/document.js'
import { EXIT, exitCodeOf } from './exit-codes.js'
import { oclifConfig, splitCommand, unknownCommand } from './find-command.js'
import type { Host } from './host.js'
import { routingConfig } from './routing-config.js'
import { sayError } from './talk.js'
import { isBrokenPipe, writeFully } from './write-stream.js'

/**
 * Runs one command line to its end and returns the exit code; never throws and touches nothing but the host.
 * A shell, a test and a job call this one function.
 */
export async function runCommand(argv: readonly string[], host: Host): Promise<number> {
  try {
    return await dispatch(argv, host)
  } catch (thrown) {
    if (isBrokenPipe(thrown)) return EXIT.ok
    if (!(thrown instanceof ContangoError)) throw thrown
    sayError({ stderr: host.io.stderr, colour: false, quiet: false }, thrown.message, thrown.hint)
    if (asksForJson(argv)) await writeFully(host.io.stdout, errorDocumentText(thrown, thrown.message))
    return exitCodeOf(thrown.kind)
  }
}

async function dispatch(argv: readonly string[], host: Host): Promise<number> {
  const config = await routingConfig(host.packageRoot, host.commandIds)
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
  if (words[0] === '--version' || words[0] === '-V') {
    await writeFully(host.io.stdout, `${config.name}/${config.version}\n`)
    return EXIT.ok
  }
  const { id, rest } = splitCommand(words, config)
  if (words.length === 0 || wantsHelp(words)) {
    await showHelp(id === null ? [] : [id], words, host)
    return EXIT.ok
  }
  if (id === null) throw unknownCommand(words, config)
  if (!config.findCommand(id)) {
    if (rest.some((word) => !word.startsWith('-'))) throw unknownCommand(words, config)
    await showHelp([id], words, host)
    return EXIT.ok
  }
  const CommandClass = await host.loadCommand(id)
  CommandClass.id = id
  return new CommandClass(rest, config, host).run()
}

function wantsHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end === -1 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

async function showHelp(subject: string[], words: readonly string[], host: Host): Promise<void> {
  const config = await oclifConfig(host.packageRoot)
  if (subject.length === 0 && words.some((word) => !word.startsWith('-'))) throw unknownCommand(words, config)
  const { ContangoHelp } = await import('./help.js')
  const pieces: string[] = []
  await new ContangoHelp(config, (text) => void pieces.push(text)).showHelp(subject)
  await writeFully(host.io.stdout, pieces.join(''))
}
