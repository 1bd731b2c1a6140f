import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { packageRoot } from '../support/contango.js'
import { contango } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { fixture } from './golden-bars.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-outside-'))
afterAll(() => rmSync(folder, { recursive: true }))

const prices = ['--prices', fixture('bars_2500.csv')]
const run = (...words: string[]) => inside(['backtest', ...words], { cwd: folder })
const save = (name: string, ...lines: string[]): void => writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
interface Document {
  data: BacktestData
  params: Record<string, unknown>
  warnings: { code: string; details: Record<string, unknown> }[]
}
const read = (stdout: string): Document => JSON.parse(stdout) as Document

/** ma-crossover by the book, in the words of a user. */
const CROSSOVER = [
  "import type { StrategyModule } from 'contango/types/strategy.js'",
  "import { mean } from './lib/mean.ts'",
  'interface Parameters { readonly fast: number; readonly slow: number }',
  'const strategy: StrategyModule<Parameters> = {',
  "  name: 'my-crossover',",
  "  parameters: { fast: { kind: 'integer', default: 10, min: 1, max: 500 }, slow: 30 },",
  '  warmUp: ({ slow }) => slow,',
  '  onBar({ closes, parameters: { fast, slow } }) {',
  '    const difference = mean(closes(fast)) - mean(closes(slow))',
  '    if (Math.abs(difference) <= 1e-9) return',
  '    return difference > 0 ? 1 : -1',
  '  },',
  '}',
  'export default strategy',
]

beforeAll(() => {
  mkdirSync(join(folder, 'lib'))
  save(
    'lib/mean.ts',
    'export const mean = (values: readonly number[]): number =>',
    '  values.reduce((sum, value) => sum + value, 0) / values.length',
  )
  save('crossover.ts', ...CROSSOVER)
})

describe('a strategy of one’s own', () => {
  it('in TypeScript, with a file that it imports, trades what the built-in one does', async () => {
    const own = await run('./crossover.ts', ...prices, '--multiplier', '1000', '--json')
    const builtIn = await run('ma-crossover', ...prices, '--multiplier', '1000', '--json')
    expect(own.code).toBe(0)
    const mine = read(own.stdout)
    const theirs = read(builtIn.stdout)
    expect(mine.data.metrics).toEqual(theirs.data.metrics)
    expect(mine.data.strategy).toMatchObject({ name: 'my-crossover', parameters: { fast: 10, slow: 30 } })
    // The file stands in params by name and fingerprint, never by its path.
    expect(mine.params['strategy']).toEqual({ name: 'crossover.ts', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(own.stdout).not.toContain(folder)
  })

  it('takes --strategy FILE before or after the instrument, and parameters after --', async () => {
    const typed = await run('--strategy', 'crossover.ts', ...prices, '--json', '--', '--fast', '5')
    expect(read(typed.stdout).data.strategy.parameters).toEqual({ fast: 5, slow: 30 })
    const wti = await run('wti', '--strategy=crossover.ts', ...prices, '--json')
    expect(read(wti.stdout).data.settings.multiplier).toBe(1000)
  })

  it('as the example of docs/strategies.md runs as it stands there', async () => {
    const page = readFileSync(join(packageRoot, 'docs/strategies.md'), 'utf8')
    const example = readFileSync(join(packageRoot, 'docs/examples/pullback.ts'), 'utf8')
    expect(page).toContain(example)
    save('pullback.ts', example)
    const { code, stdout } = await run('pullback.ts', ...prices, '--json', '--', '--trend', '50')
    expect([code, read(stdout).data.strategy.firstDecisionBar]).toEqual([0, 50])
    expect(read(stdout).data.trades.count).toBeGreaterThan(20)
  })

  it('may be CommonJS', async () => {
    save('common.cjs', 'module.exports = { onBar: () => 1 }')
    const { code, stdout } = await run('common.cjs', ...prices, '--json')
    expect([code, read(stdout).data.strategy.name]).toEqual([0, 'common'])
  })

  it.each<[string, string[], number, string]>([
    [
      'throws.js',
      ['export default {', '  onBar(ctx) {', '    ctx.no.such = 1', '  },', '}'],
      6,
      "(bar 0): TypeError: Cannot set properties of undefined (setting 'such') (throws.js:3)",
    ],
    [
      'throws.ts',
      [
        'interface A { a: number }',
        'type B = A',
        '',
        'export default {',
        '  onBar(): number {',
        "    throw new Error('mine')",
        '  },',
        '}',
      ],
      6,
      'Error: mine (throws.ts:6)',
    ],
    ['nan.js', ['export default { onBar: () => NaN }'], 6, 'onBar returned NaN at the close of 2010-01-04 (bar 0)'],
    [
      'future.js',
      ['export default { onBar: (ctx) => ctx.close(1) }'],
      6,
      'close(1) looks ahead: it asks for a bar after the one just closed (future.js:1)',
    ],
    [
      'random.js',
      ['export default { onBar: () => (Math.random() > 0.5 ? 1 : -1) }'],
      6,
      'random is not deterministic: on 2010-01-',
    ],
    [
      'syntax.js',
      ['export default {', '  onBar() {', '    return 1 +', '  },', '}'],
      6,
      'syntax.js:4:3: Unexpected "}"',
    ],
    [
      'syntax.ts',
      ['export default {', '  onBar(): number {', '    return 1 +', '  },', '}'],
      6,
      'syntax.ts:4:3: Unexpected "}"',
    ],
    ['import.ts', ["import { a } from './nowhere.ts'", 'export default { onBar: () => a }'], 6, 'import.ts:1:'],
    [
      'import.js',
      ["import { a } from './nowhere.js'", 'export default { onBar: () => a }'],
      6,
      "import.js could not be loaded: Error: Cannot find module 'nowhere.js'",
    ],
    ['no-default.js', ['export const onBar = () => 1'], 2, 'no-default.js: has no default export'],
    ['nothing.js', ['export default {}'], 2, 'its default export has no onBar(ctx)'],
    ['parameter.ts', CROSSOVER, 2, 'my-crossover has no parameter "--windw": it takes --fast, --slow'],
  ])('%s is refused', async (name, lines, exit, message) => {
    save(name, ...lines)
    const after = name === 'parameter.ts' ? ['--', '--windw', '3'] : []
    const { code, stdout, stderr } = await run(name, ...prices, '--json', ...after)
    expect(stderr).toContain(message)
    expect(code).toBe(exit)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false })
    expect(stdout + stderr).not.toContain(folder)
  })

  it('that is not there, or is no program, is a usage error', async () => {
    save('notes.md', '# notes')
    expect(await run('nowhere.ts', ...prices)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.ts does not exist') as string,
    })
    expect(await run('./notes.md', ...prices)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('neither a strategy') as string,
    })
    expect(await run('--strategy', 'a.ts', '--signal-file', 'b.csv', ...prices)).toMatchObject({ code: 2 })
  })

  it('that never comes back is ended by Ctrl-C', async () => {
    save('endless.js', 'export default { onBar() { for (;;); } }')
    const { code, stderr } = await contango(['backtest', 'endless.js', ...prices], { cwd: folder, killAfterMs: 2500 })
    expect([code, stderr]).toEqual([130, expect.stringContaining('stopped by SIGINT')])
  })
})

describe('a file of signals', () => {
  const bars = [...prices, '--lots', '10', '--json']
  const fillsOf = async (file: string): Promise<[string, number][]> => {
    await run('--signal-file', file, ...bars, '--trades', 'trades.csv')
    const rows = readFileSync(join(folder, 'trades.csv'), 'utf8').trim().split('\n').slice(1)
    return rows.map((row) => [row.split(',')[4], (row.startsWith('long') ? 1 : -1) * Number(row.split(',')[1])])
  }

  it('is decided at the close of its date and filled at the next open; dates without a row hold', async () => {
    // 2010-01-09 is a Saturday: it acts at the close of Monday the 11th.
    save('signals.csv', 'date,target', '2010-01-06,1', '2010-01-09,-0.4', '2010-02-01,0', '2030-01-01,1')
    const { stdout, code } = await run('--signal-file', 'signals.csv', ...bars)
    expect(code).toBe(0)
    expect(read(stdout).warnings.map(({ code, details }) => [code, details['rows']])).toEqual([
      ['SIGNALS_AFTER_BARS', 1],
      ['SIGNALS_BETWEEN_BARS', 1],
    ])
    expect(await fillsOf('signals.csv')).toEqual([
      ['2010-01-07', 10],
      ['2010-01-12', -4],
    ])
  })

  it('reads the same from NDJSON and Parquet, in any order', async () => {
    save('signals.csv', 'date,target', '2010-01-06,1', '2010-01-11,-0.4', '2010-02-01,0')
    save(
      'signals.ndjson',
      '{"date":"2010-02-01","target":0}',
      '{"date":"2010-01-06","target":1}',
      '{"date":"2010-01-11","target":-0.4}',
    )
    const { parquetWriteBuffer } = await import('hyparquet-writer')
    const written = parquetWriteBuffer({
      columnData: [
        { name: 'date', data: ['2010-01-06', '2010-01-11', '2010-02-01'], type: 'STRING' },
        { name: 'target', data: Float64Array.of(1, -0.4, 0), type: 'DOUBLE' },
      ],
    })
    writeFileSync(join(folder, 'signals.parquet'), Buffer.from(written))
    const expected = await fillsOf('signals.csv')
    expect(expected).toHaveLength(2)
    expect(await fillsOf('signals.ndjson')).toEqual(expected)
    expect(await fillsOf('signals.parquet')).toEqual(expected)
  })

  it.each<[string, string[], number, string]>([
    ['twice.csv', ['date,target', '2010-01-06,1', '2010-01-06,0'], 6, 'line 2 and line 3 are of the same time'],
    ['blank.csv', ['date,target', '2010-01-06,1', '2010-01-07,NaN'], 6, 'line 3 has no target'],
    ['text.csv', ['date,target', '2010-01-06,long'], 6, 'long'],
    ['column.csv', ['date,signal', '2010-01-06,1'], 6, 'no column of targets; it has date, signal'],
    ['empty.csv', ['date,target'], 6, 'empty.csv'],
  ])('%s is refused', async (name, lines, exit, message) => {
    save(name, ...lines)
    const { code, stderr, stdout } = await run('--signal-file', name, ...prices)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })
})
