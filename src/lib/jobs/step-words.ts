import type { CommandFacts, FlagFacts } from '../cli/check-command.js'
import type { YamlPath } from '../config/yaml-position.js'
import { ExpressionError } from './expression.js'
import type { IssueList } from './issue-list.js'
import type { StepWord } from './job-plan.js'
import type { StepInput } from './job-schema.js'
import { hasHoles, parseTemplate, splitWords, templateText, type Template } from './template.js'

const SHELL_SIGNS = new Set(['|', '||', '&&', '&', ';', '>', '>>', '<', '2>&1'])

/** `command` of a step as words, split before anything is filled in; null where it cannot be read. */
export function commandWords({ command }: StepInput, path: YamlPath, issues: IssueList): Template[] | null {
  const where = [...path, 'command']
  return reading(issues, where, () => {
    const words = typeof command === 'string' ? splitWords(command.trim()) : command.map(String)
    if (words[0] === 'contango') words.shift()
    const sign = words.find((word) => SHELL_SIGNS.has(word))
    if (sign !== undefined) {
      issues.add(where, `"${sign}" belongs to a shell; a step is one contango command, and no shell reads it`)
      return null
    }
    if (words.length === 0) issues.add(where, 'names no command')
    return words.length === 0 ? null : words.map((word) => parseTemplate(word))
  })
}

/**
 * The words of a step's command with those of its `with` put in: arguments behind the command, flags before `--`.
 * @param facts what the command takes
 * @param closest the name that was probably meant
 */
export function withWords(
  step: StepInput,
  command: readonly Template[],
  facts: CommandFacts,
  { path, issues, closest }: WithContext,
): StepWord[] {
  const ends = command.findIndex((word) => templateText(word) === '--')
  const end = ends === -1 ? command.length : ends
  const plain = (words: readonly Template[]): StepWord[] =>
    words.map((template) => ({ template, path: [...path, 'command'] }))
  const args = new Map<string, StepWord[]>()
  const flags: StepWord[] = []
  for (const [name, value] of Object.entries(step.with ?? {})) {
    if (value === null) continue
    const where = [...path, 'with', name]
    const flag = facts.flags.get(name)
    if (!flag && !facts.args.includes(name)) {
      const near = closest(name, [...facts.flags.keys(), ...facts.args])
      const command = facts.id.replaceAll(':', ' ')
      issues.add(where, `${command} has no flag --${name}${near === null ? '' : `; --${near}?`}`, 'key')
      continue
    }
    const values = Array.isArray(value) ? value : [value]
    const words = values.flatMap(
      (one): StepWord[] =>
        reading(issues, where, () =>
          flag ? flagWord(name, flag, one, where, issues) : [{ template: parseTemplate(String(one)), path: where }],
        ) ?? [],
    )
    if (flag) flags.push(...words)
    else args.set(name, words)
  }
  return [
    ...plain(command.slice(0, facts.length)),
    ...facts.args.flatMap((name) => args.get(name) ?? []),
    ...plain(command.slice(facts.length, end)),
    ...flags,
    ...plain(command.slice(end)),
  ]
}

export interface WithContext {
  /** Of the step in the job file. */
  readonly path: YamlPath
  readonly issues: IssueList
  readonly closest: (word: string, candidates: readonly string[]) => string | null
}

function flagWord(
  name: string,
  flag: FlagFacts,
  value: string | number | boolean,
  path: YamlPath,
  issues: IssueList,
): StepWord[] {
  if (flag.takesValue) {
    if (typeof value !== 'boolean') return [{ template: [`--${name}=`, ...parseTemplate(String(value))], path }]
    issues.add(path, `--${name} takes a value, not ${value}`)
    return []
  }
  if (value === true || value === 'true') return [{ template: [`--${name}`], path }]
  if (value === false || value === 'false') return flag.allowNo ? [{ template: [`--no-${name}`], path }] : []
  const template = typeof value === 'string' ? parseTemplate(value) : []
  const [only] = template
  if (template.length === 1 && hasHoles(template) && typeof only === 'object') {
    return [{ template: [`--${name}`], onlyIf: only.expression, path }]
  }
  issues.add(path, `--${name} takes no value: true, false, or one variable`)
  return []
}

/** Runs `read`; what is wrong with an expression in it becomes an issue. */
export function reading<T>(issues: IssueList, path: YamlPath, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    issues.add(path, error.message)
    return null
  }
}
