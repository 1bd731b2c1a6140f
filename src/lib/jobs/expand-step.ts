import { ContangoError } from '../kernel/errors.js'
import { startsLikeFlag } from './draft-step.js'
import { evaluateExpression, isTrue, type Scope } from './evaluate-expression.js'
import type { PlannedStep } from './job-plan.js'
import { fillTemplate, hasHoles, templateText, textOf } from './template.js'

/** The words of a step with every variable filled in. @throws config BAD_VARIABLE for one that has no value */
export function expandStep(step: PlannedStep, file: string, scope: Scope): string[] {
  return step.words.flatMap(({ template, onlyIf }) => {
    if (onlyIf && !isTrue(evaluateExpression(onlyIf, scope))) return []
    if (!hasHoles(template)) return [templateText(template)]
    const filled = fillTemplate(template, (expression) => textOf(evaluateExpression(expression, scope)))
    if (hasHoles(filled))
      throw badVariable(step, file, `${templateText(filled)} has no value, or not one that fits in a word`)
    const word = templateText(filled)
    if (typeof template[0] !== 'string' && startsLikeFlag(word))
      throw badVariable(step, file, `${templateText(template)} is "${word}": a value may not become a flag`)
    return [word]
  })
}

function badVariable(step: PlannedStep, file: string, message: string): ContangoError {
  return new ContangoError(
    'config',
    'BAD_VARIABLE',
    `${file}:${step.line} step ${step.id}: ${message}`,
    'look at the document of the step that it comes from; || gives a value where there is none',
    { step: step.id },
  )
}
