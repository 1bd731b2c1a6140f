import { describe, expect, it } from 'vitest'
import { contango } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { golden, goldenFile } from '../../support/golden.js'

const BOOK = { CL: [100, 1000], CO: [-60, 1000], XB: [25, 42_000], HO: [-20, 42_000], NG: [10, 10_000], QS: [-30, 100] }
const positions = Object.entries(BOOK).flatMap(([name, [lots, multiplier]]) => [
  '--position',
  `${name}=${lots}`,
  '--multiplier',
  `${name}=${multiplier}`,
])
const varOf = (...words: string[]) => [
  'var',
  ...['--prices', goldenFile('risk/dataset_prices.csv'), '--mode', 'simple', '--zero-mean', '--json'],
  ...positions,
  ...words,
]

interface Answer {
  readonly data: {
    readonly results: {
      method: string
      varUsd: number
      esUsd: number
      varStandardErrorUsd: number
      esStandardErrorUsd: number
      fit: Record<string, number>
    }[]
  }
}

describe('contango var --method monte-carlo', () => {
  it('gives the peers’ closed forms within three standard errors, and records seed and ν', async () => {
    const peer = golden<Record<string, number>>('risk/montecarlo.json')
    const methods = ['--method', 'monte-carlo', '--method', 'monte-carlo-t', '--degrees-of-freedom', '5']
    const { stdout } = await inside(varOf(...methods, '--confidence', '0.99', '--seed', '77'))
    const [normal, student] = (JSON.parse(stdout) as Answer).data.results
    expect(normal.fit).toEqual({ scenarios: 100_000, seed: 77 })
    expect(student.fit).toEqual({ scenarios: 100_000, seed: 77, nu: 5 })
    const errors = [
      (normal.varUsd - peer['closed_form_var99']) / normal.varStandardErrorUsd,
      (student.varUsd - peer['mvt_nu5_var99']) / student.varStandardErrorUsd,
      (student.esUsd - peer['mvt_nu5_es99']) / student.esStandardErrorUsd,
    ]
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(3)
  })

  it.each(['antithetic', 'sobol'])('%s: the same document from one thread and from three', async (sampling) => {
    const words = ['--method', 'monte-carlo-t', '--scenarios', '700_000', '--sampling', sampling, '--threads']
    const [one, three] = await Promise.all([inside(varOf(...words, '1')), inside(varOf(...words, '3'))])
    expect(one.code).toBe(0)
    expect(three.stdout).toBe(one.stdout)
  })

  it('stops on Ctrl-C while a thread is at work', async () => {
    const words = ['--method', 'monte-carlo-t', '--scenarios', '10_000_000', '--sampling', 'sobol', '--threads', '1']
    const { code, stdout } = await contango(varOf(...words), { killAfterMs: 1500 })
    expect(code).toBe(130)
    expect(JSON.parse(stdout || '{"error":{}}')).not.toHaveProperty('data')
  })

  it('refuses more scenarios than it holds, with the number that fits', async () => {
    const { code, stderr } = await inside(
      varOf('--method', 'monte-carlo', '--scenarios', '10_000_000', '--position', 'SPX=1', '--position', 'DXY=1'),
    )
    expect(code).toBe(6)
    expect(stderr).toContain('--scenarios 8000000')
  })
})
