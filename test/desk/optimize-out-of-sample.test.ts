import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OptimizeResult } from '../../src/lib/documents/optimize.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { words } from '../support/contango.js'
import { inside, type Inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-outer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (line: string): Promise<Inside> => inside(words(line), { cwd: folder })
const resultOf = async (line: string): Promise<OptimizeResult> => {
  const { code, stdout, stderr } = await run(line)
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { data: OptimizeResult }).data
}

const BARS = 901
const rows: { date: string; close: number }[] = []
const write = (file: string, closeOf: (bar: number) => number): void => {
  const lines = rows.map(
    ({ date }, bar) => `${date},${closeOf(bar)},${closeOf(bar) + 1},${closeOf(bar) - 1},${closeOf(bar)}`,
  )
  writeFileSync(join(folder, file), `date,open,high,low,close\n${lines.join('\n')}\n`)
}
beforeAll(() => {
  const rng = seededRng(11, 'prices')
  let close = 400
  for (let bar = 0; bar < BARS; bar++) {
    close += rng.normal()
    rows.push({ date: new Date(Date.UTC(2020, 0, 1 + bar)).toISOString().slice(0, 10), close })
  }
  write('bars.csv', (bar) => rows[bar].close)
})

describe('what the search never sees', () => {
  it.each([
    ['a nested grid', '--folds 1 --inner-folds 3'],
    ['a nested grid with a gap', '--folds 1 --inner-folds 2 --purge 10 --embargo 5'],
    ['a random search', '--folds 1 --search random --trials 12'],
    ['a Bayesian search', '--folds 1 --search tpe --trials 40'],
  ])('is the outer test of %s: other prices there change its result and no chosen parameter', async (_, flags) => {
    const line = (file: string): string =>
      `optimize ma-crossover --prices ${file} --multiplier 1000 --no-store --json ${flags} -- --fast 2:12:1 --slow 14:40:2`
    const true_ = await resultOf(line('bars.csv'))
    const [fold] = true_.folds
    const first = rows.findIndex(({ date }) => date === fold.test.from)
    // Upside down from the first bar of the test on, and twice as wild.
    write('turned.csv', (bar) =>
      bar < first ? rows[bar].close : rows[first - 1].close - 2 * (rows[bar].close - rows[first - 1].close),
    )
    const turned = await resultOf(line('turned.csv'))
    expect(turned.folds[0].parameters).toEqual(fold.parameters)
    expect(turned.folds[0].score).toBe(fold.score)
    expect(turned.folds[0].inSample).toEqual(fold.inSample)
    expect(turned.outOfSample?.metrics['netProfitUsd']).not.toBe(true_.outOfSample?.metrics['netProfitUsd'])
    if (flags.includes('tpe')) {
      // What it tries next depends on what it has seen: it never saw the test.
      expect([turned.best, turned.top, turned.overfitting]).toEqual([true_.best, true_.top, true_.overfitting])
    }
  })
})

describe('combinatorial purged cross-validation of a search', () => {
  const line = 'optimize ma-crossover --prices bars.csv --no-store --json'
  const GRID = '-- --fast 2:8:2 --slow 10:30:10'

  it('has C(6, 2) = 15 splits and C(5, 1) = 5 paths, whose spread the document tells', async () => {
    const { crossValidation: found } = await resultOf(
      `${line} --cpcv 6:2 --purge 20 --assert "crossValidation.max>=-99" ${GRID}`,
    )
    expect(found).toMatchObject({ groups: 6, testGroups: 2, purge: 20, embargo: 0, splits: 15 })
    const paths = found!.paths.map(Number)
    expect(paths).toHaveLength(5)
    expect([found!.min, found!.max]).toEqual([Math.min(...paths), Math.max(...paths)])
    expect(found!.lossShare).toBe(paths.filter((sharpe) => sharpe <= 0).length / 5)
    expect(found!.median).toBe(paths.sort((a, b) => a - b)[2])
    expect(found!.choices.reduce((sum, { splits }) => sum + splits, 0)).toBe(15)
  })

  it('is 10:2 by default where the history suffices, and left out where it does not or nothing was chosen', async () => {
    expect((await resultOf(`${line} ${GRID}`)).crossValidation).toMatchObject({ groups: 10, splits: 45 })
    expect((await resultOf(`${line} --cpcv none ${GRID}`)).crossValidation).toBeNull()
    expect((await resultOf(`${line} -- --fast 5 --slow 20`)).crossValidation).toBeNull()
    const short = `${line} --as-of 2020-12-30`
    expect((await resultOf(`${short} ${GRID}`)).crossValidation).toBeNull()
  })

  it.each([
    ['6:6', 2],
    ['0:1', 2],
    ['ten', 2],
    ['40:1', 6],
    ['22:8', 2],
    ['4:3 --purge 1000 --embargo 1000', 6],
  ])('refuses --cpcv %s with %i before it computes', async (groups, code) => {
    expect((await run(`${line} --cpcv ${groups} ${GRID}`)).code).toBe(code)
  })
})
