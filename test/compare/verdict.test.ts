import { describe, expect, it } from 'vitest'
import { verdictOf, type AnswerDocument } from '../../src/lib/compare/verdict.js'

const exact = { absolute: 0, relative: 0 }
const document = (value: number, curve: string, config: string): AnswerDocument => ({
  schema: 'contango.var/1',
  asOf: '2023-12-29',
  data: { value },
  inputs: [
    { kind: 'curves', series: 'CL', source: 'csv', sha256: curve },
    { config: 'config/analytics.yaml', sha256: config },
  ],
})

describe('verdictOf', () => {
  const older = document(1, 'a', 'c')
  it('holds where the answer is the same, whatever became of the inputs', () => {
    expect(verdictOf(older, document(1, 'b', 'c'), [], exact)).toMatchObject({ holds: true, causes: [] })
  })
  it('names data, configuration, both, or the code where neither changed', () => {
    expect(verdictOf(older, document(2, 'b', 'c'), [], exact).causes).toEqual(['data'])
    expect(verdictOf(older, document(2, 'a', 'd'), [], exact).causes).toEqual(['config'])
    expect(verdictOf(older, document(2, 'b', 'd'), [], exact).causes).toEqual(['data', 'config'])
    expect(verdictOf(older, document(2, 'a', 'c'), [], exact).causes).toEqual(['code'])
  })
  it('takes a number within its tolerance as the same', () => {
    expect(verdictOf(older, document(1.001, 'b', 'c'), [], { absolute: 0, relative: 0.01 }).holds).toBe(true)
  })
  it('reads the cause off the exit code of a run without an answer', () => {
    expect(verdictOf(older, 4, [], exact)).toMatchObject({ holds: false, causes: ['data'], differences: [] })
    expect(verdictOf(older, 3, [], exact).causes).toEqual(['config'])
    expect(verdictOf(older, 1, [], exact).causes).toEqual(['code'])
  })
  it('names an input that is gone and one that is new', () => {
    const newer: AnswerDocument = {
      ...document(1, 'a', 'c'),
      inputs: [{ kind: 'curves', series: 'HO', source: 'csv', sha256: 'a' }],
    }
    expect(verdictOf(older, newer, [], exact).inputs.map(({ input, status }) => [input, status])).toEqual([
      ['CL (curves, csv)', 'gone'],
      ['HO (curves, csv)', 'new'],
      ['config/analytics.yaml', 'gone'],
    ])
  })
})
