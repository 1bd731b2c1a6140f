import { SIGNALS } from '../../src/lib/signals/definitions.js'
import type { SignalDefinition, SignalFamily } from '../../src/lib/signals/signal.js'

const FAMILIES: readonly (readonly [SignalFamily, string])[] = [
  ['technical', 'Technical'],
  ['fundamental', 'Fundamental'],
]

function rowOf({ name, title, rule, parameters }: SignalDefinition): string {
  const ranges = parameters.map((one) => `${one.name} ${one.default} (${one.min}–${one.max})`).join(', ')
  return `| \`${name}\` | ${title} | ${rule.replaceAll('|', '\\|')} | ${ranges} |`
}

/** The tables of docs/signals.md. */
export function signalsTables(): string {
  return FAMILIES.map(
    ([family, title]) =>
      `### ${title}\n\n| name | what | rule | parameters, default (range) |\n| --- | --- | --- | --- |\n${SIGNALS.filter(
        (one) => one.family === family,
      )
        .map(rowOf)
        .join('\n')}\n`,
  ).join('\n')
}
