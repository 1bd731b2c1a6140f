import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import type { OptimizeResult } from '../../src/lib/documents/optimize.js'
import { packageRoot, words } from '../support/contango.js'
import { inside, type Inside } from '../support/inside.js'

let folder: string
let home: string
const GRID = '-- --fast 2:30:2 --slow 10:100:5'
const run = (line: string): Promise<Inside> => inside(words(line), { home, cwd: folder })
const resultOf = ({ stdout }: Inside): OptimizeResult => (JSON.parse(stdout) as { data: OptimizeResult }).data

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-optimize-'))
  home = join(folder, 'home')
  copyWorkspace(inject('simHome'), home)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('contango optimize', () => {
  it('gives the same bytes for 1, 2 and 4 threads, from nothing and from cells that are kept', async () => {
    const line = `optimize ma-crossover wti --constraint "fast<slow" --json`
    const one = await run(`${line} --threads 1 --no-store ${GRID}`)
    expect(one.code, one.stderr).toBe(0)
    for (const flags of ['--threads 2 --no-store', '--threads 4', '--threads 2']) {
      expect((await run(`${line} ${flags} ${GRID}`)).stdout === one.stdout, flags).toBe(true)
    }
    expect(resultOf(one).search.cells).toBeGreaterThanOrEqual(256)
  })

  it('gives the same bytes for 1 and 3 threads where the tests of over-fitting run on them too', async () => {
    const line = 'optimize ma-crossover wti --folds 0 --resamples 100 --no-store --json'
    const cells = '-- --fast 2:27:1 --slow 30:69:1'
    const [one, three] = [await run(`${line} --threads 1 ${cells}`), await run(`${line} --threads 3 ${cells}`)]
    expect(one.code, one.stderr).toBe(0)
    expect(three.stdout === one.stdout).toBe(true)
    expect(resultOf(one).overfitting).toMatchObject({ trials: 1040, reasons: {} })
  })

  it('finds the cell that a loop over backtest finds, with its metrics', async () => {
    const found = resultOf(await run('optimize ma-crossover wti --folds 0 --json -- --fast 5,10 --slow 20,40'))
    let best = { sharpe: -Infinity, values: {} as Record<string, number> }
    for (const fast of [5, 10]) {
      for (const slow of [20, 40]) {
        const { stdout } = await run(`backtest ma-crossover wti --json -- --fast ${fast} --slow ${slow}`)
        const { sharpe } = (JSON.parse(stdout) as { data: { metrics: { sharpe: number } } }).data.metrics
        if (sharpe > best.sharpe) best = { sharpe, values: { fast, slow } }
      }
    }
    expect(found.best.parameters).toMatchObject(best.values)
    expect(found.best.metrics['sharpe']).toBeCloseTo(best.sharpe, 9)
    expect(found.outOfSample).toBeNull()
  })

  it('goes on at the exact cell after a kill: what was half written is computed again, and nothing twice', async () => {
    const line = `optimize rsi-reversion wti --json -- --period 2:60:1 --lower 20,25,30`
    const whole = await run(line.replace('--json', '--json --no-store'))
    expect(whole.code, whole.stderr).toBe(0)
    await run(line)
    const sweeps = join(home, 'data', 'sweeps')
    const file = readdirSync(sweeps, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const path = file
      .map((one) => join(one.parentPath, one.name))
      .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
    truncateSync(path, Math.floor(statSync(path).size * 0.6) - 7)
    const again = await run(line)
    expect(again.stderr).toMatch(/\d+ of \d+ cells were computed before, \d+ now/)
    const [, kept, all, now] = /(\d+) of (\d+) cells were computed before, (\d+) now/.exec(again.stderr)!.map(Number)
    expect(kept + now).toBe(all)
    expect(kept).toBeGreaterThan(0)
    expect(now).toBeGreaterThan(0)
    expect(again.stdout === whole.stdout).toBe(true)
    expect((await run(line)).stderr).toContain(`${all} of ${all} cells were computed before`)
  })

  it('survives kill -9 in the middle: the next run takes up what was finished, computes no cell twice, and gives the same bytes', async () => {
    // A stop runs through the engine, some milliseconds a cell: there is time to kill it.
    const line =
      'optimize bollinger-reversion wti --stop-loss 6 --json --threads 2 -- --window 5:68:1 --deviations 1:3:0.5'
    const whole = await run(line.replace('--json', '--json --no-store'))
    expect(whole.code, whole.stderr).toBe(0)
    const { folds, sample, search } = resultOf(whole)
    const sweeps = join(home, 'data', 'sweeps')
    mkdirSync(sweeps, { recursive: true })
    const before = new Set(readdirSync(sweeps))
    const files = (): string[] =>
      readdirSync(sweeps)
        .filter((name) => !before.has(name))
        .flatMap((name) =>
          readdirSync(join(sweeps, name), { recursive: true, encoding: 'utf8' }).map((file) =>
            join(sweeps, name, file),
          ),
        )
        .filter((file) => file.endsWith('.bin'))
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), ...words(line)], {
      env: { ...process.env, CONTANGO_HOME: home },
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    while (child.exitCode === null && !files().some((file) => statSync(file).size > 0))
      await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    expect((await ended)[1]).toBe('SIGKILL')
    const again = await run(line)
    expect(again.code, again.stderr).toBe(0)
    const [, kept, all, now] = /(\d+) of (\d+) cells were computed before, (\d+) now/.exec(again.stderr)!.map(Number)
    expect([all, kept + now]).toEqual([320, 320])
    expect(Math.min(kept, now)).toBeGreaterThan(0)
    expect(again.stdout === whole.stdout).toBe(true)
    // Key, metrics, scores of the searches, sums and squares of the blocks, checksum: so many whole records as there are cells.
    const length =
      16 + 8 * (Object.keys(resultOf(whole).best.metrics).length + folds.length) + 8 * Math.ceil(sample.bars / 20) + 4
    expect(files().reduce((sum, file) => sum + Math.floor(statSync(file).size / length), 0)).toBe(search.cells)
  })

  it('computes only the new cells of a wider grid', async () => {
    await run('optimize momentum-breakout wti --json -- --window 10:40:10')
    expect((await run('optimize momentum-breakout wti --json -- --window 10:60:10')).stderr).toContain('4 of 6 cells')
  })

  it('computes cells of another engine version anew, and says so', async () => {
    const line = 'optimize ma-crossover wti --lots 3 --folds 0 --json -- --fast 3,4 --slow 21,22'
    const sweeps = (): string[] => readdirSync(join(home, 'data', 'sweeps'))
    const before = new Set(sweeps())
    const first = await run(line)
    const sweep = join(
      home,
      'data',
      'sweeps',
      sweeps().find((name) => !before.has(name))!,
    )
    const [engine] = readdirSync(sweep)
    renameSync(join(sweep, engine), join(sweep, 'engine-0'))
    const again = await run(line)
    expect(again.stderr).toContain(`cells of engine-0 are there and are computed anew: this is ${engine}`)
    expect(again.stderr).not.toContain('were computed before')
    expect(again.stdout).toBe(first.stdout)
    expect((await run(line)).stderr).toContain('4 of 4 cells were computed before, 0 now')
  })

  it('shows a front where several metrics are sought: the best by the first is in it', async () => {
    const line = 'optimize ma-crossover wti --metric sharpe,exposure --folds 0 --no-store'
    const { best, front } = resultOf(await run(`${line} --json -- --fast 5,10 --slow 20,40,80`))
    expect(front.map(({ parameters }) => parameters)).toContainEqual(best.parameters)
    const { stdout } = await run(`${line} -- --fast 5,10 --slow 20,40,80`)
    expect(stdout).toMatch(
      new RegExp(`^Front: ${front.length} cells? that none beats in all of max sharpe, min exposure$`, 'm'),
    )
  })

  it('says which metric is undefined where, and warns that a Bayesian search has one fold', async () => {
    const none = await run('optimize buy-hold wti --folds 0 --metric payoffRatio --no-store')
    expect([none.code, none.stderr]).toEqual([7, expect.stringContaining('payoffRatio: undefined in the one cell')])
    const trades = await run('optimize ma-crossover wti --min-trades 40 --folds 8 --no-store -- --fast 2,3 --slow 8,10')
    expect([trades.code, trades.stderr]).toEqual([7, expect.stringContaining('over the search of fold ')])
    const line = 'optimize zscore-spread wti --search tpe --trials 8 --no-store --json'
    expect((await run(`${line} -- --window 5:40:1`)).stderr).toContain('one fold and not 4')
    expect((await run(`${line} --folds 1 -- --window 5:40:1`)).stderr).not.toContain('one fold')
  })

  it('chooses each fold on its search alone: cutting the last test off changes no earlier choice', async () => {
    const bars = ['date,open,high,low,close']
    let level = 70
    for (let i = 0; i < 900; i++) {
      level += Math.sin(i * 12.9898) * 1.5
      bars.push(
        `${new Date(Date.UTC(2020, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)},${level},${level + 1},${level - 1},${level}`,
      )
    }
    writeFileSync(join(folder, 'bars.csv'), `${bars.join('\n')}\n`)
    const all = resultOf(
      await run('optimize ma-crossover --prices bars.csv --folds 3 --no-store --json -- --fast 2:8:2 --slow 10:30:10'),
    )
    expect(all.folds).toHaveLength(3)
    for (const { train, test } of all.folds) expect(train.to < test.from).toBe(true)
    expect(all.outOfSample?.from).toBe(all.folds[0].test.from)
    const first = all.folds[0]
    const cut = bars.findIndex((row) => row.startsWith(first.test.to))
    const spoilt = bars.map((row, i) =>
      i > cut ? row.replace(/,[^,]*$/, ',1').replace(/^([^,]*).*$/, '$1,1,1,1,1') : row,
    )
    writeFileSync(join(folder, 'spoilt.csv'), `${spoilt.join('\n')}\n`)
    const other = resultOf(
      await run(
        'optimize ma-crossover --prices spoilt.csv --folds 3 --no-store --json -- --fast 2:8:2 --slow 10:30:10',
      ),
    )
    expect(other.folds[0]).toEqual(first)
  })

  it('draws, and proposes, the same cells again for the same seed', async () => {
    for (const search of ['random', 'latin-hypercube', 'tpe']) {
      const line = `optimize zscore-spread wti --search ${search} --trials 24 --no-store --json -- --window 5:100:1`
      const [a, b] = [await run(line), await run(`${line.replace('--json', '--json --threads 1')}`)]
      expect(a.code, a.stderr).toBe(0)
      expect(a.stdout === b.stdout, search).toBe(true)
      expect(resultOf(a).search.cells).toBe(24)
    }
  })

  it('says how many cells there are without computing them', async () => {
    const { code, stdout, stderr } = await run(
      `optimize ma-crossover wti --constraint "fast<slow" --dry-run --json --threads 2 -- --fast 1,2,3 --slow 2,3`,
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(/^about \d+\.\d s on 2 threads$/m)
    const bayesian = await run(
      `optimize zscore-spread wti --search tpe --trials 8 --dry-run --threads 1 -- --window 5:40:1`,
    )
    expect(bayesian.stderr).toMatch(/^about \d+\.\d s on 1 thread$/m)
    expect((JSON.parse(stdout) as { data: object }).data).toMatchObject({ dryRun: true, cells: 3, excluded: 3 })
  })

  it('writes every cell, and trips where it is asked to', async () => {
    const line = 'optimize ma-crossover wti --cells cells.csv -- --fast 5,10 --slow 20,40,60,80'
    expect((await run(line)).code).toBe(0)
    expect(readFileSync(join(folder, 'cells.csv'), 'utf8').trim().split('\n')).toHaveLength(9)
    expect((await run(line.replace('--cells', '--fail-on-overfit 0 --cells'))).code).toBe(10)
    expect((await run(line.replace('--cells', '--assert "outOfSample.sharpe>=99" --cells'))).code).toBe(10)
  })

  it.each([
    ['-- --fast 5:20:5 --slow 1,2 --medium 3', 2],
    ['--constraint "fast>slow" -- --fast 5 --slow 20,40', 2],
    ['--constraint "fast<medium" -- --fast 5,6', 2],
    ['--metric happiness -- --fast 5,6', 2],
    ['--search tpe --folds 3 --trials 10 -- --fast 5:9:1', 0],
    ['--folds 60 -- --fast 5,10 --slow 100,200', 6],
    ['--min-trades 100000 -- --fast 5,6 --slow 20,30', 7],
    ['-- --fast 5:1:1', 2],
  ])('ends %s with %i', async (rest, code) => {
    const finished = await run(`optimize ma-crossover wti --no-store ${rest}`)
    expect(finished.code, finished.stderr).toBe(code)
  })
})
