import { describe, expect, it } from 'vitest'
import { answerForm } from '../../src/lib/jobs/answer-form.js'
import { durationMs } from '../../src/lib/jobs/duration.js'
import { matrixCombinations, matrixId } from '../../src/lib/jobs/expand-matrix.js'
import { fillTemplate, parseTemplate, splitWords, templateText } from '../../src/lib/jobs/template.js'

describe('the words of a command', () => {
  it('are split at spaces, quotes and variables holding together', () => {
    expect(splitWords('ticker validate "CL1 Comdty"  --json')).toEqual(['ticker', 'validate', 'CL1 Comdty', '--json'])
    expect(splitWords(`curve ${'${{ matrix.product || "wti x" }}'} --ranks 3`)).toEqual([
      'curve',
      '${{ matrix.product || "wti x" }}',
      '--ranks',
      '3',
    ])
    expect(splitWords("a '' b'c d'e")).toEqual(['a', '', 'bc de'])
    expect(() => splitWords('curve "wti')).toThrow('a " is not closed')
    expect(() => splitWords('curve ${{ x')).toThrow('no closing }}')
  })

  it('keep a value with spaces or signs of a shell in one word', () => {
    const [, word] = splitWords('positions --book=${{ vars.book }}').map((text) => parseTemplate(text))
    const filled = fillTemplate(word, () => 'my desk; rm -rf $(HOME) | x')
    expect(filled).toEqual(['--book=my desk; rm -rf $(HOME) | x'])
  })

  it('show what is not known yet as it is written', () => {
    const template = parseTemplate('reports/${{ asOf }}-${{ vars.book }}.html')
    const known = fillTemplate(template, (expression) =>
      expression.kind === 'path' && expression.path[0] === 'vars' ? 'desk' : null,
    )
    expect(templateText(known)).toBe('reports/${{ asOf }}-desk.html')
  })
})

describe('a step that answers', () => {
  const CASES: readonly [words: string, form: string, askForJson: boolean][] = [
    ['curve wti', 'json', true],
    ['curve wti --json', 'json', false],
    ['curve wti -f csv', 'csv', false],
    ['curve wti --format=arrow', 'arrow', false],
    ['curve wti -o curve.csv', 'json', false],
    ['curve wti --chart -o curve.svg', 'json', true],
    ['report market -o x.html', 'json', true],
    ['quotes --watch', 'ndjson', false],
    ['backtest ma-crossover wti -- -f csv', 'json', true],
  ]
  for (const [words, form, askForJson] of CASES) {
    it(`${words}: ${form}${askForJson ? ', JSON is asked for' : ''}`, () =>
      expect(answerForm(words.split(' '))).toEqual({ form, askForJson }))
  }
})

describe('durations and matrices', () => {
  it('a plain number is seconds', () => {
    expect([90, '90', '90s', '5m', '1.5h', '250ms'].map(durationMs)).toEqual([
      90_000, 90_000, 90_000, 300_000, 5_400_000, 250,
    ])
    expect(['', 'soon', '5 days', '-1', '1e3'].map(durationMs)).toEqual([null, null, null, null, null])
  })

  it('a matrix makes every combination, the last list turning fastest', () => {
    const made = matrixCombinations({ product: ['wti', 'brent'], rank: [1, 2] })
    expect(made.map((one) => matrixId('curve', one))).toEqual([
      'curve.wti.1',
      'curve.wti.2',
      'curve.brent.1',
      'curve.brent.2',
    ])
    expect(matrixId('x', { file: 'books/desk one.yaml' })).toBe('x.books_desk_one.yaml')
  })
})
