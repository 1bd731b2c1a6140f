// The JSON Schema of job files: what src/lib/jobs/job-schema.ts checks, and for each command what `with` may hold.
import { z } from 'zod'
import { JobSchema } from '../src/lib/jobs/job-schema.ts'

/**
 * As text: a command a line and a line between them, so that two branches that change two commands merge.
 * @param {{ id: string, summary?: string, flags: Record<string, object>, args: Record<string, object> }[]} commands
 */
export function jobFileSchema(commands) {
  const schema = z.toJSONSchema(JobSchema, { io: 'input', unrepresentable: 'any' })
  const step = schema.properties.steps.items
  const globals = Object.entries(commands.find(({ flags }) => flags.chart).flags).filter(([, flag]) => isGlobal(flag))
  step.properties.command = {
    ...step.properties.command,
    examples: commands.map(({ id }) => id.replaceAll(':', ' ')),
  }
  step.allOf = ['COMMANDS']
  const lines = commands.map((command) =>
    JSON.stringify({
      if: { properties: { command: startsWith(command, commands) }, required: ['command'] },
      then: { properties: { with: withOf(command) } },
    }),
  )
  const whole = {
    $id: 'contango.job/1',
    title: 'A job file of contango run',
    ...schema,
    $defs: { global: { properties: Object.fromEntries(globals.map(([name, flag]) => [name, flagSchema(flag)])) } },
  }
  return `${JSON.stringify(whole, null, 2).replace('"COMMANDS"', () => `\n${lines.join(',\n\n')}\n`)}\n`
}

const isGlobal = (flag) => flag.helpGroup === 'GLOBAL'

/** `var` but not `var backtest`, as a line or as a list of words. */
function startsWith({ id }, commands) {
  const words = id.split(':')
  const deeper = commands
    .filter((other) => other.id.startsWith(`${id}:`))
    .map((other) => other.id.split(':')[words.length])
  const next = [...new Set(deeper)]
  const not = next.length === 0 ? '' : `(?!\\s+(${next.join('|')})(\\s|$))`
  return {
    anyOf: [
      { type: 'string', pattern: `^\\s*(contango\\s+)?${words.join('\\s+')}(?=\\s|$)${not}` },
      { type: 'array', prefixItems: words.map((word) => ({ const: word })), minItems: words.length },
    ],
  }
}

function withOf({ flags, args }) {
  const own = Object.entries(flags).filter(([, flag]) => !isGlobal(flag))
  return {
    allOf: [{ $ref: '#/$defs/global' }],
    properties: {
      ...Object.fromEntries(
        Object.entries(args).map(([name, arg]) => [name, { description: arg.description ?? 'Argument.' }]),
      ),
      ...Object.fromEntries(own.map(([name, flag]) => [name, flagSchema(flag)])),
    },
    unevaluatedProperties: false,
  }
}

/** A value may be a variable wherever a fixed one may stand. */
function flagSchema(flag) {
  const description = flag.summary ?? flag.description ?? ''
  const variable = { type: 'string', pattern: '\\$\\{\\{' }
  if (flag.type === 'boolean') return { description, anyOf: [{ type: 'boolean' }, variable] }
  const one = flag.options ? { anyOf: [{ enum: flag.options }, variable] } : { type: ['string', 'number'] }
  return { description, ...(flag.multiple ? { anyOf: [one, { type: 'array', items: one }] } : one) }
}
