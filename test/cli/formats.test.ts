import { describe, expect, it } from 'vitest'
import { outputTarget } from '../../src/lib/cli/formats.js'

const flags = { json: false, chart: false }

describe('outputTarget', () => {
  it('prints a table on stdout when nothing is asked for, on a terminal and in a pipe', () => {
    expect(outputTarget(flags)).toEqual({ format: 'table', file: null, printAnswer: true, chart: null })
  })
  it('takes the form from the ending of -o', () => {
    expect(outputTarget({ ...flags, output: 'a.arrow' })).toMatchObject({ format: 'arrow', file: 'a.arrow' })
    expect(outputTarget({ ...flags, output: 'a.JSONL' }).format).toBe('ndjson')
  })
  it('writes to stdout for -o -', () => {
    expect(outputTarget({ ...flags, format: 'csv', output: '-' })).toMatchObject({ format: 'csv', file: null })
  })
  it('refuses two forms that contradict each other', () => {
    expect(() => outputTarget({ ...flags, json: true, format: 'csv' })).toThrow(/contradict/)
    expect(() => outputTarget({ ...flags, format: 'csv', output: 'a.json' })).toThrow(/contradict/)
  })
  it('refuses a name without an ending unless -f says the form', () => {
    expect(() => outputTarget({ ...flags, output: 'answer' })).toThrow(/does not say which form/)
    expect(outputTarget({ ...flags, output: 'answer', format: 'json' })).toMatchObject({
      format: 'json',
      file: 'answer',
    })
  })
  it('says --chart where a picture was meant', () => {
    expect(() => outputTarget({ ...flags, output: 'a.svg' })).toThrow(
      expect.objectContaining({ hint: 'add --chart for a picture' }),
    )
  })
  it('draws into -o under --chart and prints the answer only where it is asked for', () => {
    expect(outputTarget({ ...flags, chart: true, output: 'a.vl.json' })).toEqual({
      format: 'table',
      file: null,
      printAnswer: false,
      chart: { file: 'a.vl.json', format: 'vl.json' },
    })
    expect(outputTarget({ json: true, chart: true, output: 'a.png' })).toMatchObject({
      format: 'json',
      printAnswer: true,
    })
  })
  it('refuses --chart without a picture to draw into', () => {
    expect(() => outputTarget({ ...flags, chart: true })).toThrow(/needs a file/)
    expect(() => outputTarget({ ...flags, chart: true, output: 'a.csv' })).toThrow(/not "a.csv"/)
  })
})
