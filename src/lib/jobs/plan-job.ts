import { createHash } from 'node:crypto'
import { badConfig } from '../config/config-issue.js'
import type { YamlPath } from '../config/yaml-position.js'
import { canonicalJson } from '../kernel/canonical-json.js'
import { ContangoError } from '../kernel/errors.js'
import { asksForStatus, expressionMistakes, isStatic, staticScope, type Surroundings } from './check-expression.js'
import type { CommandLines } from './command-lines.js'
import { draftStep, OPEN_PLACE, type Draft, type PlanOptions } from './draft-step.js'
import { durationMs } from './duration.js'
import { evaluateExpression } from './evaluate-expression.js'
import { partsOf, type Expression } from './expression.js'
import { allNeeds, findCycle } from './find-cycle.js'
import { issueList, type IssueList } from './issue-list.js'
import type { JobFile } from './job-files.js'
import type { JobPlan, PlannedStep } from './job-plan.js'
import type { StepInput } from './job-schema.js'
import { jobVariables } from './job-variables.js'
import { mayLeadSomewhere } from './json-schema-path.js'
import { madeSteps } from './made-steps.js'
import { reading } from './step-words.js'
import { parseCondition, templateText, textOf } from './template.js'
import { calendarNamed } from './trading-day.js'

const DEFAULT_RETRY_DELAY_MS = 1000

/**
 * Reads a job to the end without running anything: matrices spread out, command lines held against what each command
 * takes, variables against what there is, and no way round in the needs.
 * @throws config BAD_CONFIG with every mistake and its line; usage UNKNOWN_VARIABLE for a `--var` of another name
 */
export async function planJob(file: JobFile, options: PlanOptions): Promise<JobPlan> {
  const { input, yaml } = file
  const issues = issueList(yaml)
  const vars = jobVariables(input.vars ?? {}, options)
  checkMarketWords(file, options, issues)
  const made = madeSteps(input.steps, issues)
  const needs = stepNeeds(input.steps, issues, options.commands)
  const cycle = findCycle(needs)
  if (cycle) {
    const at = input.steps.findIndex(({ id }) => id === cycle[0])
    issues.add(['steps', at, 'needs'], `goes round in a circle: ${cycle.join(' needs ')}`)
    throw mistakes(issues)
  }
  const before = allNeeds(needs)
  const steps: PlannedStep[] = []
  const drafts: Draft[] = []
  for (const [index, step] of input.steps.entries()) {
    for (const { id, matrix } of made.get(step.id) ?? []) {
      const draft = await draftStep(step, {
        id,
        matrix,
        path: ['steps', index],
        vars,
        issues,
        yaml: file.yaml,
        options,
      })
      if (draft) drafts.push(draft)
    }
  }
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const madeIds = new Map([...made].map(([id, all]) => [id, all.map((one) => one.id)]))
  const spread = (ids: Iterable<string>): string[] => [...ids].flatMap((id) => madeIds.get(id) ?? [])
  const ids = new Set(spread(made.keys()))
  for (const draft of drafts) {
    const around: Surroundings = {
      vars,
      matrix: draft.matrix,
      env: options.env,
      before: new Set(spread(before.get(draft.input.id) ?? [])),
      steps: ids,
      made: new Map([...madeIds].filter(([id, all]) => all.length > 1 || all[0] !== id)),
      formOf: (id) => byId.get(id)?.form ?? 'json',
      mayHave: (id, path) => mayHave(options.commands, byId.get(id)?.facts.id, path),
      closest: options.commands.closest,
    }
    const step = finishStep(draft, around, spread(needs.get(draft.input.id) ?? []), issues)
    if (step) steps.push(step)
  }
  await checkLines(drafts, options.commands, issues)
  if (issues.count > 0) throw mistakes(issues)
  return {
    job: file.job,
    title: input.title ?? input.name ?? file.job,
    file: file.label,
    fileSha256: yaml.sha256,
    asOfProducts: input['as-of'] === undefined ? null : [input['as-of']].flat(),
    tradingDay: input['if-trading-day'] ?? null,
    vars,
    steps,
  }
}

function mistakes(issues: IssueList): ContangoError {
  return badConfig(issues.sorted(), 'correct these lines, then contango run validate; nothing was run')
}

/** `as-of` and `if-trading-day` name products and a calendar. */
function checkMarketWords({ input }: JobFile, { market }: PlanOptions, issues: IssueList): void {
  const trying = (path: YamlPath, work: () => unknown): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof ContangoError)) throw error
      issues.add(path, `${error.message} (${error.hint ?? ''})`)
    }
  }
  const products = input['as-of']
  for (const [i, name] of [products ?? []].flat().entries()) {
    trying(['as-of', ...(Array.isArray(products) ? [i] : [])], () => market.resolveProduct(name))
  }
  const calendar = input['if-trading-day']
  if (calendar !== undefined) trying(['if-trading-day'], () => calendarNamed(calendar))
}

function stepNeeds(
  inputs: readonly StepInput[],
  issues: IssueList,
  { closest }: CommandLines,
): Map<string, readonly string[]> {
  const ids = inputs.map(({ id }) => id)
  return new Map(
    inputs.map((step, index) => {
      const listed = Array.isArray(step.needs)
      const needs = step.needs === undefined ? [] : [step.needs].flat()
      for (const [i, need] of needs.entries()) {
        const where = ['steps', index, 'needs', ...(listed ? [i] : [])]
        if (ids.includes(need)) continue
        const near = closest(need, ids)
        issues.add(where, `there is no step ${need}${near === null ? '' : `; ${near}?`}`)
      }
      return [step.id, needs.filter((need) => ids.includes(need))]
    }),
  )
}

/** Checks the names in a step's expressions; null where `when` cannot be read. */
function finishStep(
  draft: Draft,
  around: Surroundings,
  needs: readonly string[],
  issues: IssueList,
): PlannedStep | null {
  const { input, id, matrix, path, words, facts, form, line } = draft
  const checkHole = (expression: Expression, where: YamlPath): void => {
    const wrong = expressionMistakes(expression, around, false)
    for (const message of wrong) issues.add(where, message)
    if (wrong.length > 0 || !isStatic(expression)) return
    if (textOf(evaluateExpression(expression, staticScope(around))) === null)
      issues.add(where, `${nameOf(expression)} is not set`)
  }
  for (const { template, onlyIf, path: where } of words) {
    for (const part of template) if (typeof part !== 'string') checkHole(part.expression, where)
    if (onlyIf) for (const message of expressionMistakes(onlyIf, around, false)) issues.add(where, message)
  }
  const whenText = input.when === undefined ? null : String(input.when)
  const when = whenText === null ? null : reading(issues, [...path, 'when'], () => parseCondition(whenText))
  if (when) for (const message of expressionMistakes(when, around, true)) issues.add([...path, 'when'], message)
  const command = draft.shownWords.map(({ template }) => templateText(template))
  return {
    id,
    step: input.id,
    matrix,
    words,
    command,
    commandId: facts.id,
    form,
    needs,
    when,
    whenText,
    gated: when === null || !asksForStatus(when),
    retries: input.retries ?? 0,
    retryDelayMs: durationMs(input['retry-delay'] ?? '') ?? DEFAULT_RETRY_DELAY_MS,
    timeoutMs: input.timeout === undefined ? null : durationMs(input.timeout),
    child: input.child === true || input.timeout !== undefined,
    allowExit: [input['allow-exit'] ?? []].flat(),
    definition: createHash('sha256')
      .update(canonicalJson({ command, needs, when: whenText }))
      .digest('hex'),
    line,
  }
}

function nameOf(expression: Expression): string {
  const path = [...partsOf(expression)].find((part) => part.kind === 'path')
  return path?.kind === 'path' ? path.path.filter((step) => typeof step === 'string').join('.') : 'a value'
}

function mayHave(commands: CommandLines, commandId: string | undefined, path: readonly string[]): boolean {
  if (commandId === undefined) return true // its own mistake is said already
  return [commandId, 'error'].some((id) => mayLeadSomewhere(commands.schema(id), path))
}

/** Each line as the command itself would read it. */
async function checkLines(drafts: readonly Draft[], commands: CommandLines, issues: IssueList): Promise<void> {
  for (const { argv, path, input } of drafts) {
    if (issues.under(path)) continue
    const error = await commands.check(argv, (word) => word.includes(OPEN_PLACE))
    if (!error) continue
    const { flag } = error.details
    const own = typeof flag === 'string' && input.with && Object.hasOwn(input.with, flag)
    issues.add(own ? [...path, 'with', flag] : [...path, 'command'], error.message)
  }
}
