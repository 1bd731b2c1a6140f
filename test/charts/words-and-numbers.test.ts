import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateText, monthText } from '../../src/lib/charts/date-text.js'
import { numberText } from '../../src/lib/charts/number-text.js'
import { textWidthPx, wrapText } from '../../src/lib/charts/wrap-text.js'

describe('numberText', () => {
  it('writes thin-space thousands, a real minus and a sign where asked', () => {
    expect(numberText(-26470, 0)).toBe('−26\u2009470')
    expect(numberText(1234567.891, 2)).toBe('1\u2009234\u2009567.89')
    expect(numberText(-37.63, 2)).toBe('−37.63')
    expect(numberText(3.1, 2, true)).toBe('+3.10')
    expect(numberText(999.995, 0)).toBe('1\u2009000')
  })
  it('has no sign on what rounds to zero, and a dash where there is no number', () => {
    expect(numberText(-0.004, 2, true)).toBe('0.00')
    expect(numberText(null, 2)).toBe('–')
    expect(numberText(Number.NaN, 2)).toBe('–')
  })
})

it('dates are day, month and year: 20 Apr 2020 is day 18372', () => {
  expect(dateText(18372)).toBe('20 Apr 2020')
  expect(dateText('2023-12-29')).toBe('29 Dec 2023')
  expect(dateText('2020-04-20T18:30:00Z')).toBe('20 Apr 2020 18:30 UTC')
  expect(monthText('2024-01')).toBe('Jan 2024')
})

it('wrapped text keeps its words in order and its lines inside the width', () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'W', 'i', '9', '−') })
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 60, max: 500 }),
      (words, widthPx) => {
        const lines = wrapText(words.join(' '), 12, widthPx)
        expect(lines.join(' ')).toBe(words.join(' '))
        for (const line of lines) if (line.includes(' ')) expect(textWidthPx(line, 12)).toBeLessThanOrEqual(widthPx)
      },
    ),
    { seed: 1 },
  )
})
