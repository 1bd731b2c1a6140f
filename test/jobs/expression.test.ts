import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../../src/lib/jobs/evaluate-expression.js'
import { parseExpression } from '../../src/lib/jobs/expression.js'

const values: Record<string, unknown> = {
  asOf: '2023-12-29',
  'vars.book': 'desk',
  'steps.var.data.results.0.varUsd': 265_420,
  'steps.limits.exitCode': 10,
  'steps.curves.wti.data.points.0.settlement': -37.63,
  'env.THRESHOLD': '250000',
}
const scope = {
  lookUp: (path: readonly string[]) => values[path.join('.')],
  call: (name: string, args: readonly unknown[]) => `${name}(${args.join(',')})`,
}
const value = (text: string): unknown => evaluateExpression(parseExpression(text), scope)

describe('an expression', () => {
  const CASES: readonly [text: string, value: unknown][] = [
    ['asOf', '2023-12-29'],
    ['steps.var.data.results.0.varUsd', 265_420],
    ['steps.curves.wti.data.points.0.settlement < 0', true],
    ["steps['var'].data.results[0].varUsd", 265_420],
    ['steps.limits.exitCode == 10 && asOf >= "2023-01-01"', true],
    ['!(steps.limits.exitCode == 10)', false],
    ['steps.nothing.data.x', null],
    ['steps.nothing.data.x || "none"', 'none'],
    ["'it''s' == \"it's\"", true],
    ['1 < 2 && 2 < 10', true],
    ['"10" < "9"', true],
    ['null == steps.nothing.exitCode', true],
    ['null < 1', false],
    ['true && false || true', true],
    ['!vars.book', false],
    ['hasData("curves", vars.book)', 'hasData(curves,desk)'],
    ['always()', 'always()'],
    ['-1.5 <= -1', true],
  ]
  for (const [text, expected] of CASES) it(`${text} is ${expected}`, () => expect(value(text)).toBe(expected))

  it('holds a variable of the environment, which is text, against a number as a number', () => {
    expect(value('steps.var.data.results.0.varUsd > env.THRESHOLD')).toBe(true)
    expect(value('env.THRESHOLD == 250000')).toBe(true)
    expect(value('vars.book == 1')).toBe(false)
  })

  const BROKEN: readonly [text: string, says: RegExp][] = [
    ['', /is empty/],
    ['1 +', /cannot be read at "\+"/],
    ['(asOf', /"\)" is missing before its end/],
    ['asOf asOf', /"asOf" is one word too many/],
    ['steps.', /a name is missing after "steps\."/],
    ['== 1', /a value is missing before "=="/],
    ['3-2-1', /neither a number nor a name/],
    ['"open', /cannot be read/],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, /nested deeper/],
  ]
  for (const [text, says] of BROKEN)
    it(`"${text.slice(0, 12)}" is refused`, () => expect(() => parseExpression(text)).toThrow(says))
})
