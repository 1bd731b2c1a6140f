import type { CommandFacts } from '../cli/check-command.js'
import type { YamlPath } from '../config/yaml-position.js'
import { ContangoError } from '../kernel/errors.js'
import type { Market } from '../market/market.js'
import { answerForm } from './answer-form.js'
import { isStatic, staticScope } from './check-expression.js'
import type { CommandLines } from './command-lines.js'
import { evaluateExpression, isTrue } from './evaluate-expression.js'
import type { Expression } from './expression.js'
import type { IssueList } from './issue-list.js'
import type { JobFile } from './job-files.js'
import type { PlannedStep, Scalar, StepWord } from './job-plan.js'
import type { StepInput } from './job-schema.js'
import { commandWords, withWords } from './step-words.js'
import { fillTemplate, templateText, textOf } from './template.js'

/** Stands for a value that only the run knows while a command line is checked. */
export const OPEN_PLACE = '\uFFFC'

export interface PlanOptions {
  readonly commands: CommandLines
  readonly market: Pick<Market, 'resolveProduct'>
  readonly env: Readonly<Record<string, string | undefined>>
  /** What `--var` says; all of them must be in the job's `vars`. */
  readonly vars: Readonly<Record<string, string>>
  /** Flags of the run that every step takes over unless it has its own: `--as-of=2023-12-29`. */
  readonly passedOn: readonly string[]
}

/** A step's command line, with everything in it that is known before the run. */
export interface Draft {
  readonly input: StepInput
  readonly id: string
  readonly matrix: Readonly<Record<string, Scalar>> | null
  readonly path: YamlPath
  readonly line: number
  readonly facts: CommandFacts
  /** What `vars` and `matrix` say is filled in. */
  readonly words: readonly StepWord[]
  /** Without the switches that are off. */
  readonly shownWords: readonly StepWord[]
  /** As it would run, with an open place for whatever only the run knows. */
  readonly argv: readonly string[]
  readonly form: PlannedStep['form']
}

export interface DraftContext {
  readonly id: string
  readonly matrix: Draft['matrix']
  readonly path: YamlPath
  readonly vars: Readonly<Record<string, Scalar>>
  readonly issues: IssueList
  readonly yaml: JobFile['yaml']
  readonly options: PlanOptions
}

/** Puts the words of a step together; null, with its mistakes listed, where they name no command. */
export async function draftStep(
  input: StepInput,
  { id, matrix, path, vars, issues, yaml, options }: DraftContext,
): Promise<Draft | null> {
  const { commands, env, passedOn } = options
  const where = [...path, 'command']
  const { line } = yaml.positionOf(where)
  const command = commandWords(input, path, issues)
  if (!command) return null
  const scope = staticScope({ vars, matrix, env })
  const textFor = (roots: readonly string[]) => (expression: Expression) =>
    isStatic(expression, roots) ? textOf(evaluateExpression(expression, scope)) : null
  const shown = textFor(['vars', 'matrix'])
  const known = textFor(['vars', 'matrix', 'env'])
  const asText = ({ template }: StepWord): string => templateText(fillTemplate(template, known), OPEN_PLACE)
  let facts: CommandFacts
  try {
    facts = await commands.facts(command.map((template) => asText({ template, path: where })))
  } catch (error) {
    if (!(error instanceof ContangoError)) throw error
    issues.add(where, `${error.message}${error.hint === undefined ? '' : ` (${error.hint}?)`}`)
    return null
  }
  const written = withWords(input, command, facts, { path, issues, closest: commands.closest })
  for (const word of written) {
    if (startsLikeFlag(asText(word)) && typeof word.template[0] !== 'string')
      issues.add(word.path, `${templateText(word.template)} is ${asText(word)}: a value may not become a flag`)
  }
  const words = written.map((word) => ({ ...word, template: fillTemplate(word.template, shown) }))
  const isOff = ({ onlyIf }: StepWord): boolean =>
    onlyIf !== undefined && isStatic(onlyIf) && !isTrue(evaluateExpression(onlyIf, scope))
  const texts = words.map(asText)
  const { form, askForJson } = answerForm(texts)
  const end = texts.indexOf('--')
  const own = end === -1 ? words : words.slice(0, end)
  const has = (flag: string): boolean =>
    own.some((word) => asText(word) === flag || asText(word).startsWith(`${flag}=`))
  const added = [...passedOn.filter((flag) => !has(flag.split('=')[0])), ...(askForJson ? ['--json'] : [])].map(
    (flag): StepWord => ({ template: [flag], path: where }),
  )
  const all = [...own, ...added, ...(end === -1 ? [] : words.slice(end))]
  const shownWords = all.filter((word) => !isOff(word))
  return { input, id, matrix, path, line, facts, words: all, shownWords, argv: shownWords.map(asText), form }
}

/** A minus before a digit is a number. */
export function startsLikeFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-' && !/^-[\d.]/.test(word)
}
